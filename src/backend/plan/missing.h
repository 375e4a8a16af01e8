/* missing.h: what the firmware keeps from the system: virtual machines, the IOMMU.
 *
 * Pure. Used by the checks and by the firmware guidance, so that both say the same.
 */
#pragma once

#include "facts/machine.h"

G_BEGIN_DECLS

gboolean ferry_missing_virtualization (FerryMachine *machine);
gboolean ferry_missing_iommu (FerryMachine *machine);

G_END_DECLS
