/* rom.c: see rom.h. */
#include "config.h"

#include <string.h>

#include "facts/rom.h"

#define UNIT 512            /* images start and end on multiples of it */
#define HEADER_SIZE 0x1a    /* of an image: up to and with the pointer at 0x18 */
#define STRUCTURE_SIZE 0x18 /* the shortest PCI data structure */
#define CODE_EFI 3
#define EFI_SIGNATURE 0x0ef1 /* UEFI 2.10, 14.4.2.1 */

static guint16
get_16 (const guint8 *bytes)
{
  return (guint16) (bytes[0] | bytes[1] << 8);
}

/* The PCI data structure of the image at @offset, or NULL when it is no image. */
static const guint8 *
find_structure (const guint8 *data, gsize size, gsize offset)
{
  gsize pointer;

  if (offset > size || size - offset < HEADER_SIZE)
    return NULL;
  if (data[offset] != 0x55 || data[offset + 1] != 0xaa)
    return NULL;
  pointer = get_16 (data + offset + 0x18);
  if (size - offset < pointer || size - offset - pointer < STRUCTURE_SIZE)
    return NULL;
  data += offset + pointer;
  if (memcmp (data, "PCIR", 4) != 0 || get_16 (data + 0x0a) < STRUCTURE_SIZE)
    return NULL;
  return data;
}

/* Where the first image starts: behind what a vendor's tool wrote before it. @size when nowhere. */
static gsize
find_start (const guint8 *data, gsize size)
{
  for (gsize offset = 0; offset + HEADER_SIZE <= size; offset++)
    {
      const guint8 *next = memchr (data + offset, 0x55, size - offset);

      if (next == NULL)
        return size;
      offset = (gsize) (next - data);
      if (find_structure (data, size, offset) != NULL)
        return offset;
    }
  return size;
}

static gboolean
has_efi_signature (const guint8 *image)
{
  return get_16 (image + 4) == EFI_SIGNATURE && get_16 (image + 6) == 0;
}

static FerryRomImage
read_image (const guint8 *image, const guint8 *structure, gsize offset)
{
  FerryRomImage result = { .offset = offset };

  result.length = (gsize) get_16 (structure + 0x10) * UNIT;
  result.vendor = get_16 (structure + 0x04);
  result.device = get_16 (structure + 0x06);
  result.code_type = structure[0x14];
  if (result.code_type == CODE_EFI && has_efi_signature (image))
    result.machine = get_16 (image + 0x0a);
  return result;
}

/**
 * ferry_rom_parse:
 * @data: (array length=size): the bytes of an option ROM or of a ROM file
 *
 * Walks all images. A card can start with UEFI when any image is an EFI one, not only the first.
 *
 * Returns: the images; uefi is NO only when the last image was reached and none was an EFI one
 */
FerryRom
ferry_rom_parse (const guint8 *data, gsize size)
{
  FerryRom rom = { .uefi = FERRY_ANSWER_UNKNOWN };
  gsize offset;

  size = MIN (size, FERRY_ROM_MAX_SIZE);
  offset = rom.header = find_start (data, size);
  if (offset == size)
    {
      rom.header = 0;
      return rom;
    }

  while (rom.n_images < FERRY_ROM_MAX_IMAGES && !rom.complete)
    {
      const guint8 *structure = find_structure (data, size, offset);
      FerryRomImage image;
      gboolean whole;

      if (structure == NULL)
        break;
      image = read_image (data + offset, structure, offset - rom.header);
      whole = image.length >= UNIT && image.length <= size - offset;
      if (image.code_type == CODE_EFI && (whole || has_efi_signature (data + offset)))
        rom.uefi = FERRY_ANSWER_YES;
      rom.images[rom.n_images++] = image;
      if (!whole)
        break;
      rom.complete = (structure[0x15] & 0x80) != 0;
      offset += image.length;
    }

  /* A file that begins with a broken image is not understood well enough for a no. */
  if (rom.complete && rom.uefi == FERRY_ANSWER_UNKNOWN
      && !(rom.header > 0 && data[0] == 0x55 && data[1] == 0xaa))
    rom.uefi = FERRY_ANSWER_NO;
  return rom;
}
