/* test-log-line.c: which lines of the kernel are known, about which device, and that no text gets
 * through.
 */
#include "config.h"

#include <string.h>

#include "plan/log-line.h"

/* One line, as kernels between 5.15 and 6.16 write it. */
static const struct
{
  const char *line, *id, *device;
  FerryCheckVerdict verdict;
} known[] = {
  { "DMAR: Intel(R) Virtualization Technology for Directed I/O", "dmar-running", "",
    FERRY_CHECK_PASS },
  { "[    0.012345] DMAR: IOMMU enabled", "dmar-parameter", "", FERRY_CHECK_PASS },
  { "DMAR: No DMAR devices found", "dmar-missing", "", FERRY_CHECK_FAIL },
  { "DMAR: Parse DMAR table failure.", "dmar-broken", "", FERRY_CHECK_FAIL },
  { "AMD-Vi: Interrupt remapping enabled", "amd-vi-running", "", FERRY_CHECK_PASS },
  { "AMD-Vi: Interrupt remapping enabled", "interrupt-remapping", "", FERRY_CHECK_PASS },
  { "AMD-Vi: Extended features (0x58f77ef22294a5a, 0x0): PPR NX GT IA PC GA_vAPIC",
    "amd-vi-running", "", FERRY_CHECK_PASS },
  { "AMD-Vi: Unknown option - 'on'", "amd-vi-option", "", FERRY_CHECK_WARN },
  { "[Firmware Bug]: AMD-Vi: IOAPIC[5] not in IVRS table", "ioapic-missing", "", FERRY_CHECK_FAIL },
  { "AMD-Vi: Disabling interrupt remapping", "interrupt-remapping-failed", "", FERRY_CHECK_FAIL },
  { "DMAR-IR: Enabled IRQ remapping in x2apic mode", "interrupt-remapping", "", FERRY_CHECK_PASS },
  { "DMAR-IR: Failed to enable irq remapping. You are vulnerable to irq-injection attacks.",
    "interrupt-remapping-failed", "", FERRY_CHECK_FAIL },
  { "vfio_pci: add [10de:1b80[ffffffff:ffffffff]] class 0x000000/00000000", "ids-accepted", "",
    FERRY_CHECK_PASS },
  { "vfio_pci: invalid id string \"10de\"", "ids-invalid", "", FERRY_CHECK_FAIL },
  { "vfio-pci 0000:01:00.0: vgaarb: VGA decodes changed: "
    "olddecodes=io+mem,decodes=io+mem:owns=none",
    "card-taken", "0000:01:00.0", FERRY_CHECK_PASS },
  { "vfio-pci 0000:01:00.0: vgaarb: deactivate vga console", "console-moved", "0000:01:00.0",
    FERRY_CHECK_PASS },
  { "vfio-pci 0000:01:00.0: BAR 1: can't reserve [mem 0xd0000000-0xdfffffff 64bit pref]",
    "cannot-reserve", "0000:01:00.0", FERRY_CHECK_FAIL },
  { "pci 0000:01:00.0: BAR 1: no space for [mem size 0x200000000 64bit pref]", "no-space",
    "0000:01:00.0", FERRY_CHECK_WARN },
  { "pci 0000:01:00.0: BAR 1 [mem size 0x200000000 64bit pref]: failed to assign", "no-space",
    "0000:01:00.0", FERRY_CHECK_WARN },
  { "vfio_iommu_type1_attach_group: No interrupt remapping support.  Use the module param "
    "\"allow_unsafe_interrupts\" to enable VFIO IOMMU support on this platform",
    "no-interrupt-remapping", "", FERRY_CHECK_FAIL },
  { "vfio-pci 10000:e1:00.0: Firmware has requested this device have a 1:1 IOMMU mapping, "
    "rejecting",
    "one-to-one", "10000:e1:00.0", FERRY_CHECK_FAIL },
  { "vfio-pci 0000:0b:00.0: not ready 65535ms after bus reset; giving up", "reset-failed",
    "0000:0b:00.0", FERRY_CHECK_FAIL },
  { "vfio-pci 0000:0b:00.0: Unable to change power state from D3cold to D0, device inaccessible",
    "power-lost", "0000:0b:00.0", FERRY_CHECK_FAIL },
  { "vfio-pci 0000:0b:00.0: Refused to change power state from D0 to D3hot", "power-lost",
    "0000:0b:00.0", FERRY_CHECK_FAIL },
  { "vfio-pci 0000:01:00.0: Invalid PCI ROM header signature: expecting 0xaa55, got 0xffff",
    "rom-unreadable", "0000:01:00.0", FERRY_CHECK_WARN },
  { "DMAR: [DMA Read NO_PASID] Request device [01:00.0] fault addr 0xbf000000 [fault reason 0x06]",
    "outside-access", "0000:01:00.0", FERRY_CHECK_WARN },
  { "AMD-Vi: Event logged [IO_PAGE_FAULT device=0b:00.0 domain=0x000e address=0x0 flags=0x0020]",
    "outside-access", "0000:0b:00.0", FERRY_CHECK_WARN },
  { "vfio_pin_pages_remote: RLIMIT_MEMLOCK (67108864) exceeded", "memory-not-locked", "",
    FERRY_CHECK_WARN },
  { "kvm: kvm [1234]: ignored rdmsr: 0x1a2 data 0x0", "msr-ignored", "", FERRY_CHECK_PASS },
  { "vfio-pci 0000:01:00.0: Device is currently in use, task \"bash\" (1) blocked until device is "
    "released",
    "in-use", "0000:01:00.0", FERRY_CHECK_WARN },
  { "x86/cpu: VMX (outside TXT) disabled by BIOS", "vtx-off-in-firmware", "", FERRY_CHECK_FAIL },
};

static void
test_known (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (known); i++)
    {
      g_autoptr (GPtrArray) lines = ferry_log_lines_find (known[i].line);
      const FerryLogLine *line = NULL;

      g_test_message ("%s", known[i].line);
      for (guint j = 0; j < lines->len; j++)
        if (g_str_equal (((FerryLogLine *) g_ptr_array_index (lines, j))->id, known[i].id))
          line = g_ptr_array_index (lines, j);
      g_assert_nonnull (line);
      g_assert_cmpstr (line->device, ==, known[i].device);
      g_assert_cmpint (ferry_log_line_get_verdict (line), ==, known[i].verdict);
      g_assert_cmpstr (ferry_log_line_get_meaning (line), !=, "");
      if (known[i].verdict == FERRY_CHECK_FAIL)
        g_assert_cmpstr (ferry_log_line_get_action (line), !=, "");
    }
}

static void
test_unknown (void)
{
  static const char *const quiet[] = { "",
                                       "\n\n",
                                       "usb 1-1: SerialNumber: 0123456789",
                                       "AMD-Vi: AMD IOMMUv2 functionality not available",
                                       "kvm: exiting hardware virtualization",
                                       "vfio-pci 0000:01:00.0: enabling device (0000 -> 0003)" };

  for (gsize i = 0; i < G_N_ELEMENTS (quiet); i++)
    {
      g_autoptr (GPtrArray) lines = ferry_log_lines_find (quiet[i]);

      g_assert_cmpuint (lines->len, ==, 0);
    }
  {
    g_autoptr (GPtrArray) none = ferry_log_lines_find (NULL);
    g_assert_cmpuint (none->len, ==, 0);
  }
}

static void
test_count (void)
{
  g_autoptr (GPtrArray) lines
      = ferry_log_lines_find ("DMAR: [DMA Read] Request device [01:00.0] fault addr 1\n"
                              "DMAR: [DMA Write] Request device [01:00.0] fault addr 2\n"
                              "DMAR: [DMA Read] Request device [02:00.0] fault addr 3\n");
  g_autofree char *text = ferry_log_lines_to_text (lines);

  g_assert_cmpuint (lines->len, ==, 2);
  g_assert_cmpuint (((FerryLogLine *) g_ptr_array_index (lines, 0))->count, ==, 2);
  g_assert_nonnull (strstr (text, "(×2)"));
  g_assert_null (strstr (text, "fault addr"));
  g_assert_true (ferry_log_lines_have (lines, "outside-access", "0000:02:00.0"));
  g_assert_false (ferry_log_lines_have (lines, "outside-access", "0000:03:00.0"));
  g_assert_false (ferry_log_lines_have (NULL, "outside-access", NULL));
}

/* A log that never ends and is all about one kind. */
static void
test_bounds (void)
{
  g_autoptr (GString) log = g_string_new (NULL);
  g_autoptr (GPtrArray) lines = NULL;

  for (guint i = 0; i < 2000; i++)
    g_string_append_printf (log, "pci 0000:%02x:%02x.0: BAR 1: failed to assign\n", i / 32 % 256,
                            i % 32);
  lines = ferry_log_lines_find (log->str);
  g_assert_cmpuint (lines->len, ==, FERRY_LOG_LINES_MAX);
}

static void
test_variant (void)
{
  g_autoptr (GPtrArray) lines
      = ferry_log_lines_find ("AMD-Vi: Interrupt remapping enabled\nvfio-pci 0000:0b:00.0: not "
                              "ready 1ms after bus reset; giving up\n");
  g_autoptr (GVariant) variant = g_variant_ref_sink (ferry_log_lines_to_variant (lines));
  g_autoptr (GPtrArray) read = ferry_log_lines_from_variant (variant);
  g_autofree char *before = ferry_log_lines_to_text (lines);
  g_autofree char *after = ferry_log_lines_to_text (read);

  g_assert_cmpuint (read->len, ==, 3);
  g_assert_cmpstr (before, ==, after);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/log-line/known", test_known);
  g_test_add_func ("/log-line/unknown", test_unknown);
  g_test_add_func ("/log-line/count", test_count);
  g_test_add_func ("/log-line/bounds", test_bounds);
  g_test_add_func ("/log-line/variant", test_variant);
  return g_test_run ();
}
