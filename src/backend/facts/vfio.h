/* vfio.h: what the kernel offers to virtual machines: the files below dev/vfio.
 *
 * dev/vfio/vfio is there as soon as the driver is, dev/vfio/NUMBER for each IOMMU group that is free for a
 * virtual machine (Documentation/driver-api/vfio.rst); newer kernels may have dev/vfio/devices instead
 * (CONFIG_VFIO_DEVICE_CDEV). Whether signals need not be kept apart is a parameter of the module
 * vfio_iommu_type1.
 */
#pragma once

#include "facts/answer.h"
#include "facts/root.h"

G_BEGIN_DECLS

typedef struct
{
  FerryAnswer container; /* dev/vfio/vfio; UNKNOWN where dev cannot be seen */
  FerryAnswer devices;   /* dev/vfio/devices has a device */
  char **groups;         /* names of the groups, "1", never NULL */
  FerryAnswer unsafe_interrupts; /* allow_unsafe_interrupts is set */
} FerryVfio;

FerryVfio *ferry_vfio_read (FerryRoot *root);
void ferry_vfio_free (FerryVfio *vfio);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (FerryVfio, ferry_vfio_free)

gboolean ferry_vfio_has_group (const FerryVfio *vfio, int group);

G_END_DECLS
