/* surroundings.c: see surroundings.h. */
#include "config.h"

#include <locale.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <glib/gi18n.h>

#include "helper/surroundings.h"

void
ferry_surroundings_reset (void)
{
  const struct rlimit none = { RLIM_INFINITY, RLIM_INFINITY };
  const struct rlimit no_core = { 0, 0 };

  umask (0022);
  setrlimit (RLIMIT_FSIZE, &none);
  signal (SIGXFSZ, SIG_IGN);
  setrlimit (RLIMIT_CORE, &no_core);
  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, FERRY_LOCALEDIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);
}
