/* tree.c: see tree.h. */
#include "config.h"

#include <errno.h>
#include <ftw.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>
#include <glib/gstdio.h>

#include "facts/tree.h"

#define MEMORY "/dev/shm"
#define MEMORY_WANTED (G_GUINT64_CONSTANT (1) << 30)

struct _FerryTree
{
  char *folder;
  GHashTable *devices; /* address to path */
  GHashTable *disks;   /* name to path */
};

/* Thousands of small files take a second in memory and a minute on a busy disk. */
static const char *
choose_place (void)
{
  struct statvfs info;

  if (g_getenv ("TMPDIR") != NULL || access (MEMORY, W_OK | X_OK) != 0
      || statvfs (MEMORY, &info) != 0 || (guint64) info.f_bavail * info.f_frsize < MEMORY_WANTED)
    return g_get_tmp_dir ();
  return MEMORY;
}

/**
 * ferry_tree_new:
 *
 * Returns: (transfer full): an empty root; the folder goes away with it
 */
FerryTree *
ferry_tree_new (void)
{
  FerryTree *tree = g_new0 (FerryTree, 1);

  tree->folder = g_build_filename (choose_place (), "ferry-tree-XXXXXX", NULL);
  g_assert_nonnull (g_mkdtemp (tree->folder));
  tree->devices = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  tree->disks = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  return tree;
}

static int
remove_entry (const char *path, const struct stat *info, int type, struct FTW *walk)
{
  return remove (path);
}

void
ferry_tree_free (FerryTree *tree)
{
  nftw (tree->folder, remove_entry, 32, FTW_DEPTH | FTW_PHYS);
  g_hash_table_unref (tree->devices);
  g_hash_table_unref (tree->disks);
  g_free (tree->folder);
  g_free (tree);
}

const char *
ferry_tree_get_folder (FerryTree *tree)
{
  return tree->folder;
}

/**
 * ferry_tree_open:
 *
 * Returns: (transfer full): a root that reads this tree
 */
FerryRoot *
ferry_tree_open (FerryTree *tree)
{
  g_autoptr (GError) error = NULL;
  FerryRoot *root = ferry_root_new (tree->folder, &error);

  g_assert_no_error (error);
  return root;
}

/* The full name of @path; the folders above it are made. */
static char *
prepare (FerryTree *tree, const char *path)
{
  g_autofree char *full = g_build_filename (tree->folder, path, NULL);
  g_autofree char *above = g_path_get_dirname (full);

  g_assert_cmpint (g_mkdir_with_parents (above, 0755), ==, 0);
  return g_steal_pointer (&full);
}

void
ferry_tree_add_bytes (FerryTree *tree, const char *path, const void *data, gsize size)
{
  g_autofree char *full = prepare (tree, path);
  FILE *file = fopen (full, "wbe");

  g_assert_nonnull (file);
  g_assert_cmpuint (fwrite (data, 1, size, file), ==, size);
  g_assert_cmpint (fclose (file), ==, 0);
}

void
ferry_tree_add_file (FerryTree *tree, const char *path, const char *text)
{
  ferry_tree_add_bytes (tree, path, text, strlen (text));
}

/**
 * ferry_tree_add_program:
 *
 * An empty file that may be executed.
 */
void
ferry_tree_add_program (FerryTree *tree, const char *path)
{
  g_autofree char *full = g_build_filename (tree->folder, path, NULL);

  ferry_tree_add_bytes (tree, path, "", 0);
  g_assert_cmpint (g_chmod (full, 0755), ==, 0);
}

void
ferry_tree_add_folder (FerryTree *tree, const char *path)
{
  g_autofree char *full = g_build_filename (tree->folder, path, NULL);

  g_assert_cmpint (g_mkdir_with_parents (full, 0755), ==, 0);
}

/**
 * ferry_tree_add_link:
 * @target: as readlink(2) shall give it; need not exist
 */
void
ferry_tree_add_link (FerryTree *tree, const char *path, const char *target)
{
  g_autofree char *full = prepare (tree, path);

  if (symlink (target, full) != 0)
    g_error ("symlink %s: %s", full, g_strerror (errno));
}

/**
 * ferry_tree_add_link_to:
 * @target_path: relative to the root; the link is written relative to its own place, as in sysfs
 */
void
ferry_tree_add_link_to (FerryTree *tree, const char *path, const char *target_path)
{
  g_autoptr (GString) target = g_string_new (NULL);

  for (const char *slash = strchr (path, '/'); slash != NULL; slash = strchr (slash + 1, '/'))
    g_string_append (target, "../");
  g_string_append (target, target_path);
  ferry_tree_add_link (tree, path, target->str);
}

void
ferry_tree_remove (FerryTree *tree, const char *path)
{
  g_autofree char *full = g_build_filename (tree->folder, path, NULL);

  g_assert_cmpint (nftw (full, remove_entry, 32, FTW_DEPTH | FTW_PHYS), ==, 0);
}

/* Where the kernel puts the device: below its bridge, or below "pciDDDD:BB" on a root bus. */
static char *
choose_device_path (FerryTree *tree, const FerryTreeDevice *device)
{
  FerryAddress address, above;
  const char *parent = NULL;

  if (device->flat)
    return g_build_filename ("sys/bus/pci/devices", device->address, NULL);
  if (device->parent != NULL)
    {
      parent = g_hash_table_lookup (tree->devices, device->parent);
      g_assert_nonnull (parent);
    }
  if (!ferry_address_parse (device->address, &address))
    return g_build_filename (parent != NULL ? parent : "sys/devices/pci0000:00", device->address,
                             NULL);
  if (parent != NULL && ferry_address_parse (device->parent, &above)
      && above.domain == address.domain)
    return g_build_filename (parent, device->address, NULL);
  return g_strdup_printf ("%s/pci%04x:%02x/%s", parent != NULL ? parent : "sys/devices",
                          address.domain, address.bus, device->address);
}

static void
put_16 (guint8 *bytes, gsize offset, guint16 value)
{
  bytes[offset] = (guint8) value;
  bytes[offset + 1] = (guint8) (value >> 8);
}

/* The first 64 bytes of the configuration space: PCI Local Bus Specification 3.0, 6.1. */
static void
add_config (FerryTree *tree, const char *path, const FerryTreeDevice *device)
{
  g_autofree char *file = g_build_filename (path, "config", NULL);
  gboolean bridge = device->class_code >> 8 == 0x0604;
  guint8 bytes[64] = { 0 };

  put_16 (bytes, 0x00, device->vendor);
  put_16 (bytes, 0x02, device->device);
  bytes[0x08] = device->revision;
  bytes[0x09] = (guint8) device->class_code;
  put_16 (bytes, 0x0a, (guint16) (device->class_code >> 8));
  bytes[0x0e] = bridge ? 1 : 0;
  if (bridge)
    {
      bytes[0x19] = device->secondary;
      bytes[0x1a] = device->subordinate;
    }
  else
    {
      put_16 (bytes, 0x2c, device->subvendor);
      put_16 (bytes, 0x2e, device->subdevice);
    }
  if (device->asleep)
    memset (bytes, 0xff, sizeof bytes);
  ferry_tree_add_bytes (tree, file, bytes, sizeof bytes);
}

/* One file below the device with a line made by @format; none where the line is empty. */
static void G_GNUC_PRINTF (4, 5)
    add_line (FerryTree *tree, const char *path, const char *name, const char *format, ...)
{
  g_autofree char *file = g_build_filename (path, name, NULL);
  g_autofree char *line = NULL;
  g_autofree char *text = NULL;
  va_list arguments;

  va_start (arguments, format);
  line = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  text = g_strconcat (line, "\n", NULL);
  ferry_tree_add_file (tree, file, text);
}

static void
add_ids (FerryTree *tree, const char *path, const FerryTreeDevice *device)
{
  if (device->plain)
    {
      add_line (tree, path, "vendor", "0x%04x", device->vendor);
      add_line (tree, path, "device", "0x%04x", device->device);
      add_line (tree, path, "class", "0x%06x", device->class_code);
      add_line (tree, path, "revision", "0x%02x", device->revision);
      add_line (tree, path, "subsystem_vendor", "0x%04x", device->subvendor);
      add_line (tree, path, "subsystem_device", "0x%04x", device->subdevice);
      return;
    }
  add_line (tree, path, "uevent",
            "%s%s%sPCI_CLASS=%X\nPCI_ID=%04X:%04X\nPCI_SUBSYS_ID=%04X:%04X\nPCI_SLOT_NAME=%s",
            device->driver != NULL ? "DRIVER=" : "", device->driver != NULL ? device->driver : "",
            device->driver != NULL ? "\n" : "", device->class_code, device->vendor, device->device,
            device->subvendor, device->subdevice, device->address);
}

static void
add_resource (FerryTree *tree, const char *path, const char *text)
{
  g_autofree char *file = g_build_filename (path, "resource", NULL);
  g_autoptr (GString) empty = g_string_new (NULL);

  for (int i = 0; i < 13; i++)
    g_string_append (empty, "0x0000000000000000 0x0000000000000000 0x0000000000000000\n");
  ferry_tree_add_file (tree, file, text != NULL ? text : empty->str);
}

static void
add_links (FerryTree *tree, const char *path, const FerryTreeDevice *device)
{
  if (!device->flat)
    {
      g_autofree char *link = g_build_filename ("sys/bus/pci/devices", device->address, NULL);
      ferry_tree_add_link_to (tree, link, path);
    }
  if (device->driver != NULL)
    {
      g_autofree char *link = g_build_filename (path, "driver", NULL);
      g_autofree char *target = g_build_filename ("sys/bus/pci/drivers", device->driver, NULL);
      ferry_tree_add_folder (tree, target);
      ferry_tree_add_link_to (tree, link, target);
    }
  if (device->group != NULL)
    {
      g_autofree char *link = g_build_filename (path, "iommu_group", NULL);
      g_autofree char *group = g_build_filename ("sys/kernel/iommu_groups", device->group, NULL);
      g_autofree char *back = g_build_filename (group, "devices", device->address, NULL);
      ferry_tree_add_link_to (tree, back, path);
      ferry_tree_add_link_to (tree, link, group);
    }
}

/**
 * ferry_tree_add_device:
 *
 * Adds a PCI function. A parent must have been added before.
 */
void
ferry_tree_add_device (FerryTree *tree, const FerryTreeDevice *device)
{
  g_autofree char *path = choose_device_path (tree, device);

  add_ids (tree, path, device);
  if (!device->no_config)
    add_config (tree, path, device);
  add_resource (tree, path, device->resource);
  if (device->boot_vga != NULL)
    add_line (tree, path, "boot_vga", "%s", device->boot_vga);
  if (device->reset_method != NULL)
    add_line (tree, path, "reset_method", "%s", device->reset_method);
  add_links (tree, path, device);
  g_hash_table_replace (tree->devices, g_strdup (device->address), g_steal_pointer (&path));
}

/**
 * ferry_tree_add_cards:
 *
 * Adds an Intel processor's own graphics, and a card of NVIDIA in a group of its own.
 */
void
ferry_tree_add_cards (FerryTree *tree)
{
  ferry_tree_add_device (tree, &(FerryTreeDevice){ .address = "0000:00:02.0", .class_code = 0x030000,
                                                   .vendor = 0x8086, .device = 0x0412,
                                                   .driver = "i915", .group = "2" });
  ferry_tree_add_device (tree, &(FerryTreeDevice){ .address = "0000:01:00.0", .class_code = 0x030000,
                                                   .vendor = 0x10de, .device = 0x13c2,
                                                   .driver = "nouveau", .group = "1" });
}

/**
 * ferry_tree_get_device_path:
 *
 * Returns: (transfer none): where the device is, relative to the root
 */
const char *
ferry_tree_get_device_path (FerryTree *tree, const char *address)
{
  const char *path = g_hash_table_lookup (tree->devices, address);

  g_assert_nonnull (path);
  return path;
}

/**
 * ferry_tree_add_connector:
 * @card: number of the DRM device, 0 for "card0"
 * @name: "HDMI-A-1"
 * @status: "connected", "disconnected" or "unknown"
 */
void
ferry_tree_add_connector (FerryTree *tree, const char *address, guint card, const char *name,
                          const char *status)
{
  const char *device = ferry_tree_get_device_path (tree, address);
  g_autofree char *path = g_strdup_printf ("%s/drm/card%u", device, card);
  g_autofree char *class_link = g_strdup_printf ("sys/class/drm/card%u", card);
  g_autofree char *back = g_build_filename (path, "device", NULL);
  g_autofree char *connector = g_strdup_printf ("%s/card%u-%s", path, card, name);
  g_autofree char *connector_link = g_strdup_printf ("%s-%s", class_link, name);
  g_autofree char *full = g_build_filename (tree->folder, class_link, NULL);

  if (!g_file_test (full, G_FILE_TEST_EXISTS))
    {
      ferry_tree_add_link_to (tree, class_link, path);
      ferry_tree_add_link_to (tree, back, device);
    }
  add_line (tree, connector, "status", "%s", status);
  ferry_tree_add_link_to (tree, connector_link, connector);
}

/* Makes a block device in the folder @path and its two links. */
static void
add_block (FerryTree *tree, const char *path, const char *name, const char *number)
{
  g_autofree char *by_number = g_build_filename ("sys/dev/block", number, NULL);
  g_autofree char *by_name = g_build_filename ("sys/class/block", name, NULL);

  add_line (tree, path, "dev", "%s", number);
  ferry_tree_add_link_to (tree, by_number, path);
  ferry_tree_add_link_to (tree, by_name, path);
  g_hash_table_replace (tree->disks, g_strdup (name), g_strdup (path));
}

/**
 * ferry_tree_add_disk:
 * @folder: what the disk hangs on, relative to the root ("sys/devices/virtual" for none)
 * @number: "259:0"
 */
void
ferry_tree_add_disk (FerryTree *tree, const char *folder, const char *name, const char *number)
{
  g_autofree char *path = g_build_filename (folder, "block", name, NULL);
  g_autofree char *link = g_build_filename ("sys/block", name, NULL);

  add_block (tree, path, name, number);
  ferry_tree_add_link_to (tree, link, path);
}

void
ferry_tree_add_partition (FerryTree *tree, const char *disk, const char *name, const char *number)
{
  const char *above = g_hash_table_lookup (tree->disks, disk);
  g_autofree char *path = NULL;

  g_assert_nonnull (above);
  path = g_build_filename (above, name, NULL);
  add_block (tree, path, name, number);
  add_line (tree, path, "partition", "1");
}

/**
 * ferry_tree_add_network:
 * @address: (nullable): %NULL for an interface without hardware, such as a bridge
 */
void
ferry_tree_add_network (FerryTree *tree, const char *address, const char *name)
{
  const char *device = address != NULL ? ferry_tree_get_device_path (tree, address) : NULL;
  g_autofree char *path
      = g_build_filename (device != NULL ? device : "sys/devices/virtual", "net", name, NULL);
  g_autofree char *link = g_build_filename ("sys/class/net", name, NULL);
  g_autofree char *back = g_build_filename (path, "device", NULL);

  add_line (tree, path, "operstate", "up");
  ferry_tree_add_link_to (tree, link, path);
  if (device != NULL)
    ferry_tree_add_link_to (tree, back, device);
}
