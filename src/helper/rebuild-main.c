/* rebuild-main.c: the program of ferry-rebuild.service: runs the one step that the helper left, and ends.
 *
 * ferry-rebuild    takes nothing; what it does stands in the journal of the change under way (errand.h)
 * What the programs print goes to standard output, and with it into the system's journal.
 */
#include "config.h"

#include <stdio.h>
#include <unistd.h>

#include "helper/errand.h"
#include "helper/surroundings.h"

static void
on_line (const char *line, gpointer user_data)
{
  puts (line);
  fflush (stdout);
}

int
main (int argc, char **argv)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (FerryRoot) root = NULL;
  g_autoptr (FerryTools) tools = NULL;

  if (argc != 1 || geteuid () != 0)
    {
      g_printerr ("usage: ferry-rebuild, started by ferry-helper\n");
      return 2;
    }
  ferry_surroundings_reset ();
  root = ferry_root_new (G_DIR_SEPARATOR_S, &error);
  if (root != NULL)
    {
      tools = ferry_tools_new_system (root);
      tools->log = on_line;
      if (ferry_errand_run (root, tools, &error))
        return 0;
    }
  g_printerr ("%s\n", error->message);
  return 1;
}
