/* option-rom.h: whether a file is an option ROM for a certain graphics card.
 *
 * What the bytes hold is read by facts/rom; here are the questions that a person's choice has to
 * answer: is it one at all, is it for this card, and can UEFI start it. A wrong one is a black screen.
 * Blocks while the file is read: call it in a thread.
 */
#pragma once

#include "facts/device.h"

G_BEGIN_DECLS

/* @header: (out) (optional): bytes before the ROM itself, as some programs write them; QEMU takes the
 * file only without them, so with NULL such a file is refused. */
gboolean ferry_option_rom_check_bytes (const guint8 *data, gsize size, guint16 vendor, guint16 device,
                                       gsize *header, GError **error);
gboolean ferry_option_rom_check (const char *file, guint16 vendor, guint16 device, gsize *header,
                                 GError **error);

G_END_DECLS
