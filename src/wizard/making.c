/* making.c: see making.h. */
#include "config.h"

#include "making.h"
#include "worker.h"

/* Progress comes in steps that nobody could follow. */
#define TELL_MICROSECONDS (100 * 1000)

typedef struct
{
  FerryMachine *machine;
  FerryGuest *guest;
  FerryMakingProgress progress; /* NULL: only rehearse */
  FerryCreated *created;
  GTask *task; /* whose data this is: not owned */
  gint64 told; /* when progress was told last */
  char *title; /* of the step that was told last */
} Order;

typedef struct
{
  GTask *task;
  char *title;
  guint64 done, total;
} Message;

static void
order_free (gpointer data)
{
  Order *order = data;

  g_clear_object (&order->machine);
  ferry_guest_free (order->guest);
  g_clear_pointer (&order->created, ferry_created_free);
  g_free (order->title);
  g_free (order);
}

static void
message_free (gpointer data)
{
  Message *message = data;

  g_object_unref (message->task);
  g_free (message->title);
  g_free (message);
}

static gboolean
deliver (gpointer data)
{
  const Message *message = data;
  const Order *order = g_task_get_task_data (message->task);

  if (!g_task_get_completed (message->task))
    order->progress (message->title, message->done, message->total,
                     g_task_get_source_object (message->task));
  return G_SOURCE_REMOVE;
}

/* In the thread. A new step is always told, the rest now and then. */
static void
tell (const char *title, guint64 done, guint64 total, gpointer user_data)
{
  Order *order = user_data;
  const gint64 now = g_get_monotonic_time ();
  Message *message;

  if (g_strcmp0 (title, order->title) == 0 && now - order->told < TELL_MICROSECONDS)
    return;
  order->told = now;
  g_free (order->title);
  order->title = g_strdup (title);

  message = g_new0 (Message, 1);
  message->task = g_object_ref (order->task);
  message->title = g_strdup (title);
  message->done = done;
  message->total = total;
  g_idle_add_full (G_PRIORITY_DEFAULT, deliver, message, message_free);
}

/* @virt: (nullable): only for a rehearsal */
static gboolean
work (FerryVirt *virt, gpointer data, GCancellable *cancellable, GError **error)
{
  Order *order = data;
  const FerryCreation creation = { .virt = virt,
                                   .machine = order->machine,
                                   .guest = order->guest,
                                   .copy_media = TRUE,
                                   .progress = order->progress != NULL ? tell : NULL,
                                   .user_data = order,
                                   .cancellable = cancellable };

  order->created = order->progress != NULL ? ferry_creation_run (&creation, error)
                                           : ferry_creation_preview (&creation, error);
  return order->created != NULL;
}

static void
finish (GTask *task, gboolean done, GError *error)
{
  Order *order = g_task_get_task_data (task);

  if (done)
    g_task_return_pointer (task, g_steal_pointer (&order->created),
                           (GDestroyNotify) ferry_created_free);
  else
    g_task_return_error (task, error);
  g_object_unref (task);
}

static void
worked (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GError *error = NULL;
  const gboolean done = ferry_workshop_run_finish (FERRY_WORKSHOP (source), result, &error);

  finish (G_TASK (user_data), done, error);
}

static void
rehearse_thread (GTask *task, gpointer owner, gpointer task_data, GCancellable *cancellable)
{
  Order *order = task_data;
  GError *error = NULL;

  if (work (NULL, order, cancellable, &error))
    g_task_return_pointer (task, g_steal_pointer (&order->created),
                           (GDestroyNotify) ferry_created_free);
  else
    g_task_return_error (task, error);
}

static GTask *
make_task (FerryBlueprint *blueprint, FerryMakingProgress progress, GCancellable *cancellable,
           GAsyncReadyCallback callback, GObject *owner)
{
  GTask *task = g_task_new (owner, cancellable, callback, NULL);
  Order *order = g_new0 (Order, 1);

  order->machine = g_object_ref (ferry_blueprint_get_machine (blueprint));
  order->guest = ferry_guest_copy (ferry_blueprint_get_guest (blueprint));
  order->progress = progress;
  order->task = task;
  g_task_set_source_tag (task, make_task);
  g_task_set_task_data (task, order, order_free);
  return task;
}

/**
 * ferry_making_rehearse_async:
 * @blueprint: with a machine that has been read
 * @cancellable: once it is cancelled @callback is given %G_IO_ERROR_CANCELLED
 * @owner: kept alive until @callback has been called
 *
 * Says what would be made. Nothing is changed.
 */
void
ferry_making_rehearse_async (FerryBlueprint *blueprint, GCancellable *cancellable,
                             GAsyncReadyCallback callback, GObject *owner)
{
  GTask *task = make_task (blueprint, NULL, cancellable, callback, owner);
  FerryWorkshop *workshop = ferry_blueprint_get_workshop (blueprint);

  if (ferry_blueprint_is_preview (blueprint)
      || ferry_workshop_get_state (workshop) == FERRY_WORKSHOP_SHUT)
    {
      ferry_worker_run (task, rehearse_thread);
      g_object_unref (task);
      return;
    }
  ferry_workshop_ask_async (workshop, work, g_task_get_task_data (task), NULL, cancellable, worked,
                            task);
}

/**
 * ferry_making_run_async:
 * @blueprint: that can be made: see ferry_blueprint_find_obstacle()
 * @progress: called with @owner
 * @cancellable: stops it: what was made is taken back
 * @owner: kept alive until @callback has been called
 */
void
ferry_making_run_async (FerryBlueprint *blueprint, FerryMakingProgress progress,
                        GCancellable *cancellable, GAsyncReadyCallback callback, GObject *owner)
{
  GTask *task = make_task (blueprint, progress, cancellable, callback, owner);

  /* What was done is told even when it was cancelled too late. */
  g_task_set_check_cancellable (task, FALSE);
  ferry_workshop_run_async (ferry_blueprint_get_workshop (blueprint), work,
                            g_task_get_task_data (task), NULL, cancellable, worked, task);
}

/**
 * ferry_making_finish:
 *
 * Returns: (transfer full) (nullable): what was made, or would be
 */
FerryCreated *
ferry_making_finish (GObject *owner, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, owner), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}
