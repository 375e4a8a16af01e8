/* Tests of the restart into the firmware setup, against a stand-in for logind on a private bus. */
#include "config.h"

#include "facts/error.h"
#include "restart.h"
#include "stage.h"

#define DENIED "org.freedesktop.DBus.Error.AccessDenied"

static const char introspection[]
    = "<node><interface name='org.freedesktop.login1.Manager'>"
      "<method name='CanRebootToFirmwareSetup'><arg type='s' direction='out'/></method>"
      "<method name='SetRebootToFirmwareSetup'><arg type='b' direction='in'/></method>"
      "<method name='Reboot'><arg type='b' direction='in'/></method></interface></node>";

/* What the stand-in answers, and what it was asked. */
typedef struct
{
  GTestDBus *daemon;
  GDBusConnection *server, *client;
  guint name, object;

  const char *can;          /* NULL: the method fails */
  const char *set_error;    /* D-Bus error names; NULL: it works */
  const char *reboot_error; /* "wait": it does not answer */
  GString *asked;

  FerryRestart *restart;
  gboolean done, restarting;
  GError *error;
} Fixture;

static void
answer (GDBusMethodInvocation *invocation, const char *error, GVariant *value)
{
  if (error != NULL)
    g_dbus_method_invocation_return_dbus_error (invocation, error, "no");
  else
    g_dbus_method_invocation_return_value (invocation, value);
}

static void
handle_call (GDBusConnection *connection, const char *sender, const char *path,
             const char *interface, const char *method, GVariant *arguments,
             GDBusMethodInvocation *invocation, gpointer user_data)
{
  Fixture *fixture = user_data;
  GDBusMessage *message = g_dbus_method_invocation_get_message (invocation);
  gboolean value = FALSE;

  /* The person may be asked for a password only when the message allows it. */
  g_assert_true (g_dbus_message_get_flags (message)
                 & G_DBUS_MESSAGE_FLAGS_ALLOW_INTERACTIVE_AUTHORIZATION);
  if (g_str_equal (method, "CanRebootToFirmwareSetup"))
    {
      answer (invocation, fixture->can == NULL ? DENIED : NULL,
              fixture->can == NULL ? NULL : g_variant_new ("(s)", fixture->can));
      return;
    }

  g_variant_get (arguments, "(b)", &value);
  g_string_append_printf (fixture->asked, "%s(%d) ", method, value);
  if (g_str_equal (method, "SetRebootToFirmwareSetup"))
    answer (invocation, value ? fixture->set_error : NULL, NULL);
  else if (g_strcmp0 (fixture->reboot_error, "wait") != 0)
    answer (invocation, fixture->reboot_error, NULL);
}

static const GDBusInterfaceVTable vtable = { .method_call = handle_call };

static void
name_acquired (GDBusConnection *connection, const char *name, gpointer user_data)
{
  ((Fixture *) user_data)->done = TRUE;
}

static gboolean
is_done (gpointer user_data)
{
  return ((Fixture *) user_data)->done;
}

static GDBusConnection *
connect_to (GTestDBus *daemon)
{
  g_autoptr (GError) error = NULL;
  GDBusConnection *connection = g_dbus_connection_new_for_address_sync (
      g_test_dbus_get_bus_address (daemon),
      G_DBUS_CONNECTION_FLAGS_AUTHENTICATION_CLIENT
          | G_DBUS_CONNECTION_FLAGS_MESSAGE_BUS_CONNECTION,
      NULL, NULL, &error);

  g_assert_no_error (error);
  return connection;
}

static void
set_up (Fixture *fixture, gconstpointer can)
{
  g_autoptr (GDBusNodeInfo) node = g_dbus_node_info_new_for_xml (introspection, NULL);

  fixture->asked = g_string_new (NULL);
  fixture->can = can;
  fixture->daemon = g_test_dbus_new (G_TEST_DBUS_NONE);
  g_test_dbus_up (fixture->daemon);
  fixture->server = connect_to (fixture->daemon);
  fixture->client = connect_to (fixture->daemon);
  fixture->object = g_dbus_connection_register_object (
      fixture->server, "/org/freedesktop/login1", node->interfaces[0], &vtable, fixture, NULL,
      NULL);
  fixture->name = g_bus_own_name_on_connection (fixture->server, "org.freedesktop.login1",
                                                G_BUS_NAME_OWNER_FLAGS_NONE, name_acquired, NULL,
                                                fixture, NULL);
  stage_wait (is_done, fixture);
  fixture->done = FALSE;
  fixture->restart = ferry_restart_new_for_bus (fixture->client);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_clear_object (&fixture->restart);
  stage_settle ();
  g_bus_unown_name (fixture->name);
  g_dbus_connection_unregister_object (fixture->server, fixture->object);
  g_dbus_connection_close_sync (fixture->client, NULL, NULL);
  g_dbus_connection_close_sync (fixture->server, NULL, NULL);
  g_clear_object (&fixture->client);
  g_clear_object (&fixture->server);
  g_test_dbus_down (fixture->daemon);
  g_clear_object (&fixture->daemon);
  g_string_free (fixture->asked, TRUE);
  g_clear_error (&fixture->error);
}

static gboolean
is_available (gpointer restart)
{
  return ferry_restart_get_available (restart);
}

static void
wait_a_little (void)
{
  for (int i = 0; i < 20; i++)
    {
      g_usleep (10000);
      stage_settle ();
    }
}

static void
restart_done (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Fixture *fixture = user_data;

  fixture->restarting
      = ferry_restart_into_setup_finish (FERRY_RESTART (source), result, &fixture->error);
  fixture->done = TRUE;
}

static void
run (Fixture *fixture)
{
  ferry_restart_into_setup_async (fixture->restart, NULL, restart_done, fixture);
  stage_wait (is_done, fixture);
}

static void
test_possible (Fixture *fixture, gconstpointer data)
{
  g_assert_false (ferry_restart_get_available (fixture->restart));
  stage_wait (is_available, fixture->restart);
  run (fixture);
  g_assert_no_error (fixture->error);
  g_assert_true (fixture->restarting);
  g_assert_cmpstr (fixture->asked->str, ==, "SetRebootToFirmwareSetup(1) Reboot(1) ");
}

static void
test_impossible (Fixture *fixture, gconstpointer data)
{
  wait_a_little ();
  g_assert_false (ferry_restart_get_available (fixture->restart));
  run (fixture);
  g_assert_error (fixture->error, FERRY_ERROR, FERRY_ERROR_UNSUPPORTED);
  g_assert_false (fixture->restarting);
  g_assert_cmpstr (fixture->asked->str, ==, "");
}

static void
test_not_allowed (Fixture *fixture, gconstpointer data)
{
  fixture->set_error = DENIED;
  stage_wait (is_available, fixture->restart);
  run (fixture);
  g_assert_error (fixture->error, FERRY_ERROR, FERRY_ERROR_DENIED);
  g_assert_cmpstr (fixture->asked->str, ==, "SetRebootToFirmwareSetup(1) ");
}

/* The flag must not stay: the next restart would end in the firmware for no visible reason. */
static void
test_reboot_fails (Fixture *fixture, gconstpointer data)
{
  fixture->reboot_error = "org.freedesktop.DBus.Error.InteractiveAuthorizationRequired";
  stage_wait (is_available, fixture->restart);
  run (fixture);
  g_assert_error (fixture->error, FERRY_ERROR, FERRY_ERROR_DENIED);
  g_assert_cmpstr (fixture->asked->str, ==,
                   "SetRebootToFirmwareSetup(1) Reboot(1) SetRebootToFirmwareSetup(0) ");
}

static void
test_reboot_breaks (Fixture *fixture, gconstpointer data)
{
  fixture->reboot_error = "org.example.Teapot";
  stage_wait (is_available, fixture->restart);
  run (fixture);
  g_assert_error (fixture->error, FERRY_ERROR, FERRY_ERROR_FAILED);
  g_assert_nonnull (strstr (fixture->asked->str, "SetRebootToFirmwareSetup(0)"));
}

static gboolean
was_asked_to_reboot (gpointer user_data)
{
  return strstr (((Fixture *) user_data)->asked->str, "Reboot(1)") != NULL
         && g_str_has_suffix (((Fixture *) user_data)->asked->str, " Reboot(1) ");
}

static void
test_cancel (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();

  fixture->reboot_error = "wait";
  stage_wait (is_available, fixture->restart);
  ferry_restart_into_setup_async (fixture->restart, cancellable, restart_done, fixture);
  stage_wait (was_asked_to_reboot, fixture);
  g_cancellable_cancel (cancellable);
  stage_wait (is_done, fixture);
  g_assert_error (fixture->error, FERRY_ERROR, FERRY_ERROR_CANCELLED);
  g_assert_cmpstr (fixture->asked->str, ==,
                   "SetRebootToFirmwareSetup(1) Reboot(1) SetRebootToFirmwareSetup(0) ");
}

static void
test_cancel_at_once (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();

  stage_wait (is_available, fixture->restart);
  ferry_restart_into_setup_async (fixture->restart, cancellable, restart_done, fixture);
  g_cancellable_cancel (cancellable);
  stage_wait (is_done, fixture);
  g_assert_error (fixture->error, FERRY_ERROR, FERRY_ERROR_CANCELLED);
  g_assert_true (g_str_has_suffix (fixture->asked->str, "SetRebootToFirmwareSetup(0) "));
  g_assert_null (strstr (fixture->asked->str, " Reboot"));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/restart/yes", Fixture, "yes", set_up, test_possible, tear_down);
  g_test_add ("/restart/challenge", Fixture, "challenge", set_up, test_possible, tear_down);
  g_test_add ("/restart/no", Fixture, "no", set_up, test_impossible, tear_down);
  g_test_add ("/restart/na", Fixture, "na", set_up, test_impossible, tear_down);
  g_test_add ("/restart/unknown-word", Fixture, "perhaps", set_up, test_impossible, tear_down);
  g_test_add ("/restart/no-answer", Fixture, NULL, set_up, test_impossible, tear_down);
  g_test_add ("/restart/not-allowed", Fixture, "yes", set_up, test_not_allowed, tear_down);
  g_test_add ("/restart/reboot-fails", Fixture, "yes", set_up, test_reboot_fails, tear_down);
  g_test_add ("/restart/reboot-breaks", Fixture, "yes", set_up, test_reboot_breaks, tear_down);
  g_test_add ("/restart/cancel", Fixture, "yes", set_up, test_cancel, tear_down);
  g_test_add ("/restart/cancel-at-once", Fixture, "yes", set_up, test_cancel_at_once, tear_down);
  return g_test_run ();
}
