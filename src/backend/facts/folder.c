/* folder.c: see folder.h. */
#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "facts/folder.h"
#include "facts/root-private.h"

struct _FerryFolder
{
  FerryRoot *root;
  int fd;
  char *path;
};

/**
 * ferry_folder_open:
 * @path: relative to the root; links are followed inside of it
 *
 * Returns: (transfer full) (nullable): the folder; %NULL when there is none that can be opened
 */
FerryFolder *
ferry_folder_open (FerryRoot *root, const char *path)
{
  FerryFolder *folder;
  int fd = ferry_root_open (root, path, O_PATH | O_DIRECTORY);

  if (fd < 0)
    return NULL;
  folder = g_new0 (FerryFolder, 1);
  folder->root = ferry_root_ref (root);
  folder->fd = fd;
  folder->path = g_strdup (path);
  return folder;
}

void
ferry_folder_close (FerryFolder *folder)
{
  close (folder->fd);
  ferry_root_unref (folder->root);
  g_free (folder->path);
  g_free (folder);
}

/* Only a name leads nowhere else. */
static gboolean
is_name (const char *name)
{
  return *name != '\0' && strchr (name, '/') == NULL && !g_str_equal (name, ".")
         && !g_str_equal (name, "..");
}

/**
 * ferry_folder_read_head:
 * @name: of a file in the folder
 * @buffer: (out caller-allocates) (array length=size): room for @size bytes
 *
 * The same as ferry_root_read_head().
 *
 * Returns: how many bytes there are, up to @size; -1 when the file cannot be read
 */
gssize
ferry_folder_read_head (FerryFolder *folder, const char *name, guint8 *buffer, gsize size)
{
  FerryRoot *root = folder->root;
  g_autofree char *path = NULL;
  g_autoptr (GBytes) bytes = NULL;
  gssize n = -1;
  int code, fd;

  if (!is_name (name))
    return -1;
  fd = openat (folder->fd, name, O_RDONLY | O_NONBLOCK | O_NOFOLLOW | O_NOCTTY | O_CLOEXEC);
  code = fd < 0 ? errno : ferry_root_check_file (root, fd);
  if (code == 0)
    n = ferry_root_read_start (fd, buffer, size);
  if (fd >= 0)
    close (fd);
  if (code != ELOOP && root->recorder == NULL)
    return n;

  path = g_build_filename (folder->path, name, NULL);
  if (code == ELOOP)
    return ferry_root_read_head (root, path, buffer, size);
  if (n >= 0)
    bytes = g_bytes_new (buffer, (gsize) n);
  if (n >= 0)
    ferry_root_record (root, path, FERRY_ROOT_ENTRY_FILE, bytes);
  else if (code != EINVAL)
    ferry_root_record_failure (root, path);
  return n;
}

/**
 * ferry_folder_read_link:
 * @name: of a link in the folder
 *
 * Returns: (transfer full) (nullable): the target as written, even where it points nowhere; %NULL
 *   when @name is not a link
 */
char *
ferry_folder_read_link (FerryFolder *folder, const char *name)
{
  char buffer[PATH_MAX + 1];
  ssize_t length;

  if (!is_name (name))
    return NULL;
  length = readlinkat (folder->fd, name, buffer, sizeof buffer - 1);
  if (length <= 0)
    return NULL;
  buffer[length] = '\0';
  if (folder->root->recorder != NULL)
    {
      g_autofree char *path = g_build_filename (folder->path, name, NULL);
      ferry_root_record_link (folder->root, path, buffer);
    }
  return g_strdup (buffer);
}
