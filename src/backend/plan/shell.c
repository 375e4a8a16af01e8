/* shell.c: see shell.h. */
#include "config.h"

#include <string.h>

#include "plan/shell.h"

#define MAX_NESTING 32

void
ferry_shell_assignment_clear (FerryShellAssignment *assignment)
{
  if (assignment->value != NULL)
    g_string_free (assignment->value, TRUE);
  g_clear_pointer (&assignment->members, g_ptr_array_unref);
  *assignment = (FerryShellAssignment){ 0 };
}

static char
peek (const FerryShell *shell)
{
  return shell->text[shell->at];
}

static gboolean
is_blank (char c)
{
  return c == ' ' || c == '\t';
}

static gboolean
is_name_char (char c)
{
  return g_ascii_isalnum (c) || c == '_';
}

static void
skip_to_line_end (FerryShell *shell)
{
  while (peek (shell) != '\0' && peek (shell) != '\n')
    shell->at++;
}

/* The text ends inside of a quote or bracket: no shell would read it. */
static void
set_open (FerryShell *shell)
{
  shell->broken = TRUE;
  shell->open = TRUE;
}

static void
skip_single_quotes (FerryShell *shell)
{
  shell->at++;
  while (peek (shell) != '\0' && peek (shell) != '\'')
    shell->at++;
  if (peek (shell) == '\0')
    set_open (shell);
  else
    shell->at++;
}

static void skip_substitution (FerryShell *shell, guint nesting);

/* Steps over one character or quoted piece of a text that is not of interest. */
static void
skip_piece (FerryShell *shell, guint nesting)
{
  char c = peek (shell);

  if (nesting > MAX_NESTING)
    shell->broken = TRUE;
  else if (c == '\\')
    shell->at += shell->text[shell->at + 1] != '\0' ? 2 : 1;
  else if (c == '\'')
    skip_single_quotes (shell);
  else if (c == '$' || c == '`')
    skip_substitution (shell, nesting + 1);
  else if (c == '"')
    {
      shell->at++;
      while (!shell->broken && peek (shell) != '\0' && peek (shell) != '"')
        {
          if (peek (shell) == '\'')
            shell->at++;
          else
            skip_piece (shell, nesting + 1);
        }
      if (peek (shell) == '\0')
        set_open (shell);
      else
        shell->at++;
    }
  else
    shell->at++;
}

/* At "$" or "`": steps behind the whole substitution. */
static void
skip_substitution (FerryShell *shell, guint nesting)
{
  char first = shell->text[shell->at];
  char open = first == '$' ? shell->text[shell->at + 1] : '\0';
  char close = open == '(' ? ')' : open == '{' ? '}' : first == '`' ? '`' : '\0';
  guint depth = 1;

  shell->at++;
  if (close == '\0')
    return;
  if (first == '$')
    shell->at++;
  while (!shell->broken && peek (shell) != '\0')
    {
      if (peek (shell) == close && --depth == 0)
        {
          shell->at++;
          return;
        }
      if (open != '\0' && peek (shell) == open)
        depth++;
      if (peek (shell) == close || (open != '\0' && peek (shell) == open))
        shell->at++;
      else
        skip_piece (shell, nesting);
    }
  if (!shell->broken)
    set_open (shell);
}

/* At "$": the length of a reference to the old value of the variable that is being set; in an array only the form
 * that stands for all members. 0 when it is something else. */
static gsize
self_length (const FerryShell *shell, gboolean array)
{
  static const char *const ends[] = { "[@]}", "[*]}" };
  const char *at = shell->text + shell->at + 1;
  gboolean bracket = *at == '{';
  gsize name = shell->self != NULL ? strlen (shell->self) : 0;

  at += bracket;
  if (name == 0 || strncmp (at, shell->self, name) != 0)
    return 0;
  at += name;
  for (gsize i = 0; array && bracket && i < G_N_ELEMENTS (ends); i++)
    if (g_str_has_prefix (at, ends[i]))
      return name + 6;
  if (array || (bracket ? *at != '}' : is_name_char (*at) || *at == '['))
    return 0;
  return name + (bracket ? 3 : 1);
}

/* At "$" or "`": puts the mark for the old value, or makes the value unknown. */
static void
read_substitution (FerryShell *shell, FerryShellAssignment *assignment, GString *value)
{
  gsize length = peek (shell) == '$' ? self_length (shell, assignment->array) : 0;

  if (length == 0)
    {
      assignment->literal = FALSE;
      skip_substitution (shell, 0);
      return;
    }
  g_string_append_c (value, FERRY_SHELL_SELF);
  shell->at += length;
}

/* At a double quote: its content goes to @value. */
static void
read_double_quotes (FerryShell *shell, FerryShellAssignment *assignment, GString *value)
{
  shell->at++;
  while (!shell->broken && peek (shell) != '\0' && peek (shell) != '"')
    {
      char c = peek (shell);
      char next = shell->text[shell->at + 1];

      if (c == '$' || c == '`')
        read_substitution (shell, assignment, value);
      else if (c == '\\' && next == '\n')
        shell->at += 2;
      else if (c == '\\' && next != '\0' && strchr ("$`\"\\", next) != NULL)
        {
          g_string_append_c (value, next);
          shell->at += 2;
        }
      else
        {
          assignment->literal = assignment->literal && c != FERRY_SHELL_SELF;
          g_string_append_c (value, c);
          shell->at++;
        }
    }
  if (peek (shell) == '\0')
    set_open (shell);
  else
    shell->at++;
}

static void
read_single_quotes (FerryShell *shell, FerryShellAssignment *assignment, GString *value)
{
  gsize start = shell->at + 1;

  skip_single_quotes (shell);
  if (shell->broken)
    return;
  g_string_append_len (value, shell->text + start, (gssize) (shell->at - 1 - start));
  if (memchr (shell->text + start, FERRY_SHELL_SELF, shell->at - 1 - start) != NULL)
    assignment->literal = FALSE;
}

/* One unquoted character of a word. */
static void
read_plain (FerryShell *shell, FerryShellAssignment *assignment, GString *value)
{
  char c = peek (shell);

  if (c == '\\')
    {
      char next = shell->text[shell->at + 1];

      assignment->plain = FALSE;
      if (next != '\n' && next != '\0')
        g_string_append_c (value, next);
      shell->at += next != '\0' ? 2 : 1;
      return;
    }
  if (c == '$' || c == '`')
    {
      read_substitution (shell, assignment, value);
      return;
    }
  if (c == FERRY_SHELL_SELF || c == '~' || c == '*' || c == '?' || c == '[' || c == '{')
    assignment->literal = FALSE;
  g_string_append_c (value, c);
  shell->at++;
}

static gboolean
ends_word (char c)
{
  return c == '\0' || c == '\n' || is_blank (c) || strchr (";&|<>()", c) != NULL;
}

/* One word of quoted and unquoted pieces; returns how many pieces were quoted. */
static guint
read_word (FerryShell *shell, FerryShellAssignment *assignment, GString *value)
{
  guint quoted = 0;

  while (!shell->broken && !ends_word (peek (shell)))
    if (peek (shell) == '"')
      {
        read_double_quotes (shell, assignment, value);
        quoted++;
      }
    else if (peek (shell) == '\'')
      {
        read_single_quotes (shell, assignment, value);
        quoted++;
      }
    else
      read_plain (shell, assignment, value);
  return quoted;
}

static void
read_array (FerryShell *shell, FerryShellAssignment *assignment)
{
  assignment->array = TRUE;
  assignment->members = g_ptr_array_new_with_free_func (g_free);
  shell->at++;
  while (!shell->broken && peek (shell) != ')')
    {
      char c = peek (shell);

      if (c == '\0')
        set_open (shell);
      else if (ends_word (c) && !is_blank (c) && c != '\n')
        shell->broken = TRUE;
      else if (is_blank (c) || c == '\n')
        shell->at++;
      else if (c == '#')
        skip_to_line_end (shell);
      else
        {
          GString *member = g_string_new (NULL);

          read_word (shell, assignment, member);
          g_ptr_array_add (assignment->members, g_string_free (member, FALSE));
        }
    }
  if (!shell->broken)
    shell->at++;
}

static void
read_value (FerryShell *shell, FerryShellAssignment *assignment)
{
  guint quoted;
  char first = peek (shell);

  assignment->literal = TRUE;
  assignment->plain = TRUE;
  assignment->value = g_string_new (NULL);
  assignment->start = shell->at;
  if (first == '(')
    read_array (shell, assignment);
  else
    {
      quoted = read_word (shell, assignment, assignment->value);
      assignment->plain = assignment->plain && quoted == 0;
      assignment->one_piece = quoted == 1 && (first == '"' || first == '\'')
                              && shell->text[shell->at - 1] == first;
    }
  assignment->end = shell->at;
}

/* Whether the line at hand is the start, middle or end of a construct; changes the depth. */
static void
follow_construct (FerryShell *shell, const char *word)
{
  static const char *const opens[] = { "if", "for", "while", "until", "case", "{", NULL };
  static const char *const closes[] = { "fi", "done", "esac", "}", NULL };

  if (g_strv_contains (opens, word))
    shell->depth++;
  else if (g_strv_contains (closes, word) && shell->depth > 0)
    shell->depth--;
}

/* Commands that can set a variable without "=", or end the file; the word may stand behind others ("true && eval ..."). */
static gboolean
can_set (const char *line)
{
  static const char *const hides[] = { ".", "source", "eval", "unset", "declare", "typeset", "local", "readonly", "read",
                                       "exec", "set", "exit", "return", "mapfile", "readarray", "let", "getopts", "alias",
                                       "builtin", "command", NULL };
  g_auto (GStrv) words = g_strsplit_set (line, " \t\r\n;&|(){}\\", -1);
  gboolean prints = FALSE;

  for (guint i = 0; words[i] != NULL; i++)
    {
      if (g_strv_contains (hides, words[i]) || (prints && g_str_has_prefix (words[i], "-v")))
        return TRUE;
      prints |= g_str_equal (words[i], "printf");
    }
  return strstr (line, "((") != NULL;
}

/* Steps over the rest of the line; what is not a comment is added to @line. */
static void
skip_line (FerryShell *shell, gsize start, GString *line)
{
  gsize comment = 0;

  while (!shell->broken && peek (shell) != '\0' && peek (shell) != '\n')
    {
      if (peek (shell) == '#' && shell->at > start && is_blank (shell->text[shell->at - 1]))
        {
          comment = shell->at;
          skip_to_line_end (shell);
        }
      else if (peek (shell) == '<' && shell->text[shell->at + 1] == '<')
        shell->broken = TRUE;
      else
        skip_piece (shell, 0);
    }
  g_string_append_len (line, shell->text + start, (gssize) ((comment > 0 ? comment : shell->at) - start));
  g_strchomp (line->str);
}

/* Steps over a command up to the end of its line. A line that names @name in front of "=" could set it. */
static void
skip_command (FerryShell *shell, const char *name)
{
  g_autoptr (GString) whole = g_string_new (NULL);
  g_autofree char *first = NULL;
  g_autofree char *equals = g_strconcat (name, "=", NULL);
  g_autofree char *plus = g_strconcat (name, "+=", NULL);
  g_autofree char *unset = g_strconcat (name, ":=", NULL);
  gsize start = shell->at;
  gsize length = strcspn (shell->text + start, " \t\r\n;");
  const char *line;

  first = g_strndup (shell->text + start, length);
  follow_construct (shell, first);
  skip_line (shell, start, whole);
  line = whole->str;
  if (can_set (line) || strstr (line, equals) != NULL || strstr (line, plus) != NULL || strstr (line, unset) != NULL)
    shell->broken = TRUE;

  /* One-line constructs end where they began. */
  if (length < strlen (line)
      && (g_str_has_suffix (line, " fi") || g_str_has_suffix (line, " done")
          || g_str_has_suffix (line, " esac") || g_str_has_suffix (line, " }"))
      && shell->depth > 0)
    shell->depth--;
  else if (g_str_has_suffix (line, " {") || g_str_has_suffix (line, "){"))
    shell->depth++;
}

/* At the name of an assignment? Then steps behind the equals sign. */
static gboolean
read_head (FerryShell *shell, char **name, gboolean *append)
{
  gsize at = shell->at;

  while (is_name_char (shell->text[at]))
    at++;
  if (at == shell->at || g_ascii_isdigit (peek (shell)))
    return FALSE;
  *append = shell->text[at] == '+' && shell->text[at + 1] == '=';
  if (shell->text[at] != '=' && !*append)
    return FALSE;
  *name = g_strndup (shell->text + shell->at, at - shell->at);
  shell->at = at + (*append ? 2 : 1);
  return TRUE;
}

/* Behind a value nothing may follow but the end of the command; else it was set for one command only. */
static gboolean
ends_command (FerryShell *shell)
{
  while (is_blank (peek (shell)))
    shell->at++;
  if (peek (shell) == '#' && is_blank (shell->text[shell->at - 1]))
    skip_to_line_end (shell);
  if (peek (shell) == ';')
    {
      shell->at++;
      return TRUE;
    }
  return peek (shell) == '\n' || peek (shell) == '\0';
}

static gboolean
skip_space (FerryShell *shell)
{
  while (is_blank (peek (shell)) || peek (shell) == '\n')
    shell->at++;
  if (peek (shell) == '\\' && shell->text[shell->at + 1] == '\n')
    {
      shell->at += 2;
      return TRUE;
    }
  if (peek (shell) != '#')
    return FALSE;
  skip_to_line_end (shell);
  return TRUE;
}

gboolean
ferry_shell_next (FerryShell *shell, const char *name, FerryShellAssignment *assignment)
{
  while (!shell->broken)
    {
      g_autofree char *found = NULL;
      gboolean append;

      while (skip_space (shell))
        ;
      if (peek (shell) == '\0')
        return FALSE;
      if (g_str_has_prefix (shell->text + shell->at, "export "))
        {
          shell->at += strlen ("export ");
          continue;
        }
      if (!read_head (shell, &found, &append))
        {
          skip_command (shell, name);
          continue;
        }
      *assignment = (FerryShellAssignment){ .append = append };
      shell->self = g_str_equal (found, name) ? name : NULL;
      read_value (shell, assignment);
      assignment->certain = shell->depth == 0;
      if (!shell->broken && !ends_command (shell))
        {
          /* "NAME=value command" or something stranger. */
          assignment->certain = FALSE;
          skip_command (shell, name);
        }
      if (!shell->broken && g_str_equal (found, name))
        {
          assignment->literal = assignment->literal && assignment->certain;
          return TRUE;
        }
      ferry_shell_assignment_clear (assignment);
    }
  return FALSE;
}

void
ferry_shell_fold (GString *value, const FerryShellAssignment *assignment)
{
  g_autofree char *old = g_strdup (value->str);

  if (!assignment->append)
    g_string_truncate (value, 0);
  for (gsize i = 0; i < assignment->value->len; i++)
    if (assignment->value->str[i] == FERRY_SHELL_SELF)
      g_string_append (value, old);
    else
      g_string_append_c (value, assignment->value->str[i]);
}
