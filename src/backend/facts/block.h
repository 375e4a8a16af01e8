/* block.h: the disks below mounted file systems and active swap.
 *
 * From proc/self/mountinfo and proc/swaps (proc(5)) through sys/dev/block and sys/class/block
 * (Documentation/ABI/stable/sysfs-block): partitions, the "slaves" of device mapper and RAID, all
 * members of a BTRFS (sys/fs/btrfs/UUID/devices), all controllers of an NVMe subsystem. ZFS names no
 * disk here: then every disk is taken for one that is in use.
 */
#pragma once

#include "facts/root.h"
#include "facts/use.h"

G_BEGIN_DECLS

GPtrArray *ferry_blocks_in_use (FerryRoot *root);

G_END_DECLS
