/* target.h: the files that are written, and nothing but system calls around them.
 *
 * Every path is relative to the root and reached without following any link (openat2(2), or name by name). A target must be a
 * regular file of root's, with one name, that nobody else can write, in a folder that nobody else can write, on a
 * real disk. New content goes to a new name, is synced, and is renamed; the folder is synced after each change.
 */
#pragma once

#include <gio/gio.h>

#include "facts/root.h"

G_BEGIN_DECLS

#define FERRY_TARGET_MAX_SIZE (1024 * 1024)

typedef struct _FerryTarget FerryTarget; /* an open root folder */

FerryTarget *ferry_target_new (FerryRoot *root, GError **error);
void ferry_target_free (FerryTarget *target);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (FerryTarget, ferry_target_free)

/* What is at @path now: content (NULL when it does not exist), mode and owner. FERRY_ERROR_REFUSED when it is not
 * something that may be written (a link, a device, somebody else's). */
gboolean ferry_target_read (FerryTarget *target, const char *path, char **text, guint *mode, guint *uid,
                            guint *gid, GError **error);
/* Writes a new file PATH, which must not exist, with mode and owner, and syncs it. */
gboolean ferry_target_create (FerryTarget *target, const char *path, const char *data, gsize size,
                              guint mode, guint uid, guint gid, GError **error);
/* rename(2) and sync of the folder; replaces @to. Both in the same folder. */
gboolean ferry_target_rename (FerryTarget *target, const char *from, const char *to, GError **error);
/* A second name of the same file, or a copy where the file system has no second names. */
gboolean ferry_target_keep (FerryTarget *target, const char *from, const char *to, GError **error);
/* A copy of a plain file of any size under a name that is not there yet, in any folder, with mode and owner; synced. */
gboolean ferry_target_copy (FerryTarget *target, const char *from, const char *to, GError **error);
/* Whether both are plain files with the same content, mode and owner. */
gboolean ferry_target_is_same (FerryTarget *target, const char *a, const char *b);
/* Removing what does not exist is no error. */
gboolean ferry_target_remove (FerryTarget *target, const char *path, GError **error);
gboolean ferry_target_make_link (FerryTarget *target, const char *path, const char *points_to,
                                 GError **error);
/* Makes the folders above @path, mode 0755; adds each one that was made to @made, topmost first. */
gboolean ferry_target_make_folders (FerryTarget *target, const char *path, guint mode, GPtrArray *made,
                                    GError **error);
/* Removes a folder if it is empty; otherwise leaves it. */
void ferry_target_remove_folder (FerryTarget *target, const char *path);
gboolean ferry_target_is_empty_folder (FerryTarget *target, const char *path);
gboolean ferry_target_exists (FerryTarget *target, const char *path);
/* The content of the whole file system of @path is on the disk (syncfs(2)). */
gboolean ferry_target_sync (FerryTarget *target, const char *path, GError **error);
/* An open descriptor of a regular file of any size, for reading; -1 with an error. */
int ferry_target_open (FerryTarget *target, const char *path, guint64 *size, GError **error);
/* An open descriptor of the file for flock(2), made when it does not exist; -1 with an error. */
int ferry_target_open_lock (FerryTarget *target, const char *path, GError **error);

G_END_DECLS
