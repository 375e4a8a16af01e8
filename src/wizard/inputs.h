/* inputs.h: the keyboards and mice that can take turns between the computer and the virtual
 * machine.
 *
 * By their stable names in dev/input/by-id, which udev makes (60-persistent-input.rules). The names
 * hold serial numbers: they are read when they are needed and go nowhere but into the description.
 */
#pragma once

#include "facts/root.h"
#include "guest/guest.h"

G_BEGIN_DECLS

gboolean ferry_inputs_are_there (FerryRoot *root);
void ferry_inputs_fill (FerryRoot *root, FerryGuest *guest);
void ferry_inputs_clear (FerryGuest *guest);

G_END_DECLS
