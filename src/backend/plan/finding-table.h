/* finding-table.h: how plan/verification and its parts talk; private to them.
 *
 * Each part holds small functions from what is known to one finding. A function fills the finding and
 * returns TRUE, or returns FALSE when there is nothing to say on this machine.
 */
#pragma once

#include "plan/evidence.h"
#include "plan/finding.h"

G_BEGIN_DECLS

typedef struct
{
  FerryMachine *machine;
  const FerryEvidence *evidence;
  gboolean waiting;    /* a change is in force and the system was not started since */
  char **words;        /* that the kernel should have been started with, never NULL */
  char **missing;      /* those of them that it was not started with, never NULL */
  GPtrArray *contradictions; /* of FerryContradiction */
  GPtrArray *cards;    /* of FerryCard (borrowed): the chosen ones as far as they were found; without a known
                          change the ones that are free for virtual machines */
  GPtrArray *wanted;   /* of FerryDevice (borrowed): all functions of @cards */
} FerryFindingFacts;

void ferry_finding_say (FerryFinding *finding, FerryCheckVerdict verdict, const char *title,
                        const char *why, const char *action);
void ferry_finding_detail (FerryFinding *finding, const char *format, ...) G_GNUC_PRINTF (2, 3);

gboolean ferry_finding_is_kept (FerryDevice *device); /* vfio-pci has it */
gboolean ferry_finding_has_item (char **items, const char *item);
/* Making the same change again would do something about how this computer starts. */
gboolean ferry_finding_can_apply (const FerryFindingFacts *facts);

#define FERRY_FINDING_FUNCTION(name) \
  gboolean ferry_finding_##name (const FerryFindingFacts *facts, FerryFinding *finding)

FERRY_FINDING_FUNCTION (change);
FERRY_FINDING_FUNCTION (command_line);
FERRY_FINDING_FUNCTION (contradiction);
FERRY_FINDING_FUNCTION (iommu);
FERRY_FINDING_FUNCTION (interrupt_remapping);
FERRY_FINDING_FUNCTION (one_to_one);
FERRY_FINDING_FUNCTION (card_place);
FERRY_FINDING_FUNCTION (card_driver);
FERRY_FINDING_FUNCTION (card_parts);
FERRY_FINDING_FUNCTION (twin_card);
FERRY_FINDING_FUNCTION (group);
FERRY_FINDING_FUNCTION (group_changed);
FERRY_FINDING_FUNCTION (screen);
FERRY_FINDING_FUNCTION (screen_settings);
FERRY_FINDING_FUNCTION (boot_picture);
FERRY_FINDING_FUNCTION (disk);
FERRY_FINDING_FUNCTION (other_devices);
FERRY_FINDING_FUNCTION (vfio_files);
FERRY_FINDING_FUNCTION (card_memory);
FERRY_FINDING_FUNCTION (card_lost);
FERRY_FINDING_FUNCTION (card_reset);
FERRY_FINDING_FUNCTION (card_rom);
FERRY_FINDING_FUNCTION (kernel);
FERRY_FINDING_FUNCTION (start_files);
FERRY_FINDING_FUNCTION (settings);
FERRY_FINDING_FUNCTION (kvm);
FERRY_FINDING_FUNCTION (locked_memory);
FERRY_FINDING_FUNCTION (libvirt);
FERRY_FINDING_FUNCTION (network);
FERRY_FINDING_FUNCTION (vm_software);

G_END_DECLS
