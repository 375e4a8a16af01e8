/* viewer.h: the program that shows a virtual machine in a window: virt-manager.
 *
 * Only looks for it and starts it; it is not a part of Ferry and goes on without it. From inside of
 * a Flatpak no program of the host can be started (that would be a way out of the sandbox), so
 * there it only says what to open.
 */
#pragma once

#include "facts/root.h"

G_BEGIN_DECLS

char *ferry_viewer_explain (FerryRoot *home, const char *machine);
gboolean ferry_viewer_open (const char *machine, GError **error);

G_END_DECLS
