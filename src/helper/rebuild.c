/* rebuild.c: see rebuild.h. */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "facts/error.h"
#include "helper/errand.h"
#include "helper/rebuild.h"

#define SYSTEMD_NAME "org.freedesktop.systemd1"
#define SYSTEMD_PATH "/org/freedesktop/systemd1"
#define SYSTEMD_MANAGER "org.freedesktop.systemd1.Manager"

/* Milliseconds for an answer of systemd itself; and seconds after which the unit counts as hung. Longer than the
 * unit's own TimeoutStartSec. */
#define SHORT 30000
#define PATIENCE_SECONDS (3 * 3600)

typedef struct
{
  FerryTools tools;
  FerryTools *system;
  FerryRoot *root;
  GDBusConnection *connection;
} Rebuild;

/* One start of the unit. */
typedef struct
{
  GDBusConnection *connection;
  GMainContext *context;
  GMainLoop *loop;
  char *job;
  char *result; /* "done", "failed", "canceled", ... */
  gboolean stopped;
} Start;

gboolean
ferry_rebuild_is_possible (FerryRoot *root)
{
  return ferry_root_exists (root, "run/systemd/system");
}

static GVariant *
call_manager (GDBusConnection *connection, const char *method, GVariant *parameters, const char *type,
              GError **error)
{
  return g_dbus_connection_call_sync (connection, SYSTEMD_NAME, SYSTEMD_PATH, SYSTEMD_MANAGER, method, parameters,
                                      G_VARIANT_TYPE (type), G_DBUS_CALL_FLAGS_NONE, SHORT, NULL, error);
}

static void
on_job_removed (GDBusConnection *connection, const char *sender, const char *path, const char *interface,
                const char *signal, GVariant *parameters, gpointer user_data)
{
  Start *start = user_data;
  const char *job, *result;

  if (!g_variant_is_of_type (parameters, G_VARIANT_TYPE ("(uoss)")))
    return;
  g_variant_get (parameters, "(u&os&s)", NULL, &job, NULL, &result);
  if (g_strcmp0 (job, start->job) != 0)
    return;
  start->result = g_strdup (result);
  g_main_loop_quit (start->loop);
}

static gboolean
on_patience_ended (gpointer user_data)
{
  g_main_loop_quit (((Start *) user_data)->loop);
  return G_SOURCE_REMOVE;
}

/* The unit ends its program in order (SIGTERM first), and then its job is removed as always. */
static gboolean
on_cancelled (GCancellable *cancellable, gpointer user_data)
{
  Start *start = user_data;

  if (!start->stopped)
    g_dbus_connection_call (start->connection, SYSTEMD_NAME, SYSTEMD_PATH, SYSTEMD_MANAGER, "StopUnit",
                            g_variant_new ("(ss)", FERRY_REBUILD_UNIT, "replace"), NULL,
                            G_DBUS_CALL_FLAGS_NONE, SHORT, NULL, NULL, NULL);
  start->stopped = TRUE;
  return G_SOURCE_REMOVE;
}

static void
attach (Start *start, GSource *source, GSourceFunc function)
{
  g_source_set_callback (source, function, start, NULL);
  g_source_attach (source, start->context);
  g_source_unref (source);
}

static gboolean
wait_for_job (Start *start, GCancellable *cancellable, GError **error)
{
  g_autoptr (GVariant) reply = call_manager (start->connection, "StartUnit",
                                             g_variant_new ("(ss)", FERRY_REBUILD_UNIT, "fail"), "(o)", error);

  if (reply == NULL)
    return FALSE;
  g_variant_get (reply, "(o)", &start->job);
  attach (start, g_timeout_source_new_seconds (PATIENCE_SECONDS), on_patience_ended);
  if (cancellable != NULL)
    attach (start, g_cancellable_source_new (cancellable), G_SOURCE_FUNC (on_cancelled));
  g_main_loop_run (start->loop);
  return TRUE;
}

/* Signals arrive in a context of this call's own, so that the caller's sources do not run meanwhile. */
static char *
start_unit (Rebuild *self, GCancellable *cancellable, GError **error)
{
  g_autoptr (GMainContext) context = g_main_context_new ();
  g_autoptr (GMainLoop) loop = g_main_loop_new (context, FALSE);
  Start start = { self->connection, context, loop, NULL, NULL, FALSE };
  g_autoptr (GVariant) subscribed = NULL;
  guint subscription;

  g_main_context_push_thread_default (context);
  subscription = g_dbus_connection_signal_subscribe (self->connection, SYSTEMD_NAME, SYSTEMD_MANAGER,
                                                     "JobRemoved", SYSTEMD_PATH, NULL, G_DBUS_SIGNAL_FLAGS_NONE,
                                                     on_job_removed, &start, NULL);
  /* systemd sends no signals unless somebody asked for them; asking twice is an error that does not matter. */
  subscribed = call_manager (self->connection, "Subscribe", NULL, "()", NULL);
  if (wait_for_job (&start, cancellable, error) && start.result == NULL)
    g_set_error_literal (error, FERRY_ERROR, FERRY_ERROR_FAILED,
                         _("The programs of this system took too long"));
  g_dbus_connection_signal_unsubscribe (self->connection, subscription);
  while (g_main_context_iteration (context, FALSE))
    continue;
  g_main_context_pop_thread_default (context);
  g_free (start.job);
  return start.result;
}

static gboolean
run_errand (Rebuild *self, const FerryChange *change, gboolean back, GCancellable *cancellable, GError **error)
{
  g_autofree char *result = NULL;

  if (!ferry_errand_leave (self->root, change, back, error))
    return FALSE;
  result = start_unit (self, cancellable, error);
  if (result == NULL)
    {
      ferry_errand_collect (self->root, NULL);
      return FALSE;
    }
  if (!ferry_errand_collect (self->root, g_cancellable_is_cancelled (cancellable) ? NULL : error))
    {
      g_cancellable_set_error_if_cancelled (cancellable, error);
      return FALSE;
    }
  if (g_str_equal (result, "done"))
    return TRUE;
  g_set_error (error, FERRY_ERROR, FERRY_ERROR_FAILED, _("The programs of this system failed (%s)"), result);
  return FALSE;
}

static GPtrArray *
list_products (FerryTools *tools, FerryMachine *machine, const FerryChange *change, GError **error)
{
  FerryTools *system = ((Rebuild *) tools)->system;

  return system->list_products (system, machine, change, error);
}

/* An installation is never stopped in the middle. */
static gboolean
run (FerryTools *tools, FerryMachine *machine, const FerryChange *change, GCancellable *cancellable,
     GError **error)
{
  return run_errand ((Rebuild *) tools, change, FALSE,
                     change->kind == FERRY_CHANGE_PACKAGES ? NULL : cancellable, error);
}

static gboolean
prove (FerryTools *tools, FerryMachine *machine, const FerryChange *change, const FerryProduct *product,
       gboolean wanted, GError **error)
{
  FerryTools *system = ((Rebuild *) tools)->system;

  return system->prove (system, machine, change, product, wanted, error);
}

static gboolean
take_back (FerryTools *tools, FerryMachine *machine, const FerryChange *change, GError **error)
{
  return run_errand ((Rebuild *) tools, change, TRUE, NULL, error);
}

static void
rebuild_free (FerryTools *tools)
{
  Rebuild *self = (Rebuild *) tools;

  ferry_tools_free (self->system);
  ferry_root_unref (self->root);
  g_object_unref (self->connection);
  g_free (self);
}

/**
 * ferry_rebuild_new:
 *
 * Returns: (transfer full): tools that have the unit run every program
 */
FerryTools *
ferry_rebuild_new (FerryRoot *root, GDBusConnection *connection)
{
  Rebuild *self = g_new0 (Rebuild, 1);

  self->tools = (FerryTools){ .list_products = list_products,
                              .run = run,
                              .prove = prove,
                              .take_back = take_back,
                              .free = rebuild_free };
  self->system = ferry_tools_new_system (root);
  self->root = ferry_root_ref (root);
  self->connection = g_object_ref (connection);
  return &self->tools;
}
