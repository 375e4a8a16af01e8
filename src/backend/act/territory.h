/* territory.h: which files may be changed at all; no other name reaches a system call that writes.
 *
 * A fixed list of names and of folders with a suffix. It is asked about a plan before anything is written, and about an
 * entry of the journal before it is taken back or put in order. What programs make (images, menus) is not in it.
 */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

gboolean ferry_territory_has (const char *path);
/* @changes: of FerryChange; FERRY_ERROR_REFUSED when one is outside. */
gboolean ferry_territory_check (GPtrArray *changes, GError **error);

G_END_DECLS
