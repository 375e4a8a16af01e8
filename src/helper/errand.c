/* errand.c: see errand.h. */
#include "config.h"

#include <pwd.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>
#include <glib/gi18n-lib.h>

#include "act/target.h"
#include "facts/error.h"
#include "facts/host.h"
#include "helper/errand.h"

#define LOCK_FILE "var/lib/ferry/lock"
#define ERRAND_FILE "var/lib/ferry/errand"
#define OUTCOME_FILE "var/lib/ferry/outcome"

/* Characters of the sentence that says what went wrong. */
#define MAX_MESSAGE 1000

typedef struct
{
  char *id;
  guint index; /* of the change in the entry */
  gboolean back;
} Errand;

static void
errand_free (Errand *errand)
{
  g_free (errand->id);
  g_free (errand);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Errand, errand_free)

/* Under a new name, then renamed; mode 0600, root's. */
static gboolean
write_file (FerryRoot *root, const char *path, const char *text, GError **error)
{
  g_autoptr (FerryTarget) target = ferry_target_new (root, error);
  g_autofree char *new_path = g_strconcat (path, ".new", NULL);

  return target != NULL && ferry_target_make_folders (target, path, 0755, NULL, error)
         && ferry_target_remove (target, new_path, error)
         && ferry_target_create (target, new_path, text, strlen (text), 0600, 0, 0, error)
         && ferry_target_rename (target, new_path, path, error);
}

static gboolean
remove_file (FerryRoot *root, const char *path, GError **error)
{
  g_autoptr (FerryTarget) target = ferry_target_new (root, error);

  return target != NULL && ferry_target_remove (target, path, error);
}

/* Opened like every file that is written: no link, root's own, nobody else may write it. */
static char *
read_file (FerryRoot *root, const char *path, GError **error)
{
  g_autoptr (FerryTarget) target = ferry_target_new (root, error);
  char *text = NULL;
  guint mode, uid, gid;

  if (target == NULL || !ferry_target_read (target, path, &text, &mode, &uid, &gid, error))
    return NULL;
  if (text == NULL)
    g_set_error_literal (error, FERRY_ERROR, FERRY_ERROR_NOT_FOUND, _("There is nothing to do"));
  return text;
}

static gboolean
is_under_way (const FerryEntry *entry)
{
  return entry->state == FERRY_STATE_PREPARED || entry->state == FERRY_STATE_COMMITTING
         || entry->state == FERRY_STATE_UNDOING;
}

static FerryEntry *
find_under_way (FerryRoot *root, GError **error)
{
  g_autoptr (GPtrArray) entries = ferry_journal_list (root, NULL, error);

  for (guint i = 0; entries != NULL && i < entries->len; i++)
    if (is_under_way (g_ptr_array_index (entries, i)))
      {
        g_ptr_array_set_free_func (entries, NULL);
        for (guint j = 0; j < entries->len; j++)
          if (j != i)
            ferry_entry_free (g_ptr_array_index (entries, j));
        return g_ptr_array_index (entries, i);
      }
  if (entries != NULL)
    g_set_error_literal (error, FERRY_ERROR, FERRY_ERROR_NOT_FOUND, _("No change is under way"));
  return NULL;
}

static gboolean
is_same_step (const FerryChange *a, const FerryChange *b)
{
  return a->kind == b->kind && g_strcmp0 (a->tool, b->tool) == 0
         && g_strv_equal ((const char *const *) a->items, (const char *const *) b->items);
}

gboolean
ferry_errand_leave (FerryRoot *root, const FerryChange *change, gboolean back, GError **error)
{
  g_autoptr (FerryEntry) entry = find_under_way (root, error);

  for (guint i = 0; entry != NULL && i < entry->changes->len; i++)
    if (is_same_step (change, g_ptr_array_index (entry->changes, i)))
      {
        g_autofree char *text = g_strdup_printf ("%s %u %s\n", entry->id, i, back ? "back" : "forward");

        return remove_file (root, OUTCOME_FILE, error) && write_file (root, ERRAND_FILE, text, error);
      }
  if (entry != NULL)
    g_set_error_literal (error, FERRY_ERROR, FERRY_ERROR_INVALID, _("This step is not part of the change"));
  return FALSE;
}

static Errand *
parse_errand (const char *text, GError **error)
{
  g_auto (GStrv) words = g_strsplit_set (text, " \n", 5);
  g_autoptr (Errand) errand = g_new0 (Errand, 1);
  guint64 index;

  if (g_strv_length (words) == 4 && *words[3] == '\0' && ferry_journal_is_id (words[0])
      && g_ascii_string_to_unsigned (words[1], 10, 0, 1000, &index, NULL)
      && (g_str_equal (words[2], "back") || g_str_equal (words[2], "forward")))
    {
      errand->id = g_strdup (words[0]);
      errand->index = (guint) index;
      errand->back = g_str_equal (words[2], "back");
      return g_steal_pointer (&errand);
    }
  g_set_error_literal (error, FERRY_ERROR, FERRY_ERROR_INVALID, _("The request is not valid"));
  return NULL;
}

/* A step that runs a program; packages only before anything is changed, all others only after. */
static const FerryChange *
choose_change (const FerryEntry *entry, const Errand *errand, GError **error)
{
  const FerryChange *change
      = errand->index < entry->changes->len ? g_ptr_array_index (entry->changes, errand->index) : NULL;
  gboolean early = change != NULL && change->kind == FERRY_CHANGE_PACKAGES;

  if (change != NULL && g_str_equal (entry->id, errand->id) && change->kind != FERRY_CHANGE_FILE
      && change->kind != FERRY_CHANGE_LINK && early == (entry->state == FERRY_STATE_PREPARED))
    return change;
  g_set_error_literal (error, FERRY_ERROR, FERRY_ERROR_INVALID, _("This step is not part of the change"));
  return NULL;
}

/* Who makes a change holds the lock until it has ended; then nothing is to be run any more. */
static gboolean
check_lock_is_held (FerryRoot *root, GError **error)
{
  g_autoptr (FerryTarget) target = ferry_target_new (root, error);
  int fd = target != NULL ? ferry_target_open_lock (target, LOCK_FILE, error) : -1;
  gboolean held;

  if (fd < 0)
    return FALSE;
  held = flock (fd, LOCK_EX | LOCK_NB) < 0;
  close (fd);
  if (!held)
    g_set_error_literal (error, FERRY_ERROR, FERRY_ERROR_NOT_FOUND, _("No change is under way"));
  return held;
}

static gboolean
run_step (FerryRoot *root, FerryTools *tools, const FerryEntry *entry, const Errand *errand, GError **error)
{
  const FerryChange *change = choose_change (entry, errand, error);
  g_autoptr (FerryMachine) machine = change != NULL ? ferry_machine_scan (root, NULL, NULL, error) : NULL;
  const struct passwd *account;

  if (machine == NULL)
    return FALSE;
  account = getpwuid (entry->uid);
  g_free (tools->entry_id);
  tools->entry_id = g_strdup (entry->id);
  g_free (tools->user_name);
  tools->user_name = account != NULL ? g_strdup (account->pw_name) : NULL;
  return errand->back ? tools->take_back (tools, machine, change, error)
                      : tools->run (tools, machine, change, NULL, error);
}

static gboolean
run_errand (FerryRoot *root, FerryTools *tools, GError **error)
{
  g_autofree char *text = check_lock_is_held (root, error) ? read_file (root, ERRAND_FILE, error) : NULL;
  g_autoptr (Errand) errand = text != NULL ? parse_errand (text, error) : NULL;
  g_autoptr (FerryEntry) entry = errand != NULL ? find_under_way (root, error) : NULL;

  return entry != NULL && remove_file (root, ERRAND_FILE, error)
         && run_step (root, tools, entry, errand, error);
}

static char *
print_outcome (const GError *failure)
{
  g_autofree char *message = NULL;
  int code;

  if (failure == NULL)
    return g_strdup ("done\n");
  code = failure->domain == FERRY_ERROR ? failure->code : FERRY_ERROR_FAILED;
  message = ferry_host_clean_text (failure->message, MAX_MESSAGE);
  return g_strdup_printf ("failed %d %s\n", code, message);
}

/**
 * ferry_errand_run:
 *
 * Does the step that was left, once.
 *
 * Returns: whether it was done; what came of it is written down either way
 */
gboolean
ferry_errand_run (FerryRoot *root, FerryTools *tools, GError **error)
{
  g_autoptr (GError) failure = NULL;
  gboolean good = run_errand (root, tools, &failure);
  g_autofree char *text = print_outcome (failure);
  g_autoptr (GError) unwritten = NULL;

  if (!write_file (root, OUTCOME_FILE, text, &unwritten))
    {
      g_warning ("%s", unwritten->message);
      good = FALSE;
    }
  if (!good)
    g_propagate_error (error, failure != NULL ? g_steal_pointer (&failure) : g_steal_pointer (&unwritten));
  return good;
}

static gboolean
parse_outcome (char *text, GError **error)
{
  char *end;
  guint64 code;

  if (g_str_equal (text, "done\n"))
    return TRUE;
  if (g_str_has_prefix (text, "failed "))
    {
      code = g_ascii_strtoull (text + strlen ("failed "), &end, 10);
      if (*end == ' ' && code <= FERRY_ERROR_FAILED)
        {
          g_set_error_literal (error, FERRY_ERROR, (gint) code, g_strchomp (end + 1));
          return FALSE;
        }
    }
  g_set_error_literal (error, FERRY_ERROR, FERRY_ERROR_FAILED,
                       _("The programs of this system ended without a result"));
  return FALSE;
}

gboolean
ferry_errand_collect (FerryRoot *root, GError **error)
{
  char nothing[] = "";
  g_autofree char *text = read_file (root, OUTCOME_FILE, NULL);
  gboolean good = parse_outcome (text != NULL ? text : nothing, error);

  remove_file (root, ERRAND_FILE, NULL);
  remove_file (root, OUTCOME_FILE, NULL);
  return good;
}
