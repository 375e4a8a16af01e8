/* modules.h: which drivers of a kernel could take a device.
 *
 * Reads usr/lib/modules/RELEASE/modules.alias (modprobe(8), depmod(8); the form of its "pci:" lines is
 * in scripts/mod/file2alias.c of the kernel). The file has more than a megabyte, so it is read on
 * demand only, once for all the devices that are asked about.
 */
#pragma once

#include "facts/device.h"

G_BEGIN_DECLS

/* Bytes of modules.alias, and drivers of one device. */
#define FERRY_MODULES_MAX_FILE (16 * 1024 * 1024)
#define FERRY_MODULES_MAX 32

gboolean ferry_modules_find (FerryRoot *root, const char *release, GPtrArray *devices);

G_END_DECLS
