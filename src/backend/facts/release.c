/* release.c: see release.h. */
#include "config.h"

#include <string.h>

#include "facts/host.h"
#include "facts/release.h"

#define MAX_LINE 4096

static gboolean
is_name (const char *name)
{
  gsize length = strlen (name);

  return length > 0 && strspn (name, G_CSET_A_2_Z "0123456789_") == length;
}

/**
 * ferry_release_parse:
 * @text: the content of os-release; any text
 *
 * Lines that are not in the format are left out; of several values of one name the last counts.
 *
 * Returns: (transfer full) (element-type utf8 utf8): name to value
 */
GHashTable *
ferry_release_parse (const char *text)
{
  GHashTable *values = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_auto (GStrv) lines = g_strsplit (text, "\n", FERRY_RELEASE_MAX_LINES);

  for (gsize i = 0; lines[i] != NULL; i++)
    {
      char *line = g_strstrip (lines[i]);
      char *value = strchr (line, '=');
      g_autofree char *plain = NULL;

      if (*line == '#' || value == NULL || strlen (line) > MAX_LINE || strchr (line, '\n') != NULL)
        continue;
      *value++ = '\0';
      if (!is_name (line))
        continue;
      plain = *value != '\0' ? g_shell_unquote (value, NULL) : g_strdup ("");
      if (plain != NULL)
        g_hash_table_replace (values, g_strdup (line),
                              ferry_host_clean_text (plain, FERRY_RELEASE_MAX_VALUE));
    }
  return values;
}
