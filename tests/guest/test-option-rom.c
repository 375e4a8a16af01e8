/* test-option-rom.c: ROM files for the right card, for another one, and files that are none. */
#include "config.h"

#include <string.h>
#include <glib/gstdio.h>

#include "facts/error.h"
#include "facts/rom.h"
#include "guest/option-rom.h"

#define SIZE 512

/* One image of 512 bytes (PCI Firmware Specification 3.0, 5.1). */
static void
make_image (guint8 *bytes, guint16 vendor, guint16 device, gboolean efi, gboolean last)
{
  const guint8 head[] = { 0x55, 0xaa, 1, 0 };
  const guint8 data[] = { 'P', 'C', 'I', 'R', vendor & 0xff, vendor >> 8, device & 0xff, device >> 8,
                          0, 0, 0x18, 0, 0, 0, 0, 3, 1, 0, 0, 0, efi ? 3 : 0, last ? 0x80 : 0, 0, 0 };

  memset (bytes, 0, SIZE);
  memcpy (bytes, head, sizeof head);
  bytes[0x18] = 0x40;
  if (efi)
    {
      bytes[0x04] = 0xf1;
      bytes[0x05] = 0x0e;
      bytes[0x0a] = 0x64;
      bytes[0x0b] = 0x86;
    }
  memcpy (bytes + 0x40, data, sizeof data);
}

static void
assert_refused (const guint8 *data, gsize size, int code)
{
  g_autoptr (GError) error = NULL;
  gsize header = 7;

  g_assert_false (ferry_option_rom_check_bytes (data, size, 0x10de, 0x13c2, &header, &error));
  g_assert_error (error, FERRY_ERROR, code);
  g_assert_cmpuint (header, ==, 7);
}

static void
test_bytes (void)
{
  guint8 bytes[3 * SIZE];
  g_autofree guint8 *large = g_malloc0 (FERRY_ROM_MAX_SIZE + 1);
  g_autoptr (GError) error = NULL;
  gsize header = 1;

  make_image (bytes, 0x10de, 0x13c2, FALSE, FALSE);
  make_image (bytes + SIZE, 0x10de, 0x13c2, TRUE, TRUE);
  g_assert_true (ferry_option_rom_check_bytes (bytes, 2 * SIZE, 0x10de, 0x13c2, &header, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (header, ==, 0);

  make_image (bytes + SIZE, 0x10de, 0x1401, TRUE, TRUE);
  make_image (bytes, 0x10de, 0x1401, FALSE, FALSE);
  assert_refused (bytes, 2 * SIZE, FERRY_ERROR_REFUSED);
  make_image (bytes, 0x10de, 0x13c2, FALSE, TRUE);
  assert_refused (bytes, SIZE, FERRY_ERROR_UNSUPPORTED);
  assert_refused (bytes, 0, FERRY_ERROR_INVALID);
  memset (bytes, 0xff, sizeof bytes);
  assert_refused (bytes, sizeof bytes, FERRY_ERROR_INVALID);
  make_image (large, 0x10de, 0x13c2, TRUE, TRUE);
  assert_refused (large, FERRY_ROM_MAX_SIZE + 1, FERRY_ERROR_INVALID);
}

static void
test_header (void)
{
  guint8 bytes[2 * SIZE];
  g_autoptr (GError) error = NULL;
  gsize header = 0;

  memset (bytes, 'N', sizeof bytes);
  make_image (bytes + SIZE, 0x10de, 0x13c2, TRUE, TRUE);
  g_assert_true (ferry_option_rom_check_bytes (bytes, sizeof bytes, 0x10de, 0x13c2, &header, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (header, ==, SIZE);
  g_assert_false (ferry_option_rom_check_bytes (bytes, sizeof bytes, 0x10de, 0x13c2, NULL, &error));
  g_assert_error (error, FERRY_ERROR, FERRY_ERROR_UNSUPPORTED);
  g_assert_nonnull (strstr (error->message, "tail -c +513 "));
}

static void
assert_file (const char *file, int code)
{
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (ferry_option_rom_check (file, 0x10de, 0x13c2, NULL, &error), ==, code < 0);
  if (code < 0)
    g_assert_no_error (error);
  else
    g_assert_error (error, FERRY_ERROR, code);
}

static void
test_files (void)
{
  guint8 bytes[SIZE];
  g_autofree char *folder = g_dir_make_tmp ("ferry-rom-XXXXXX", NULL);
  g_autofree char *file = g_build_filename (folder, "card.rom", NULL);

  make_image (bytes, 0x10de, 0x13c2, TRUE, TRUE);
  g_assert_true (g_file_set_contents (file, (const char *) bytes, SIZE, NULL));
  assert_file (file, -1);
  assert_file (folder, FERRY_ERROR_NOT_FOUND);
  assert_file ("/dev/zero", FERRY_ERROR_NOT_FOUND);
  g_assert_true (g_file_set_contents (file, "", 0, NULL));
  assert_file (file, FERRY_ERROR_INVALID);
  g_unlink (file);
  assert_file (file, FERRY_ERROR_NOT_FOUND);
  g_rmdir (folder);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/option-rom/bytes", test_bytes);
  g_test_add_func ("/option-rom/header", test_header);
  g_test_add_func ("/option-rom/files", test_files);
  return g_test_run ();
}
