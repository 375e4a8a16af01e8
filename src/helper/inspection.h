/* inspection.h: facts that only root can read, as typed values.
 *
 * Reads the kernel log and the option ROMs where a file below the root holds them. Gives ids and answers, never a raw line, ROM
 * bytes or a serial number, because every local user may ask.
 */
#pragma once

#include <gio/gio.h>

#include "facts/machine.h"

G_BEGIN_DECLS

/* A floating "(a{sv})" as Inspect returns it. */
GVariant *ferry_inspection_make (FerryRoot *root);

G_END_DECLS
