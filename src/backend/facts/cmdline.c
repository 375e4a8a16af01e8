/* cmdline.c: see cmdline.h. */
#include "config.h"

#include <string.h>
#include <glib/gi18n-lib.h>

#include "facts/cmdline.h"
#include "facts/error.h"

static void
word_free (gpointer data)
{
  FerryCmdlineWord *word = data;

  g_free (word->text);
  g_free (word->key);
  g_free (word->value);
  g_free (word);
}

/* isspace() of the kernel (lib/ctype.c) has the vertical tab, g_ascii_isspace() does not. */
static gboolean
is_blank (char c)
{
  return c == '\v' || g_ascii_isspace (c);
}

/* The length of what follows an opening quote, or of a whole word: up to a blank outside quotes.
 * @equals is the place of the first '=' that is not the first character, or 0. */
static gsize
measure (const char *text, gboolean quoted, gsize *equals)
{
  gsize i;

  *equals = 0;
  for (i = 0; text[i] != '\0' && (quoted || !is_blank (text[i])); i++)
    {
      if (text[i] == '=' && *equals == 0)
        *equals = i;
      if (text[i] == '"')
        quoted = !quoted;
    }
  return i;
}

/* One word at the start of @text, by the rules of next_arg(): quotes around the whole word or
 * around the value do not belong to key and value; other quotes stay. */
static FerryCmdlineWord *
word_new (const char *text, gsize *length)
{
  FerryCmdlineWord *word = g_new0 (FerryCmdlineWord, 1);
  gboolean opened = *text == '"';
  const char *body = opened ? text + 1 : text;
  gsize equals, end = measure (body, opened, &equals);
  gsize value = equals + 1;

  *length = (gsize)(body - text) + end;
  word->text = g_strndup (text, *length);
  if (equals > 0 && body[value] == '"' && value < end)
    {
      value++;
      opened = TRUE;
    }
  if (opened && end > (equals > 0 ? value : 0) && body[end - 1] == '"')
    end--;
  word->key = g_strndup (body, equals > 0 ? equals : end);
  word->value = equals > 0 ? g_strndup (body + value, end - value) : NULL;
  return word;
}

static const char *
skip_blanks (const char *text)
{
  while (is_blank (*text))
    text++;
  return text;
}

/**
 * ferry_cmdline_parse:
 * @text: (nullable): for example the content of proc/cmdline; %NULL is an empty line
 *
 * Splits as the kernel does. A quote that is never closed reaches to the end.
 *
 * Returns: (transfer full) (nullable): the words, or %NULL with %FERRY_ERROR_TOO_LARGE (more than
 *   %FERRY_CMDLINE_MAX bytes) or %FERRY_ERROR_INVALID (not UTF-8)
 */
FerryCmdline *
ferry_cmdline_parse (const char *text, GError **error)
{
  g_autoptr (FerryCmdline) cmdline = g_new0 (FerryCmdline, 1);
  const char *rest = text != NULL ? text : "";
  gsize length;

  cmdline->words = g_ptr_array_new_with_free_func (word_free);
  if (strnlen (rest, FERRY_CMDLINE_MAX + 1) > FERRY_CMDLINE_MAX)
    {
      g_set_error_literal (error, FERRY_ERROR, FERRY_ERROR_TOO_LARGE,
                           _ ("The kernel’s command line is too long"));
      return NULL;
    }
  if (!g_utf8_validate (rest, -1, NULL))
    {
      g_set_error_literal (error, FERRY_ERROR, FERRY_ERROR_INVALID,
                           _ ("The kernel’s command line is not text"));
      return NULL;
    }

  for (rest = skip_blanks (rest); *rest != '\0'; rest = skip_blanks (rest + length))
    {
      FerryCmdlineWord *word = word_new (rest, &length);

      if (word->value == NULL && g_str_equal (word->key, "--"))
        {
          word_free (word);
          cmdline->init_args = g_strchomp (g_strdup (skip_blanks (rest + length)));
          break;
        }
      g_ptr_array_add (cmdline->words, word);
    }
  return g_steal_pointer (&cmdline);
}

/**
 * ferry_cmdline_copy:
 *
 * Returns: (transfer full): a deep copy
 */
FerryCmdline *
ferry_cmdline_copy (const FerryCmdline *cmdline)
{
  FerryCmdline *copy = g_new0 (FerryCmdline, 1);

  copy->words = g_ptr_array_new_with_free_func (word_free);
  copy->init_args = g_strdup (cmdline->init_args);
  for (guint i = 0; i < cmdline->words->len; i++)
    {
      const FerryCmdlineWord *word = g_ptr_array_index (cmdline->words, i);
      FerryCmdlineWord *twin = g_new0 (FerryCmdlineWord, 1);

      twin->text = g_strdup (word->text);
      twin->key = g_strdup (word->key);
      twin->value = g_strdup (word->value);
      g_ptr_array_add (copy->words, twin);
    }
  return copy;
}

void
ferry_cmdline_free (FerryCmdline *cmdline)
{
  g_clear_pointer (&cmdline->words, g_ptr_array_unref);
  g_free (cmdline->init_args);
  g_free (cmdline);
}

static gboolean
bytes_equal (const char *a, const char *b, gsize length)
{
  for (gsize i = 0; i < length; i++)
    if ((a[i] == '-' ? '_' : a[i]) != (b[i] == '-' ? '_' : b[i]))
      return FALSE;
  return TRUE;
}

/**
 * ferry_cmdline_key_equal:
 *
 * Returns: whether the kernel takes both for the same name: '-' and '_' are the same to it
 *   (parameq() in kernel/params.c), upper and lower case are not
 */
gboolean
ferry_cmdline_key_equal (const char *a, const char *b)
{
  gsize length = strlen (a);

  return strlen (b) == length && bytes_equal (a, b, length);
}

static const FerryCmdlineWord *
find_last (const FerryCmdline *cmdline, const char *key)
{
  for (guint i = cmdline->words->len; i > 0; i--)
    {
      const FerryCmdlineWord *word = g_ptr_array_index (cmdline->words, i - 1);

      if (ferry_cmdline_key_equal (word->key, key))
        return word;
    }
  return NULL;
}

gboolean
ferry_cmdline_has_key (const FerryCmdline *cmdline, const char *key)
{
  return find_last (cmdline, key) != NULL;
}

/**
 * ferry_cmdline_has_word:
 * @word: "quiet" or "intel_iommu=on", without blanks
 *
 * Returns: whether a word means the same: equal key and equal value, whatever its quotes
 */
gboolean
ferry_cmdline_has_word (const FerryCmdline *cmdline, const char *word)
{
  gsize length;
  FerryCmdlineWord *wanted = word_new (word, &length);
  gboolean found = FALSE;

  for (guint i = 0; i < cmdline->words->len && !found; i++)
    {
      const FerryCmdlineWord *here = g_ptr_array_index (cmdline->words, i);

      found = ferry_cmdline_key_equal (here->key, wanted->key)
              && g_strcmp0 (here->value, wanted->value) == 0;
    }
  word_free (wanted);
  return found;
}

/**
 * ferry_cmdline_last_value:
 *
 * Returns: (nullable): the value of the last word with @key, which is the one that wins for most
 *   parameters; %NULL when there is none or it has no '='
 */
const char *
ferry_cmdline_last_value (const FerryCmdline *cmdline, const char *key)
{
  const FerryCmdlineWord *word = find_last (cmdline, key);

  return word != NULL ? word->value : NULL;
}

/* Whether the list @value, separated by commas, has @item. */
static gboolean
list_has (const char *value, const char *item)
{
  g_auto (GStrv) items = g_strsplit (value, ",", -1);

  return g_strv_contains ((const char *const *)items, item);
}

/**
 * ferry_cmdline_value_has:
 * @item: one item of a list separated by commas, "on" in "intel_iommu=on,igfx_off"
 *
 * Returns: whether any word with @key has @item in its value, not only the last: the kernel parses
 *   them in turn
 */
gboolean
ferry_cmdline_value_has (const FerryCmdline *cmdline, const char *key, const char *item)
{
  for (guint i = 0; i < cmdline->words->len; i++)
    {
      const FerryCmdlineWord *word = g_ptr_array_index (cmdline->words, i);

      if (word->value != NULL && ferry_cmdline_key_equal (word->key, key)
          && list_has (word->value, item))
        return TRUE;
    }
  return FALSE;
}

/**
 * ferry_cmdline_to_string:
 *
 * Returns: (transfer full): the words as written, one blank between them
 */
char *
ferry_cmdline_to_string (const FerryCmdline *cmdline)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < cmdline->words->len; i++)
    {
      const FerryCmdlineWord *word = g_ptr_array_index (cmdline->words, i);

      g_string_append_printf (text, "%s%s", i > 0 ? " " : "", word->text);
    }
  if (cmdline->init_args != NULL)
    {
      g_string_append (text, text->len > 0 ? " --" : "--");
      if (*cmdline->init_args != '\0')
        g_string_append_printf (text, " %s", cmdline->init_args);
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}
