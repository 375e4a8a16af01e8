/* transaction.c: see transaction.h. */
#include "config.h"

#include <errno.h>
#include <pwd.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>
#include <glib/gi18n-lib.h>

#include "act/move.h"
#include "act/territory.h"
#include "facts/accounts.h"
#include "facts/error.h"
#include "plan/witness.h"

#define LOCK_FILE "var/lib/ferry/lock"

/* Marks the message of the one error that the user must not overlook. */
static GQuark
severe_quark (void)
{
  return g_quark_from_static_string ("ferry-severe-error-quark");
}

/**
 * ferry_transaction_error_is_severe:
 *
 * Returns: whether putting the computer back failed as well
 */
gboolean
ferry_transaction_error_is_severe (const GError *error)
{
  return error != NULL && error->domain == severe_quark ();
}

/* Held by flock(2) until the descriptor is closed, also by a crash. */
static int
take_lock (FerryTarget *target, GError **error)
{
  int fd;

  if (!ferry_target_make_folders (target, LOCK_FILE, 0755, NULL, error))
    return -1;
  fd = ferry_target_open_lock (target, LOCK_FILE, error);
  if (fd >= 0 && flock (fd, LOCK_EX | LOCK_NB) < 0)
    {
      close (fd);
      g_set_error_literal (error, FERRY_ERROR, FERRY_ERROR_BUSY,
                           _("Another change is being made at the moment"));
      return -1;
    }
  return fd;
}

/* Who asked for the change, also when somebody else takes it back or a crash came between. Accounts that are in no
 * file (getpwuid(3)) are known to the running system only. */
static void
name_user (const FerryTransaction *transaction, const FerryEntry *entry)
{
  g_autofree char *accounts = ferry_root_read_text (transaction->root, "etc/passwd", NULL);
  g_autofree char *name = ferry_accounts_find_name (accounts, entry->uid);
  const struct passwd *account
      = name == NULL && ferry_root_is_live (transaction->root) ? getpwuid (entry->uid) : NULL;

  g_free (transaction->tools->entry_id);
  transaction->tools->entry_id = g_strdup (entry->id);
  g_free (transaction->tools->user_name);
  transaction->tools->user_name = account != NULL ? g_strdup (account->pw_name) : g_steal_pointer (&name);
}

/* Later than every entry, also when two changes are made in one second or the clock was set back: the order of the
 * ids is the order in which changes are undone. */
static gint64
later_than_all (FerryRoot *root)
{
  g_autoptr (GPtrArray) entries = ferry_journal_list (root, NULL, NULL);
  gint64 now = g_get_real_time () / G_USEC_PER_SEC;

  for (guint i = 0; entries != NULL && i < entries->len; i++)
    now = MAX (now, ((FerryEntry *) g_ptr_array_index (entries, i))->time + 1);
  return now;
}

static char *
new_id (gint64 now)
{
  g_autoptr (GDateTime) time = g_date_time_new_from_unix_utc (now);
  g_autofree char *stamp = g_date_time_format (time, "%Y%m%d-%H%M%S");

  return g_strdup_printf ("%s-%08x", stamp, g_random_int ());
}

/* The topmost folder that is not there yet, and those below it. */
static void
list_new_folders (FerryTarget *target, FerryEntry *entry, const char *path)
{
  for (const char *slash = strchr (path, '/'); slash != NULL; slash = strchr (slash + 1, '/'))
    {
      g_autofree char *folder = g_strndup (path, (gsize) (slash - path));

      if (!ferry_target_exists (target, folder)
          && !g_ptr_array_find_with_equal_func (entry->folders, folder, g_str_equal, NULL))
        g_ptr_array_add (entry->folders, g_steal_pointer (&folder));
    }
}

static FerryChange *
copy_change (const FerryChange *change)
{
  FerryChange *copy = g_memdup2 (change, sizeof *change);

  copy->path = g_strdup (change->path);
  copy->before = g_strdup (change->before);
  copy->after = g_strdup (change->after);
  copy->items = g_strdupv (change->items);
  copy->tool = g_strdup (change->tool);
  copy->title = g_strdup (change->title);
  copy->reason = g_strdup (change->reason);
  return copy;
}

static char *
describe (FerryMachine *machine, const FerryIntent *intent)
{
  for (guint i = 0; i < machine->cards->len && intent->cards->len > 0; i++)
    {
      const FerryCard *card = g_ptr_array_index (machine->cards, i);

      if (ferry_address_same_slot (&card->primary->address,
                                   &g_array_index (intent->cards, FerryAddress, 0)))
        return g_strdup_printf (_("Give %s to virtual machines"), card->name);
    }
  return g_strdup (_("Prepare this computer for virtual machines"));
}

static FerryEntry *
new_entry (const FerryTransaction *transaction, FerryTarget *target, FerryMachine *machine,
           const FerryPlan *plan, const FerryIntent *intent)
{
  FerryEntry *entry = ferry_entry_new ();
  g_autoptr (FerryWitness) witness = NULL;

  entry->time = later_than_all (transaction->root);
  entry->id = new_id (entry->time);
  entry->uid = transaction->uid;
  entry->title = describe (machine, intent);
  entry->digest = g_strdup (plan->digest);
  entry->intent = g_variant_ref_sink (ferry_intent_to_variant (intent));
  witness = ferry_witness_make (machine, plan, intent);
  entry->witness = g_variant_ref_sink (ferry_witness_to_variant (witness));
  for (guint i = 0; i < plan->changes->len; i++)
    {
      const FerryChange *change = g_ptr_array_index (plan->changes, i);

      g_ptr_array_add (entry->changes, copy_change (change));
      if (change->kind == FERRY_CHANGE_FILE)
        list_new_folders (target, entry, change->path);
    }
  return entry;
}

static guint
count_steps (const FerryEntry *entry)
{
  guint steps = 0;

  for (guint i = 0; i < entry->changes->len; i++)
    {
      FerryChangeKind kind = ((FerryChange *) g_ptr_array_index (entry->changes, i))->kind;
      steps += kind != FERRY_CHANGE_FILE && kind != FERRY_CHANGE_LINK;
    }
  return steps;
}

static gboolean
refuse_conflicts (FerryMove *move, GError **error)
{
  g_autoptr (GPtrArray) conflicts = ferry_move_find_conflicts (move);

  if (conflicts->len == 0)
    return TRUE;
  g_set_error (error, FERRY_ERROR, FERRY_ERROR_CHANGED,
               _("“/%s” is not as it was when the plan was made. Nothing was changed."),
               (char *) g_ptr_array_index (conflicts, 0));
  return FALSE;
}

static gboolean
install_packages (FerryMove *move, GError **error)
{
  FerryTools *tools = move->transaction->tools;

  for (guint i = 0; i < move->entry->changes->len; i++)
    {
      const FerryChange *change = g_ptr_array_index (move->entry->changes, i);

      if (change->kind != FERRY_CHANGE_PACKAGES)
        continue;
      move->step++;
      ferry_move_tell (move, "installing", change->title);
      if (!tools->run (tools, move->machine, change, move->transaction->cancellable, error))
        return FALSE;
    }
  return TRUE;
}

/* Puts the computer back after @cause and hands @cause on, or the graver error. */
static gboolean
give_up (FerryMove *move, FerryState state, GError *cause, GError **error)
{
  g_autoptr (GError) back = NULL;

  if (ferry_move_take_back (move, &back)
      && ferry_journal_set_state (move->target, move->entry, state, 0, &back))
    {
      ferry_move_clean (move);
      g_propagate_error (error, cause);
      return FALSE;
    }
  g_set_error (error, severe_quark (), FERRY_ERROR_FAILED,
               _("%s And putting everything back failed too: %s"), cause->message,
               back != NULL ? back->message : "");
  g_error_free (cause);
  return FALSE;
}

/* With the software a new kernel may have come: what is made for each kernel has to know of it. */
static gboolean
look_again (FerryMove *move, FerryMachine **machine, GError **error)
{
  gboolean installs = FALSE;

  for (guint i = 0; i < move->entry->changes->len; i++)
    installs |= ((FerryChange *) g_ptr_array_index (move->entry->changes, i))->kind == FERRY_CHANGE_PACKAGES;
  if (!installs)
    return TRUE;
  *machine = ferry_machine_scan (move->transaction->root, NULL, NULL, error);
  if (*machine != NULL)
    move->machine = *machine;
  return *machine != NULL;
}

static gboolean
apply_entry (FerryMove *move, GError **error)
{
  g_autoptr (FerryMachine) machine = NULL; /* until the end, because @move borrows it */
  GError *cause = NULL;

  if (!ferry_journal_create (move->target, move->entry, error))
    return FALSE;
  if (!install_packages (move, &cause) || !look_again (move, &machine, &cause) || !refuse_conflicts (move, &cause)
      || !ferry_journal_set_state (move->target, move->entry, FERRY_STATE_COMMITTING, 0, &cause)
      || !ferry_move_run (move, &cause)
      || !ferry_journal_set_state (move->target, move->entry, FERRY_STATE_DONE, 0, &cause))
    return give_up (move, FERRY_STATE_ROLLED_BACK, cause, error);
  ferry_move_clean (move);
  ferry_journal_trim (move->transaction->root, move->target);
  ferry_move_tell (move, "done", "");
  return TRUE;
}

static gboolean
check_plan (const FerryTransaction *transaction, const FerryPlan *plan, GError **error)
{
  if (plan->refusals->len > 0)
    {
      g_set_error_literal (error, FERRY_ERROR, FERRY_ERROR_REFUSED,
                           ((FerryNote *) g_ptr_array_index (plan->refusals, 0))->text);
      return FALSE;
    }
  if (ferry_transaction_needs_recovery (transaction->root))
    {
      g_set_error_literal (error, FERRY_ERROR, FERRY_ERROR_BUSY,
                           _("An earlier change was cut off and has to be put in order first"));
      return FALSE;
    }
  return ferry_territory_check (plan->changes, error);
}

/**
 * ferry_transaction_apply:
 * @machine: the scan that @plan was made from
 *
 * Returns: (transfer full) (nullable): the id in the journal; %NULL with an error, and then the computer
 *   is as before unless ferry_transaction_error_is_severe()
 */
char *
ferry_transaction_apply (const FerryTransaction *transaction, FerryMachine *machine,
                         const FerryPlan *plan, const FerryIntent *intent, GError **error)
{
  g_autoptr (FerryTarget) target = ferry_target_new (transaction->root, error);
  g_autoptr (FerryEntry) entry = NULL;
  FerryMove move = { transaction, target, machine, NULL, TRUE, FALSE, 0, 0 };
  gboolean good;
  int lock = target != NULL ? take_lock (target, error) : -1;

  if (lock < 0)
    return NULL;
  entry = new_entry (transaction, target, machine, plan, intent);
  name_user (transaction, entry);
  move.entry = entry;
  move.of = count_steps (entry);
  ferry_move_tell (&move, "checking", "");
  good = check_plan (transaction, plan, error) && refuse_conflicts (&move, error)
         && apply_entry (&move, error);
  close (lock);
  return good ? g_steal_pointer (&entry->id) : NULL;
}

static gboolean
undo_entry (FerryMove *move, GPtrArray **conflicts, GError **error)
{
  g_autoptr (GPtrArray) found = ferry_move_find_conflicts (move);
  GError *cause = NULL;

  if (found->len > 0 && !move->force)
    {
      g_set_error (error, FERRY_ERROR, FERRY_ERROR_CHANGED,
                   _("“/%s” was changed by somebody else after Ferry. Nothing was undone."),
                   (char *) g_ptr_array_index (found, 0));
      if (conflicts != NULL)
        *conflicts = g_steal_pointer (&found);
      return FALSE;
    }
  if (!ferry_journal_set_state (move->target, move->entry, FERRY_STATE_UNDOING, 0, &cause)
      || !ferry_move_run (move, &cause)
      || !ferry_journal_set_state (move->target, move->entry, FERRY_STATE_UNDONE, 0, &cause))
    return give_up (move, FERRY_STATE_DONE, cause, error);
  ferry_move_clean (move);
  ferry_move_tell (move, "done", "");
  return TRUE;
}

/* Only the newest change in force can be taken back: an older one is below it. */
static gboolean
check_newest (FerryRoot *root, const FerryEntry *entry, GError **error)
{
  g_autoptr (GPtrArray) entries = ferry_journal_list (root, NULL, error);

  if (entries == NULL)
    return FALSE;
  if (entry->state != FERRY_STATE_DONE)
    {
      g_set_error_literal (error, FERRY_ERROR, FERRY_ERROR_REFUSED,
                           _("This change is not in force any more"));
      return FALSE;
    }
  for (guint i = 0; i < entries->len; i++)
    {
      const FerryEntry *other = g_ptr_array_index (entries, i);

      if (g_str_equal (other->id, entry->id))
        return TRUE;
      if (other->state == FERRY_STATE_DONE)
        {
          g_set_error_literal (error, FERRY_ERROR, FERRY_ERROR_REFUSED,
                               _("A newer change builds on this one. Undo the newer one first."));
          return FALSE;
        }
    }
  return TRUE;
}

gboolean
ferry_transaction_undo (const FerryTransaction *transaction, const char *id, gboolean force,
                        GPtrArray **conflicts, GError **error)
{
  g_autoptr (FerryTarget) target = ferry_target_new (transaction->root, error);
  g_autoptr (FerryEntry) entry = NULL;
  g_autoptr (FerryMachine) machine = NULL;
  FerryMove move = { transaction, target, NULL, NULL, FALSE, force, 0, 0 };
  gboolean good = FALSE;
  int lock = target != NULL ? take_lock (target, error) : -1;

  if (lock < 0)
    return FALSE;
  entry = ferry_journal_find (transaction->root, id, error);
  if (entry != NULL && check_newest (transaction->root, entry, error)
      && ferry_territory_check (entry->changes, error))
    machine = ferry_machine_scan (transaction->root, NULL, NULL, error);
  if (machine != NULL)
    {
      name_user (transaction, entry);
      move.entry = entry;
      move.machine = machine;
      move.of = count_steps (entry);
      good = undo_entry (&move, conflicts, error);
    }
  close (lock);
  return good;
}

static gboolean
is_half_done (const FerryEntry *entry)
{
  return entry->state == FERRY_STATE_PREPARED || entry->state == FERRY_STATE_COMMITTING
         || entry->state == FERRY_STATE_UNDOING;
}

/* An entry whose move ended, but whose old files are still beside the new ones. */
static gboolean
is_unclean (FerryRoot *root, FerryEntry *entry)
{
  g_autoptr (FerryTarget) target = ferry_target_new (root, NULL);
  FerryMove move = { NULL, target, NULL, entry, TRUE, FALSE, 0, 0 };

  return target != NULL && !ferry_move_is_clean (&move);
}

gboolean
ferry_transaction_needs_recovery (FerryRoot *root)
{
  g_autoptr (GPtrArray) entries = ferry_journal_list (root, NULL, NULL);

  for (guint i = 0; entries != NULL && i < entries->len; i++)
    {
      FerryEntry *entry = g_ptr_array_index (entries, i);

      if (is_half_done (entry) || is_unclean (root, entry))
        return TRUE;
    }
  return FALSE;
}

static gboolean
recover_entry (const FerryTransaction *transaction, FerryTarget *target, FerryEntry *entry, GError **error)
{
  gboolean forward = entry->state != FERRY_STATE_UNDOING;
  FerryMove move = { transaction, target, NULL, entry, forward, FALSE, 0, 0 };
  gboolean arrived;

  if (!ferry_territory_check (entry->changes, error))
    return FALSE;
  if (!is_half_done (entry))
    {
      ferry_move_clean (&move);
      return TRUE;
    }
  name_user (transaction, entry);
  arrived = entry->state != FERRY_STATE_PREPARED && ferry_move_has_arrived (&move);
  if (!arrived && !ferry_move_take_back (&move, error))
    return FALSE;
  if (arrived && !forward)
    ferry_move_remove_folders (&move);
  if (!ferry_journal_set_state (target, entry,
                                forward == arrived ? FERRY_STATE_DONE
                                : forward          ? FERRY_STATE_ROLLED_BACK
                                                   : FERRY_STATE_UNDONE,
                                0, error))
    return FALSE;
  ferry_move_clean (&move);
  return TRUE;
}

gboolean
ferry_transaction_recover (const FerryTransaction *transaction, GPtrArray **recovered, GError **error)
{
  g_autoptr (FerryTarget) target = ferry_target_new (transaction->root, error);
  g_autoptr (GPtrArray) entries = NULL;
  g_autoptr (GPtrArray) ids = g_ptr_array_new_with_free_func (g_free);
  gboolean good = TRUE;
  guint unreadable = 0;
  int lock = target != NULL ? take_lock (target, error) : -1;

  if (lock < 0)
    return FALSE;
  entries = ferry_journal_list (transaction->root, &unreadable, error);
  good = entries != NULL;
  for (guint i = 0; good && i < entries->len; i++)
    {
      FerryEntry *entry = g_ptr_array_index (entries, i);

      if (!is_half_done (entry) && !is_unclean (transaction->root, entry))
        continue;
      good = recover_entry (transaction, target, entry, error);
      g_ptr_array_add (ids, g_strdup (entry->id));
    }
  if (good && unreadable > 0)
    {
      g_set_error_literal (error, FERRY_ERROR, FERRY_ERROR_INVALID,
                           _("A kept change cannot be read; whether it is complete is not known."));
      good = FALSE;
    }
  ferry_journal_trim (transaction->root, target);
  close (lock);
  if (recovered != NULL)
    *recovered = g_steal_pointer (&ids);
  return good;
}
