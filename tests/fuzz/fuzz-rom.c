/* fuzz-rom.c: any bytes as a PCI option ROM.
 *
 * Properties: images lie inside the bytes, in order, without overlap; "yes" needs an EFI image, "no"
 * needs the last image to have been reached; bytes before the first image change nothing but the
 * header; bytes after the whole ROM change nothing.
 */
#include "config.h"

#include <string.h>

#include "facts/rom.h"
#include "place.h"

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

static gboolean
has_efi (const FerryRom *rom)
{
  for (guint i = 0; i < rom->n_images; i++)
    if (rom->images[i].code_type == 3)
      return TRUE;
  return FALSE;
}

static void
check_images (const FerryRom *rom, gsize size)
{
  gsize end = 0;

  PROPERTY (rom->n_images <= FERRY_ROM_MAX_IMAGES);
  PROPERTY (rom->header <= size);
  for (guint i = 0; i < rom->n_images; i++)
    {
      const FerryRomImage *image = &rom->images[i];

      PROPERTY (image->offset >= end);
      PROPERTY (image->length > 0 || i + 1 == rom->n_images);
      PROPERTY (image->offset <= size - rom->header);
      end = image->offset + image->length;
      PROPERTY (end >= image->offset);
    }
  PROPERTY (!rom->complete || end <= size - rom->header);
}

static void
check_same (const FerryRom *a, const FerryRom *b)
{
  PROPERTY (a->n_images == b->n_images);
  PROPERTY (a->uefi == b->uefi || a->uefi == FERRY_ANSWER_UNKNOWN);
  PROPERTY (a->complete == b->complete);
  for (guint i = 0; i < a->n_images; i++)
    {
      PROPERTY (a->images[i].offset == b->images[i].offset);
      PROPERTY (a->images[i].length == b->images[i].length);
      PROPERTY (a->images[i].code_type == b->images[i].code_type);
    }
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  FerryRom rom = ferry_rom_parse (data, size);

  check_images (&rom, size);
  PROPERTY (rom.uefi != FERRY_ANSWER_YES || has_efi (&rom));
  PROPERTY (rom.uefi != FERRY_ANSWER_NO || (rom.complete && !has_efi (&rom)));

  if (rom.n_images > 0)
    {
      FerryRom bare = ferry_rom_parse (data + rom.header, size - rom.header);

      PROPERTY (bare.header == 0);
      check_same (&rom, &bare);
    }
  if (rom.complete)
    {
      g_autofree guint8 *longer = g_malloc0 (size + 512);
      FerryRom more;

      memcpy (longer, data, size);
      more = ferry_rom_parse (longer, size + 512);
      if (more.header == rom.header) /* else a header that was cut has become whole */
        check_same (&rom, &more);
    }
  return 0;
}
