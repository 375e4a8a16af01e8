/* bench-helper.c: the helper's own service on a bus, below a root folder and with stand-in tools.
 *
 * usage: bench-helper ROOT     on the bus of DBUS_SYSTEM_BUS_ADDRESS, until it is ended
 * The real program has no such option: it serves the running system only.
 */
#include "config.h"

#include <stdio.h>

#include "helper/service.h"
#include "standin.h"

static void
on_changed (gboolean busy, gpointer user_data)
{
}

static void
on_name_lost (GDBusConnection *connection, const char *name, gpointer user_data)
{
  fprintf (stderr, "the name is not ours\n");
  g_main_loop_quit (user_data);
}

int
main (int argc, char **argv)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  g_autoptr (FerryRoot) root = argc == 2 ? ferry_root_new (argv[1], &error) : NULL;
  g_autoptr (GDBusConnection) connection = g_bus_get_sync (G_BUS_TYPE_SYSTEM, NULL, NULL);
  g_autoptr (FerryTools) tools = NULL;
  g_autoptr (FerryService) service = NULL;

  if (root == NULL || connection == NULL)
    return 2;
  tools = standin_new (root, STANDIN_GOOD);
  service = ferry_service_new (connection, root, tools, on_changed, NULL, &error);
  if (service == NULL)
    return 2;
  g_bus_own_name_on_connection (connection, FERRY_SERVICE_NAME, G_BUS_NAME_OWNER_FLAGS_NONE, NULL,
                                on_name_lost, loop, NULL);
  g_main_loop_run (loop);
  return 1;
}
