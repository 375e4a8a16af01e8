/* program.h: runs one program of the system, and nothing around it.
 *
 * The program is named by its path below the root and must be one that only the administrator can change. It gets
 * exactly the arguments given, a fixed environment in the language of the system, an empty standard input and a session of its
 * own; there is no shell.
 * Below a root that is not the running system (rescue from a live medium) it runs inside that root, in mounts of its
 * own (chroot(2), mount_namespaces(7)), which end with it.
 */
#pragma once

#include <gio/gio.h>

#include "facts/root.h"

G_BEGIN_DECLS

/* Bounds of what is handed on; what a program prints beyond is read and dropped. */
#define FERRY_PROGRAM_MAX_LINE 1000
#define FERRY_PROGRAM_MAX_LINES 5000

typedef void (*FerryProgramLine) (const char *line, gpointer user_data);

typedef struct
{
  FerryRoot *root;
  const char *const *arguments;   /* [0]: the path below the root, "usr/bin/dracut" */
  const char *const *environment; /* NAME=VALUE beyond PATH, LANG and HOME; may be NULL */
  guint seconds;                  /* then it is stopped */
  FerryProgramLine line;          /* each line that it prints, in one line of valid UTF-8; may be NULL */
  gpointer line_data;
  GCancellable *cancellable;
} FerryProgram;

/* Blocks. TRUE when it ended with status 0; otherwise NOT_FOUND, REFUSED (others could have changed it), DENIED,
 * CANCELLED or FAILED. */
gboolean ferry_program_run (const FerryProgram *program, GError **error);

G_END_DECLS
