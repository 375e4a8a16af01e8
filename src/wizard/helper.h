/* helper.h: the root helper, for pages: asks it without making anybody wait.
 *
 * A FerryClient in threads. One change or undo at a time; its progress is told by the signal
 * "progress" (stage, step, number of steps, title), as in client.h. Cancelling a task here does not
 * stop the helper: ferry_helper_cancel() asks it to.
 *
 * Property: running (whether a change or an undo is under way).
 */
#pragma once

#include "act/client.h"
#include "history.h"
#include "plan/plan.h"

G_BEGIN_DECLS

#define FERRY_TYPE_HELPER (ferry_helper_get_type ())
G_DECLARE_FINAL_TYPE (FerryHelper, ferry_helper, FERRY, HELPER, GObject)

FerryHelper *ferry_helper_new (GDBusConnection *connection);

gboolean ferry_helper_get_running (FerryHelper *self);

/* Blocks; for threads. */
FerryPlan *ferry_helper_preview (FerryHelper *self, const FerryIntent *intent, GError **error);

void ferry_helper_apply_async (FerryHelper *self, const FerryIntent *intent, const char *digest,
                               GAsyncReadyCallback callback, gpointer user_data);
void ferry_helper_undo_async (FerryHelper *self, const char *id, gboolean force,
                              GAsyncReadyCallback callback, gpointer user_data);
/* For both: the id of the entry in the history. */
char *ferry_helper_run_finish (FerryHelper *self, GAsyncResult *result, GError **error);
void ferry_helper_cancel (FerryHelper *self);

void ferry_helper_read_history_async (FerryHelper *self, GAsyncReadyCallback callback,
                                      gpointer user_data);
FerryHistory *ferry_helper_read_history_finish (FerryHelper *self, GAsyncResult *result,
                                                GError **error);

G_END_DECLS
