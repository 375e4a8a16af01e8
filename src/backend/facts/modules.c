/* modules.c: see modules.h. */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "facts/modules.h"

#define ANY G_MAXUINT64
#define PREFIX "alias pci:"

/* The parts of "v000010DEd*sv*sd*bc03sc*i*", each a number or ANY. */
typedef enum
{
  PART_VENDOR,
  PART_DEVICE,
  PART_SUBVENDOR,
  PART_SUBDEVICE,
  PART_CLASS,
  PART_SUBCLASS,
  PART_INTERFACE,
  N_PARTS
} Part;

/* Reads the letters of a part, and then a "*" or a number of exactly @digits digits: the letters of
 * the next part could be digits too. Moves *@text behind it. */
static gboolean
read_part (const char **text, const char *letters, gsize digits, guint64 *value)
{
  const char *start = *text + strlen (letters);

  if (!g_str_has_prefix (*text, letters))
    return FALSE;
  *value = ANY;
  *text = start + 1;
  if (*start == '*')
    return TRUE;

  *value = 0;
  *text = start + digits;
  for (gsize i = 0; i < digits; i++)
    {
      if (!g_ascii_isxdigit (start[i]))
        return FALSE;
      *value = *value << 4 | (guint64) g_ascii_xdigit_value (start[i]);
    }
  return TRUE;
}

static gboolean
parse_alias (const char *text, guint64 parts[N_PARTS], const char **module)
{
  static const struct
  {
    const char *letters;
    gsize digits;
  } form[N_PARTS]
      = { { "v", 8 }, { "d", 8 }, { "sv", 8 }, { "sd", 8 }, { "bc", 2 }, { "sc", 2 }, { "i", 2 } };

  for (int i = 0; i < N_PARTS; i++)
    if (!read_part (&text, form[i].letters, form[i].digits, &parts[i]))
      return FALSE;
  if (*text != ' ' || text[1] == '\0')
    return FALSE;
  *module = text + 1;
  return TRUE;
}

static gboolean
fits (const guint64 parts[N_PARTS], FerryDevice *device)
{
  const guint64 values[N_PARTS]
      = { device->vendor,           device->device,           device->subvendor,
          device->subdevice,        device->class_code >> 16, device->class_code >> 8 & 0xff,
          device->class_code & 0xff };

  for (int i = 0; i < N_PARTS; i++)
    if (parts[i] != ANY && parts[i] != values[i])
      return FALSE;
  return TRUE;
}

static gboolean
is_module_name (const char *name)
{
  return *name != '\0' && strlen (name) < 64
         && strspn (name, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-")
                == strlen (name);
}

static void
add_module (FerryDevice *device, const char *name)
{
  guint n = g_strv_length (device->modules);

  if (n >= FERRY_MODULES_MAX || !is_module_name (name)
      || g_strv_contains ((const char *const *) device->modules, name))
    return;
  device->modules = g_renew (char *, device->modules, n + 2);
  device->modules[n] = g_strdup (name);
  device->modules[n + 1] = NULL;
}

static void
add_to_all (GPtrArray *devices, const guint64 parts[N_PARTS], const char *module)
{
  for (guint i = 0; devices != NULL && i < devices->len; i++)
    {
      FerryDevice *device = g_ptr_array_index (devices, i);

      if (fits (parts, device))
        add_module (device, module);
    }
}

/* Vendor to the devices of it. */
static GHashTable *
sort_by_vendor (GPtrArray *devices)
{
  GHashTable *vendors
      = g_hash_table_new_full (NULL, NULL, NULL, (GDestroyNotify) g_ptr_array_unref);

  for (guint i = 0; i < devices->len; i++)
    {
      FerryDevice *device = g_ptr_array_index (devices, i);
      gpointer key = GUINT_TO_POINTER (device->vendor);
      GPtrArray *same = g_hash_table_lookup (vendors, key);

      if (same == NULL)
        {
          same = g_ptr_array_new ();
          g_hash_table_insert (vendors, key, same);
        }
      g_ptr_array_add (same, device);
    }
  return vendors;
}

static GBytes *
read_aliases (FerryRoot *root, const char *release)
{
  static const char *const folders[] = { "usr/lib/modules", "lib/modules" };
  GBytes *bytes = NULL;

  if (*release == '\0' || *release == '.' || strchr (release, '/') != NULL)
    return NULL;
  for (gsize i = 0; i < G_N_ELEMENTS (folders) && bytes == NULL; i++)
    {
      g_autofree char *path = g_build_filename (folders[i], release, "modules.alias", NULL);
      bytes = ferry_root_read_bytes (root, path, FERRY_MODULES_MAX_FILE, NULL);
    }
  return bytes;
}

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

/**
 * ferry_modules_find:
 * @release: of the kernel, "6.12.4-1-MANJARO"
 * @devices: (element-type FerryDevice): those to fill in; a few or all
 *
 * Sets the modules of each device, sorted. Drivers that are built into the kernel are not there.
 *
 * Returns: whether the list could be read; if not, nothing is changed
 */
gboolean
ferry_modules_find (FerryRoot *root, const char *release, GPtrArray *devices)
{
  g_autoptr (GBytes) bytes = read_aliases (root, release);
  g_autoptr (GHashTable) vendors = NULL;
  g_autofree char *text = NULL;
  char *rest = NULL;

  if (bytes == NULL)
    return FALSE;
  vendors = sort_by_vendor (devices);
  if (g_bytes_get_size (bytes) == 0)
    return TRUE;
  text = g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
  for (char *line = strtok_r (text, "\n", &rest); line != NULL; line = strtok_r (NULL, "\n", &rest))
    {
      guint64 parts[N_PARTS];
      const char *module;

      if (!g_str_has_prefix (line, PREFIX) || !parse_alias (line + strlen (PREFIX), parts, &module))
        continue;
      if (parts[PART_VENDOR] == ANY)
        add_to_all (devices, parts, module);
      else
        add_to_all (g_hash_table_lookup (vendors, GUINT_TO_POINTER (parts[PART_VENDOR])), parts,
                    module);
    }
  for (guint i = 0; i < devices->len; i++)
    {
      FerryDevice *device = g_ptr_array_index (devices, i);
      qsort (device->modules, g_strv_length (device->modules), sizeof (char *), compare_names);
    }
  return TRUE;
}
