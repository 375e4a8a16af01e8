/* missing.c: see missing.h. */
#include "config.h"

#include "plan/missing.h"

/**
 * ferry_missing_virtualization:
 *
 * Whether the processor's flag is not there. The kernel takes it away when the firmware has
 * switched virtualisation off (arch/x86/kernel/cpu/feat_ctl.c, amd.c).
 */
gboolean
ferry_missing_virtualization (FerryMachine *machine)
{
  return machine->processor->virtualization == FERRY_ANSWER_NO
         && machine->processor->kvm_device != FERRY_ANSWER_YES;
}

/**
 * ferry_missing_iommu:
 *
 * Whether the firmware does not offer the IOMMU, and the processor is not known to lack it for
 * good. AMD's is in use whenever it is offered (drivers/iommu/amd/init.c), so not in use means not
 * offered unless a word of the command line switched it off.
 */
gboolean
ferry_missing_iommu (FerryMachine *machine)
{
  const FerryIommu *iommu = machine->iommu;
  const FerryCmdline *cmdline = machine->kernel->cmdline;

  if (iommu->enabled == FERRY_ANSWER_YES || iommu->grouped == FERRY_ANSWER_YES
      || iommu->offered == FERRY_ANSWER_YES || machine->processor->vt_d == FERRY_ANSWER_NO)
    return FALSE;
  if (iommu->offered == FERRY_ANSWER_NO)
    return TRUE;
  return machine->processor->vendor == FERRY_VENDOR_AMD && iommu->enabled == FERRY_ANSWER_NO
         && !ferry_cmdline_value_has (cmdline, "amd_iommu", "off")
         && !ferry_cmdline_value_has (cmdline, "iommu", "off");
}
