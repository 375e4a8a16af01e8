/* rom-file.h: whether a file is an option ROM for a certain card, looked at in a thread.
 *
 * The questions are those of guest/option-rom; here they are asked without making the window wait.
 */
#pragma once

#include <gio/gio.h>

#include "facts/device.h"

G_BEGIN_DECLS

gboolean ferry_rom_file_check (const char *file, guint16 vendor, guint16 device, GError **error);

void ferry_rom_file_check_async (const char *file, FerryDevice *device,
                                 GAsyncReadyCallback callback, GObject *owner);
gboolean ferry_rom_file_check_finish (GObject *owner, GAsyncResult *result, GError **error);

G_END_DECLS
