/* host.c: see host.h. */
#include "config.h"

#include "facts/host.h"

/**
 * ferry_host_is_flatpak:
 *
 * Returns: whether the root is the inside of a Flatpak sandbox
 */
gboolean
ferry_host_is_flatpak (FerryRoot *root)
{
  return ferry_root_exists (root, ".flatpak-info");
}

/**
 * ferry_host_path:
 * @path: as it is called on the host, "etc/default/grub"
 *
 * Returns: (transfer full): where to read it, relative to the root
 */
char *
ferry_host_path (FerryRoot *root, const char *path)
{
  gboolean moved = g_str_has_prefix (path, "etc/") || g_str_has_prefix (path, "usr/");

  if (moved && ferry_host_is_flatpak (root))
    return g_build_filename ("run/host", path, NULL);
  return g_strdup (path);
}

gboolean
ferry_host_exists (FerryRoot *root, const char *path)
{
  g_autofree char *real = ferry_host_path (root, path);

  return ferry_root_exists (root, real);
}

/**
 * ferry_host_read_text:
 *
 * Returns: (transfer full) (nullable): as ferry_root_read_text(), %NULL when it cannot be read
 */
char *
ferry_host_read_text (FerryRoot *root, const char *path)
{
  g_autofree char *real = ferry_host_path (root, path);

  return ferry_root_read_text (root, real, NULL);
}

/**
 * ferry_host_list:
 *
 * Returns: (transfer full) (nullable): as ferry_root_list()
 */
char **
ferry_host_list (FerryRoot *root, const char *path)
{
  g_autofree char *real = ferry_host_path (root, path);

  return ferry_root_list (root, real);
}

static gboolean
flatpak_has_program (FerryRoot *root, const char *name)
{
  static const char *const folders[] = { "usr/local/bin", "usr/sbin", "usr/bin", "usr/libexec" };

  for (gsize i = 0; i < G_N_ELEMENTS (folders); i++)
    {
      g_autofree char *path = g_build_filename ("run/host", folders[i], name, NULL);

      if (ferry_root_exists (root, path))
        return TRUE;
    }
  return FALSE;
}

/**
 * ferry_host_has_program:
 * @name: a file name without a slash
 *
 * Returns: whether the host has the program; %FERRY_ANSWER_UNKNOWN when its usr/bin is hidden
 */
FerryAnswer
ferry_host_has_program (FerryRoot *root, const char *name)
{
  g_autofree char *found = NULL;

  if (ferry_host_is_flatpak (root))
    {
      if (!ferry_root_exists (root, "run/host/usr/bin"))
        return FERRY_ANSWER_UNKNOWN;
      return flatpak_has_program (root, name) ? FERRY_ANSWER_YES : FERRY_ANSWER_NO;
    }
  found = ferry_root_find_program (root, name);
  if (found != NULL)
    return FERRY_ANSWER_YES;
  return ferry_root_exists (root, "usr/bin") ? FERRY_ANSWER_NO : FERRY_ANSWER_UNKNOWN;
}

/**
 * ferry_host_clean_text:
 * @text: any bytes up to a NUL
 * @max: characters to keep
 *
 * Returns: (transfer full): valid UTF-8 in one line: control characters become blanks, runs of
 * blanks one blank, none at the ends
 */
char *
ferry_host_clean_text (const char *text, gsize max)
{
  g_autofree char *valid = g_utf8_make_valid (text, -1);
  g_autoptr (GString) clean = g_string_new (NULL);
  gboolean blank = FALSE;
  gsize length = 0;

  for (const char *p = valid; *p != '\0' && length < max; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (!g_unichar_isprint (c) || g_unichar_isspace (c))
        {
          blank = clean->len > 0;
          continue;
        }
      if (blank && length + 1 >= max)
        break;
      if (blank)
        g_string_append_c (clean, ' ');
      length += blank ? 2 : 1;
      blank = FALSE;
      g_string_append_unichar (clean, c);
    }
  return g_string_free (g_steal_pointer (&clean), FALSE);
}
