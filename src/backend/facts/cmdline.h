/* cmdline.h: a kernel command line as a list of words.
 *
 * A value: text in, words out, and back to the same text. It keeps order, duplicates and quotes
 * and never touches a file. Format: words at blanks outside double quotes, "--" ends the kernel's
 * part; Documentation/admin-guide/kernel-parameters.rst and lib/cmdline.c next_arg().
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The kernel's COMMAND_LINE_SIZE on x86 is 2048, on other architectures up to 4096. */
#define FERRY_CMDLINE_MAX 4096

typedef struct
{
  char *text;  /* the word as written */
  char *key;   /* before '=', quotes removed */
  char *value; /* after '=', quotes removed; NULL when there is no '=' */
} FerryCmdlineWord;

typedef struct
{
  GPtrArray *words; /* of FerryCmdlineWord, the kernel's part */
  char *init_args;  /* what follows "--", or NULL */
} FerryCmdline;

FerryCmdline *ferry_cmdline_parse (const char *text, GError **error);
FerryCmdline *ferry_cmdline_copy (const FerryCmdline *cmdline);
void ferry_cmdline_free (FerryCmdline *cmdline);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (FerryCmdline, ferry_cmdline_free)

gboolean ferry_cmdline_has_key (const FerryCmdline *cmdline, const char *key);
gboolean ferry_cmdline_has_word (const FerryCmdline *cmdline, const char *word);
const char *ferry_cmdline_last_value (const FerryCmdline *cmdline, const char *key);
gboolean ferry_cmdline_value_has (const FerryCmdline *cmdline, const char *key, const char *item);
gboolean ferry_cmdline_key_equal (const char *a, const char *b); /* '-' and '_' are the same */
char *ferry_cmdline_to_string (const FerryCmdline *cmdline);

G_END_DECLS
