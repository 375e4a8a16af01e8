/* main.c: starts the wizard. Everything else can be linked into a test.
 *
 * FERRY_LOCALEDIR in the environment says where translations are, before they are installed.
 */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <locale.h>

#include "application.h"

int
main (int argc, char *argv[])
{
  const char *locales = g_getenv ("FERRY_LOCALEDIR");
  g_autoptr (FerryApplication) application = NULL;

  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, locales != NULL ? locales : FERRY_LOCALEDIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);

  application = ferry_application_new ();
  return g_application_run (G_APPLICATION (application), argc, argv);
}
