/* bouncer.c: see bouncer.h. */
#include "config.h"

#include <string.h>
#include <glib/gi18n-lib.h>
#include <polkit/polkit.h>

#include "helper/bouncer.h"
#include "act/fault.h"

/* A prompt that nobody answers is a no. */
#define PATIENCE_SECONDS 600

static const struct
{
  const char *method;
  const char *action; /* NULL: no question to polkit; the method compares the caller itself */
} rows[] = {
  { "Inspect", "org.ferryvm.helper1.inspect" },
  { "Preview", "org.ferryvm.helper1.inspect" },
  { "History", "org.ferryvm.helper1.inspect" },
  { "Apply", "org.ferryvm.helper1.apply" },
  { "Undo", "org.ferryvm.helper1.undo" },
  { "Cancel", NULL },
};

struct _FerryBouncer
{
  GDBusConnection *connection;
};

struct _FerryPermit
{
  char *method;
};

/* One question under way. */
typedef struct
{
  char *method;
  GCancellable *cancellable;
  GDBusConnection *connection;
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
  g_free (bouncer);
}

static const char *
find_action (const char *method, gboolean *known)
{
  *known = FALSE;
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    if (g_str_equal (rows[i].method, method))
      {
        *known = TRUE;
        return rows[i].action;
      }
  return NULL;
}

gboolean
ferry_bouncer_knows (const char *method)
{
  gboolean known;

  find_action (method, &known);
  return known;
}

gboolean
ferry_bouncer_needs_polkit (const char *method)
{
  gboolean known;

  return find_action (method, &known) != NULL || !known;
}

static void
question_free (gpointer data)
{
  Question *question = data;

  g_bus_unwatch_name (question->watch);
  if (question->patience != 0)
    g_source_remove (question->patience);
  g_object_unref (question->cancellable);
  g_object_unref (question->connection);
  g_free (question->method);
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
deny (GTask *task, FerryFault fault, const char *message)
{
  g_task_return_new_error (task, FERRY_FAULT, (gint) fault, "%s", message);
}

static void
on_answer (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Question *question = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (PolkitAuthorizationResult) answer
      = polkit_authority_check_authorization_finish (POLKIT_AUTHORITY (source), result, &error);
  FerryPermit *permit;

  if (answer == NULL || question->gone)
    deny (task, FERRY_FAULT_AUTH_UNAVAILABLE, _("It could not be found out whether you may do this"));
  else if (polkit_authorization_result_get_dismissed (answer))
    deny (task, FERRY_FAULT_AUTH_DISMISSED, _("The password was not given"));
  else if (polkit_authorization_result_get_is_challenge (answer))
    deny (task, FERRY_FAULT_AUTH_UNAVAILABLE,
          _("A password is needed, but nothing on this desktop can ask for it"));
  else if (!polkit_authorization_result_get_is_authorized (answer))
    deny (task, FERRY_FAULT_NOT_AUTHORIZED, _("You are not allowed to do this on this computer"));
  else
    {
      permit = g_new0 (FerryPermit, 1);
      permit->method = g_strdup (question->method);
      g_task_return_pointer (task, permit, (GDestroyNotify) ferry_permit_free);
    }
}

typedef struct
{
  GTask *task;
  char *sender;
  const char *action;
  PolkitDetails *details;
  PolkitCheckAuthorizationFlags flags;
} Check;

static void
on_authority (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Check *check = user_data;
  Question *question = g_task_get_task_data (check->task);
  g_autoptr (GError) error = NULL;
  g_autoptr (PolkitAuthority) authority = polkit_authority_get_finish (result, &error);

  if (authority == NULL)
    {
      deny (check->task, FERRY_FAULT_AUTH_UNAVAILABLE,
            _("It could not be found out whether you may do this"));
      g_object_unref (check->task);
    }
  else
    {
      g_autoptr (PolkitSubject) subject = polkit_system_bus_name_new (check->sender);

      polkit_authority_check_authorization (authority, subject, check->action, check->details,
                                            check->flags, question->cancellable, on_answer, check->task);
    }
  g_clear_object (&check->details);
  g_free (check->sender);
  g_free (check);
}

static Question *
question_new (FerryBouncer *bouncer, const char *method, const char *sender)
{
  Question *question = g_new0 (Question, 1);

  question->method = g_strdup (method);
  question->cancellable = g_cancellable_new ();
  question->connection = g_object_ref (bouncer->connection);
  question->watch = g_bus_watch_name_on_connection (bouncer->connection, sender,
                                                    G_BUS_NAME_WATCHER_FLAGS_NONE, NULL, on_vanished,
                                                    question, NULL);
  question->patience = g_timeout_add_seconds (PATIENCE_SECONDS, on_patience_ended, question);
  return question;
}

/**
 * ferry_bouncer_ask:
 *
 * Asks polkit for the caller of @invocation. A password is asked for only if the caller allows it
 * (%G_DBUS_MESSAGE_FLAGS_ALLOW_INTERACTIVE_AUTHORIZATION).
 */
void
ferry_bouncer_ask (FerryBouncer *bouncer, GDBusMethodInvocation *invocation, const char *card,
                   const char *files, GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task = g_task_new (NULL, NULL, callback, user_data);
  const char *method = g_dbus_method_invocation_get_method_name (invocation);
  const char *sender = g_dbus_method_invocation_get_sender (invocation);
  GDBusMessage *message = g_dbus_method_invocation_get_message (invocation);
  gboolean interactive = (g_dbus_message_get_flags (message)
                          & G_DBUS_MESSAGE_FLAGS_ALLOW_INTERACTIVE_AUTHORIZATION)
                         != 0;
  gboolean known;
  const char *action = find_action (method, &known);
  Check *check;

  if (action == NULL || sender == NULL)
    {
      deny (task, FERRY_FAULT_NOT_AUTHORIZED, _("You are not allowed to do this on this computer"));
      g_object_unref (task);
      return;
    }
  g_task_set_task_data (task, question_new (bouncer, method, sender), question_free);
  check = g_new0 (Check, 1);
  check->task = task;
  check->sender = g_strdup (sender);
  check->action = action;
  check->flags = interactive ? POLKIT_CHECK_AUTHORIZATION_FLAGS_ALLOW_USER_INTERACTION
                             : POLKIT_CHECK_AUTHORIZATION_FLAGS_NONE;
  check->details = polkit_details_new ();
  polkit_details_insert (check->details, "card", card != NULL ? card : "");
  polkit_details_insert (check->details, "files", files != NULL ? files : "0");
  polkit_authority_get_async (NULL, on_authority, check);
}

FerryPermit *
ferry_bouncer_ask_finish (FerryBouncer *bouncer, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

const char *
ferry_permit_get_method (const FerryPermit *permit)
{
  return permit->method;
}

void
ferry_permit_free (FerryPermit *permit)
{
  if (permit == NULL)
    return;
  g_free (permit->method);
  g_free (permit);
}
