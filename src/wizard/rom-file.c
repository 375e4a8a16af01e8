/* rom-file.c: see rom-file.h. */
#include "config.h"

#include "guest/option-rom.h"
#include "rom-file.h"
#include "worker.h"

typedef struct
{
  char *file;
  guint16 vendor, device;
} Order;

static void
order_free (gpointer data)
{
  Order *order = data;

  g_free (order->file);
  g_free (order);
}

/**
 * ferry_rom_file_check:
 * @vendor: and @device: the PCI ids of the card's display function
 *
 * Blocks while the file is read.
 *
 * Returns: whether @file may be given to the card, or %FALSE with a sentence that says why not
 */
gboolean
ferry_rom_file_check (const char *file, guint16 vendor, guint16 device, GError **error)
{
  return ferry_option_rom_check (file, vendor, device, NULL, error);
}

static void
check_thread (GTask *task, gpointer owner, gpointer task_data, GCancellable *cancellable)
{
  const Order *order = task_data;
  GError *error = NULL;

  if (ferry_rom_file_check (order->file, order->vendor, order->device, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

/**
 * ferry_rom_file_check_async:
 * @device: the display function of the card
 * @owner: kept alive until @callback has been called
 */
void
ferry_rom_file_check_async (const char *file, FerryDevice *device, GAsyncReadyCallback callback,
                            GObject *owner)
{
  g_autoptr (GTask) task = g_task_new (owner, NULL, callback, NULL);
  Order *order = g_new0 (Order, 1);

  order->file = g_strdup (file);
  order->vendor = device->vendor;
  order->device = device->device;
  g_task_set_source_tag (task, ferry_rom_file_check_async);
  g_task_set_task_data (task, order, order_free);
  ferry_worker_run (task, check_thread);
}

gboolean
ferry_rom_file_check_finish (GObject *owner, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, owner), FALSE);
  return g_task_propagate_boolean (G_TASK (result), error);
}
