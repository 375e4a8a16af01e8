/* boot-time.c: see boot-time.h. */
#include "config.h"

#include <string.h>

#include "facts/boot-time.h"

/**
 * ferry_boot_time_read:
 *
 * Returns: seconds since 1970, UTC; 0 when unknown
 */
gint64
ferry_boot_time_read (FerryRoot *root)
{
  g_autofree char *text = ferry_root_read_text (root, "proc/stat", NULL);
  const char *line = text;
  guint64 value;

  while (line != NULL && !g_str_has_prefix (line, "btime "))
    {
      line = strchr (line, '\n');
      line = line != NULL ? line + 1 : NULL;
    }
  if (line == NULL)
    return 0;

  value = g_ascii_strtoull (line + strlen ("btime "), NULL, 10);
  return value < G_MAXINT64 ? (gint64)value : 0;
}
