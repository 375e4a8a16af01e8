/* target.c: see target.h. */
#include "config.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/vfs.h>
#include <unistd.h>
#include <glib/gi18n-lib.h>

#include "act/target-open.h"
#include "facts/error.h"

/* statfs(2), MSDOS_SUPER_MAGIC: an EFI partition. */
#define FAT 0x4d44

FerryTarget *
ferry_target_new (FerryRoot *root, GError **error)
{
  FerryTarget *target;
  int fd = open (ferry_root_get_folder (root), O_PATH | O_DIRECTORY | O_CLOEXEC);

  if (fd < 0)
    {
      g_set_error (error, FERRY_ERROR, FERRY_ERROR_FAILED, _("The system cannot be opened: %s"),
                   g_strerror (errno));
      return NULL;
    }
  target = g_new0 (FerryTarget, 1);
  target->fd = fd;
  return target;
}

void
ferry_target_free (FerryTarget *target)
{
  if (target == NULL)
    return;
  close (target->fd);
  g_free (target);
}

static gboolean
check_file (const struct stat *info, const char *path, GError **error)
{
  if (!S_ISREG (info->st_mode))
    return ferry_target_refuse (error, path, _("it is not a plain file"));
  if (!ferry_target_is_ours (info))
    return ferry_target_refuse (error, path, _("others can write it"));
  if (info->st_nlink != 1)
    return ferry_target_refuse (error, path, _("it has more than one name"));
  if (info->st_size > FERRY_TARGET_MAX_SIZE)
    return ferry_target_refuse (error, path, _("it is too large"));
  return TRUE;
}

static char *
read_whole (int fd, gsize size, const char *path, GError **error)
{
  g_autofree char *text = g_malloc (size + 1);
  gsize length = 0;

  while (length < size)
    {
      ssize_t n = read (fd, text + length, size - length);

      if (n < 0 && errno == EINTR)
        continue;
      if (n < 0)
        {
          ferry_target_fail (error, path, errno);
          return NULL;
        }
      if (n == 0)
        break;
      length += (gsize) n;
    }
  text[length] = '\0';
  if (strlen (text) != length || length != size)
    {
      ferry_target_refuse (error, path, _("it is not text"));
      return NULL;
    }
  return g_steal_pointer (&text);
}

gboolean
ferry_target_read (FerryTarget *target, const char *path, char **text, guint *mode, guint *uid,
                   guint *gid, GError **error)
{
  struct stat info;
  int fd = ferry_target_open_strictly (target->fd, path, O_RDONLY | O_NONBLOCK, 0);

  *text = NULL;
  if (fd < 0 && (errno == ENOENT || errno == ENOTDIR))
    return TRUE;
  if (fd < 0 && errno == ELOOP)
    return ferry_target_refuse (error, path, _("it is a link"));
  if (fd < 0)
    return ferry_target_fail (error, path, errno);
  if (fstat (fd, &info) == 0 && check_file (&info, path, error))
    *text = read_whole (fd, (gsize) info.st_size, path, error);
  close (fd);
  *mode = info.st_mode & 07777;
  *uid = info.st_uid;
  *gid = info.st_gid;
  return *text != NULL;
}

static gboolean
write_whole (int fd, const char *data, gsize size)
{
  while (size > 0)
    {
      ssize_t n = write (fd, data, size);

      if (n < 0 && errno == EINTR)
        continue;
      if (n <= 0)
        {
          errno = n == 0 ? EIO : errno;
          return FALSE;
        }
      data += n;
      size -= (gsize) n;
    }
  return TRUE;
}

/* Calls close(2) so that its error counts too. */
static gboolean
finish (int fd, gboolean good, const char *path, GError **error)
{
  int code = errno;

  if (close (fd) < 0 && good)
    {
      code = errno;
      good = FALSE;
    }
  return good ? TRUE : ferry_target_fail (error, path, code);
}

gboolean
ferry_target_create (FerryTarget *target, const char *path, const char *data, gsize size, guint mode,
                     guint uid, guint gid, GError **error)
{
  const char *name;
  gboolean good;
  int folder = ferry_target_open_folder (target, path, &name, error);
  int fd;

  if (folder < 0)
    return FALSE;
  fd = ferry_target_open_strictly (folder, name, O_WRONLY | O_CREAT | O_EXCL, 0600);
  if (fd < 0)
    {
      int code = errno;
      close (folder);
      return ferry_target_fail (error, path, code);
    }
  good = write_whole (fd, data, size)
         && (geteuid () != 0 || fchown (fd, uid, gid) == 0) && fchmod (fd, mode) == 0 && fsync (fd) == 0;
  good = finish (fd, good, path, error);
  if (good && fsync (folder) < 0)
    good = ferry_target_fail (error, path, errno);
  if (!good)
    unlinkat (folder, name, 0);
  close (folder);
  return good;
}

static const char *
base_name (const char *path)
{
  const char *slash = strrchr (path, '/');

  return slash != NULL ? slash + 1 : path;
}

/* FAT keeps its table of clusters apart from its folders, and fsync(2) of one does not promise the other: there everything
 * is written out, before the old content is let go and after. */
static gboolean
settle (int folder)
{
  struct statfs system;

  return fstatfs (folder, &system) == 0 && ((guint32) system.f_type != FAT || syncfs (folder) == 0);
}

gboolean
ferry_target_rename (FerryTarget *target, const char *from, const char *to, GError **error)
{
  const char *name;
  gboolean good;
  int folder = ferry_target_open_folder (target, from, &name, error);

  if (folder < 0)
    return FALSE;
  good = settle (folder) && renameat (folder, name, folder, base_name (to)) == 0 && fsync (folder) == 0 && settle (folder);
  return finish (folder, good, to, error);
}

static gboolean
copy_content (int from, int to)
{
  char buffer[65536];

  for (;;)
    {
      ssize_t n = read (from, buffer, sizeof buffer);

      if (n < 0 && errno == EINTR)
        continue;
      if (n < 0)
        return FALSE;
      if (n == 0)
        return fsync (to) == 0;
      if (!write_whole (to, buffer, (gsize) n))
        return FALSE;
    }
}

/* FAT has no second names (EPERM). */
static gboolean
copy_file (int folder, const char *from, const char *to)
{
  struct stat info;
  gboolean good = FALSE;
  int out = -1;
  int in = ferry_target_open_strictly (folder, from, O_RDONLY, 0);

  if (in < 0)
    return FALSE;
  if (fstat (in, &info) == 0)
    out = ferry_target_open_strictly (folder, to, O_WRONLY | O_CREAT | O_EXCL, info.st_mode & 0777);
  if (out >= 0)
    good = copy_content (in, out) & (close (out) == 0);
  close (in);
  return good;
}

gboolean
ferry_target_keep (FerryTarget *target, const char *from, const char *to, GError **error)
{
  const char *name;
  gboolean good;
  int folder = ferry_target_open_folder (target, from, &name, error);

  if (folder < 0)
    return FALSE;
  good = linkat (folder, name, folder, base_name (to), 0) == 0;
  if (!good && (errno == EPERM || errno == EOPNOTSUPP || errno == EMLINK))
    good = copy_file (folder, name, base_name (to));
  good = good && fsync (folder) == 0;
  return finish (folder, good, to, error);
}

/* The owner and mode first: a file that was cut off is removed, not used. */
static gboolean
fill_copy (int in, int out)
{
  struct stat info;

  return fstat (in, &info) == 0 && (geteuid () != 0 || fchown (out, info.st_uid, info.st_gid) == 0)
         && fchmod (out, info.st_mode & 0777) == 0 && copy_content (in, out);
}

gboolean
ferry_target_copy (FerryTarget *target, const char *from, const char *to, GError **error)
{
  const char *name;
  guint64 size;
  gboolean good = FALSE;
  int in = ferry_target_open (target, from, &size, error);
  int folder = in >= 0 ? ferry_target_open_folder (target, to, &name, error) : -1;
  int out = folder >= 0 ? ferry_target_open_strictly (folder, name, O_WRONLY | O_CREAT | O_EXCL, 0600) : -1;

  if (out >= 0)
    {
      good = finish (out, fill_copy (in, out), to, error);
      if (good && fsync (folder) < 0)
        good = ferry_target_fail (error, to, errno);
      if (!good)
        unlinkat (folder, name, 0);
    }
  else if (folder >= 0)
    ferry_target_fail (error, to, errno);
  if (folder >= 0)
    close (folder);
  if (in >= 0)
    close (in);
  return good;
}

static gboolean
has_same_content (int a, int b)
{
  char one[16384], two[sizeof one];

  for (;;)
    {
      ssize_t n = read (a, one, sizeof one);
      ssize_t m = read (b, two, sizeof two);

      if (n < 0 || n != m || memcmp (one, two, (gsize) n) != 0)
        return FALSE;
      if (n == 0)
        return TRUE;
    }
}

gboolean
ferry_target_is_same (FerryTarget *target, const char *a, const char *b)
{
  struct stat one, two;
  guint64 size;
  int left = ferry_target_open (target, a, &size, NULL);
  int right = left >= 0 ? ferry_target_open (target, b, &size, NULL) : -1;
  gboolean same = right >= 0 && fstat (left, &one) == 0 && fstat (right, &two) == 0 && one.st_mode == two.st_mode
                  && one.st_uid == two.st_uid && one.st_gid == two.st_gid && one.st_size == two.st_size
                  && has_same_content (left, right);

  if (left >= 0)
    close (left);
  if (right >= 0)
    close (right);
  return same;
}

gboolean
ferry_target_remove (FerryTarget *target, const char *path, GError **error)
{
  const char *name;
  gboolean good;
  int folder;

  if (!ferry_target_exists (target, path))
    return TRUE;
  folder = ferry_target_open_folder (target, path, &name, error);
  if (folder < 0)
    return FALSE;
  good = (unlinkat (folder, name, 0) == 0 || errno == ENOENT) && fsync (folder) == 0;
  return finish (folder, good, path, error);
}

gboolean
ferry_target_make_link (FerryTarget *target, const char *path, const char *points_to, GError **error)
{
  const char *name;
  gboolean good;
  int folder = ferry_target_open_folder (target, path, &name, error);

  if (folder < 0)
    return FALSE;
  good = symlinkat (points_to, folder, name) == 0 && fsync (folder) == 0;
  return finish (folder, good, path, error);
}

static gboolean
make_one_folder (FerryTarget *target, const char *path, guint mode, GPtrArray *made, GError **error)
{
  const char *name;
  gboolean good;
  int folder;

  if (ferry_target_exists (target, path))
    return TRUE;
  folder = ferry_target_open_folder (target, path, &name, error);
  if (folder < 0)
    return FALSE;
  good = mkdirat (folder, name, mode) == 0;
  if (good && made != NULL)
    g_ptr_array_add (made, g_strdup (path));
  good = good && fchmodat (folder, name, mode, 0) == 0 && fsync (folder) == 0;
  return finish (folder, good, path, error);
}

gboolean
ferry_target_make_folders (FerryTarget *target, const char *path, guint mode, GPtrArray *made,
                           GError **error)
{
  for (const char *slash = strchr (path, '/'); slash != NULL; slash = strchr (slash + 1, '/'))
    {
      g_autofree char *folder = g_strndup (path, (gsize) (slash - path));

      if (!make_one_folder (target, folder, mode, made, error))
        return FALSE;
    }
  return TRUE;
}

void
ferry_target_remove_folder (FerryTarget *target, const char *path)
{
  const char *name;
  int folder = ferry_target_open_folder (target, path, &name, NULL);

  if (folder < 0)
    return;
  if (unlinkat (folder, name, AT_REMOVEDIR) == 0)
    fsync (folder);
  close (folder);
}

gboolean
ferry_target_is_empty_folder (FerryTarget *target, const char *path)
{
  int fd = ferry_target_open_strictly (target->fd, path, O_RDONLY | O_DIRECTORY, 0);
  DIR *folder = fd >= 0 ? fdopendir (fd) : NULL;
  const struct dirent *entry;
  gboolean empty = folder != NULL;

  while (empty && (entry = readdir (folder)) != NULL)
    empty = g_str_equal (entry->d_name, ".") || g_str_equal (entry->d_name, "..");
  if (folder != NULL)
    closedir (folder);
  else if (fd >= 0)
    close (fd);
  return empty;
}

/* Also TRUE for a link that points nowhere: something is there. */
gboolean
ferry_target_exists (FerryTarget *target, const char *path)
{
  int fd = ferry_target_open_strictly (target->fd, path, O_PATH, 0);

  if (fd < 0)
    return FALSE;
  close (fd);
  return TRUE;
}

gboolean
ferry_target_sync (FerryTarget *target, const char *path, GError **error)
{
  const char *name;
  int folder = ferry_target_open_folder (target, path, &name, error);

  if (folder < 0)
    return FALSE;
  return finish (folder, syncfs (folder) == 0, path, error);
}

int
ferry_target_open (FerryTarget *target, const char *path, guint64 *size, GError **error)
{
  struct stat info;
  int fd = ferry_target_open_strictly (target->fd, path, O_RDONLY | O_NONBLOCK, 0);

  if (fd < 0)
    {
      g_set_error (error, FERRY_ERROR, FERRY_ERROR_NOT_FOUND, _("“/%s” cannot be read: %s"), path,
                   g_strerror (errno));
      return -1;
    }
  if (fstat (fd, &info) < 0 || !S_ISREG (info.st_mode))
    {
      close (fd);
      g_set_error (error, FERRY_ERROR, FERRY_ERROR_INVALID, _("“/%s” is not a plain file"), path);
      return -1;
    }
  *size = (guint64) info.st_size;
  return fd;
}

int
ferry_target_open_lock (FerryTarget *target, const char *path, GError **error)
{
  const char *name;
  int folder = ferry_target_open_folder (target, path, &name, error);
  int fd;

  if (folder < 0)
    return -1;
  fd = ferry_target_open_strictly (folder, name, O_RDWR | O_CREAT, 0600);
  if (fd < 0)
    ferry_target_fail (error, path, errno);
  close (folder);
  return fd;
}
