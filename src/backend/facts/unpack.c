/* unpack.c: see unpack.h. */
#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>

#include "facts/archive.h"
#include "facts/error.h"
#include "facts/unpack.h"

/* Folders that are open at the same time while removing. */
#define OPEN_FOLDERS 16

#define PREFIX "ferry-machine-"
#define FRESH_SECONDS 60

/* A folder of ours. As long as @lock is open it is in use, whatever becomes of the process. */
typedef struct
{
  char *folder;
  int lock;
} Unpacked;

static int
remove_one (const char *path, const struct stat *info, int flag, struct FTW *place)
{
  (void)remove (path);
  return 0;
}

static void
remove_folder (const char *folder)
{
  nftw (folder, remove_one, OPEN_FOLDERS, FTW_DEPTH | FTW_PHYS | FTW_MOUNT);
}

/* All that are in use, for a program that ends without dropping its references. */
static GMutex mutex;
static GPtrArray *in_use;

static void
remove_at_exit (void)
{
  g_mutex_lock (&mutex);
  for (guint i = 0; i < in_use->len; i++)
    remove_folder (((const Unpacked *)g_ptr_array_index (in_use, i))->folder);
  g_mutex_unlock (&mutex);
}

static void
remember (Unpacked *unpacked)
{
  g_mutex_lock (&mutex);
  if (in_use == NULL)
    {
      in_use = g_ptr_array_new ();
      atexit (remove_at_exit);
    }
  g_ptr_array_add (in_use, unpacked);
  g_mutex_unlock (&mutex);
}

static void
unpacked_free (gpointer data)
{
  Unpacked *unpacked = data;

  g_mutex_lock (&mutex);
  g_ptr_array_remove_fast (in_use, unpacked);
  g_mutex_unlock (&mutex);
  remove_folder (unpacked->folder);
  if (unpacked->lock >= 0)
    close (unpacked->lock);
  g_free (unpacked->folder);
  g_free (unpacked);
}

static int
lock_folder (const char *folder)
{
  int fd = open (folder, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);

  if (fd < 0 || flock (fd, LOCK_EX | LOCK_NB) == 0)
    return fd;
  close (fd);
  return -1;
}

/* Removes a folder of this user that nobody uses. One that was made just now may not be locked
 * yet. */
static void
remove_stale (const char *folder)
{
  struct stat info;
  int lock;

  if (lstat (folder, &info) < 0 || !S_ISDIR (info.st_mode) || info.st_uid != geteuid ()
      || info.st_mtime > time (NULL) - FRESH_SECONDS)
    return;
  lock = lock_folder (folder);
  if (lock < 0)
    return;
  remove_folder (folder);
  close (lock);
}

/* What a process left behind that was killed. */
static void
remove_leftovers (void)
{
  g_autoptr (GDir) folder = g_dir_open (g_get_tmp_dir (), 0, NULL);
  const char *name;

  while (folder != NULL && (name = g_dir_read_name (folder)) != NULL)
    if (g_str_has_prefix (name, PREFIX) && strlen (name) == strlen (PREFIX "XXXXXX"))
      {
        g_autofree char *path = g_build_filename (g_get_tmp_dir (), name, NULL);
        remove_stale (path);
      }
}

static gboolean
failed (GError **error, int code)
{
  g_set_error (error, FERRY_ERROR, FERRY_ERROR_FAILED,
               _ ("The recorded computer could not be unpacked: %s"), g_strerror (code));
  return FALSE;
}

static gboolean
write_all (int fd, GBytes *content)
{
  gsize size = 0;
  const char *data = content != NULL ? g_bytes_get_data (content, &size) : NULL;

  while (size > 0)
    {
      ssize_t n = write (fd, data, size);

      if (n < 0 && errno == EINTR)
        continue;
      if (n < 0)
        return FALSE;
      data += n;
      size -= (gsize)n;
    }
  return TRUE;
}

static gboolean
make_file (const char *path, const FerryArchived *entry, GError **error)
{
  mode_t mode = entry->executable ? 0755 : 0644;
  gboolean written;
  int code;
  int fd = open (path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);

  if (fd < 0)
    return failed (error, errno);
  /* Without read permission for anybody it cannot be read below this root (facts/root). */
  if (entry->kind == FERRY_ARCHIVED_UNREADABLE)
    mode = 0;
  written = write_all (fd, entry->content) && fchmod (fd, mode) == 0;
  code = errno;
  if (close (fd) < 0 && written)
    return failed (error, errno);
  return written || failed (error, code);
}

/* Which entries are made in which pass. */
typedef enum
{
  PASS_FOLDERS,
  PASS_FILES,
  PASS_LINKS
} Pass;

static gboolean
make_folders (const char *folder, const FerryArchived *entry, GError **error)
{
  g_autofree char *path = g_build_filename (folder, entry->path, NULL);
  g_autofree char *parent = g_path_get_dirname (path);
  const char *wanted = entry->kind == FERRY_ARCHIVED_FOLDER ? path : parent;

  return g_mkdir_with_parents (wanted, 0755) == 0 || failed (error, errno);
}

static gboolean
make_entry (const char *folder, const FerryArchived *entry, Pass pass, GError **error)
{
  g_autofree char *path = NULL;

  if (pass == PASS_FOLDERS)
    return make_folders (folder, entry, error);
  if (entry->kind == FERRY_ARCHIVED_FOLDER
      || (entry->kind == FERRY_ARCHIVED_LINK) != (pass == PASS_LINKS))
    return TRUE;
  path = g_build_filename (folder, entry->path, NULL);
  if (pass == PASS_FILES)
    return make_file (path, entry, error);
  return symlink (entry->target, path) == 0 || failed (error, errno);
}

static gboolean
make_entries (const char *folder, GHashTable *entries, Pass pass, GError **error)
{
  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init (&iter, entries);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    if (!make_entry (folder, value, pass, error))
      return FALSE;
  return TRUE;
}

/**
 * ferry_unpack:
 * @entries: (element-type utf8 FerryArchived): as ferry_archive_parse() gives them
 *
 * Returns: (transfer full) (nullable): the recorded computer; its folder is removed with the last
 *   reference. %NULL with %FERRY_ERROR_FAILED; then nothing stays behind
 */
FerryRoot *
ferry_unpack (GHashTable *entries, GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autofree char *folder = NULL;
  Unpacked *unpacked;
  FerryRoot *root = NULL;

  remove_leftovers ();
  folder = g_dir_make_tmp (PREFIX "XXXXXX", &local);
  if (folder == NULL)
    {
      g_set_error (error, FERRY_ERROR, FERRY_ERROR_FAILED,
                   _ ("There is no room for temporary files: %s"), local->message);
      return NULL;
    }

  unpacked = g_new0 (Unpacked, 1);
  unpacked->folder = g_strdup (folder);
  unpacked->lock = lock_folder (folder);
  remember (unpacked);
  if (make_entries (folder, entries, PASS_FOLDERS, error)
      && make_entries (folder, entries, PASS_FILES, error)
      && make_entries (folder, entries, PASS_LINKS, error))
    root = ferry_root_new (folder, error);
  if (root != NULL)
    ferry_root_set_cleanup (root, unpacked_free, unpacked);
  else
    unpacked_free (unpacked);
  return root;
}
