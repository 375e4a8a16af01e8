/* main.c: the program ferryctl; all it can do is in the library beside it. */
#include "config.h"

#include <locale.h>
#include <glib/gi18n.h>

#include "cli/program.h"

int
main (int argc, char **argv)
{
  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, FERRY_LOCALEDIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);
  return ferry_cli_run (argc, argv);
}
