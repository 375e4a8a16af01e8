/* restart.c: see restart.h. */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "facts/error.h"
#include "restart.h"

#define LOGIND_NAME "org.freedesktop.login1"
#define LOGIND_OBJECT "/org/freedesktop/login1"
#define LOGIND_INTERFACE "org.freedesktop.login1.Manager"

struct _FerryRestart
{
  GObject parent_instance;

  GDBusConnection *bus; /* NULL until found */
  GCancellable *closing;
  gboolean available;
};

G_DEFINE_FINAL_TYPE (FerryRestart, ferry_restart, G_TYPE_OBJECT)

enum
{
  PROP_0,
  PROP_AVAILABLE,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

/* The person may be asked for a password meanwhile, so there is no time limit. */
static void
call (FerryRestart *self, const char *method, GVariant *arguments, const GVariantType *reply,
      GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  g_dbus_connection_call (self->bus, LOGIND_NAME, LOGIND_OBJECT, LOGIND_INTERFACE, method,
                          arguments, reply, G_DBUS_CALL_FLAGS_ALLOW_INTERACTIVE_AUTHORIZATION,
                          G_MAXINT, cancellable, callback, user_data);
}

static void
set_available (FerryRestart *self, gboolean available)
{
  if (self->available == available)
    return;
  self->available = available;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_AVAILABLE]);
}

/* "yes", "challenge" (after a password), "no" or "na" (the firmware cannot). */
static void
can_done (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (FerryRestart) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) reply
      = g_dbus_connection_call_finish (G_DBUS_CONNECTION (source), result, &error);
  const char *answer;

  if (reply == NULL)
    {
      g_debug ("No restart into the firmware setup: %s", error->message);
      return;
    }
  g_variant_get (reply, "(&s)", &answer);
  set_available (self, g_str_equal (answer, "yes") || g_str_equal (answer, "challenge"));
}

static void
ask_whether_possible (FerryRestart *self)
{
  call (self, "CanRebootToFirmwareSetup", NULL, G_VARIANT_TYPE ("(s)"), self->closing, can_done,
        g_object_ref (self));
}

static void
bus_found (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (FerryRestart) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GDBusConnection) bus = g_bus_get_finish (result, &error);

  if (bus == NULL)
    {
      g_debug ("No system bus: %s", error->message);
      return;
    }
  self->bus = g_steal_pointer (&bus);
  g_dbus_connection_set_exit_on_close (self->bus, FALSE);
  ask_whether_possible (self);
}

static void
ferry_restart_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  if (id == PROP_AVAILABLE)
    g_value_set_boolean (value, FERRY_RESTART (object)->available);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
ferry_restart_dispose (GObject *object)
{
  FerryRestart *self = FERRY_RESTART (object);

  g_cancellable_cancel (self->closing);
  g_clear_object (&self->closing);
  g_clear_object (&self->bus);
  G_OBJECT_CLASS (ferry_restart_parent_class)->dispose (object);
}

static void
ferry_restart_class_init (FerryRestartClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = ferry_restart_get_property;
  object_class->dispose = ferry_restart_dispose;
  properties[PROP_AVAILABLE] = g_param_spec_boolean ("available", NULL, NULL, FALSE,
                                                     G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
ferry_restart_init (FerryRestart *self)
{
  self->closing = g_cancellable_new ();
}

/**
 * ferry_restart_new:
 *
 * Looks for the system bus and asks logind, without waiting.
 *
 * Returns: (transfer full): not available until the answer came
 */
FerryRestart *
ferry_restart_new (void)
{
  FerryRestart *self = g_object_new (FERRY_TYPE_RESTART, NULL);

  g_bus_get (G_BUS_TYPE_SYSTEM, self->closing, bus_found, g_object_ref (self));
  return self;
}

/**
 * ferry_restart_new_for_bus:
 * @bus: where logind, or a stand-in for it, is
 */
FerryRestart *
ferry_restart_new_for_bus (GDBusConnection *bus)
{
  FerryRestart *self = g_object_new (FERRY_TYPE_RESTART, NULL);

  self->bus = g_object_ref (bus);
  ask_whether_possible (self);
  return self;
}

gboolean
ferry_restart_get_available (FerryRestart *self)
{
  g_return_val_if_fail (FERRY_IS_RESTART (self), FALSE);
  return self->available;
}

/* In words for a person; what the bus said goes to the log. */
static GError *
translate_error (const GError *error)
{
  g_autofree char *name = g_dbus_error_get_remote_error (error);

  g_debug ("logind: %s", error->message);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return g_error_new_literal (FERRY_ERROR, FERRY_ERROR_CANCELLED,
                                _ ("The restart was cancelled."));
  if (g_error_matches (error, G_DBUS_ERROR, G_DBUS_ERROR_ACCESS_DENIED)
      || g_strcmp0 (name, "org.freedesktop.DBus.Error.InteractiveAuthorizationRequired") == 0)
    return g_error_new_literal (FERRY_ERROR, FERRY_ERROR_DENIED,
                                _ ("The system did not allow the restart. Nothing was changed; "
                                   "you can also restart by hand and press the key for the "
                                   "firmware."));
  return g_error_new_literal (FERRY_ERROR, FERRY_ERROR_FAILED,
                              _ ("The system could not restart. Nothing was changed; you can "
                                 "also restart by hand and press the key for the firmware."));
}

/* The flag is gone, or logind does not answer: either way the first error is what counts. */
static void
flag_cleared (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) reply
      = g_dbus_connection_call_finish (G_DBUS_CONNECTION (source), result, &error);

  if (reply == NULL)
    g_warning ("The next restart still opens the firmware setup: %s", error->message);
  g_task_return_error (task, g_error_copy (g_task_get_task_data (task)));
}

static void
fail_and_clear (GTask *task, GError *error)
{
  FerryRestart *self = g_task_get_source_object (task);

  g_task_set_task_data (task, error, (GDestroyNotify) g_error_free);
  call (self, "SetRebootToFirmwareSetup", g_variant_new ("(b)", FALSE), NULL, NULL, flag_cleared,
        g_object_ref (task));
}

static void
reboot_done (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) reply
      = g_dbus_connection_call_finish (G_DBUS_CONNECTION (source), result, &error);

  if (reply == NULL)
    {
      fail_and_clear (task, translate_error (error));
      return;
    }
  g_task_return_boolean (task, TRUE);
}

static void
flag_set (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  FerryRestart *self = g_task_get_source_object (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) reply
      = g_dbus_connection_call_finish (G_DBUS_CONNECTION (source), result, &error);

  /* Cancelled here it is not known whether logind has set the flag: take it back as well. */
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      fail_and_clear (task, translate_error (error));
      return;
    }
  if (reply == NULL)
    {
      g_task_return_error (task, translate_error (error));
      return;
    }
  call (self, "Reboot", g_variant_new ("(b)", TRUE), NULL, g_task_get_cancellable (task),
        reboot_done, g_object_ref (task));
}

/**
 * ferry_restart_into_setup_async:
 * @cancellable: cancelling takes the flag for the firmware back
 *
 * Sets the flag for the firmware, then restarts. The system may ask for a password on the way.
 */
void
ferry_restart_into_setup_async (FerryRestart *self, GCancellable *cancellable,
                                GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);

  g_return_if_fail (FERRY_IS_RESTART (self));

  g_task_set_source_tag (task, ferry_restart_into_setup_async);
  g_task_set_check_cancellable (task, FALSE);
  if (!self->available)
    {
      g_task_return_new_error (task, FERRY_ERROR, FERRY_ERROR_UNSUPPORTED,
                               _ ("This computer cannot restart into its firmware setup by itself. "
                                  "Restart by hand and press the key for the firmware."));
      return;
    }
  call (self, "SetRebootToFirmwareSetup", g_variant_new ("(b)", TRUE), NULL, cancellable, flag_set,
        g_object_ref (task));
}

/**
 * ferry_restart_into_setup_finish:
 *
 * Returns: whether the computer is restarting; else an error of %FERRY_ERROR
 */
gboolean
ferry_restart_into_setup_finish (FerryRestart *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
plain_done (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) reply
      = g_dbus_connection_call_finish (G_DBUS_CONNECTION (source), result, &error);

  if (reply != NULL)
    {
      g_task_return_boolean (task, TRUE);
      return;
    }
  g_debug ("logind: %s", error->message);
  g_task_return_new_error (task, FERRY_ERROR, FERRY_ERROR_FAILED,
                           _ ("The system did not allow it or could not do it. You can also restart "
                              "it as you usually do."));
}

/**
 * ferry_restart_now_async:
 *
 * Restarts the computer as its own menu would do it. The system may ask for a password on the way.
 */
void
ferry_restart_now_async (FerryRestart *self, GCancellable *cancellable,
                         GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);

  g_return_if_fail (FERRY_IS_RESTART (self));

  g_task_set_source_tag (task, ferry_restart_now_async);
  if (self->bus == NULL)
    {
      g_task_return_new_error (task, FERRY_ERROR, FERRY_ERROR_UNSUPPORTED,
                               _ ("The system cannot be asked. Restart it as you usually do."));
      return;
    }
  call (self, "Reboot", g_variant_new ("(b)", TRUE), NULL, cancellable, plain_done,
        g_object_ref (task));
}

/**
 * ferry_restart_now_finish:
 *
 * Returns: whether the computer is restarting; else an error of %FERRY_ERROR
 */
gboolean
ferry_restart_now_finish (FerryRestart *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  return g_task_propagate_boolean (G_TASK (result), error);
}
