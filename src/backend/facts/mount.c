/* mount.c: see mount.h. */
#include "config.h"

#include <string.h>

#include "facts/mount.h"

/* Fields in front of the optional ones, and those behind the "-". */
#define FIRST_OPTIONAL 6
#define AFTER_DASH 2

/* More than any real line has. */
#define MAX_FIELDS 64

static void
mount_free (gpointer data)
{
  FerryMount *mount = data;

  g_free (mount->point);
  g_free (mount->type);
  g_free (mount->source);
  g_free (mount->number);
  g_free (mount);
}

/* "\040" and the like back to the byte; valid UTF-8 afterwards. */
static char *
unescape (const char *text)
{
  g_autoptr (GString) plain = g_string_new (NULL);

  for (; *text != '\0'; text++)
    {
      if (text[0] == '\\' && strspn (text + 1, "01234567") >= 3 && text[1] <= '3')
        {
          int byte = (text[1] - '0') << 6 | (text[2] - '0') << 3 | (text[3] - '0');

          g_string_append_c (plain, (char)(byte != 0 ? byte : '?'));
          text += 3;
        }
      else
        g_string_append_c (plain, *text);
    }
  return g_utf8_make_valid (plain->str, (gssize)plain->len);
}

static gboolean
has_option (const char *options, const char *option)
{
  g_auto (GStrv) list = g_strsplit (options, ",", MAX_FIELDS);

  return g_strv_contains ((const char *const *)list, option);
}

static FerryMount *
parse_line (const char *line)
{
  g_auto (GStrv) fields = g_strsplit (line, " ", MAX_FIELDS);
  guint n = g_strv_length (fields);
  guint dash = FIRST_OPTIONAL;
  g_autofree char *point = NULL;
  FerryMount *mount;

  while (dash < n && !g_str_equal (fields[dash], "-"))
    dash++;
  if (dash + AFTER_DASH >= n || *fields[4] != '/')
    return NULL;

  point = unescape (fields[4]);
  mount = g_new0 (FerryMount, 1);
  mount->point = g_strdup (point + strspn (point, "/"));
  mount->type = g_utf8_make_valid (fields[dash + 1], -1);
  mount->source = unescape (fields[dash + 2]);
  mount->number = g_utf8_make_valid (fields[2], -1);
  mount->read_only = has_option (fields[5], "ro");
  return mount;
}

/**
 * ferry_mounts_read:
 *
 * Returns: (transfer full) (nullable) (element-type FerryMount): the mounts in the order in which
 *   they were made, at most %FERRY_MOUNT_MAX; %NULL when the table cannot be read
 */
GPtrArray *
ferry_mounts_read (FerryRoot *root)
{
  g_autofree char *text = ferry_root_read_text (root, "proc/self/mountinfo", NULL);
  GPtrArray *mounts;

  if (text == NULL)
    return NULL;
  mounts = g_ptr_array_new_with_free_func (mount_free);
  for (const char *line = text; *line != '\0' && mounts->len < FERRY_MOUNT_MAX;)
    {
      gsize length = strcspn (line, "\n");
      g_autofree char *copy = g_strndup (line, length);
      FerryMount *mount = parse_line (copy);

      if (mount != NULL)
        g_ptr_array_add (mounts, mount);
      line += length;
      line += *line == '\n' ? 1 : 0;
    }
  return mounts;
}

/**
 * ferry_mounts_find:
 * @mounts: (nullable):
 * @point: relative to the root
 *
 * Returns: (nullable): what one sees there, the last mount on that place
 */
const FerryMount *
ferry_mounts_find (GPtrArray *mounts, const char *point)
{
  for (guint i = mounts != NULL ? mounts->len : 0; i > 0; i--)
    {
      const FerryMount *mount = g_ptr_array_index (mounts, i - 1);

      if (g_str_equal (mount->point, point))
        return mount;
    }
  return NULL;
}
