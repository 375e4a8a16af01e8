/* autostart.h: lets Ferry open by itself once, at the next start of the desktop.
 *
 * One desktop entry below the user's own configuration folder (Desktop Application Autostart Specification,
 * "autostart" below $XDG_CONFIG_HOME). It is written when the person restarts from Ferry and removed when
 * Ferry starts the next time, however that comes. A file there that is not Ferry's own is never touched.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* FALSE where it cannot be: the program is not installed, or it runs in a sandbox. */
gboolean ferry_autostart_add (void);
void ferry_autostart_remove (void);

G_END_DECLS
