/* folder.h: an opened folder below a FerryRoot, for many small reads in one place.
 *
 * Finding the way to a folder of sysfs costs more than reading a file of it, so a scan of many files
 * goes there once. Names are single components and links are not followed on the way, so nothing
 * can lead out of the root; a file that is a link itself is read through the root as always.
 */
#pragma once

#include "facts/root.h"

G_BEGIN_DECLS

typedef struct _FerryFolder FerryFolder;

FerryFolder *ferry_folder_open (FerryRoot *root, const char *path);
void ferry_folder_close (FerryFolder *folder);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (FerryFolder, ferry_folder_close)

gssize ferry_folder_read_head (FerryFolder *folder, const char *name, guint8 *buffer, gsize size);
char *ferry_folder_read_link (FerryFolder *folder, const char *name);

G_END_DECLS
