/* diff.c: see diff.h. */
#include "config.h"

#include <errno.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>
#include <glib/gi18n-lib.h>

#include "act/diff.h"
#include "facts/error.h"

#define DIFF_PROGRAM "diff"
#define MAX_TEXT (1024 * 1024)

/* The text in anonymous memory, at offset 0; -1 on failure. */
static int
put_in_memory (const char *text, GError **error)
{
  gsize length = text != NULL ? strlen (text) : 0;
  gsize written = 0;
  int fd = length <= MAX_TEXT ? memfd_create ("ferry-diff", MFD_CLOEXEC) : -1;

  if (length > MAX_TEXT)
    errno = EFBIG;
  while (fd >= 0 && written < length)
    {
      ssize_t n = write (fd, text + written, length - written);

      if (n < 0 && errno == EINTR)
        continue;
      if (n <= 0)
        {
          close (fd);
          fd = -1;
          break;
        }
      written += (gsize) n;
    }
  if (fd < 0)
    g_set_error (error, FERRY_ERROR, FERRY_ERROR_FAILED, _("The difference cannot be shown: %s"),
                 g_strerror (errno));
  else
    lseek (fd, 0, SEEK_SET);
  return fd;
}

/* diff(1): exit status 0 equal, 1 different, 2 trouble. */
static char *
collect (GSubprocess *diff, GError **error)
{
  g_autofree char *output = NULL;

  if (!g_subprocess_communicate_utf8 (diff, NULL, NULL, &output, NULL, error))
    return NULL;
  if (!g_subprocess_get_if_exited (diff) || g_subprocess_get_exit_status (diff) > 1)
    {
      g_set_error_literal (error, FERRY_ERROR, FERRY_ERROR_FAILED,
                           _("The difference cannot be shown: the program diff failed"));
      return NULL;
    }
  return g_steal_pointer (&output);
}

/**
 * ferry_diff_make:
 * @path: relative to the root, for the labels
 * @before: (nullable): %NULL when the file does not exist
 * @after: (nullable): %NULL when the file will not exist
 *
 * Returns: (transfer full) (nullable): the unified difference, "" when there is none; %NULL with
 *   %FERRY_ERROR_FAILED
 */
char *
ferry_diff_make (const char *path, const char *before, const char *after, GError **error)
{
  g_autoptr (GSubprocessLauncher) launcher = g_subprocess_launcher_new (
      G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_SILENCE);
  g_autoptr (GSubprocess) diff = NULL;
  g_autofree char *old_label = g_strconcat (before != NULL ? "/" : _("(does not exist) /"), path, NULL);
  g_autofree char *new_label = g_strconcat (after != NULL ? "/" : _("(will not exist) /"), path, NULL);
  int old_fd = put_in_memory (before, error);
  int new_fd = old_fd >= 0 ? put_in_memory (after, error) : -1;

  if (new_fd < 0)
    {
      if (old_fd >= 0)
        close (old_fd);
      return NULL;
    }
  g_subprocess_launcher_setenv (launcher, "LC_ALL", "C.UTF-8", TRUE);
  g_subprocess_launcher_take_fd (launcher, old_fd, 3);
  g_subprocess_launcher_take_fd (launcher, new_fd, 4);
  diff = g_subprocess_launcher_spawn (launcher, error, DIFF_PROGRAM, "-u", "--text", "--label",
                                      old_label, "--label", new_label, "/dev/fd/3", "/dev/fd/4", NULL);
  return diff != NULL ? collect (diff, error) : NULL;
}
