/* look.h: the look after the restart, for pages: whether the change arrived.
 *
 * Follows the session and its errand: made of the computer that is shown and of what the helper told, or of
 * what a recording brings along. It asks nobody itself. The report is scrubbed in a thread, because names of
 * the computer are read for it.
 *
 * Property: verification (a FerryVerification, NULL before the computer has been read).
 */
#pragma once

#include "errand.h"
#include "plan/verification.h"
#include "session.h"

G_BEGIN_DECLS

#define FERRY_TYPE_LOOK (ferry_look_get_type ())
G_DECLARE_FINAL_TYPE (FerryLook, ferry_look, FERRY, LOOK, GObject)

FerryLook *ferry_look_new (FerrySession *session);

const FerryVerification *ferry_look_get_verification (FerryLook *self);

/* The summary for those who help. */
void ferry_look_report_async (FerryLook *self, GAsyncReadyCallback callback, gpointer user_data);
char *ferry_look_report_finish (FerryLook *self, GAsyncResult *result, GError **error);

G_END_DECLS
