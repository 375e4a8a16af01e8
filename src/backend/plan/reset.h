/* reset.h: graphics cards that do not restart cleanly when a virtual machine ends.
 *
 * Pure: a table of device ids. Source: the families that the out-of-tree module vendor-reset was
 * written for (its device database, 2024). A card that is not in the table is not proven good.
 */
#pragma once

#include "facts/device.h"

G_BEGIN_DECLS

gboolean ferry_reset_is_unreliable (FerryDevice *device);

G_END_DECLS
