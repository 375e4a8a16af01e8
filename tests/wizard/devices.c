/* devices.c: see devices.h. */
#include "config.h"

#include "devices.h"

static const FerryTreeDevice devices[] = {
  { .address = "0000:00:00.0",
    .class_code = 0x060000,
    .vendor = 0x8086,
    .device = 0x0c00,
    .group = "0" },
  { .address = "0000:00:01.0",
    .class_code = 0x060400,
    .vendor = 0x8086,
    .device = 0x0c01,
    .driver = "pcieport",
    .group = "1",
    .secondary = 1,
    .subordinate = 1 },
  { .address = "0000:01:00.0",
    .parent = "0000:00:01.0",
    .class_code = 0x030000,
    .vendor = 0x10de,
    .device = 0x13c2,
    .driver = "nouveau",
    .group = "1",
    .boot_vga = "0",
    .reset_method = "bus" },
  { .address = "0000:01:00.1",
    .parent = "0000:00:01.0",
    .class_code = 0x040300,
    .vendor = 0x10de,
    .device = 0x0fbb,
    .driver = "snd_hda_intel",
    .group = "1",
    .reset_method = "bus" },
  { .address = "0000:00:02.0",
    .class_code = 0x030000,
    .vendor = 0x8086,
    .device = 0x0412,
    .driver = "i915",
    .group = "2",
    .boot_vga = "1" },
  { .address = "0000:00:1f.2",
    .class_code = 0x010601,
    .vendor = 0x8086,
    .device = 0x8c82,
    .driver = "ahci",
    .group = "10" },
  { .address = "0000:05:00.0",
    .class_code = 0x020000,
    .vendor = 0x8086,
    .device = 0x1533,
    .driver = "igb",
    .group = "11" },
  { .address = "0000:06:00.0",
    .class_code = 0x0c0330,
    .vendor = 0x1b21,
    .device = 0x1142,
    .driver = "xhci_hcd" },
};

static void
add_disk (FerryTree *tree)
{
  g_autofree char *folder = g_build_filename (ferry_tree_get_device_path (tree, "0000:00:1f.2"),
                                              "ata1/host0/block", NULL);

  ferry_tree_add_disk (tree, folder, "sda", "8:0");
  ferry_tree_add_file (tree, "proc/self/mountinfo", "22 1 8:0 / / rw - ext4 /dev/sda rw\n");
}

static void
add_device (FerryTree *tree, FerryTreeDevice device, const char *kind)
{
  if (g_str_equal (kind, "no-groups"))
    device.group = NULL;
  if (g_str_equal (kind, "shared") && g_str_equal (device.address, "0000:00:1f.2"))
    device.group = "1";
  if (g_str_equal (kind, "only-screen") && g_str_equal (device.address, "0000:00:02.0"))
    return;
  ferry_tree_add_device (tree, &device);
}

FerryTree *
devices_make_computer (const char *kind)
{
  FerryTree *tree = ferry_tree_new ();

  ferry_tree_add_file (tree, "proc/cpuinfo",
                       "processor\t: 0\nvendor_id\t: GenuineIntel\nflags\t\t: fpu vmx\n");
  ferry_tree_add_file (tree, "proc/cmdline",
                       g_str_equal (kind, "acs-override")
                           ? "root=/dev/sda intel_iommu=on pcie_acs_override=downstream\n"
                           : "root=/dev/sda quiet intel_iommu=on\n");
  if (g_str_equal (kind, "empty"))
    return tree;

  for (gsize i = 0; i < G_N_ELEMENTS (devices); i++)
    add_device (tree, devices[i], kind);
  add_disk (tree);
  return tree;
}
