/* bar.h: the memory and I/O ranges of a PCI function.
 *
 * Text in, ranges out; it opens no file. Format: the file "resource" of a device, one line "start
 * end flags" in hexadecimal for each range, BAR 0 to 5 first, then the option ROM
 * (Documentation/PCI/sysfs-pci.rst; flags in include/uapi/linux/ioport.h of the kernel).
 */
#pragma once

#include "facts/device.h"

G_BEGIN_DECLS

/* BAR 0 to 5 and the option ROM. */
#define FERRY_BAR_ROM FERRY_DEVICE_N_BARS
#define FERRY_BAR_N_RANGES (FERRY_DEVICE_N_BARS + 1)

gboolean ferry_bars_parse (const char *text, FerryBar ranges[FERRY_BAR_N_RANGES]);

G_END_DECLS
