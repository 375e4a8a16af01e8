/* rom-file.c: see rom-file.h. */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "facts/error.h"
#include "facts/rom.h"
#include "rom-file.h"

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

static gboolean
fails (GError **error, FerryError code, const char *text)
{
  g_set_error_literal (error, FERRY_ERROR, code, text);
  return FALSE;
}

/* At most as much as a ROM may be long, and one byte more that says that it is not one. */
static GBytes *
read_bytes (const char *file)
{
  g_autoptr (GFile) place = g_file_new_for_path (file);
  g_autoptr (GFileInfo) info = g_file_query_info (place, G_FILE_ATTRIBUTE_STANDARD_TYPE,
                                                  G_FILE_QUERY_INFO_NONE, NULL, NULL);
  g_autoptr (GFileInputStream) stream = NULL;

  if (info == NULL || g_file_info_get_file_type (info) != G_FILE_TYPE_REGULAR)
    return NULL;
  stream = g_file_read (place, NULL, NULL);
  return stream != NULL ? g_input_stream_read_bytes (G_INPUT_STREAM (stream),
                                                     FERRY_ROM_MAX_SIZE + 1, NULL, NULL)
                        : NULL;
}

static gboolean
is_for (const FerryRom *rom, guint16 vendor, guint16 device)
{
  for (guint i = 0; i < rom->n_images; i++)
    if (rom->images[i].vendor == vendor && rom->images[i].device == device)
      return TRUE;
  return FALSE;
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
  g_autoptr (GBytes) bytes = read_bytes (file);
  gsize size;
  const guint8 *data;
  FerryRom rom;

  if (bytes == NULL)
    return fails (error, FERRY_ERROR_NOT_FOUND, _ ("This file cannot be read."));
  data = g_bytes_get_data (bytes, &size);
  if (size == 0 || size > FERRY_ROM_MAX_SIZE)
    return fails (error, FERRY_ERROR_INVALID, _ ("This file is not the ROM of a graphics card."));

  rom = ferry_rom_parse (data, size);
  if (rom.n_images == 0)
    return fails (error, FERRY_ERROR_INVALID, _ ("This file is not the ROM of a graphics card."));
  if (!is_for (&rom, vendor, device))
    return fails (error, FERRY_ERROR_REFUSED,
                  _ ("This ROM is for another card. Use the one that was read from this very "
                     "card."));
  if (rom.uefi == FERRY_ANSWER_NO)
    return fails (error, FERRY_ERROR_UNSUPPORTED,
                  _ ("This ROM has no part for UEFI, which the virtual machine starts with: the "
                     "screen would stay black."));
  return TRUE;
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
  g_task_run_in_thread (task, check_thread);
}

gboolean
ferry_rom_file_check_finish (GObject *owner, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, owner), FALSE);
  return g_task_propagate_boolean (G_TASK (result), error);
}
