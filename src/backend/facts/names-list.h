/* names-list.h: the part of pci.ids that one computer needs, so that it keeps its names elsewhere.
 *
 * Other computers have older or newer lists. A recorded computer carries its own below inspect/, in
 * the format of pci.ids(5); the running system uses the list of libpci.
 */
#pragma once

#include "facts/device.h"

G_BEGIN_DECLS

#define FERRY_NAMES_LIST "inspect/pci.ids"

char *ferry_names_list_find (FerryRoot *root);
char *ferry_names_list_write (FerryRoot *root, GPtrArray *devices);

G_END_DECLS
