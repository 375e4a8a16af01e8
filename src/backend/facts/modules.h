/* modules.h: which drivers of the installed kernels could take a device.
 *
 * Reads usr/lib/modules/RELEASE/modules.alias and modules.builtin.modinfo (modprobe(8), depmod(8),
 * Documentation/kbuild/kbuild.rst; the form of "pci:" is in scripts/mod/file2alias.c of the kernel). All
 * kernels that are installed are asked, because any of them may be started. The first file has more
 * than a megabyte, so it is read once for all the devices that are asked about.
 */
#pragma once

#include "facts/device.h"
#include "facts/kernel.h"

G_BEGIN_DECLS

/* Bytes of one file, and drivers of one device. */
#define FERRY_MODULES_MAX_FILE (16 * 1024 * 1024)
#define FERRY_MODULES_MAX 32

FerryAnswer ferry_modules_find (FerryRoot *root, const FerryKernel *kernel, GPtrArray *devices);
/* Whether a line of either file names a driver for one of the devices. */
gboolean ferry_modules_line_fits (const char *line, GPtrArray *devices);

G_END_DECLS
