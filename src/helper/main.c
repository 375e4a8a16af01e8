/* main.c: the root helper: a service on the system bus that is started when it is called and ends when idle.
 *
 * ferry-helper            serves org.ferryvm.Helper1
 * ferry-helper --recover  puts a half-done change in order, early at the start of the computer
 */
#include "config.h"

#include <string.h>
#include <unistd.h>

#include "helper/life.h"
#include "helper/rebuild.h"
#include "helper/surroundings.h"

/* The unit has hardly any rights, so programs run in another one; without systemd there is no such unit. */
static int
serve (FerryRoot *root, GError **error)
{
  g_autoptr (GDBusConnection) connection = g_bus_get_sync (G_BUS_TYPE_SYSTEM, NULL, error);
  g_autoptr (FerryTools) tools = NULL;

  if (connection == NULL)
    return 1;
  tools = ferry_rebuild_is_possible (root) ? ferry_rebuild_new (root, connection) : ferry_tools_new_system (root);
  return ferry_life_run (connection, root, tools, FERRY_LIFE_IDLE_SECONDS, error);
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
    status = ferry_life_recover (root, tools = ferry_tools_new_system (root));
  else if (root != NULL)
    status = serve (root, &error);
  if (error != NULL)
    g_printerr ("%s\n", error->message);
  return status;
}
