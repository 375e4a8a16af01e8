/* client.c: see client.h. */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "act/client.h"
#include "facts/error.h"

#define HELPER_NAME "org.ferryvm.Helper1"
#define HELPER_PATH "/org/ferryvm/Helper1"

/* Milliseconds for calls that only read; the others wait for a password and for programs. */
#define SHORT 60000

struct _FerryClient
{
  GDBusConnection *connection;
  guint subscription;
  FerryClientProgress progress;
  gpointer progress_data;
};

FerryClient *
ferry_client_new (GDBusConnection *connection, GError **error)
{
  g_autoptr (GDBusConnection) bus
      = connection != NULL ? g_object_ref (connection) : g_bus_get_sync (G_BUS_TYPE_SYSTEM, NULL, error);
  FerryClient *client;

  if (bus == NULL)
    return NULL;
  /* Registers the names of the errors with GDBus. */
  ferry_fault_quark ();
  client = g_new0 (FerryClient, 1);
  client->connection = g_steal_pointer (&bus);
  return client;
}

void
ferry_client_free (FerryClient *client)
{
  if (client == NULL)
    return;
  if (client->subscription != 0)
    g_dbus_connection_signal_unsubscribe (client->connection, client->subscription);
  g_object_unref (client->connection);
  g_free (client);
}

static void
on_changed (GDBusConnection *connection, const char *sender, const char *path, const char *interface,
            const char *signal, GVariant *parameters, gpointer user_data)
{
  FerryClient *client = user_data;
  g_autoptr (GVariant) changed = NULL;
  const char *stage = NULL;
  const char *title = "";
  guint step = 0, of = 0;

  if (!g_variant_is_of_type (parameters, G_VARIANT_TYPE ("(sa{sv}as)")))
    return;
  changed = g_variant_get_child_value (parameters, 1);
  if (!g_variant_lookup (changed, "State", "&s", &stage))
    return;
  g_variant_lookup (changed, "Progress", "(uu&s)", &step, &of, &title);
  client->progress (stage, step, of, title, client->progress_data);
}

void
ferry_client_watch (FerryClient *client, FerryClientProgress progress, gpointer user_data)
{
  client->progress = progress;
  client->progress_data = user_data;
  if (client->subscription == 0)
    client->subscription = g_dbus_connection_signal_subscribe (
        client->connection, HELPER_NAME, "org.freedesktop.DBus.Properties", "PropertiesChanged",
        HELPER_PATH, HELPER_NAME, G_DBUS_SIGNAL_FLAGS_NONE, on_changed, client, NULL);
}

/* A helper that is not there has its own error: the user has to install Ferry's package on the host. */
static void
mend_error (GError **error, GError *raw)
{
  if (g_error_matches (raw, G_DBUS_ERROR, G_DBUS_ERROR_SERVICE_UNKNOWN)
      || g_error_matches (raw, G_DBUS_ERROR, G_DBUS_ERROR_NAME_HAS_NO_OWNER))
    {
      g_error_free (raw);
      g_set_error_literal (error, FERRY_ERROR, FERRY_ERROR_NOT_FOUND,
                           _("The part of Ferry that works as administrator is not installed on this "
                             "computer."));
      return;
    }
  g_dbus_error_strip_remote_error (raw);
  g_propagate_error (error, raw);
}

static GVariant *
call (FerryClient *client, const char *method, GVariant *parameters, const char *type, int timeout,
      GError **error)
{
  GError *raw = NULL;
  GVariant *reply = g_dbus_connection_call_sync (
      client->connection, HELPER_NAME, HELPER_PATH, HELPER_NAME, method, parameters,
      G_VARIANT_TYPE (type), G_DBUS_CALL_FLAGS_ALLOW_INTERACTIVE_AUTHORIZATION, timeout, NULL, &raw);

  if (reply == NULL)
    mend_error (error, raw);
  return reply;
}

static char *
take_string (GVariant *reply)
{
  g_autoptr (GVariant) owned = reply;
  char *text = NULL;

  if (owned != NULL)
    g_variant_get (owned, "(s)", &text);
  return text;
}

char *
ferry_client_preview (FerryClient *client, const FerryIntent *intent, GError **error)
{
  return take_string (call (client, "Preview", g_variant_new ("(@a{sv})", ferry_intent_to_variant (intent)),
                            "(s)", SHORT, error));
}

char *
ferry_client_apply (FerryClient *client, const FerryIntent *intent, const char *digest, GError **error)
{
  return take_string (call (client, "Apply",
                            g_variant_new ("(@a{sv}sa{sv})", ferry_intent_to_variant (intent), digest, NULL),
                            "(s)", G_MAXINT, error));
}

gboolean
ferry_client_undo (FerryClient *client, const char *id, gboolean force, GError **error)
{
  g_autoptr (GVariant) reply = NULL;
  GVariantBuilder options;

  g_variant_builder_init (&options, G_VARIANT_TYPE_VARDICT);
  if (force)
    g_variant_builder_add (&options, "{sv}", "force", g_variant_new_boolean (TRUE));
  reply = call (client, "Undo", g_variant_new ("(sa{sv})", id, &options), "()", G_MAXINT, error);
  return reply != NULL;
}

gboolean
ferry_client_cancel (FerryClient *client, GError **error)
{
  g_autoptr (GVariant) reply = call (client, "Cancel", NULL, "()", SHORT, error);

  return reply != NULL;
}

GVariant *
ferry_client_history (FerryClient *client, GError **error)
{
  return call (client, "History", NULL, "(a(sxssas))", SHORT, error);
}

GVariant *
ferry_client_inspect (FerryClient *client, GError **error)
{
  return call (client, "Inspect", NULL, "(a{sv})", SHORT, error);
}
