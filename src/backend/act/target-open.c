/* target-open.c: see target-open.h. */
#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/openat2.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/vfs.h>
#include <unistd.h>
#include <glib/gi18n-lib.h>

#include "act/target-open.h"
#include "facts/error.h"

/* statfs(2): file systems that are no disk of this computer. */
static const guint32 foreign_file_systems[] = {
  0x9fa0 /* proc */, 0x62656572 /* sysfs */, 0x6969 /* NFS */,     0xff534d42 /* CIFS */,
  0xfe534d42 /* SMB2 */, 0x27e0eb /* cgroup */, 0x63677270 /* cgroup2 */, 0x65735546 /* FUSE */,
  0x73717368 /* squashfs */, 0x9660 /* ISO 9660 */,
};

gboolean
ferry_target_fail (GError **error, const char *path, int code)
{
  g_set_error (error, FERRY_ERROR, FERRY_ERROR_FAILED, _("“/%s” cannot be written: %s"), path,
               g_strerror (code));
  return FALSE;
}

gboolean
ferry_target_refuse (GError **error, const char *path, const char *why)
{
  g_set_error (error, FERRY_ERROR, FERRY_ERROR_REFUSED, _("“/%s” is not changed: %s"), path, why);
  return FALSE;
}

/* One name in a folder; a link is ELOOP, whatever the kernel calls it. */
static int
open_name (int folder, const char *name, int flags, guint mode)
{
  struct stat info;
  int fd = openat (folder, name, flags | O_CLOEXEC | O_NOFOLLOW, mode);

  if (fd < 0 && errno == ENOTDIR && fstatat (folder, name, &info, AT_SYMLINK_NOFOLLOW) == 0
      && S_ISLNK (info.st_mode))
    errno = ELOOP;
  return fd;
}

/* The same as openat2(2) does, name by name: a sandbox can forbid that call (RestrictSUIDSGID= of systemd.exec(5) does). */
static int
open_name_by_name (int folder, const char *path, int flags, guint mode)
{
  g_auto (GStrv) names = g_strsplit (path, "/", -1);
  guint n = g_strv_length (names);
  int at = folder;

  for (guint i = 0; i < n; i++)
    {
      gboolean last = i + 1 == n;
      int next = -1;

      if (*names[i] == '\0' || g_str_equal (names[i], "..") || (g_str_equal (names[i], ".") && n > 1))
        errno = EXDEV;
      else
        next = open_name (at, names[i], last ? flags : O_PATH | O_DIRECTORY, last ? mode : 0);
      if (at != folder)
        {
          int code = errno;
          close (at);
          errno = code;
        }
      if (next < 0 || last)
        return next;
      at = next;
    }
  errno = ENOENT;
  return -1;
}

int
ferry_target_open_strictly (int folder, const char *path, int flags, guint mode)
{
  struct open_how how = { .flags = (guint64) (flags | O_CLOEXEC | O_NOFOLLOW),
                          .mode = mode,
                          .resolve = RESOLVE_BENEATH | RESOLVE_NO_SYMLINKS | RESOLVE_NO_MAGICLINKS };
  long fd;

  do
    fd = syscall (SYS_openat2, folder, path, &how, sizeof how);
  while (fd < 0 && (errno == EINTR || errno == EAGAIN));
  if (fd < 0 && errno == ENOSYS)
    return open_name_by_name (folder, path, flags, mode);
  return (int) fd;
}

gboolean
ferry_target_is_ours (const struct stat *info)
{
  return (info->st_uid == 0 || info->st_uid == geteuid ()) && (info->st_mode & 0022) == 0;
}

static gboolean
check_folder (int fd, const char *path, GError **error)
{
  struct statfs system;
  struct stat info;

  if (fstat (fd, &info) < 0 || fstatfs (fd, &system) < 0)
    return ferry_target_fail (error, path, errno);
  if (!ferry_target_is_ours (&info))
    return ferry_target_refuse (error, path, _("others can write its folder"));
  for (gsize i = 0; i < G_N_ELEMENTS (foreign_file_systems); i++)
    if ((guint32) system.f_type == foreign_file_systems[i])
      return ferry_target_refuse (error, path, _("it is not on a disk of this computer"));
  return TRUE;
}

/* Who can write a folder can put another in the place of what is below it. The root is the caller's choice. */
static gboolean
check_way (FerryTarget *target, const char *folder, const char *path, GError **error)
{
  for (const char *slash = strchr (folder, '/'); slash != NULL; slash = strchr (slash + 1, '/'))
    {
      g_autofree char *above = g_strndup (folder, (gsize) (slash - folder));
      int fd = ferry_target_open_strictly (target->fd, above, O_PATH | O_DIRECTORY, 0);
      struct stat info;
      gboolean good = fd >= 0 && fstat (fd, &info) == 0;
      int code = errno;

      if (fd >= 0)
        close (fd);
      if (!good)
        return ferry_target_fail (error, path, code);
      if (!ferry_target_is_ours (&info))
        return ferry_target_refuse (error, path, _("others can write a folder above it"));
    }
  return TRUE;
}

/* The folder that holds @path, open for reading, and the name inside it. */
int
ferry_target_open_folder (FerryTarget *target, const char *path, const char **name, GError **error)
{
  const char *slash = strrchr (path, '/');
  g_autofree char *folder = slash != NULL ? g_strndup (path, (gsize) (slash - path)) : g_strdup (".");
  int fd = ferry_target_open_strictly (target->fd, folder, O_RDONLY | O_DIRECTORY, 0);

  *name = slash != NULL ? slash + 1 : path;
  if (fd < 0)
    {
      ferry_target_fail (error, path, errno);
      return -1;
    }
  if (!check_way (target, folder, path, error) || !check_folder (fd, path, error))
    {
      close (fd);
      return -1;
    }
  return fd;
}
