/* connector.h: the sockets for screens, and which of them has one.
 *
 * Reads sys/class/drm: cardN and cardN-NAME/status (Documentation/gpu/drm-uapi.rst of the kernel).
 * A card that is kept for a virtual machine has no sockets there. "Writeback" is not a socket.
 */
#pragma once

#include "facts/device.h"

G_BEGIN_DECLS

void ferry_connectors_read (FerryRoot *root, GPtrArray *devices);

G_END_DECLS
