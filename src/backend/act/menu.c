/* menu.c: see menu.h. */
#include "config.h"

#include <string.h>
#include <glib/gi18n-lib.h>

#include "act/menu.h"
#include "facts/error.h"
#include "facts/host.h"

#define MAX_DEPTH 16
#define MAX_WORDS 4096
#define MAX_TITLE 80

typedef struct
{
  const char *at;
  GPtrArray *words;   /* of char*: the present command */
  GPtrArray *entries; /* of FerryMenuEntry */
  gboolean own;       /* inside the part of the script for own kernels */
  guint depth;
  FerryMenuEntry *entry; /* the menuentry that is open */
  guint entry_depth;
} Reader;

static void
entry_free (gpointer data)
{
  FerryMenuEntry *entry = data;

  g_free (entry->title);
  g_free (entry->kernel);
  g_strfreev (entry->words);
  g_free (entry);
}

static const char *
first_word (const Reader *reader)
{
  return reader->words->len > 0 ? g_ptr_array_index (reader->words, 0) : "";
}

/* "### BEGIN .../10_linux ###" and its END; the number may have been changed by the user. */
static void
read_comment (Reader *reader)
{
  gsize length = strcspn (reader->at, "\n");
  g_autofree char *line = g_strndup (reader->at, length);

  if (g_str_has_prefix (line, "### BEGIN ") || g_str_has_prefix (line, "### END "))
    reader->own = line[4] == 'B' && g_regex_match_simple ("/[0-9]+_linux ###\\s*$", line, 0, 0);
  reader->at += length;
}

/* A piece in quotes; FALSE when it is not closed. */
static gboolean
read_quoted (Reader *reader, GString *word)
{
  char quote = *reader->at++;

  for (; *reader->at != '\0' && *reader->at != quote; reader->at++)
    {
      if (quote == '"' && *reader->at == '\\' && reader->at[1] != '\0')
        reader->at++;
      g_string_append_c (word, *reader->at);
    }
  if (*reader->at == '\0')
    return FALSE;
  reader->at++;
  return TRUE;
}

/* "${name}" must not be taken for a block. */
static void
read_variable (Reader *reader, GString *word)
{
  g_string_append_c (word, *reader->at++);
  if (*reader->at != '{')
    return;
  while (*reader->at != '\0' && *reader->at != '}' && *reader->at != '\n')
    g_string_append_c (word, *reader->at++);
  if (*reader->at == '}')
    g_string_append_c (word, *reader->at++);
}

static gboolean
read_word (Reader *reader)
{
  g_autoptr (GString) word = g_string_new (NULL);

  while (*reader->at != '\0' && strchr (" \t\r\n;", *reader->at) == NULL)
    {
      if (*reader->at == '\'' || *reader->at == '"')
        {
          if (!read_quoted (reader, word))
            return FALSE;
        }
      else if (*reader->at == '$')
        read_variable (reader, word);
      else if (*reader->at == '\\' && reader->at[1] == '\n')
        reader->at += 2;
      else if (*reader->at == '\\' && reader->at[1] != '\0')
        {
          g_string_append_c (word, reader->at[1]);
          reader->at += 2;
        }
      else
        g_string_append_c (word, *reader->at++);
    }
  g_ptr_array_add (reader->words, g_strdup (word->str));
  return reader->words->len <= MAX_WORDS;
}

static gboolean
is_linux (const char *command)
{
  return g_str_equal (command, "linux") || g_str_equal (command, "linux16")
         || g_str_equal (command, "linuxefi");
}

static void
take_kernel (FerryMenuEntry *entry, GPtrArray *words)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  if (entry->kernel != NULL || words->len < 2)
    return;
  entry->kernel = g_strdup (g_ptr_array_index (words, 1));
  /* Behind "--" stands what the first program is told. */
  for (guint i = 2; i < words->len && !g_str_equal (g_ptr_array_index (words, i), "--"); i++)
    g_strv_builder_add (builder, g_ptr_array_index (words, i));
  entry->words = g_strv_builder_end (builder);
  if (g_strv_contains ((const char *const *) entry->words, "single")
      || g_strv_contains ((const char *const *) entry->words, "recovery"))
    entry->recovery = TRUE;
}

static void
end_command (Reader *reader)
{
  const char *command = first_word (reader);

  if (reader->entry != NULL && is_linux (command))
    take_kernel (reader->entry, reader->words);
  else if (reader->entry != NULL && g_str_has_prefix (command, "initrd"))
    for (guint i = 1; i < reader->words->len; i++)
      if (strstr (g_ptr_array_index (reader->words, i), "fallback") != NULL)
        reader->entry->recovery = TRUE;
  g_ptr_array_set_size (reader->words, 0);
}

static gboolean
open_block (Reader *reader)
{
  if (++reader->depth > MAX_DEPTH)
    return FALSE;
  if (g_str_equal (first_word (reader), "menuentry"))
    {
      if (reader->entry != NULL || reader->words->len < 2 || reader->entries->len >= FERRY_MENU_MAX_ENTRIES)
        return FALSE;
      reader->entry = g_new0 (FerryMenuEntry, 1);
      reader->entry->title = ferry_host_clean_text (g_ptr_array_index (reader->words, 1), MAX_TITLE);
      reader->entry->own = reader->own;
      reader->entry_depth = reader->depth;
      g_ptr_array_add (reader->entries, reader->entry);
    }
  g_ptr_array_set_size (reader->words, 0);
  return TRUE;
}

static gboolean
close_block (Reader *reader)
{
  end_command (reader);
  if (reader->depth == 0)
    return FALSE;
  if (reader->entry != NULL && reader->depth == reader->entry_depth)
    reader->entry = NULL;
  reader->depth--;
  return TRUE;
}

/* A bracket is one only where a word begins and ends. */
static gboolean
stands_alone (const char *at)
{
  return at[1] == '\0' || strchr (" \t\r\n;", at[1]) != NULL;
}

/* FALSE when the text is broken here. */
static gboolean
read_next (Reader *reader)
{
  switch (*reader->at)
    {
    case ' ':
    case '\t':
    case '\r':
      reader->at++;
      return TRUE;
    case '\n':
    case ';':
      reader->at++;
      end_command (reader);
      return TRUE;
    case '#':
      read_comment (reader);
      return TRUE;
    case '{':
    case '}':
      if (!stands_alone (reader->at))
        return read_word (reader);
      return *reader->at++ == '{' ? open_block (reader) : close_block (reader);
    default:
      return read_word (reader);
    }
}

static void
drop_other_entries (GPtrArray *entries)
{
  for (guint i = entries->len; i > 0; i--)
    if (((FerryMenuEntry *) g_ptr_array_index (entries, i - 1))->kernel == NULL)
      g_ptr_array_remove_index (entries, i - 1);
}

/**
 * ferry_menu_parse:
 *
 * Returns: (transfer full) (nullable): the entries that start Linux, also those in submenus
 */
GPtrArray *
ferry_menu_parse (const char *text, GError **error)
{
  g_autoptr (GPtrArray) words = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) entries = g_ptr_array_new_with_free_func (entry_free);
  Reader reader = { .at = text, .words = words, .entries = entries };
  gboolean good = strlen (text) <= FERRY_MENU_MAX_SIZE;

  while (good && *reader.at != '\0')
    good = read_next (&reader);
  if (good)
    end_command (&reader);
  if (!good || reader.depth > 0)
    {
      g_set_error_literal (error, FERRY_ERROR, FERRY_ERROR_INVALID, _("The new boot menu is not complete"));
      return NULL;
    }
  drop_other_entries (entries);
  return g_steal_pointer (&entries);
}

gboolean
ferry_menu_check_words (GPtrArray *entries, const char *const *words, GError **error)
{
  guint normal = 0;

  for (guint i = 0; i < entries->len; i++)
    {
      const FerryMenuEntry *entry = g_ptr_array_index (entries, i);

      if (!entry->own || entry->recovery)
        continue;
      normal++;
      for (guint j = 0; words[j] != NULL; j++)
        if (!g_strv_contains ((const char *const *) entry->words, words[j]))
          {
            g_set_error (error, FERRY_ERROR, FERRY_ERROR_FAILED,
                         _("The entry “%s” of the new boot menu lacks the word “%s”"), entry->title, words[j]);
            return FALSE;
          }
    }
  if (normal > 0)
    return TRUE;
  g_set_error_literal (error, FERRY_ERROR, FERRY_ERROR_FAILED,
                       _("The new boot menu has no entry that starts this system"));
  return FALSE;
}
