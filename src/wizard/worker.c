/* worker.c: see worker.h. */
#include "config.h"

#include "worker.h"

/* What the thread works on. It is emptied on the main loop, so nothing of it dies in the thread. */
typedef struct
{
  GTask *task;
  GTaskThreadFunc work;
} Order;

static void
work_thread (GTask *thread, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  const Order *order = task_data;
  GTask *task = order->task;

  order->work (task, g_task_get_source_object (task), g_task_get_task_data (task),
               g_task_get_cancellable (task));
  g_task_return_boolean (thread, TRUE);
}

static void
worked (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Order *order = g_task_get_task_data (G_TASK (result));

  g_clear_object (&order->task);
}

/**
 * ferry_worker_run:
 * @task: of this thread's main loop; it and its source object stay alive until @work is done
 * @work: called in another thread; gives @task its result, or none when nobody waits for one
 *
 * As g_task_run_in_thread(), but what belongs to @task is let go of on the main loop.
 */
void
ferry_worker_run (GTask *task, GTaskThreadFunc work)
{
  g_autoptr (GTask) thread = g_task_new (NULL, NULL, worked, NULL);
  Order *order = g_new0 (Order, 1);

  order->task = g_object_ref (task);
  order->work = work;
  g_task_set_source_tag (thread, ferry_worker_run);
  g_task_set_task_data (thread, order, g_free);
  g_task_run_in_thread (thread, work_thread);
}
