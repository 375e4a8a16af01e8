/* test-check.c: the checks of a computer, what its command line gives away, and the one sentence.
 */
#include "config.h"

#include <string.h>

#include "plan/check.h"

#include "sample.h"

#define GTX "0000:01:00.0"
#define NONE G_MAXINT

static void
leave (FerryMachine *machine)
{
}

static void
iommu_missing_word (FerryMachine *machine)
{
  ferry_sample_remove_groups (machine);
}

static void
iommu_asked_in_vain (FerryMachine *machine)
{
  ferry_sample_remove_groups (machine);
  ferry_sample_set_cmdline (machine, "intel_iommu=on,igfx_off");
}

static void
iommu_off_word (FerryMachine *machine)
{
  ferry_sample_remove_groups (machine);
  ferry_sample_set_cmdline (machine, "intel_iommu=on intel_iommu=off");
}

static void
iommu_not_offered (FerryMachine *machine)
{
  ferry_sample_remove_groups (machine);
  machine->iommu->offered = FERRY_ANSWER_NO;
}

static void
iommu_not_offered_on_amd (FerryMachine *machine)
{
  iommu_not_offered (machine);
  machine->processor->vendor = FERRY_VENDOR_AMD;
}

static void
iommu_never (FerryMachine *machine)
{
  iommu_not_offered (machine);
  machine->processor->vt_d = FERRY_ANSWER_NO;
}

/* A model that is said to lack VT-d, with groups: what the kernel shows counts. */
static void
iommu_against_the_table (FerryMachine *machine)
{
  machine->processor->vt_d = FERRY_ANSWER_NO;
}

static void
iommu_unknown (FerryMachine *machine)
{
  ferry_sample_remove_groups (machine);
  machine->iommu->offered = machine->iommu->enabled = FERRY_ANSWER_UNKNOWN;
  machine->iommu->grouped = FERRY_ANSWER_UNKNOWN;
}

static void
iommu_without_groups (FerryMachine *machine)
{
  ferry_sample_remove_groups (machine);
  machine->iommu->enabled = FERRY_ANSWER_YES;
}

static void
amd_not_used (FerryMachine *machine)
{
  ferry_sample_remove_groups (machine);
  machine->processor->vendor = FERRY_VENDOR_AMD;
}

static void
maybe_offered (FerryMachine *machine)
{
  ferry_sample_remove_groups (machine);
  machine->iommu->offered = FERRY_ANSWER_UNKNOWN;
}

static void
amd_probably_off (FerryMachine *machine)
{
  amd_not_used (machine);
  maybe_offered (machine);
}

/* A container in a virtual machine hides the firmware's tables. */
static void
nested_not_used (FerryMachine *machine)
{
  maybe_offered (machine);
  machine->processor->hypervisor = FERRY_ANSWER_YES;
}

/* Debian's INTGPU_OFF: groups without any word. */
static void
groups_without_word (FerryMachine *machine)
{
  ferry_sample_set_cmdline (machine, "");
}

static void
no_remapping (FerryMachine *machine)
{
  machine->iommu->interrupt_remapping = FERRY_ANSWER_NO;
}

static void
no_remapping_and_no_groups (FerryMachine *machine)
{
  ferry_sample_remove_groups (machine);
  no_remapping (machine);
}

static void
one_to_one (FerryMachine *machine)
{
  machine->iommu->one_to_one = FERRY_ANSWER_YES;
}

static void
flag_missing (FerryMachine *machine)
{
  machine->processor->virtualization = FERRY_ANSWER_NO;
  machine->processor->kvm_device = FERRY_ANSWER_NO;
}

static void
flag_disabled (FerryMachine *machine)
{
  flag_missing (machine);
  machine->kernel->log = g_strdup ("x86/cpu: VMX (outside TXT) disabled by BIOS\n");
}

static void
flag_missing_on_amd (FerryMachine *machine)
{
  flag_missing (machine);
  machine->processor->vendor = FERRY_VENDOR_AMD;
}

static void
flag_unknown (FerryMachine *machine)
{
  machine->processor->virtualization = machine->processor->kvm_device = FERRY_ANSWER_UNKNOWN;
}

static void
flag_missing_elsewhere (FerryMachine *machine)
{
  flag_missing (machine);
  ferry_sample_set_text (&machine->processor->architecture, "aarch64");
}

static void
kvm_missing (FerryMachine *machine)
{
  machine->processor->kvm_device = FERRY_ANSWER_NO;
}

static void
kvm_disabled (FerryMachine *machine)
{
  kvm_missing (machine);
  machine->kernel->log = g_strdup ("kvm: disabled by bios\n");
}

static void
nested (FerryMachine *machine)
{
  machine->processor->hypervisor = FERRY_ANSWER_YES;
}

static void
nested_without_iommu (FerryMachine *machine)
{
  nested (machine);
  iommu_not_offered (machine);
}

static void
other_architecture (FerryMachine *machine)
{
  ferry_sample_set_text (&machine->processor->architecture, "ppc64");
}

static void
legacy (FerryMachine *machine)
{
  machine->firmware->uefi = FERRY_ANSWER_NO;
}

static void
secure (FerryMachine *machine)
{
  machine->firmware->secure_boot = FERRY_ANSWER_YES;
  machine->firmware->lockdown = FERRY_LOCKDOWN_INTEGRITY;
}

static void
small_bars (FerryMachine *machine)
{
  ferry_sample_get (machine, GTX)->bars[1]
      = (FerryBar){ 0xe0000000, 0x10000000, TRUE, TRUE, TRUE, 0 };
}

static void
large_bars_below (FerryMachine *machine)
{
  small_bars (machine);
  ferry_sample_get (machine, GTX)->bars[1].resizable = 0x7f00;
}

static void
large_bars_above (FerryMachine *machine)
{
  large_bars_below (machine);
  ferry_sample_get (machine, GTX)->bars[1].start = G_GUINT64_CONSTANT (0x4000000000);
}

static void
hidden_graphics (FerryMachine *machine)
{
  g_ptr_array_remove_index (machine->cards, 0);
  machine->processor->integrated_gpu = FERRY_ANSWER_YES;
}

static void
one_card (FerryMachine *machine)
{
  g_ptr_array_remove_index (machine->cards, 0);
}

static void
no_cards (FerryMachine *machine)
{
  g_ptr_array_set_size (machine->cards, 0);
}

static void
nothing (FerryMachine *machine)
{
  no_cards (machine);
  g_ptr_array_set_size (machine->devices, 0);
}

static void
all_refused (FerryMachine *machine)
{
  ferry_sample_get (machine, "0000:00:02.0")->group = 1;
  g_array_index (((FerryCard *)machine->cards->pdata[0])->groups, int, 0) = 1;
}

static void
only_integrated (FerryMachine *machine)
{
  g_ptr_array_remove_index (machine->cards, 1);
}

static void
laptop (FerryMachine *machine)
{
  machine->firmware->laptop = FERRY_ANSWER_YES;
}

static void
little_memory (FerryMachine *machine)
{
  machine->system->memory = G_GUINT64_CONSTANT (4) << 30;
}

/* 8 GB as Linux shows them. */
static void
just_enough_memory (FerryMachine *machine)
{
  machine->system->memory = G_GUINT64_CONSTANT (7900) << 20;
}

static void
unknown_loader (FerryMachine *machine)
{
  machine->loader->kind = FERRY_LOADER_UNKNOWN;
}

static void
booster (FerryMachine *machine)
{
  machine->initramfs->kind = FERRY_INITRAMFS_BOOSTER;
}

static void
modules_gone (FerryMachine *machine)
{
  machine->kernel->modules_kept = FERRY_ANSWER_NO;
}

/* A root folder without any kernel proves nothing. */
static void
modules_not_seen (FerryMachine *machine)
{
  modules_gone (machine);
  g_strfreev (machine->kernel->installed);
  machine->kernel->installed = g_new0 (char *, 1);
}

static void
live (FerryMachine *machine)
{
  machine->system->live = FERRY_ANSWER_YES;
}

static void
immutable (FerryMachine *machine)
{
  machine->system->immutable = FERRY_ANSWER_YES;
}

static void
unknown_system (FerryMachine *machine)
{
  machine->system->family = FERRY_FAMILY_UNKNOWN;
}

static void
no_software (FerryMachine *machine)
{
  machine->system->qemu = machine->system->swtpm = FERRY_ANSWER_NO;
  machine->system->libvirt = machine->system->libvirt_enabled = FERRY_ANSWER_NO;
}

static void
not_in_group (FerryMachine *machine)
{
  machine->system->in_libvirt_group = FERRY_ANSWER_NO;
}

static void
override_on_manjaro (FerryMachine *machine)
{
  ferry_sample_set_cmdline (machine, "pcie_acs_override=downstream");
}

static void
override_on_zen (FerryMachine *machine)
{
  override_on_manjaro (machine);
  ferry_sample_set_text (&machine->kernel->release, "6.12.1-zen1-1-zen");
}

static void
misspelled (FerryMachine *machine)
{
  ferry_sample_set_cmdline (machine, "vifo-pci.ids=10de:13c2,10de:0fbb");
}

static void
cmdline_unknown (FerryMachine *machine)
{
  ferry_sample_set_cmdline (machine, "");
  machine->kernel->cmdline_known = FERRY_ANSWER_UNKNOWN;
}

/* Nothing but PCI facts: what a posted listing gives. */
static void
listing_only (FerryMachine *machine)
{
  machine->processor->virtualization = FERRY_ANSWER_UNKNOWN;
  machine->processor->hypervisor = machine->processor->kvm_device = FERRY_ANSWER_UNKNOWN;
  ferry_sample_set_text (&machine->processor->architecture, "");
  machine->iommu->offered = machine->iommu->enabled = FERRY_ANSWER_UNKNOWN;
  machine->iommu->interrupt_remapping = FERRY_ANSWER_UNKNOWN;
  machine->firmware->uefi = machine->firmware->secure_boot = FERRY_ANSWER_UNKNOWN;
  machine->loader->kind = FERRY_LOADER_UNKNOWN;
  ferry_sample_set_text (&machine->loader->evidence, "");
  machine->initramfs->kind = FERRY_INITRAMFS_UNKNOWN;
  modules_not_seen (machine);
  cmdline_unknown (machine);
  ferry_sample_set_text (&machine->system->id, "");
  ferry_sample_set_text (&machine->system->name, "");
  machine->system->memory = 0;
}

typedef struct
{
  const char *name;
  void (*spoil) (FerryMachine *machine);
  FerryOverall overall;
  const char *id;
  int verdict;         /* of the check; NONE: it shall not be there */
  const char *mention; /* in title, action or details; or NULL */
  const char *fix;     /* or NULL: not looked at */
} Case;

#define READY FERRY_OVERALL_READY
#define STEPS FERRY_OVERALL_STEPS
#define NEVER FERRY_OVERALL_IMPOSSIBLE
#define PASS FERRY_CHECK_PASS
#define WARN FERRY_CHECK_WARN
#define FAIL FERRY_CHECK_FAIL
#define UNKNOWN FERRY_CHECK_UNKNOWN

static const Case cases[] = {
  { "good-iommu-offered", leave, READY, "iommu-offered", PASS, NULL, NULL },
  { "good-iommu-enabled", leave, READY, "iommu-enabled", PASS, NULL, NULL },
  { "good-groups", leave, READY, "iommu-groups", PASS, "14", NULL },
  { "good-remapping", leave, READY, "interrupt-remapping", PASS, NULL, NULL },
  { "good-one-to-one", leave, READY, "one-to-one", NONE, NULL, NULL },
  { "good-override", leave, READY, "acs-override", NONE, NULL, NULL },
  { "good-command-line", leave, READY, "command-line", PASS, NULL, NULL },
  { "good-flag", leave, READY, "cpu-virtualization", PASS, NULL, NULL },
  { "good-kvm", leave, READY, "kvm", PASS, NULL, NULL },
  { "good-real", leave, READY, "virtual-machine", PASS, NULL, NULL },
  { "good-architecture", leave, READY, "architecture", PASS, NULL, NULL },
  { "good-firmware", leave, READY, "firmware-mode", PASS, NULL, NULL },
  { "good-secure-boot", leave, READY, "secure-boot", PASS, NULL, NULL },
  { "good-lockdown", leave, READY, "lockdown", NONE, NULL, NULL },
  { "good-cards", leave, READY, "graphics-cards", PASS, "2", NULL },
  { "good-card", leave, READY, "card-to-give", PASS, "GTX 970", NULL },
  { "good-graphics", leave, READY, "processor-graphics-hidden", NONE, NULL, NULL },
  { "good-laptop", leave, READY, "laptop", NONE, NULL, NULL },
  { "good-memory", leave, READY, "memory", PASS, "16 GB", NULL },
  { "good-loader", leave, READY, "boot-loader", PASS, "GRUB", NULL },
  { "good-initramfs", leave, READY, "initramfs", PASS, "mkinitcpio", NULL },
  { "good-modules", leave, READY, "kernel-modules", PASS, NULL, NULL },
  { "good-system", leave, READY, "system", PASS, "Manjaro", NULL },
  { "good-software", leave, READY, "software", PASS, NULL, NULL },
  { "good-libvirt", leave, READY, "libvirt", PASS, NULL, NULL },
  { "good-group", leave, READY, "user-group", PASS, NULL, NULL },

  { "word-missing", iommu_missing_word, STEPS, "iommu-enabled", FAIL, "intel_iommu=on is missing",
    "iommu-on" },
  { "word-in-vain", iommu_asked_in_vain, STEPS, "iommu-enabled", FAIL, "Update the firmware",
    NULL },
  { "word-off", iommu_off_word, STEPS, "iommu-enabled", FAIL, "intel_iommu=off", NULL },
  { "word-off-in-line", iommu_off_word, STEPS, "command-line", FAIL, "intel_iommu=off", NULL },
  { "not-offered", iommu_not_offered, STEPS, "iommu-offered", FAIL, NULL, "vtd" },
  { "not-offered-amd", iommu_not_offered_on_amd, STEPS, "iommu-offered", FAIL, NULL, "iommu" },
  { "never", iommu_never, NEVER, "iommu-offered", FAIL, "no IOMMU", NULL },
  { "against-the-table", iommu_against_the_table, READY, "iommu-offered", PASS, NULL, NULL },
  { "iommu-unknown", iommu_unknown, STEPS, "iommu-enabled", UNKNOWN, NULL, NULL },
  { "no-groups", iommu_without_groups, STEPS, "iommu-groups", FAIL, NULL, NULL },
  { "amd-not-used", amd_not_used, STEPS, "iommu-enabled", FAIL, NULL, NULL },
  { "amd-probably-off", amd_probably_off, STEPS, "iommu-enabled", FAIL, "probably", "iommu" },
  { "word-missing-maybe-offered", maybe_offered, STEPS, "iommu-enabled", FAIL, "look for “VT-d”",
    "iommu-on" },
  { "nested-not-used", nested_not_used, NEVER, "iommu-enabled", FAIL, "virtual IOMMU", NULL },
  { "groups-without-word", groups_without_word, READY, "iommu-enabled", PASS, NULL, NULL },
  { "no-remapping", no_remapping, STEPS, "interrupt-remapping", FAIL, "x2APIC", NULL },
  { "no-remapping-yet", no_remapping_and_no_groups, STEPS, "interrupt-remapping", UNKNOWN, NULL,
    NULL },
  { "one-to-one", one_to_one, READY, "one-to-one", WARN, NULL, NULL },

  { "flag-missing", flag_missing, STEPS, "cpu-virtualization", FAIL, "probably", "vtx" },
  { "flag-disabled", flag_disabled, STEPS, "cpu-virtualization", FAIL, "switched off", "vtx" },
  { "flag-missing-amd", flag_missing_on_amd, STEPS, "cpu-virtualization", FAIL, "probably", "svm" },
  { "flag-unknown", flag_unknown, READY, "cpu-virtualization", UNKNOWN, NULL, NULL },
  { "flag-elsewhere", flag_missing_elsewhere, READY, "cpu-virtualization", UNKNOWN, NULL, NULL },
  { "kvm-missing", kvm_missing, READY, "kvm", WARN, NULL, NULL },
  { "kvm-disabled", kvm_disabled, STEPS, "kvm", FAIL, NULL, "vtx" },
  { "nested", nested, READY, "virtual-machine", WARN, NULL, NULL },
  { "nested-no-iommu", nested_without_iommu, NEVER, "virtual-machine", FAIL, NULL, NULL },
  { "architecture", other_architecture, READY, "architecture", WARN, NULL, NULL },

  { "legacy", legacy, READY, "firmware-mode", WARN, NULL, NULL },
  { "secure-boot", secure, READY, "secure-boot", WARN, NULL, NULL },
  { "lockdown", secure, READY, "lockdown", WARN, NULL, NULL },
  { "no-bars", leave, READY, "above-4g", UNKNOWN, NULL, NULL },
  { "small-bars", small_bars, READY, "above-4g", PASS, "no card here needs it", NULL },
  { "large-bars-below", large_bars_below, READY, "above-4g", WARN, NULL, "above4g" },
  { "large-bars-above", large_bars_above, READY, "above-4g", PASS, "in use", NULL },
  { "fixed-bars", small_bars, READY, "resizable-bar", PASS, "not there", NULL },
  { "resizable-bars", large_bars_below, READY, "resizable-bar", PASS, "possible", NULL },
  { "hidden-graphics", hidden_graphics, STEPS, "processor-graphics-hidden", WARN, NULL,
    "igpu_multimonitor" },

  { "one-card", one_card, STEPS, "graphics-cards", WARN, "1 graphics card", NULL },
  { "one-card-to-give", one_card, STEPS, "card-to-give", WARN, NULL, NULL },
  { "no-cards", no_cards, NEVER, "graphics-cards", FAIL, NULL, NULL },
  { "no-card-to-give", no_cards, NEVER, "card-to-give", NONE, NULL, NULL },
  { "nothing", nothing, NEVER, "graphics-cards", FAIL, "could not see", NULL },
  { "all-refused", all_refused, NEVER, "card-to-give", FAIL, NULL, NULL },
  { "only-integrated", only_integrated, STEPS, "card-to-give", WARN, NULL, NULL },
  { "laptop", laptop, READY, "laptop", WARN, "expert", NULL },

  { "memory-little", little_memory, READY, "memory", WARN, "4 GB", NULL },
  { "memory-enough", just_enough_memory, READY, "memory", PASS, "8 GB", NULL },
  { "memory-unknown", listing_only, READY, "memory", UNKNOWN, NULL, NULL },
  { "loader-unknown", unknown_loader, READY, "boot-loader", WARN, NULL, NULL },
  { "booster", booster, READY, "initramfs", WARN, NULL, NULL },
  { "modules-gone", modules_gone, STEPS, "kernel-modules", FAIL, "Restart", NULL },
  { "modules-not-seen", modules_not_seen, READY, "kernel-modules", UNKNOWN, NULL, NULL },
  { "live", live, STEPS, "system", FAIL, "Install", NULL },
  { "immutable", immutable, STEPS, "system", FAIL, NULL, NULL },
  { "system-unknown", unknown_system, READY, "system", WARN, NULL, NULL },
  { "software", no_software, READY, "software", WARN, "swtpm", "software" },
  { "libvirt", no_software, READY, "libvirt", WARN, NULL, "software" },
  { "group", not_in_group, READY, "user-group", WARN, NULL, NULL },

  { "override-manjaro", override_on_manjaro, STEPS, "acs-override", WARN, "does nothing", NULL },
  { "override-zen", override_on_zen, STEPS, "acs-override", WARN, "pretended", NULL },
  { "misspelled", misspelled, READY, "command-line", WARN, "vfio-pci.ids", NULL },
  { "command-line-unknown", cmdline_unknown, READY, "command-line", UNKNOWN, NULL, NULL },
  { "listing", listing_only, READY, "iommu-groups", PASS, NULL, NULL },
};

static gboolean
mentions (const FerryCheck *check, const char *text)
{
  return strstr (check->title, text) != NULL || strstr (check->action, text) != NULL
         || strstr (check->details, text) != NULL;
}

static void
test_case (gconstpointer data)
{
  const Case *one = data;
  g_autoptr (FerryMachine) machine = ferry_sample_desktop ();
  g_autoptr (FerryReport) report = NULL;
  const FerryCheck *check;

  one->spoil (machine);
  report = ferry_report_make (machine);
  g_assert_cmpstr (ferry_overall_to_string (report->overall), ==,
                   ferry_overall_to_string (one->overall));
  check = ferry_report_find (report, one->id);
  if (one->verdict == NONE)
    {
      g_assert_null (check);
      return;
    }
  g_assert_nonnull (check);
  g_assert_cmpstr (ferry_check_verdict_to_string (check->verdict), ==,
                   ferry_check_verdict_to_string ((FerryCheckVerdict)one->verdict));
  if (one->mention != NULL && !mentions (check, one->mention))
    g_error ("“%s” / “%s” / “%s” does not say “%s”", check->title, check->action, check->details,
             one->mention);
  if (one->fix != NULL)
    g_assert_cmpstr (check->fix, ==, one->fix);
}

/* Every check of every case is complete: what, why, and what to do where something is wrong. */
static void
test_complete (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (FerryMachine) machine = ferry_sample_desktop ();
      g_autoptr (FerryReport) report = NULL;

      cases[i].spoil (machine);
      report = ferry_report_make (machine);
      g_assert_cmpuint (report->verdicts->len, ==, machine->cards->len);
      for (guint j = 0; j < report->checks->len; j++)
        {
          const FerryCheck *check = g_ptr_array_index (report->checks, j);

          g_assert_cmpstr (check->title, !=, "");
          g_assert_cmpstr (check->why, !=, "");
          g_assert_nonnull (check->action);
          g_assert_nonnull (check->details);
          g_assert_nonnull (check->part);
          if (check->verdict == FERRY_CHECK_FAIL)
            g_assert_cmpstr (check->action, !=, "");
          g_assert_true (ferry_report_find (report, check->id) == check);
        }
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/check/case/", cases[i].name, NULL);

      g_test_add_data_func (path, &cases[i], test_case);
    }
  g_test_add_func ("/check/complete", test_complete);
  return g_test_run ();
}
