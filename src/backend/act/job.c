/* job.c: see job.h. */
#include "config.h"

#include <stdarg.h>
#include <string.h>
#include <glib/gi18n-lib.h>

#include "act/job.h"
#include "act/tools.h"
#include "facts/error.h"
#include "plan/edit.h"

static gboolean
is_below (const char *path, const char *folder)
{
  gsize length = strlen (folder);

  return length > 0 && strncmp (path, folder, length) == 0 && path[length] == '/' && path[length + 1] != '\0';
}

FerryJob *
ferry_job_new (const char *path, const char *esp, guint seconds, GError **error)
{
  FerryJob *job;

  if (!ferry_edit_word_is_safe (path) || strstr (path, "//") != NULL || strstr (path, "/.") != NULL
      || !(is_below (path, "boot") || is_below (path, "efi") || (esp != NULL && is_below (path, esp))))
    {
      g_autofree char *shown = g_utf8_make_valid (path, -1);

      g_set_error (error, FERRY_ERROR, FERRY_ERROR_UNSUPPORTED,
                   _("A start file of this system is in an unusual place: “/%s”"), shown);
      return NULL;
    }
  job = g_new0 (FerryJob, 1);
  job->path = g_strdup (path);
  job->made = g_strconcat (path, FERRY_TOOLS_NEW, NULL);
  job->seconds = seconds;
  return job;
}

void
ferry_job_free (FerryJob *job)
{
  if (job == NULL)
    return;
  g_free (job->path);
  g_free (job->made);
  g_strfreev (job->arguments);
  g_free (job);
}

void
ferry_job_set (FerryJob *job, const char *program, ...)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  va_list list;

  va_start (list, program);
  for (const char *argument = program; argument != NULL; argument = va_arg (list, const char *))
    g_strv_builder_add (builder, argument);
  va_end (list);
  g_strfreev (job->arguments);
  job->arguments = g_strv_builder_end (builder);
}

void
ferry_job_add_all (FerryJob *job, char **arguments)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  g_strv_builder_addv (builder, (const char **) job->arguments);
  g_strv_builder_addv (builder, (const char **) arguments);
  g_strfreev (job->arguments);
  job->arguments = g_strv_builder_end (builder);
}

char *
ferry_job_output (const FerryJob *job)
{
  return g_strconcat ("/", job->made, NULL);
}
