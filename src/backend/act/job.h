/* job.h: one file that a program will make, and the program's whole command line.
 *
 * A value. The command line names the file under its new name, so that the old one stays as it is.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct
{
  char *path, *made; /* relative to the root; @made is @path with FERRY_TOOLS_NEW */
  char **arguments;  /* [0] is the name of the program */
  gboolean uki;      /* a unified kernel image */
  guint seconds;
} FerryJob;

/* @path is taken only where Ferry may put start files: in boot, efi or @esp (may be NULL); otherwise
 * FERRY_ERROR_UNSUPPORTED. */
FerryJob *ferry_job_new (const char *path, const char *esp, guint seconds, GError **error);
void ferry_job_free (FerryJob *job);
/* Each string up to NULL is an argument. */
void ferry_job_set (FerryJob *job, const char *program, ...) G_GNUC_NULL_TERMINATED;
void ferry_job_add_all (FerryJob *job, char **arguments);
/* The absolute path of what is made, as the program sees it (transfer full). */
char *ferry_job_output (const FerryJob *job);

G_END_DECLS
