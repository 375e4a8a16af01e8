/* scan.c: see scan.h. */
#include "config.h"

#include "scan.h"

#include "act/inspection.h"
#include "facts/recording.h"
#include "worker.h"

typedef struct
{
  FerryRoot *root;
  char *recording;
  char *menus;
  FerryScanProgress progress;
} Order;

typedef struct
{
  GTask *task;
  char *part;
} PartBegun;

static void
order_free (Order *order)
{
  g_clear_pointer (&order->root, ferry_root_unref);
  g_free (order->recording);
  g_free (order->menus);
  g_free (order);
}

void
ferry_scan_free (FerryScan *scan)
{
  g_clear_pointer (&scan->guidance, ferry_guidance_free);
  g_clear_pointer (&scan->facts, g_variant_unref);
  g_clear_pointer (&scan->report, ferry_report_free);
  g_clear_object (&scan->machine);
  g_clear_pointer (&scan->root, ferry_root_unref);
  g_free (scan);
}

static void
part_begun_free (PartBegun *message)
{
  g_object_unref (message->task);
  g_free (message->part);
  g_free (message);
}

static gboolean
deliver_part (gpointer user_data)
{
  PartBegun *message = user_data;
  Order *order = g_task_get_task_data (message->task);

  if (!g_cancellable_is_cancelled (g_task_get_cancellable (message->task)))
    order->progress (message->part, g_task_get_source_object (message->task));
  return G_SOURCE_REMOVE;
}

/* In the thread: same priority and context as the result, so it arrives before that. */
static void
send_part (const char *part, gpointer user_data)
{
  PartBegun *message = g_new0 (PartBegun, 1);
  g_autoptr (GSource) source = g_idle_source_new ();

  message->task = g_object_ref (G_TASK (user_data));
  message->part = g_strdup (part);
  g_source_set_priority (source, g_task_get_priority (message->task));
  g_source_set_callback (source, deliver_part, message, (GDestroyNotify) part_begun_free);
  g_source_attach (source, g_task_get_context (message->task));
}

static GVariant *
read_facts (const Order *order, FerryRoot *root)
{
  if (order->recording != NULL)
    return ferry_inspection_read (root);
  return ferry_root_is_live (root) ? NULL : g_variant_ref_sink (ferry_inspection_make (root));
}

static void
scan_thread (GTask *task, gpointer owner, gpointer task_data, GCancellable *cancellable)
{
  const Order *order = task_data;
  g_autoptr (FerryScan) scan = g_new0 (FerryScan, 1);
  g_autoptr (GError) error = NULL;

  scan->root = order->recording != NULL ? ferry_recording_open (order->recording, &error)
                                        : ferry_root_ref (order->root);
  if (scan->root != NULL)
    scan->machine = ferry_machine_scan (scan->root, send_part, task, &error);
  if (scan->machine == NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }

  scan->facts = read_facts (order, scan->root);
  scan->report = ferry_report_make (scan->machine);
  if (order->menus != NULL)
    scan->guidance = ferry_guidance_make (scan->machine, order->menus, &error);
  if (error != NULL)
    g_warning ("No advice for the firmware: %s", error->message);
  g_task_return_pointer (task, g_steal_pointer (&scan), (GDestroyNotify) ferry_scan_free);
}

/**
 * ferry_scan_start:
 * @root: (nullable): the computer to read; not needed with @recording
 * @recording: (nullable): a .machine file to open and read instead
 * @menus: (nullable): the text of data/firmware-menus.tsv
 * @cancellable: once it is cancelled nothing more is told about this scan but the error
 *   %G_IO_ERROR_CANCELLED; what runs in the thread ends by itself
 * @progress: called on this thread's main loop with @owner
 * @owner: kept alive until @callback has been called
 */
void
ferry_scan_start (FerryRoot *root, const char *recording, const char *menus,
                  GCancellable *cancellable, FerryScanProgress progress,
                  GAsyncReadyCallback callback, GObject *owner)
{
  g_autoptr (GTask) task = g_task_new (owner, cancellable, callback, NULL);
  Order *order = g_new0 (Order, 1);

  order->root = root != NULL ? ferry_root_ref (root) : NULL;
  order->recording = g_strdup (recording);
  order->menus = g_strdup (menus);
  order->progress = progress;
  g_task_set_source_tag (task, ferry_scan_start);
  g_task_set_task_data (task, order, (GDestroyNotify) order_free);
  ferry_worker_run (task, scan_thread);
}

/**
 * ferry_scan_finish:
 *
 * Returns: (transfer full) (nullable): what was found, or %NULL with an error of %FERRY_ERROR or
 *   %G_IO_ERROR_CANCELLED
 */
FerryScan *
ferry_scan_finish (GObject *owner, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, owner), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}
