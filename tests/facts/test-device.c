/* test-device.c: PCI functions as they are read, from good, poor and hostile computers. */
#include "config.h"

#include <string.h>

#include "facts/device.h"
#include "facts/error.h"
#include "facts/tree.h"

#define MANY 4096
/* Generous: a slow computer, under a sanitizer. */
#define SECONDS_FOR_MANY 10

static GPtrArray *
read_tree (FerryTree *tree)
{
  g_autoptr (FerryRoot) root = ferry_tree_open (tree);
  g_autoptr (GError) error = NULL;
  GPtrArray *devices = ferry_devices_read (root, &error);

  g_assert_no_error (error);
  return devices;
}

static FerryDevice *
get (GPtrArray *devices, const char *id)
{
  FerryDevice *device = ferry_devices_find (devices, id);

  if (device == NULL)
    g_error ("%s was not read", id);
  return device;
}

/* Root port 00:01.0 with a GeForce GTX 970 and its sound. */
static void
add_gtx_970 (FerryTree *tree, gboolean flat, gboolean plain)
{
  const char *resource = "0x00000000f6000000 0x00000000f6ffffff 0x0000000000040200\n"
                         "0x00000000e0000000 0x00000000efffffff 0x000000000014220c\n"
                         "0x0000000000000000 0x0000000000000000 0x0000000000000000\n"
                         "0x0000001000000000 0x0000001001ffffff 0x000000000014220c\n"
                         "0x0000000000000000 0x0000000000000000 0x0000000000000000\n"
                         "0x000000000000e000 0x000000000000e07f 0x0000000000040101\n"
                         "0x00000000000c0000 0x00000000000dffff 0x0000000000000212\n"
                         "0x0000000000000000 0x0000000000000000 0x0000000000000000\n";
  const FerryTreeDevice rows[] = {
    { .address = "0000:00:01.0",
      .class_code = 0x060400,
      .vendor = 0x8086,
      .device = 0x0c01,
      .driver = "pcieport",
      .group = "1",
      .secondary = 1,
      .subordinate = 1,
      .flat = flat,
      .plain = plain,
      .revision = 6 },
    { .address = "0000:01:00.0",
      .parent = "0000:00:01.0",
      .class_code = 0x030000,
      .vendor = 0x10de,
      .device = 0x13c2,
      .subvendor = 0x1043,
      .subdevice = 0x8508,
      .revision = 0xa1,
      .driver = "nvidia",
      .group = "1",
      .resource = resource,
      .boot_vga = "1",
      .flat = flat,
      .plain = plain },
    { .address = "0000:01:00.1",
      .parent = "0000:00:01.0",
      .class_code = 0x040300,
      .vendor = 0x10de,
      .device = 0x0fbb,
      .revision = 0xa1,
      .group = "1",
      .reset_method = "flr bus",
      .flat = flat,
      .plain = plain },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    ferry_tree_add_device (tree, &rows[i]);
}

static void
assert_gtx_970 (GPtrArray *devices)
{
  FerryDevice *port = get (devices, "0000:00:01.0"), *card = get (devices, "0000:01:00.0");
  FerryDevice *sound = get (devices, "0000:01:00.1");

  g_assert_cmpuint (devices->len, ==, 3);
  g_assert_true (g_ptr_array_index (devices, 0) == port);
  g_assert_true (port->bridge);
  g_assert_null (port->parent_id);
  g_assert_true (port->placed);
  g_assert_cmpuint (port->secondary, ==, 1);
  g_assert_cmpstr (port->driver, ==, "pcieport");

  g_assert_cmpuint (card->class_code, ==, 0x030000);
  g_assert_cmpuint (card->vendor, ==, 0x10de);
  g_assert_cmpuint (card->device, ==, 0x13c2);
  g_assert_cmpuint (card->subvendor, ==, 0x1043);
  g_assert_cmpuint (card->subdevice, ==, 0x8508);
  g_assert_cmpuint (card->revision, ==, 0xa1);
  g_assert_cmpstr (card->driver, ==, "nvidia");
  g_assert_cmpint (card->group, ==, 1);
  g_assert_cmpstr (card->parent_id, ==, "0000:00:01.0");
  g_assert_true (card->placed);
  g_assert_false (card->bridge);
  g_assert_true (card->responding);
  g_assert_cmpint (card->boot_vga, ==, FERRY_ANSWER_YES);
  g_assert_cmpint (card->rom, ==, FERRY_ANSWER_YES);
  g_assert_cmpint (card->rom_uefi, ==, FERRY_ANSWER_UNKNOWN);
  g_assert_cmpint (card->reset_known, ==, FERRY_ANSWER_UNKNOWN);

  g_assert_null (sound->driver);
  g_assert_cmpint (sound->boot_vga, ==, FERRY_ANSWER_UNKNOWN);
  g_assert_cmpint (sound->rom, ==, FERRY_ANSWER_NO);
  g_assert_cmpint (sound->reset_known, ==, FERRY_ANSWER_YES);
  g_assert_cmpstr (sound->reset_methods[0], ==, "flr");
  g_assert_cmpstr (sound->reset_methods[1], ==, "bus");
  g_assert_null (sound->reset_methods[2]);
}

/* As the kernel shows it; without links and uevent; and each of them alone. */
static void
test_layouts (void)
{
  for (int i = 0; i < 4; i++)
    {
      g_autoptr (FerryTree) tree = ferry_tree_new ();
      g_autoptr (GPtrArray) devices = NULL;

      add_gtx_970 (tree, (i & 1) != 0, (i & 2) != 0);
      devices = read_tree (tree);
      assert_gtx_970 (devices);
    }
}

static void
test_names (void)
{
  g_autoptr (FerryTree) tree = ferry_tree_new ();
  g_autoptr (GPtrArray) devices = NULL;
  g_autofree char *text = NULL;
  FerryDevice *card;

  add_gtx_970 (tree, FALSE, FALSE);
  devices = read_tree (tree);
  card = get (devices, "0000:01:00.0");
  g_assert_cmpstr (card->device_name, ==, "GM204 [GeForce GTX 970]");
  g_assert_cmpstr (card->vendor_name, ==, "NVIDIA Corporation");
  g_assert_cmpstr (card->class_name, ==, "VGA compatible controller");
  g_assert_true (g_str_has_prefix (card->subsystem_name, "ASUSTeK"));
  text = ferry_device_describe (card);
  g_assert_cmpstr (text, ==, "NVIDIA Corporation GM204 [GeForce GTX 970]");
  g_assert_cmpstr (get (devices, "0000:01:00.1")->subsystem_name, ==, "");
}

static void
test_bars (void)
{
  g_autoptr (FerryTree) tree = ferry_tree_new ();
  g_autoptr (GPtrArray) devices = NULL;
  const FerryBar *bars;

  add_gtx_970 (tree, FALSE, FALSE);
  ferry_tree_add_file (tree, "sys/bus/pci/devices/0000:01:00.0/resource1_resize",
                       "000000000000ffc0\n");
  ferry_tree_add_file (tree, "sys/bus/pci/devices/0000:01:00.0/resource3_resize", "zz\n");
  devices = read_tree (tree);
  bars = get (devices, "0000:01:00.0")->bars;
  g_assert_cmpuint (bars[0].size, ==, 16 << 20);
  g_assert_true (bars[0].memory && !bars[0].wide && !bars[0].prefetchable);
  g_assert_cmpuint (bars[1].start, ==, 0xe0000000);
  g_assert_cmpuint (bars[1].size, ==, 256 << 20);
  g_assert_true (bars[1].memory && bars[1].wide && bars[1].prefetchable);
  g_assert_cmpuint (bars[1].resizable, ==, 0xffc0);
  g_assert_cmpuint (bars[2].size, ==, 0);
  g_assert_cmpuint (bars[3].start, ==, G_GUINT64_CONSTANT (0x1000000000));
  g_assert_cmpuint (bars[3].resizable, ==, 0);
  g_assert_false (bars[5].memory);
  g_assert_cmpuint (bars[5].size, ==, 128);
}

static void
test_connectors (void)
{
  g_autoptr (FerryTree) tree = ferry_tree_new ();
  g_autoptr (GPtrArray) devices = NULL;
  const FerryTreeDevice far
      = { .address = "000d:03:00.0", .class_code = 0x030000, .vendor = 0x1002, .device = 0x7480 };
  const FerryConnector *first, *second, *far_socket;
  FerryDevice *card;

  add_gtx_970 (tree, FALSE, FALSE);
  ferry_tree_add_device (tree, &far);
  ferry_tree_add_connector (tree, "0000:01:00.0", 1, "DP-1", "disconnected");
  ferry_tree_add_connector (tree, "0000:01:00.0", 1, "HDMI-A-1", "connected");
  ferry_tree_add_connector (tree, "0000:01:00.0", 1, "Writeback-1", "unknown");
  ferry_tree_add_connector (tree, "000d:03:00.0", 10, "DP-1", "unknown");
  ferry_tree_add_file (tree, "sys/class/drm/version", "drm 1.1.0\n");
  ferry_tree_add_file (tree, "sys/class/drm/card7-DP-1/status", "connected\n");
  ferry_tree_add_link (tree, "sys/class/drm/card8", "../../devices/nowhere/0000:77:00.0/drm/card8");
  devices = read_tree (tree);
  card = get (devices, "0000:01:00.0");
  g_assert_cmpuint (card->connectors->len, ==, 2);
  first = g_ptr_array_index (card->connectors, 0);
  second = g_ptr_array_index (card->connectors, 1);
  g_assert_cmpstr (first->name, ==, "DP-1");
  g_assert_cmpint (first->connected, ==, FERRY_ANSWER_NO);
  g_assert_cmpstr (second->name, ==, "HDMI-A-1");
  g_assert_cmpint (second->connected, ==, FERRY_ANSWER_YES);
  g_assert_cmpuint (get (devices, "000d:03:00.0")->connectors->len, ==, 1);
  far_socket = g_ptr_array_index (get (devices, "000d:03:00.0")->connectors, 0);
  g_assert_cmpint (far_socket->connected, ==, FERRY_ANSWER_UNKNOWN);
}

/* A ROM of one EFI image, in 512 bytes. */
static void
fill_rom (guint8 *rom)
{
  memset (rom, 0, 512);
  memcpy (rom, "\x55\xaa\x01\x00\xf1\x0e\x00\x00", 8);
  rom[0x18] = 0x1c;
  memcpy (rom + 0x1c, "PCIR\xde\x10\xc2\x13", 8);
  rom[0x1c + 0x0a] = 0x18;
  rom[0x1c + 0x10] = 1;
  rom[0x1c + 0x14] = 3;
  rom[0x1c + 0x15] = 0x80;
}

static void
test_rom (void)
{
  static const char *const paths[]
      = { "sys/bus/pci/devices/0000:01:00.0/rom", "inspect/rom/0000:01:00.0" };
  guint8 rom[512];

  fill_rom (rom);
  for (gsize i = 0; i < G_N_ELEMENTS (paths); i++)
    {
      g_autoptr (FerryTree) tree = ferry_tree_new ();
      g_autoptr (GPtrArray) devices = NULL;

      add_gtx_970 (tree, FALSE, FALSE);
      ferry_tree_add_bytes (tree, paths[i], rom, sizeof rom);
      devices = read_tree (tree);
      g_assert_cmpint (get (devices, "0000:01:00.0")->rom_uefi, ==, FERRY_ANSWER_YES);
    }
}

/* The file is there and says nothing: what a recording keeps of a file that only root may read. */
static void
test_rom_empty (void)
{
  g_autoptr (FerryTree) tree = ferry_tree_new ();
  g_autoptr (GPtrArray) devices = NULL;

  add_gtx_970 (tree, FALSE, FALSE);
  ferry_tree_add_file (tree, "sys/bus/pci/devices/0000:01:00.0/rom", "");
  devices = read_tree (tree);
  g_assert_cmpint (get (devices, "0000:01:00.0")->rom, ==, FERRY_ANSWER_YES);
  g_assert_cmpint (get (devices, "0000:01:00.0")->rom_uefi, ==, FERRY_ANSWER_UNKNOWN);
}

/* All ones: asleep. The revision is then the one that the kernel remembers. */
static void
test_asleep (void)
{
  g_autoptr (FerryTree) tree = ferry_tree_new ();
  g_autoptr (GPtrArray) devices = NULL;
  const FerryTreeDevice remembered = { .address = "0000:01:00.0",
                                       .class_code = 0x030200,
                                       .vendor = 0x10de,
                                       .device = 0x13c2,
                                       .revision = 0xa2,
                                       .plain = TRUE,
                                       .asleep = TRUE };
  const FerryTreeDevice unknown = { .address = "0000:02:00.0",
                                    .class_code = 0x030200,
                                    .vendor = 0x10de,
                                    .device = 0x13c2,
                                    .asleep = TRUE };
  const FerryTreeDevice port = { .address = "0000:00:01.0",
                                 .class_code = 0x060400,
                                 .vendor = 0x8086,
                                 .device = 0x1901,
                                 .asleep = TRUE };

  ferry_tree_add_device (tree, &remembered);
  ferry_tree_add_device (tree, &unknown);
  ferry_tree_add_device (tree, &port);
  devices = read_tree (tree);
  g_assert_false (get (devices, "0000:01:00.0")->responding);
  g_assert_cmpuint (get (devices, "0000:01:00.0")->revision, ==, 0xa2);
  g_assert_false (get (devices, "0000:01:00.0")->bridge);
  g_assert_cmpuint (get (devices, "0000:02:00.0")->revision, ==, 0xff);
  g_assert_true (get (devices, "0000:00:01.0")->bridge);
  g_assert_cmpuint (get (devices, "0000:00:01.0")->secondary, ==, 0);
}

/* Behind a VMD controller is a domain of its own. */
static void
test_vmd (void)
{
  g_autoptr (FerryTree) tree = ferry_tree_new ();
  g_autoptr (GPtrArray) devices = NULL;
  const FerryTreeDevice rows[] = {
    { .address = "0000:00:0e.0", .class_code = 0x010400, .vendor = 0x8086, .device = 0x467f },
    { .address = "10000:e0:06.0",
      .parent = "0000:00:0e.0",
      .class_code = 0x060400,
      .vendor = 0x8086,
      .device = 0x464d,
      .secondary = 0xe1,
      .subordinate = 0xe1 },
    { .address = "10000:e1:00.0",
      .parent = "10000:e0:06.0",
      .class_code = 0x010802,
      .vendor = 0x1c5c,
      .device = 0x1959 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    ferry_tree_add_device (tree, &rows[i]);
  devices = read_tree (tree);
  g_assert_null (get (devices, "10000:e0:06.0")->parent_id);
  g_assert_true (get (devices, "10000:e0:06.0")->placed);
  g_assert_cmpstr (get (devices, "10000:e1:00.0")->parent_id, ==, "10000:e0:06.0");
  g_assert_cmpuint (get (devices, "10000:e1:00.0")->address.domain, ==, 0x10000);
}

/* Bus numbers that lead round in a circle must not put a device above itself. */
static void
test_wrong_bus_numbers (void)
{
  g_autoptr (FerryTree) tree = ferry_tree_new ();
  g_autoptr (GPtrArray) devices = NULL;
  const FerryTreeDevice rows[] = {
    { .address = "0000:01:00.0", .class_code = 0x060400, .secondary = 1, .flat = TRUE },
    { .address = "0000:02:00.0", .class_code = 0x060400, .secondary = 1, .flat = TRUE },
    { .address = "0000:01:01.0", .class_code = 0x060400, .secondary = 2, .flat = TRUE },
    { .address = "0000:03:00.0", .class_code = 0x020000, .flat = TRUE },
    { .address = "0001:03:00.0", .class_code = 0x020000, .flat = TRUE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    ferry_tree_add_device (tree, &rows[i]);
  devices = read_tree (tree);
  g_assert_null (get (devices, "0000:01:00.0")->parent_id);
  g_assert_null (get (devices, "0000:01:01.0")->parent_id);
  g_assert_cmpstr (get (devices, "0000:02:00.0")->parent_id, ==, "0000:01:01.0");
  g_assert_true (get (devices, "0000:03:00.0")->placed);
  g_assert_false (get (devices, "0001:03:00.0")->placed);
}

static void
test_bmc (void)
{
  static const struct
  {
    guint16 vendor, device;
    gboolean bmc;
  } rows[] = { { 0x1a03, 0x2000, TRUE },  { 0x1a03, 0x1150, FALSE }, { 0x102b, 0x0522, TRUE },
               { 0x102b, 0x0524, TRUE },  { 0x102b, 0x0533, TRUE },  { 0x102b, 0x0536, TRUE },
               { 0x102b, 0x0538, TRUE },  { 0x102b, 0x0521, FALSE }, { 0x19e5, 0x1711, TRUE },
               { 0x19e5, 0x1710, FALSE }, { 0x18ca, 0x0021, TRUE },  { 0x18ca, 0x0040, FALSE },
               { 0x10de, 0x2000, FALSE }, { 0x1002, 0x515e, TRUE } };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (FerryDevice) device = g_object_new (FERRY_TYPE_DEVICE, NULL);

      device->class_code = 0x030000;
      device->vendor = rows[i].vendor;
      device->device = rows[i].device;
      g_assert_cmpint (ferry_device_is_bmc (device), ==, rows[i].bmc);
    }
}

static void
test_errors (void)
{
  g_autoptr (FerryTree) tree = ferry_tree_new ();
  g_autoptr (FerryRoot) root = ferry_tree_open (tree);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) devices = ferry_devices_read (root, &error);

  g_assert_null (devices);
  g_assert_error (error, FERRY_ERROR, FERRY_ERROR_NOT_FOUND);
  g_clear_error (&error);
  ferry_tree_add_file (tree, "sys/bus/pci/devices", "a file");
  devices = ferry_devices_read (root, &error);
  g_assert_null (devices);
  g_assert_error (error, FERRY_ERROR, FERRY_ERROR_DENIED);
}

/* Nothing, garbage, or things of another kind in the place of each file. */
static void
test_garbage (void)
{
  g_autoptr (FerryTree) tree = ferry_tree_new ();
  g_autoptr (GPtrArray) devices = NULL;
  static const char *const names[]
      = { "uevent",           "vendor",   "device",   "class", "revision",     "config",
          "subsystem_vendor", "resource", "boot_vga", "rom",   "reset_method", "subsystem_device" };
  static const char *const texts[] = { "",
                                       "\xff\xfe\x01",
                                       "0x",
                                       "0xfffffffffffffffffffffffff\n",
                                       "-1\n",
                                       "PCI_CLASS=\nPCI_ID=:\nDRIVER=\n",
                                       "PCI_CLASS=30000\nPCI_ID=10DE\n",
                                       "PCI_CLASS=30000\nPCI_ID=10DE:13C2\nDRIVER=\x01\x02\x1b\n" };

  ferry_tree_add_folder (tree, "sys/bus/pci/devices/0000:00:00.0");
  ferry_tree_add_file (tree, "sys/bus/pci/devices/not-an-address", "");
  ferry_tree_add_link (tree, "sys/bus/pci/devices/0000:00:1f.7", "../../../devices/gone");
  ferry_tree_add_link (tree, "sys/bus/pci/devices/0000:00:1f.6", "0000:00:1f.6");
  ferry_tree_add_file (tree, "sys/bus/pci/devices/0000:00:1f.5", "a file");
  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    for (gsize j = 0; j < G_N_ELEMENTS (names); j++)
      {
        g_autofree char *path
            = g_strdup_printf ("sys/bus/pci/devices/%04zx:00:00.0/%s", i + 1, names[j]);
        ferry_tree_add_file (tree, path, texts[i]);
      }
  ferry_tree_add_link (tree, "sys/bus/pci/devices/0001:00:00.0/iommu_group", "a/-7");
  ferry_tree_add_link (tree, "sys/bus/pci/devices/0002:00:00.0/iommu_group", "99999999999999999");
  ferry_tree_add_link (tree, "sys/bus/pci/devices/0003:00:00.0/iommu_group", "/");
  ferry_tree_add_link (tree, "sys/bus/pci/devices/0004:00:00.0/iommu_group", "../gone/12");
  ferry_tree_add_link (tree, "sys/bus/pci/devices/0004:00:00.0/driver", "../gone/vfio-pci");

  devices = read_tree (tree);
  g_assert_cmpuint (devices->len, ==, G_N_ELEMENTS (texts) + 4);
  g_assert_cmpint (get (devices, "0001:00:00.0")->group, ==, FERRY_DEVICE_NO_GROUP);
  g_assert_cmpint (get (devices, "0002:00:00.0")->group, ==, FERRY_DEVICE_NO_GROUP);
  g_assert_cmpint (get (devices, "0003:00:00.0")->group, ==, FERRY_DEVICE_NO_GROUP);
  g_assert_cmpint (get (devices, "0004:00:00.0")->group, ==, 12);
  g_assert_cmpstr (get (devices, "0004:00:00.0")->driver, ==, "vfio-pci");
  g_assert_null (get (devices, "0008:00:00.0")->driver);
  g_assert_cmpuint (get (devices, "0008:00:00.0")->device, ==, 0x13c2);
  g_assert_cmpstr (get (devices, "0000:00:00.0")->device_name, ==, "Device 0000");
  for (guint i = 0; i < devices->len; i++)
    {
      FerryDevice *device = g_ptr_array_index (devices, i);

      g_assert_nonnull (device->vendor_name);
      g_assert_nonnull (device->class_name);
      g_assert_nonnull (device->subsystem_name);
      g_assert_true (device->driver == NULL || g_utf8_validate (device->driver, -1, NULL));
    }
}

/* Where uevent and the files of ids are gone, the configuration space still has them. */
static void
test_config_alone (void)
{
  g_autoptr (FerryTree) tree = ferry_tree_new ();
  g_autoptr (GPtrArray) devices = NULL;

  add_gtx_970 (tree, FALSE, FALSE);
  ferry_tree_remove (tree, "sys/devices/pci0000:00/0000:00:01.0/0000:01:00.0/uevent");
  devices = read_tree (tree);
  g_assert_cmpuint (get (devices, "0000:01:00.0")->device, ==, 0x13c2);
  g_assert_cmpuint (get (devices, "0000:01:00.0")->class_code, ==, 0x030000);
  g_assert_cmpstr (get (devices, "0000:01:00.0")->driver, ==, "nvidia");
}

/* Order is by number: bus ff before domain 1, domain ffff before 10000. */
static void
test_many (void)
{
  g_autoptr (FerryTree) tree = ferry_tree_new ();
  g_autoptr (GPtrArray) devices = NULL;
  gint64 start;
  guint in_group = 0;

  for (guint i = 0; i < MANY; i++)
    {
      guint bus = i / 16, slot = i / 8 % 2, function = i % 8;
      guint domain = i < MANY / 2 ? 0 : i < MANY * 3 / 4 ? 0xffff : 0x10000;
      g_autofree char *folder
          = g_strdup_printf ("sys/bus/pci/devices/%04x:%02x:%02x.%u", domain, bus, slot, function);
      g_autofree char *uevent = g_build_filename (folder, "uevent", NULL);
      g_autofree char *link = g_build_filename (folder, "iommu_group", NULL);
      g_autofree char *text = g_strdup_printf ("PCI_CLASS=20000\nPCI_ID=8086:%04X\n", i);
      g_autofree char *group = g_strdup_printf ("../groups/%u", i < 200 ? 0 : i);

      /* No more files than that: making them takes much longer than reading them. */
      ferry_tree_add_file (tree, uevent, text);
      ferry_tree_add_link (tree, link, group);
    }
  start = g_get_monotonic_time ();
  devices = read_tree (tree);
  g_test_message ("%d devices in %" G_GINT64_FORMAT " us", MANY, g_get_monotonic_time () - start);
  g_assert_cmpint (g_get_monotonic_time () - start, <, SECONDS_FOR_MANY * G_USEC_PER_SEC);
  g_assert_cmpuint (devices->len, ==, MANY);
  for (guint i = 0; i < devices->len; i++)
    {
      FerryDevice *device = g_ptr_array_index (devices, i);

      g_assert_cmpuint (device->device, ==, i);
      g_assert_true (ferry_devices_find (devices, device->id) == device);
      in_group += device->group == 0;
    }
  g_assert_cmpuint (in_group, ==, 200);
  g_assert_null (ferry_devices_find (devices, "0000:ff:1f.7"));
  g_assert_null (ferry_devices_find (devices, "garbage"));
  g_assert_null (ferry_devices_find (devices, NULL));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/device/layouts", test_layouts);
  g_test_add_func ("/device/names", test_names);
  g_test_add_func ("/device/bars", test_bars);
  g_test_add_func ("/device/connectors", test_connectors);
  g_test_add_func ("/device/rom", test_rom);
  g_test_add_func ("/device/rom-empty", test_rom_empty);
  g_test_add_func ("/device/asleep", test_asleep);
  g_test_add_func ("/device/vmd", test_vmd);
  g_test_add_func ("/device/wrong-bus-numbers", test_wrong_bus_numbers);
  g_test_add_func ("/device/bmc", test_bmc);
  g_test_add_func ("/device/errors", test_errors);
  g_test_add_func ("/device/garbage", test_garbage);
  g_test_add_func ("/device/config-alone", test_config_alone);
  g_test_add_func ("/device/many", test_many);
  return g_test_run ();
}
