/* test-needs.c: what the running host needs, through every way from a mount to the hardware. */
#include "config.h"

#include <string.h>

#include "facts/needs.h"
#include "facts/tree.h"

#define SATA "0000:00:17.0"
#define NVME "0000:02:00.0"
#define LAN "0000:03:00.0"
#define USB "0000:00:14.0"
#define USB2 "0000:00:1a.0"
#define PORT "0000:00:1c.0"

typedef struct
{
  FerryTree *tree;
  GPtrArray *devices;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  const FerryTreeDevice rows[] = {
    { .address = USB, .class_code = 0x0c0330, .vendor = 0x8086, .device = 0xa12f },
    { .address = SATA, .class_code = 0x010601, .vendor = 0x8086, .device = 0xa102 },
    { .address = USB2, .class_code = 0x0c0320, .vendor = 0x8086, .device = 0x8c2d },
    { .address = PORT, .class_code = 0x060400, .vendor = 0x8086, .device = 0xa110 },
    { .address = NVME, .parent = PORT, .class_code = 0x010802, .vendor = 0x144d },
    { .address = LAN, .parent = PORT, .class_code = 0x020000, .vendor = 0x8086 },
  };

  fixture->tree = ferry_tree_new ();
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    ferry_tree_add_device (fixture->tree, &rows[i]);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_clear_pointer (&fixture->devices, g_ptr_array_unref);
  ferry_tree_free (fixture->tree);
}

static void
find (Fixture *fixture)
{
  g_autoptr (FerryRoot) root = ferry_tree_open (fixture->tree);

  fixture->devices = ferry_devices_read (root, NULL);
  g_assert_nonnull (fixture->devices);
  ferry_needs_find (root, fixture->devices);
}

/* @details: all of them, with a blank between. */
static void
assert_need (Fixture *fixture, const char *id, guint needs, const char *details)
{
  FerryDevice *device = ferry_devices_find (fixture->devices, id);
  g_autofree char *joined = NULL;

  g_assert_nonnull (device);
  joined = g_strjoinv (" ", device->need_details);
  if (device->needs != needs || !g_str_equal (joined, details))
    g_error ("%s: needs %x (%s) instead of %x (%s)", id, device->needs, joined, needs, details);
}

/* A disk below a device; @inside is the way from the device to it ("ata1/host0"). */
static void
add_disk (Fixture *fixture, const char *address, const char *inside, const char *name,
          const char *number)
{
  g_autofree char *folder
      = g_build_filename (ferry_tree_get_device_path (fixture->tree, address), inside, NULL);

  ferry_tree_add_disk (fixture->tree, folder, name, number);
}

static void
add_virtual (Fixture *fixture, const char *name, const char *number, const char *const *slaves)
{
  ferry_tree_add_disk (fixture->tree, "sys/devices/virtual", name, number);
  for (gsize i = 0; slaves[i] != NULL; i++)
    {
      g_autofree char *path
          = g_build_filename ("sys/devices/virtual/block", name, "slaves", slaves[i], NULL);
      ferry_tree_add_link (fixture->tree, path, "anywhere");
    }
}

static void
set_mounts (Fixture *fixture, const char *text)
{
  ferry_tree_add_file (fixture->tree, "proc/self/mountinfo", text);
}

static void
test_nothing (Fixture *fixture, gconstpointer data)
{
  find (fixture);
  for (guint i = 0; i < fixture->devices->len; i++)
    {
      FerryDevice *device = g_ptr_array_index (fixture->devices, i);
      assert_need (fixture, device->id, 0, "");
    }
}

static void
test_partition (Fixture *fixture, gconstpointer data)
{
  add_disk (fixture, SATA, "ata1/host0/target0:0:0/0:0:0:0", "sda", "8:0");
  ferry_tree_add_partition (fixture->tree, "sda", "sda1", "8:1");
  add_disk (fixture, NVME, "nvme/nvme0", "nvme0n1", "259:0");
  set_mounts (fixture, "22 1 0:21 / /proc rw - proc proc rw\n"
                       "24 1 8:1 / / rw,relatime shared:1 - ext4 /dev/sda1 rw\n"
                       "25 1 8:1 /srv /srv\\040two rw - ext4 /dev/sda1 rw\n"
                       "26 1 0:30 / /tmp rw - tmpfs tmpfs rw\n");
  find (fixture);
  assert_need (fixture, SATA, FERRY_NEED_DISK, "/");
  assert_need (fixture, NVME, 0, "");
  assert_need (fixture, PORT, 0, "");
}

/* Encrypted LVM over RAID over two disks. */
static void
test_stack (Fixture *fixture, gconstpointer data)
{
  static const char *const volume[] = { "dm-0", NULL }, *const crypt[] = { "md0", NULL };
  static const char *const raid[] = { "sda1", "nvme0n1p1", NULL };

  add_disk (fixture, SATA, "ata1", "sda", "8:0");
  ferry_tree_add_partition (fixture->tree, "sda", "sda1", "8:1");
  add_disk (fixture, NVME, "nvme/nvme0", "nvme0n1", "259:0");
  ferry_tree_add_partition (fixture->tree, "nvme0n1", "nvme0n1p1", "259:1");
  add_virtual (fixture, "md0", "9:0", raid);
  add_virtual (fixture, "dm-0", "254:0", crypt);
  add_virtual (fixture, "dm-1", "254:1", volume);
  set_mounts (fixture, "24 1 254:1 / /home rw - ext4 /dev/mapper/vg-home rw\n");
  find (fixture);
  assert_need (fixture, SATA, FERRY_NEED_DISK, "/home");
  assert_need (fixture, NVME, FERRY_NEED_DISK, "/home");
}

static void
test_raid_partition (Fixture *fixture, gconstpointer data)
{
  static const char *const raid[] = { "sda", NULL };

  add_disk (fixture, SATA, "ata1", "sda", "8:0");
  add_virtual (fixture, "md127", "9:127", raid);
  ferry_tree_add_partition (fixture->tree, "md127", "md127p1", "259:7");
  set_mounts (fixture, "24 1 259:7 / /data rw - xfs /dev/md127p1 rw\n");
  find (fixture);
  assert_need (fixture, SATA, FERRY_NEED_DISK, "/data");
}

/* BTRFS has a number of its own; its members are found by the source, through device mapper. */
static void
test_btrfs (Fixture *fixture, gconstpointer data)
{
  static const char *const crypt[] = { "sda", NULL };

  add_disk (fixture, SATA, "ata1", "sda", "8:0");
  add_disk (fixture, NVME, "nvme/nvme0", "nvme0n1", "259:0");
  add_virtual (fixture, "dm-3", "254:3", crypt);
  ferry_tree_add_file (fixture->tree, "sys/devices/virtual/block/dm-3/dm/name", "luks-root\n");
  ferry_tree_add_link (fixture->tree, "sys/fs/btrfs/1-2-3/devices/dm-3", "../../x/dm-3");
  ferry_tree_add_link (fixture->tree, "sys/fs/btrfs/1-2-3/devices/nvme0n1", "../../x/nvme0n1");
  set_mounts (fixture, "24 1 0:25 /@ / rw - btrfs /dev/mapper/luks-root rw\n"
                       "25 1 0:25 /@home /home rw - btrfs /dev/mapper/luks-root rw\n");
  find (fixture);
  assert_need (fixture, SATA, FERRY_NEED_DISK, "/");
  assert_need (fixture, NVME, FERRY_NEED_DISK, "/");
}

static void
test_source_link (Fixture *fixture, gconstpointer data)
{
  add_disk (fixture, SATA, "ata1", "sda", "8:0");
  ferry_tree_add_link (fixture->tree, "dev/disk/by-label/win", "../../sda");
  set_mounts (fixture, "24 1 0:40 / /win rw - fuseblk /dev/disk/by-label/win rw\n");
  find (fixture);
  assert_need (fixture, SATA, FERRY_NEED_DISK, "/win");
}

static void
test_swap (Fixture *fixture, gconstpointer data)
{
  add_disk (fixture, NVME, "nvme/nvme0", "nvme0n1", "259:0");
  ferry_tree_add_partition (fixture->tree, "nvme0n1", "nvme0n1p2", "259:2");
  ferry_tree_add_file (fixture->tree, "proc/swaps",
                       "Filename\tType\tSize\tUsed\tPriority\n"
                       "/dev/zram0 partition\t1\t0\t100\n"
                       "/dev/nvme0n1p2      partition\t8388604\t0\t-2\n");
  find (fixture);
  assert_need (fixture, NVME, FERRY_NEED_DISK, "swap space");
}

/* A disk with two ways to it: the block device has no place in the hardware. */
static void
test_nvme_subsystem (Fixture *fixture, gconstpointer data)
{
  const char *subsystem = "sys/devices/virtual/nvme-subsystem/nvme-subsys0";
  g_autofree char *controller
      = g_build_filename (ferry_tree_get_device_path (fixture->tree, NVME), "nvme/nvme0", NULL);

  ferry_tree_add_file (fixture->tree, "sys/devices/virtual/nvme-subsystem/nvme-subsys0/nvme0n1/dev",
                       "259:0\n");
  ferry_tree_add_link_to (fixture->tree, "sys/class/nvme-subsystem/nvme-subsys0", subsystem);
  ferry_tree_add_folder (fixture->tree, controller);
  ferry_tree_add_link_to (fixture->tree, "sys/class/nvme/nvme0", controller);
  ferry_tree_add_link_to (fixture->tree, "sys/devices/virtual/nvme-subsystem/nvme-subsys0/nvme0",
                          controller);
  ferry_tree_add_link_to (fixture->tree, "sys/class/block/nvme0n1",
                          "sys/devices/virtual/nvme-subsystem/nvme-subsys0/nvme0n1");
  ferry_tree_add_link_to (fixture->tree, "sys/dev/block/259:0",
                          "sys/devices/virtual/nvme-subsystem/nvme-subsys0/nvme0n1");
  set_mounts (fixture, "24 1 259:0 / / rw - ext4 /dev/nvme0n1 rw\n");
  find (fixture);
  assert_need (fixture, NVME, FERRY_NEED_DISK, "/");
}

static void
add_vmd (Fixture *fixture, gboolean flat)
{
  const FerryTreeDevice rows[] = {
    { .address = "0000:00:0e.0",
      .class_code = 0x010400,
      .vendor = 0x8086,
      .device = 0x467f,
      .driver = "vmd",
      .flat = flat },
    { .address = "10000:e0:06.0",
      .parent = "0000:00:0e.0",
      .class_code = 0x060400,
      .vendor = 0x8086,
      .device = 0x464d,
      .flat = flat },
    { .address = "10000:e1:00.0",
      .parent = "10000:e0:06.0",
      .class_code = 0x010802,
      .vendor = 0x1c5c,
      .device = 0x1959,
      .flat = flat },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    ferry_tree_add_device (fixture->tree, &rows[i]);
}

/* Passing the VMD controller takes the disk with it. */
static void
test_vmd (Fixture *fixture, gconstpointer flat)
{
  add_vmd (fixture, flat != NULL);
  add_disk (fixture, "10000:e1:00.0", "nvme/nvme0", "nvme0n1", "259:0");
  set_mounts (fixture, "24 1 259:0 / / rw - ext4 /dev/nvme0n1 rw\n");
  find (fixture);
  assert_need (fixture, "10000:e1:00.0", FERRY_NEED_DISK, "/");
  assert_need (fixture, "0000:00:0e.0", FERRY_NEED_DISK, "/");
  assert_need (fixture, SATA, 0, "");
}

/* ZFS does not say which disks it has: all of them count. */
static void
test_zfs (Fixture *fixture, gconstpointer data)
{
  add_disk (fixture, SATA, "ata1", "sda", "8:0");
  add_disk (fixture, NVME, "nvme/nvme0", "nvme0n1", "259:0");
  set_mounts (fixture, "24 1 0:25 / /tank rw - zfs tank rw\n");
  find (fixture);
  assert_need (fixture, SATA, FERRY_NEED_DISK, "/tank");
  assert_need (fixture, NVME, FERRY_NEED_DISK, "/tank");
}

static void
test_usb_disk (Fixture *fixture, gconstpointer data)
{
  add_disk (fixture, USB, "usb2/2-1/2-1:1.0/host4", "sdb", "8:16");
  set_mounts (fixture, "24 1 8:16 / /run/media/stick\\012x rw - vfat /dev/sdb rw\n");
  find (fixture);
  assert_need (fixture, USB, FERRY_NEED_DISK, "/run/media/stick x");
}

#define ROUTES "Iface\tDestination\tGateway\tFlags\tRefCnt\tUse\tMetric\tMask\tMTU\tWindow\tIRTT\n"

static void
test_route (Fixture *fixture, gconstpointer data)
{
  ferry_tree_add_network (fixture->tree, LAN, "enp3s0");
  ferry_tree_add_file (fixture->tree, "proc/net/route",
                       ROUTES "enp3s0\t00000000\t0101A8C0\t0003\t0\t0\t100\t00000000\t0\t0\t0\n");
  find (fixture);
  assert_need (fixture, LAN, FERRY_NEED_NETWORK, "enp3s0");
  assert_need (fixture, PORT, 0, "");
}

static void
test_not_default (Fixture *fixture, gconstpointer data)
{
  ferry_tree_add_network (fixture->tree, LAN, "enp3s0");
  ferry_tree_add_file (fixture->tree, "proc/net/route",
                       ROUTES "enp3s0\t0001A8C0\t00000000\t0001\t0\t0\t100\t00FFFFFF\t0\t0\t0\n"
                              "enp3s0\t00000000\t0101A8C0\t0003\t0\t0\t100\t00000080\t0\t0\t0\n"
                              "enp3s0\t00000000\t00000000\t0201\t0\t0\t100\t00000000\t0\t0\t0\n"
                              "../../x\t00000000\t00000000\t0003\t0\t0\t100\t00000000\t0\t0\t0\n"
                              "enp3s0\t00000000\n\n \n");
  find (fixture);
  assert_need (fixture, LAN, 0, "");
}

#define ZERO "00000000000000000000000000000000"

static void
test_route_6 (Fixture *fixture, gconstpointer data)
{
  ferry_tree_add_network (fixture->tree, LAN, "enp3s0");
  ferry_tree_add_file (
      fixture->tree, "proc/net/ipv6_route",
      ZERO " 00 " ZERO " 00 " ZERO " ffffffff 00000001 00000000 00200200       lo\n" ZERO
           " 00 " ZERO " 00 fe800000000000000000000000000001 00000400 00000003 00000000 00450003"
           " enp3s0\n");
  find (fixture);
  assert_need (fixture, LAN, FERRY_NEED_NETWORK, "enp3s0");
}

/* A VLAN on a bridge on a bond: the name is the one that the user sees. */
static void
test_stacked_route (Fixture *fixture, gconstpointer data)
{
  static const char *const names[] = { "br0.7", "br0", "bond0" };

  ferry_tree_add_network (fixture->tree, LAN, "enp3s0");
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      const char *lower = i + 1 < G_N_ELEMENTS (names) ? names[i + 1] : "enp3s0";
      g_autofree char *link
          = g_strdup_printf ("sys/devices/virtual/net/%s/lower_%s", names[i], lower);

      ferry_tree_add_network (fixture->tree, NULL, names[i]);
      ferry_tree_add_link (fixture->tree, link, "anywhere");
    }
  ferry_tree_add_link (fixture->tree, "sys/devices/virtual/net/bond0/lower_br0.7", "a-circle");
  ferry_tree_add_file (fixture->tree, "proc/net/route",
                       ROUTES "br0.7\t00000000\t0101A8C0\t0003\t0\t0\t100\t00000000\t0\t0\t0\n");
  find (fixture);
  assert_need (fixture, LAN, FERRY_NEED_NETWORK, "br0.7");
}

#define KEYS                                                                                       \
  "B: EV=120013\nB: KEY=1000000000007 ff9f207ac14057ff febeffdfffefffff fffffffffffffffe\n"
#define POWER_BUTTON                                                                               \
  "I: Bus=0019\nN: Name=\"Power Button\"\nS: "                                                     \
  "Sysfs=/devices/LNXSYSTM:00/LNXPWRBN:00/input/input0\n"                                          \
  "H: Handlers=kbd event0 \nB: EV=3\nB: KEY=8000 10000000000000 0\n\n"
#define MADE_UP                                                                                    \
  "N: Name=\"xdotool\"\nS: Sysfs=/devices/virtual/input/input9\nH: Handlers=kbd event9\n" KEYS "\n"
#define USB_KEYBOARD                                                                               \
  "N: Name=\"Logitech K120\"\n"                                                                    \
  "S: Sysfs=/devices/pci0000:00/" USB "/usb1/1-2/1-2:1.0/0003:046D:C31C.1/input/input3\n"          \
  "H: Handlers=sysrq kbd event3 leds \n" KEYS "\n"
#define OTHER_KEYBOARD                                                                             \
  "N: Name=\"Other\"\nS: Sysfs=/devices/pci0000:00/" USB2 "/usb2/2-1/input/input4\n"               \
  "H: Handlers=sysrq kbd event4\n" KEYS "\n"
#define INTERNAL                                                                                   \
  "N: Name=\"AT Translated Set 2 keyboard\"\n"                                                     \
  "S: Sysfs=/devices/platform/i8042/serio0/input/input2\nH: Handlers=sysrq kbd event2\n" KEYS "\n"

static void
test_keyboards (Fixture *fixture, gconstpointer data)
{
  static const struct
  {
    const char *text;
    gboolean needed;
  } rows[] = { { POWER_BUTTON, FALSE },
               { POWER_BUTTON MADE_UP USB_KEYBOARD, TRUE },
               { USB_KEYBOARD USB_KEYBOARD POWER_BUTTON, TRUE },
               { USB_KEYBOARD OTHER_KEYBOARD, FALSE },
               { USB_KEYBOARD INTERNAL, FALSE },
               { INTERNAL, FALSE } };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      ferry_tree_add_file (fixture->tree, "proc/bus/input/devices", rows[i].text);
      g_clear_pointer (&fixture->devices, g_ptr_array_unref);
      find (fixture);
      assert_need (fixture, USB, rows[i].needed ? FERRY_NEED_KEYBOARD : 0,
                   rows[i].needed ? "Logitech K120" : "");
      assert_need (fixture, USB2, 0, "");
    }
}

static void
test_screen (Fixture *fixture, gconstpointer data)
{
  const FerryTreeDevice card = { .address = "0000:01:00.0", .class_code = 0x030000 };

  ferry_tree_add_device (fixture->tree, &card);
  ferry_tree_add_connector (fixture->tree, "0000:01:00.0", 0, "DP-1", "disconnected");
  ferry_tree_add_connector (fixture->tree, "0000:01:00.0", 0, "HDMI-A-1", "connected");
  find (fixture);
  assert_need (fixture, "0000:01:00.0", FERRY_NEED_SCREEN, "HDMI-A-1");
}

/* A device can be needed for more than one reason, and says each once, up to a bound. */
static void
test_many_details (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GString) mounts = g_string_new (NULL);
  FerryDevice *device;

  add_disk (fixture, SATA, "ata1", "sda", "8:0");
  for (guint i = 1; i < 64; i++)
    {
      g_autofree char *name = g_strdup_printf ("sda%u", i);
      g_autofree char *number = g_strdup_printf ("8:%u", i);

      ferry_tree_add_partition (fixture->tree, "sda", name, number);
      g_string_append_printf (mounts, "24 1 8:%u / /m%u rw - ext4 /dev/%s rw\n", i, i, name);
    }
  set_mounts (fixture, mounts->str);
  find (fixture);
  device = ferry_devices_find (fixture->devices, SATA);
  g_assert_cmpuint (g_strv_length (device->need_details), ==, 16);
  g_assert_cmpstr (device->need_details[0], ==, "/m1");
}

/* Circles of slaves, names that lead away, lines of garbage. */
static void
test_hostile (Fixture *fixture, gconstpointer data)
{
  static const char *const b[] = { "dm-0", "dm-1", NULL };
  g_autoptr (GString) mounts = g_string_new (NULL);
  gint64 start;

  add_virtual (fixture, "dm-1", "254:1", b);
  ferry_tree_add_disk (fixture->tree, "sys/devices/virtual", "dm-0", "254:0");
  ferry_tree_add_link (fixture->tree, "sys/devices/virtual/block/dm-0/slaves/dm-1", "x");
  for (guint i = 0; i < 15000; i++)
    g_string_append_printf (mounts, "1 1 0:%u / /m%u rw - btrfs /dev/mapper/%u rw\n", i, i, i);
  g_string_append (mounts, "1 1 254:0 / / rw - ext4 /dev/dm-0 rw\n - \n/ / / / / / - / /\n"
                           "1 1 ../../x / / rw - ext4 ../../../etc rw\n"
                           "1 1 : / / rw - ext4 /dev/../../.. rw\n");
  set_mounts (fixture, mounts->str);
  ferry_tree_add_bytes (fixture->tree, "proc/swaps", "/dev/\n\xff\n\0/dev/sda", 17);
  ferry_tree_add_file (fixture->tree, "proc/net/route", "\xff\t\t\t\n");
  ferry_tree_add_file (fixture->tree, "proc/bus/input/devices",
                       "N: Name=\"\nH: Handlers=kbd\nB: EV=\nB: KEY=zz\n\n\n\nS: Sysfs=\n");
  start = g_get_monotonic_time ();
  find (fixture);
  g_assert_cmpint (g_get_monotonic_time () - start, <, 10 * G_USEC_PER_SEC);
  assert_need (fixture, SATA, 0, "");
}

#define ADD(name, data, function) g_test_add (name, Fixture, data, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("/needs/nothing", NULL, test_nothing);
  ADD ("/needs/partition", NULL, test_partition);
  ADD ("/needs/stack", NULL, test_stack);
  ADD ("/needs/raid-partition", NULL, test_raid_partition);
  ADD ("/needs/btrfs", NULL, test_btrfs);
  ADD ("/needs/source-link", NULL, test_source_link);
  ADD ("/needs/swap", NULL, test_swap);
  ADD ("/needs/nvme-subsystem", NULL, test_nvme_subsystem);
  ADD ("/needs/vmd", NULL, test_vmd);
  ADD ("/needs/vmd-flat", "flat", test_vmd);
  ADD ("/needs/zfs", NULL, test_zfs);
  ADD ("/needs/usb-disk", NULL, test_usb_disk);
  ADD ("/needs/route", NULL, test_route);
  ADD ("/needs/not-default", NULL, test_not_default);
  ADD ("/needs/route-6", NULL, test_route_6);
  ADD ("/needs/stacked-route", NULL, test_stacked_route);
  ADD ("/needs/keyboards", NULL, test_keyboards);
  ADD ("/needs/screen", NULL, test_screen);
  ADD ("/needs/many-details", NULL, test_many_details);
  ADD ("/needs/hostile", NULL, test_hostile);
  return g_test_run ();
}
