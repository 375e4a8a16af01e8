/* modules.c: see modules.h. */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "facts/host.h"
#include "facts/modules.h"

#define ANY G_MAXUINT64
#define LISTED "alias pci:"  /* of modules.alias: "alias pci:... nouveau" */
#define INSIDE ".alias=pci:" /* of modules.builtin.modinfo: "xhci_pci.alias=pci:..." */

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

/* Moves *@text behind the pattern. One that ends in a number has an asterisk behind it. */
static gboolean
parse_pattern (const char **text, guint64 parts[N_PARTS])
{
  static const struct
  {
    const char *letters;
    gsize digits;
  } form[N_PARTS]
      = { { "v", 8 }, { "d", 8 }, { "sv", 8 }, { "sd", 8 }, { "bc", 2 }, { "sc", 2 }, { "i", 2 } };

  for (int i = 0; i < N_PARTS; i++)
    if (!read_part (text, form[i].letters, form[i].digits, &parts[i]))
      return FALSE;
  if (**text == '*')
    *text += 1;
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
         && strspn (name, G_CSET_A_2_Z G_CSET_a_2_z G_CSET_DIGITS "_-") == strlen (name);
}

static void
add_name (char ***names, const char *name)
{
  guint n = g_strv_length (*names);

  if (n >= FERRY_MODULES_MAX || g_strv_contains ((const char *const *) *names, name))
    return;
  *names = g_renew (char *, *names, n + 2);
  (*names)[n] = g_strdup (name);
  (*names)[n + 1] = NULL;
}

/* One line of either file: its pattern, and the name of the driver, or NULL when it is of another
 * kind. */
static char *
parse_line (const char *line, guint64 parts[N_PARTS])
{
  const char *inside = strstr (line, INSIDE);
  const char *text = g_str_has_prefix (line, LISTED) ? line + strlen (LISTED)
                     : inside != NULL                ? inside + strlen (INSIDE)
                                                     : NULL;
  g_autofree char *name = NULL;

  if (text == NULL || !parse_pattern (&text, parts))
    return NULL;
  if (g_str_has_prefix (line, LISTED))
    name = g_strdup (*text == ' ' ? text + 1 : "");
  else
    name = g_strndup (line, *text == '\0' ? (gsize) (inside - line) : 0);
  return is_module_name (name) ? g_steal_pointer (&name) : NULL;
}

static void
take_line (const char *line, GPtrArray *devices)
{
  guint64 parts[N_PARTS];
  g_autofree char *name = parse_line (line, parts);

  for (guint i = 0; name != NULL && i < devices->len; i++)
    {
      FerryDevice *device = g_ptr_array_index (devices, i);

      if (fits (parts, device))
        add_name (g_str_has_prefix (line, LISTED) ? &device->modules : &device->built_in, name);
    }
}

/**
 * ferry_modules_line_fits:
 * @line: of modules.alias or modules.builtin.modinfo
 * @devices: (element-type FerryDevice): a few or all
 *
 * Returns: whether it names a driver that could take one of @devices
 */
gboolean
ferry_modules_line_fits (const char *line, GPtrArray *devices)
{
  guint64 parts[N_PARTS];
  g_autofree char *name = parse_line (line, parts);

  for (guint i = 0; name != NULL && i < devices->len; i++)
    if (fits (parts, g_ptr_array_index (devices, i)))
      return TRUE;
  return FALSE;
}

/* Takes the lines of a file, which end in @separator. */
static gboolean
take_file (FerryRoot *root, const char *release, const char *name, char separator,
           GPtrArray *devices)
{
  g_autofree char *usual = g_build_filename ("usr/lib/modules", release, name, NULL);
  g_autofree char *old = g_build_filename ("lib/modules", release, name, NULL);
  g_autofree char *host = ferry_host_path (root, usual);
  g_autoptr (GBytes) bytes = ferry_root_read_bytes (root, host, FERRY_MODULES_MAX_FILE, NULL);
  g_autofree char *text = NULL;
  gsize size;

  if (bytes == NULL && !ferry_host_is_flatpak (root))
    bytes = ferry_root_read_bytes (root, old, FERRY_MODULES_MAX_FILE, NULL);
  if (bytes == NULL)
    return FALSE;
  size = g_bytes_get_size (bytes);
  text = g_malloc0 (size + 1);
  if (size > 0)
    memcpy (text, g_bytes_get_data (bytes, NULL), size);
  if (separator != '\0')
    size = strlen (text);
  for (gsize start = 0, end; start < size; start = end + 1)
    {
      const char *stop = memchr (text + start, separator, size - start);

      end = stop != NULL ? (gsize) (stop - text) : size;
      text[end] = '\0';
      take_line (text + start, devices);
    }
  return TRUE;
}

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

static void
sort_names (char **names)
{
  qsort (names, g_strv_length (names), sizeof (char *), compare_names);
}

/* The older kernels that are installed may lack the list of what is inside. */
static gboolean
take_kernel (FerryRoot *root, const char *release, GPtrArray *devices)
{
  if (*release == '\0' || *release == '.' || strchr (release, '/') != NULL)
    return FALSE;
  take_file (root, release, "modules.builtin.modinfo", '\0', devices);
  return take_file (root, release, "modules.alias", '\n', devices);
}

/**
 * ferry_modules_find:
 * @kernel: the running kernel and those that are installed
 * @devices: (element-type FerryDevice): those to fill in; a few or all
 *
 * Sets the drivers of each device that are modules of any of the kernels, and those inside of one,
 * both sorted.
 *
 * Returns: %FERRY_ANSWER_YES when the modules of every installed kernel are known, and of the
 * running one where it is not known what is installed; else %FERRY_ANSWER_UNKNOWN: there may be
 * more
 */
FerryAnswer
ferry_modules_find (FerryRoot *root, const FerryKernel *kernel, GPtrArray *devices)
{
  guint installed = kernel->installed != NULL ? g_strv_length (kernel->installed) : 0;
  guint known = 0;
  gboolean running;

  for (guint i = 0; i < installed; i++)
    known += take_kernel (root, kernel->installed[i], devices);
  running = (installed > 0
             && g_strv_contains ((const char *const *) kernel->installed, kernel->release))
            || take_kernel (root, kernel->release, devices);
  for (guint i = 0; i < devices->len; i++)
    {
      FerryDevice *device = g_ptr_array_index (devices, i);

      sort_names (device->modules);
      sort_names (device->built_in);
    }
  return (installed > 0 ? known == installed : running) ? FERRY_ANSWER_YES : FERRY_ANSWER_UNKNOWN;
}
