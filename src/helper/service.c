/* service.c: see service.h. */
#include "config.h"

#include <string.h>
#include <glib/gi18n-lib.h>

#include "facts/error.h"
#include "act/fault.h"
#include "act/inspection.h"
#include "helper/operation.h"
#include "helper/service.h"
#include "plan/plan-listing.h"

#define MAX_INTENT (64 * 1024)

/* Calls about which polkit was asked and has not answered: of one caller, and of all. */
#define MAX_OF_ONE 4
#define MAX_PENDING 64

struct _FerryService
{
  GDBusConnection *connection;
  FerryBouncer *bouncer;
  FerryRoot *root;
  FerryTools *tools;
  guint registration;
  FerryOperation *operation; /* the one that runs or waits for a password */
  GPtrArray *pending;        /* of Call*: polkit was asked the first question; not owned */
  char *state, *title;
  guint step, of;
  FerryServiceChanged changed;
  gpointer changed_data;
};

/* One call under way. */
typedef struct
{
  FerryService *service;
  GDBusMethodInvocation *invocation;
  FerryIntent *intent; /* of Preview and Apply */
  gboolean force;      /* of Undo */
} Call;

static void
call_free (Call *call)
{
  ferry_intent_free (call->intent);
  g_object_unref (call->invocation);
  g_free (call);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Call, call_free)

GDBusInterfaceInfo *
ferry_service_get_interface (void)
{
  static GDBusNodeInfo *node = NULL;

  if (g_once_init_enter (&node))
    {
      g_autoptr (GBytes) xml = g_resources_lookup_data ("/org/ferryvm/helper/org.ferryvm.Helper1.xml",
                                                        G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);
      GDBusNodeInfo *parsed = g_dbus_node_info_new_for_xml (g_bytes_get_data (xml, NULL), NULL);

      g_assert (parsed != NULL);
      g_once_init_leave (&node, parsed);
    }
  return g_dbus_node_info_lookup_interface (node, FERRY_SERVICE_NAME);
}

gboolean
ferry_service_is_busy (FerryService *service)
{
  return service->operation != NULL || service->pending->len > 0;
}

static void
tell_changed (FerryService *service)
{
  service->changed (ferry_service_is_busy (service), service->changed_data);
}

static void
refuse (GDBusMethodInvocation *invocation, FerryFault fault, const char *message)
{
  g_dbus_method_invocation_return_error_literal (invocation, FERRY_FAULT, (gint) fault, message);
}

static void
set_progress (FerryService *service, const char *state, guint step, guint of, const char *title)
{
  GVariantBuilder changed;

  g_free (service->state);
  service->state = g_strdup (state);
  g_free (service->title);
  service->title = g_strdup (title);
  service->step = step;
  service->of = of;
  g_variant_builder_init (&changed, G_VARIANT_TYPE_VARDICT);
  g_variant_builder_add (&changed, "{sv}", "State", g_variant_new_string (state));
  g_variant_builder_add (&changed, "{sv}", "Progress", g_variant_new ("(uus)", step, of, title));
  g_dbus_connection_emit_signal (service->connection, NULL, FERRY_SERVICE_PATH,
                                 "org.freedesktop.DBus.Properties", "PropertiesChanged",
                                 g_variant_new ("(sa{sv}as)", FERRY_SERVICE_NAME, &changed, NULL), NULL);
}

static void
end_operation (FerryService *service)
{
  g_clear_pointer (&service->operation, ferry_operation_unref);
  set_progress (service, "idle", 0, 0, "");
  tell_changed (service);
}

static void
on_told (const FerryOperationProgress *progress, gpointer user_data)
{
  FerryService *service = ((Call *) user_data)->service;

  set_progress (service, progress->stage, progress->step, progress->of, progress->title);
}

static void
on_done (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Call) call = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *id = ferry_operation_run_finish (call->service->operation, result, &error);
  gboolean apply = g_str_equal (g_dbus_method_invocation_get_method_name (call->invocation), "Apply");

  end_operation (call->service);
  if (id == NULL)
    g_dbus_method_invocation_return_gerror (g_object_ref (call->invocation), error);
  else
    g_dbus_method_invocation_return_value (g_object_ref (call->invocation),
                                           apply ? g_variant_new ("(s)", id) : NULL);
}

static void
on_may_change (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Call) call = user_data;
  FerryService *service = call->service;
  g_autoptr (GError) error = NULL;
  FerryPermit *permit = ferry_bouncer_ask_finish (service->bouncer, result, &error);

  if (permit != NULL)
    {
      ferry_operation_run (service->operation, permit, on_told, on_done, g_steal_pointer (&call));
      return;
    }
  end_operation (service);
  g_dbus_method_invocation_return_gerror (g_object_ref (call->invocation), error);
}

/* Takes both; from here on the change is fixed, and the password dialog names it. */
static void
ask_and_run (Call *call, FerryOperation *operation)
{
  FerryService *service = call->service;
  g_autofree char *files = g_strdup_printf ("%u", ferry_operation_count_files (operation));
  FerryConsent consent = { .card = ferry_operation_get_subject (operation),
                           .files = files,
                           .packages = ferry_operation_get_packages (operation),
                           .group = ferry_operation_get_group (operation) };

  service->operation = operation;
  tell_changed (service);
  set_progress (service, "checking", 0, 0, "");
  ferry_bouncer_ask (service->bouncer, call->invocation, FERRY_QUESTION_CHANGE,
                     &consent, ferry_operation_get_cancellable (operation), on_may_change, call);
}

static void
return_fault (Call *call, const GError *error)
{
  g_autoptr (GError) fault = ferry_fault_from_error (error);

  g_dbus_method_invocation_return_gerror (g_object_ref (call->invocation), fault);
}

/* The computer as the caller sees it: some facts, such as the groups, are about a person. */
static FerryRoot *
open_root (FerryService *service, const FerryPermit *permit, GError **error)
{
  FerryRoot *root = ferry_root_new (ferry_root_get_folder (service->root), error);
  const char *name = ferry_permit_get_user_name (permit);

  if (root != NULL && ferry_root_is_live (root))
    ferry_root_set_user_name (root, name != NULL ? name : "");
  return root;
}

/* Takes @call. */
static void
begin_change (Call *call, FerryRoot *root)
{
  g_autoptr (Call) owned = call;
  FerryService *service = call->service;
  GVariant *parameters = g_dbus_method_invocation_get_parameters (call->invocation);
  const char *sender = g_dbus_method_invocation_get_sender (call->invocation);
  g_autoptr (GError) error = NULL;
  FerryOperation *operation = NULL;
  const char *word;

  g_variant_get_child (parameters, call->intent != NULL ? 1 : 0, "&s", &word);
  if (service->operation != NULL)
    g_set_error_literal (&error, FERRY_FAULT, FERRY_FAULT_BUSY, _("Another change is being made at the moment"));
  else if (call->intent != NULL)
    operation = ferry_operation_new_apply (root, service->tools, sender, word, call->intent, &error);
  else
    operation = ferry_operation_new_undo (root, service->tools, sender, word, call->force, &error);
  if (operation != NULL)
    ask_and_run (g_steal_pointer (&owned), operation);
  else
    return_fault (call, error);
}

static GVariant *
make_history (FerryRoot *root, GError **error)
{
  g_autoptr (GPtrArray) entries = ferry_journal_list (root, NULL, error);
  GVariantBuilder builder;

  if (entries == NULL)
    return NULL;
  g_variant_builder_init (&builder, G_VARIANT_TYPE ("a(sxssas)"));
  for (guint i = 0; i < entries->len && i < FERRY_JOURNAL_MAX_ENTRIES; i++)
    {
      const FerryEntry *entry = g_ptr_array_index (entries, i);
      GVariantBuilder paths;

      g_variant_builder_init (&paths, G_VARIANT_TYPE_STRING_ARRAY);
      for (guint j = 0; j < entry->changes->len; j++)
        {
          const FerryChange *change = g_ptr_array_index (entry->changes, j);
          if (*change->path != '\0')
            g_variant_builder_add (&paths, "s", change->path);
        }
      g_variant_builder_add (&builder, "(sxssas)", entry->id, entry->time, entry->title,
                             ferry_state_to_string (entry->state), &paths);
    }
  return g_variant_new ("(a(sxssas))", &builder);
}

static GVariant *
make_preview (FerryRoot *root, const FerryIntent *intent, GError **error)
{
  g_autoptr (FerryMachine) machine = ferry_machine_scan (root, NULL, NULL, error);
  g_autoptr (FerryPlan) plan = NULL;
  g_autofree char *json = NULL;

  if (machine == NULL)
    return NULL;
  plan = ferry_plan_make (machine, intent);
  json = ferry_plan_listing_json (plan, intent);
  return g_variant_new ("(s)", json);
}

static GVariant *
make_answer (Call *call, FerryRoot *root, GError **error)
{
  const char *method = g_dbus_method_invocation_get_method_name (call->invocation);

  if (g_str_equal (method, "History"))
    return make_history (root, error);
  if (g_str_equal (method, "Preview"))
    return make_preview (root, call->intent, error);
  return ferry_inspection_make (root);
}

static void
on_may_look (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Call) call = user_data;
  FerryService *service = call->service;
  const char *method = g_dbus_method_invocation_get_method_name (call->invocation);
  g_autoptr (GError) error = NULL;
  g_autoptr (FerryPermit) permit = ferry_bouncer_ask_finish (service->bouncer, result, &error);
  g_autoptr (FerryRoot) root = permit != NULL ? open_root (service, permit, &error) : NULL;
  GVariant *reply = NULL;

  g_ptr_array_remove_fast (service->pending, call);
  if (root != NULL && ferry_bouncer_get_action (method, FERRY_QUESTION_CHANGE) != NULL)
    begin_change (g_steal_pointer (&call), root);
  else if (root == NULL || (reply = make_answer (call, root, &error)) == NULL)
    return_fault (call, error);
  else
    g_dbus_method_invocation_return_value (g_object_ref (call->invocation), reply);
  tell_changed (service);
}

static guint
count_pending (FerryService *service, const char *sender)
{
  guint n = 0;

  for (guint i = 0; i < service->pending->len; i++)
    {
      const Call *call = g_ptr_array_index (service->pending, i);
      n += g_strcmp0 (g_dbus_method_invocation_get_sender (call->invocation), sender) == 0;
    }
  return n;
}

/* Takes @intent. Nothing is done for a caller before polkit said that it may have the computer looked at. */
static void
ask_to_look (FerryService *service, GDBusMethodInvocation *invocation, FerryIntent *intent, gboolean force)
{
  Call *call;

  if (service->pending->len >= MAX_PENDING
      || count_pending (service, g_dbus_method_invocation_get_sender (invocation)) >= MAX_OF_ONE)
    {
      ferry_intent_free (intent);
      refuse (invocation, FERRY_FAULT_BUSY, _("Too many questions at the same time"));
      return;
    }
  call = g_new0 (Call, 1);
  call->service = service;
  call->invocation = g_object_ref (invocation);
  call->intent = intent;
  call->force = force;
  g_ptr_array_add (service->pending, call);
  tell_changed (service);
  ferry_bouncer_ask (service->bouncer, invocation, FERRY_QUESTION_LOOK, NULL, NULL, on_may_look, call);
}

static gboolean
refuse_busy (FerryService *service, GDBusMethodInvocation *invocation)
{
  if (service->operation == NULL)
    return FALSE;
  refuse (invocation, FERRY_FAULT_BUSY, _("Another change is being made at the moment"));
  return TRUE;
}

static FerryIntent *
read_intent (GVariant *parameters, GDBusMethodInvocation *invocation)
{
  g_autoptr (GVariant) variant = g_variant_get_child_value (parameters, 0);
  g_autoptr (GError) error = NULL;
  FerryIntent *intent = NULL;

  if (g_variant_get_size (variant) <= MAX_INTENT)
    intent = ferry_intent_from_variant (variant, &error);
  if (intent == NULL)
    refuse (invocation, FERRY_FAULT_INVALID_INTENT,
            error != NULL ? error->message : _("The request is too long"));
  return intent;
}

static gboolean
is_digest (const char *text)
{
  return strlen (text) == 64 && strspn (text, "0123456789abcdef") == 64;
}

static void
handle_apply (FerryService *service, GVariant *parameters, GDBusMethodInvocation *invocation)
{
  g_autoptr (GVariant) options = g_variant_get_child_value (parameters, 2);
  g_autoptr (FerryIntent) intent = read_intent (parameters, invocation);
  const char *digest;

  if (intent == NULL)
    return;
  g_variant_get_child (parameters, 1, "&s", &digest);
  if (!is_digest (digest) || g_variant_n_children (options) > 0)
    refuse (invocation, FERRY_FAULT_INVALID_INTENT, _("The request is not valid"));
  else if (!refuse_busy (service, invocation))
    ask_to_look (service, invocation, g_steal_pointer (&intent), FALSE);
}

static gboolean
read_undo_options (GVariant *options, gboolean *force)
{
  GVariantIter iter;
  const char *key;
  GVariant *value;
  gboolean good = g_variant_n_children (options) <= 1;

  *force = FALSE;
  g_variant_iter_init (&iter, options);
  while (g_variant_iter_next (&iter, "{&sv}", &key, &value))
    {
      if (g_str_equal (key, "force") && g_variant_is_of_type (value, G_VARIANT_TYPE_BOOLEAN))
        *force = g_variant_get_boolean (value);
      else
        good = FALSE;
      g_variant_unref (value);
    }
  return good;
}

static void
handle_undo (FerryService *service, GVariant *parameters, GDBusMethodInvocation *invocation)
{
  g_autoptr (GVariant) options = g_variant_get_child_value (parameters, 1);
  const char *id;
  gboolean force;

  g_variant_get_child (parameters, 0, "&s", &id);
  if (!ferry_journal_is_id (id) || !read_undo_options (options, &force))
    refuse (invocation, FERRY_FAULT_INVALID_INTENT, _("The request is not valid"));
  else if (!refuse_busy (service, invocation))
    ask_to_look (service, invocation, NULL, force);
}

static void
handle_preview (FerryService *service, GVariant *parameters, GDBusMethodInvocation *invocation)
{
  FerryIntent *intent = read_intent (parameters, invocation);

  if (intent != NULL)
    ask_to_look (service, invocation, intent, FALSE);
}

static void
handle_plain (FerryService *service, GVariant *parameters, GDBusMethodInvocation *invocation)
{
  ask_to_look (service, invocation, NULL, FALSE);
}

static void
handle_cancel (FerryService *service, GVariant *parameters, GDBusMethodInvocation *invocation)
{
  const char *sender = g_dbus_method_invocation_get_sender (invocation);

  if (service->operation == NULL)
    refuse (invocation, FERRY_FAULT_NOTHING_TO_DO, _("Nothing is being changed at the moment"));
  else if (!g_str_equal (ferry_operation_get_sender (service->operation), sender))
    refuse (invocation, FERRY_FAULT_NOT_AUTHORIZED, _("Only who started a change can cancel it"));
  else
    {
      ferry_operation_cancel (service->operation);
      g_dbus_method_invocation_return_value (invocation, NULL);
    }
}

static const struct
{
  const char *method;
  void (*handle) (FerryService *service, GVariant *parameters, GDBusMethodInvocation *invocation);
} handlers[] = {
  { "Inspect", handle_plain }, { "Preview", handle_preview }, { "History", handle_plain },
  { "Apply", handle_apply },   { "Undo", handle_undo },       { "Cancel", handle_cancel },
};

static void
on_method_call (GDBusConnection *connection, const char *sender, const char *path, const char *interface,
                const char *method, GVariant *parameters, GDBusMethodInvocation *invocation,
                gpointer user_data)
{
  if (ferry_bouncer_knows (method))
    for (gsize i = 0; i < G_N_ELEMENTS (handlers); i++)
      if (g_str_equal (handlers[i].method, method))
        {
          handlers[i].handle (user_data, parameters, invocation);
          return;
        }
  refuse (invocation, FERRY_FAULT_NOT_AUTHORIZED, _("You are not allowed to do this on this computer"));
}

static GVariant *
on_get_property (GDBusConnection *connection, const char *sender, const char *path, const char *interface,
                 const char *property, GError **error, gpointer user_data)
{
  FerryService *service = user_data;

  if (g_str_equal (property, "State"))
    return g_variant_new_string (service->state);
  return g_variant_new ("(uus)", service->step, service->of, service->title);
}

FerryService *
ferry_service_new (GDBusConnection *connection, FerryRoot *root, FerryTools *tools,
                   FerryServiceChanged changed, gpointer user_data, GError **error)
{
  static const GDBusInterfaceVTable vtable = { on_method_call, on_get_property, NULL, { NULL } };
  g_autoptr (FerryService) service = g_new0 (FerryService, 1);

  service->connection = g_object_ref (connection);
  service->bouncer = ferry_bouncer_new (connection);
  service->root = root;
  service->tools = tools;
  service->pending = g_ptr_array_new ();
  service->state = g_strdup ("idle");
  service->title = g_strdup ("");
  service->changed = changed;
  service->changed_data = user_data;
  service->registration = g_dbus_connection_register_object (
      connection, FERRY_SERVICE_PATH, ferry_service_get_interface (), &vtable, service, NULL, error);
  return service->registration != 0 ? g_steal_pointer (&service) : NULL;
}

void
ferry_service_finish (FerryService *service)
{
  while (ferry_service_is_busy (service) || g_main_context_pending (NULL))
    g_main_context_iteration (NULL, TRUE);
  g_dbus_connection_flush_sync (service->connection, NULL, NULL);
}

void
ferry_service_free (FerryService *service)
{
  if (service == NULL)
    return;
  if (service->registration != 0)
    g_dbus_connection_unregister_object (service->connection, service->registration);
  ferry_bouncer_free (service->bouncer);
  g_ptr_array_unref (service->pending);
  g_object_unref (service->connection);
  g_free (service->state);
  g_free (service->title);
  g_free (service);
}
