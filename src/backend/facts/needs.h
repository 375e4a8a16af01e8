/* needs.h: finds out which devices the running host cannot give away.
 *
 * Mounted file systems and swap: proc/self/mountinfo, proc/swaps, sys/dev/block, through
 * partitions, device mapper, RAID and BTRFS (all member disks) up to the PCI function. Default
 * route: proc/net/route, proc/net/ipv6_route. Keyboards: proc/bus/input/devices. Screens: the
 * connectors of facts/device. Adds to FerryDevice.needs and need_details; changes nothing else.
 */
#pragma once

#include "facts/device.h"

G_BEGIN_DECLS

void ferry_needs_find (FerryRoot *root, GPtrArray *devices);

G_END_DECLS
