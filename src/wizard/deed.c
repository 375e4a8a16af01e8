/* deed.c: see deed.h. */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "act/diff.h"
#include "deed.h"
#include "facts/error.h"
#include "guest/claim.h"
#include "guest/gift.h"
#include "guest/guard.h"
#include "guest/launch.h"
#include "guest/removal.h"

FerryDeed *
ferry_deed_new (FerryDeedKind kind, const char *machine, FerryMachine *computer,
                const GArray *card)
{
  FerryDeed *deed = g_new0 (FerryDeed, 1);

  deed->kind = kind;
  deed->machine = g_strdup (machine);
  g_set_object (&deed->computer, computer);
  deed->card = g_array_new (FALSE, TRUE, sizeof (FerryAddress));
  if (card != NULL && card->len > 0)
    g_array_append_vals (deed->card, card->data, card->len);
  deed->notes = g_ptr_array_new_with_free_func (g_free);
  return deed;
}

void
ferry_deed_free (FerryDeed *deed)
{
  if (deed == NULL)
    return;
  g_free (deed->machine);
  g_clear_object (&deed->computer);
  g_array_unref (deed->card);
  g_free (deed->after);
  g_free (deed->diff);
  g_ptr_array_unref (deed->notes);
  g_free (deed);
}

static void
add_note (FerryDeed *deed, char *note)
{
  if (note != NULL)
    g_ptr_array_add (deed->notes, note);
}

static void
note_claims (FerryDeed *deed, FerryVirt *virt)
{
  g_autoptr (GPtrArray) machines = ferry_virt_list (virt, NULL);
  g_autoptr (GPtrArray) claims = NULL;

  if (machines == NULL)
    return;
  claims = ferry_claim_find (machines, deed->card, deed->machine);
  add_note (deed, ferry_claim_describe (claims));
}

static gboolean
look_at_gift (FerryDeed *deed, FerryVirt *virt, const FerryResident *resident, GError **error)
{
  g_autoptr (FerryGift) gift = deed->kind == FERRY_DEED_GIVE
                                   ? ferry_gift_give (resident->xml, deed->card, NULL, error)
                                   : ferry_gift_take (resident->xml, deed->card, error);

  if (gift == NULL)
    return FALSE;
  deed->after = g_strdup (gift->after);
  deed->diff = ferry_diff_make (resident->name, gift->before, gift->after, error);
  if (deed->diff == NULL)
    return FALSE;
  for (guint i = 0; i < gift->notes->len; i++)
    add_note (deed, g_strdup (g_ptr_array_index (gift->notes, i)));
  if (resident->power != FERRY_POWER_OFF)
    add_note (deed, g_strdup (_ ("It is running: the change is there from its next start on.")));
  if (deed->kind == FERRY_DEED_GIVE)
    note_claims (deed, virt);
  return TRUE;
}

/* A card that must stay is not given; what is not ready yet is said. */
static gboolean
guard (FerryDeed *deed, const FerryResident *resident, GError **error)
{
  return deed->kind != FERRY_DEED_GIVE || deed->computer == NULL
         || ferry_guard_check (deed->computer, deed->card, resident->functions, deed->notes, error);
}

static gboolean
look_at_removal (FerryDeed *deed, FerryVirt *virt, GError **error)
{
  g_autoptr (FerryRemoval) removal = ferry_removal_plan (virt, deed->machine, error);
  g_autofree char *files = NULL;

  if (removal == NULL)
    return FALSE;
  if (removal->running)
    {
      g_set_error (error, FERRY_ERROR, FERRY_ERROR_BUSY,
                   _ ("The virtual machine “%s” is running. Shut it down first."), deed->machine);
      return FALSE;
    }
  files = g_strjoinv ("\n", removal->files);
  if (*files != '\0')
    add_note (deed,
              g_strdup_printf (_ ("These files are deleted, with everything in them:\n%s"), files));
  else
    add_note (deed, g_strdup (_ ("It was not made by Ferry: its disks stay where they are.")));
  return TRUE;
}

/**
 * ferry_deed_look:
 *
 * In a thread. Fills in the notes, and for a gift the difference. Nothing is changed.
 */
gboolean
ferry_deed_look (FerryVirt *virt, gpointer data, GCancellable *cancellable, GError **error)
{
  FerryDeed *deed = data;
  g_autoptr (FerryResident) resident = ferry_virt_find (virt, deed->machine, error);

  if (resident == NULL)
    return FALSE;
  if (deed->kind == FERRY_DEED_REMOVE)
    return look_at_removal (deed, virt, error);
  if (deed->kind == FERRY_DEED_GIVE || deed->kind == FERRY_DEED_TAKE)
    return look_at_gift (deed, virt, resident, error) && guard (deed, resident, error);
  return TRUE;
}

/* What was agreed to is made only from what was looked at. */
static gboolean
define (FerryVirt *virt, const FerryDeed *deed, GError **error)
{
  g_autoptr (FerryDeed) again = ferry_deed_new (deed->kind, deed->machine, deed->computer, deed->card);
  g_autofree char *uuid = NULL;

  if (!ferry_deed_look (virt, again, NULL, error))
    return FALSE;
  if (g_strcmp0 (again->after, deed->after) != 0)
    {
      g_set_error (error, FERRY_ERROR, FERRY_ERROR_CHANGED,
                   _ ("“%s” was changed by somebody else in the meantime, so nothing was done. "
                      "Please look at it again."),
                   deed->machine);
      return FALSE;
    }
  uuid = ferry_virt_define (virt, deed->after, error);
  return uuid != NULL;
}

static gboolean
remove_machine (FerryVirt *virt, const FerryDeed *deed, GError **error)
{
  g_autoptr (FerryRemoval) removal = ferry_removal_plan (virt, deed->machine, error);

  return removal != NULL && ferry_removal_run (virt, removal, FALSE, error);
}

/**
 * ferry_deed_do:
 *
 * In a thread.
 */
gboolean
ferry_deed_do (FerryVirt *virt, gpointer data, GCancellable *cancellable, GError **error)
{
  const FerryDeed *deed = data;

  switch (deed->kind)
    {
    case FERRY_DEED_START:
      return ferry_launch (virt, deed->computer, deed->machine, error);
    case FERRY_DEED_SHUT_DOWN:
      return ferry_virt_shut_down (virt, deed->machine, error);
    case FERRY_DEED_GIVE:
    case FERRY_DEED_TAKE:
      return define (virt, deed, error);
    case FERRY_DEED_REMOVE:
    default:
      return remove_machine (virt, deed, error);
    }
}
