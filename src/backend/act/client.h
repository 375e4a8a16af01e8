/* client.h: talks to the root helper on the system bus, for the wizard and ferryctl alike.
 *
 * Interface: data/org.ferryvm.Helper1.xml. The calls block: the wizard makes them in a thread. Errors are of the domain
 * FERRY_FAULT where the helper set them; a helper that is not installed is FERRY_ERROR_NOT_FOUND.
 */
#pragma once

#include <gio/gio.h>

#include "act/fault.h"
#include "plan/intent.h"

G_BEGIN_DECLS

typedef struct _FerryClient FerryClient;

/* Stage, step, number of steps and title, as in transaction.h; called in the thread-default main context of the
 * thread that made the client. */
typedef void (*FerryClientProgress) (const char *stage, guint step, guint of, const char *title,
                                     gpointer user_data);

/* @connection: (nullable): %NULL for the system bus. */
FerryClient *ferry_client_new (GDBusConnection *connection, GError **error);
void ferry_client_free (FerryClient *client);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (FerryClient, ferry_client_free)

void ferry_client_watch (FerryClient *client, FerryClientProgress progress, gpointer user_data);

/* The plan as JSON; its digest goes to apply. */
char *ferry_client_preview (FerryClient *client, const FerryIntent *intent, GError **error);
/* Asks for a password; returns when all is done or put back. The id in the history. */
char *ferry_client_apply (FerryClient *client, const FerryIntent *intent, const char *digest, GError **error);
gboolean ferry_client_undo (FerryClient *client, const char *id, gboolean force, GError **error);
gboolean ferry_client_cancel (FerryClient *client, GError **error);
/* "(a(sxssas))": see the interface. */
GVariant *ferry_client_history (FerryClient *client, GError **error);
GVariant *ferry_client_inspect (FerryClient *client, GError **error);

G_END_DECLS
