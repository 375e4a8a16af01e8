/* change.c: ferryctl apply, history and undo.
 *
 * As root, and below --root, the work is done directly, so that it also goes on a text console or from a live medium
 * without a bus. Otherwise the root helper does it and polkit asks for a password.
 */
#include "config.h"

#include <pwd.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>
#include <glib/gi18n.h>
#include <json-glib/json-glib.h>

#include "act/client.h"
#include "act/diff.h"
#include "act/transaction.h"
#include "cli/output.h"
#include "cli/request.h"
#include "facts/error.h"
#include "plan/plan-listing.h"

/* Through the bus only for the running system and only when we are not root ourselves. */
static gboolean
is_direct (const FerryRequest *request)
{
  return request->root != NULL || geteuid () == 0;
}

static void
on_progress (const char *stage, guint step, guint of, const char *title, gpointer user_data)
{
  g_autofree char *line = NULL;

  if (*title == '\0')
    return;
  line = of > 0 && step > 0 ? g_strdup_printf ("[%u/%u] %s\n", step, of, title)
                            : g_strdup_printf ("%s\n", title);
  ferry_output_print (line, NULL);
}

/* Who became root to do this (sudo(8), pkexec(1)); only root can have set these for root. */
static guint
find_person (void)
{
  static const char *const names[] = { "SUDO_UID", "PKEXEC_UID" };

  for (gsize i = 0; geteuid () == 0 && i < G_N_ELEMENTS (names); i++)
    {
      const char *text = g_getenv (names[i]);
      guint64 uid;

      if (text != NULL && g_ascii_string_to_unsigned (text, 10, 0, G_MAXUINT32 - 1, &uid, NULL))
        return (guint) uid;
    }
  return geteuid ();
}

/* Opened as the person sees it: some facts, such as the groups, are about somebody. */
static FerryRoot *
open_root (const FerryRequest *request, GError **error)
{
  FerryRoot *root = ferry_request_open_root (request, error);
  const struct passwd *account = root != NULL && ferry_root_is_live (root) ? getpwuid (find_person ()) : NULL;

  if (account != NULL)
    ferry_root_set_user_name (root, account->pw_name);
  return root;
}

/* A limit on the size of files, which sudo hands on, would end us in the middle of a change; now it is an error at worst. */
static void
drop_limits (void)
{
  const struct rlimit none = { RLIM_INFINITY, RLIM_INFINITY };

  setrlimit (RLIMIT_FSIZE, &none);
  signal (SIGXFSZ, SIG_IGN);
}

static FerryTransaction
make_transaction (FerryRoot *root, FerryTools *tools)
{
  drop_limits ();
  return (FerryTransaction){ root, tools, on_progress, NULL, NULL, find_person () };
}

/* "y" or "yes" in the user's language; anything else, also the end of input, is no. */
static gboolean
confirm (const FerryRequest *request, GError **error)
{
  char answer[64] = "";

  if (request->yes)
    return TRUE;
  if (!isatty (STDIN_FILENO))
    {
      g_set_error_literal (error, FERRY_ERROR, FERRY_ERROR_CANCELLED,
                           _ ("Nothing was changed. Say --yes to do it without a question."));
      return FALSE;
    }
  ferry_output_print (_ ("Do it now? [y/N] "), NULL);
  fflush (stdout);
  if (fgets (answer, sizeof answer, stdin) != NULL
      && (g_ascii_strcasecmp (g_strstrip (answer), "y") == 0 || g_ascii_strcasecmp (answer, "yes") == 0
          || g_strcmp0 (answer, _ ("yes")) == 0))
    return TRUE;
  g_set_error_literal (error, FERRY_ERROR, FERRY_ERROR_CANCELLED, _ ("Nothing was changed."));
  return FALSE;
}

static int
show_and_ask (const FerryRequest *request, const FerryPlan *plan, GError **error)
{
  g_autofree char *text = ferry_plan_listing_text (plan, NULL);

  if (!ferry_output_print (text, error))
    return FERRY_EXIT_ERROR;
  if (plan->refusals->len > 0)
    return FERRY_EXIT_IMPOSSIBLE;
  if (ferry_plan_is_empty (plan))
    return FERRY_EXIT_READY;
  return confirm (request, error) ? FERRY_EXIT_STEPS : FERRY_EXIT_ERROR;
}

static int
finish_apply (const char *id, const FerryPlan *plan, GError **error)
{
  g_autofree char *text = NULL;

  if (id == NULL)
    return FERRY_EXIT_ERROR;
  text = g_strdup_printf (_ ("Done. “ferryctl undo %s” takes it back.\n%s"), id,
                          plan->restart ? _ ("Restart the computer now.\n") : "");
  return ferry_output_print (text, error) ? FERRY_EXIT_READY : FERRY_EXIT_ERROR;
}

static int
apply_directly (const FerryRequest *request, GError **error)
{
  g_autoptr (FerryRoot) root = open_root (request, error);
  g_autoptr (FerryMachine) machine = root != NULL ? ferry_machine_scan (root, NULL, NULL, error) : NULL;
  g_autoptr (FerryPlan) plan = NULL;
  g_autoptr (FerryTools) tools = NULL;
  g_autofree char *id = NULL;
  FerryTransaction transaction;
  int status;

  if (machine == NULL)
    return FERRY_EXIT_ERROR;
  if (request->intent->join_group && !ferry_root_is_live (root))
    {
      g_set_error_literal (error, FERRY_ERROR, FERRY_ERROR_INVALID,
                           _ ("Below --root nobody is known who could join a group. Leave out --join-group."));
      return FERRY_EXIT_ERROR;
    }
  plan = ferry_plan_make (machine, request->intent);
  status = show_and_ask (request, plan, error);
  if (status != FERRY_EXIT_STEPS)
    return status;
  tools = ferry_tools_new_system (root);
  transaction = make_transaction (root, tools);
  id = ferry_transaction_apply (&transaction, machine, plan, request->intent, error);
  return finish_apply (id, plan, error);
}

static int
apply_by_helper (const FerryRequest *request, GError **error)
{
  g_autoptr (FerryClient) client = ferry_client_new (NULL, error);
  g_autofree char *json = client != NULL ? ferry_client_preview (client, request->intent, error) : NULL;
  g_autoptr (FerryPlan) plan = json != NULL ? ferry_plan_listing_parse (json, error) : NULL;
  g_autofree char *id = NULL;
  int status;

  if (plan == NULL)
    return FERRY_EXIT_ERROR;
  status = show_and_ask (request, plan, error);
  if (status != FERRY_EXIT_STEPS)
    return status;
  id = ferry_client_apply (client, request->intent, plan->digest, error);
  return finish_apply (id, plan, error);
}

int
ferry_command_apply (const FerryRequest *request, GError **error)
{
  return is_direct (request) ? apply_directly (request, error) : apply_by_helper (request, error);
}

static GVariant *
list_directly (const FerryRequest *request, GError **error)
{
  g_autoptr (FerryRoot) root = ferry_request_open_root (request, error);
  g_autoptr (GPtrArray) entries = root != NULL ? ferry_journal_list (root, NULL, error) : NULL;
  GVariantBuilder builder;

  if (entries == NULL)
    return NULL;
  g_variant_builder_init (&builder, G_VARIANT_TYPE ("a(sxssas)"));
  for (guint i = 0; i < entries->len; i++)
    {
      const FerryEntry *entry = g_ptr_array_index (entries, i);
      GVariantBuilder paths;

      g_variant_builder_init (&paths, G_VARIANT_TYPE_STRING_ARRAY);
      for (guint j = 0; j < entry->changes->len; j++)
        if (*((FerryChange *) g_ptr_array_index (entry->changes, j))->path != '\0')
          g_variant_builder_add (&paths, "s", ((FerryChange *) g_ptr_array_index (entry->changes, j))->path);
      g_variant_builder_add (&builder, "(sxssas)", entry->id, entry->time, entry->title,
                             ferry_state_to_string (entry->state), &paths);
    }
  return g_variant_ref_sink (g_variant_new ("(a(sxssas))", &builder));
}

static GVariant *
list_entries (const FerryRequest *request, GError **error)
{
  g_autoptr (FerryClient) client = NULL;

  if (is_direct (request))
    return list_directly (request, error);
  client = ferry_client_new (NULL, error);
  return client != NULL ? ferry_client_history (client, error) : NULL;
}

static void
append_entry (GString *out, const char *id, gint64 when, const char *title, const char *state, char **paths)
{
  g_autoptr (GDateTime) time = g_date_time_new_from_unix_local (when);
  g_autofree char *printed = g_date_time_format (time, "%Y-%m-%d %H:%M");

  g_string_append_printf (out, "%s  %s  %-12s  %s\n", id, printed, state, title);
  for (guint i = 0; paths[i] != NULL; i++)
    g_string_append_printf (out, "    /%s\n", paths[i]);
}

static char *
print_entries (GVariant *reply, gboolean json)
{
  g_autoptr (GString) out = g_string_new (NULL);
  g_autoptr (GVariantIter) iter = NULL;
  const char *id, *title, *state;
  gint64 when;
  char **paths;

  if (json)
    {
      g_autoptr (GVariant) list = g_variant_get_child_value (reply, 0);
      gsize length;
      g_autofree char *text = json_gvariant_serialize_data (list, &length);

      return g_strconcat (text, "\n", NULL);
    }
  g_variant_get (reply, "(a(sxssas))", &iter);
  while (g_variant_iter_next (iter, "(&sx&s&s^as)", &id, &when, &title, &state, &paths))
    {
      append_entry (out, id, when, title, state, paths);
      g_strfreev (paths);
    }
  if (out->len == 0)
    g_string_append (out, _ ("Ferry has not changed anything on this computer.\n"));
  return g_string_free (g_steal_pointer (&out), FALSE);
}

int
ferry_command_history (const FerryRequest *request, GError **error)
{
  g_autoptr (GVariant) reply = list_entries (request, error);
  g_autofree char *text = reply != NULL ? print_entries (reply, request->json) : NULL;

  return text != NULL && ferry_output_print (text, error) ? FERRY_EXIT_READY : FERRY_EXIT_ERROR;
}

/* The newest change that is in force. */
static char *
find_newest (const FerryRequest *request, GError **error)
{
  g_autoptr (GVariant) reply = list_entries (request, error);
  g_autoptr (GVariantIter) iter = NULL;
  const char *id, *state;

  if (reply == NULL)
    return NULL;
  g_variant_get (reply, "(a(sxssas))", &iter);
  while (g_variant_iter_next (iter, "(&sx&s&sas)", &id, NULL, NULL, &state, NULL))
    if (g_str_equal (state, "done"))
      return g_strdup (id);
  g_set_error_literal (error, FERRY_ERROR, FERRY_ERROR_NOT_FOUND,
                       _ ("There is nothing to undo: no change of Ferry is in force."));
  return NULL;
}

static gboolean
undo_directly (const FerryRequest *request, const char *id, GError **error)
{
  g_autoptr (FerryRoot) root = ferry_request_open_root (request, error);
  g_autoptr (FerryTools) tools = NULL;
  FerryTransaction transaction;

  if (root == NULL)
    return FALSE;
  tools = ferry_tools_new_system (root);
  transaction = make_transaction (root, tools);
  if (ferry_transaction_needs_recovery (root) && !ferry_transaction_recover (&transaction, NULL, error))
    return FALSE;
  return ferry_transaction_undo (&transaction, id, request->force, NULL, error);
}

/* A change that was cut off comes first: it is finished or put back, and that is all for this time. */
static gboolean
put_in_order (const FerryRequest *request, gboolean *done, GError **error)
{
  g_autoptr (FerryRoot) root = ferry_request_open_root (request, error);
  g_autoptr (FerryTools) tools = NULL;
  FerryTransaction transaction;

  *done = FALSE;
  if (root == NULL)
    return FALSE;
  if (!ferry_transaction_needs_recovery (root))
    return TRUE;
  if (!confirm (request, error))
    return FALSE;
  tools = ferry_tools_new_system (root);
  transaction = make_transaction (root, tools);
  *done = ferry_transaction_recover (&transaction, NULL, error);
  return *done && ferry_output_print (_ ("A change that was cut off has been put in order. “ferryctl "
                                         "history” shows how things are now.\n"),
                                      error);
}

static gboolean
say_undone (const FerryRequest *request, GError **error)
{
  return ferry_output_print (_ ("What this change had written is as it was before, but for what its plan said would stay, "
                                "such as software.\n"),
                             error)
         && (!request->force
             || ferry_output_print (_ ("A file that somebody had edited since is kept beside, under its name with "
                                       "“.ferry-kept” behind it.\n"),
                                    error))
         && ferry_output_print (_ ("Restart the computer now.\n"), error);
}

int
ferry_command_undo (const FerryRequest *request, GError **error)
{
  g_autofree char *id = g_strdup (request->arguments[0]);
  g_autoptr (FerryClient) client = NULL;
  gboolean good, done = FALSE;

  if (id == NULL && is_direct (request) && !put_in_order (request, &done, error))
    return FERRY_EXIT_ERROR;
  if (done)
    return FERRY_EXIT_READY;
  if (id == NULL)
    id = find_newest (request, error);
  if (id == NULL || !confirm (request, error))
    return FERRY_EXIT_ERROR;
  if (is_direct (request))
    good = undo_directly (request, id, error);
  else
    {
      client = ferry_client_new (NULL, error);
      good = client != NULL && ferry_client_undo (client, id, request->force, error);
    }
  if (!good)
    return FERRY_EXIT_ERROR;
  return say_undone (request, error) ? FERRY_EXIT_READY : FERRY_EXIT_ERROR;
}
