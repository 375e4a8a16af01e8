/* Tests of the label of a disc: a real descriptor, cut ones, and bytes at random. */
#include "config.h"

#include <glib/gstdio.h>
#include <string.h>

#include "facts/error.h"
#include "guest/label.h"

static void
fill (guint8 *sector, gsize offset, gsize length, const char *text)
{
  memset (sector + offset, ' ', length);
  memcpy (sector + offset, text, strlen (text));
}

static void
make_sector (guint8 *sector)
{
  memset (sector, 0, FERRY_LABEL_SECTOR);
  memcpy (sector, "\001CD001\001", 7);
  fill (sector, 8, 32, "LINUX");
  fill (sector, 40, 32, "Debian 12.5.0 amd64 n");
  fill (sector, 318, 128, "");
  fill (sector, 574, 128, "XORRISO-1.5.0");
  sector[80] = 0x10;
  sector[82] = 0x01;
  sector[129] = 8;
}

static void
test_parse (void)
{
  guint8 sector[FERRY_LABEL_SECTOR];
  g_autoptr (FerryLabel) label = NULL;

  make_sector (sector);
  label = ferry_label_parse (sector, sizeof sector);
  g_assert_nonnull (label);
  g_assert_cmpstr (label->volume, ==, "Debian 12.5.0 amd64 n");
  g_assert_cmpstr (label->system, ==, "LINUX");
  g_assert_cmpstr (label->publisher, ==, "");
  g_assert_cmpstr (label->application, ==, "XORRISO-1.5.0");
  g_assert_cmpuint (label->size, ==, 0x10010u * 2048u);
}

static void
test_other_sectors (void)
{
  guint8 sector[FERRY_LABEL_SECTOR];

  make_sector (sector);
  g_assert_null (ferry_label_parse (sector, sizeof sector - 1));
  sector[0] = 2; /* a supplementary descriptor */
  g_assert_null (ferry_label_parse (sector, sizeof sector));
  sector[0] = 1;
  sector[1] = 'B';
  g_assert_null (ferry_label_parse (sector, sizeof sector));
}

/* No byte makes text that is not valid. */
static void
test_random (void)
{
  guint8 sector[FERRY_LABEL_SECTOR];

  for (int round = 0; round < 200; round++)
    {
      g_autoptr (FerryLabel) label = NULL;

      for (gsize i = 0; i < sizeof sector; i++)
        sector[i] = (guint8) g_test_rand_int_range (0, 256);
      memcpy (sector, "\001CD001", 6);
      label = ferry_label_parse (sector, sizeof sector);
      g_assert_nonnull (label);
      g_assert_true (g_utf8_validate (label->volume, -1, NULL));
      g_assert_true (g_utf8_validate (label->publisher, -1, NULL));
    }
}

static void
test_read (void)
{
  g_autofree char *file = NULL;
  g_autofree guint8 *bytes = g_malloc0 (18 * FERRY_LABEL_SECTOR);
  g_autoptr (FerryLabel) label = NULL;
  g_autoptr (GError) error = NULL;
  int fd = g_file_open_tmp ("ferry-label-XXXXXX", &file, NULL);

  g_assert_true (g_close (fd, NULL));
  /* A boot record stands before the primary descriptor. */
  memcpy (bytes + 16 * FERRY_LABEL_SECTOR, "\000CD001\001", 7);
  make_sector (bytes + 17 * FERRY_LABEL_SECTOR);
  g_assert_true (g_file_set_contents (file, (const char *) bytes, 18 * FERRY_LABEL_SECTOR, NULL));
  label = ferry_label_read (file, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (label->volume, ==, "Debian 12.5.0 amd64 n");

  g_assert_true (
      g_file_set_contents (file, (const char *) bytes, 17 * FERRY_LABEL_SECTOR + 700, NULL));
  g_assert_null (ferry_label_read (file, &error));
  g_assert_error (error, FERRY_ERROR, FERRY_ERROR_INVALID);
  g_unlink (file);
}

static void
test_errors (void)
{
  g_autoptr (GError) absent = NULL;
  g_autoptr (GError) folder = NULL;
  g_autoptr (GError) device = NULL;

  g_assert_null (ferry_label_read ("/nonexistent/a.iso", &absent));
  g_assert_error (absent, FERRY_ERROR, FERRY_ERROR_NOT_FOUND);
  g_assert_null (ferry_label_read (g_get_tmp_dir (), &folder));
  g_assert_error (folder, FERRY_ERROR, FERRY_ERROR_UNSUPPORTED);
  g_assert_null (ferry_label_read ("/dev/zero", &device));
  g_assert_error (device, FERRY_ERROR, FERRY_ERROR_UNSUPPORTED);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/label/parse", test_parse);
  g_test_add_func ("/label/other-sectors", test_other_sectors);
  g_test_add_func ("/label/random", test_random);
  g_test_add_func ("/label/read", test_read);
  g_test_add_func ("/label/errors", test_errors);
  return g_test_run ();
}
