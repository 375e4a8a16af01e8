/* helper.c: see helper.h. */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "facts/error.h"
#include "helper.h"
#include "plan/plan-listing.h"
#include "worker.h"

struct _FerryHelper
{
  GObject parent_instance;

  GDBusConnection *connection; /* NULL: the system bus */
  FerryClient *client;         /* of the change that is under way: tells its progress */
  gboolean running;
};

G_DEFINE_FINAL_TYPE (FerryHelper, ferry_helper, G_TYPE_OBJECT)

enum
{
  PROP_0,
  PROP_RUNNING,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

enum
{
  PROGRESS,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

/* What a thread is sent off with: an apply has an intent, an undo has not. */
typedef struct
{
  FerryIntent *intent;
  char *digest;
  char *id;
  gboolean force;
} Order;

static void
order_free (gpointer data)
{
  Order *order = data;

  ferry_intent_free (order->intent);
  g_free (order->digest);
  g_free (order->id);
  g_free (order);
}

/* The connection is shared, so that whoever started a change is also the one who cancels it. */
static FerryClient *
open_client (FerryHelper *self, GError **error)
{
  g_autoptr (GDBusConnection) bus = NULL;

  if (self->connection != NULL)
    return ferry_client_new (self->connection, error);
  bus = g_bus_get_sync (G_BUS_TYPE_SYSTEM, NULL, error);
  if (bus == NULL)
    return NULL;
  g_dbus_connection_set_exit_on_close (bus, FALSE);
  return ferry_client_new (bus, error);
}

static void
ferry_helper_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  if (id == PROP_RUNNING)
    g_value_set_boolean (value, FERRY_HELPER (object)->running);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
ferry_helper_finalize (GObject *object)
{
  FerryHelper *self = FERRY_HELPER (object);

  g_clear_pointer (&self->client, ferry_client_free);
  g_clear_object (&self->connection);
  G_OBJECT_CLASS (ferry_helper_parent_class)->finalize (object);
}

static void
ferry_helper_class_init (FerryHelperClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = ferry_helper_get_property;
  object_class->finalize = ferry_helper_finalize;
  properties[PROP_RUNNING] = g_param_spec_boolean ("running", NULL, NULL, FALSE,
                                                   G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  signals[PROGRESS]
      = g_signal_new ("progress", FERRY_TYPE_HELPER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                      G_TYPE_NONE, 4, G_TYPE_STRING, G_TYPE_UINT, G_TYPE_UINT, G_TYPE_STRING);
}

static void
ferry_helper_init (FerryHelper *self)
{
}

/**
 * ferry_helper_new:
 * @connection: (nullable): where the helper is; %NULL for the system bus
 *
 * Returns: (transfer full): nothing was asked yet, so the helper is not started by it
 */
FerryHelper *
ferry_helper_new (GDBusConnection *connection)
{
  FerryHelper *self = g_object_new (FERRY_TYPE_HELPER, NULL);

  self->connection = connection != NULL ? g_object_ref (connection) : NULL;
  return self;
}

gboolean
ferry_helper_get_running (FerryHelper *self)
{
  g_return_val_if_fail (FERRY_IS_HELPER (self), FALSE);
  return self->running;
}

/**
 * ferry_helper_preview:
 *
 * Returns: (transfer full) (nullable): the plan as the helper would carry it out now
 */
FerryPlan *
ferry_helper_preview (FerryHelper *self, const FerryIntent *intent, GError **error)
{
  g_autoptr (FerryClient) client = open_client (self, error);
  g_autofree char *json = NULL;

  if (client != NULL)
    json = ferry_client_preview (client, intent, error);
  return json != NULL ? ferry_plan_listing_parse (json, error) : NULL;
}

static void
on_progress (const char *stage, guint step, guint of, const char *title, gpointer user_data)
{
  g_signal_emit (user_data, signals[PROGRESS], 0, stage, step, of, title);
}

static void
run_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  FerryHelper *self = source;
  const Order *order = task_data;
  g_autoptr (GError) error = NULL;
  char *id = NULL;

  if (order->intent != NULL)
    id = ferry_client_apply (self->client, order->intent, order->digest, &error);
  else if (ferry_client_undo (self->client, order->id, order->force, &error))
    id = g_strdup (order->id);

  if (id != NULL)
    g_task_return_pointer (task, id, g_free);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

static void
set_running (FerryHelper *self, gboolean running)
{
  if (self->running == running)
    return;
  self->running = running;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_RUNNING]);
}

/* The signals of the bus come to the main loop, so the client is made here and used in the thread.
 */
static void
run_on (GTask *task, GDBusConnection *bus)
{
  FerryHelper *self = g_task_get_source_object (task);
  GError *error = NULL;

  g_dbus_connection_set_exit_on_close (bus, FALSE);
  g_clear_pointer (&self->client, ferry_client_free);
  self->client = ferry_client_new (bus, &error);
  if (self->client == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  ferry_client_watch (self->client, on_progress, self);
  ferry_worker_run (task, run_thread);
}

static void
bus_found (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  g_autoptr (GDBusConnection) bus = g_bus_get_finish (result, &error);

  if (bus != NULL)
    run_on (task, bus);
  else
    g_task_return_error (task, error);
}

/* Takes @order. */
static void
run (FerryHelper *self, Order *order, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, NULL, callback, user_data);

  g_task_set_task_data (task, order, order_free);
  if (self->running)
    {
      g_task_return_new_error (task, FERRY_FAULT, FERRY_FAULT_BUSY,
                               _ ("Another change is being made at the moment"));
      return;
    }
  g_task_set_source_tag (task, run);
  set_running (self, TRUE);
  if (self->connection != NULL)
    run_on (task, self->connection);
  else
    g_bus_get (G_BUS_TYPE_SYSTEM, NULL, bus_found, g_object_ref (task));
}

/**
 * ferry_helper_apply_async:
 * @digest: of the plan that the person saw and agreed to
 *
 * Carries out the plan. The desktop asks for a password on the way; it can take many minutes.
 */
void
ferry_helper_apply_async (FerryHelper *self, const FerryIntent *intent, const char *digest,
                          GAsyncReadyCallback callback, gpointer user_data)
{
  Order *order = g_new0 (Order, 1);

  g_return_if_fail (FERRY_IS_HELPER (self));
  order->intent = ferry_intent_copy (intent);
  order->digest = g_strdup (digest);
  run (self, order, callback, user_data);
}

/**
 * ferry_helper_undo_async:
 * @force: keep files that were edited since aside, under a new name
 */
void
ferry_helper_undo_async (FerryHelper *self, const char *id, gboolean force,
                         GAsyncReadyCallback callback, gpointer user_data)
{
  Order *order = g_new0 (Order, 1);

  g_return_if_fail (FERRY_IS_HELPER (self));
  order->id = g_strdup (id);
  order->force = force;
  run (self, order, callback, user_data);
}

/**
 * ferry_helper_run_finish:
 *
 * To be called for every change and undo that was started.
 *
 * Returns: (transfer full) (nullable): the id of the entry, or %NULL with an error of %FERRY_FAULT
 *   or %FERRY_ERROR
 */
char *
ferry_helper_run_finish (FerryHelper *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  if (g_async_result_is_tagged (result, run))
    {
      g_clear_pointer (&self->client, ferry_client_free);
      set_running (self, FALSE);
    }
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
cancel_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (FerryClient) client = open_client (source, &error);

  if (client == NULL || !ferry_client_cancel (client, &error))
    g_debug ("The helper was not asked to stop: %s", error->message);
}

/**
 * ferry_helper_cancel:
 *
 * Asks the helper to stop and put everything back. Whether it could is the result of the change
 * itself.
 */
void
ferry_helper_cancel (FerryHelper *self)
{
  g_autoptr (GTask) task = g_task_new (self, NULL, NULL, NULL);

  g_return_if_fail (FERRY_IS_HELPER (self));
  ferry_worker_run (task, cancel_thread);
}

/* What was wanted is needed only while a change is in force. */
static FerryHistory *
read_history (FerryClient *client, GError **error)
{
  g_autoptr (GVariant) reply = ferry_client_history (client, error);
  g_autoptr (FerryHistory) history = reply != NULL ? ferry_history_new (reply, NULL) : NULL;
  g_autoptr (GVariant) facts = NULL;

  if (history == NULL || ferry_history_find_newest (history) == NULL)
    return g_steal_pointer (&history);
  facts = ferry_client_inspect (client, NULL);
  return ferry_history_new (reply, facts);
}

static void
history_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  GError *error = NULL;
  g_autoptr (FerryClient) client = open_client (source, &error);
  FerryHistory *history = client != NULL ? read_history (client, &error) : NULL;

  if (history != NULL)
    g_task_return_pointer (task, history, (GDestroyNotify)ferry_history_free);
  else
    g_task_return_error (task, error);
}

void
ferry_helper_read_history_async (FerryHelper *self, GAsyncReadyCallback callback,
                                 gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, NULL, callback, user_data);

  g_return_if_fail (FERRY_IS_HELPER (self));
  ferry_worker_run (task, history_thread);
}

FerryHistory *
ferry_helper_read_history_finish (FerryHelper *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}
