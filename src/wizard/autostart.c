/* autostart.c: see autostart.h. */
#include "config.h"

#include <errno.h>
#include <glib/gstdio.h>

#include "autostart.h"

/* By this line Ferry knows its own file again. */
#define MARK "X-Ferry-Once=true"

static char *
find_file (void)
{
  return g_build_filename (g_get_user_config_dir (), "autostart", FERRY_APP_ID ".desktop", NULL);
}

static gboolean
is_own (const char *file)
{
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;

  if (g_file_test (file, G_FILE_TEST_IS_SYMLINK) || !g_file_get_contents (file, &text, NULL, NULL))
    return FALSE;
  lines = g_strsplit (text, "\n", 100);
  return g_strv_contains ((const char *const *) lines, MARK);
}

/* Inside a Flatpak the configuration folder is the sandbox's own, which no desktop reads. */
static gboolean
is_possible (const char *file)
{
  g_autofree char *program = g_find_program_in_path ("ferry");

  return program != NULL && g_getenv ("FLATPAK_ID") == NULL
         && (!g_file_test (file, G_FILE_TEST_EXISTS) || is_own (file));
}

/**
 * ferry_autostart_add:
 *
 * Returns: whether Ferry opens by itself at the next start
 */
gboolean
ferry_autostart_add (void)
{
  static const char text[] = "[Desktop Entry]\n"
                             "Type=Application\n"
                             "Name=Ferry\n"
                             "Exec=ferry\n"
                             "TryExec=ferry\n"
                             "Icon=" FERRY_APP_ID "\n" MARK "\n";
  g_autofree char *file = find_file ();
  g_autofree char *folder = g_path_get_dirname (file);
  g_autoptr (GError) error = NULL;

  if (!is_possible (file))
    return FALSE;
  if (g_mkdir_with_parents (folder, 0700) == 0
      && g_file_set_contents_full (file, text, -1, G_FILE_SET_CONTENTS_CONSISTENT, 0600, &error))
    return TRUE;
  g_debug ("Ferry does not open by itself: %s",
           error != NULL ? error->message : g_strerror (errno));
  return FALSE;
}

/**
 * ferry_autostart_remove:
 *
 * Once was enough, or the restart did not happen.
 */
void
ferry_autostart_remove (void)
{
  g_autofree char *file = find_file ();

  if (is_own (file))
    g_unlink (file);
}
