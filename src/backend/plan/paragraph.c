/* paragraph.c: see paragraph.h. */
#include "config.h"

#include <string.h>

#include "plan/paragraph.h"

/* Control characters, and those that turn the direction of the text around them. */
static gboolean
is_dangerous (gunichar c)
{
  return g_unichar_iscntrl (c) || (c >= 0x202a && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069)
         || c == 0x200e || c == 0x200f || c == 0x2028 || c == 0x2029;
}

/**
 * ferry_paragraph_clean:
 * @text: (nullable): anything
 *
 * Returns: (transfer full): @text on one line that is safe to print: control characters and those
 *   that change the direction of text become "\x1b" or "\u202e"; what is not UTF-8 becomes U+FFFD
 */
char *
ferry_paragraph_clean (const char *text)
{
  g_autofree char *valid = g_utf8_make_valid (text != NULL ? text : "", -1);
  g_autoptr (GString) clean = g_string_new (NULL);

  for (const char *p = valid; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (!is_dangerous (c))
        g_string_append_unichar (clean, c);
      else
        g_string_append_printf (clean, c < 0x100 ? "\\x%02x" : "\\u%04x", c);
    }
  return g_string_free (g_steal_pointer (&clean), FALSE);
}

/**
 * ferry_paragraph_shorten:
 * @text: (nullable): anything
 * @max: characters
 *
 * Returns: (transfer full): @text as ferry_paragraph_clean() makes it, with "…" where it was cut
 */
char *
ferry_paragraph_shorten (const char *text, guint max)
{
  g_autofree char *start = g_strndup (text != NULL ? text : "", (gsize)max * 4 + 4);
  g_autofree char *clean = ferry_paragraph_clean (start);
  g_autofree char *head = NULL;

  if (g_utf8_strlen (clean, -1) <= (glong)max)
    return g_steal_pointer (&clean);
  head = g_utf8_substring (clean, 0, max);
  return g_strconcat (head, "…", NULL);
}

/**
 * ferry_paragraph_escape_json:
 * @json: a JSON text
 *
 * json-glib escapes the control characters of ASCII; a terminal can also obey those of Latin-1 and
 * the ones that change the direction of text. Outside of strings JSON has none of them, so
 * replacing them everywhere keeps the meaning.
 *
 * Returns: (transfer full): the same JSON, safe to print
 */
char *
ferry_paragraph_escape_json (const char *json)
{
  g_autoptr (GString) safe = g_string_new (NULL);

  for (const char *p = json; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (c == '\n' || !is_dangerous (c))
        g_string_append_unichar (safe, c);
      else
        g_string_append_printf (safe, "\\u%04x", c);
    }
  return g_string_free (g_steal_pointer (&safe), FALSE);
}

static guint
columns (const char *text)
{
  guint n = 0;

  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (!g_unichar_iszerowidth (c))
        n += g_unichar_iswide (c) ? 2 : 1;
    }
  return n;
}

static void
append_line (GString *out, const char *first, const char *rest, const char *line)
{
  g_auto (GStrv) words = g_strsplit (line, " ", -1);
  const char *break_in = strrchr (first, '\n');
  guint used = columns (break_in != NULL ? break_in + 1 : first);
  guint indent = columns (rest);
  gboolean fresh = TRUE;

  g_string_append (out, first);
  for (guint i = 0; words[i] != NULL; i++)
    {
      g_autofree char *word = ferry_paragraph_clean (words[i]);
      guint width = columns (word);

      if (width == 0)
        continue;
      if (!fresh && used + 1 + width > FERRY_PARAGRAPH_WIDTH)
        {
          g_string_append_printf (out, "\n%s", rest);
          used = indent;
          fresh = TRUE;
        }
      g_string_append_printf (out, "%s%s", fresh ? "" : " ", word);
      used += width + (fresh ? 0 : 1);
      fresh = FALSE;
    }
  g_string_append_c (out, '\n');
}

/**
 * ferry_paragraph_append:
 * @first: what the first line starts with
 * @rest: what the other lines start with
 * @text: (nullable): sentences; a newline in it starts a new line
 *
 * Appends @text to @out, cleaned and broken at blanks. Nothing is appended for empty text.
 */
void
ferry_paragraph_append (GString *out, const char *first, const char *rest, const char *text)
{
  g_auto (GStrv) lines = NULL;

  if (text == NULL || *text == '\0')
    return;
  lines = g_strsplit (text, "\n", -1);
  for (guint i = 0; lines[i] != NULL; i++)
    append_line (out, i == 0 ? first : rest, rest, lines[i]);
}
