/* topology.h: which bridge a PCI function hangs on.
 *
 * Opens no file. The kernel's place of a device says it ("../../../devices/pci0000:00/0000:00:01.0/
 * 0000:01:00.0": the folder above is the bridge, "pciDDDD:BB" a root bus). Where a device has no
 * such place, the bus numbers of the bridges do (PCI-to-PCI Bridge Architecture 1.2, 3.2.5).
 */
#pragma once

#include "facts/device.h"

G_BEGIN_DECLS

void ferry_topology_place (FerryDevice *device, const char *target);
void ferry_topology_complete (GPtrArray *devices);

G_END_DECLS
