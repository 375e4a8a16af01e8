/* fake-helper.c: see fake-helper.h. */
#include "config.h"

#include <string.h>

#include "fake-helper.h"
#include "plan/plan-listing.h"
#include "stage.h"

#define NAME "org.ferryvm.Helper1"
#define OBJECT "/org/ferryvm/Helper1"

static GDBusInterfaceInfo *
load_interface (void)
{
  g_autofree char *file
      = g_build_filename (g_getenv ("FERRY_SOURCE_DIR"), "data", "org.ferryvm.Helper1.xml", NULL);
  g_autofree char *xml = NULL;
  g_autoptr (GDBusNodeInfo) node = NULL;
  g_autoptr (GError) error = NULL;

  g_file_get_contents (file, &xml, NULL, &error);
  g_assert_no_error (error);
  node = g_dbus_node_info_new_for_xml (xml, &error);
  g_assert_no_error (error);
  return g_dbus_interface_info_ref (g_dbus_node_info_lookup_interface (node, NAME));
}

static void
fail (GDBusMethodInvocation *invocation, const char *error)
{
  g_autofree char *name = g_strconcat (NAME ".Error.", error, NULL);

  if (g_str_equal (error, FAKE_HELPER_VANISH))
    g_dbus_method_invocation_return_dbus_error (invocation, "org.freedesktop.DBus.Error.NoReply",
                                                "gone");
  else
    g_dbus_method_invocation_return_dbus_error (invocation, name, "“/etc/x” says no");
}

static void
answer (FakeHelper *helper, GDBusMethodInvocation *invocation, const char *error, GVariant *value)
{
  g_autoptr (GVariant) owned = value != NULL ? g_variant_ref_sink (value) : NULL;

  if (g_strcmp0 (error, FAKE_HELPER_WAIT) == 0)
    helper->waiting = invocation;
  else if (error != NULL)
    fail (invocation, error);
  else
    g_dbus_method_invocation_return_value (invocation, owned);
}

static GVariant *
make_history (FakeHelper *helper)
{
  GVariantBuilder builder;

  g_variant_builder_init (&builder, G_VARIANT_TYPE ("a(sxssas)"));
  for (guint i = 0; i < helper->n_in_force + helper->n_undone; i++)
    {
      guint number = helper->n_in_force + helper->n_undone - i;
      const char *const paths[] = { "etc/modprobe.d/ferry.conf", NULL };
      g_autofree char *id = g_strdup_printf ("20261122-19450%u-1a2b3c4d", number);
      g_autofree char *title = g_strdup_printf ("Change %u & <more>", number);

      g_variant_builder_add (&builder, "(sxss@as)", id, helper->changed - i, title,
                             number <= helper->n_in_force ? "done" : "undone",
                             g_variant_new_strv (paths, -1));
    }
  return g_variant_new ("(a(sxssas))", &builder);
}

static void
add_facts (GVariantBuilder *facts, const char *text)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) told = g_variant_parse (G_VARIANT_TYPE_VARDICT, text, NULL, NULL, &error);
  GVariantIter iter;
  const char *key;
  GVariant *value;

  g_assert_no_error (error);
  g_variant_iter_init (&iter, told);
  while (g_variant_iter_next (&iter, "{&sv}", &key, &value))
    {
      g_autoptr (GVariant) owned = value;

      g_variant_builder_add (facts, "{sv}", key, owned);
    }
}

static GVariant *
make_facts (FakeHelper *helper)
{
  GVariantBuilder facts;

  g_variant_builder_init (&facts, G_VARIANT_TYPE_VARDICT);
  if (helper->intent != NULL)
    g_variant_builder_add (&facts, "{sv}", "intent", helper->intent);
  if (helper->facts != NULL)
    add_facts (&facts, helper->facts);
  return g_variant_new ("(a{sv})", &facts);
}

static GVariant *
make_preview (FakeHelper *helper, GVariant *arguments)
{
  g_autoptr (GVariant) wish = g_variant_get_child_value (arguments, 0);
  g_autoptr (FerryIntent) intent = ferry_intent_from_variant (wish, NULL);
  g_autoptr (FerryPlan) plan = NULL;
  g_autofree char *json = NULL;

  g_assert_nonnull (intent);
  plan = ferry_plan_make (helper->machine, intent);
  json = ferry_plan_listing_json (plan, intent);
  return g_variant_new ("(s)", json);
}

static void
undo (FakeHelper *helper, GVariant *arguments, GDBusMethodInvocation *invocation)
{
  g_autoptr (GVariant) options = g_variant_get_child_value (arguments, 1);
  gboolean force = FALSE;
  const char *id;

  g_variant_get_child (arguments, 0, "&s", &id);
  g_variant_lookup (options, "force", "b", &force);
  g_string_append_printf (helper->asked, "Undo(%s,%d) ", id, force);
  if (helper->undo_error == NULL || force)
    {
      g_assert_cmpuint (helper->n_in_force, >, 0);
      helper->n_in_force--;
      helper->n_undone++;
    }
  answer (helper, invocation, force ? NULL : helper->undo_error, NULL);
}

static void
handle_call (GDBusConnection *connection, const char *sender, const char *path,
             const char *interface, const char *method, GVariant *arguments,
             GDBusMethodInvocation *invocation, gpointer user_data)
{
  FakeHelper *helper = user_data;
  GDBusMessage *message = g_dbus_method_invocation_get_message (invocation);

  g_assert_true (g_dbus_message_get_flags (message)
                 & G_DBUS_MESSAGE_FLAGS_ALLOW_INTERACTIVE_AUTHORIZATION);
  if (g_str_equal (method, "Undo"))
    {
      undo (helper, arguments, invocation);
      return;
    }
  g_string_append_printf (helper->asked, "%s ", method);
  if (g_str_equal (method, "Preview"))
    answer (helper, invocation, helper->preview_error,
            helper->preview_error == NULL ? make_preview (helper, arguments) : NULL);
  else if (g_str_equal (method, "Apply"))
    answer (helper, invocation, helper->apply_error,
            g_variant_new ("(s)", "20261122-194501-1a2b3c4d"));
  else if (g_str_equal (method, "History"))
    answer (helper, invocation, NULL, make_history (helper));
  else if (g_str_equal (method, "Inspect"))
    answer (helper, invocation, NULL, make_facts (helper));
  else
    answer (helper, invocation, NULL, NULL);
}

static GVariant *
get_property (GDBusConnection *connection, const char *sender, const char *path,
              const char *interface, const char *property, GError **error, gpointer user_data)
{
  return g_str_equal (property, "State") ? g_variant_new_string ("idle")
                                         : g_variant_new ("(uus)", 0, 0, "");
}

static const GDBusInterfaceVTable vtable
    = { .method_call = handle_call, .get_property = get_property };

static void
name_acquired (GDBusConnection *connection, const char *name, gpointer user_data)
{
  ((FakeHelper *)user_data)->ready = TRUE;
}

static gboolean
is_ready (gpointer user_data)
{
  return ((FakeHelper *)user_data)->ready;
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

FakeHelper *
fake_helper_new (void)
{
  FakeHelper *helper = g_new0 (FakeHelper, 1);
  GDBusInterfaceInfo *interface = load_interface ();

  helper->asked = g_string_new (NULL);
  helper->daemon = g_test_dbus_new (G_TEST_DBUS_NONE);
  g_test_dbus_up (helper->daemon);
  helper->server = connect_to (helper->daemon);
  helper->client = connect_to (helper->daemon);
  helper->object = g_dbus_connection_register_object (helper->server, OBJECT, interface, &vtable,
                                                      helper, NULL, NULL);
  helper->name = g_bus_own_name_on_connection (helper->server, NAME, G_BUS_NAME_OWNER_FLAGS_NONE,
                                               name_acquired, NULL, helper, NULL);
  g_dbus_interface_info_unref (interface);
  stage_wait (is_ready, helper);
  return helper;
}

void
fake_helper_free (FakeHelper *helper)
{
  stage_settle ();
  g_clear_handle_id (&helper->name, g_bus_unown_name);
  g_dbus_connection_unregister_object (helper->server, helper->object);
  g_dbus_connection_close_sync (helper->client, NULL, NULL);
  g_dbus_connection_close_sync (helper->server, NULL, NULL);
  g_clear_object (&helper->client);
  g_clear_object (&helper->server);
  g_test_dbus_down (helper->daemon);
  g_clear_object (&helper->daemon);
  g_clear_pointer (&helper->intent, g_variant_unref);
  g_string_free (helper->asked, TRUE);
  g_free (helper);
}

void
fake_helper_serve (FakeHelper *helper, FerrySession *session)
{
  g_autoptr (FerryHelper) client = ferry_helper_new (helper->client);

  helper->machine = ferry_session_get_machine (session);
  ferry_errand_set_helper (ferry_session_get_errand (session), client);
}

void
fake_helper_tell (FakeHelper *helper, const char *stage, guint step, guint of, const char *title)
{
  GVariantBuilder changed;
  g_autoptr (GError) error = NULL;

  g_variant_builder_init (&changed, G_VARIANT_TYPE_VARDICT);
  g_variant_builder_add (&changed, "{sv}", "State", g_variant_new_string (stage));
  g_variant_builder_add (&changed, "{sv}", "Progress", g_variant_new ("(uus)", step, of, title));
  g_dbus_connection_emit_signal (helper->server, NULL, OBJECT, "org.freedesktop.DBus.Properties",
                                 "PropertiesChanged",
                                 g_variant_new ("(sa{sv}as)", NAME, &changed, NULL), &error);
  g_assert_no_error (error);
}

void
fake_helper_finish (FakeHelper *helper, const char *error)
{
  GDBusMethodInvocation *waiting = g_steal_pointer (&helper->waiting);

  g_assert_nonnull (waiting);
  if (error != NULL)
    fail (waiting, error);
  else
    g_dbus_method_invocation_return_value (waiting,
                                           g_variant_new ("(s)", "20261122-194501-1a2b3c4d"));
}

gboolean
fake_helper_was_asked (FakeHelper *helper, const char *what)
{
  return strstr (helper->asked->str, what) != NULL;
}
