/* bouncer.h: asks polkit whether a caller may do something; the only file that knows polkit.
 *
 * Default deny: a method without a row is refused. The subject is always the sender's name on the system bus,
 * never a process id (CVE-2013-4288). No answer, an error, a caller that went away: no. What a permit is for is
 * fixed when it is asked for.
 */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef struct _FerryBouncer FerryBouncer;
typedef struct _FerryPermit FerryPermit; /* only the bouncer can make one */

FerryBouncer *ferry_bouncer_new (GDBusConnection *connection);
void ferry_bouncer_free (FerryBouncer *bouncer);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (FerryBouncer, ferry_bouncer_free)

/* Whether the method is in the table, and whether it needs polkit at all. */
gboolean ferry_bouncer_knows (const char *method);
gboolean ferry_bouncer_needs_polkit (const char *method);

/* @card and @files: for the message of the password dialog, may be NULL. */
void ferry_bouncer_ask (FerryBouncer *bouncer, GDBusMethodInvocation *invocation, const char *card,
                        const char *files, GAsyncReadyCallback callback, gpointer user_data);
FerryPermit *ferry_bouncer_ask_finish (FerryBouncer *bouncer, GAsyncResult *result, GError **error);

const char *ferry_permit_get_method (const FerryPermit *permit);
void ferry_permit_free (FerryPermit *permit);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (FerryPermit, ferry_permit_free)

G_END_DECLS
