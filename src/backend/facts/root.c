/* root.c: see root.h. */
#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/openat2.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <sys/syscall.h>
#include <unistd.h>
#include <dirent.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>

#include "facts/error.h"
#include "facts/root.h"

/* As in the kernel (MAXSYMLINKS): more links on one way mean a loop. */
#define MAX_LINKS 40

/* Where programs live, in the order of a login shell. */
static const char *const program_folders[] = { "usr/local/sbin", "usr/local/bin", "usr/sbin",
                                               "usr/bin",        "sbin",          "bin" };

struct _FerryRoot
{
  gint ref_count;
  int fd;
  char *folder;
  char *user_name;
  FerryRootRecorder recorder;
  gpointer recorder_data;
};

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
  FerryRoot *root;
  int fd = open (folder, O_PATH | O_DIRECTORY | O_CLOEXEC);

  if (fd < 0)
    {
      int saved = errno;
      g_set_error (error, FERRY_ERROR,
                   saved == EACCES ? FERRY_ERROR_DENIED : FERRY_ERROR_NOT_FOUND,
                   _("The folder “%s” cannot be opened: %s"), folder, g_strerror (saved));
      return NULL;
    }

  root = g_new0 (FerryRoot, 1);
  root->ref_count = 1;
  root->fd = fd;
  root->folder = g_canonicalize_filename (folder, NULL);
  root->user_name = g_strdup (ferry_root_is_live (root) ? g_get_user_name () : "user");
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
  g_free (root->folder);
  g_free (root->user_name);
  g_free (root);
}

const char *
ferry_root_get_folder (FerryRoot *root)
{
  return root->folder;
}

gboolean
ferry_root_is_live (FerryRoot *root)
{
  return g_str_equal (root->folder, "/");
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

/* Opens below the root; openat2(2) keeps every link inside. A kernel or sandbox without openat2
 * can only be trusted with the running system itself, where there is nothing to leave. */
static int
open_below (FerryRoot *root, const char *path, int flags)
{
  struct open_how how = { .flags = (guint64) (flags | O_CLOEXEC | O_NOCTTY),
                          .resolve = RESOLVE_IN_ROOT | RESOLVE_NO_MAGICLINKS };
  long fd;

  while (*path == '/')
    path++;
  if (*path == '\0')
    path = ".";
  fd = syscall (SYS_openat2, root->fd, path, &how, sizeof how);
  if (fd < 0 && errno == ENOSYS && ferry_root_is_live (root))
    fd = openat (root->fd, path, flags | O_CLOEXEC | O_NOCTTY);
  return (int) fd;
}

static void
set_errno_error (GError **error, const char *path, int code)
{
  if (code == ENOENT || code == ENOTDIR || code == ELOOP)
    g_set_error (error, FERRY_ERROR, FERRY_ERROR_NOT_FOUND, _("“%s” does not exist"), path);
  else if (code == EACCES || code == EPERM)
    g_set_error (error, FERRY_ERROR, FERRY_ERROR_DENIED, _("“%s” may not be read"), path);
  else
    g_set_error (error, FERRY_ERROR, FERRY_ERROR_FAILED, _("“%s” cannot be read: %s"), path,
                 g_strerror (code));
}

/* The target of @path if it is a link itself; the links above it are followed. */
static char *
link_target (FerryRoot *root, const char *path)
{
  char buffer[4097];
  ssize_t length;
  int fd = open_below (root, path, O_PATH | O_NOFOLLOW);

  if (fd < 0)
    return NULL;
  length = readlinkat (fd, "", buffer, sizeof buffer - 1);
  close (fd);
  if (length <= 0)
    return NULL;
  buffer[length] = '\0';
  return g_strdup (buffer);
}

static void
record (FerryRoot *root, const char *path, FerryRootEntry entry, GBytes *content)
{
  if (root->recorder != NULL)
    root->recorder (path, entry, content, root->recorder_data);
}

/* Puts the components of @path, last first, on top of @todo. */
static void
push_components (GPtrArray *todo, const char *path)
{
  g_auto (GStrv) parts = g_strsplit (path, "/", -1);

  for (guint i = g_strv_length (parts); i > 0; i--)
    if (*parts[i - 1] != '\0' && !g_str_equal (parts[i - 1], "."))
      g_ptr_array_add (todo, g_strdup (parts[i - 1]));
}

static void
drop_last_component (GString *path)
{
  const char *slash = strrchr (path->str, '/');

  g_string_truncate (path, slash == NULL ? 0 : (gsize) (slash - path->str));
}

/* Walks @path component by component as RESOLVE_IN_ROOT does and tells the recorder each link. */
static char *
walk (FerryRoot *root, const char *path)
{
  g_autoptr (GPtrArray) todo = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GString) done = g_string_new (NULL);
  guint links = 0;

  push_components (todo, path);
  while (todo->len > 0)
    {
      g_autofree char *part = g_ptr_array_steal_index (todo, todo->len - 1);
      g_autofree char *target = NULL;
      gsize before = done->len;

      if (g_str_equal (part, ".."))
        {
          drop_last_component (done);
          continue;
        }
      g_string_append_printf (done, "%s%s", before > 0 ? "/" : "", part);
      target = link_target (root, done->str);
      if (target == NULL)
        continue;
      if (++links > MAX_LINKS)
        return NULL;
      if (root->recorder != NULL)
        {
          g_autoptr (GBytes) content = g_bytes_new (target, strlen (target));
          record (root, done->str, FERRY_ROOT_ENTRY_LINK, content);
        }
      g_string_truncate (done, *target == '/' ? 0 : before);
      push_components (todo, target);
    }
  return g_string_free (g_steal_pointer (&done), FALSE);
}

static void
record_path (FerryRoot *root, const char *path, FerryRootEntry entry, GBytes *content)
{
  g_autofree char *canonical = NULL;

  if (root->recorder == NULL)
    return;
  canonical = walk (root, path);
  if (canonical != NULL)
    record (root, canonical, entry, content);
}

static GByteArray *
read_all (int fd, gsize max, int *code)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  guint8 buffer[16384];

  for (;;)
    {
      ssize_t n = read (fd, buffer, sizeof buffer);

      if (n < 0 && errno == EINTR)
        continue;
      if (n < 0)
        {
          *code = errno;
          return NULL;
        }
      if (n == 0)
        return g_steal_pointer (&bytes);
      g_byte_array_append (bytes, buffer, (guint) n);
      if (bytes->len > max)
        {
          *code = EFBIG;
          return NULL;
        }
    }
}

/**
 * ferry_root_read_bytes:
 * @max: bytes; a longer file is an error, not cut
 *
 * Reads a regular file. Never waits for a FIFO or device.
 *
 * Returns: (transfer full) (nullable): the content, or %NULL with %FERRY_ERROR_NOT_FOUND,
 *   %FERRY_ERROR_DENIED, %FERRY_ERROR_TOO_LARGE, %FERRY_ERROR_INVALID (not a regular file) or
 *   %FERRY_ERROR_FAILED
 */
GBytes *
ferry_root_read_bytes (FerryRoot *root, const char *path, gsize max, GError **error)
{
  g_autoptr (GByteArray) array = NULL;
  g_autoptr (GBytes) bytes = NULL;
  struct stat info;
  int code = 0;
  int fd = open_below (root, path, O_RDONLY | O_NONBLOCK);

  if (fd < 0)
    {
      set_errno_error (error, path, errno);
      return NULL;
    }
  if (fstat (fd, &info) < 0 || !S_ISREG (info.st_mode))
    {
      close (fd);
      g_set_error (error, FERRY_ERROR, FERRY_ERROR_INVALID, _("“%s” is not a file"), path);
      return NULL;
    }
  array = read_all (fd, max, &code);
  close (fd);
  if (array == NULL && code == EFBIG)
    {
      g_set_error (error, FERRY_ERROR, FERRY_ERROR_TOO_LARGE, _("“%s” is too large"), path);
      return NULL;
    }
  if (array == NULL)
    {
      set_errno_error (error, path, code);
      return NULL;
    }

  bytes = g_byte_array_free_to_bytes (g_steal_pointer (&array));
  record_path (root, path, FERRY_ROOT_ENTRY_FILE, bytes);
  return g_steal_pointer (&bytes);
}

/**
 * ferry_root_read_text:
 *
 * Reads a text file of at most %FERRY_ROOT_MAX_FILE bytes. Bytes that are not UTF-8 become U+FFFD;
 * the text ends at the first NUL byte.
 *
 * Returns: (transfer full) (nullable): the text, or %NULL with an error as ferry_root_read_bytes()
 */
char *
ferry_root_read_text (FerryRoot *root, const char *path, GError **error)
{
  g_autoptr (GBytes) bytes = ferry_root_read_bytes (root, path, FERRY_ROOT_MAX_FILE, error);
  const char *data;
  gsize size;

  if (bytes == NULL)
    return NULL;
  data = g_bytes_get_data (bytes, &size);
  if (data == NULL)
    return g_strdup ("");
  return g_utf8_make_valid (data, (gssize) strnlen (data, size));
}

/**
 * ferry_root_read_line:
 *
 * The first line of a small file such as those of sysfs, without blanks at both ends.
 *
 * Returns: (transfer full) (nullable): the line, or %NULL when the file cannot be read
 */
char *
ferry_root_read_line (FerryRoot *root, const char *path)
{
  g_autofree char *text = ferry_root_read_text (root, path, NULL);
  char *end;

  if (text == NULL)
    return NULL;
  end = strchr (text, '\n');
  if (end != NULL)
    *end = '\0';
  return g_strdup (g_strstrip (text));
}

/**
 * ferry_root_read_number:
 * @value: (out): decimal, or hexadecimal after "0x"; set only on success
 *
 * Returns: whether the file holds exactly one number
 */
gboolean
ferry_root_read_number (FerryRoot *root, const char *path, guint64 *value)
{
  g_autofree char *line = ferry_root_read_line (root, path);

  if (line == NULL)
    return FALSE;
  if (g_str_has_prefix (line, "0x"))
    return g_ascii_string_to_unsigned (line + 2, 16, 0, G_MAXUINT64, value, NULL);
  return g_ascii_string_to_unsigned (line, 10, 0, G_MAXUINT64, value, NULL);
}

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

/**
 * ferry_root_list:
 *
 * Returns: (transfer full) (nullable): the names in a folder, sorted by bytes, at most
 *   %FERRY_ROOT_MAX_NAMES; %NULL when it is not there or cannot be read
 */
char **
ferry_root_list (FerryRoot *root, const char *path)
{
  g_autoptr (GPtrArray) names = NULL;
  int fd = open_below (root, path, O_RDONLY | O_DIRECTORY);
  struct dirent *entry;
  DIR *folder;

  if (fd < 0)
    return NULL;
  folder = fdopendir (fd);
  if (folder == NULL)
    {
      close (fd);
      return NULL;
    }

  names = g_ptr_array_new_with_free_func (g_free);
  while (names->len < FERRY_ROOT_MAX_NAMES && (entry = readdir (folder)) != NULL)
    if (!g_str_equal (entry->d_name, ".") && !g_str_equal (entry->d_name, ".."))
      g_ptr_array_add (names, g_strdup (entry->d_name));
  closedir (folder);

  record_path (root, path, FERRY_ROOT_ENTRY_FOLDER, NULL);
  if (root->recorder != NULL)
    for (guint i = 0; i < names->len; i++)
      {
        g_autofree char *child = g_build_filename (path, g_ptr_array_index (names, i), NULL);
        record_path (root, child, FERRY_ROOT_ENTRY_EXISTS, NULL);
      }
  g_ptr_array_sort (names, compare_names);
  g_ptr_array_add (names, NULL);
  return (char **) g_ptr_array_free (g_steal_pointer (&names), FALSE);
}

/**
 * ferry_root_read_link:
 *
 * Returns: (transfer full) (nullable): the target as written, even where it points nowhere; %NULL
 *   when @path is not a link
 */
char *
ferry_root_read_link (FerryRoot *root, const char *path)
{
  char *target = link_target (root, path);

  if (target != NULL && root->recorder != NULL)
    {
      g_autofree char *folder = g_path_get_dirname (path);
      g_autofree char *name = g_path_get_basename (path);
      g_autofree char *canonical = walk (root, folder);
      g_autofree char *full = g_build_filename (canonical != NULL ? canonical : folder, name, NULL);
      g_autoptr (GBytes) content = g_bytes_new (target, strlen (target));

      record (root, full, FERRY_ROOT_ENTRY_LINK, content);
    }
  return target;
}

/**
 * ferry_root_resolve:
 *
 * Returns: (transfer full) (nullable): @path relative to the root with all links followed; %NULL
 *   when it does not exist
 */
char *
ferry_root_resolve (FerryRoot *root, const char *path)
{
  if (!ferry_root_exists (root, path))
    return NULL;
  return walk (root, path);
}

/**
 * ferry_root_exists:
 *
 * Returns: whether @path exists, links followed
 */
gboolean
ferry_root_exists (FerryRoot *root, const char *path)
{
  int fd = open_below (root, path, O_PATH);

  if (fd < 0)
    return FALSE;
  if (root->recorder != NULL)
    {
      struct stat info;
      gboolean folder = fstat (fd, &info) == 0 && S_ISDIR (info.st_mode);
      record_path (root, path, folder ? FERRY_ROOT_ENTRY_FOLDER : FERRY_ROOT_ENTRY_EXISTS, NULL);
    }
  close (fd);
  return TRUE;
}

gboolean
ferry_root_is_executable (FerryRoot *root, const char *path)
{
  struct stat info;
  gboolean executable;
  int fd = open_below (root, path, O_PATH);

  if (fd < 0)
    return FALSE;
  executable = fstat (fd, &info) == 0 && S_ISREG (info.st_mode) && (info.st_mode & 0111) != 0;
  close (fd);
  if (executable)
    record_path (root, path, FERRY_ROOT_ENTRY_EXISTS, NULL);
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
  int fd = open_below (root, path, O_PATH);
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
  int fd = open_below (root, path, O_PATH);
  guint64 size = 0;

  if (fd < 0)
    return 0;
  if (fstat (fd, &info) == 0 && S_ISREG (info.st_mode))
    size = (guint64) info.st_size;
  close (fd);
  record_path (root, path, FERRY_ROOT_ENTRY_EXISTS, NULL);
  return size;
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
  fd = open_below (root, path, O_RDONLY | O_DIRECTORY);
  if (fd < 0)
    return space;
  if (fstatvfs (fd, &info) == 0)
    space = (guint64) info.f_bavail * info.f_frsize;
  close (fd);
  return space;
}
