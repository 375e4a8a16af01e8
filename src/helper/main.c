/* main.c: the root helper: a service on the system bus that is started when it is called and ends when idle.
 *
 * ferry-helper            serves org.ferryvm.Helper1
 * ferry-helper --recover  puts a half-done change in order, early at the start of the computer
 */
#include "config.h"

#include <string.h>
#include <unistd.h>

#include "helper/rebuild.h"
#include "helper/service.h"
#include "helper/surroundings.h"

#define IDLE_SECONDS 60

typedef struct
{
  GMainLoop *loop;
  guint idle;
  int status;
} Program;

static gboolean
on_idle (gpointer user_data)
{
  Program *program = user_data;

  program->idle = 0;
  g_main_loop_quit (program->loop);
  return G_SOURCE_REMOVE;
}

static void
on_changed (gboolean busy, gpointer user_data)
{
  Program *program = user_data;

  g_clear_handle_id (&program->idle, g_source_remove);
  if (!busy)
    program->idle = g_timeout_add_seconds (IDLE_SECONDS, on_idle, program);
}

static void
on_name_lost (GDBusConnection *connection, const char *name, gpointer user_data)
{
  Program *program = user_data;

  program->status = 1;
  g_main_loop_quit (program->loop);
}

static int
recover (FerryRoot *root, FerryTools *tools)
{
  FerryTransaction transaction = { root, tools, NULL, NULL, NULL, 0 };
  g_autoptr (GError) error = NULL;

  if (!ferry_transaction_needs_recovery (root) || ferry_transaction_recover (&transaction, NULL, &error))
    return 0;
  g_printerr ("%s\n", error->message);
  return 1;
}

static int
run (Program *program, GDBusConnection *connection, FerryRoot *root, FerryTools *tools, GError **error)
{
  g_autoptr (FerryService) service = ferry_service_new (connection, root, tools, on_changed, program, error);
  guint owner;

  if (service == NULL)
    return 1;
  recover (root, tools);
  owner = g_bus_own_name_on_connection (connection, FERRY_SERVICE_NAME, G_BUS_NAME_OWNER_FLAGS_DO_NOT_QUEUE,
                                        NULL, on_name_lost, program, NULL);
  on_changed (FALSE, program);
  g_main_loop_run (program->loop);
  g_bus_unown_name (owner);
  ferry_service_finish (service);
  return program->status;
}

/* The unit has hardly any rights, so programs run in another one; without systemd there is no such unit. */
static int
serve (FerryRoot *root, GError **error)
{
  Program program = { g_main_loop_new (NULL, FALSE), 0, 0 };
  g_autoptr (GDBusConnection) connection = g_bus_get_sync (G_BUS_TYPE_SYSTEM, NULL, error);
  g_autoptr (FerryTools) tools = NULL;

  if (connection == NULL)
    return 1;
  tools = ferry_rebuild_is_possible (root) ? ferry_rebuild_new (root, connection) : ferry_tools_new_system (root);
  return run (&program, connection, root, tools, error);
}

int
main (int argc, char **argv)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (FerryRoot) root = NULL;
  g_autoptr (FerryTools) tools = NULL;
  int status = 1;

  if (argc > 2 || (argc == 2 && strcmp (argv[1], "--recover") != 0) || geteuid () != 0)
    {
      g_printerr ("usage: ferry-helper [--recover], as root\n");
      return 2;
    }
  ferry_surroundings_reset ();
  root = ferry_root_new (G_DIR_SEPARATOR_S, &error);
  if (root != NULL && argc == 2)
    status = recover (root, tools = ferry_tools_new_system (root));
  else if (root != NULL)
    status = serve (root, &error);
  if (error != NULL)
    g_printerr ("%s\n", error->message);
  return status;
}
