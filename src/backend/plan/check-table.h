/* check-table.h: how plan/check and its parts talk; private to them.
 *
 * Each part holds small functions from the machine to one check. A function fills the check and
 * returns TRUE, or returns FALSE when there is nothing to say on this machine.
 */
#pragma once

#include "plan/check.h"

G_BEGIN_DECLS

typedef struct
{
  FerryMachine *machine;
  GPtrArray *verdicts;       /* of FerryVerdict */
  GPtrArray *contradictions; /* of FerryContradiction */
} FerryCheckFacts;

/* Copies the texts. */
void ferry_check_say (FerryCheck *check, FerryCheckVerdict verdict, const char *title,
                      const char *why, const char *action);
void ferry_check_detail (FerryCheck *check, const char *format, ...) G_GNUC_PRINTF (2, 3);
void ferry_check_block (FerryCheck *check);
gboolean ferry_check_is_x86 (FerryMachine *machine);

/* The best card: yes before caution before no, a plugged-in card before the processor's graphics. */
const FerryVerdict *ferry_check_best_verdict (GPtrArray *verdicts);
char *ferry_check_sentence (const FerryReport *report);

#define FERRY_CHECK_FUNCTION(name) \
  gboolean ferry_check_##name (const FerryCheckFacts *facts, FerryCheck *check)

FERRY_CHECK_FUNCTION (architecture);
FERRY_CHECK_FUNCTION (virtual_machine);
FERRY_CHECK_FUNCTION (cpu_virtualization);
FERRY_CHECK_FUNCTION (kvm);
FERRY_CHECK_FUNCTION (iommu_offered);
FERRY_CHECK_FUNCTION (iommu_enabled);
FERRY_CHECK_FUNCTION (iommu_groups);
FERRY_CHECK_FUNCTION (interrupt_remapping);
FERRY_CHECK_FUNCTION (one_to_one);
FERRY_CHECK_FUNCTION (command_line);
FERRY_CHECK_FUNCTION (acs_override);
FERRY_CHECK_FUNCTION (kernel_modules);
FERRY_CHECK_FUNCTION (firmware_mode);
FERRY_CHECK_FUNCTION (secure_boot);
FERRY_CHECK_FUNCTION (lockdown);
FERRY_CHECK_FUNCTION (above_4g);
FERRY_CHECK_FUNCTION (resizable_bar);
FERRY_CHECK_FUNCTION (processor_graphics_hidden);
FERRY_CHECK_FUNCTION (graphics_cards);
FERRY_CHECK_FUNCTION (card_to_give);
FERRY_CHECK_FUNCTION (laptop);
FERRY_CHECK_FUNCTION (memory);
FERRY_CHECK_FUNCTION (system);
FERRY_CHECK_FUNCTION (boot_loader);
FERRY_CHECK_FUNCTION (initramfs);
FERRY_CHECK_FUNCTION (software);
FERRY_CHECK_FUNCTION (libvirt);
FERRY_CHECK_FUNCTION (user_group);

G_END_DECLS
