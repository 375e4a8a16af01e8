/* check-processor.c: the checks of the processor: can it run virtual machines at all?
 *
 * Rules: the kernel takes the flag away when the firmware has switched virtualisation off
 * (arch/x86/kernel/cpu/feat_ctl.c, amd.c), so a missing flag is not a missing ability.
 */
#include "config.h"

#include <string.h>
#include <glib/gi18n-lib.h>

#include "plan/check-table.h"

gboolean
ferry_check_is_x86 (FerryMachine *machine)
{
  const char *architecture = machine->processor->architecture;

  return g_str_equal (architecture, "x86_64") || g_str_equal (architecture, "i686");
}

gboolean
ferry_check_architecture (const FerryCheckFacts *facts, FerryCheck *check)
{
  const FerryProcessor *processor = facts->machine->processor;
  const char *why = _("Ferry was made for 64-bit processors of Intel and AMD.");

  ferry_check_detail (check, "%s %s", processor->architecture, processor->model_name);
  if (g_str_equal (processor->architecture, "x86_64"))
    ferry_check_say (check, FERRY_CHECK_PASS, _("The processor is of the right kind"), why, "");
  else if (processor->architecture[0] == '\0')
    ferry_check_say (check, FERRY_CHECK_UNKNOWN, _("Ferry could not see the processor"), why, "");
  else
    ferry_check_say (check, FERRY_CHECK_WARN, _("This kind of processor is new ground"), why,
                     _("Read what Ferry found, but expect to do some steps by hand."));
  return TRUE;
}

/* Groups or a table prove that even a virtual machine was given an IOMMU. */
static gboolean
has_iommu (const FerryIommu *iommu)
{
  return iommu->grouped == FERRY_ANSWER_YES || iommu->enabled == FERRY_ANSWER_YES
         || iommu->offered == FERRY_ANSWER_YES;
}

gboolean
ferry_check_virtual_machine (const FerryCheckFacts *facts, FerryCheck *check)
{
  const char *why
      = _("A graphics card can be handed on only by the computer that really owns it.");

  if (facts->machine->processor->hypervisor == FERRY_ANSWER_UNKNOWN)
    return FALSE;
  if (facts->machine->processor->hypervisor == FERRY_ANSWER_NO)
    {
      ferry_check_say (check, FERRY_CHECK_PASS, _("This is a real computer"), why, "");
      return TRUE;
    }
  if (has_iommu (facts->machine->iommu))
    {
      ferry_check_say (check, FERRY_CHECK_WARN,
                       _("This is itself a virtual machine, one for trying things out"), why,
                       _("It has an IOMMU of its own, so you can go on here as a test."));
      return TRUE;
    }
  ferry_check_say (check, FERRY_CHECK_FAIL, _("This is itself a virtual machine"), why,
                   _("Start Ferry on the real computer."));
  ferry_check_block (check);
  return TRUE;
}

/* "vtx" on Intel, "svm" on AMD: ids of firmware settings. */
static const char *
firmware_setting (FerryMachine *machine)
{
  return machine->processor->vendor == FERRY_VENDOR_AMD ? "svm" : "vtx";
}

static gboolean
log_says (FerryMachine *machine, const char *const *lines)
{
  for (gsize i = 0; machine->kernel->log != NULL && lines[i] != NULL; i++)
    if (strstr (machine->kernel->log, lines[i]) != NULL)
      return TRUE;
  return FALSE;
}

static void
explain_missing_flag (FerryMachine *machine, FerryCheck *check, const char *why)
{
  static const char *const off[]
      = { "disabled by BIOS", "disabled (by BIOS)", "not enabled (by BIOS)", NULL };

  if (machine->processor->hypervisor == FERRY_ANSWER_YES)
    {
      ferry_check_say (check, FERRY_CHECK_FAIL, _("No virtual machines can run in here"), why,
                       _("Allow “nested virtualisation” for this virtual machine where it is set "
                         "up."));
      return;
    }
  check->fix = firmware_setting (machine);
  if (log_says (machine, off))
    ferry_check_say (check, FERRY_CHECK_FAIL,
                     _("Running virtual machines is switched off in the firmware"), why,
                     _("Switch it on in the firmware setup. Ferry shows where."));
  else
    ferry_check_say (check, FERRY_CHECK_FAIL,
                     _("Running virtual machines is probably switched off in the firmware"), why,
                     _("Look for it in the firmware setup. Ferry shows where. Nearly every "
                       "processor since 2010 can do it."));
}

gboolean
ferry_check_cpu_virtualization (const FerryCheckFacts *facts, FerryCheck *check)
{
  FerryMachine *machine = facts->machine;
  const FerryAnswer answer = machine->processor->virtualization;
  const char *why = _("A virtual machine is a computer inside your computer. The processor has to "
                      "help, else it is far too slow.");

  ferry_check_detail (check, "%s: %s",
                      machine->processor->vendor == FERRY_VENDOR_AMD ? "AMD-V (svm)" : "VT-x (vmx)",
                      ferry_answer_to_string (answer));
  if (answer == FERRY_ANSWER_YES || machine->processor->kvm_device == FERRY_ANSWER_YES)
    ferry_check_say (check, FERRY_CHECK_PASS, _("The processor can run virtual machines"), why,
                     "");
  else if (answer == FERRY_ANSWER_NO && ferry_check_is_x86 (machine))
    explain_missing_flag (machine, check, why);
  else
    ferry_check_say (check, FERRY_CHECK_UNKNOWN,
                     _("Ferry could not tell whether the processor can run virtual machines"), why,
                     "");
  return TRUE;
}

gboolean
ferry_check_kvm (const FerryCheckFacts *facts, FerryCheck *check)
{
  static const char *const off[] = { "kvm: disabled by bios", "kvm: no hardware support", NULL };
  FerryMachine *machine = facts->machine;
  const char *why = _("This part of the system (KVM) runs virtual machines at full speed.");

  ferry_check_detail (check, "dev/kvm: %s",
                      ferry_answer_to_string (machine->processor->kvm_device));
  if (machine->processor->kvm_device == FERRY_ANSWER_YES)
    ferry_check_say (check, FERRY_CHECK_PASS, _("The system can start virtual machines"), why, "");
  else if (machine->processor->kvm_device == FERRY_ANSWER_UNKNOWN)
    ferry_check_say (check, FERRY_CHECK_UNKNOWN,
                     _("Ferry could not see whether the system can start virtual machines"), why,
                     "");
  else if (machine->processor->virtualization == FERRY_ANSWER_YES && log_says (machine, off))
    {
      check->fix = firmware_setting (machine);
      ferry_check_say (check, FERRY_CHECK_FAIL, _("The firmware does not allow virtual machines"),
                       why, _("Switch it on in the firmware setup. Ferry shows where."));
    }
  else if (machine->processor->virtualization == FERRY_ANSWER_YES)
    ferry_check_say (check, FERRY_CHECK_WARN,
                     _("The part that runs virtual machines is not loaded"), why,
                     _("Restart the computer. If it stays so, a part of the system is "
                       "missing or was switched off."));
  else
    ferry_check_say (check, FERRY_CHECK_WARN, _("The system cannot start virtual machines yet"),
                     why, _("This comes by itself once the processor is allowed to."));
  return TRUE;
}
