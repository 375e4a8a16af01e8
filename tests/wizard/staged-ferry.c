/* staged-ferry.c: the whole wizard for a recorded computer that it may change.
 *
 * usage: staged-ferry MACHINE [OPTION of ferry]...
 *
 * Not a part of Ferry: for a recording the real program has no helper. Here the helper is asked on
 * the system bus, where a test puts a stand-in (DBUS_SYSTEM_BUS_ADDRESS). Everything else is as in
 * main.c.
 */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <locale.h>

#include "application.h"
#include "errand.h"
#include "facts/recording.h"

static FerrySession *
open_session (const char *machine)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (FerryRoot) root = ferry_recording_open (machine, &error);
  g_autoptr (FerryHelper) helper = ferry_helper_new (NULL);
  FerrySession *session;

  if (root == NULL)
    g_error ("%s", error->message);
  session = ferry_session_new (root);
  ferry_errand_set_helper (ferry_session_get_errand (session), helper);
  return session;
}

int
main (int argc, char *argv[])
{
  const char *locales = g_getenv ("FERRY_LOCALEDIR");
  g_autoptr (FerryApplication) application = NULL;
  g_autoptr (FerrySession) session = NULL;

  g_assert (argc > 1);
  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, locales != NULL ? locales : FERRY_LOCALEDIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);

  session = open_session (argv[1]);
  application = ferry_application_new ();
  ferry_application_set_session (application, session);
  argv[1] = argv[0];
  return g_application_run (G_APPLICATION (application), argc - 1, argv + 1);
}
