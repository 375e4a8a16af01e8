/* boot-time.h: when the running system was started.
 *
 * Reads the line "btime" of proc/stat (proc(5)). Not a part of the snapshot of a machine: it says
 * something about this start only, and is compared with the times in the journal.
 */
#pragma once

#include "facts/root.h"

G_BEGIN_DECLS

gint64 ferry_boot_time_read (FerryRoot *root);

G_END_DECLS
