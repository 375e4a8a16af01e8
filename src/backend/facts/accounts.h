/* accounts.h: which groups a user is in, by the files.
 *
 * Pure: the texts of etc/group (group(5)) and etc/passwd (passwd(5)) in, an answer out. It says what
 * counts from the next login on; the groups of running programs may be older.
 */
#pragma once

#include "facts/answer.h"

G_BEGIN_DECLS

FerryAnswer ferry_accounts_in_group (const char *group_text, const char *passwd_text,
                                     const char *user, const char *group);
gboolean ferry_accounts_is_administrator (const char *passwd_text, const char *user);
/* The name of the account with that number (transfer full), or NULL. */
char *ferry_accounts_find_name (const char *passwd_text, guint uid);

G_END_DECLS
