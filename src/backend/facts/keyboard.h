/* keyboard.h: the keyboards that a person types on.
 *
 * Reads proc/bus/input/devices (Documentation/input/input.rst; bits in
 * include/uapi/linux/input-event-codes.h). A keyboard is what has the handler "kbd" and the keys
 * from Escape to S; power buttons, remote controls and headsets have not.
 */
#pragma once

#include "facts/root.h"
#include "facts/use.h"

G_BEGIN_DECLS

GPtrArray *ferry_keyboards_list (FerryRoot *root);

G_END_DECLS
