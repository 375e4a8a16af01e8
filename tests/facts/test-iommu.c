/* test-iommu.c: three questions about the IOMMU, and what must not count as one. */
#include "config.h"

#include "facts/iommu.h"
#include "facts/tree.h"

#define U FERRY_ANSWER_UNKNOWN
#define N FERRY_ANSWER_NO
#define Y FERRY_ANSWER_YES

#define BOOT                                                                                       \
  "[    0.000000] Linux version 6.12.48-1-MANJARO (builduser@fv-az) #1 SMP\n"                      \
  "[    0.000000] BIOS-e820: [mem 0x0000000000000000-0x000000000009d7ff] usable\n"                 \
  "[    0.003000] ACPI: RSDP 0x00000000000F0490 000024 (v02 ALASKA)\n"
#define DMAR "[    0.003000] ACPI: DMAR 0x00000000DCD0C6C0 0000B8 (v01 INTEL  HSW      00000001)\n"
#define IVRS "[    0.003000] ACPI: IVRS 0x00000000CA7B6000 0000D0 (v02 AMD    AmdTable 00000001)\n"
#define WORKS "[    0.500000] DMAR: Intel(R) Virtualization Technology for Directed I/O\n"
#define READ "[    0.003000] DMAR: IOMMU enabled\n"
#define GART                                                                                       \
  "[    0.000000] AGP: Please enable the IOMMU option in the BIOS setup\n"                         \
  "[    0.000000] AGP: Your BIOS doesn't leave an aperture memory hole\n"                          \
  "[    0.000000] AGP: This costs you 64MB of RAM\n"                                               \
  "[    0.900000] PCI-DMA: using GART IOMMU.\n"                                                    \
  "[    0.900000] PCI-DMA: Reserving 64MB of IOMMU area in the AGP aperture\n"
#define ELSEWHERE                                                                                  \
  "[    1.100000] AMD-Vi: AMD IOMMUv2 functionality not available on this system - This is not a " \
  "bug.\n[    0.000000] AMD-Vi: Unknown option - 'on'\n"

static void
assert_iommu (FerryTree *tree, const char *log, FerryAnswer offered, FerryAnswer enabled,
              FerryAnswer grouped)
{
  g_autoptr (FerryRoot) root = ferry_tree_open (tree);
  g_autoptr (FerryIommu) iommu = ferry_iommu_read (root, log);

  g_assert_cmpint (iommu->offered, ==, offered);
  g_assert_cmpint (iommu->enabled, ==, enabled);
  g_assert_cmpint (iommu->grouped, ==, grouped);
}

static void
test_nothing_visible (void)
{
  g_autoptr (FerryTree) tree = ferry_tree_new ();

  assert_iommu (tree, NULL, U, U, U);
  assert_iommu (tree, "", U, U, U);
}

static void
add_group (FerryTree *tree, const char *group, const char *device)
{
  g_autofree char *path = g_strdup_printf ("sys/kernel/iommu_groups/%s/devices/%s", group, device);

  ferry_tree_add_file (tree, path, "");
}

static void
test_running (void)
{
  g_autoptr (FerryTree) tree = ferry_tree_new ();
  g_autoptr (FerryRoot) root = ferry_tree_open (tree);
  g_autoptr (FerryIommu) iommu = NULL;

  ferry_tree_add_file (tree, "sys/firmware/acpi/tables/DMAR", "");
  ferry_tree_add_folder (tree, "sys/class/iommu/dmar0");
  ferry_tree_add_folder (tree, "sys/class/iommu/dmar1");
  ferry_tree_add_file (tree, "sys/class/iommu/dmar0/intel-iommu/cap", "c0000020660462\n");
  ferry_tree_add_file (tree, "sys/class/iommu/dmar1/intel-iommu/cap", "d2008020660462\n");
  add_group (tree, "0", "0000:00:00.0");
  add_group (tree, "1", "0000:01:00.0");
  add_group (tree, "10", "0000:02:00.0");
  ferry_tree_add_folder (tree, "sys/kernel/iommu_groups/2/devices");
  iommu = ferry_iommu_read (root, NULL);

  g_assert_cmpint (iommu->offered, ==, Y);
  g_assert_cmpint (iommu->enabled, ==, Y);
  g_assert_cmpint (iommu->grouped, ==, Y);
  g_assert_cmpuint (iommu->groups, ==, 3);
  g_assert_cmpuint (g_strv_length (iommu->units), ==, 2);
  g_assert_cmpstr (iommu->units[0], ==, "dmar0");
  g_assert_cmpuint (iommu->address_bits, ==, 39);
}

static void
test_off_in_kernel (void)
{
  g_autoptr (FerryTree) tree = ferry_tree_new ();

  ferry_tree_add_file (tree, "sys/firmware/acpi/tables/DMAR", "");
  ferry_tree_add_file (tree, "sys/firmware/acpi/tables/APIC", "");
  ferry_tree_add_folder (tree, "sys/class/iommu");
  ferry_tree_add_folder (tree, "sys/kernel/iommu_groups");
  assert_iommu (tree, NULL, Y, N, N);
  assert_iommu (tree, BOOT DMAR READ, Y, N, N);
}

static void
test_off_in_firmware (void)
{
  g_autoptr (FerryTree) tree = ferry_tree_new ();
  g_autoptr (FerryTree) empty = ferry_tree_new ();
  g_autoptr (FerryTree) arm = ferry_tree_new ();

  ferry_tree_add_file (tree, "sys/firmware/acpi/tables/APIC", "");
  ferry_tree_add_folder (tree, "sys/class/iommu");
  ferry_tree_add_folder (tree, "sys/kernel/iommu_groups");
  assert_iommu (tree, READ, N, N, N);
  /* A folder that is there and has no table at all. */
  ferry_tree_add_folder (empty, "sys/firmware/acpi/tables");
  assert_iommu (empty, NULL, N, U, U);
  /* Other architectures have other tables. */
  ferry_tree_add_file (arm, "sys/firmware/acpi/tables/IORT", "");
  assert_iommu (arm, NULL, U, U, U);
}

/* A Flatpak without sys/kernel and sys/firmware: the devices still have their links. */
static void
test_links_only (void)
{
  g_autoptr (FerryTree) tree = ferry_tree_new ();
  g_autoptr (FerryRoot) root = ferry_tree_open (tree);
  g_autoptr (FerryIommu) iommu = NULL;

  ferry_tree_add_folder (tree, "sys/bus/pci/devices/0000:00:00.0");
  assert_iommu (tree, NULL, U, N, N);
  ferry_tree_add_link (tree, "sys/bus/pci/devices/0000:01:00.0/iommu_group",
                       "../../../../kernel/iommu_groups/13");
  ferry_tree_add_link (tree, "sys/bus/pci/devices/0000:01:00.1/iommu_group",
                       "../../../../kernel/iommu_groups/13");
  iommu = ferry_iommu_read (root, NULL);
  g_assert_cmpint (iommu->grouped, ==, Y);
  g_assert_cmpint (iommu->enabled, ==, Y);
  g_assert_cmpint (iommu->offered, ==, Y);
  g_assert_cmpuint (iommu->groups, ==, 1);
}

static void
test_log_only (void)
{
  g_autoptr (FerryTree) tree = ferry_tree_new ();

  assert_iommu (tree, DMAR, Y, U, U);
  assert_iommu (tree, IVRS, Y, U, U);
  assert_iommu (tree, BOOT DMAR WORKS, Y, Y, U);
  assert_iommu (tree, "[    0.8] pci 0000:00:00.2: AMD-Vi: Found IOMMU cap 0x40\n", Y, U, U);
  assert_iommu (tree, "[    0.6] pci 0000:00:00.0: Adding to iommu group 0\n", Y, Y, Y);
}

static void
test_not_an_iommu (void)
{
  g_autoptr (FerryTree) tree = ferry_tree_new ();

  /* Without the start of the log the table may have been named before. */
  assert_iommu (tree, GART ELSEWHERE READ, U, U, U);
  assert_iommu (tree, BOOT GART, N, U, U);
  assert_iommu (tree, BOOT READ ELSEWHERE, N, U, U);
}

static FerryAnswer
remapping (const char *interrupts, const char *log)
{
  g_autoptr (FerryTree) tree = ferry_tree_new ();
  g_autoptr (FerryRoot) root = ferry_tree_open (tree);
  g_autoptr (FerryIommu) iommu = NULL;

  if (interrupts != NULL)
    ferry_tree_add_file (tree, "proc/interrupts", interrupts);
  iommu = ferry_iommu_read (root, log);
  return iommu->interrupt_remapping;
}

#define PLAIN_CHIP "   1:          9          0   IO-APIC    1-edge      i8042\n"
#define REMAPPED_CHIP "   8:          0          0  IR-IO-APIC    8-edge      rtc0\n"

static void
test_remapping (void)
{
  g_assert_cmpint (remapping (NULL, NULL), ==, U);
  g_assert_cmpint (remapping ("", NULL), ==, U);
  g_assert_cmpint (remapping (PLAIN_CHIP, NULL), ==, N);
  g_assert_cmpint (remapping (PLAIN_CHIP REMAPPED_CHIP, NULL), ==, Y);
  g_assert_cmpint (remapping (NULL, "DMAR-IR: Enabled IRQ remapping in x2apic mode\n"), ==, Y);
  g_assert_cmpint (remapping (NULL, "DMAR-IR: Enabled IRQ remapping in xapic mode\n"), ==, Y);
  g_assert_cmpint (remapping (NULL, "AMD-Vi: Interrupt remapping enabled\n"), ==, Y);
  g_assert_cmpint (remapping (NULL, "DMAR-IR: Failed to enable irq remapping. You are vulnerable "
                                    "to irq-injection attacks.\n"),
                   ==, N);
  g_assert_cmpint (remapping (NULL, "AMD-Vi: Disabling interrupt remapping\n"), ==, N);
}

/* Wide lines of a large server: more than a mebibyte. */
static void
test_large_interrupts (void)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autofree char *columns = g_strnfill (11 * 512, ' ');

  for (guint i = 0; i < 400; i++)
    g_string_append_printf (text, "%4u:%s IR-PCI-MSIX-0000:c1:00.0 nvme\n", i, columns);
  g_assert_cmpuint (text->len, >, FERRY_ROOT_MAX_FILE);
  g_assert_cmpint (remapping (text->str, NULL), ==, Y);
}

static void
test_one_to_one (void)
{
  g_autoptr (FerryTree) tree = ferry_tree_new ();
  g_autoptr (FerryRoot) root = ferry_tree_open (tree);
  g_autoptr (FerryIommu) quiet = ferry_iommu_read (root, BOOT IVRS);
  g_autoptr (FerryIommu) amd = ferry_iommu_read (
      root, "vfio-pci 0000:03:00.0: Firmware has requested this device have a 1:1 IOMMU mapping, "
            "rejecting configuring the device without a 1:1 mapping. Contact your platform "
            "vendor.\n");
  g_autoptr (FerryIommu) intel = ferry_iommu_read (
      root, "vfio-pci 0000:00:02.0: DMAR: Device is ineligible for IOMMU domain "
            "attach due to platform RMRR requirement. Contact your platform "
            "vendor.\n");

  g_assert_cmpint (quiet->one_to_one, ==, U);
  g_assert_cmpint (amd->one_to_one, ==, Y);
  g_assert_cmpint (intel->one_to_one, ==, Y);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/iommu/nothing-visible", test_nothing_visible);
  g_test_add_func ("/iommu/running", test_running);
  g_test_add_func ("/iommu/off-in-kernel", test_off_in_kernel);
  g_test_add_func ("/iommu/off-in-firmware", test_off_in_firmware);
  g_test_add_func ("/iommu/links-only", test_links_only);
  g_test_add_func ("/iommu/log-only", test_log_only);
  g_test_add_func ("/iommu/not-an-iommu", test_not_an_iommu);
  g_test_add_func ("/iommu/remapping", test_remapping);
  g_test_add_func ("/iommu/large-interrupts", test_large_interrupts);
  g_test_add_func ("/iommu/one-to-one", test_one_to_one);
  return g_test_run ();
}
