/* librarian.c: see librarian.h. */
#include "config.h"

#include "librarian.h"
#include "worker.h"

typedef struct
{
  FerryCatalogue *catalogue;
  char *file;
} Order;

static void
order_free (gpointer data)
{
  Order *order = data;

  ferry_catalogue_unref (order->catalogue);
  g_free (order->file);
  g_free (order);
}

static void
open_thread (GTask *task, gpointer owner, gpointer task_data, GCancellable *cancellable)
{
  g_task_return_pointer (task, ferry_catalogue_open (), (GDestroyNotify) ferry_catalogue_unref);
}

/**
 * ferry_librarian_open_async:
 * @owner: kept alive until @callback has been called
 */
void
ferry_librarian_open_async (GObject *owner, GAsyncReadyCallback callback)
{
  g_autoptr (GTask) task = g_task_new (owner, NULL, callback, NULL);

  g_task_set_source_tag (task, ferry_librarian_open_async);
  ferry_worker_run (task, open_thread);
}

/**
 * ferry_librarian_open_finish:
 *
 * Returns: (transfer full): the catalogue
 */
FerryCatalogue *
ferry_librarian_open_finish (GObject *owner, GAsyncResult *result)
{
  g_return_val_if_fail (g_task_is_valid (result, owner), NULL);
  return g_task_propagate_pointer (G_TASK (result), NULL);
}

static void
identify_thread (GTask *task, gpointer owner, gpointer task_data, GCancellable *cancellable)
{
  const Order *order = task_data;
  GError *error = NULL;
  FerryDisc *disc = ferry_catalogue_identify (order->catalogue, order->file, &error);

  if (disc != NULL)
    g_task_return_pointer (task, disc, (GDestroyNotify) ferry_disc_free);
  else
    g_task_return_error (task, error);
}

/**
 * ferry_librarian_identify_async:
 * @cancellable: once it is cancelled @callback is given %G_IO_ERROR_CANCELLED
 * @owner: kept alive until @callback has been called
 */
void
ferry_librarian_identify_async (FerryCatalogue *catalogue, const char *file,
                                GCancellable *cancellable, GAsyncReadyCallback callback,
                                GObject *owner)
{
  g_autoptr (GTask) task = g_task_new (owner, cancellable, callback, NULL);
  Order *order = g_new0 (Order, 1);

  order->catalogue = ferry_catalogue_ref (catalogue);
  order->file = g_strdup (file);
  g_task_set_source_tag (task, ferry_librarian_identify_async);
  g_task_set_task_data (task, order, order_free);
  ferry_worker_run (task, identify_thread);
}

/**
 * ferry_librarian_identify_finish:
 *
 * Returns: (transfer full) (nullable): see ferry_catalogue_identify()
 */
FerryDisc *
ferry_librarian_identify_finish (GObject *owner, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, owner), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}
