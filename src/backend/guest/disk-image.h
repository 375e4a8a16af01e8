/* disk-image.h: which format a disk image has that is there already.
 *
 * By what is in it and never by its name: a qcow2 image that is taken for a raw one is destroyed. Reads the first bytes of the
 * file, nothing else. Formats: QEMU, docs/interop/qcow2.txt and block/ (vmdk.c, vdi.c, vpc.c, vhdx.c, qed.h, parallels.c).
 */
#pragma once

#include "facts/root.h"

G_BEGIN_DECLS

/* Enough for the signatures of all formats that are known here. */
#define FERRY_DISK_IMAGE_HEAD 512

/* NULL with %FERRY_ERROR_UNSUPPORTED (what to do) or %FERRY_ERROR_DENIED (cannot be read). */
const char *ferry_disk_image_detect (FerryRoot *root, const char *path, GError **error);
/* Pure; @format: as libvirt calls it: whether it is one that Ferry uses. */
const char *ferry_disk_image_look (const char *path, const guint8 *head, gsize size, GError **error);
const char *ferry_disk_image_accept (const char *path, const char *format, GError **error);

G_END_DECLS
