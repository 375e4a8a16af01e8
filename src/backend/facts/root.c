/* root.c: see root.h. Opening, and what is where; reading is in root-read.c. */
#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <linux/openat2.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <sys/syscall.h>
#include <unistd.h>
#include <glib/gi18n-lib.h>

#include "facts/error.h"
#include "facts/root-private.h"

#define MAX_TRIES 64

/* Where programs live, in the order of a login shell. */
static const char *const program_folders[]
    = { "usr/local/sbin", "usr/local/bin", "usr/sbin", "usr/bin", "sbin", "bin" };

/**
 * ferry_root_new:
 * @folder: the root; "/" for the running system
 *
 * Returns: (transfer full) (nullable): a root, or %NULL with %FERRY_ERROR_NOT_FOUND or
 *   %FERRY_ERROR_DENIED
 */
FerryRoot *
ferry_root_new (const char *folder, GError **error)
{
  struct stat info, system;
  FerryRoot *root;
  int fd = open (folder, O_PATH | O_DIRECTORY | O_CLOEXEC);

  if (fd < 0)
    {
      int saved = errno;
      g_set_error (error, FERRY_ERROR, saved == EACCES ? FERRY_ERROR_DENIED : FERRY_ERROR_NOT_FOUND,
                   _ ("The folder “%s” cannot be opened: %s"), folder, g_strerror (saved));
      return NULL;
    }

  root = g_new0 (FerryRoot, 1);
  root->ref_count = 1;
  root->fd = fd;
  root->live = fstat (fd, &info) == 0 && stat ("/", &system) == 0 && info.st_dev == system.st_dev
               && info.st_ino == system.st_ino;
  root->folder = g_canonicalize_filename (folder, NULL);
  root->user_name = g_strdup (root->live ? g_get_user_name () : "user");
  return root;
}

FerryRoot *
ferry_root_ref (FerryRoot *root)
{
  g_atomic_int_inc (&root->ref_count);
  return root;
}

void
ferry_root_unref (FerryRoot *root)
{
  if (!g_atomic_int_dec_and_test (&root->ref_count))
    return;
  close (root->fd);
  if (root->cleanup != NULL)
    root->cleanup (root->cleanup_data);
  g_free (root->folder);
  g_free (root->user_name);
  g_free (root);
}

const char *
ferry_root_get_folder (FerryRoot *root)
{
  return root->folder;
}

/**
 * ferry_root_is_live:
 *
 * Returns: whether this is the running system, by whatever name it was opened
 */
gboolean
ferry_root_is_live (FerryRoot *root)
{
  return root->live;
}

/**
 * ferry_root_get_user_name:
 *
 * Returns: who asks: the real user on the running system, "user" in a recorded machine
 */
const char *
ferry_root_get_user_name (FerryRoot *root)
{
  return root->user_name;
}

/**
 * ferry_root_set_user_name:
 *
 * For a program that looks on behalf of somebody else. To be called before the root is shared.
 */
void
ferry_root_set_user_name (FerryRoot *root, const char *name)
{
  g_free (root->user_name);
  root->user_name = g_strdup (name);
}

/**
 * ferry_root_set_cleanup:
 *
 * With the last reference @cleanup is called, from whatever thread drops it: for a folder that
 * exists only as long as the root does.
 */
void
ferry_root_set_cleanup (FerryRoot *root, GDestroyNotify cleanup, gpointer user_data)
{
  root->cleanup = cleanup;
  root->cleanup_data = user_data;
}

/**
 * ferry_root_set_recorder:
 *
 * From now on @recorder hears of everything that is read. Recording costs one readlink(2) for each
 * component of each path, so it is off by default.
 */
void
ferry_root_set_recorder (FerryRoot *root, FerryRootRecorder recorder, gpointer user_data)
{
  root->recorder = recorder;
  root->recorder_data = user_data;
}

/* Opens below the root and keeps every link inside. The running system itself cannot be left, so
 * there plain openat(2) does; it also works where a sandbox forbids openat2(2). Returns -1 and
 * errno. */
int
ferry_root_open (FerryRoot *root, const char *path, int flags)
{
  struct open_how how = { .resolve = RESOLVE_IN_ROOT | RESOLVE_NO_MAGICLINKS };
  long fd;

  /* openat2(2) refuses all flags that do not fit O_PATH. */
  flags |= (flags & O_PATH) != 0 ? O_CLOEXEC : O_CLOEXEC | O_NOCTTY;
  how.flags = (guint64) flags;
  while (*path == '/')
    path++;
  if (*path == '\0')
    path = ".";
  if (root->live)
    return openat (root->fd, path, flags);

  /* EAGAIN: something on this computer was renamed while ".." was followed (openat2(2)). */
  for (int tries = 0; tries < MAX_TRIES; tries++)
    {
      fd = syscall (SYS_openat2, root->fd, path, &how, sizeof how);
      if (fd >= 0 || errno != EAGAIN)
        return (int) fd;
    }
  return -1;
}

/* Root may read everything on the running system. Elsewhere a file that nobody may read stays
 * unread for root too, so that a recorded computer gives everybody the same answers. */
gboolean
ferry_root_hides (FerryRoot *root, guint mode)
{
  return !root->live && (mode & 0444) == 0;
}

/* The target of @path if it is a link itself; the links above it are followed. */
char *
ferry_root_get_target (FerryRoot *root, const char *path)
{
  char buffer[PATH_MAX + 1];
  ssize_t length;
  int fd;

  while (*path == '/')
    path++;
  if (root->live)
    length = readlinkat (root->fd, path, buffer, sizeof buffer - 1);
  else
    {
      fd = ferry_root_open (root, path, O_PATH | O_NOFOLLOW);
      if (fd < 0)
        return NULL;
      length = readlinkat (fd, "", buffer, sizeof buffer - 1);
      close (fd);
    }
  if (length <= 0)
    return NULL;
  buffer[length] = '\0';
  return g_strdup (buffer);
}

/**
 * ferry_root_exists:
 *
 * Returns: whether @path exists, links followed
 */
gboolean
ferry_root_exists (FerryRoot *root, const char *path)
{
  int fd = ferry_root_open (root, path, O_PATH);

  if (fd < 0)
    return FALSE;
  if (root->recorder != NULL)
    {
      struct stat info;
      gboolean folder = fstat (fd, &info) == 0 && S_ISDIR (info.st_mode);
      ferry_root_record (root, path, folder ? FERRY_ROOT_ENTRY_FOLDER : FERRY_ROOT_ENTRY_EXISTS,
                         NULL);
    }
  close (fd);
  return TRUE;
}

gboolean
ferry_root_is_executable (FerryRoot *root, const char *path)
{
  struct stat info;
  gboolean executable;
  int fd = ferry_root_open (root, path, O_PATH);

  if (fd < 0)
    return FALSE;
  executable = fstat (fd, &info) == 0 && S_ISREG (info.st_mode) && (info.st_mode & 0111) != 0;
  close (fd);
  if (executable)
    ferry_root_record (root, path, FERRY_ROOT_ENTRY_PROGRAM, NULL);
  return executable;
}

/**
 * ferry_root_find_program:
 * @name: a file name without a slash
 *
 * Returns: (transfer full) (nullable): where the program is, relative to the root, or %NULL
 */
char *
ferry_root_find_program (FerryRoot *root, const char *name)
{
  for (gsize i = 0; i < G_N_ELEMENTS (program_folders); i++)
    {
      g_autofree char *path = g_build_filename (program_folders[i], name, NULL);

      if (ferry_root_is_executable (root, path))
        return g_steal_pointer (&path);
    }
  return NULL;
}

/**
 * ferry_root_get_owner:
 * @mode: (out): permission bits of the file that @path leads to; 0644 when it does not exist
 *
 * Returns: whether @path exists
 */
gboolean
ferry_root_get_owner (FerryRoot *root, const char *path, guint *mode, guint *uid, guint *gid)
{
  struct stat info = { .st_mode = 0644 };
  int fd = ferry_root_open (root, path, O_PATH);
  gboolean found = fd >= 0 && fstat (fd, &info) == 0;

  if (fd >= 0)
    close (fd);
  *mode = info.st_mode & 07777;
  *uid = info.st_uid;
  *gid = info.st_gid;
  return found;
}

/**
 * ferry_root_get_size:
 *
 * Returns: bytes of a regular file, 0 for anything else
 */
guint64
ferry_root_get_size (FerryRoot *root, const char *path)
{
  struct stat info;
  int fd = ferry_root_open (root, path, O_PATH);
  guint64 size = 0;

  if (fd < 0)
    return 0;
  if (fstat (fd, &info) == 0 && S_ISREG (info.st_mode))
    size = (guint64) info.st_size;
  close (fd);
  ferry_root_record (root, path, FERRY_ROOT_ENTRY_EXISTS, NULL);
  return size;
}

/**
 * ferry_root_get_change_time:
 *
 * Returns: microseconds since 1970 when the content or anything else about the file was changed; 0 when unknown
 */
gint64
ferry_root_get_change_time (FerryRoot *root, const char *path)
{
  struct stat info;
  int fd = ferry_root_open (root, path, O_PATH);
  gint64 time = 0;

  if (fd < 0)
    return 0;
  if (fstat (fd, &info) == 0)
    time = (gint64) info.st_ctim.tv_sec * G_USEC_PER_SEC + info.st_ctim.tv_nsec / 1000;
  close (fd);
  return time;
}

/**
 * ferry_root_get_free_space:
 *
 * Returns: bytes that root can still write where @path is; %G_MAXUINT64 when it is not known, as
 *   below a root that is not the running system
 */
guint64
ferry_root_get_free_space (FerryRoot *root, const char *path)
{
  struct statvfs info;
  guint64 space = G_MAXUINT64;
  int fd;

  if (!ferry_root_is_live (root))
    return space;
  fd = ferry_root_open (root, path, O_RDONLY | O_DIRECTORY);
  if (fd < 0)
    return space;
  if (fstatvfs (fd, &info) == 0)
    space = (guint64) info.f_bavail * info.f_frsize;
  close (fd);
  return space;
}
