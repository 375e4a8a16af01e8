/* test-cmdline.c: the kernel command line as a list of words. */
#include "config.h"

#include <string.h>

#include "facts/cmdline.h"
#include "facts/error.h"

static FerryCmdline *
parse (const char *text)
{
  g_autoptr (GError) error = NULL;
  FerryCmdline *cmdline = ferry_cmdline_parse (text, &error);

  g_assert_no_error (error);
  g_assert_nonnull (cmdline);
  return cmdline;
}

static const FerryCmdlineWord *
word_at (const FerryCmdline *cmdline, guint i)
{
  g_assert_cmpuint (i, <, cmdline->words->len);
  return g_ptr_array_index (cmdline->words, i);
}

static void
test_same_text (void)
{
  static const char *const lines[] = {
    "",
    "quiet",
    "BOOT_IMAGE=/boot/vmlinuz-6.12-x86_64 root=UUID=aaa94180-5af0 rw quiet intel_iommu=on iommu=pt",
    "initrd=\\intel-ucode.img initrd=\\initramfs-linux.img root=PARTUUID=8310 rw",
    "a=1 a=2 a=1 --x",
    "dyndbg=\"file drivers/usb/* +p\" quiet",
    "\"title=two words\" x",
    "quiet -- single 3",
    "quiet --",
    "acpi_osi=\"!Windows 2015\" acpi_osi=Linux",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (lines); i++)
    {
      g_autoptr (FerryCmdline) cmdline = parse (lines[i]);
      g_autoptr (FerryCmdline) copy = ferry_cmdline_copy (cmdline);
      g_autofree char *text = ferry_cmdline_to_string (cmdline);
      g_autofree char *copied = ferry_cmdline_to_string (copy);

      g_assert_cmpstr (text, ==, lines[i]);
      g_assert_cmpstr (copied, ==, lines[i]);
    }
}

static void
test_blanks (void)
{
  g_autoptr (FerryCmdline) cmdline = parse ("  quiet\t\tsplash \v rw  --  single \n");
  g_autoptr (FerryCmdline) none = parse (NULL);
  g_autofree char *text = ferry_cmdline_to_string (cmdline);

  g_assert_cmpstr (text, ==, "quiet splash rw -- single");
  g_assert_cmpuint (cmdline->words->len, ==, 3);
  g_assert_cmpstr (cmdline->init_args, ==, "single");
  g_assert_cmpuint (none->words->len, ==, 0);
  g_assert_null (none->init_args);
}

static void
assert_word (const char *text, const char *key, const char *value)
{
  g_autoptr (FerryCmdline) cmdline = parse (text);

  g_assert_cmpuint (cmdline->words->len, ==, 1);
  g_assert_cmpstr (word_at (cmdline, 0)->text, ==, text);
  g_assert_cmpstr (word_at (cmdline, 0)->key, ==, key);
  g_assert_cmpstr (word_at (cmdline, 0)->value, ==, value);
}

/* The cases of next_arg() in lib/cmdline.c. */
static void
test_words (void)
{
  assert_word ("quiet", "quiet", NULL);
  assert_word ("iommu=pt", "iommu", "pt");
  assert_word ("iommu=", "iommu", "");
  assert_word ("root=UUID=1234", "root", "UUID=1234");
  assert_word ("x=\"a b\"", "x", "a b");
  assert_word ("\"x=a b\"", "x", "a b");
  assert_word ("\"two words\"", "two words", NULL);
  assert_word ("x=a\" \"b", "x", "a\" \"b");
  assert_word ("x=\"", "x", "");
  assert_word ("x=\"\"", "x", "");
  assert_word ("\"", "", NULL);
  assert_word ("\"\"", "", NULL);
  assert_word ("=x", "=x", NULL);
  assert_word ("=x=y", "=x", "y");
  assert_word ("\"=x=y\"", "=x", "y");
  assert_word ("x=\"never closed to the end", "x", "never closed to the end");
  assert_word ("\"\"=\"", "\"", "");
}

static void
test_keys (void)
{
  g_autoptr (FerryCmdline) cmdline
      = parse ("intel_iommu=off intel-iommu=on,igfx_off quiet vfio_pci.ids=10de:13c2 -- iommu=pt");

  g_assert_true (ferry_cmdline_key_equal ("vfio-pci.ids", "vfio_pci.ids"));
  g_assert_false (ferry_cmdline_key_equal ("vfio-pci.ids", "vfio_pci.id"));
  g_assert_false (ferry_cmdline_key_equal ("Quiet", "quiet"));
  g_assert_true (ferry_cmdline_has_key (cmdline, "quiet"));
  g_assert_true (ferry_cmdline_has_key (cmdline, "vfio-pci.ids"));
  g_assert_false (ferry_cmdline_has_key (cmdline, "iommu"));
  g_assert_false (ferry_cmdline_has_key (cmdline, "intel"));
  g_assert_cmpstr (ferry_cmdline_last_value (cmdline, "intel_iommu"), ==, "on,igfx_off");
  g_assert_null (ferry_cmdline_last_value (cmdline, "quiet"));
  g_assert_null (ferry_cmdline_last_value (cmdline, "amd_iommu"));
}

static void
test_items (void)
{
  g_autoptr (FerryCmdline) cmdline = parse ("intel_iommu=off intel_iommu=on,igfx_off x=\"a,b\" on");

  g_assert_true (ferry_cmdline_value_has (cmdline, "intel_iommu", "on"));
  g_assert_true (ferry_cmdline_value_has (cmdline, "intel-iommu", "igfx_off"));
  g_assert_true (ferry_cmdline_value_has (cmdline, "intel_iommu", "off"));
  g_assert_false (ferry_cmdline_value_has (cmdline, "intel_iommu", "igfx"));
  g_assert_true (ferry_cmdline_value_has (cmdline, "x", "b"));
  g_assert_false (ferry_cmdline_value_has (cmdline, "on", "on"));
  g_assert_true (ferry_cmdline_has_word (cmdline, "intel_iommu=off"));
  g_assert_true (ferry_cmdline_has_word (cmdline, "intel-iommu=off"));
  g_assert_false (ferry_cmdline_has_word (cmdline, "intel_iommu=on"));
  g_assert_true (ferry_cmdline_has_word (cmdline, "x=a,b"));
  g_assert_true (ferry_cmdline_has_word (cmdline, "on"));
  g_assert_false (ferry_cmdline_has_word (cmdline, "on="));
}

static void
test_bounds (void)
{
  g_autofree char *fits = g_strnfill (FERRY_CMDLINE_MAX, 'x');
  g_autofree char *long_line = g_strnfill (FERRY_CMDLINE_MAX + 1, ' ');
  g_autoptr (FerryCmdline) cmdline = parse (fits);
  g_autoptr (GError) too_large = NULL;
  g_autoptr (GError) invalid = NULL;

  g_assert_cmpuint (cmdline->words->len, ==, 1);
  g_assert_null (ferry_cmdline_parse (long_line, &too_large));
  g_assert_error (too_large, FERRY_ERROR, FERRY_ERROR_TOO_LARGE);
  g_assert_null (ferry_cmdline_parse ("quiet \xff\xfe", &invalid));
  g_assert_error (invalid, FERRY_ERROR, FERRY_ERROR_INVALID);
}

/* Whatever is written, printing and parsing again gives the same words. */
static void
test_random (void)
{
  static const char letters[] = "ab=\"\" -_,\t\\.";

  for (guint round = 0; round < 20000; round++)
    {
      char text[25] = "";

      for (gsize i = 0; i + 1 < sizeof text; i++)
        text[i] = letters[g_test_rand_int_range (0, sizeof letters - 1)];
      g_autoptr (FerryCmdline) first = parse (text);
      g_autofree char *printed = ferry_cmdline_to_string (first);
      g_autoptr (FerryCmdline) second = parse (printed);
      g_autofree char *again = ferry_cmdline_to_string (second);

      g_assert_cmpstr (printed, ==, again);
      g_assert_cmpuint (first->words->len, ==, second->words->len);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/cmdline/same-text", test_same_text);
  g_test_add_func ("/cmdline/blanks", test_blanks);
  g_test_add_func ("/cmdline/words", test_words);
  g_test_add_func ("/cmdline/keys", test_keys);
  g_test_add_func ("/cmdline/items", test_items);
  g_test_add_func ("/cmdline/bounds", test_bounds);
  g_test_add_func ("/cmdline/random", test_random);
  return g_test_run ();
}
