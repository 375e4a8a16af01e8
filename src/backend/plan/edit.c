/* edit.c: kernel words in the files of the boot loaders that are not shell, and lists of lines; see edit.h. */
#include "config.h"

#include <string.h>
#include <glib/gi18n-lib.h>

#include "facts/cmdline.h"
#include "facts/error.h"
#include "plan/edit.h"
#include "plan/shell.h"

/* In seconds: less cannot be reached by a newcomer. */
#define SHORT_TIMEOUT 3

static char *
refuse (GError **error, const char *message)
{
  g_set_error_literal (error, FERRY_ERROR, FERRY_ERROR_UNSUPPORTED, message);
  return NULL;
}

/* With an open quote the new words would become a part of the last one. */
static gboolean
reads_back (const char *line, const char *missing, const char *const *words)
{
  g_autofree char *joined = g_strconcat (line, missing, NULL);
  g_autoptr (FerryCmdline) cmdline = ferry_cmdline_parse (joined, NULL);

  for (guint i = 0; words[i] != NULL; i++)
    if (cmdline == NULL || !ferry_cmdline_has_word (cmdline, words[i]))
      return FALSE;
  return TRUE;
}

/**
 * ferry_edit_missing_words:
 *
 * Returns: (transfer full) (nullable): what of @words the start line @line lacks, each with a blank in front; %NULL
 *   with %FERRY_ERROR_UNSUPPORTED or %FERRY_ERROR_INVALID when it cannot be read or ends before them
 */
char *
ferry_edit_missing_words (const char *line, const char *const *words, GError **error)
{
  g_autoptr (FerryCmdline) cmdline = ferry_cmdline_parse (line, error);
  g_autoptr (GString) missing = g_string_new (NULL);

  if (cmdline == NULL)
    return NULL;
  if (cmdline->init_args != NULL)
    return refuse (error, _("its start line has a part behind “--”"));
  for (guint i = 0; words[i] != NULL; i++)
    if (!ferry_cmdline_has_word (cmdline, words[i]))
      g_string_append_printf (missing, " %s", words[i]);
  if (!reads_back (line, missing->str, words))
    return refuse (error, _("its quotes are unusual"));
  return g_string_free (g_steal_pointer (&missing), FALSE);
}

/* The last line that is neither blank nor a comment: offsets of its text without blanks behind it. */
static gboolean
find_only_line (const char *text, gsize *start, gsize *end)
{
  guint lines = 0;

  for (const char *line = text; *line != '\0';)
    {
      gsize length = strcspn (line, "\n");
      gsize used = length;
      gsize lead = strspn (line, " \t");

      while (used > 0 && g_ascii_isspace (line[used - 1]))
        used--;
      if (used > lead && line[lead] != '#')
        {
          lines++;
          *start = (gsize) (line - text) + lead;
          *end = (gsize) (line - text) + used;
        }
      line += length;
      line += *line == '\n';
    }
  return lines == 1;
}

/**
 * ferry_edit_cmdline_add:
 *
 * Returns: (transfer full) (nullable): the new text; %NULL with %FERRY_ERROR_UNSUPPORTED when the file is not
 *   exactly one start line with root=, or %FERRY_ERROR_INVALID
 */
char *
ferry_edit_cmdline_add (const char *text, const char *const *words, GError **error)
{
  g_autofree char *line = NULL;
  g_autofree char *missing = NULL;
  g_autoptr (FerryCmdline) cmdline = NULL;
  gsize start = 0, end = 0;

  if (!ferry_shell_words_are_safe (words, error))
    return NULL;
  if (!find_only_line (text, &start, &end))
    return refuse (error, _("it is not one single start line"));
  line = g_strndup (text + start, end - start);
  cmdline = ferry_cmdline_parse (line, error);
  if (cmdline == NULL)
    return NULL;
  if (!ferry_cmdline_has_key (cmdline, "root"))
    return refuse (error, _("its start line does not say where the system is"));
  missing = ferry_edit_missing_words (line, words, error);
  if (missing == NULL)
    return NULL;
  return g_strdup_printf ("%.*s%s%s", (int) end, text, missing, text + end);
}

/* The last "options" line of a Boot Loader Specification entry. */
static gboolean
find_options (const char *text, gsize *end, GString *all)
{
  gboolean found = FALSE;

  for (const char *line = text; *line != '\0';)
    {
      gsize length = strcspn (line, "\n");
      gsize used = length;
      gsize lead = strspn (line, " \t");

      while (used > lead && g_ascii_isspace (line[used - 1]))
        used--;
      if (strncmp (line + lead, "options", 7) == 0 && g_ascii_isspace (line[lead + 7])
          && used > lead + 7)
        {
          g_string_append_len (all, line + lead + 7, (gssize) (used - lead - 7));
          *end = (gsize) (line - text) + used;
          found = TRUE;
        }
      line += length;
      line += *line == '\n';
    }
  return found;
}

/**
 * ferry_edit_bls_add:
 *
 * Adds to the last "options" line; several lines are one list.
 *
 * Returns: (transfer full) (nullable): the new text, or %NULL with %FERRY_ERROR_UNSUPPORTED or
 *   %FERRY_ERROR_INVALID
 */
char *
ferry_edit_bls_add (const char *text, const char *const *words, GError **error)
{
  g_autoptr (GString) all = g_string_new (NULL);
  g_autofree char *missing = NULL;
  gsize end = 0;

  if (!ferry_shell_words_are_safe (words, error))
    return NULL;
  if (!find_options (text, &end, all))
    return refuse (error, _("it has no line “options”"));
  if (strchr (all->str, '$') != NULL)
    return refuse (error, _("its value is computed"));
  missing = ferry_edit_missing_words (g_strstrip (all->str), words, error);
  if (missing == NULL)
    return NULL;
  return g_strdup_printf ("%.*s%s%s", (int) end, text, missing, text + end);
}

/* The last line "timeout VALUE": offsets of the value. */
static gboolean
find_timeout (const char *text, gsize *start, gsize *end)
{
  gboolean found = FALSE;

  for (const char *line = text; *line != '\0';)
    {
      gsize length = strcspn (line, "\n");
      gsize lead = strspn (line, " \t");

      if (strncmp (line + lead, "timeout", 7) == 0 && strchr (" \t", line[lead + 7]) != NULL
          && lead + 7 < length)
        {
          *start = (gsize) (line - text) + lead + 7 + strspn (line + lead + 7, " \t");
          *end = *start + strcspn (text + *start, " \t\r\n");
          found = TRUE;
        }
      line += length;
      line += *line == '\n';
    }
  return found;
}

/**
 * ferry_edit_loader_timeout:
 *
 * Returns: (transfer full) (nullable): the new text, equal to @text when the menu is shown long enough already
 */
char *
ferry_edit_loader_timeout (const char *text, guint seconds)
{
  gsize start = 0, end = 0;
  g_autofree char *value = NULL;
  guint64 number = 0;
  gsize length = strlen (text);

  if (!find_timeout (text, &start, &end))
    return g_strdup_printf ("%s%stimeout %u\n", text, length > 0 && text[length - 1] != '\n' ? "\n" : "", seconds);
  value = g_strndup (text + start, end - start);
  if (g_str_equal (value, "menu-force"))
    return g_strdup (text);
  if (!g_str_equal (value, "menu-hidden") && !g_str_equal (value, "menu-disabled")
      && !g_ascii_string_to_unsigned (value, 10, 0, G_MAXUINT32, &number, NULL))
    return NULL;
  if (number >= SHORT_TIMEOUT)
    return g_strdup (text);
  return g_strdup_printf ("%.*s%u%s", (int) start, text, seconds, text + end);
}

/* At a double quote: the offset of the closing one; two quotes in a row stand for one. 0 when open. */
static gsize
closing_quote (const char *text, gsize open)
{
  for (gsize at = open + 1; text[at] != '\0' && text[at] != '\n'; at++)
    {
      if (text[at] != '"')
        continue;
      if (text[at + 1] != '"')
        return at;
      at++;
    }
  return 0;
}

/**
 * ferry_edit_refind_add:
 *
 * Edits the first line of the form "title" "options" only: it is the one that rEFInd starts by default; the
 * others (recovery) stay as they are.
 *
 * Returns: (transfer full) (nullable): the new text, or %NULL with %FERRY_ERROR_UNSUPPORTED or
 *   %FERRY_ERROR_INVALID
 */
char *
ferry_edit_refind_add (const char *text, const char *const *words, GError **error)
{
  g_autofree char *line = NULL;
  g_autofree char *missing = NULL;
  gsize at = 0, title_end, open, close;

  if (!ferry_shell_words_are_safe (words, error))
    return NULL;
  while (text[at] == '#' || g_ascii_isspace (text[at]))
    at += text[at] == '#' ? strcspn (text + at, "\n") : 1;
  title_end = text[at] == '"' ? closing_quote (text, at) : 0;
  if (title_end == 0)
    return refuse (error, _("its first line is not of the usual form"));
  open = title_end + 1 + strspn (text + title_end + 1, " \t");
  close = text[open] == '"' ? closing_quote (text, open) : 0;
  if (close == 0)
    return refuse (error, _("its first line is not of the usual form"));
  line = g_strndup (text + open + 1, close - open - 1);
  if (strstr (line, "\"\"") != NULL)
    return refuse (error, _("its quotes are unusual"));
  missing = ferry_edit_missing_words (line, words, error);
  if (missing == NULL)
    return NULL;
  return g_strdup_printf ("%.*s%s%s", (int) close, text, missing, text + close);
}

/* Whether a line of @text, without comment and blanks, is @wanted or starts with it and a blank. */
static gboolean
has_line (const char *text, const char *wanted)
{
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);

  for (guint i = 0; lines[i] != NULL; i++)
    {
      g_auto (GStrv) parts = NULL;
      char *comment = strchr (lines[i], '#');

      if (comment != NULL)
        *comment = '\0';
      parts = g_strsplit_set (g_strstrip (lines[i]), " \t", 2);
      if (parts[0] != NULL && g_str_equal (parts[0], wanted))
        return TRUE;
    }
  return FALSE;
}

/**
 * ferry_edit_lines_add:
 *
 * Returns: (transfer full) (nullable): the new text, or %NULL with %FERRY_ERROR_INVALID
 */
char *
ferry_edit_lines_add (const char *text, const char *const *lines, GError **error)
{
  g_autoptr (GString) result = g_string_new (text);

  if (!ferry_shell_words_are_safe (lines, error))
    return NULL;
  for (guint i = 0; lines[i] != NULL; i++)
    {
      if (has_line (text, lines[i]))
        continue;
      if (result->len > 0 && result->str[result->len - 1] != '\n')
        g_string_append_c (result, '\n');
      g_string_append_printf (result, "%s\n", lines[i]);
    }
  return g_string_free (g_steal_pointer (&result), FALSE);
}
