/* life.h: how long the helper lives: from the first call to a while after the last one.
 *
 * Serves the object, puts a change that was cut off in order first, owns the name, and gives it up again when nobody
 * has asked for anything for some time. What came before the name was given up is still answered.
 */
#pragma once

#include <gio/gio.h>

#include "act/tools.h"

G_BEGIN_DECLS

/* Seconds after the last call. D-Bus starts the helper again when it is called. */
#define FERRY_LIFE_IDLE_SECONDS 60

/* The exit status: 0 when it ended because it was idle, 1 when it could not serve or lost its name. */
int ferry_life_run (GDBusConnection *connection, FerryRoot *root, FerryTools *tools, guint idle_seconds,
                    GError **error);

/* What is done before anything else, also early at the start of the computer: an exit status. */
int ferry_life_recover (FerryRoot *root, FerryTools *tools);

G_END_DECLS
