/* rom-file.h: whether a file is an option ROM for a certain card, looked at in a thread.
 *
 * What the bytes hold is read by facts/rom; here are the questions that a person's choice has to
 * answer: is it one at all, is it for this card, and can UEFI start it.
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
