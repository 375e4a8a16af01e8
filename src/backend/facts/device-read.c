/* device-read.c: the part of device.h that reads all PCI functions of a computer.
 *
 * Each function costs a handful of small reads: uevent says ids, class and driver in one file, the
 * link of the function says its place, "resource" says whether there is a ROM. Files of their own
 * for each id are read only where uevent is missing. Of "config" 64 bytes are read, which every
 * user may (PCI Local Bus Specification 3.0, 6.1 and PCI-to-PCI Bridge Architecture 1.2, 3.2).
 */
#include "config.h"

#include <string.h>
#include <glib/gi18n-lib.h>

#include "facts/bar.h"
#include "facts/connector.h"
#include "facts/device-names.h"
#include "facts/device.h"
#include "facts/error.h"
#include "facts/folder.h"
#include "facts/host.h"
#include "facts/names-list.h"
#include "facts/rom.h"
#include "facts/topology.h"

#define DEVICES "sys/bus/pci/devices"
#define CONFIG_SIZE 64
#define MAX_DRIVER_NAME 64
#define MAX_RESET_METHODS 16

/* One scan; the buffers are used again for each file. */
typedef struct
{
  FerryRoot *root;
  FerryFolder *all;    /* sys/bus/pci/devices */
  FerryFolder *folder; /* of the device that is read; NULL when it has none */
  char *path;          /* of the same */
  char text[4097];     /* sysfs gives at most a page */
  guint8 config[CONFIG_SIZE];
  gsize config_size;
} Scan;

/* Reads the first bytes of a file of the device; 0 when it cannot be read. */
static gsize
scan_bytes (Scan *scan, const char *name, guint8 *buffer, gsize size)
{
  gssize n = -1;

  if (scan->folder != NULL)
    n = ferry_folder_read_head (scan->folder, name, buffer, size);
  return n > 0 ? (gsize) n : 0;
}

/* The text of a small file of the device, up to the first NUL; NULL when it is empty or cannot be
 * read. */
static const char *
scan_text (Scan *scan, const char *name)
{
  gsize n = scan_bytes (scan, name, (guint8 *) scan->text, sizeof scan->text - 1);

  scan->text[n] = '\0';
  return n > 0 ? scan->text : NULL;
}

/* The name that a link of the device ends in, such as the driver's. The link is not followed: its
 * target is hidden in some sandboxes. */
static char *
scan_link_name (Scan *scan, const char *name)
{
  g_autofree char *target = NULL;

  if (scan->folder != NULL)
    target = ferry_folder_read_link (scan->folder, name);
  return target != NULL ? g_path_get_basename (target) : NULL;
}

/* Exactly one hexadecimal number up to @max, then @end or a line's end. */
static gboolean
parse_hex (const char *text, guint64 max, char end, guint *value)
{
  char *rest = NULL;
  guint64 number;

  if (g_str_has_prefix (text, "0x"))
    text += 2;
  if (!g_ascii_isxdigit (*text))
    return FALSE;
  number = g_ascii_strtoull (text, &rest, 16);
  if (number > max || (*rest != end && *rest != '\n' && *rest != '\0'))
    return FALSE;
  *value = (guint) number;
  return TRUE;
}

static gboolean
scan_hex (Scan *scan, const char *name, guint64 max, guint *value)
{
  const char *text = scan_text (scan, name);

  return text != NULL && parse_hex (text, max, '\n', value);
}

/* The value of "KEY=" in the text of uevent, up to the end of the text; NULL when not there. */
static const char *
find_value (const char *text, const char *key)
{
  for (const char *line = text; line != NULL && *line != '\0';)
    {
      if (g_str_has_prefix (line, key))
        return line + strlen (key);
      line = strchr (line, '\n');
      if (line != NULL)
        line++;
    }
  return NULL;
}

/* "10DE:13C2" */
static gboolean
parse_pair (const char *text, guint16 *first, guint16 *second)
{
  guint a, b;
  const char *colon = text != NULL ? strchr (text, ':') : NULL;

  if (colon == NULL || !parse_hex (text, 0xffff, ':', &a)
      || !parse_hex (colon + 1, 0xffff, '\n', &b))
    return FALSE;
  *first = (guint16) a;
  *second = (guint16) b;
  return TRUE;
}

static void
set_driver (FerryDevice *device, const char *name, gsize length)
{
  g_autofree char *text = g_strndup (name, length);
  g_autofree char *clean = ferry_host_clean_text (text, MAX_DRIVER_NAME);

  if (*clean == '\0')
    return;
  g_free (device->driver);
  device->driver = g_steal_pointer (&clean);
}

/* Ids, class and driver from one file. */
static gboolean
read_uevent (Scan *scan, FerryDevice *device)
{
  const char *text = scan_text (scan, "uevent");
  const char *class_code, *driver;
  guint value;

  if (text == NULL)
    return FALSE;
  class_code = find_value (text, "PCI_CLASS=");
  driver = find_value (text, "DRIVER=");
  if (class_code == NULL || !parse_hex (class_code, 0xffffff, '\n', &value)
      || !parse_pair (find_value (text, "PCI_ID="), &device->vendor, &device->device))
    return FALSE;
  device->class_code = value;
  parse_pair (find_value (text, "PCI_SUBSYS_ID="), &device->subvendor, &device->subdevice);
  if (driver != NULL)
    set_driver (device, driver, strcspn (driver, "\n"));
  return TRUE;
}

static guint16
config_16 (const Scan *scan, gsize offset)
{
  if (offset + 2 > scan->config_size)
    return 0;
  return (guint16) (scan->config[offset] | scan->config[offset + 1] << 8);
}

/* Ids and class from a file each; where one is missing, from the configuration space. */
static void
read_id_files (Scan *scan, FerryDevice *device)
{
  guint value;

  device->vendor
      = scan_hex (scan, "vendor", 0xffff, &value) ? (guint16) value : config_16 (scan, 0);
  device->device
      = scan_hex (scan, "device", 0xffff, &value) ? (guint16) value : config_16 (scan, 2);
  if (scan_hex (scan, "class", 0xffffff, &value))
    device->class_code = value;
  else if (scan->config_size >= 12)
    device->class_code = (guint32) config_16 (scan, 10) << 8 | scan->config[9];
  if (scan_hex (scan, "subsystem_vendor", 0xffff, &value))
    device->subvendor = (guint16) value;
  if (scan_hex (scan, "subsystem_device", 0xffff, &value))
    device->subdevice = (guint16) value;
}

static gboolean
all_ones (const guint8 *bytes, gsize size)
{
  for (gsize i = 0; i < size; i++)
    if (bytes[i] != 0xff)
      return FALSE;
  return size > 0;
}

static gboolean
is_bridge_class (guint32 class_code)
{
  guint32 class = class_code >> 8;

  return class == 0x0600 || class == 0x0604 || class == 0x0607 || class == 0x0609;
}

/* Revision, header type and bus numbers. A device that does not answer reads all ones; then the
 * kernel still knows its revision from the time when it did. */
static void
apply_config (Scan *scan, FerryDevice *device)
{
  guint8 header = scan->config_size > 0x0e ? scan->config[0x0e] & 0x7f : 0;
  guint revision;

  device->bridge = is_bridge_class (device->class_code);
  device->responding = !all_ones (scan->config, scan->config_size);
  if (device->responding && scan->config_size > 0x08)
    device->revision = scan->config[0x08];
  else if (scan_hex (scan, "revision", 0xff, &revision))
    device->revision = (guint8) revision;
  else if (!device->responding)
    device->revision = 0xff;
  if (!device->responding || (header != 1 && header != 2))
    return;
  device->bridge = TRUE;
  if (scan->config_size > 0x1a)
    {
      device->secondary = scan->config[0x19];
      device->subordinate = scan->config[0x1a];
    }
}

static void
read_group (Scan *scan, FerryDevice *device)
{
  g_autofree char *name = scan_link_name (scan, "iommu_group");
  guint64 number;

  if (name != NULL && g_ascii_string_to_unsigned (name, 10, 0, G_MAXINT, &number, NULL))
    device->group = (int) number;
}

static void
read_driver_link (Scan *scan, FerryDevice *device)
{
  g_autofree char *name = scan_link_name (scan, "driver");

  if (name != NULL)
    set_driver (device, name, strlen (name));
}

/* The kernel makes the file "rom" exactly for a device whose ROM range has a size. */
static void
read_resource (Scan *scan, FerryDevice *device)
{
  const char *text = scan_text (scan, "resource");
  FerryBar ranges[FERRY_BAR_N_RANGES];

  if (text == NULL)
    return;
  if (ferry_bars_parse (text, ranges))
    device->rom = ranges[FERRY_BAR_ROM].size > 0 ? FERRY_ANSWER_YES : FERRY_ANSWER_NO;
  memcpy (device->bars, ranges, sizeof device->bars);
}

static void
read_resizable (Scan *scan, FerryDevice *device)
{
  for (int i = 0; i < FERRY_DEVICE_N_BARS; i++)
    {
      char name[32];
      const char *text;
      char *end = NULL;
      guint64 sizes;

      if (!device->bars[i].memory)
        continue;
      g_snprintf (name, sizeof name, "resource%d_resize", i);
      text = scan_text (scan, name);
      if (text == NULL)
        continue;
      sizes = g_ascii_strtoull (text, &end, 16);
      if (end != text && (*end == '\n' || *end == '\0'))
        device->bars[i].resizable = sizes;
    }
}

/* A file of the running system needs a write before it can be read, which is not done here. The
 * helper reads it as root and leaves it below inspect/rom. */
static void
read_rom (Scan *scan, FerryDevice *device)
{
  g_autofree char *inspected = g_strconcat ("inspect/rom/", device->id, NULL);
  g_autofree char *path = g_build_filename (scan->path, "rom", NULL);
  g_autoptr (GBytes) bytes = NULL;

  if (ferry_root_exists (scan->root, path))
    device->rom = FERRY_ANSWER_YES;
  bytes = ferry_root_read_bytes (scan->root, inspected, FERRY_ROM_MAX_SIZE, NULL);
  if (bytes == NULL && device->rom == FERRY_ANSWER_YES && !ferry_root_is_live (scan->root))
    bytes = ferry_root_read_bytes (scan->root, path, FERRY_ROM_MAX_SIZE, NULL);
  if (bytes != NULL)
    device->rom_uefi
        = ferry_rom_parse (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes)).uefi;
}

static FerryAnswer
scan_flag (Scan *scan, const char *name)
{
  const char *text = scan_text (scan, name);

  if (text == NULL || (text[0] != '0' && text[0] != '1') || (text[1] != '\n' && text[1] != '\0'))
    return FERRY_ANSWER_UNKNOWN;
  return text[0] == '1' ? FERRY_ANSWER_YES : FERRY_ANSWER_NO;
}

static gboolean
is_method_name (const char *word)
{
  gsize length = strlen (word);

  for (gsize i = 0; i < length; i++)
    if (!g_ascii_isalnum (word[i]) && word[i] != '_')
      return FALSE;
  return length > 0 && length < 32;
}

static void
read_reset_methods (Scan *scan, FerryDevice *device)
{
  const char *text = scan_text (scan, "reset_method");
  g_autoptr (GPtrArray) methods = NULL;
  g_auto (GStrv) words = NULL;

  if (text == NULL)
    return;
  methods = g_ptr_array_new ();
  words = g_strsplit_set (text, " \n", MAX_RESET_METHODS);
  for (gsize i = 0; words[i] != NULL; i++)
    if (is_method_name (words[i]))
      g_ptr_array_add (methods, g_strdup (words[i]));
  g_ptr_array_add (methods, NULL);
  g_strfreev (device->reset_methods);
  device->reset_methods = (char **) g_ptr_array_free (g_steal_pointer (&methods), FALSE);
  device->reset_known = FERRY_ANSWER_YES;
}

/* All at the end, when it is known which part of the list of names is needed. */
static void
read_names (FerryRoot *root, GPtrArray *devices)
{
  g_autofree char *list = ferry_names_list_find (root);
  g_autoptr (FerryNames) names = ferry_names_new (list);

  for (guint i = 0; i < devices->len; i++)
    {
      FerryDevice *device = g_ptr_array_index (devices, i);

      ferry_names_expect (names, device->vendor, device->device, device->subvendor);
    }
  for (guint i = 0; i < devices->len; i++)
    {
      FerryDevice *device = g_ptr_array_index (devices, i);

      device->vendor_name = ferry_names_get_vendor (names, device->vendor);
      device->device_name = ferry_names_get_device (names, device->vendor, device->device);
      device->class_name = ferry_names_get_class (names, device->class_code);
      device->subsystem_name = ferry_names_get_subsystem (names, device->vendor, device->device,
                                                          device->subvendor, device->subdevice);
    }
}

/* Everything of a device that its folder says. */
static void
read_folder (Scan *scan, FerryDevice *device)
{
  scan->config_size = scan_bytes (scan, "config", scan->config, CONFIG_SIZE);
  if (!read_uevent (scan, device))
    {
      read_id_files (scan, device);
      read_driver_link (scan, device);
    }
  apply_config (scan, device);
  read_group (scan, device);
  read_resource (scan, device);
  if (!device->bridge)
    read_reset_methods (scan, device);
  if (ferry_device_is_display (device))
    device->boot_vga = scan_flag (scan, "boot_vga");
  if (ferry_device_is_display (device) || ferry_device_is_accelerator (device))
    {
      read_resizable (scan, device);
      read_rom (scan, device);
    }
}

static FerryDevice *
read_device (Scan *scan, const char *name, const FerryAddress *address)
{
  FerryDevice *device = g_object_new (FERRY_TYPE_DEVICE, NULL);
  g_autofree char *path = g_strconcat (DEVICES "/", name, NULL);
  g_autofree char *place = ferry_folder_read_link (scan->all, name);
  g_autoptr (FerryFolder) folder = ferry_folder_open (scan->root, path);

  device->address = *address;
  device->id = ferry_address_to_string (address);
  if (place != NULL)
    ferry_topology_place (device, place);
  scan->path = path;
  scan->folder = folder;
  read_folder (scan, device);
  return device;
}

static int
compare_devices (gconstpointer a, gconstpointer b)
{
  FerryDevice *first = *(FerryDevice *const *) a, *second = *(FerryDevice *const *) b;

  return ferry_address_compare (&first->address, &second->address);
}

static char **
list_devices (FerryRoot *root, GError **error)
{
  g_auto (GStrv) names = ferry_root_list (root, DEVICES);

  if (names == NULL && ferry_root_exists (root, DEVICES))
    g_set_error (error, FERRY_ERROR, FERRY_ERROR_DENIED, _ ("The list of devices may not be read"));
  else if (names == NULL)
    g_set_error (error, FERRY_ERROR, FERRY_ERROR_NOT_FOUND, _ ("There is no list of devices"));
  else if (g_strv_length (names) >= FERRY_DEVICE_MAX)
    g_set_error (error, FERRY_ERROR, FERRY_ERROR_TOO_LARGE,
                 _ ("There are more devices than Ferry can handle"));
  else
    return g_steal_pointer (&names);
  return NULL;
}

/**
 * ferry_devices_read:
 *
 * Reads all PCI functions of all domains, with their screens (facts/connector) and places
 * (facts/topology). What one of them does not say stays unknown. Source: sys/bus/pci/devices.
 *
 * Returns: (transfer full) (element-type FerryDevice) (nullable): the devices in address order;
 *   %NULL with %FERRY_ERROR_NOT_FOUND (no PCI here), %FERRY_ERROR_DENIED or
 *   %FERRY_ERROR_TOO_LARGE (more than %FERRY_DEVICE_MAX)
 */
GPtrArray *
ferry_devices_read (FerryRoot *root, GError **error)
{
  g_auto (GStrv) names = list_devices (root, error);
  g_autoptr (FerryFolder) all = NULL;
  g_autofree Scan *scan = NULL;
  GPtrArray *devices;

  if (names == NULL)
    return NULL;
  all = ferry_folder_open (root, DEVICES);
  scan = g_new0 (Scan, 1);
  scan->root = root;
  scan->all = all;
  devices = g_ptr_array_new_full (g_strv_length (names), g_object_unref);
  for (gsize i = 0; all != NULL && names[i] != NULL; i++)
    {
      FerryAddress address;

      if (ferry_address_parse (names[i], &address))
        g_ptr_array_add (devices, read_device (scan, names[i], &address));
    }
  g_ptr_array_sort (devices, compare_devices);
  read_names (root, devices);
  ferry_topology_complete (devices);
  ferry_connectors_read (root, devices);
  return devices;
}
