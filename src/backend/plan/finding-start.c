/* finding-start.c: the findings about how the system was started: the change, the kernel's words,
 * the IOMMU. */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "plan/contradiction.h"
#include "plan/finding-table.h"

static gboolean
say_without_change (const FerryFindingFacts *facts, FerryFinding *finding, const char *why)
{
  if (facts->evidence->known != FERRY_ANSWER_YES)
    {
      ferry_finding_say (
          finding, FERRY_CHECK_UNKNOWN, _ ("Ferry could not see what it has changed"), why,
          _ ("The list of changes belongs to the administrator. Ferry asks its helper for it; "
             "in a text console, “sudo ferryctl verify” looks directly."));
      return TRUE;
    }
  finding->fix = FERRY_FIX_CARD;
  if (facts->cards->len == 0)
    ferry_finding_say (
        finding, FERRY_CHECK_WARN, _ ("No change of Ferry is in force"), why,
        _ ("Choose a graphics card, look at the plan and let Ferry make the change."));
  else
    {
      finding->fix = FERRY_FIX_RESTART;
      ferry_finding_say (
          finding, FERRY_CHECK_WARN,
          _ ("A graphics card is set aside, but not by a change of Ferry that is in force"), why,
          _ ("If you have just undone a change, restart: then your system has the card again. If "
             "you "
             "have set it aside yourself, all is well."));
    }
  return TRUE;
}

FERRY_FINDING_FUNCTION (change)
{
  const char *why = _ ("Ferry compares this computer with the change that it made.");

  if (facts->evidence->intent == NULL)
    return say_without_change (facts, finding, why);
  if (facts->waiting)
    {
      finding->fix = FERRY_FIX_RESTART;
      ferry_finding_say (
          finding, FERRY_CHECK_WARN, _ ("The computer was not restarted since the change"),
          _ ("Which driver gets a graphics card is decided while the computer starts."),
          _ ("Restart, then look again."));
    }
  else
    ferry_finding_say (finding, FERRY_CHECK_PASS, _ ("A change of Ferry is in force"), why, "");
  return TRUE;
}

/* A word that speaks against passthrough as a whole; the others are shown by the checks. */
FERRY_FINDING_FUNCTION (contradiction)
{
  for (guint i = 0; i < facts->contradictions->len; i++)
    {
      const FerryContradiction *found = g_ptr_array_index (facts->contradictions, i);

      if (!found->blocks)
        continue;
      if (g_str_equal (found->id, "vfio-blocked"))
        finding->fix = FERRY_FIX_RESTART;
      ferry_finding_detail (finding, "%s", found->word);
      ferry_finding_say (
          finding, FERRY_CHECK_FAIL, _ ("The kernel was started with a word that works against it"),
          found->text,
          finding->fix == FERRY_FIX_RESTART
              ? _ ("Restart and let the boot menu start as usual.")
              : _ ("Take the word out of the settings of your boot loader, then restart."));
      return TRUE;
    }
  return FALSE;
}

/* Which loader and entry were used instead. */
static void
add_start_details (const FerryFindingFacts *facts, FerryFinding *finding)
{
  const FerryKernel *kernel = facts->machine->kernel;
  const FerryLoader *loader = facts->machine->loader;
  const char *image = ferry_cmdline_last_value (kernel->cmdline, "BOOT_IMAGE");
  g_autofree char *missing = g_strjoinv (" ", facts->missing);

  ferry_finding_detail (finding, _ ("Missing: %s"), missing);
  ferry_finding_detail (finding, _ ("Started by: %s (%s)"),
                        ferry_loader_kind_to_string (loader->kind),
                        loader->evidence != NULL ? loader->evidence : "");
  if (image != NULL)
    ferry_finding_detail (finding, _ ("Started kernel: %s"), image);
  if (loader->config != NULL)
    ferry_finding_detail (finding, _ ("Its settings: /%s"), loader->config);
  if (*kernel->release != '\0')
    ferry_finding_detail (finding, _ ("Running kernel: %s"), kernel->release);
}

/* Words of entries for rescue: kernel-command-line(7) of systemd; "recovery" is of grub-mkconfig's
 * 10_linux on Debian and Ubuntu. */
static gboolean
is_for_rescue (const FerryCmdline *cmdline)
{
  static const char *const words[] = { "single",
                                       "recovery",
                                       "rescue",
                                       "emergency",
                                       "systemd.unit=rescue.target",
                                       "systemd.unit=emergency.target" };

  for (gsize i = 0; i < G_N_ELEMENTS (words); i++)
    if (ferry_cmdline_has_word (cmdline, words[i]))
      return TRUE;
  return FALSE;
}

static const char *
explain_missing (const FerryFindingFacts *facts, FerryFinding *finding)
{
  const FerryEvidence *evidence = facts->evidence;

  if (is_for_rescue (facts->machine->kernel->cmdline))
    {
      finding->fix = FERRY_FIX_RESTART;
      return _ (
          "The entry for rescue was started, which leaves them out on purpose. Restart and let the "
          "boot menu start as usual.");
    }
  if (ferry_finding_can_apply (facts))
    {
      finding->fix = FERRY_FIX_APPLY;
      return _ (
          "The settings of the boot loader were changed after Ferry. Make the change again, then "
          "restart.");
    }
  if (evidence->menu == FERRY_ANSWER_NO)
    {
      finding->fix = FERRY_FIX_UNDO;
      return _ (
          "The boot menu was made again without them. Undo the change, make it once more, and "
          "restart.");
    }
  finding->fix = FERRY_FIX_RESTART;
  if (evidence->menu == FERRY_ANSWER_YES)
    return _ (
        "The boot menu has them, so another entry of the menu, or another boot loader on this "
        "computer, was used. Restart and take the first entry. With two systems on the computer, "
        "start from the menu of this one.");
  return _ (
      "Most likely another entry of the boot menu, or another boot loader, was used. Restart and "
      "take the first entry. If that does not help, undo the change and make it again.");
}

FERRY_FINDING_FUNCTION (command_line)
{
  const char *why
      = _ ("They switch on what passthrough needs and name the card that is kept free.");

  if (facts->words[0] == NULL)
    return FALSE;
  if (facts->machine->kernel->cmdline_known != FERRY_ANSWER_YES)
    ferry_finding_say (finding, FERRY_CHECK_UNKNOWN,
                       _ ("Ferry could not see how the kernel was started"), why, "");
  else if (facts->missing[0] == NULL)
    {
      g_autofree char *words = g_strjoinv (" ", facts->words);

      ferry_finding_detail (finding, "%s", words);
      ferry_finding_say (finding, FERRY_CHECK_PASS, _ ("The kernel was started with Ferry's words"),
                         why, "");
    }
  else
    {
      ferry_finding_say (finding, FERRY_CHECK_FAIL,
                         _ ("The kernel was started without Ferry's words"), why,
                         explain_missing (facts, finding));
      add_start_details (facts, finding);
    }
  return TRUE;
}

static const char *
explain_no_iommu (const FerryFindingFacts *facts, FerryFinding *finding)
{
  const FerryMachine *machine = facts->machine;

  if (ferry_log_lines_have (facts->evidence->log, "dmar-broken", NULL))
    return _ (
        "The firmware describes the IOMMU in a way that the kernel cannot read. Look for a newer "
        "version of the firmware on your board maker's page.");
  if (facts->missing[0] != NULL)
    {
      finding->fix = FERRY_FIX_RESTART;
      return _ ("It follows from the missing words above.");
    }
  if (machine->iommu->offered == FERRY_ANSWER_NO)
    {
      finding->fix = FERRY_FIX_FIRMWARE;
      return machine->processor->vendor == FERRY_VENDOR_AMD
                 ? _ ("Switch it on in the firmware: it is called “IOMMU” or “AMD-Vi”. Set it to "
                      "“Enabled”, not to “Auto”.")
                 : _ ("Switch it on in the firmware: it is called “VT-d”. A few processors do not "
                      "have it.");
    }
  if (machine->processor->vendor == FERRY_VENDOR_INTEL
      && !ferry_cmdline_value_has (machine->kernel->cmdline, "intel_iommu", "on"))
    {
      finding->fix = FERRY_FIX_APPLY;
      return _ (
          "The firmware offers it, but this kernel leaves it off without a word. Make the change "
          "again, then restart.");
    }
  return _ (
      "The firmware offers it, but the kernel did not start it. Copy the report below and ask for "
      "help.");
}

FERRY_FINDING_FUNCTION (iommu)
{
  const FerryIommu *iommu = facts->machine->iommu;
  const char *why
      = _ ("The IOMMU keeps a virtual machine that has a card out of the rest of the memory. "
           "Without it no card can be given away.");

  for (guint i = 0; iommu->units != NULL && iommu->units[i] != NULL; i++)
    ferry_finding_detail (finding, "%s", iommu->units[i]);
  if (iommu->grouped == FERRY_ANSWER_YES)
    ferry_finding_say (finding, FERRY_CHECK_PASS, _ ("The IOMMU is on"), why, "");
  else if (iommu->grouped == FERRY_ANSWER_NO || iommu->enabled == FERRY_ANSWER_NO)
    ferry_finding_say (finding, FERRY_CHECK_FAIL, _ ("The IOMMU is off"), why,
                       explain_no_iommu (facts, finding));
  else
    ferry_finding_say (finding, FERRY_CHECK_UNKNOWN,
                       _ ("Ferry could not see whether the IOMMU is on"), why, "");
  return TRUE;
}

static FerryAnswer
get_remapping (const FerryFindingFacts *facts)
{
  GPtrArray *log = facts->evidence->log;

  if (ferry_log_lines_have (log, "no-interrupt-remapping", NULL))
    return FERRY_ANSWER_NO;
  if (facts->machine->iommu->interrupt_remapping != FERRY_ANSWER_UNKNOWN)
    return facts->machine->iommu->interrupt_remapping;
  if (ferry_log_lines_have (log, "interrupt-remapping-failed", NULL))
    return FERRY_ANSWER_NO;
  return ferry_log_lines_have (log, "interrupt-remapping", NULL) ? FERRY_ANSWER_YES
                                                                 : FERRY_ANSWER_UNKNOWN;
}

FERRY_FINDING_FUNCTION (interrupt_remapping)
{
  const FerryVfio *vfio = facts->machine->vfio;
  const char *why
      = _ ("A card calls the processor by signals. They have to be kept apart too, else "
           "virtual machines with the card refuse to start.");

  if (facts->machine->iommu->grouped != FERRY_ANSWER_YES)
    return FALSE;
  if (get_remapping (facts) == FERRY_ANSWER_YES)
    ferry_finding_say (finding, FERRY_CHECK_PASS, _ ("Signals of devices are kept apart"), why, "");
  else if (get_remapping (facts) == FERRY_ANSWER_UNKNOWN)
    return FALSE;
  else if (vfio != NULL && vfio->unsafe_interrupts == FERRY_ANSWER_YES)
    ferry_finding_say (
        finding, FERRY_CHECK_WARN,
        _ ("Signals of devices are not kept apart, and the kernel was told to accept that"), why,
        _ ("It works, but a malicious program in the virtual machine could disturb your "
           "system. Only run what you trust there."));
  else
    {
      finding->fix = FERRY_FIX_FIRMWARE;
      ferry_finding_say (
          finding, FERRY_CHECK_FAIL, _ ("Signals of devices are not kept apart"), why,
          _ ("Update the firmware of the main board and look in its setup for “x2APIC” "
             "or “Interrupt Remapping”. Take out “intremap=off” if you have set it."));
    }
  return TRUE;
}

static gboolean
is_bound_to_firmware (const FerryFindingFacts *facts)
{
  if (facts->evidence->log == NULL)
    return facts->machine->iommu->one_to_one == FERRY_ANSWER_YES;
  for (guint i = 0; i < facts->wanted->len; i++)
    {
      const FerryDevice *device = g_ptr_array_index (facts->wanted, i);

      if (ferry_log_lines_have (facts->evidence->log, "one-to-one", device->id))
        return TRUE;
    }
  return ferry_log_lines_have (facts->evidence->log, "one-to-one", "");
}

FERRY_FINDING_FUNCTION (one_to_one)
{
  if (!is_bound_to_firmware (facts))
    return FALSE;
  ferry_finding_say (
      finding, FERRY_CHECK_FAIL, _ ("The firmware holds on to the card"),
      _ ("Some firmware insists on sharing memory with a device for good. The system then "
         "refuses to hand that device over."),
      facts->machine->processor->vendor == FERRY_VENDOR_AMD
          ? _ ("Update the firmware of the main board. If the setup has “Pre-boot DMA "
               "Protection”, switch that off.")
          : _ ("Update the firmware of the main board and look again."));
  finding->fix = FERRY_FIX_FIRMWARE;
  return TRUE;
}
