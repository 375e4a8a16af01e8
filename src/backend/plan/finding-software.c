/* finding-software.c: the findings about the programs that a virtual machine needs. */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "plan/finding-table.h"
#include "plan/missing.h"

FERRY_FINDING_FUNCTION (kvm)
{
  const FerryProcessor *processor = facts->machine->processor;
  const char *why = _ ("With it the processor runs a virtual machine directly, at full speed.");

  if (processor->kvm_device == FERRY_ANSWER_YES)
    ferry_finding_say (finding, FERRY_CHECK_PASS, _ ("The processor can run virtual machines"), why,
                       "");
  else if (processor->kvm_device == FERRY_ANSWER_UNKNOWN)
    return FALSE;
  else if (ferry_missing_virtualization (facts->machine)
           || ferry_log_lines_have (facts->evidence->log, "vtx-off-in-firmware", NULL)
           || ferry_log_lines_have (facts->evidence->log, "svm-off-in-firmware", NULL))
    {
      finding->fix = FERRY_FIX_FIRMWARE;
      ferry_finding_say (finding, FERRY_CHECK_FAIL,
                         _ ("The firmware keeps the processor from running virtual machines"), why,
                         _ ("Switch it on in the firmware; the page “Firmware” shows where."));
    }
  else
    ferry_finding_say (
        finding, FERRY_CHECK_FAIL, _ ("Virtual machines are not offered by the kernel"), why,
        _ ("Another program for virtual machines may hold it: close VirtualBox or the like. "
           "If you have just updated, restart."));
  ferry_finding_detail (finding, "dev/kvm");
  return TRUE;
}

FERRY_FINDING_FUNCTION (locked_memory)
{
  if (!ferry_log_lines_have (facts->evidence->log, "memory-not-locked", NULL))
    return FALSE;
  ferry_finding_say (
      finding, FERRY_CHECK_WARN, _ ("A virtual machine was not allowed to hold its memory"),
      _ ("A card writes straight into the memory of its virtual machine, so all of it has to stay "
         "in place. Your system limits how much a program may keep like that."),
      _ ("Start it through the libvirt of the system (qemu:///system), as Ferry does: there it "
         "may. "
         "If it already runs there, give it less memory."));
  return TRUE;
}

static FerryFix
get_fix (const FerryFindingFacts *facts)
{
  return facts->evidence->pending != NULL && facts->evidence->pending[0] != NULL ? FERRY_FIX_APPLY
                                                                                 : FERRY_FIX_NONE;
}

FERRY_FINDING_FUNCTION (libvirt)
{
  const FerrySystem *system = facts->machine->system;
  const char *why = _ ("libvirt starts virtual machines and hands the card over.");

  if (system->libvirt == FERRY_ANSWER_NO)
    ferry_finding_say (finding, FERRY_CHECK_WARN,
                       _ ("The program that starts virtual machines is missing"), why,
                       _ ("Make the change again and let Ferry install the missing programs."));
  else if (system->libvirt == FERRY_ANSWER_YES && system->libvirt_enabled == FERRY_ANSWER_NO)
    ferry_finding_say (
        finding, FERRY_CHECK_WARN, _ ("The program that starts virtual machines is not running"),
        why,
        _ ("Make the change again: Ferry switches it on. By hand: “sudo systemctl enable --now "
           "libvirtd”."));
  else if (facts->evidence->intent != NULL && facts->evidence->intent->join_group
           && system->in_libvirt_group == FERRY_ANSWER_NO)
    ferry_finding_say (finding, FERRY_CHECK_WARN, _ ("You are not yet in the group “libvirt”"),
                       _ ("Members of that group are not asked for a password."),
                       _ ("Log out and in again."));
  else
    return FALSE;
  finding->fix = get_fix (facts);
  return TRUE;
}

/* The way to switch it on stands first for those who made their machine elsewhere. */
static gboolean
find_network_off (const FerryFindingFacts *facts, FerryFinding *finding)
{
  if (facts->evidence->network != FERRY_ANSWER_NO)
    return FALSE;
  ferry_finding_detail (finding, "virsh -c qemu:///system net-start default");
  ferry_finding_detail (finding, "virsh -c qemu:///system net-autostart default");
  ferry_finding_say (
      finding, FERRY_CHECK_WARN, _ ("The network of virtual machines is switched off"),
      _ ("A virtual machine that uses it does not start."),
      _ ("Ferry switches it on when it makes a virtual machine. For one that you have already, the "
         "commands below do it, or “Connection Details” in Virtual Machine Manager."));
  return TRUE;
}

FERRY_FINDING_FUNCTION (network)
{
  const FerrySystem *system = facts->machine->system;

  if (system->libvirt != FERRY_ANSWER_YES)
    return FALSE;
  if (system->dnsmasq != FERRY_ANSWER_NO)
    return find_network_off (facts, finding);
  ferry_finding_detail (finding, "dnsmasq");
  ferry_finding_say (
      finding, FERRY_CHECK_WARN, _ ("The network of virtual machines cannot start"),
      _ ("It needs the program dnsmasq, which gives each virtual machine its address."),
      _ ("Make the change again and let Ferry install the missing programs."));
  finding->fix = get_fix (facts);
  return TRUE;
}

FERRY_FINDING_FUNCTION (vm_software)
{
  const FerrySystem *system = facts->machine->system;
  const gboolean no_tpm = system->swtpm == FERRY_ANSWER_NO,
                 no_uefi = system->ovmf == FERRY_ANSWER_NO;

  if (system->libvirt != FERRY_ANSWER_YES || (!no_tpm && !no_uefi))
    return FALSE;
  if (no_tpm)
    ferry_finding_detail (finding, "swtpm");
  if (no_uefi)
    ferry_finding_detail (finding, "OVMF");
  ferry_finding_say (
      finding, FERRY_CHECK_WARN, _ ("Windows 11 would refuse to be installed"),
      _ ("It wants a computer with UEFI and a security chip. For a virtual machine, programs "
         "play both, and they are not all installed."),
      _ ("Make the change again and let Ferry install the missing programs."));
  finding->fix = get_fix (facts);
  return TRUE;
}
