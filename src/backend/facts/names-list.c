/* names-list.c: see names-list.h. */
#include "config.h"

#include <string.h>

#include "facts/device-names.h"
#include "facts/names-list.h"

#define MAX_LIST (16 * 1024 * 1024)

/**
 * ferry_names_list_find:
 *
 * Returns: (transfer full) (nullable): the list of names that belongs to @root, in the encoding of
 *   file names; %NULL to use the one of this system
 */
char *
ferry_names_list_find (FerryRoot *root)
{
  g_autofree char *path = NULL;
  guint64 size;

  if (ferry_root_is_live (root))
    return NULL;
  /* libpci opens it by name, so it must be a plain file inside and no link to elsewhere. */
  size = ferry_root_get_size (root, FERRY_NAMES_LIST);
  path = size > 0 && size <= MAX_LIST ? ferry_root_resolve (root, FERRY_NAMES_LIST) : NULL;
  return path != NULL ? g_build_filename (ferry_root_get_folder (root), path, NULL) : NULL;
}

/* Lines by their place: "10de", "10de 13c2", "10de 13c2 1043 8508", "C 03", "C 03 00". */
typedef struct
{
  GTree *lines; /* place to line */
  FerryNames *names;
} List;

static int
compare_places (gconstpointer a, gconstpointer b, gpointer data)
{
  return strcmp (a, b);
}

/* A name that libpci made up from the number is left out. */
static void
add_line (List *list, char *place, const char *line, const char *name, const char *made_up)
{
  if (g_strcmp0 (name, made_up) != 0)
    g_tree_replace (list->lines, place, g_strconcat (line, name, NULL));
  else
    g_free (place);
}

static char *
add_vendor (List *list, guint16 vendor)
{
  g_autofree char *made_up = g_strdup_printf ("Vendor %04x", vendor);
  g_autofree char *line = g_strdup_printf ("%04x  ", vendor);
  char *name = ferry_names_get_vendor (list->names, vendor);
  g_autofree char *place = g_strdup_printf ("%04x", vendor);

  add_line (list, g_steal_pointer (&place), line, name, made_up);
  return name;
}

/* What stands below a maker needs its line, also where the maker has no name. */
static void
need_line (List *list, const char *place, const char *line)
{
  if (g_tree_lookup (list->lines, place) == NULL)
    g_tree_replace (list->lines, g_strdup (place), g_strdup (line));
}

static void
add_device (List *list, const FerryDevice *device)
{
  g_autofree char *made_up = g_strdup_printf ("Device %04x", device->device);
  g_autofree char *line = g_strdup_printf ("\t%04x  ", device->device);
  char *place = g_strdup_printf ("%04x %04x", device->vendor, device->device);

  g_free (add_vendor (list, device->vendor));
  add_line (list, place, line, device->device_name, made_up);
}

/* The name of the board stands behind the name of its maker. */
static void
add_subsystem (List *list, const FerryDevice *device)
{
  g_autofree char *maker = NULL;
  g_autofree char *above = NULL;
  g_autofree char *made_up = NULL;
  g_autofree char *line = NULL;
  const char *name = device->subsystem_name;

  if (*name == '\0')
    return;
  maker = add_vendor (list, device->subvendor);
  if (!g_str_has_prefix (name, maker) || name[strlen (maker)] != ' ')
    return;
  name += strlen (maker) + 1;
  above = g_strdup_printf ("%04x %04x", device->vendor, device->device);
  if (g_tree_lookup (list->lines, above) == NULL)
    return;
  made_up = g_strdup_printf ("Device %04x", device->subdevice);
  line = g_strdup_printf ("\t\t%04x %04x  ", device->subvendor, device->subdevice);
  add_line (list, g_strdup_printf ("%s %04x %04x", above, device->subvendor, device->subdevice),
            line, name, made_up);
}

/* Where only the kind is known, libpci adds the number: "Display controller [0399]". */
static void
add_class (List *list, const FerryDevice *device)
{
  guint kind = device->class_code >> 16, sub = device->class_code >> 8 & 0xff;
  g_autofree char *number = g_strdup_printf (" [%04x]", device->class_code >> 8);
  g_autofree char *place = g_strdup_printf ("C %02x", kind);
  g_autofree char *line = g_strdup_printf ("C %02x  ", kind);
  g_autofree char *below = NULL;

  if (g_str_has_suffix (device->class_name, number))
    {
      g_autofree char *name
          = g_strndup (device->class_name, strlen (device->class_name) - strlen (number));
      add_line (list, g_steal_pointer (&place), line, name, "Class");
      return;
    }
  if (g_str_has_prefix (device->class_name, "Class "))
    return;
  below = g_strdup_printf ("%s  Devices", place);
  need_line (list, place, below);
  g_free (line);
  line = g_strdup_printf ("\t%02x  ", sub);
  add_line (list, g_strdup_printf ("%s %02x", place, sub), line, device->class_name, "");
}

static gboolean
append_line (gpointer place, gpointer line, gpointer data)
{
  g_string_append_printf (data, "%s\n", (const char *)line);
  return FALSE;
}

/**
 * ferry_names_list_write:
 * @devices: (element-type FerryDevice): of @root
 *
 * Returns: (transfer full): a list in the format of pci.ids with the names of @devices
 */
char *
ferry_names_list_write (FerryRoot *root, GPtrArray *devices)
{
  g_autofree char *known = ferry_names_list_find (root);
  g_autoptr (FerryNames) names = ferry_names_new (known);
  g_autoptr (GTree) lines = g_tree_new_full (compare_places, NULL, g_free, g_free);
  List list = { lines, names };
  GString *out = g_string_new (NULL);

  for (guint i = 0; i < devices->len; i++)
    {
      const FerryDevice *device = g_ptr_array_index (devices, i);

      ferry_names_expect (names, device->vendor, device->device, device->subvendor);
    }
  for (guint i = 0; i < devices->len; i++)
    {
      const FerryDevice *device = g_ptr_array_index (devices, i);

      add_device (&list, device);
      add_subsystem (&list, device);
      add_class (&list, device);
    }
  g_tree_foreach (lines, append_line, out);
  /* An empty file counts as none, and then this system's names would be used instead of no names. */
  if (out->len == 0)
    g_string_append (out, "# no names\n");
  return g_string_free (out, FALSE);
}
