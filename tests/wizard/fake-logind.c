/* fake-logind.c: see fake-logind.h. */
#include "config.h"

#include "fake-logind.h"
#include "stage.h"

static const char introspection[]
    = "<node><interface name='org.freedesktop.login1.Manager'>"
      "<method name='CanRebootToFirmwareSetup'><arg type='s' direction='out'/></method>"
      "<method name='SetRebootToFirmwareSetup'><arg type='b' direction='in'/></method>"
      "<method name='Reboot'><arg type='b' direction='in'/></method></interface></node>";

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
  FakeLogind *logind = user_data;
  GDBusMessage *message = g_dbus_method_invocation_get_message (invocation);
  gboolean value = FALSE;

  g_assert_true (g_dbus_message_get_flags (message)
                 & G_DBUS_MESSAGE_FLAGS_ALLOW_INTERACTIVE_AUTHORIZATION);
  if (g_str_equal (method, "CanRebootToFirmwareSetup"))
    {
      answer (invocation, logind->can == NULL ? FAKE_LOGIND_DENIED : NULL,
              logind->can == NULL ? NULL : g_variant_new ("(s)", logind->can));
      return;
    }

  g_variant_get (arguments, "(b)", &value);
  g_string_append_printf (logind->asked, "%s(%d) ", method, value);
  if (g_str_equal (method, "SetRebootToFirmwareSetup"))
    answer (invocation, value ? logind->set_error : NULL, NULL);
  else if (g_strcmp0 (logind->reboot_error, FAKE_LOGIND_WAIT) != 0)
    answer (invocation, logind->reboot_error, NULL);
}

static const GDBusInterfaceVTable vtable = { .method_call = handle_call };

static void
name_acquired (GDBusConnection *connection, const char *name, gpointer user_data)
{
  ((FakeLogind *) user_data)->ready = TRUE;
}

static gboolean
is_ready (gpointer user_data)
{
  return ((FakeLogind *) user_data)->ready;
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

FakeLogind *
fake_logind_new (const char *can)
{
  g_autoptr (GDBusNodeInfo) node = g_dbus_node_info_new_for_xml (introspection, NULL);
  FakeLogind *logind = g_new0 (FakeLogind, 1);

  logind->asked = g_string_new (NULL);
  logind->can = can;
  logind->daemon = g_test_dbus_new (G_TEST_DBUS_NONE);
  g_test_dbus_up (logind->daemon);
  logind->server = connect_to (logind->daemon);
  logind->client = connect_to (logind->daemon);
  logind->object = g_dbus_connection_register_object (
      logind->server, "/org/freedesktop/login1", node->interfaces[0], &vtable, logind, NULL, NULL);
  logind->name
      = g_bus_own_name_on_connection (logind->server, "org.freedesktop.login1",
                                      G_BUS_NAME_OWNER_FLAGS_NONE, name_acquired, NULL, logind,
                                      NULL);
  stage_wait (is_ready, logind);
  return logind;
}

void
fake_logind_free (FakeLogind *logind)
{
  stage_settle ();
  g_bus_unown_name (logind->name);
  g_dbus_connection_unregister_object (logind->server, logind->object);
  g_dbus_connection_close_sync (logind->client, NULL, NULL);
  g_dbus_connection_close_sync (logind->server, NULL, NULL);
  g_clear_object (&logind->client);
  g_clear_object (&logind->server);
  g_test_dbus_down (logind->daemon);
  g_clear_object (&logind->daemon);
  g_string_free (logind->asked, TRUE);
  g_free (logind);
}
