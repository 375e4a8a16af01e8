/* unpack.h: the entries of a recorded computer as files below a new temporary folder.
 *
 * The only file of facts/ that writes. Folders come first, then files, then links, each made new,
 * so that nothing is ever written through a link.
 */
#pragma once

#include "facts/root.h"

G_BEGIN_DECLS

FerryRoot *ferry_unpack (GHashTable *entries, GError **error);

G_END_DECLS
