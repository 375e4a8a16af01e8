/* iommu.h: the IOMMU in three separate questions, and interrupt remapping.
 *
 * Offered by the firmware: sys/firmware/acpi/tables/DMAR or IVRS exists. Switched on by the
 * kernel: sys/class/iommu has a unit. Devices are grouped: sys/kernel/iommu_groups has groups
 * (Documentation/ABI/testing/sysfs-kernel-iommu_groups). How far Intel's can reach: the register
 * "cap" (sysfs-class-iommu-intel-iommu). Interrupt remapping: "IR-" chips in
 * proc/interrupts, else the kernel log. A folder that cannot be seen (sandbox) gives UNKNOWN.
 */
#pragma once

#include "facts/answer.h"
#include "facts/root.h"

G_BEGIN_DECLS

typedef struct
{
  FerryAnswer offered;
  FerryAnswer enabled;
  FerryAnswer grouped;
  FerryAnswer interrupt_remapping;
  FerryAnswer one_to_one;  /* the log names firmware that demands 1:1 mappings */
  guint groups;            /* number of groups that have a device */
  guint address_bits;      /* of the addresses that every unit can map; 0 when unknown */
  char **units;            /* "dmar0", "ivhd0", ... */
} FerryIommu;

FerryIommu *ferry_iommu_read (FerryRoot *root, const char *kernel_log);
void ferry_iommu_free (FerryIommu *iommu);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (FerryIommu, ferry_iommu_free)

G_END_DECLS
