/* shell.h: reads the assignments of a file that a shell sources, one after the other.
 *
 * Internal to edit. Knows quotes, comments, continuation lines, +=, bash arrays, and how to step over
 * substitutions; it runs nothing. What it cannot be sure of makes an assignment not literal, or the whole
 * file broken. POSIX XCU 2.2, 2.6, 2.9.1; arrays and += as in bash(1).
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* In a value or member: here the value that the variable had before is put in ("$NAME", "${NAME[@]}"). */
#define FERRY_SHELL_SELF '\001'

typedef struct
{
  const char *text;
  gsize at;
  guint depth;      /* inside if, for, while, case or a function */
  gboolean broken;  /* from here on nothing is certain */
  gboolean open;    /* the reason is a quote or bracket that is never closed */
  const char *self; /* the variable whose value is being read, or NULL */
} FerryShell;

typedef struct
{
  gsize start, end;   /* offsets of the value as written */
  gboolean append;    /* += */
  gboolean array;     /* ( ... ); then members is set */
  gboolean certain;   /* set whenever the file is read: no condition around it, and not for one command only */
  gboolean literal;   /* certain, and nothing is computed: the value is known */
  gboolean one_piece; /* one quoted string from start to end */
  gboolean plain;     /* no quote, no backslash */
  GString *value;     /* quotes removed */
  GPtrArray *members; /* of char* */
} FerryShellAssignment;

/* Finds the next assignment of @name. FALSE at the end, or when the file is broken. */
gboolean ferry_shell_next (FerryShell *shell, const char *name, FerryShellAssignment *assignment);
void ferry_shell_assignment_clear (FerryShellAssignment *assignment);

/* Folds the value of one more assignment, which is no array, into @value. */
void ferry_shell_fold (GString *value, const FerryShellAssignment *assignment);

gboolean ferry_shell_words_are_safe (const char *const *words, GError **error);
/* For the files that edit a kernel's start line. */
char *ferry_edit_missing_words (const char *line, const char *const *words, GError **error);

G_END_DECLS
