/* life.c: see life.h. */
#include "config.h"

#include "helper/life.h"
#include "helper/service.h"

typedef struct
{
  GMainLoop *loop;
  guint idle_seconds;
  guint idle; /* counts while nobody waits for anything */
  int status;
} Life;

static gboolean
on_idle (gpointer user_data)
{
  Life *life = user_data;

  life->idle = 0;
  g_main_loop_quit (life->loop);
  return G_SOURCE_REMOVE;
}

static void
on_changed (gboolean busy, gpointer user_data)
{
  Life *life = user_data;

  g_clear_handle_id (&life->idle, g_source_remove);
  if (!busy)
    life->idle = g_timeout_add_seconds (life->idle_seconds, on_idle, life);
}

static void
on_name_lost (GDBusConnection *connection, const char *name, gpointer user_data)
{
  Life *life = user_data;

  life->status = 1;
  g_main_loop_quit (life->loop);
}

int
ferry_life_recover (FerryRoot *root, FerryTools *tools)
{
  FerryTransaction transaction = { root, tools, NULL, NULL, NULL, 0 };
  g_autoptr (GError) error = NULL;

  if (!ferry_transaction_needs_recovery (root)
      || ferry_transaction_recover (&transaction, NULL, &error))
    return 0;
  g_printerr ("%s\n", error->message);
  return 1;
}

int
ferry_life_run (GDBusConnection *connection, FerryRoot *root, FerryTools *tools, guint idle_seconds,
                GError **error)
{
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  Life life = { loop, idle_seconds, 0, 0 };
  g_autoptr (FerryService) service
      = ferry_service_new (connection, root, tools, on_changed, &life, error);
  guint owner;

  if (service == NULL)
    return 1;
  ferry_life_recover (root, tools);
  owner = g_bus_own_name_on_connection (connection, FERRY_SERVICE_NAME,
                                        G_BUS_NAME_OWNER_FLAGS_DO_NOT_QUEUE, NULL, on_name_lost,
                                        &life, NULL);
  on_changed (FALSE, &life);
  g_main_loop_run (loop);
  g_bus_unown_name (owner);
  ferry_service_finish (service);
  g_clear_handle_id (&life.idle, g_source_remove);
  return life.status;
}
