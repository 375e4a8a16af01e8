/* test-contradiction.c: words of real start lines, and of hostile ones. */
#include "config.h"

#include <string.h>

#include "plan/check.h"
#include "plan/contradiction.h"

#include "sample.h"

typedef struct
{
  const char *line;
  FerryVendor vendor;
  const char *id; /* NULL: nothing shall be found */
  gboolean blocks;
  const char *mention; /* or NULL */
} Line;

#define INTEL FERRY_VENDOR_INTEL
#define AMD FERRY_VENDOR_AMD

/* On a computer without groups. */
static const Line lines[] = {
  { "quiet splash", INTEL, NULL, FALSE, NULL },
  { "intel_iommu=on iommu=pt", INTEL, NULL, FALSE, NULL },
  { "iommu=off", INTEL, "iommu-off", TRUE, "iommu=off" },
  { "iommu=pt,off", AMD, "iommu-off", TRUE, NULL },
  { "intel_iommu=off", INTEL, "iommu-off", TRUE, NULL },
  { "intel_iommu=off", AMD, NULL, FALSE, NULL },
  { "intel_iommu=off intel_iommu=on", INTEL, NULL, FALSE, NULL },
  { "intel_iommu=on,off", INTEL, "iommu-off", TRUE, NULL },
  { "amd_iommu=off", AMD, "iommu-off", TRUE, NULL },
  { "amd_iommu=off", INTEL, NULL, FALSE, NULL },
  { "intremap=off", INTEL, "interrupts-off", TRUE, NULL },
  { "intremap=no_x2apic_optout", INTEL, NULL, FALSE, NULL },
  { "nox2apic", INTEL, "x2apic-off", FALSE, NULL },
  { "amd_iommu=on", AMD, "does-nothing", FALSE, "amd_iommu=on" },
  { "amd_iommu=fullflush", AMD, NULL, FALSE, NULL },
  { "amd_iommu=pgtbl_v2", AMD, NULL, FALSE, NULL },
  { "iommu=on", INTEL, "does-nothing", FALSE, "iommu=on" },
  { "iommu=1", INTEL, NULL, FALSE, NULL },
  { "iommu=memaper=3", INTEL, NULL, FALSE, NULL },
  { "intel_iommu=enable", INTEL, "does-nothing", FALSE, "enable" },
  { "intel_iommu=on,sm_on", INTEL, NULL, FALSE, NULL },
  { "intel_iommu=on,igfx_off", INTEL, "igfx-off", FALSE, NULL },
  { "vifo-pci.ids=10de:13c2", INTEL, "misspelled", FALSE, "vfio-pci.ids" },
  { "vfio_pci,ids=10de:13c2", INTEL, "misspelled", FALSE, "vfio-pci.ids" },
  { "vfio-pci.id=10de:13c2", INTEL, "misspelled", FALSE, NULL },
  { "vfio.pci.ids=10de:13c2", INTEL, "misspelled", FALSE, NULL },
  { "vfio-pci.idsxyz=1", INTEL, NULL, FALSE, NULL },
  { "intel_iomu=on", INTEL, "misspelled", FALSE, "intel_iommu" },
  { "amd_iommu_dump", AMD, NULL, FALSE, NULL },
  { "vfio-pci.disable_vga=1 vfio_iommu_type1.allow_unsafe_interrupts=1", INTEL, NULL, FALSE, NULL },
  { "vfio-pci.ids=10de:13c2,10de:0fbb", INTEL, NULL, FALSE, NULL },
  { "vfio_pci.ids=10de:13c2,10de:0fbb", INTEL, NULL, FALSE, NULL },
  { "vfio-pci.ids=10DE:13C2 vfio-pci.ids=10de:0fbb", INTEL, NULL, FALSE, NULL },
  { "vfio-pci.ids=10de:13c2", INTEL, "ids-incomplete", FALSE, "a sound device (01:00.1)" },
  { "vfio-pci.ids=10de:13c2,10de:0fbb,10de:1b81", INTEL, "ids-unmatched", FALSE, "10de:1b81" },
  { "vfio-pci.ids=10de:13c2,10de:0fbb,8086:0c01", INTEL, "ids-bridge", FALSE, "00:01.0" },
  { "vfio-pci.ids=10de:13c2,10de:0fbb,8086:8c82", INTEL, NULL, FALSE, NULL },
  { "vfio-pci.ids=10de:13c2,10de:0fbb,144d:a808", INTEL, "ids-ambiguous", FALSE, "SSD (NVMe)" },
  { "vfio-pci.ids=10de:13c2,10de:0fbb,8086:1539", INTEL, "ids-ambiguous", FALSE, "04:00.0" },
  { "vfio-pci.ids=card", INTEL, "ids-malformed", FALSE, "card" },
  { "vfio-pci.ids=10de", INTEL, "ids-malformed", FALSE, NULL },
  { "vfio-pci.ids=10de:13c2:1:2:3:4:5", INTEL, "ids-malformed", FALSE, NULL },
  { "vfio-pci.ids=10de:13c2:1043:8508,10de:0fbb", INTEL, "ids-unmatched", FALSE, NULL },
  { "vfio-pci.ids=10de:ffffffff:ffffffff:ffffffff:030000:ff0000,10de:0fbb", INTEL, NULL, FALSE,
    NULL },
  { "vfio-pci.ids=10de:ffffffff:ffffffff:ffffffff:010000:ff0000", INTEL, "ids-unmatched", FALSE,
    NULL },
  { "vfio-pci.ids=", INTEL, NULL, FALSE, NULL },
  { "module_blacklist=nouveau,vfio_pci", INTEL, "vfio-blocked", TRUE, "module_blacklist" },
  { "modprobe.blacklist=vfio-pci", INTEL, "vfio-blocked", TRUE, NULL },
  { "module_blacklist=nouveau", INTEL, NULL, FALSE, NULL },
  { "quiet -- iommu=off", INTEL, NULL, FALSE, NULL },
};

static void
test_line (gconstpointer data)
{
  const Line *one = data;
  g_autoptr (FerryMachine) machine = ferry_sample_desktop ();
  g_autoptr (GPtrArray) found = NULL;
  const FerryContradiction *first;

  ferry_sample_remove_groups (machine);
  machine->processor->vendor = one->vendor;
  ferry_sample_add (machine, "0000:05:00.0", 0x010802, 0x144d, 0xa808, 20);
  ferry_sample_add (machine, "0000:06:00.0", 0x010802, 0x144d, 0xa808, 21);
  ferry_sample_get (machine, "0000:04:00.0")->needs = FERRY_NEED_NETWORK;
  ferry_sample_set_cmdline (machine, one->line);
  found = ferry_contradictions_find (machine);
  if (one->id == NULL)
    {
      if (found->len > 0)
        g_error ("%s", ((FerryContradiction *)found->pdata[0])->text);
      return;
    }
  g_assert_cmpuint (found->len, ==, 1);
  first = g_ptr_array_index (found, 0);
  g_assert_cmpstr (first->id, ==, one->id);
  g_assert_cmpint (first->blocks, ==, one->blocks);
  if (one->mention != NULL)
    g_assert_nonnull (strstr (first->text, one->mention));
}

/* 4,096 bytes of nonsense give a bounded number of valid sentences. */
static void
test_hostile_line (void)
{
  g_autoptr (FerryMachine) machine = ferry_sample_desktop ();
  g_autoptr (GString) line = g_string_new (NULL);
  g_autoptr (GPtrArray) found = NULL;

  while (line->len < FERRY_CMDLINE_MAX - 64)
    g_string_append (line, "amd_iommu=xÿ vfio-pci.ids=þ,::,1:2 vfioýids= ");
  ferry_sample_set_cmdline (machine, line->str);
  found = ferry_contradictions_find (machine);
  g_assert_cmpuint (found->len, ==, 64);
  for (guint i = 0; i < found->len; i++)
    {
      const FerryContradiction *one = g_ptr_array_index (found, i);

      g_assert_true (g_utf8_validate (one->text, -1, NULL));
      g_assert_true (g_utf8_validate (one->word, -1, NULL));
    }
}

/* The words say off, and the groups are there: they cannot be in the way. */
static void
test_off_with_groups (void)
{
  g_autoptr (FerryMachine) machine = ferry_sample_desktop ();
  g_autoptr (FerryReport) report = NULL;

  ferry_sample_set_cmdline (machine, "iommu=off");
  report = ferry_report_make (machine);
  g_assert_cmpint (report->overall, ==, FERRY_OVERALL_READY);
  g_assert_cmpint (ferry_report_find (report, "command-line")->verdict, ==, FERRY_CHECK_WARN);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (lines); i++)
    {
      g_autofree char *path = g_strdup_printf ("/contradiction/line/%" G_GSIZE_FORMAT, i);

      g_test_add_data_func (path, &lines[i], test_line);
    }
  g_test_add_func ("/contradiction/off-with-groups", test_off_with_groups);
  g_test_add_func ("/contradiction/hostile-line", test_hostile_line);
  return g_test_run ();
}
