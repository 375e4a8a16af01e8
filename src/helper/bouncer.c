/* bouncer.c: see bouncer.h. */
#include "config.h"

#include <pwd.h>
#include <string.h>
#include <glib/gi18n-lib.h>
#include <polkit/polkit.h>

#include "act/fault.h"
#include "facts/host.h"
#include "helper/bouncer.h"

/* A prompt that nobody answers is a no, and so is a polkit that does not answer where no prompt is allowed. */
#define PROMPT_SECONDS 600
#define ANSWER_SECONDS 15

/* Longest text of a detail in the password dialog. */
#define MAX_DETAIL 160

#define INSPECT "org.ferryvm.helper1.inspect"

static const struct
{
  const char *method;
  const char *actions[2]; /* by FerryQuestion; none at all: the method compares the caller itself */
} rows[] = {
  { "Inspect", { INSPECT, NULL } },
  { "Preview", { INSPECT, NULL } },
  { "History", { INSPECT, NULL } },
  { "Apply", { INSPECT, "org.ferryvm.helper1.apply" } },
  { "Undo", { INSPECT, "org.ferryvm.helper1.undo" } },
  { "Cancel", { NULL, NULL } },
};

/* What is more than files is said in the dialog, too: a password given for files is none for a group or for software. By
 * whether there are packages, and whether a group is joined; with neither the message of the action stands. */
static const char *const more_messages[2][2] = {
  { NULL, N_("Authentication is required to prepare $(card) for virtual machines and to make you a member of the group "
             "“$(group)”, who can do everything that the administrator can. Number of files that are changed: $(files). "
             "Undo takes all of that back.") },
  { N_("Authentication is required to prepare $(card) for virtual machines and to install software: $(packages). Number of "
       "files that are changed: $(files). Undo puts them back; the software stays."),
    N_("Authentication is required to prepare $(card) for virtual machines, to install software: $(packages), and to make "
       "you a member of the group “$(group)”, who can do everything that the administrator can. Number of files that are "
       "changed: $(files). Undo takes that back; the software stays.") },
};

struct _FerryBouncer
{
  GDBusConnection *connection;
  PolkitAuthority *authority; /* kept, so that it need not be looked for again; NULL before the first answer */
};

struct _FerryPermit
{
  char *method;
  FerryQuestion question;
  guint uid;
  char *user_name;
};

/* One question under way. */
typedef struct
{
  FerryPermit *permit; /* handed out only when everything is answered with yes */
  char *sender;
  const char *action;
  PolkitDetails *details;
  PolkitCheckAuthorizationFlags flags;
  GCancellable *cancellable; /* of the question */
  GCancellable *outer;       /* of the operation, or NULL */
  gulong outer_handler;
  FerryBouncer *bouncer;
  guint watch;
  guint patience;
  gboolean gone;
} Question;

FerryBouncer *
ferry_bouncer_new (GDBusConnection *connection)
{
  FerryBouncer *bouncer = g_new0 (FerryBouncer, 1);

  bouncer->connection = g_object_ref (connection);
  return bouncer;
}

void
ferry_bouncer_free (FerryBouncer *bouncer)
{
  if (bouncer == NULL)
    return;
  g_object_unref (bouncer->connection);
  g_clear_object (&bouncer->authority);
  g_free (bouncer);
}

gboolean
ferry_bouncer_knows (const char *method)
{
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    if (g_str_equal (rows[i].method, method))
      return TRUE;
  return FALSE;
}

const char *
ferry_bouncer_get_action (const char *method, FerryQuestion question)
{
  g_return_val_if_fail ((gsize) question < G_N_ELEMENTS (rows[0].actions), NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    if (g_str_equal (rows[i].method, method))
      return rows[i].actions[question];
  return NULL;
}

static void
question_free (gpointer data)
{
  Question *question = data;

  if (question->watch != 0)
    g_bus_unwatch_name (question->watch);
  g_clear_handle_id (&question->patience, g_source_remove);
  g_cancellable_disconnect (question->outer, question->outer_handler);
  g_clear_object (&question->outer);
  g_clear_object (&question->details);
  g_object_unref (question->cancellable);
  ferry_permit_free (question->permit);
  g_free (question->sender);
  g_free (question);
}

static void
on_vanished (GDBusConnection *connection, const char *name, gpointer user_data)
{
  Question *question = user_data;

  question->gone = TRUE;
  g_cancellable_cancel (question->cancellable);
}

static gboolean
on_patience_ended (gpointer user_data)
{
  Question *question = user_data;

  question->patience = 0;
  g_cancellable_cancel (question->cancellable);
  return G_SOURCE_REMOVE;
}

static void
on_outer_cancelled (GCancellable *outer, gpointer user_data)
{
  g_cancellable_cancel (user_data);
}

/* Takes @task. */
static void
deny (GTask *task, FerryFault fault, const char *message)
{
  g_autoptr (GTask) owned = task;

  g_task_return_new_error (owned, FERRY_FAULT, (gint) fault, "%s", message);
}

static void
deny_unanswered (GTask *task)
{
  Question *question = g_task_get_task_data (task);

  if (g_cancellable_is_cancelled (question->outer))
    deny (task, FERRY_FAULT_CANCELLED, _("It was cancelled. Nothing was changed."));
  else
    deny (task, FERRY_FAULT_AUTH_UNAVAILABLE, _("It could not be found out whether you may do this"));
}

/* The caller's name from its uid; never from an argument. How long the bus may take for it is the question's patience
 * and nothing shorter: somebody who gave the password is not turned away because the computer is slow. */
static void
on_credentials (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Question *question = g_task_get_task_data (task);
  g_autoptr (GVariant) reply = g_dbus_connection_call_finish (G_DBUS_CONNECTION (source), result, NULL);
  struct passwd *account;

  if (reply == NULL || question->gone || g_cancellable_is_cancelled (question->cancellable))
    {
      deny_unanswered (g_steal_pointer (&task));
      return;
    }
  g_variant_get (reply, "(u)", &question->permit->uid);
  account = getpwuid (question->permit->uid);
  question->permit->user_name = account != NULL ? g_strdup (account->pw_name) : NULL;
  g_task_return_pointer (task, g_steal_pointer (&question->permit), (GDestroyNotify) ferry_permit_free);
}

static void
ask_who (GTask *task)
{
  Question *question = g_task_get_task_data (task);

  g_dbus_connection_call (question->bouncer->connection, "org.freedesktop.DBus", "/org/freedesktop/DBus",
                          "org.freedesktop.DBus", "GetConnectionUnixUser",
                          g_variant_new ("(s)", question->sender), G_VARIANT_TYPE ("(u)"),
                          G_DBUS_CALL_FLAGS_NONE, G_MAXINT, question->cancellable, on_credentials, task);
}

static void
on_answer (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GTask *task = user_data;
  Question *question = g_task_get_task_data (task);
  g_autoptr (PolkitAuthorizationResult) answer
      = polkit_authority_check_authorization_finish (POLKIT_AUTHORITY (source), result, NULL);

  if (answer == NULL || question->gone || g_cancellable_is_cancelled (question->cancellable))
    deny_unanswered (task);
  else if (polkit_authorization_result_get_is_authorized (answer))
    ask_who (task);
  else if (polkit_authorization_result_get_dismissed (answer))
    deny (task, FERRY_FAULT_AUTH_DISMISSED, _("The password was not given"));
  else if (polkit_authorization_result_get_is_challenge (answer))
    deny (task, FERRY_FAULT_AUTH_UNAVAILABLE,
          _("A password is needed, but nothing on this desktop can ask for it"));
  else
    deny (task, FERRY_FAULT_NOT_AUTHORIZED, _("You are not allowed to do this on this computer"));
}

static void
ask_polkit (GTask *task)
{
  Question *question = g_task_get_task_data (task);
  g_autoptr (PolkitSubject) subject = polkit_system_bus_name_new (question->sender);

  polkit_authority_check_authorization (question->bouncer->authority, subject, question->action,
                                        question->details, question->flags, question->cancellable, on_answer,
                                        task);
}

static void
on_authority (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GTask *task = user_data;
  FerryBouncer *bouncer = ((Question *) g_task_get_task_data (task))->bouncer;
  g_autoptr (PolkitAuthority) authority = polkit_authority_get_finish (result, NULL);

  if (authority == NULL)
    {
      deny_unanswered (task);
      return;
    }
  g_set_object (&bouncer->authority, authority);
  ask_polkit (task);
}

/* A name comes from the hardware or from a table; it must not be able to paint the dialog or a terminal. */
static void
add_detail (Question *question, const char *name, const char *text)
{
  g_autofree char *clean = ferry_host_clean_text (text != NULL ? text : "", MAX_DETAIL);

  polkit_details_insert (question->details, name, clean);
}

/* polkit_authority_check_authorization(): "polkit.message" takes the place of the action's, from root only, and is
 * translated with the catalogue that is named beside it. */
static void
add_consent (Question *question, const FerryConsent *consent)
{
  const char *message = more_messages[consent->packages != NULL][consent->group != NULL];

  add_detail (question, "card", consent->card);
  add_detail (question, "files", consent->files);
  if (message == NULL)
    return;
  add_detail (question, "packages", consent->packages);
  add_detail (question, "group", consent->group);
  polkit_details_insert (question->details, "polkit.message", message);
  polkit_details_insert (question->details, "polkit.gettext_domain", GETTEXT_PACKAGE);
}

static void
follow_outer (Question *question, GCancellable *outer)
{
  if (outer == NULL)
    return;
  question->outer = g_object_ref (outer);
  question->outer_handler = g_cancellable_connect (outer, G_CALLBACK (on_outer_cancelled),
                                                   g_object_ref (question->cancellable), g_object_unref);
}

static Question *
question_new (FerryBouncer *bouncer, GDBusMethodInvocation *invocation, FerryQuestion kind)
{
  Question *question = g_new0 (Question, 1);
  const char *method = g_dbus_method_invocation_get_method_name (invocation);
  GDBusMessage *message = g_dbus_method_invocation_get_message (invocation);

  question->permit = g_new0 (FerryPermit, 1);
  question->permit->method = g_strdup (method);
  question->permit->question = kind;
  question->sender = g_strdup (g_dbus_method_invocation_get_sender (invocation));
  question->action = ferry_bouncer_get_action (method, kind);
  if ((g_dbus_message_get_flags (message) & G_DBUS_MESSAGE_FLAGS_ALLOW_INTERACTIVE_AUTHORIZATION) != 0)
    question->flags = POLKIT_CHECK_AUTHORIZATION_FLAGS_ALLOW_USER_INTERACTION;
  question->details = polkit_details_new ();
  question->cancellable = g_cancellable_new ();
  question->bouncer = bouncer;
  return question;
}

/**
 * ferry_bouncer_ask:
 *
 * Asks polkit for the caller of @invocation. A password is asked for only if the caller allows it
 * (%G_DBUS_MESSAGE_FLAGS_ALLOW_INTERACTIVE_AUTHORIZATION).
 */
void
ferry_bouncer_ask (FerryBouncer *bouncer, GDBusMethodInvocation *invocation, FerryQuestion kind,
                   const FerryConsent *consent, GCancellable *cancellable,
                   GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task = g_task_new (NULL, NULL, callback, user_data);
  Question *question = question_new (bouncer, invocation, kind);

  g_task_set_task_data (task, question, question_free);
  if (question->action == NULL || question->sender == NULL)
    {
      deny (task, FERRY_FAULT_NOT_AUTHORIZED, _("You are not allowed to do this on this computer"));
      return;
    }
  if (consent != NULL)
    add_consent (question, consent);
  follow_outer (question, cancellable);
  question->watch = g_bus_watch_name_on_connection (bouncer->connection, question->sender,
                                                    G_BUS_NAME_WATCHER_FLAGS_NONE, NULL, on_vanished,
                                                    question, NULL);
  question->patience
      = g_timeout_add_seconds (question->flags == POLKIT_CHECK_AUTHORIZATION_FLAGS_NONE ? ANSWER_SECONDS
                                                                                        : PROMPT_SECONDS,
                               on_patience_ended, question);
  if (bouncer->authority != NULL)
    ask_polkit (task);
  else
    polkit_authority_get_async (question->cancellable, on_authority, task);
}

FerryPermit *
ferry_bouncer_ask_finish (FerryBouncer *bouncer, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

gboolean
ferry_permit_is_for (const FerryPermit *permit, const char *method, FerryQuestion question)
{
  return permit != NULL && permit->question == question && g_str_equal (permit->method, method);
}

guint
ferry_permit_get_uid (const FerryPermit *permit)
{
  return permit->uid;
}

const char *
ferry_permit_get_user_name (const FerryPermit *permit)
{
  return permit->user_name;
}

void
ferry_permit_free (FerryPermit *permit)
{
  if (permit == NULL)
    return;
  g_free (permit->method);
  g_free (permit->user_name);
  g_free (permit);
}
