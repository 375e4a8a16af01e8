/* attributes.c: see attributes.h. */
#include "config.h"

#include <errno.h>
#include <string.h>
#include <sys/xattr.h>
#include <unistd.h>
#include <glib/gi18n-lib.h>

#include "act/attributes.h"
#include "facts/error.h"

/* Linux's own limits (XATTR_LIST_MAX, XATTR_SIZE_MAX). */
#define MAX_BYTES 65536

static gboolean
fail (GError **error, const char *path, int code)
{
  g_set_error (error, FERRY_ERROR, FERRY_ERROR_FAILED, _("“/%s” cannot be written: %s"), path, g_strerror (code));
  return FALSE;
}

static gboolean
copy_one (int from, int to, const char *name, const char *path, GError **error)
{
  g_autofree char *value = g_malloc (MAX_BYTES);
  ssize_t size = fgetxattr (from, name, value, MAX_BYTES);

  if (size >= 0 && fsetxattr (to, name, value, (gsize) size, 0) == 0)
    return TRUE;
  return g_str_has_prefix (name, "security.") ? TRUE : fail (error, path, errno);
}

static gboolean
copy_all (int from, int to, const char *path, GError **error)
{
  g_autofree char *names = g_malloc (MAX_BYTES);
  ssize_t size = flistxattr (from, names, MAX_BYTES);

  if (size < 0)
    return errno == ENOTSUP ? TRUE : fail (error, path, errno);
  for (const char *name = names; name < names + size; name += strlen (name) + 1)
    if (!copy_one (from, to, name, path, error))
      return FALSE;
  return fsync (to) == 0 ? TRUE : fail (error, path, errno);
}

gboolean
ferry_attributes_copy (FerryTarget *target, const char *from, const char *to, GError **error)
{
  guint64 size;
  int in = ferry_target_open (target, from, &size, error);
  int out = in >= 0 ? ferry_target_open (target, to, &size, error) : -1;
  gboolean good = out >= 0 && copy_all (in, out, to, error);

  if (out >= 0)
    close (out);
  if (in >= 0)
    close (in);
  return good;
}
