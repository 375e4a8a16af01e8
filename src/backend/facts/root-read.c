/* root-read.c: the part of root.h that reads files and folders. */
#include "config.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <glib/gi18n-lib.h>

#include "facts/error.h"
#include "facts/root-private.h"

static void
set_errno_error (GError **error, const char *path, int code)
{
  if (code == ENOENT || code == ENOTDIR || code == ELOOP)
    g_set_error (error, FERRY_ERROR, FERRY_ERROR_NOT_FOUND, _ ("“%s” does not exist"), path);
  else if (code == EACCES || code == EPERM)
    g_set_error (error, FERRY_ERROR, FERRY_ERROR_DENIED, _ ("“%s” may not be read"), path);
  else if (code == EFBIG)
    g_set_error (error, FERRY_ERROR, FERRY_ERROR_TOO_LARGE, _ ("“%s” is too large"), path);
  else if (code == EINVAL)
    g_set_error (error, FERRY_ERROR, FERRY_ERROR_INVALID, _ ("“%s” is not a file"), path);
  else
    g_set_error (error, FERRY_ERROR, FERRY_ERROR_FAILED, _ ("“%s” cannot be read: %s"), path,
                 g_strerror (code));
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
          *code = errno == EINVAL ? EIO : errno;
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

/* 0 when @fd is a file that may be read, else the errno for it. */
int
ferry_root_check_file (FerryRoot *root, int fd)
{
  struct stat info;

  if (fstat (fd, &info) < 0 || !S_ISREG (info.st_mode))
    return EINVAL;
  return ferry_root_hides (root, info.st_mode) ? EACCES : 0;
}

/* Opens a regular file; gives -1 and errno, EINVAL for anything that is not a file. */
static int
open_file (FerryRoot *root, const char *path)
{
  int fd = ferry_root_open (root, path, O_RDONLY | O_NONBLOCK);
  int code = fd < 0 ? errno : ferry_root_check_file (root, fd);

  if (code == 0)
    return fd;
  if (fd >= 0)
    close (fd);
  if (code != EINVAL)
    ferry_root_record_failure (root, path);
  errno = code;
  return -1;
}

/* The first bytes of an opened file, with one read(2). */
gssize
ferry_root_read_start (int fd, guint8 *buffer, gsize size)
{
  ssize_t n;

  do
    n = read (fd, buffer, size);
  while (n < 0 && errno == EINTR);
  return n;
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
  int code = 0;
  int fd = open_file (root, path);

  if (fd < 0)
    {
      set_errno_error (error, path, errno);
      return NULL;
    }
  array = read_all (fd, max, &code);
  close (fd);
  if (array == NULL)
    {
      ferry_root_record_failure (root, path);
      set_errno_error (error, path, code);
      return NULL;
    }

  bytes = g_byte_array_free_to_bytes (g_steal_pointer (&array));
  ferry_root_record (root, path, FERRY_ROOT_ENTRY_FILE, bytes);
  return g_steal_pointer (&bytes);
}

/**
 * ferry_root_read_head:
 * @buffer: (out caller-allocates) (array length=size): room for @size bytes
 *
 * Reads the first @size bytes of a file and not more, with one read(2): for files of the hardware,
 * where reading on has a price (the configuration space of a PCI device).
 *
 * Returns: how many bytes there are, up to @size; -1 when the file cannot be read
 */
gssize
ferry_root_read_head (FerryRoot *root, const char *path, guint8 *buffer, gsize size)
{
  g_autoptr (GBytes) bytes = NULL;
  gssize n;
  int fd = open_file (root, path);

  if (fd < 0)
    return -1;
  n = ferry_root_read_start (fd, buffer, size);
  close (fd);
  if (n < 0)
    ferry_root_record_failure (root, path);
  if (n < 0 || root->recorder == NULL)
    return n;
  bytes = g_bytes_new (buffer, (gsize) n);
  ferry_root_record (root, path, FERRY_ROOT_ENTRY_FILE, bytes);
  return n;
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

/* Tells the recorder what each name is; one that leads nowhere is a link and nothing else. */
static void
record_names (FerryRoot *root, const char *path, GPtrArray *names)
{
  for (guint i = 0; i < names->len; i++)
    {
      g_autofree char *child = g_build_filename (path, g_ptr_array_index (names, i), NULL);

      if (!ferry_root_exists (root, child))
        g_free (ferry_root_read_link (root, child));
    }
}

static DIR *
open_folder (FerryRoot *root, const char *path)
{
  struct stat info;
  DIR *folder = NULL;
  int fd = ferry_root_open (root, path, O_RDONLY | O_DIRECTORY);

  if (fd < 0)
    return NULL;
  if (fstat (fd, &info) == 0 && !ferry_root_hides (root, info.st_mode))
    folder = fdopendir (fd);
  if (folder == NULL)
    close (fd);
  return folder;
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
  struct dirent *entry;
  DIR *folder = open_folder (root, path);

  if (folder == NULL)
    {
      ferry_root_record_failure (root, path);
      return NULL;
    }

  names = g_ptr_array_new_with_free_func (g_free);
  while (names->len < FERRY_ROOT_MAX_NAMES && (entry = readdir (folder)) != NULL)
    if (!g_str_equal (entry->d_name, ".") && !g_str_equal (entry->d_name, ".."))
      g_ptr_array_add (names, g_strdup (entry->d_name));
  closedir (folder);

  ferry_root_record (root, path, FERRY_ROOT_ENTRY_FOLDER, NULL);
  if (root->recorder != NULL)
    record_names (root, path, names);
  g_ptr_array_sort (names, compare_names);
  g_ptr_array_add (names, NULL);
  return (char **) g_ptr_array_free (g_steal_pointer (&names), FALSE);
}
