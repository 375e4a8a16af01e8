/* inspection.h: facts that only root can read, as typed values.
 *
 * Reads the kernel log, the option ROMs where a file below the root holds them, the journal, the first RAM
 * disks and the boot menu. Gives ids and answers, never a raw line, ROM bytes or a serial number, because
 * every local user may ask the helper. plan/evidence reads it again.
 */
#pragma once

#include <gio/gio.h>

#include "facts/machine.h"

G_BEGIN_DECLS

/* In a recording: the same facts as text (g_variant_print()). */
#define FERRY_INSPECTION_FILE "inspect/facts"

/* A floating "(a{sv})" as Inspect returns it. */
GVariant *ferry_inspection_make (FerryRoot *root);
/* What a recording kept, or NULL; and the text to keep, NULL without facts. */
GVariant *ferry_inspection_read (FerryRoot *root);
char *ferry_inspection_print (GVariant *facts);

G_END_DECLS
