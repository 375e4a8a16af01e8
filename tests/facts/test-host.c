/* test-host.c: the host's files inside and outside of a Flatpak. */
#include "config.h"

#include "facts/host.h"
#include "facts/tree.h"

static void
test_outside (void)
{
  g_autoptr (FerryTree) tree = ferry_tree_new ();
  g_autoptr (FerryRoot) root = ferry_tree_open (tree);
  g_autofree char *path = ferry_host_path (root, "etc/group");

  g_assert_false (ferry_host_is_flatpak (root));
  g_assert_cmpstr (path, ==, "etc/group");
  g_assert_cmpint (ferry_host_has_program (root, "swtpm"), ==, FERRY_ANSWER_UNKNOWN);
  ferry_tree_add_file (tree, "usr/bin/swtpm", "not executable");
  g_assert_cmpint (ferry_host_has_program (root, "swtpm"), ==, FERRY_ANSWER_NO);
  ferry_tree_add_program (tree, "usr/bin/virt-manager");
  g_assert_cmpint (ferry_host_has_program (root, "virt-manager"), ==, FERRY_ANSWER_YES);
  g_assert_false (ferry_host_exists (root, "usr/bin/nothing"));
}

static void
test_flatpak (void)
{
  g_autoptr (FerryTree) tree = ferry_tree_new ();
  g_autoptr (FerryRoot) root = ferry_tree_open (tree);
  g_autofree char *etc = NULL, *boot = NULL, *text = NULL;

  ferry_tree_add_file (tree, ".flatpak-info", "");
  ferry_tree_add_program (tree, "usr/bin/swtpm");
  ferry_tree_add_file (tree, "etc/group", "runtime");
  g_assert_true (ferry_host_is_flatpak (root));
  etc = ferry_host_path (root, "etc/group");
  boot = ferry_host_path (root, "boot/grub");
  g_assert_cmpstr (etc, ==, "run/host/etc/group");
  g_assert_cmpstr (boot, ==, "boot/grub");

  /* The runtime's program is not the host's. */
  g_assert_cmpint (ferry_host_has_program (root, "swtpm"), ==, FERRY_ANSWER_UNKNOWN);
  g_assert_null (ferry_host_read_text (root, "etc/group"));
  ferry_tree_add_file (tree, "run/host/etc/group", "host");
  ferry_tree_add_program (tree, "run/host/usr/bin/dnsmasq");
  text = ferry_host_read_text (root, "etc/group");
  g_assert_cmpstr (text, ==, "host");
  g_assert_cmpint (ferry_host_has_program (root, "swtpm"), ==, FERRY_ANSWER_NO);
  g_assert_cmpint (ferry_host_has_program (root, "dnsmasq"), ==, FERRY_ANSWER_YES);
}

static void
assert_clean (const char *text, gsize max, const char *expected)
{
  g_autofree char *clean = ferry_host_clean_text (text, max);

  g_assert_cmpstr (clean, ==, expected);
}

static void
test_clean_text (void)
{
  assert_clean ("", 10, "");
  assert_clean ("  a \t b\n", 10, "a b");
  assert_clean ("\x1b[31mred\x07", 10, "[31mred");
  assert_clean ("a\u202eb", 10, "a b");
  assert_clean ("\xff", 10, "\uFFFD");
  assert_clean ("abcdef", 3, "abc");
  assert_clean ("ab cd", 3, "ab");
  assert_clean ("ab cd", 4, "ab c");
  assert_clean ("ü ö", 3, "ü ö");
  assert_clean ("abc", 0, "");
  assert_clean ("\n\n\n", 10, "");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/host/outside", test_outside);
  g_test_add_func ("/host/flatpak", test_flatpak);
  g_test_add_func ("/host/clean-text", test_clean_text);
  return g_test_run ();
}
