/* edit-limine.c: the start lines in etc/default/limine, see edit.h.
 *
 * Limine's entry tool reads the file as a shell does. KERNEL_CMDLINE[NAME]="..." is a member of a map: [default] is for all
 * kernels, another name for the one kernel of that name instead. The reader of assignments (plan/shell) knows plain names
 * only, so the lines are read here: one in double quotes on a line of its own, without anything computed; else it is refused.
 */
#include "config.h"

#include <string.h>
#include <glib/gi18n-lib.h>

#include "facts/error.h"
#include "plan/edit.h"
#include "plan/shell.h"

#define VARIABLE "KERNEL_CMDLINE"
/* The start line of the entry that is there for an emergency. */
#define EMERGENCY "fallback"

/* All lines of one name, one after the other, and where the last of them ends: at its closing quote. */
typedef struct
{
  char *name;
  GString *value;
  gsize close;
} Line;

static void
line_free (gpointer data)
{
  Line *line = data;

  g_free (line->name);
  g_string_free (line->value, TRUE);
  g_free (line);
}

static gboolean
refuse (GError **error, const char *message)
{
  g_set_error_literal (error, FERRY_ERROR, FERRY_ERROR_UNSUPPORTED, message);
  return FALSE;
}

static Line *
find_line (GPtrArray *lines, const char *name)
{
  Line *line;

  for (guint i = 0; i < lines->len; i++)
    if (g_str_equal (((Line *) g_ptr_array_index (lines, i))->name, name))
      return g_ptr_array_index (lines, i);
  line = g_new0 (Line, 1);
  line->name = g_strdup (name);
  line->value = g_string_new (NULL);
  g_ptr_array_add (lines, line);
  return line;
}

/* "[NAME]", where the name may stand in quotes: its length, or 0. */
static gsize
read_name (const char *text, char **name)
{
  gsize quote = text[0] == '[' && text[1] == '"';
  const char *start = text + 1 + quote;
  gsize length = strspn (start, G_CSET_A_2_Z G_CSET_a_2_z G_CSET_DIGITS "._+-");

  if (text[0] != '[' || length == 0 || (quote && start[length] != '"') || start[length + quote] != ']')
    return 0;
  *name = g_strndup (start, length);
  return length + 2 * quote + 2;
}

/* One line that sets the variable; FALSE when it is of another form. */
static gboolean
take_line (GPtrArray *lines, const char *text, const char *at, gsize length)
{
  const char *rest = at + strlen (VARIABLE);
  g_autofree char *name = NULL;
  gsize head = strlen (VARIABLE) + read_name (rest, &name);
  gboolean append = at[head] == '+';
  Line *line;

  head += append;
  if (name == NULL || at[head] != '=' || at[head + 1] != '"' || length < head + 3 || at[length - 1] != '"'
      || strcspn (at + head + 2, "\"$`\\\n") != length - head - 3)
    return FALSE;
  line = find_line (lines, name);
  if (!append)
    g_string_truncate (line->value, 0);
  g_string_append_printf (line->value, " %.*s", (int) (length - head - 3), at + head + 2);
  line->close = (gsize) (at - text) + length - 1;
  return TRUE;
}

/* Every line that names the variable outside of comments is one that is understood. */
static gboolean
read_lines (const char *text, GPtrArray *lines)
{
  for (const char *at = text; *at != '\0';)
    {
      gsize whole = strcspn (at, "\n");
      gsize length = whole;
      g_autofree char *line = g_strndup (at, whole);

      while (length > 0 && g_ascii_isspace (at[length - 1]))
        length--;
      if (*g_strchug (line) != '#' && strstr (line, VARIABLE) != NULL
          && (!g_str_has_prefix (at, VARIABLE) || !take_line (lines, text, at, length)))
        return FALSE;
      at += whole;
      at += *at == '\n';
    }
  return TRUE;
}

static int
compare_back (gconstpointer a, gconstpointer b)
{
  gsize one = (*(Line *const *) a)->close, two = (*(Line *const *) b)->close;

  return one < two ? 1 : one > two ? -1 : 0;
}

/**
 * ferry_edit_limine_add:
 *
 * Adds to the start line of every kernel that has one of its own, too, but not to the one for an emergency.
 *
 * Returns: (transfer full) (nullable): the new text, or %NULL with %FERRY_ERROR_UNSUPPORTED or
 *   %FERRY_ERROR_INVALID
 */
char *
ferry_edit_limine_add (const char *text, const char *const *words, GError **error)
{
  g_autoptr (GPtrArray) lines = g_ptr_array_new_with_free_func (line_free);
  g_autoptr (GString) after = g_string_new (text);
  gboolean general = FALSE;

  if (!ferry_shell_words_are_safe (words, error))
    return NULL;
  if (!read_lines (text, lines))
    {
      refuse (error, _("its start line is not of the usual form"));
      return NULL;
    }
  g_ptr_array_sort (lines, compare_back); /* from the end, so that the places stay right */
  for (guint i = 0; i < lines->len; i++)
    {
      const Line *line = g_ptr_array_index (lines, i);
      g_autofree char *missing = NULL;

      general |= g_str_equal (line->name, "default");
      if (g_str_equal (line->name, EMERGENCY))
        continue;
      missing = ferry_edit_missing_words (g_strstrip (line->value->str), words, error);
      if (missing == NULL)
        return NULL;
      g_string_insert (after, (gssize) line->close, missing);
    }
  if (!general)
    {
      refuse (error, _("its start line is not of the usual form"));
      return NULL;
    }
  return g_string_free (g_steal_pointer (&after), FALSE);
}
