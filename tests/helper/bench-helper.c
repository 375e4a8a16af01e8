/* bench-helper.c: the helper's own service on a bus, below a root folder and with stand-in tools.
 *
 * usage: bench-helper ROOT [SECONDS]     on the bus of DBUS_SYSTEM_BUS_ADDRESS
 * Lives as the real program does, until nothing was asked for SECONDS (without them an hour). The
 * real program has no such options: it serves the running system only, and its time is
 * FERRY_LIFE_IDLE_SECONDS.
 */
#include "config.h"

#include <stdio.h>
#include <stdlib.h>

#include "helper/life.h"
#include "standin.h"

#define HOUR 3600

int
main (int argc, char **argv)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (FerryRoot) root = argc == 2 || argc == 3 ? ferry_root_new (argv[1], &error) : NULL;
  g_autoptr (GDBusConnection) connection = g_bus_get_sync (G_BUS_TYPE_SYSTEM, NULL, NULL);
  g_autoptr (FerryTools) tools = NULL;
  guint seconds = argc == 3 ? (guint) atoi (argv[2]) : HOUR;
  int status;

  if (root == NULL || connection == NULL)
    return 2;
  tools = standin_new (root, STANDIN_GOOD);
  status = ferry_life_run (connection, root, tools, seconds, &error);
  if (error != NULL)
    fprintf (stderr, "%s\n", error->message);
  return status;
}
