/* session-saving.c: writes the computer of a session into a .machine file, in a thread.
 *
 * Part of FerrySession, see session.h; it uses nothing that other files cannot use. The format of the file is
 * facts/recording's.
 */
#include "config.h"

#include "session.h"

#include "act/inspection.h"
#include "errand.h"
#include "facts/recording.h"
#include "worker.h"

typedef struct
{
  char *file;
  char *facts; /* as ferry_inspection_print(), or NULL */
} SaveOrder;

static void
save_order_free (gpointer data)
{
  SaveOrder *order = data;

  g_free (order->file);
  g_free (order->facts);
  g_free (order);
}

/* What the helper told of this computer, or what was read of the folder that is in its place. */
static char *
print_facts (FerrySession *self)
{
  const FerryHistory *history = ferry_errand_get_history (ferry_session_get_errand (self));

  if (history != NULL)
    return ferry_inspection_print (history->facts);
  return ferry_session_get_recording (self) == NULL ? ferry_inspection_print (ferry_session_get_facts (self)) : NULL;
}

static void
save_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  FerrySession *self = source;
  const SaveOrder *order = task_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (FerryRoot) root = ferry_root_new (ferry_root_get_folder (ferry_session_get_home (self)), &error);

  if (root != NULL
      && ferry_recording_save_with (root, order->file, FERRY_INSPECTION_FILE, order->facts, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

/**
 * ferry_session_save_recording_async:
 * @file: where to; an existing file is replaced
 *
 * Always this computer (or the folder of --root), not the recorded one that may be open. It is read
 * anew below a root of its own, because a recorder is not shared between threads.
 */
void
ferry_session_save_recording_async (FerrySession *self, const char *file,
                                    GCancellable *cancellable, GAsyncReadyCallback callback,
                                    gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);

  SaveOrder *order = g_new0 (SaveOrder, 1);

  g_task_set_source_tag (task, ferry_session_save_recording_async);
  order->file = g_strdup (file);
  order->facts = print_facts (self);
  g_task_set_task_data (task, order, save_order_free);
  ferry_worker_run (task, save_thread);
}

gboolean
ferry_session_save_recording_finish (FerrySession *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  return g_task_propagate_boolean (G_TASK (result), error);
}
