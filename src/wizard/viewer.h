/* viewer.h: the program that shows a virtual machine in a window: virt-manager.
 *
 * Only looks for it and starts it; it is not a part of Ferry and goes on without it.
 */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

gboolean ferry_viewer_is_there (void);
gboolean ferry_viewer_open (const char *machine, GError **error);

G_END_DECLS
