/* plan.c: see plan.h. */
#include "config.h"

#include <string.h>
#include <glib/gi18n-lib.h>

#include "plan/draft.h"

static void
note_free (gpointer data)
{
  FerryNote *note = data;

  g_free (note->text);
  g_free (note);
}

/**
 * ferry_plan_new:
 *
 * Returns: (transfer full): an empty plan without a digest
 */
FerryPlan *
ferry_plan_new (void)
{
  FerryPlan *plan = g_new0 (FerryPlan, 1);

  plan->changes = g_ptr_array_new_with_free_func ((GDestroyNotify) ferry_change_free);
  plan->refusals = g_ptr_array_new_with_free_func (note_free);
  plan->warnings = g_ptr_array_new_with_free_func (note_free);
  plan->manual = g_ptr_array_new_with_free_func (g_free);
  return plan;
}

void
ferry_plan_free (FerryPlan *plan)
{
  if (plan == NULL)
    return;
  g_ptr_array_unref (plan->changes);
  g_ptr_array_unref (plan->refusals);
  g_ptr_array_unref (plan->warnings);
  g_ptr_array_unref (plan->manual);
  g_strfreev (plan->words);
  g_free (plan->digest);
  g_free (plan);
}

static const FerryNote *
find_note (GPtrArray *notes, const char *id)
{
  for (guint i = 0; i < notes->len; i++)
    {
      const FerryNote *note = g_ptr_array_index (notes, i);

      if (g_str_equal (note->id, id))
        return note;
    }
  return NULL;
}

static void
add_note (GPtrArray *notes, const char *id, char *text)
{
  FerryNote *note = g_new0 (FerryNote, 1);

  note->id = id;
  note->text = text;
  g_ptr_array_add (notes, note);
}

/**
 * ferry_plan_refuse:
 * @id: a static string
 *
 * Says why nothing is changed. One sentence for each id and text.
 */
void
ferry_plan_refuse (FerryPlan *plan, const char *id, const char *format, ...)
{
  va_list args;
  g_autofree char *text = NULL;

  va_start (args, format);
  text = g_strdup_vprintf (format, args);
  va_end (args);
  for (guint i = 0; i < plan->refusals->len; i++)
    if (g_str_equal (((FerryNote *) g_ptr_array_index (plan->refusals, i))->text, text))
      return;
  add_note (plan->refusals, id, g_steal_pointer (&text));
}

void
ferry_plan_warn (FerryPlan *plan, const char *id, const char *format, ...)
{
  va_list args;

  va_start (args, format);
  if (find_note (plan->warnings, id) == NULL)
    add_note (plan->warnings, id, g_strdup_vprintf (format, args));
  va_end (args);
}

void
ferry_plan_add_manual (FerryPlan *plan, const char *format, ...)
{
  va_list args;

  va_start (args, format);
  g_ptr_array_add (plan->manual, g_strdup_vprintf (format, args));
  va_end (args);
}

/**
 * ferry_plan_add:
 * @change: (transfer full):
 */
void
ferry_plan_add (FerryPlan *plan, FerryChange *change)
{
  g_ptr_array_add (plan->changes, change);
}

const FerryNote *
ferry_plan_find_refusal (const FerryPlan *plan, const char *id)
{
  return find_note (plan->refusals, id);
}

/**
 * ferry_plan_is_empty:
 *
 * Returns: whether there is nothing left to do; a refused plan is not empty
 */
gboolean
ferry_plan_is_empty (const FerryPlan *plan)
{
  return plan->changes->len == 0 && plan->refusals->len == 0;
}

static const FerryCard *
find_card (FerryMachine *machine, const FerryAddress *address)
{
  for (guint i = 0; i < machine->cards->len; i++)
    {
      const FerryCard *card = g_ptr_array_index (machine->cards, i);

      for (guint j = 0; j < card->functions->len; j++)
        if (ferry_address_compare (
                &((FerryDevice *) g_ptr_array_index (card->functions, j))->address, address)
            == 0)
          return card;
    }
  return NULL;
}

static void
take_cards (FerryDraft *draft)
{
  for (guint i = 0; i < draft->intent->cards->len; i++)
    {
      const FerryAddress *address = &g_array_index (draft->intent->cards, FerryAddress, i);
      const FerryCard *card = find_card (draft->machine, address);

      if (card == NULL)
        {
          g_autofree char *text = ferry_address_to_string (address);
          ferry_plan_refuse (draft->plan, "card-unknown", _("There is no graphics card at %s."), text);
          continue;
        }
      g_ptr_array_add (draft->verdicts, ferry_verdict_make (draft->machine, card));
      for (guint j = 0; j < card->functions->len; j++)
        g_ptr_array_add (draft->functions, g_ptr_array_index (card->functions, j));
    }
}

/* The narrowest way that every chosen card needs; a wish for a wider way than is safe is refused. */
static void
choose_bind (FerryDraft *draft)
{
  FerryBind needed = FERRY_BIND_IDS;

  for (guint i = 0; i < draft->verdicts->len; i++)
    needed = MAX (needed, ((FerryVerdict *) g_ptr_array_index (draft->verdicts, i))->bind);
  draft->bind = needed;
  if (draft->intent->binding == FERRY_BINDING_AUTO)
    return;
  draft->bind = (FerryBind) (draft->intent->binding - FERRY_BINDING_IDS);
  if (draft->bind < needed)
    ferry_plan_refuse (draft->plan, "binding-too-wide",
                       _("Another device of this computer has the same ids as the chosen card. Taken by "
                         "ids, it would be lost to the host as well."));
}

static void
add_images_step (FerryDraft *draft)
{
  static const char *const modules[] = { "vfio_pci", "vfio_iommu_type1", NULL };
  const char *tool = ferry_initramfs_kind_to_string (draft->machine->initramfs->kind);
  FerryChange *change;

  if (!draft->images)
    return;
  change = ferry_draft_step (draft, FERRY_CHANGE_INITRAMFS, tool,
                             _("Prepare the start files of every installed kernel"),
                             _("They are made beside the old ones, checked, and only then put in their "
                               "place. This takes a few minutes."));
  g_strfreev (change->items);
  change->items = draft->functions->len > 0 ? g_strdupv ((char **) modules) : g_new0 (char *, 1);
}

/* Steps that make files out of settings come after all settings: images, then the menu. */
static void
sort_steps (FerryPlan *plan)
{
  static const FerryChangeKind late[] = { FERRY_CHANGE_INITRAMFS, FERRY_CHANGE_MENU,
                                          FERRY_CHANGE_BLS_ARGS, FERRY_CHANGE_SERVICE,
                                          FERRY_CHANGE_NETWORK, FERRY_CHANGE_GROUP };

  for (gsize k = 0; k < G_N_ELEMENTS (late); k++)
    for (guint i = 0, n = plan->changes->len; i < n;)
      {
        FerryChange *change = g_ptr_array_index (plan->changes, i);

        if (change->kind != late[k])
          {
            i++;
            continue;
          }
        g_ptr_array_add (plan->changes, g_ptr_array_steal_index (plan->changes, i));
        n--;
      }
}

static gboolean
needs_restart (const FerryPlan *plan)
{
  for (guint i = 0; i < plan->changes->len; i++)
    switch (((FerryChange *) g_ptr_array_index (plan->changes, i))->kind)
      {
      case FERRY_CHANGE_FILE:
      case FERRY_CHANGE_LINK:
      case FERRY_CHANGE_INITRAMFS:
      case FERRY_CHANGE_MENU:
      case FERRY_CHANGE_BLS_ARGS:
      case FERRY_CHANGE_GROUP:
        return TRUE;
      case FERRY_CHANGE_PACKAGES:
      case FERRY_CHANGE_SERVICE:
      case FERRY_CHANGE_NETWORK:
      default:
        break;
      }
  return FALSE;
}

/* Titles and reasons are translated, so the helper's could differ; they are not part of the digest. */
static void
digest_text (GChecksum *checksum, const char *text)
{
  guint64 length = GUINT64_TO_LE (text != NULL ? (guint64) strlen (text) : G_MAXUINT64);

  g_checksum_update (checksum, (const guchar *) &length, sizeof length);
  if (text != NULL)
    g_checksum_update (checksum, (const guchar *) text, -1);
}

static char *
make_digest (const FerryPlan *plan, const FerryIntent *intent)
{
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  g_autoptr (GVariant) variant = g_variant_ref_sink (ferry_intent_to_variant (intent));
  g_autofree char *printed = g_variant_print (variant, TRUE);

  digest_text (checksum, "ferry-plan-1");
  digest_text (checksum, printed);
  for (guint i = 0; i < plan->changes->len; i++)
    {
      const FerryChange *change = g_ptr_array_index (plan->changes, i);
      g_autofree char *numbers = g_strdup_printf ("%s %o %u %u %d %d",
                                                  ferry_change_kind_to_string (change->kind),
                                                  change->mode, change->uid, change->gid,
                                                  change->owned, change->reversible);
      digest_text (checksum, numbers);
      digest_text (checksum, change->path);
      digest_text (checksum, change->before);
      digest_text (checksum, change->after);
      digest_text (checksum, change->tool);
      for (guint j = 0; change->items[j] != NULL; j++)
        digest_text (checksum, change->items[j]);
      digest_text (checksum, NULL);
    }
  return g_strdup (g_checksum_get_string (checksum));
}

static void
fill (FerryDraft *draft)
{
  take_cards (draft);
  choose_bind (draft);
  ferry_draft_refuse_unsafe (draft);
  ferry_draft_add_standing (draft);
  ferry_draft_add_software (draft);
  ferry_draft_add_early (draft);
  ferry_draft_add_words (draft);
  add_images_step (draft);
  ferry_draft_add_traps (draft);
  ferry_draft_add_services (draft);
  sort_steps (draft->plan);
  ferry_draft_add_by_hand (draft);
}

/**
 * ferry_plan_make:
 *
 * Returns: (transfer full): the plan; the same machine and intent always give the same digest
 */
FerryPlan *
ferry_plan_make (FerryMachine *machine, const FerryIntent *intent)
{
  FerryPlan *plan = ferry_plan_new ();
  g_autoptr (GPtrArray) verdicts
      = g_ptr_array_new_with_free_func ((GDestroyNotify) ferry_verdict_free);
  g_autoptr (GPtrArray) functions = g_ptr_array_new ();
  FerryDraft draft = { .plan = plan, .machine = machine, .intent = intent, .verdicts = verdicts,
                       .functions = functions, .bind = FERRY_BIND_IDS };

  fill (&draft);
  plan->bind = draft.bind;
  plan->words = ferry_draft_kernel_words (&draft);
  ferry_draft_clear (&draft);
  if (plan->refusals->len > 0)
    g_ptr_array_set_size (plan->changes, 0);
  if (plan->refusals->len > 0 && plan->manual->len == 0)
    g_ptr_array_set_size (plan->warnings, 0);
  plan->restart = needs_restart (plan);
  plan->digest = make_digest (plan, intent);
  return plan;
}
