/* installer.c: see installer.h. */
#include "config.h"

#include <string.h>
#include <glib/gi18n-lib.h>

#include "act/installer.h"
#include "facts/error.h"
#include "plan/edit.h"

#define SECONDS (2 * 60 * 60)
#define MAX_PACKAGES 64

/* Command lines up to the names; blanks part the arguments. @list prints or checks what is installed. */
static const struct
{
  const char *tool, *refresh, *install, *list;
} installers[] = {
  /* -u with -y: fresh lists with old packages would be a partial upgrade, which Arch does not support. */
  { "pacman", NULL, "pacman -Syu --needed --noconfirm --", "pacman -T --" },
  { "apt-get", "apt-get -q update", "apt-get -q -y -o Dpkg::Options::=--force-confold install --",
    "dpkg-query -W -f ${db:Status-Status}\\n --" },
  { "dnf", NULL, "dnf -y install", "rpm -q --whatprovides" },
  { "zypper", NULL, "zypper --non-interactive install", "rpm -q --whatprovides" },
};

static gboolean
is_package (const char *name)
{
  return g_ascii_isalnum (*name) && strlen (name) <= 100 && ferry_edit_word_is_safe (name)
         && strpbrk (name, "/:=@,") == NULL;
}

static gboolean
check_names (char **names, GError **error)
{
  guint n = names != NULL ? g_strv_length (names) : 0;

  for (guint i = 0; i < n; i++)
    if (!is_package (names[i]))
      n = 0;
  if (n > 0 && n <= MAX_PACKAGES)
    return TRUE;
  g_set_error_literal (error, FERRY_ERROR, FERRY_ERROR_INVALID, _("The list of packages is not valid"));
  return FALSE;
}

static gboolean
run_line (const FerryStep *step, const char *line, char **names, GError **error)
{
  static const char *const quiet[] = { "DEBIAN_FRONTEND=noninteractive", "NEEDRESTART_MODE=l", NULL };
  g_auto (GStrv) words = g_strsplit (line, " ", -1);
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) arguments = NULL;
  g_autofree char *path = ferry_root_find_program (step->root, words[0]);
  FerryProgram program = { .root = step->root,
                           .environment = quiet,
                           .seconds = SECONDS,
                           .line = step->line,
                           .line_data = step->line_data };

  if (path == NULL)
    {
      g_set_error (error, FERRY_ERROR, FERRY_ERROR_NOT_FOUND, _("The program “%s” is not installed"), words[0]);
      return FALSE;
    }
  g_strv_builder_add (builder, path);
  g_strv_builder_addv (builder, (const char **) words + 1);
  if (names != NULL)
    g_strv_builder_addv (builder, (const char **) names);
  arguments = g_strv_builder_end (builder);
  program.arguments = (const char *const *) arguments;
  return ferry_program_run (&program, error);
}

static void
count_installed (const char *line, gpointer user_data)
{
  guint *installed = user_data;

  *installed += g_str_equal (line, "installed");
}

/* Asked of the package manager's own records, whatever the installation said. */
static gboolean
check_installed (const FerryStep *step, const char *tool, const char *list, GError **error)
{
  guint installed = 0;
  FerryStep asking = *step;

  asking.line = count_installed;
  asking.line_data = &installed;
  if (run_line (&asking, list, step->change->items, NULL)
      && (!g_str_equal (tool, "apt-get") || installed == g_strv_length (step->change->items)))
    return TRUE;
  g_set_error_literal (error, FERRY_ERROR, FERRY_ERROR_FAILED,
                       _("Not all software could be installed. What the package manager said is in the journal of the system: "
                         "“journalctl -b -u ferry-rebuild” shows it."));
  return FALSE;
}

/**
 * ferry_installer_run:
 *
 * Installs the packages of the change.
 */
gboolean
ferry_installer_run (const FerryStep *step, GError **error)
{
  if (!check_names (step->change->items, error))
    return FALSE;
  for (gsize i = 0; i < G_N_ELEMENTS (installers); i++)
    {
      if (!g_str_equal (installers[i].tool, step->change->tool))
        continue;
      if (g_cancellable_is_cancelled (step->cancellable))
        {
          g_set_error_literal (error, FERRY_ERROR, FERRY_ERROR_CANCELLED, _("It was cancelled."));
          return FALSE;
        }
      if (installers[i].refresh != NULL && !run_line (step, installers[i].refresh, NULL, error))
        return FALSE;
      return run_line (step, installers[i].install, step->change->items, error)
             && check_installed (step, installers[i].tool, installers[i].list, error);
    }
  g_set_error_literal (error, FERRY_ERROR, FERRY_ERROR_UNSUPPORTED,
                       _("Ferry does not know how software is installed on this system"));
  return FALSE;
}
