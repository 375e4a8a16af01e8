/* root.h: reads files, folders and links below one root folder.
 *
 * The only file of the project that turns a name into an absolute path. "/" is one root, a
 * fixture or an unpacked recorded machine is another. Every path given here is relative to the
 * root, without a leading slash ("proc/cmdline"). Links are followed inside the root only
 * (openat2(2), RESOLVE_IN_ROOT), only regular files are read, and every read is bounded.
 * It writes nothing. Thread-safe: it has no state after construction but the recorder.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _FerryRoot FerryRoot;

/* Bound of one text file (1 MiB) and of one folder (65,536 names). */
#define FERRY_ROOT_MAX_FILE (1024 * 1024)
#define FERRY_ROOT_MAX_NAMES 65536

typedef enum
{
  FERRY_ROOT_ENTRY_FILE,   /* content is the file's bytes */
  FERRY_ROOT_ENTRY_FOLDER, /* content is NULL */
  FERRY_ROOT_ENTRY_LINK,   /* content is the target, as readlink(2) gives it */
  FERRY_ROOT_ENTRY_EXISTS, /* existence was asked for and is true; content was not read */
  FERRY_ROOT_ENTRY_PROGRAM, /* a file that may be executed; content was not read */
  FERRY_ROOT_ENTRY_UNREADABLE /* it is there, but this user could not read or list it */
} FerryRootEntry;

/* Called for everything that is read, with the path free of links (canonical below the root),
 * and for every link that was passed on the way. */
typedef void (*FerryRootRecorder) (const char *path, FerryRootEntry entry, GBytes *content,
                                   gpointer user_data);

FerryRoot *ferry_root_new (const char *folder, GError **error);
FerryRoot *ferry_root_ref (FerryRoot *root);
void ferry_root_unref (FerryRoot *root);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (FerryRoot, ferry_root_unref)

const char *ferry_root_get_folder (FerryRoot *root);
gboolean ferry_root_is_live (FerryRoot *root); /* TRUE for "/" */
const char *ferry_root_get_user_name (FerryRoot *root);
void ferry_root_set_user_name (FerryRoot *root, const char *name);
void ferry_root_set_cleanup (FerryRoot *root, GDestroyNotify cleanup, gpointer user_data);
void ferry_root_set_recorder (FerryRoot *root, FerryRootRecorder recorder, gpointer user_data);

GBytes *ferry_root_read_bytes (FerryRoot *root, const char *path, gsize max, GError **error);
gssize ferry_root_read_head (FerryRoot *root, const char *path, guint8 *buffer, gsize size);
char *ferry_root_read_text (FerryRoot *root, const char *path, GError **error);
char *ferry_root_read_line (FerryRoot *root, const char *path);
gboolean ferry_root_read_number (FerryRoot *root, const char *path, guint64 *value);
char **ferry_root_list (FerryRoot *root, const char *path);
char *ferry_root_read_link (FerryRoot *root, const char *path);
char *ferry_root_resolve (FerryRoot *root, const char *path);
gboolean ferry_root_exists (FerryRoot *root, const char *path);
gboolean ferry_root_is_executable (FerryRoot *root, const char *path);
char *ferry_root_find_program (FerryRoot *root, const char *name);
gboolean ferry_root_get_owner (FerryRoot *root, const char *path, guint *mode, guint *uid,
                               guint *gid);
guint64 ferry_root_get_size (FerryRoot *root, const char *path);
gint64 ferry_root_get_change_time (FerryRoot *root, const char *path);
guint64 ferry_root_get_free_space (FerryRoot *root, const char *path);

G_END_DECLS
