/* check-iommu.c: the checks of the IOMMU: three separate questions, and what can spoil the answer.
 *
 * What the running kernel shows counts, never the words on its command line. Groups prove the two
 * questions before them.
 */
#include "config.h"

#include <string.h>
#include <glib/gi18n-lib.h>

#include "plan/check-table.h"
#include "plan/contradiction.h"
#include "plan/missing.h"

static gboolean
is_virtual (FerryMachine *machine)
{
  return machine->processor->hypervisor == FERRY_ANSWER_YES;
}

/* The id of the firmware setting. */
static const char *
firmware_setting (FerryMachine *machine)
{
  return machine->processor->vendor == FERRY_VENDOR_AMD ? "iommu" : "vtd";
}

static void
explain_not_offered (FerryMachine *machine, FerryCheck *check, const char *why)
{
  if (machine->processor->vt_d == FERRY_ANSWER_NO && !is_virtual (machine))
    {
      ferry_check_say (check, FERRY_CHECK_FAIL, _("This processor has no IOMMU"), why,
                       _("No setting can help. A processor that fits the same main board may have "
                         "one."));
      ferry_check_block (check);
      return;
    }
  if (is_virtual (machine))
    {
      ferry_check_say (check, FERRY_CHECK_FAIL, _("This virtual machine has no IOMMU"), why,
                       _("Give it a virtual IOMMU where it is set up, or use the real computer."));
      return;
    }
  check->fix = firmware_setting (machine);
  ferry_check_say (check, FERRY_CHECK_FAIL, _("The IOMMU is switched off in the firmware"), why,
                   _("Switch it on in the firmware setup. Ferry shows where. If the setup has no "
                     "such entry, processor or main board may lack it."));
}

gboolean
ferry_check_iommu_offered (const FerryCheckFacts *facts, FerryCheck *check)
{
  FerryMachine *machine = facts->machine;
  const FerryIommu *iommu = machine->iommu;
  const char *why
      = _("The IOMMU is a guard inside the computer. It keeps a card that you hand over "
          "away from the memory of everything else.");

  ferry_check_detail (check, "%s: %s",
                      machine->processor->vendor == FERRY_VENDOR_AMD ? "AMD-Vi, IVRS"
                                                                     : "VT-d, DMAR",
                      ferry_answer_to_string (iommu->offered));
  if (iommu->offered == FERRY_ANSWER_YES || iommu->enabled == FERRY_ANSWER_YES
      || iommu->grouped == FERRY_ANSWER_YES)
    ferry_check_say (check, FERRY_CHECK_PASS, _("The computer has an IOMMU"), why, "");
  else if (machine->processor->vt_d == FERRY_ANSWER_NO
           || (iommu->offered == FERRY_ANSWER_NO && ferry_check_is_x86 (machine)))
    explain_not_offered (machine, check, why);
  else
    ferry_check_say (check, FERRY_CHECK_UNKNOWN,
                     _("Ferry could not tell whether the computer has an IOMMU"), why, "");
  return TRUE;
}

/* The word that switches the IOMMU off, or NULL. */
static const FerryContradiction *
find_off_word (const FerryCheckFacts *facts)
{
  for (guint i = 0; i < facts->contradictions->len; i++)
    {
      const FerryContradiction *found = g_ptr_array_index (facts->contradictions, i);

      if (g_str_equal (found->id, "iommu-off"))
        return found;
    }
  return NULL;
}

/* Intel's IOMMU waits for a word on most systems. */
static void
explain_missing_word (FerryMachine *machine, FerryCheck *check, const char *why)
{
  check->fix = "iommu-on";
  ferry_check_detail (check, "intel_iommu=on is missing on the kernel's command line");
  ferry_check_say (
      check, FERRY_CHECK_FAIL, _("The system does not use the IOMMU yet"), why,
      machine->iommu->offered == FERRY_ANSWER_YES
          ? _("Ferry switches it on for you when you go on. It works after a restart.")
          : _("Ferry switches it on for you when you go on. If it is still off after "
              "the restart, look for “VT-d” in the firmware setup."));
}

/* The kernel does not use an IOMMU: why, and what now. */
static void
explain_not_used (const FerryCheckFacts *facts, FerryCheck *check, const char *why)
{
  FerryMachine *machine = facts->machine;
  const FerryContradiction *off = find_off_word (facts);
  g_autofree char *action = NULL;

  if (off != NULL)
    {
      action = g_strdup_printf (_("The kernel's start line says “%s”. Take that word out first."),
                                off->word);
      ferry_check_say (check, FERRY_CHECK_FAIL, _("The IOMMU was switched off on purpose"), why,
                       action);
      return;
    }
  if (is_virtual (machine) && machine->iommu->offered != FERRY_ANSWER_YES)
    ferry_check_say (check, FERRY_CHECK_FAIL, _("This virtual machine does not use an IOMMU"), why,
                     _("Give it a virtual IOMMU where it is set up, or use the real computer."));
  else if (machine->processor->vendor == FERRY_VENDOR_INTEL
           && !ferry_cmdline_value_has (machine->kernel->cmdline, "intel_iommu", "on"))
    explain_missing_word (machine, check, why);
  else if (ferry_missing_iommu (machine))
    {
      check->fix = firmware_setting (machine);
      ferry_check_say (check, FERRY_CHECK_FAIL,
                       _("The IOMMU is probably switched off in the firmware"), why,
                       _("Look for it in the firmware setup. Ferry shows where. Very old "
                         "processors and main boards have none."));
    }
  else
    ferry_check_say (check, FERRY_CHECK_FAIL, _("The system does not use the IOMMU"), why,
                     _("Update the firmware of the main board, restart, and look again. The "
                       "kernel's messages say more."));
}

gboolean
ferry_check_iommu_enabled (const FerryCheckFacts *facts, FerryCheck *check)
{
  const FerryIommu *iommu = facts->machine->iommu;
  const char *why = _("Only when the system uses the IOMMU can a card be handed over safely.");

  if (iommu->units != NULL && iommu->units[0] != NULL)
    ferry_check_detail (check, "%s", iommu->units[0]);
  if (iommu->enabled == FERRY_ANSWER_YES || iommu->grouped == FERRY_ANSWER_YES)
    ferry_check_say (check, FERRY_CHECK_PASS, _("The system uses the IOMMU"), why, "");
  else if (iommu->enabled == FERRY_ANSWER_UNKNOWN && iommu->grouped == FERRY_ANSWER_UNKNOWN)
    ferry_check_say (check, FERRY_CHECK_UNKNOWN,
                     _("Ferry could not see whether the system uses the IOMMU"), why, "");
  else if (iommu->offered == FERRY_ANSWER_NO)
    ferry_check_say (check, FERRY_CHECK_FAIL, _("The system does not use the IOMMU"), why,
                     _("Settle the point above first. Then look again."));
  else
    explain_not_used (facts, check, why);
  return TRUE;
}

gboolean
ferry_check_iommu_groups (const FerryCheckFacts *facts, FerryCheck *check)
{
  const FerryIommu *iommu = facts->machine->iommu;
  const char *why
      = _("An IOMMU group is a set of devices that can only be handed over together. The "
          "groups show which card can go alone.");
  g_autofree char *title = NULL;

  if (iommu->grouped == FERRY_ANSWER_YES)
    {
      title = iommu->groups > 0
                  ? g_strdup_printf (ngettext ("The devices are in %u IOMMU group",
                                               "The devices are in %u IOMMU groups", iommu->groups),
                                     iommu->groups)
                  : g_strdup (_("The devices are in IOMMU groups"));
      ferry_check_say (check, FERRY_CHECK_PASS, title, why, "");
    }
  else if (iommu->grouped == FERRY_ANSWER_UNKNOWN)
    ferry_check_say (check, FERRY_CHECK_UNKNOWN, _("Ferry could not see the IOMMU groups"), why,
                     "");
  else if (iommu->enabled == FERRY_ANSWER_YES)
    ferry_check_say (check, FERRY_CHECK_FAIL, _("The IOMMU is on, but there are no groups"), why,
                     _("Update the firmware of the main board, restart, and look again."));
  else
    ferry_check_say (check, FERRY_CHECK_FAIL, _("There are no IOMMU groups yet"), why,
                     _("They appear once the IOMMU is in use."));
  return TRUE;
}

gboolean
ferry_check_interrupt_remapping (const FerryCheckFacts *facts, FerryCheck *check)
{
  const FerryIommu *iommu = facts->machine->iommu;
  const char *why
      = _("A card calls the processor by signals. They have to be kept apart too, else "
          "virtual machines with the card refuse to start.");

  if (iommu->interrupt_remapping == FERRY_ANSWER_YES)
    ferry_check_say (check, FERRY_CHECK_PASS, _("Signals of devices are kept apart"), why, "");
  else if (iommu->interrupt_remapping == FERRY_ANSWER_NO && iommu->grouped == FERRY_ANSWER_YES
           && ferry_check_is_x86 (facts->machine))
    {
      ferry_check_detail (check, "interrupt remapping: no");
      ferry_check_say (
          check, FERRY_CHECK_FAIL, _("Signals of devices are not kept apart"), why,
          _("Update the firmware of the main board and look in its setup for “x2APIC” "
            "or “Interrupt Remapping”. Take out “intremap=off” if you have set it."));
    }
  else
    ferry_check_say (check, FERRY_CHECK_UNKNOWN,
                     _("Ferry cannot see yet whether signals of devices are kept apart"), why, "");
  return TRUE;
}

gboolean
ferry_check_one_to_one (const FerryCheckFacts *facts, FerryCheck *check)
{
  if (facts->machine->iommu->one_to_one != FERRY_ANSWER_YES)
    return FALSE;
  ferry_check_detail (check, "1:1 IOMMU mapping requested by the firmware (IVMD, RMRR)");
  ferry_check_say (
      check, FERRY_CHECK_WARN, _("The firmware holds on to a device"),
      _("Some firmware insists on sharing memory with a device for good. The system then refuses "
        "to hand that device over."),
      facts->machine->processor->vendor == FERRY_VENDOR_AMD
          ? _("Update the firmware of the main board. If the setup has “Pre-boot DMA Protection”, "
              "switch that off.")
          : _("Update the firmware of the main board and look again."));
  return TRUE;
}
