/* accounts.c: see accounts.h. */
#include "config.h"

#include <string.h>

#include "facts/accounts.h"

/* More fields than any of the two files has; what follows stays in the last one. */
#define MAX_FIELDS 8

/* The fields of the first line of @name, or NULL. */
static char **
find_line (const char *text, const char *name, guint n_fields)
{
  gsize length = strlen (name);

  while (*text != '\0')
    {
      gsize size = strcspn (text, "\n");

      if (size > length && strncmp (text, name, length) == 0 && text[length] == ':')
        {
          g_autofree char *line = g_strndup (text, size);
          g_auto (GStrv) fields = g_strsplit (line, ":", MAX_FIELDS);

          return g_strv_length (fields) >= n_fields ? g_steal_pointer (&fields) : NULL;
        }
      text += size;
      text += *text == '\n' ? 1 : 0;
    }
  return NULL;
}

/* Whether @user is in @members, names with commas and perhaps blanks between. */
static gboolean
lists (const char *members, const char *user)
{
  gsize length = strlen (user);

  while (*members != '\0')
    {
      gsize size;

      members += strspn (members, ", \t");
      size = strcspn (members, ", \t");
      if (length > 0 && size == length && strncmp (members, user, length) == 0)
        return TRUE;
      members += size;
    }
  return FALSE;
}

/**
 * ferry_accounts_in_group:
 * @group_text: (nullable): etc/group
 * @passwd_text: (nullable): etc/passwd, for the user's first group
 *
 * Returns: whether @user is in @group; %FERRY_ANSWER_UNKNOWN without @group_text
 */
FerryAnswer
ferry_accounts_in_group (const char *group_text, const char *passwd_text, const char *user,
                         const char *group)
{
  g_auto (GStrv) line = NULL;
  g_auto (GStrv) account = NULL;

  if (group_text == NULL)
    return FERRY_ANSWER_UNKNOWN;
  line = find_line (group_text, group, 4);
  if (line == NULL)
    return FERRY_ANSWER_NO;
  if (lists (line[3], user))
    return FERRY_ANSWER_YES;
  account = passwd_text != NULL ? find_line (passwd_text, user, 7) : NULL;
  return account != NULL && *line[2] != '\0' && g_str_equal (account[3], line[2]) ? FERRY_ANSWER_YES
                                                                                  : FERRY_ANSWER_NO;
}

/**
 * ferry_accounts_is_administrator:
 * @passwd_text: (nullable): etc/passwd
 *
 * Returns: whether @user has the number 0 (credentials(7)), under whatever name; "root" needs no
 * line. A recording keeps that number, not the name
 */
gboolean
ferry_accounts_is_administrator (const char *passwd_text, const char *user)
{
  g_auto (GStrv) account = passwd_text != NULL ? find_line (passwd_text, user, 7) : NULL;

  return account != NULL ? g_str_equal (account[2], "0") : g_str_equal (user, "root");
}

/**
 * ferry_accounts_find_name:
 * @passwd_text: (nullable): etc/passwd
 *
 * Returns: (transfer full) (nullable): the first name with the number @uid
 */
char *
ferry_accounts_find_name (const char *passwd_text, guint uid)
{
  g_autofree char *number = g_strdup_printf ("%u", uid);

  while (passwd_text != NULL && *passwd_text != '\0')
    {
      gsize size = strcspn (passwd_text, "\n");
      g_autofree char *line = g_strndup (passwd_text, size);
      g_auto (GStrv) fields = g_strsplit (line, ":", MAX_FIELDS);

      if (g_strv_length (fields) >= 7 && *fields[0] != '\0' && g_str_equal (fields[2], number))
        return g_strdup (fields[0]);
      passwd_text += size;
      passwd_text += *passwd_text == '\n' ? 1 : 0;
    }
  return NULL;
}
