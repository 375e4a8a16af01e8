/* verification.c: see verification.h. The findings themselves are in finding-*.c. */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "plan/contradiction.h"
#include "plan/finding-table.h"
#include "plan/plan.h"
#include "plan/verification.h"

typedef gboolean (*FindingFunction) (const FerryFindingFacts *facts, FerryFinding *finding);

/* In the order in which a person should look; a cause stands before what follows from it. */
static const struct
{
  const char *id;
  FindingFunction find;
  gboolean early; /* also makes sense before the restart */
} table[] = {
  { "change", ferry_finding_change, TRUE },
  { "command-line-against", ferry_finding_contradiction, FALSE },
  { "command-line", ferry_finding_command_line, FALSE },
  { "iommu", ferry_finding_iommu, FALSE },
  { "card-place", ferry_finding_card_place, FALSE },
  { "card-driver", ferry_finding_card_driver, FALSE },
  { "card-parts", ferry_finding_card_parts, FALSE },
  { "twin-card", ferry_finding_twin_card, FALSE },
  { "group", ferry_finding_group, FALSE },
  { "group-changed", ferry_finding_group_changed, FALSE },
  { "screen", ferry_finding_screen, FALSE },
  { "screen-settings", ferry_finding_screen_settings, FALSE },
  { "disk", ferry_finding_disk, TRUE },
  { "other-devices", ferry_finding_other_devices, FALSE },
  { "vfio-files", ferry_finding_vfio_files, FALSE },
  { "interrupt-remapping", ferry_finding_interrupt_remapping, FALSE },
  { "one-to-one", ferry_finding_one_to_one, FALSE },
  { "card-memory", ferry_finding_card_memory, FALSE },
  { "card-lost", ferry_finding_card_lost, FALSE },
  { "settings", ferry_finding_settings, TRUE },
  { "start-files", ferry_finding_start_files, TRUE },
  { "kernel", ferry_finding_kernel, FALSE },
  { "boot-picture", ferry_finding_boot_picture, FALSE },
  { "card-reset", ferry_finding_card_reset, FALSE },
  { "card-rom", ferry_finding_card_rom, FALSE },
  { "kvm", ferry_finding_kvm, FALSE },
  { "locked-memory", ferry_finding_locked_memory, FALSE },
  { "libvirt", ferry_finding_libvirt, FALSE },
  { "network", ferry_finding_network, FALSE },
  { "vm-software", ferry_finding_vm_software, FALSE },
};

static gboolean
is_kept (const FerryCard *card)
{
  return ferry_finding_is_kept (card->primary);
}

static gboolean
has_device (const FerryCard *card, const FerryAddress *address)
{
  for (guint i = 0; i < card->functions->len; i++)
    if (ferry_address_compare (&((FerryDevice *) g_ptr_array_index (card->functions, i))->address,
                               address)
        == 0)
      return TRUE;
  return FALSE;
}

static gboolean
is_chosen (const FerryFindingFacts *facts, const FerryCard *card)
{
  const FerryIntent *intent = facts->evidence->intent;

  if (intent == NULL)
    return is_kept (card);
  for (guint i = 0; i < intent->cards->len; i++)
    if (has_device (card, &g_array_index (intent->cards, FerryAddress, i)))
      return TRUE;
  return FALSE;
}

static void
find_cards (FerryFindingFacts *facts)
{
  for (guint i = 0; i < facts->machine->cards->len; i++)
    {
      FerryCard *card = g_ptr_array_index (facts->machine->cards, i);

      if (!is_chosen (facts, card))
        continue;
      g_ptr_array_add (facts->cards, card);
      for (guint j = 0; j < card->functions->len; j++)
        g_ptr_array_add (facts->wanted, g_ptr_array_index (card->functions, j));
    }
}

/* What was kept when the change was made; a change of an older version says only what was wanted.
 */
static char **
find_words (FerryMachine *machine, const FerryEvidence *evidence)
{
  g_autoptr (FerryPlan) plan = NULL;

  if (evidence->intent == NULL)
    return g_new0 (char *, 1);
  if (evidence->witness != NULL)
    return g_strdupv (evidence->witness->words);
  plan = ferry_plan_make (machine, evidence->intent);
  return g_steal_pointer (&plan->words);
}

static char **
find_missing (FerryMachine *machine, char **words)
{
  GPtrArray *missing = g_ptr_array_new ();

  for (guint i = 0; words[i] != NULL && machine->kernel->cmdline_known == FERRY_ANSWER_YES; i++)
    if (!ferry_cmdline_has_word (machine->kernel->cmdline, words[i]))
      g_ptr_array_add (missing, g_strdup (words[i]));
  g_ptr_array_add (missing, NULL);
  return (char **) g_ptr_array_free (missing, FALSE);
}

/* An unknown start counts as "since": then the findings say what is missing. */
static gboolean
is_waiting (const FerryEvidence *evidence)
{
  return evidence->intent != NULL && evidence->changed != 0 && evidence->started != 0
         && evidence->started <= evidence->changed;
}

static void
make_findings (const FerryFindingFacts *facts, GPtrArray *findings)
{
  for (gsize i = 0; i < G_N_ELEMENTS (table); i++)
    {
      FerryFinding *finding;

      if (facts->waiting && !table[i].early)
        continue;
      finding = g_new0 (FerryFinding, 1);
      finding->id = table[i].id;
      if (!table[i].find (facts, finding))
        {
          ferry_finding_free (finding);
          continue;
        }
      if (finding->details == NULL)
        finding->details = g_strdup ("");
      g_ptr_array_add (findings, finding);
    }
}

static gboolean
any_failed (GPtrArray *findings)
{
  for (guint i = 0; i < findings->len; i++)
    if (((FerryFinding *) g_ptr_array_index (findings, i))->verdict == FERRY_CHECK_FAIL)
      return TRUE;
  return FALSE;
}

static FerryResult
decide (const FerryFindingFacts *facts, GPtrArray *findings)
{
  const gboolean any_kept = facts->evidence->intent == NULL && facts->cards->len > 0;

  if (facts->waiting)
    return FERRY_RESULT_RESTART;
  if (facts->evidence->intent == NULL && !any_kept)
    return facts->evidence->known == FERRY_ANSWER_YES ? FERRY_RESULT_NOTHING : FERRY_RESULT_UNKNOWN;
  return any_failed (findings) ? FERRY_RESULT_STEPS : FERRY_RESULT_WORKS;
}

static char *
describe_works (const FerryFindingFacts *facts)
{
  const FerryCard *card;

  if (facts->cards->len == 0)
    return g_strdup (_ ("This computer is ready for virtual machines."));
  card = g_ptr_array_index (facts->cards, 0);
  return g_strdup_printf (
      ngettext ("%s is free for a virtual machine.",
                "%s and the other chosen cards are free for virtual machines.",
                facts->cards->len),
      card->name);
}

static char *
describe (const FerryFindingFacts *facts, FerryResult result, GPtrArray *findings)
{
  switch (result)
    {
    case FERRY_RESULT_WORKS:
      return describe_works (facts);
    case FERRY_RESULT_RESTART:
      return g_strdup (_ ("The change is made. It counts after the next restart."));
    case FERRY_RESULT_NOTHING:
      return g_strdup (_ ("Nothing was changed: every graphics card belongs to your system."));
    case FERRY_RESULT_UNKNOWN:
      return g_strdup (
          _ ("Ferry could not see what was changed, and no graphics card is free for a "
             "virtual machine."));
    case FERRY_RESULT_STEPS:
    default:
      for (guint i = 0; i < findings->len; i++)
        {
          const FerryFinding *finding = g_ptr_array_index (findings, i);

          if (finding->verdict == FERRY_CHECK_FAIL)
            /* Translators: %s is a whole sentence without its full stop. */
            return g_strdup_printf (_ ("Not there yet: %s."), finding->title);
        }
      return g_strdup (_ ("Not there yet."));
    }
}

static GPtrArray *
copy_log (GPtrArray *lines)
{
  g_autoptr (GVariant) variant = NULL;

  if (lines == NULL)
    return NULL;
  variant = g_variant_ref_sink (ferry_log_lines_to_variant (lines));
  return ferry_log_lines_from_variant (variant);
}

/**
 * ferry_verification_make:
 *
 * Returns: (transfer full): what was found
 */
FerryVerification *
ferry_verification_make (FerryMachine *machine, const FerryEvidence *evidence)
{
  FerryVerification *verification = g_new0 (FerryVerification, 1);
  g_autoptr (GPtrArray) contradictions = ferry_contradictions_find (machine);
  g_autoptr (GPtrArray) cards = g_ptr_array_new ();
  g_autoptr (GPtrArray) wanted = g_ptr_array_new ();
  g_auto (GStrv) words = find_words (machine, evidence);
  g_auto (GStrv) missing = find_missing (machine, words);
  FerryFindingFacts facts
      = { machine, evidence, is_waiting (evidence), words, missing, contradictions, cards, wanted };

  find_cards (&facts);
  verification->findings = g_ptr_array_new_with_free_func ((GDestroyNotify) ferry_finding_free);
  verification->log = copy_log (evidence->log);
  make_findings (&facts, verification->findings);
  verification->result = decide (&facts, verification->findings);
  verification->sentence = describe (&facts, verification->result, verification->findings);
  return verification;
}

void
ferry_verification_free (FerryVerification *verification)
{
  if (verification == NULL)
    return;
  g_free (verification->sentence);
  g_ptr_array_unref (verification->findings);
  g_clear_pointer (&verification->log, g_ptr_array_unref);
  g_free (verification);
}

const FerryFinding *
ferry_verification_find (const FerryVerification *verification, const char *id)
{
  for (guint i = 0; i < verification->findings->len; i++)
    {
      const FerryFinding *finding = g_ptr_array_index (verification->findings, i);

      if (g_str_equal (finding->id, id))
        return finding;
    }
  return NULL;
}

const char *
ferry_result_to_string (FerryResult result)
{
  static const char *const names[] = { "works", "steps", "restart", "nothing", "unknown" };

  g_return_val_if_fail ((gsize) result < G_N_ELEMENTS (names), "unknown");
  return names[result];
}
