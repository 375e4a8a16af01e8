/* rebuild.h: the distribution's programs, run in ferry-rebuild.service instead of in this process.
 *
 * A table of FerryTools: what starts a program is left as an errand (errand.h) for the unit, which systemd starts when asked
 * over the bus (org.freedesktop.systemd1(5)); what only reads is done here by the tools of act/. No log lines come
 * back: the unit's output is in the system's journal.
 */
#pragma once

#include <gio/gio.h>

#include "act/tools.h"

G_BEGIN_DECLS

#define FERRY_REBUILD_UNIT "ferry-rebuild.service"

/* Whether systemd runs this computer; without it there is no unit to start. */
gboolean ferry_rebuild_is_possible (FerryRoot *root);
FerryTools *ferry_rebuild_new (FerryRoot *root, GDBusConnection *connection);

G_END_DECLS
