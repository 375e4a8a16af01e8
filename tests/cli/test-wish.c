/* test-wish.c: the words behind “ferryctl vm”. */
#include "config.h"

#include <gio/gio.h>

#include "cli/wish.h"

static FerryWish *
parse (const char *line, GError **error)
{
  g_auto (GStrv) words = g_strsplit (line, " ", -1);

  return ferry_wish_parse ((int) g_strv_length (words), words, error);
}

static void
assert_size (const char *text, guint64 wanted)
{
  guint64 bytes = 0;

  if (ferry_wish_parse_size (text, &bytes) != (wanted != 0) || (wanted != 0 && bytes != wanted))
    g_error ("“%s” gives %" G_GUINT64_FORMAT, text, bytes);
}

static void
test_sizes (void)
{
  const guint64 mib = 1024 * 1024;

  assert_size ("8", 8192 * mib);
  assert_size ("8G", 8192 * mib);
  assert_size ("8 GiB", 8192 * mib);
  assert_size ("8gb", 8192 * mib);
  assert_size ("512M", 512 * mib);
  assert_size ("2T", 2 * 1024 * 1024 * mib);
  assert_size ("", 0);
  assert_size ("0", 0);
  assert_size ("-8G", 0);
  assert_size ("8K", 0);
  assert_size ("8.5G", 0);
  assert_size ("G", 0);
  assert_size ("8G8", 0);
  assert_size ("99999999999999999999G", 0);
  assert_size ("16777216T", 0);
}

static void
test_words (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (FerryWish) wish
      = parse ("vm create pc --card 01:00.0 --memory 8G --disk 64G --processors 4 --medium /a/../b.iso --yes", &error);
  g_autoptr (FerryWish) image = NULL, bare = NULL;

  g_assert_no_error (error);
  g_assert_cmpstr (wish->verb, ==, "create");
  g_assert_cmpstr (wish->name, ==, "pc");
  g_assert_cmpstr (wish->cards[0], ==, "01:00.0");
  g_assert_cmpuint (wish->memory, ==, G_GUINT64_CONSTANT (8) << 30);
  g_assert_cmpuint (wish->disk, ==, G_GUINT64_CONSTANT (64) << 30);
  g_assert_cmpint (wish->processors, ==, 4);
  g_assert_cmpstr (wish->medium, ==, "/b.iso");
  g_assert_true (wish->yes);

  image = parse ("vm create --disk /x/y.qcow2", &error);
  g_assert_no_error (error);
  g_assert_null (image->name);
  g_assert_cmpstr (image->disk_file, ==, "/x/y.qcow2");
  g_assert_cmpuint (image->disk, ==, 0);
  bare = parse ("vm", &error);
  g_assert_no_error (error);
  g_assert_null (bare->verb);
}

static void
test_refusals (void)
{
  static const char *const lines[] = { "vm create a b", "vm create --memory much", "vm create --disk big", "vm create --frob",
                                       "vm create --processors -1", "vm create --processors x", "vm create --root / --machine m",
                                       "vm create --memory" };

  for (gsize i = 0; i < G_N_ELEMENTS (lines); i++)
    {
      g_autoptr (GError) error = NULL;

      g_test_message ("%s", lines[i]);
      g_assert_null (parse (lines[i], &error));
      g_assert_cmpuint (error->domain, ==, G_OPTION_ERROR);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/wish/sizes", test_sizes);
  g_test_add_func ("/wish/words", test_words);
  g_test_add_func ("/wish/refusals", test_refusals);
  return g_test_run ();
}
