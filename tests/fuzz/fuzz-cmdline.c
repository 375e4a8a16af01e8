/* fuzz-cmdline.c: any text as a kernel command line.
 *
 * Properties: what was parsed prints to a line that parses to the same words; printing is then
 * stable; each word's text is in the input, in order; lookups agree with the list; a copy is equal.
 */
#include "config.h"

#include <string.h>

#include "facts/cmdline.h"
#include "place.h"

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

static const FerryCmdlineWord *
word_at (const FerryCmdline *cmdline, guint i)
{
  return g_ptr_array_index (cmdline->words, i);
}

static void
check_same (const FerryCmdline *a, const FerryCmdline *b)
{
  PROPERTY (a->words->len == b->words->len);
  PROPERTY (g_strcmp0 (a->init_args, b->init_args) == 0);
  for (guint i = 0; i < a->words->len; i++)
    {
      PROPERTY (g_str_equal (word_at (a, i)->text, word_at (b, i)->text));
      PROPERTY (g_str_equal (word_at (a, i)->key, word_at (b, i)->key));
      PROPERTY (g_strcmp0 (word_at (a, i)->value, word_at (b, i)->value) == 0);
    }
}

static void
check_order (const FerryCmdline *cmdline, const char *text)
{
  for (guint i = 0; i < cmdline->words->len; i++)
    {
      const char *word = word_at (cmdline, i)->text;
      const char *found = strstr (text, word);

      PROPERTY (*word != '\0' && found != NULL);
      text = found + strlen (word);
    }
}

static void
check_lookups (const FerryCmdline *cmdline)
{
  for (guint i = 0; i < cmdline->words->len; i++)
    {
      const FerryCmdlineWord *word = word_at (cmdline, i);
      const char *last = ferry_cmdline_last_value (cmdline, word->key);

      PROPERTY (ferry_cmdline_has_key (cmdline, word->key));
      PROPERTY (ferry_cmdline_has_word (cmdline, word->text));
      PROPERTY (last == NULL || ferry_cmdline_has_key (cmdline, word->key));
      if (word->value != NULL && *word->value != '\0' && strchr (word->value, ',') == NULL)
        PROPERTY (ferry_cmdline_value_has (cmdline, word->key, word->value));
    }
  PROPERTY (!ferry_cmdline_has_key (cmdline, "ferry-never-there\v"));
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autofree char *text = g_strndup ((const char *)data, size);
  g_autoptr (FerryCmdline) cmdline = ferry_cmdline_parse (text, NULL);
  g_autoptr (FerryCmdline) again = NULL, copy = NULL;
  g_autofree char *printed = NULL, *reprinted = NULL;

  if (cmdline == NULL)
    return 0;
  check_order (cmdline, text);
  check_lookups (cmdline);
  copy = ferry_cmdline_copy (cmdline);
  check_same (cmdline, copy);

  printed = ferry_cmdline_to_string (cmdline);
  if (strlen (printed) > FERRY_CMDLINE_MAX)
    return 0;
  again = ferry_cmdline_parse (printed, NULL);
  PROPERTY (again != NULL);
  check_same (cmdline, again);
  reprinted = ferry_cmdline_to_string (again);
  PROPERTY (g_str_equal (printed, reprinted));
  return 0;
}
