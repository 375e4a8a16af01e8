/* card-name.h: the name of a graphics card as it is written on its box.
 *
 * Pure. From "GM204 [GeForce GTX 970]" and the maker to "GeForce GTX 970 (NVIDIA)": in pci.ids the
 * brackets hold the name under which a chip is sold, with slashes between alternatives.
 */
#pragma once

#include "facts/device.h"

G_BEGIN_DECLS

char *ferry_card_name_make (FerryDevice *device);

G_END_DECLS
