/* modprobe.c: see modprobe.h. */
#include "config.h"

#include <string.h>

#include "plan/modprobe.h"

#define MAX_LINES 4096

static void
line_free (gpointer data)
{
  FerryModprobeLine *line = data;

  g_free (line->path);
  g_strfreev (line->words);
  g_free (line);
}

static const char *
base_name (const char *path)
{
  const char *slash = strrchr (path, '/');

  return slash != NULL ? slash + 1 : path;
}

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return strcmp (base_name (*(const char *const *) a), base_name (*(const char *const *) b));
}

static gboolean
same_name (gconstpointer a, gconstpointer b)
{
  return g_str_equal (base_name (a), base_name (b));
}

/* Paths in the order of their names; those of the first folder hide those of the second. */
static GPtrArray *
list_files (const FerryConfiguration *configuration)
{
  GPtrArray *paths = ferry_configuration_list (configuration, "etc/modprobe.d", ".conf");
  g_autoptr (GPtrArray) vendor = ferry_configuration_list (configuration, "usr/lib/modprobe.d", ".conf");

  for (guint i = 0; i < vendor->len; i++)
    if (!g_ptr_array_find_with_equal_func (paths, g_ptr_array_index (vendor, i), same_name, NULL))
      g_ptr_array_add (paths, g_ptr_array_index (vendor, i));
  g_ptr_array_sort (paths, compare_names);
  return paths;
}

static void
add_line (GPtrArray *lines, const char *path, const char *text)
{
  g_auto (GStrv) parts = g_strsplit_set (text, " \t\r", -1);
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) words = NULL;
  FerryModprobeLine *line;

  for (guint i = 0; parts[i] != NULL; i++)
    if (*parts[i] != '\0')
      g_strv_builder_add (builder, parts[i]);
  words = g_strv_builder_end (builder);
  if (words[0] == NULL || words[1] == NULL || *words[0] == '#')
    return;
  line = g_new0 (FerryModprobeLine, 1);
  line->path = g_strdup (path);
  line->words = g_steal_pointer (&words);
  g_ptr_array_add (lines, line);
}

static void
add_file (GPtrArray *lines, const FerryFile *file)
{
  g_autoptr (GString) joined = g_string_new (file->text);
  g_auto (GStrv) texts = NULL;

  /* A backslash at the end of a line continues it. */
  g_string_replace (joined, "\\\n", " ", 0);
  texts = g_strsplit (joined->str, "\n", -1);
  for (guint i = 0; texts[i] != NULL && lines->len < MAX_LINES; i++)
    add_line (lines, file->path, texts[i]);
}

/**
 * ferry_modprobe_read:
 * @own: (nullable): the path of a file to leave out
 *
 * Returns: (transfer full): the lines with a command and a name
 */
GPtrArray *
ferry_modprobe_read (const FerryConfiguration *configuration, const char *own)
{
  GPtrArray *lines = g_ptr_array_new_with_free_func (line_free);
  g_autoptr (GPtrArray) paths = list_files (configuration);

  for (guint i = 0; i < paths->len; i++)
    {
      const FerryFile *file = ferry_configuration_get (configuration, g_ptr_array_index (paths, i));

      if (file->text != NULL && g_strcmp0 (file->path, own) != 0)
        add_file (lines, file);
    }
  return lines;
}

gboolean
ferry_modprobe_same (const char *a, const char *b)
{
  for (; *a != '\0' && *b != '\0'; a++, b++)
    if (*a != *b && (strchr ("-_", *a) == NULL || strchr ("-_", *b) == NULL))
      return FALSE;
  return *a == *b;
}

const FerryModprobeLine *
ferry_modprobe_find (GPtrArray *lines, const char *command, const char *module)
{
  for (guint i = 0; i < lines->len; i++)
    {
      const FerryModprobeLine *line = g_ptr_array_index (lines, i);

      if (g_str_equal (line->words[0], command) && ferry_modprobe_same (line->words[1], module))
        return line;
    }
  return NULL;
}
