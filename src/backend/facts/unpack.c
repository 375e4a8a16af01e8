/* unpack.c: see unpack.h. */
#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>

#include "facts/archive.h"
#include "facts/error.h"
#include "facts/unpack.h"

/* Folders that are open at the same time while removing. */
#define OPEN_FOLDERS 16

static int
remove_one (const char *path, const struct stat *info, int flag, struct FTW *place)
{
  (void)remove (path);
  return 0;
}

static void
remove_folder (gpointer data)
{
  g_autofree char *folder = data;

  nftw (folder, remove_one, OPEN_FOLDERS, FTW_DEPTH | FTW_PHYS | FTW_MOUNT);
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
  g_autofree char *folder = g_dir_make_tmp ("ferry-machine-XXXXXX", &local);
  FerryRoot *root = NULL;

  if (folder == NULL)
    {
      g_set_error (error, FERRY_ERROR, FERRY_ERROR_FAILED,
                   _ ("There is no room for temporary files: %s"), local->message);
      return NULL;
    }
  if (make_entries (folder, entries, PASS_FOLDERS, error)
      && make_entries (folder, entries, PASS_FILES, error)
      && make_entries (folder, entries, PASS_LINKS, error))
    root = ferry_root_new (folder, error);
  if (root != NULL)
    ferry_root_set_cleanup (root, remove_folder, g_steal_pointer (&folder));
  else
    remove_folder (g_steal_pointer (&folder));
  return root;
}
