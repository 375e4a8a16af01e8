/* test-rom.c: option ROMs: whole, cut off, wrong and hostile. */
#include "config.h"

#include <string.h>

#include "facts/rom.h"

enum
{
  BIOS = 0,
  EFI = 3
};

/* Appends an image of @units times 512 bytes. */
static void
add_image (GByteArray *rom, guint8 code_type, guint16 units, gboolean last)
{
  gsize start = rom->len;
  guint8 *image;

  g_byte_array_set_size (rom, (guint) (start + units * 512u));
  image = rom->data + start;
  memset (image, 0, units * 512u);
  image[0] = 0x55;
  image[1] = 0xaa;
  image[0x18] = 0x1c;
  memcpy (image + 0x1c, "PCIR\xde\x10\xc2\x13", 8);
  image[0x1c + 0x0a] = 0x18;
  image[0x1c + 0x10] = (guint8) units;
  image[0x1c + 0x11] = (guint8) (units >> 8);
  image[0x1c + 0x14] = code_type;
  image[0x1c + 0x15] = last ? 0x80 : 0;
  if (code_type == EFI)
    {
      memcpy (image + 4, "\xf1\x0e\0\0", 4);
      memcpy (image + 0x0a, "\x64\x86", 2);
    }
}

/* Parses a copy of its exact size, so that a sanitizer sees a byte too far. */
static FerryRom
parse (GByteArray *rom, gsize size)
{
  g_autofree guint8 *copy = g_malloc (MAX (size, 1));

  memcpy (copy, rom->data, size);
  return ferry_rom_parse (copy, size);
}

static void
test_bios_and_efi (void)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  FerryRom rom;

  add_image (bytes, BIOS, 3, FALSE);
  add_image (bytes, EFI, 2, TRUE);
  rom = parse (bytes, bytes->len);
  g_assert_cmpint (rom.uefi, ==, FERRY_ANSWER_YES);
  g_assert_true (rom.complete);
  g_assert_cmpuint (rom.n_images, ==, 2);
  g_assert_cmpuint (rom.header, ==, 0);
  g_assert_cmpuint (rom.images[0].length, ==, 1536);
  g_assert_cmpuint (rom.images[1].offset, ==, 1536);
  g_assert_cmpuint (rom.images[1].vendor, ==, 0x10de);
  g_assert_cmpuint (rom.images[1].device, ==, 0x13c2);
  g_assert_cmpuint (rom.images[1].machine, ==, 0x8664);
  g_assert_cmpuint (rom.images[0].machine, ==, 0);
}

static void
test_bios_only (void)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  FerryRom rom;

  add_image (bytes, BIOS, 2, TRUE);
  rom = parse (bytes, bytes->len);
  g_assert_cmpint (rom.uefi, ==, FERRY_ANSWER_NO);
  g_assert_true (rom.complete);
}

/* What comes behind the image that says it is the last is not looked at. */
static void
test_behind_last (void)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  FerryRom rom;

  add_image (bytes, BIOS, 1, TRUE);
  add_image (bytes, EFI, 1, TRUE);
  rom = parse (bytes, bytes->len);
  g_assert_cmpint (rom.uefi, ==, FERRY_ANSWER_NO);
  g_assert_cmpuint (rom.n_images, ==, 1);
}

static void
test_vendor_header (void)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  FerryRom rom;

  g_byte_array_set_size (bytes, 0x401);
  memset (bytes->data, 0, bytes->len);
  memcpy (bytes->data, "NVGI", 4);
  memcpy (bytes->data + 0x30, "\x55\xaa\x55\xaa", 4); /* not an image */
  add_image (bytes, BIOS, 1, FALSE);
  add_image (bytes, EFI, 1, TRUE);
  rom = parse (bytes, bytes->len);
  g_assert_cmpuint (rom.header, ==, 0x401);
  g_assert_cmpuint (rom.images[0].offset, ==, 0);
  g_assert_cmpuint (rom.images[1].offset, ==, 512);
  g_assert_cmpint (rom.uefi, ==, FERRY_ANSWER_YES);
}

static void
test_nothing (void)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  static const guint8 fills[] = { 0x00, 0x55, 0xaa, 0xff };
  FerryRom rom = ferry_rom_parse (NULL, 0);

  g_assert_cmpint (rom.uefi, ==, FERRY_ANSWER_UNKNOWN);
  g_byte_array_set_size (bytes, 65536);
  for (gsize i = 0; i < G_N_ELEMENTS (fills); i++)
    {
      memset (bytes->data, fills[i], bytes->len);
      rom = parse (bytes, bytes->len);
      g_assert_cmpint (rom.uefi, ==, FERRY_ANSWER_UNKNOWN);
      g_assert_cmpuint (rom.n_images, ==, 0);
      g_assert_cmpuint (rom.header, ==, 0);
    }
}

/* Cut at every byte: never a no, and a yes only once the EFI image has been seen. */
static void
test_truncated (void)
{
  g_autoptr (GByteArray) bios = g_byte_array_new ();
  g_autoptr (GByteArray) both = g_byte_array_new ();

  add_image (bios, BIOS, 2, TRUE);
  add_image (both, BIOS, 1, FALSE);
  add_image (both, EFI, 1, TRUE);
  for (gsize size = 0; size < bios->len; size++)
    g_assert_cmpint (parse (bios, size).uefi, ==, FERRY_ANSWER_UNKNOWN);
  for (gsize size = 0; size < both->len; size++)
    {
      FerryRom rom = parse (both, size);
      g_assert_cmpint (rom.uefi, ==,
                       size < 512 + 0x1c + 0x18 ? FERRY_ANSWER_UNKNOWN : FERRY_ANSWER_YES);
      g_assert_false (rom.complete);
    }
}

static void
test_wrong_lengths (void)
{
  static const guint16 lengths[] = { 0, 2, 0x7fff, 0xffff };

  for (gsize i = 0; i < G_N_ELEMENTS (lengths); i++)
    {
      g_autoptr (GByteArray) bytes = g_byte_array_new ();
      FerryRom rom;

      add_image (bytes, BIOS, 1, TRUE);
      bytes->data[0x1c + 0x10] = (guint8) lengths[i];
      bytes->data[0x1c + 0x11] = (guint8) (lengths[i] >> 8);
      rom = parse (bytes, bytes->len);
      g_assert_cmpint (rom.uefi, ==, FERRY_ANSWER_UNKNOWN);
      g_assert_false (rom.complete);
    }
}

static void
test_wrong_structure (void)
{
  static const struct
  {
    gsize offset;
    guint8 value;
  } rows[] = { { 0x1c, 'p' }, { 0x18, 0xf0 }, { 0x19, 0xff }, { 0x1c + 0x0a, 0x17 }, { 1, 0 } };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GByteArray) bytes = g_byte_array_new ();

      add_image (bytes, BIOS, 1, TRUE);
      bytes->data[rows[i].offset] = rows[i].value;
      g_assert_cmpint (parse (bytes, bytes->len).uefi, ==, FERRY_ANSWER_UNKNOWN);
    }
}

/* The first image is broken and one behind it is whole: an EFI one counts, a BIOS one is no no. */
static void
test_broken_first (void)
{
  static const struct
  {
    guint8 second;
    FerryAnswer uefi;
  } rows[] = { { EFI, FERRY_ANSWER_YES }, { BIOS, FERRY_ANSWER_UNKNOWN } };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GByteArray) bytes = g_byte_array_new ();

      add_image (bytes, BIOS, 1, FALSE);
      add_image (bytes, rows[i].second, 1, TRUE);
      bytes->data[0x1c] = 'x';
      g_assert_cmpint (parse (bytes, bytes->len).uefi, ==, rows[i].uefi);
    }
}

static void
test_many_images (void)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  FerryRom rom;

  for (int i = 0; i < FERRY_ROM_MAX_IMAGES + 4; i++)
    add_image (bytes, BIOS, 1, i == FERRY_ROM_MAX_IMAGES + 3);
  rom = parse (bytes, bytes->len);
  g_assert_cmpuint (rom.n_images, ==, FERRY_ROM_MAX_IMAGES);
  g_assert_cmpint (rom.uefi, ==, FERRY_ANSWER_UNKNOWN);
}

/* Any byte of a good ROM may be any value: no crash, and the bounds of the answer hold. */
static void
test_mutations (void)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();

  add_image (bytes, BIOS, 1, FALSE);
  add_image (bytes, EFI, 1, TRUE);
  for (int round = 0; round < 20000; round++)
    {
      guint at = (guint) g_test_rand_int_range (0, (gint32) bytes->len);
      guint8 old = bytes->data[at];
      FerryRom rom;

      bytes->data[at] = (guint8) g_test_rand_int_range (0, 256);
      rom = parse (bytes, (gsize) g_test_rand_int_range (0, (gint32) bytes->len + 1));
      g_assert_cmpuint (rom.n_images, <=, FERRY_ROM_MAX_IMAGES);
      g_assert_true (rom.uefi != FERRY_ANSWER_NO || rom.complete);
      bytes->data[at] = old;
    }
}

/* Every byte looks like the start of an image: the search must stay linear. */
static void
test_fast (void)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  gint64 start;

  g_byte_array_set_size (bytes, FERRY_ROM_MAX_SIZE + 1);
  for (guint i = 0; i < bytes->len; i++)
    bytes->data[i] = i % 2 == 0 ? 0x55 : 0xaa;
  start = g_get_monotonic_time ();
  g_assert_cmpint (ferry_rom_parse (bytes->data, bytes->len).uefi, ==, FERRY_ANSWER_UNKNOWN);
  g_assert_cmpint (g_get_monotonic_time () - start, <, 2 * G_USEC_PER_SEC);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/rom/bios-and-efi", test_bios_and_efi);
  g_test_add_func ("/rom/bios-only", test_bios_only);
  g_test_add_func ("/rom/behind-last", test_behind_last);
  g_test_add_func ("/rom/vendor-header", test_vendor_header);
  g_test_add_func ("/rom/nothing", test_nothing);
  g_test_add_func ("/rom/truncated", test_truncated);
  g_test_add_func ("/rom/wrong-lengths", test_wrong_lengths);
  g_test_add_func ("/rom/wrong-structure", test_wrong_structure);
  g_test_add_func ("/rom/broken-first", test_broken_first);
  g_test_add_func ("/rom/many-images", test_many_images);
  g_test_add_func ("/rom/mutations", test_mutations);
  g_test_add_func ("/rom/fast", test_fast);
  return g_test_run ();
}
