/* bouncer.h: asks polkit whether a caller may do something; the only file that knows polkit.
 *
 * Default deny: a method without a row is refused. The subject is always the sender's name on the system bus,
 * never a process id (CVE-2013-4288). No answer, an error, a caller that went away: no. There are two questions:
 * may the caller have the computer looked at (before any work is done for it), and may it have this change made.
 */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef struct _FerryBouncer FerryBouncer;
typedef struct _FerryPermit FerryPermit; /* only the bouncer can make one */

typedef enum
{
  FERRY_QUESTION_LOOK,
  FERRY_QUESTION_CHANGE
} FerryQuestion;

/* What the password is for, in the words of the dialog; each may be NULL. */
typedef struct
{
  const char *card;
  const char *files;    /* a number */
  const char *packages; /* names of what is installed */
  const char *group;    /* that the user joins */
} FerryConsent;

FerryBouncer *ferry_bouncer_new (GDBusConnection *connection);
void ferry_bouncer_free (FerryBouncer *bouncer);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (FerryBouncer, ferry_bouncer_free)

/* Whether the method is in the table; the action that a question about it is, NULL when there is none. */
gboolean ferry_bouncer_knows (const char *method);
const char *ferry_bouncer_get_action (const char *method, FerryQuestion question);

/* @consent: for the message of the password dialog, may be NULL. @cancellable takes the dialog away. */
void ferry_bouncer_ask (FerryBouncer *bouncer, GDBusMethodInvocation *invocation, FerryQuestion question,
                        const FerryConsent *consent, GCancellable *cancellable,
                        GAsyncReadyCallback callback, gpointer user_data);
FerryPermit *ferry_bouncer_ask_finish (FerryBouncer *bouncer, GAsyncResult *result, GError **error);

/* Whether it was given for @question about @method. */
gboolean ferry_permit_is_for (const FerryPermit *permit, const char *method, FerryQuestion question);
/* Who asked, from the connection's credentials; the name is NULL when the account has none. */
guint ferry_permit_get_uid (const FerryPermit *permit);
const char *ferry_permit_get_user_name (const FerryPermit *permit);
void ferry_permit_free (FerryPermit *permit);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (FerryPermit, ferry_permit_free)

G_END_DECLS
