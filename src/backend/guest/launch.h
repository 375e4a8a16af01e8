/* launch.h: starts a virtual machine, unless that would take something away that this computer works with.
 *
 * Calls libvirt and waits. What may be taken away is decided in guest/guard.
 */
#pragma once

#include "facts/machine.h"
#include "guest/virt.h"

G_BEGIN_DECLS

/* @machine: (nullable): the computer, when it could be looked at */
gboolean ferry_launch (FerryVirt *virt, FerryMachine *machine, const char *name, GError **error);

G_END_DECLS
