/* amount.h: an amount of memory or disk as a person reads it: "7 GiB", "1.5 GiB".
 *
 * In powers of 1024, because memory comes in them; one digit behind the point, and none for
 * nothing.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

char *ferry_amount_print (guint64 bytes);

G_END_DECLS
