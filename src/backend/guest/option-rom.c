/* option-rom.c: see option-rom.h. */
#include "config.h"

#include <gio/gio.h>
#include <glib/gi18n-lib.h>

#include "facts/error.h"
#include "facts/rom.h"
#include "guest/option-rom.h"

static gboolean
refuse (GError **error, FerryError code, const char *text)
{
  g_set_error_literal (error, FERRY_ERROR, code, text);
  return FALSE;
}

/* nvflash and GPU-Z put a block of their own in front; the card itself has none. */
static gboolean
refuse_header (GError **error, gsize header)
{
  g_set_error (error, FERRY_ERROR, FERRY_ERROR_UNSUPPORTED,
               _("In front of the ROM the file has %lu bytes that the program wrote with which it was "
                 "saved. A virtual machine cannot use it like this. This makes a file without them: "
                 "tail -c +%lu OLD > NEW"),
               (gulong) header, (gulong) header + 1);
  return FALSE;
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
 * ferry_option_rom_check_bytes:
 * @vendor: and @device: the PCI ids of the card's display function
 * @header: (out) (optional): how many bytes stand before the ROM itself; set only on success. With
 *   %NULL such a file is refused
 *
 * Returns: whether the card can be given this ROM; %FERRY_ERROR_INVALID when it is none,
 *   %FERRY_ERROR_REFUSED when it is another card's, %FERRY_ERROR_UNSUPPORTED without a part for UEFI
 */
gboolean
ferry_option_rom_check_bytes (const guint8 *data, gsize size, guint16 vendor, guint16 device,
                              gsize *header, GError **error)
{
  FerryRom rom;

  if (size == 0 || size > FERRY_ROM_MAX_SIZE)
    return refuse (error, FERRY_ERROR_INVALID, _("This file is not the ROM of a graphics card."));
  rom = ferry_rom_parse (data, size);
  if (rom.n_images == 0)
    return refuse (error, FERRY_ERROR_INVALID, _("This file is not the ROM of a graphics card."));
  if (!is_for (&rom, vendor, device))
    return refuse (error, FERRY_ERROR_REFUSED,
                   _("This ROM is for another card. Use the one that was read from this very card."));
  if (rom.uefi == FERRY_ANSWER_NO)
    return refuse (error, FERRY_ERROR_UNSUPPORTED,
                   _("This ROM has no part for UEFI, which the virtual machine starts with: the screen "
                     "would stay black."));
  if (header == NULL && rom.header > 0)
    return refuse_header (error, rom.header);
  if (header != NULL)
    *header = rom.header;
  return TRUE;
}

/* At most as much as a ROM may be long, and one byte more that says that it is not one. A pipe or a device
 * would make us wait. */
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
  return stream != NULL ? g_input_stream_read_bytes (G_INPUT_STREAM (stream), FERRY_ROM_MAX_SIZE + 1,
                                                     NULL, NULL)
                        : NULL;
}

/**
 * ferry_option_rom_check:
 * @file: an absolute path
 *
 * Returns: as ferry_option_rom_check_bytes(); %FERRY_ERROR_NOT_FOUND when @file cannot be read
 */
gboolean
ferry_option_rom_check (const char *file, guint16 vendor, guint16 device, gsize *header, GError **error)
{
  g_autoptr (GBytes) bytes = read_bytes (file);
  gsize size;
  const guint8 *data;

  if (bytes == NULL)
    return refuse (error, FERRY_ERROR_NOT_FOUND, _("The ROM file cannot be read."));
  data = g_bytes_get_data (bytes, &size);
  return ferry_option_rom_check_bytes (data, size, vendor, device, header, error);
}
