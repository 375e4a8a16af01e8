/* edit-array.c: bash arrays, and the older string form, in files that a shell sources, see edit.h.
 *
 * mkinitcpio.conf(5): MODULES=(), FILES=() and HOOKS=(); upgraded systems may still have MODULES="".
 */
#include "config.h"

#include <string.h>
#include <glib/gi18n-lib.h>

#include "facts/error.h"
#include "plan/edit.h"
#include "plan/shell.h"

static void
refuse (GError **error, const char *message)
{
  g_set_error_literal (error, FERRY_ERROR, FERRY_ERROR_UNSUPPORTED, message);
}

/* A list that contains itself twice grows without end. */
#define MAX_MEMBERS 4096
#define MAX_VALUE 65536

/* A member that stands for all old ones; FALSE when the mark is only a part of one. */
static gboolean
add_member (GPtrArray *members, GPtrArray *old, const char *member)
{
  const char *mark = strchr (member, FERRY_SHELL_SELF);

  if (mark == NULL)
    {
      g_ptr_array_add (members, g_strdup (member));
      return TRUE;
    }
  for (guint i = 0; i < old->len && members->len < MAX_MEMBERS; i++)
    g_ptr_array_add (members, g_strdup (g_ptr_array_index (old, i)));
  return mark == member && member[1] == '\0';
}

static gpointer
copy_text (gconstpointer text, gpointer data G_GNUC_UNUSED)
{
  return g_strdup (text);
}

/* FALSE when what comes out cannot be known. */
static gboolean
add_members (GPtrArray *members, const FerryShellAssignment *assignment)
{
  g_autoptr (GPtrArray) old = g_ptr_array_copy (members, copy_text, NULL);
  gboolean known = members->len < MAX_MEMBERS;

  g_ptr_array_set_free_func (old, g_free);
  if (!assignment->append)
    g_ptr_array_set_size (members, 0);
  for (guint i = 0; i < assignment->members->len && members->len < MAX_MEMBERS; i++)
    known = add_member (members, old, g_ptr_array_index (assignment->members, i)) && known;
  return known;
}

/* The older form: one string, which mkinitcpio splits at blanks. */
static gboolean
set_members (GPtrArray *members, GString *value, const FerryShellAssignment *assignment)
{
  g_auto (GStrv) parts = NULL;

  if (value->len >= MAX_VALUE)
    return FALSE;
  ferry_shell_fold (value, assignment);
  parts = g_strsplit_set (value->str, " \t\n", -1);
  g_ptr_array_set_size (members, 0);
  for (guint i = 0; parts[i] != NULL; i++)
    if (*parts[i] != '\0')
      g_ptr_array_add (members, g_strdup (parts[i]));
  return TRUE;
}

typedef struct
{
  gboolean literal; /* all members are known */
  gboolean certain; /* the last assignment is the one that counts, and all are of one kind */
} Knowledge;

/* Every member after the whole file was read, and the last assignment. In bash a string that is assigned to an array sets
 * its first member only, so a mixture is not certain. */
static gboolean
find_members (const char *text, const char *name, GPtrArray *members, FerryShellAssignment *last,
              Knowledge *knowledge, GError **error)
{
  FerryShell shell = { .text = text };
  FerryShellAssignment assignment;
  g_autoptr (GString) value = g_string_new (NULL);
  gboolean found = FALSE;

  *knowledge = (Knowledge){ TRUE, TRUE };
  while (ferry_shell_next (&shell, name, &assignment))
    {
      gboolean known = assignment.array ? add_members (members, &assignment)
                                        : set_members (members, value, &assignment);

      knowledge->certain = knowledge->certain && assignment.certain && (!found || last->array == assignment.array);
      knowledge->literal = knowledge->literal && known && assignment.literal && knowledge->certain;
      ferry_shell_assignment_clear (last);
      *last = assignment;
      found = TRUE;
    }
  if (shell.broken)
    {
      ferry_shell_assignment_clear (last);
      refuse (error, _("it has a line that Ferry cannot read"));
      return FALSE;
    }
  if (!found)
    g_set_error_literal (error, FERRY_ERROR, FERRY_ERROR_NOT_FOUND, _("it is not set"));
  return found;
}

/**
 * ferry_edit_array_members:
 *
 * Returns: (transfer full) (nullable): the members in order; %NULL with %FERRY_ERROR_NOT_FOUND or
 *   %FERRY_ERROR_UNSUPPORTED
 */
char **
ferry_edit_array_members (const char *text, const char *name, GError **error)
{
  g_autoptr (GPtrArray) members = g_ptr_array_new_with_free_func (g_free);
  FerryShellAssignment last = { 0 };
  Knowledge knowledge;

  if (!find_members (text, name, members, &last, &knowledge, error))
    return NULL;
  ferry_shell_assignment_clear (&last);
  if (!knowledge.literal)
    {
      refuse (error, _("its value is computed"));
      return NULL;
    }
  g_ptr_array_add (members, NULL);
  return (char **) g_ptr_array_free (g_steal_pointer (&members), FALSE);
}

static gboolean
has_member (GPtrArray *members, const char *word)
{
  return g_ptr_array_find_with_equal_func (members, word, g_str_equal, NULL);
}

static char *
join_missing (GPtrArray *members, const char *const *words)
{
  GString *missing = g_string_new (NULL);

  for (guint i = 0; words[i] != NULL; i++)
    if (!has_member (members, words[i]))
      g_string_append_printf (missing, "%s%s", missing->len > 0 ? " " : "", words[i]);
  return g_string_free (missing, FALSE);
}

/* Directly behind the opening bracket or quote; an unquoted value gets quotes. */
static char *
insert (const char *text, const FerryShellAssignment *last, const char *missing)
{
  gsize at = last->start + 1;
  GString *result;

  if (!last->array && last->plain)
    {
      const char *space = last->end > last->start ? " " : "";

      /* In quotes "~" and "*" would mean themselves. */
      if (!last->literal)
        return NULL;
      return g_strdup_printf ("%.*s\"%s%s%.*s\"%s", (int) last->start, text, missing, space,
                              (int) (last->end - last->start), text + last->start, text + last->end);
    }
  if (!last->array && !last->one_piece)
    return NULL;
  result = g_string_new_len (text, (gssize) at);
  g_string_append (result, missing);
  if (strchr (")\"' \t\r\n", text[at]) == NULL)
    g_string_append_c (result, ' ');
  g_string_append (result, text + at);
  return g_string_free (result, FALSE);
}

/* The edited text has to read back as the missing words and everything that was there. */
static gboolean
is_proven (const char *after, const char *name, GPtrArray *before, const char *missing)
{
  g_autoptr (GPtrArray) members = g_ptr_array_new_with_free_func (g_free);
  g_auto (GStrv) added = g_strsplit (missing, " ", -1);
  FerryShellAssignment last = { 0 };
  Knowledge knowledge;

  if (!find_members (after, name, members, &last, &knowledge, NULL))
    return FALSE;
  ferry_shell_assignment_clear (&last);
  if (!knowledge.certain || members->len != before->len + g_strv_length (added))
    return FALSE;
  for (guint i = 0; added[i] != NULL; i++)
    if (!has_member (members, added[i]))
      return FALSE;
  for (guint i = 0; i < before->len; i++)
    if (!has_member (members, g_ptr_array_index (before, i)))
      return FALSE;
  return TRUE;
}

/**
 * ferry_edit_array_prepend:
 *
 * Returns: (transfer full) (nullable): the new text, equal to @text when nothing is missing; %NULL with
 *   %FERRY_ERROR_UNSUPPORTED or %FERRY_ERROR_INVALID
 */
char *
ferry_edit_array_prepend (const char *text, const char *name, const char *const *words,
                          GError **error)
{
  g_autoptr (GPtrArray) members = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GError) local = NULL;
  g_autofree char *missing = NULL;
  g_autofree char *after = NULL;
  FerryShellAssignment last = { 0 };
  Knowledge knowledge;

  if (!ferry_shell_words_are_safe (words, error))
    return NULL;
  if (!find_members (text, name, members, &last, &knowledge, &local)
      && !g_error_matches (local, FERRY_ERROR, FERRY_ERROR_NOT_FOUND))
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return NULL;
    }
  missing = join_missing (members, words);
  if (local == NULL && !knowledge.certain)
    after = NULL;
  else if (*missing == '\0')
    after = g_strdup (text);
  else if (local != NULL)
    after = g_strdup_printf ("%s%s%s=(%s)\n", text,
                             *text != '\0' && !g_str_has_suffix (text, "\n") ? "\n" : "", name, missing);
  else
    after = insert (text, &last, missing);
  ferry_shell_assignment_clear (&last);

  if (after == NULL || (*missing != '\0' && !is_proven (after, name, members, missing)))
    {
      refuse (error, _("its form is unusual"));
      return NULL;
    }
  return g_steal_pointer (&after);
}
