/* rom.h: reads what is inside a PCI option ROM.
 *
 * Bytes in, images out; it opens no file. Format: PCI Firmware Specification 3.0, 5.1 (images on
 * 512-byte boundaries, 55 AA, "PCIR" structure) and the kernel's drivers/pci/rom.c. Bounded: 16
 * images, 16 MiB; a wrong length ends the walk and makes the answer UNKNOWN, never NO.
 */
#pragma once

#include <glib.h>

#include "facts/answer.h"

G_BEGIN_DECLS

#define FERRY_ROM_MAX_IMAGES 16
#define FERRY_ROM_MAX_SIZE (16 * 1024 * 1024)

typedef struct
{
  gsize offset; /* bytes from the first 55 AA of the file */
  gsize length; /* bytes */
  guint16 vendor, device;
  guint8 code_type; /* 0 x86 BIOS, 3 EFI */
  guint16 machine;  /* EFI machine type, 0x8664 for x86-64; 0 for others */
} FerryRomImage;

typedef struct
{
  FerryRomImage images[FERRY_ROM_MAX_IMAGES];
  guint n_images;
  gsize header;     /* bytes before the first image, as in files of GPU-Z or nvflash */
  gboolean complete; /* the image marked last was reached inside the bytes */
  FerryAnswer uefi;
} FerryRom;

FerryRom ferry_rom_parse (const guint8 *data, gsize size);

G_END_DECLS
