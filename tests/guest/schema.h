/* schema.h: libvirt's own schema of virtual machines, for tests; without it nothing is checked.
 *
 * Not a part of Ferry. RELAX NG, from the package of libvirt; it is the one that VALIDATE uses.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

gboolean ferry_schema_is_there (void);
/* Fails the test, with the reasons, when libvirt would not take @xml. */
void ferry_schema_check (const char *xml);
void ferry_schema_close (void);

G_END_DECLS
