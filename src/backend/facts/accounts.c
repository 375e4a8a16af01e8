/* accounts.c: see accounts.h. */
#include "config.h"

#include "facts/accounts.h"

/* The fields of the line of @name, or NULL. */
static char **
find_line (const char *text, const char *name, guint n_fields)
{
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);

  for (gsize i = 0; lines[i] != NULL; i++)
    {
      g_auto (GStrv) fields = g_strsplit (lines[i], ":", -1);

      if (g_strv_length (fields) >= n_fields && g_str_equal (fields[0], name))
        return g_steal_pointer (&fields);
    }
  return NULL;
}

static gboolean
lists (const char *members, const char *user)
{
  g_auto (GStrv) names = g_strsplit (members, ",", -1);

  for (gsize i = 0; names[i] != NULL; i++)
    if (g_str_equal (g_strstrip (names[i]), user))
      return TRUE;
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
