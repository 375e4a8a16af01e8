/* output.c: see output.h. */
#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>
#include <glib/gi18n.h>
#include <glib/gstdio.h>

#include "cli/output.h"
#include "facts/error.h"
#include "plan/paragraph.h"

/* Long enough for each sentence of ours with a path in it. */
#define MAX_MESSAGE 1000

static gboolean
write_all (int fd, const char *text, gsize size)
{
  while (size > 0)
    {
      ssize_t n = write (fd, text, size);

      if (n < 0 && errno == EINTR)
        continue;
      if (n < 0)
        return FALSE;
      text += n;
      size -= (gsize)n;
    }
  return TRUE;
}

/**
 * ferry_output_print:
 * @text: clean text in UTF-8
 *
 * Prints in the encoding of the terminal; what it does not have becomes "?".
 *
 * Returns: whether it could be written; also %TRUE when nobody reads any more
 */
gboolean
ferry_output_print (const char *text, GError **error)
{
  g_autofree char *local = NULL;
  const char *charset;
  int saved;

  if (!g_get_charset (&charset))
    local = g_convert_with_fallback (text, -1, charset, "UTF-8", "?", NULL, NULL, NULL);
  if (local == NULL)
    local = g_strdup (text);
  if (write_all (STDOUT_FILENO, local, strlen (local)) || errno == EPIPE)
    return TRUE;
  saved = errno;
  g_set_error (error, FERRY_ERROR, FERRY_ERROR_FAILED, _ ("The result could not be written: %s."),
               g_strerror (saved));
  return FALSE;
}

/**
 * ferry_output_print_error:
 * @message: one sentence, from anywhere
 */
void
ferry_output_print_error (const char *message)
{
  g_autofree char *clean = ferry_paragraph_shorten (message, MAX_MESSAGE);
  gboolean ends = g_str_has_suffix (clean, ".") || g_str_has_suffix (clean, "…");

  g_printerr ("ferryctl: %s%s\n", clean, ends ? "" : ".");
}

static void
set_file_error (GError **error, const char *file, int code)
{
  g_autofree char *name = g_filename_display_name (file);

  if (code == EEXIST)
    g_set_error (error, FERRY_ERROR, FERRY_ERROR_REFUSED,
                 _ ("“%s” exists already and is not overwritten; please choose another name."),
                 name);
  else
    g_set_error (error, FERRY_ERROR, FERRY_ERROR_FAILED, _ ("“%s” could not be written: %s."), name,
                 g_strerror (code));
}

/**
 * ferry_output_create:
 *
 * Writes @text into a new file that only this user can read.
 *
 * Returns: whether it worked; otherwise there is no file, and %FERRY_ERROR_REFUSED (it exists) or
 *   %FERRY_ERROR_FAILED
 */
gboolean
ferry_output_create (const char *file, const char *text, GError **error)
{
  int fd = open (file, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOCTTY, 0600);
  int code = 0;

  if (fd < 0)
    {
      set_file_error (error, file, errno);
      return FALSE;
    }
  if (!write_all (fd, text, strlen (text)) || fsync (fd) < 0)
    code = errno;
  if (close (fd) < 0 && code == 0)
    code = errno;
  if (code == 0)
    return TRUE;

  g_unlink (file);
  set_file_error (error, file, code);
  return FALSE;
}
