/* edit-shell.c: assignments in files that are sourced by a shell, see edit.h.
 *
 * Not a shell: a strict reader of the few forms that configuration files consist of. Comments, blank lines
 * and assignments NAME=VALUE or NAME+=VALUE whose value is made of unquoted, 'single' and "double" quoted
 * pieces, continued by a backslash at the end of a line. POSIX XCU 2.2 (quoting), 2.9.1 (assignments);
 * += is bash's. Everything else makes a value "not known" where it could matter.
 */
#include "config.h"

#include <string.h>
#include <glib/gi18n-lib.h>

#include "facts/error.h"
#include "plan/edit.h"
#include "plan/shell.h"

/* Longer ones are not known: a value that contains itself twice grows without end. */
#define MAX_VALUE 65536

static gboolean
unsupported (GError **error, const char *message)
{
  g_set_error_literal (error, FERRY_ERROR, FERRY_ERROR_UNSUPPORTED, message);
  return FALSE;
}

/**
 * ferry_edit_word_is_safe:
 *
 * Returns: whether @word may be written into a configuration file: not empty and made of
 *   [A-Za-z0-9._,:=/@+-] only
 */
gboolean
ferry_edit_word_is_safe (const char *word)
{
  if (word == NULL || *word == '\0' || strlen (word) > 1100)
    return FALSE;
  for (; *word != '\0'; word++)
    if (!g_ascii_isalnum (*word) && strchr ("._,:=/@+-", *word) == NULL)
      return FALSE;
  return TRUE;
}

gboolean
ferry_shell_words_are_safe (const char *const *words, GError **error)
{
  for (guint i = 0; words[i] != NULL; i++)
    if (!ferry_edit_word_is_safe (words[i]))
      {
        g_set_error_literal (error, FERRY_ERROR, FERRY_ERROR_INVALID,
                             _("A word to add has a character that is not allowed"));
        return FALSE;
      }
  return TRUE;
}

/* The last assignment of @name in @text, with every earlier one folded into its value. */
static gboolean
find_value (const char *text, const char *name, FerryShellAssignment *last, GString *value,
            GError **error)
{
  FerryShell shell = { .text = text };
  FerryShellAssignment assignment;
  gboolean found = FALSE;
  gboolean known = TRUE;

  while (ferry_shell_next (&shell, name, &assignment))
    {
      known = known && assignment.literal && !assignment.array && value->len < MAX_VALUE;
      if (known)
        ferry_shell_fold (value, &assignment);
      ferry_shell_assignment_clear (last);
      *last = assignment;
      found = TRUE;
    }
  if (found && known && !shell.broken)
    return TRUE;
  ferry_shell_assignment_clear (last);
  if (shell.broken)
    return unsupported (error, _("it has a line that Ferry cannot read"));
  if (!known)
    return unsupported (error, _("its value is computed"));
  g_set_error_literal (error, FERRY_ERROR, FERRY_ERROR_NOT_FOUND, _("it is not set"));
  return FALSE;
}

/**
 * ferry_edit_shell_value:
 *
 * Returns: (transfer full) (nullable): the literal value, or %NULL with %FERRY_ERROR_NOT_FOUND or
 *   %FERRY_ERROR_UNSUPPORTED
 */
char *
ferry_edit_shell_value (const char *text, const char *name, GError **error)
{
  g_autoptr (GString) value = g_string_new (NULL);
  FerryShellAssignment last = { 0 };

  if (!find_value (text, name, &last, value, error))
    return NULL;
  ferry_shell_assignment_clear (&last);
  return g_string_free (g_steal_pointer (&value), FALSE);
}

gboolean
ferry_edit_shell_is_whole (const char *text)
{
  FerryShell shell = { .text = text };
  FerryShellAssignment assignment;

  /* No variable has an empty name, so it reads to the end or to where nothing is certain. */
  while (ferry_shell_next (&shell, "", &assignment))
    ferry_shell_assignment_clear (&assignment);
  return !shell.open;
}

static gboolean
list_has (const char *list, const char *word)
{
  g_auto (GStrv) parts = g_strsplit_set (list, " \t\n", -1);

  return g_strv_contains ((const char *const *) parts, word);
}

static char *
splice (const char *text, gsize at, gsize remove, const char *insert)
{
  GString *result = g_string_new_len (text, (gssize) at);

  g_string_append (result, insert);
  g_string_append (result, text + at + remove);
  return g_string_free (result, FALSE);
}

/* Adds NAME="VALUE" as a line of its own at the end. */
static char *
append_assignment (const char *text, const char *name, const char *value)
{
  gsize length = strlen (text);
  gboolean open = length > 0 && text[length - 1] != '\n';

  return g_strdup_printf ("%s%s%s=\"%s\"\n", text, open ? "\n" : "", name, value);
}

/* The edited text has to read back as exactly the wanted value. */
static char *
check_value (char *after, const char *name, const char *wanted, GError **error)
{
  g_autofree char *value = ferry_edit_shell_value (after, name, NULL);

  if (g_strcmp0 (value, wanted) == 0)
    return after;
  g_free (after);
  unsupported (error, _("the result could not be proven"));
  return NULL;
}

/* Where @words go: in front of the closing quote, or behind an unquoted value that is then quoted. */
static char *
insert_words (const char *text, const FerryShellAssignment *last, const char *addition)
{
  const char *start = text + last->start;
  gsize length = last->end - last->start;
  char first = length > 0 ? *start : '\0';

  if (length >= 2 && (first == '"' || first == '\'') && start[length - 1] == first && last->one_piece)
    return splice (text, last->end - 1, 0, addition);
  if (last->plain)
    {
      g_autofree char *quoted = g_strdup_printf ("\"%.*s%s\"", (int) length, start,
                                                 addition);
      return splice (text, last->start, length, quoted);
    }
  return NULL;
}

/**
 * ferry_edit_shell_add_words:
 *
 * Returns: (transfer full) (nullable): the new text, equal to @text when nothing is missing; %NULL with
 *   %FERRY_ERROR_UNSUPPORTED or %FERRY_ERROR_INVALID
 */
char *
ferry_edit_shell_add_words (const char *text, const char *name, const char *const *words,
                            GError **error)
{
  g_autoptr (GString) value = g_string_new (NULL);
  g_autoptr (GString) addition = g_string_new (NULL);
  g_autoptr (GError) local = NULL;
  g_autofree char *wanted = NULL;
  FerryShellAssignment last = { 0 };
  char *after;

  if (!ferry_shell_words_are_safe (words, error))
    return NULL;
  if (!find_value (text, name, &last, value, &local)
      && !g_error_matches (local, FERRY_ERROR, FERRY_ERROR_NOT_FOUND))
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return NULL;
    }
  if (list_has (value->str, "--"))
    {
      unsupported (error, _("its start line has a part behind “--”"));
      ferry_shell_assignment_clear (&last);
      return NULL;
    }
  for (guint i = 0; words[i] != NULL; i++)
    if (!list_has (value->str, words[i]) && !list_has (addition->str, words[i]))
      g_string_append_printf (addition, "%s%s", value->len + addition->len > 0 ? " " : "", words[i]);
  if (addition->len == 0)
    {
      ferry_shell_assignment_clear (&last);
      return g_strdup (text);
    }

  wanted = g_strconcat (value->str, addition->str, NULL);
  if (local != NULL)
    return check_value (append_assignment (text, name, addition->str), name, wanted, error);
  after = insert_words (text, &last, addition->str);
  ferry_shell_assignment_clear (&last);
  if (after == NULL)
    {
      unsupported (error, _("its quotes are unusual"));
      return NULL;
    }
  return check_value (after, name, wanted, error);
}

/**
 * ferry_edit_shell_set:
 * @value: a safe word
 *
 * Returns: (transfer full) (nullable): the new text, or %NULL with %FERRY_ERROR_UNSUPPORTED or
 *   %FERRY_ERROR_INVALID
 */
char *
ferry_edit_shell_set (const char *text, const char *name, const char *value, GError **error)
{
  const char *const words[] = { value, NULL };
  g_autoptr (GString) old = g_string_new (NULL);
  g_autoptr (GError) local = NULL;
  FerryShellAssignment last = { 0 };
  char *after;

  if (!ferry_shell_words_are_safe (words, error))
    return NULL;
  if (!find_value (text, name, &last, old, &local))
    {
      gsize length = strlen (text);

      if (!g_error_matches (local, FERRY_ERROR, FERRY_ERROR_NOT_FOUND))
        {
          g_propagate_error (error, g_steal_pointer (&local));
          return NULL;
        }
      after = g_strdup_printf ("%s%s%s=%s\n", text, length > 0 && text[length - 1] != '\n' ? "\n" : "",
                               name, value);
      return check_value (after, name, value, error);
    }
  after = last.append ? NULL : splice (text, last.start, last.end - last.start, value);
  ferry_shell_assignment_clear (&last);
  if (after == NULL)
    {
      unsupported (error, _("it is put together from several lines"));
      return NULL;
    }
  return check_value (after, name, value, error);
}
