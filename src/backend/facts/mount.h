/* mount.h: what is mounted where.
 *
 * Reads proc/self/mountinfo (proc(5), Documentation/filesystems/proc.rst 3.5) with its octal escapes.
 * It does not say which device is below a file system; that is facts/needs.
 */
#pragma once

#include "facts/root.h"

G_BEGIN_DECLS

#define FERRY_MOUNT_MAX 16384

typedef struct
{
  char *point;  /* relative to the root: "boot/efi", "" for the root itself */
  char *type;   /* "ext4", "vfat" */
  char *source; /* as the kernel says it, "/dev/sda1" */
  char *number; /* of the block device, "8:1"; "0:..." when there is none of its own */
  gboolean read_only;
} FerryMount;

GPtrArray *ferry_mounts_read (FerryRoot *root);
const FerryMount *ferry_mounts_find (GPtrArray *mounts, const char *point);

G_END_DECLS
