/* test-release.c: os-release with the quotes of a shell, and without running anything. */
#include "config.h"

#include "facts/release.h"

static void
assert_value (const char *text, const char *name, const char *expected)
{
  g_autoptr (GHashTable) values = ferry_release_parse (text);

  g_assert_cmpstr (g_hash_table_lookup (values, name), ==, expected);
}

static void
test_values (void)
{
  assert_value ("ID=manjaro\nID_LIKE=arch\n", "ID", "manjaro");
  assert_value ("ID=manjaro\nID_LIKE=arch\n", "ID_LIKE", "arch");
  assert_value ("PRETTY_NAME=\"Manjaro Linux\"", "PRETTY_NAME", "Manjaro Linux");
  assert_value ("NAME='It''s'\n", "NAME", "Its");
  assert_value ("NAME=\"a \\\"b\\\" \\$c\"\n", "NAME", "a \"b\" $c");
  assert_value ("# ID=no\n  ID=debian  \n", "ID", "debian");
  assert_value ("ID=first\nID=last\n", "ID", "last");
  assert_value ("ID=\n", "ID", "");
  assert_value ("", "ID", NULL);
}

static void
test_broken (void)
{
  assert_value ("ID\n", "ID", NULL);
  assert_value ("id=x\n", "id", NULL);
  assert_value ("=x\n", "", NULL);
  assert_value ("ID=\"never closed\n", "ID", NULL);
  assert_value ("ID=x\nID=\"never closed\n", "ID", "x");
  assert_value ("NAME=$(reboot)`reboot`\n", "NAME", "$(reboot)`reboot`");
  assert_value ("NAME=\"\x1b[31mred\u202e\"\n", "NAME", "[31mred");
}

static void
test_bounds (void)
{
  g_autofree char *letters = g_strnfill (1000, 'x');
  g_autofree char *name = g_strconcat ("NAME=", letters, "\n", NULL);
  g_autofree char *spaces = g_strnfill (1024 * 1024, 'x');
  g_autofree char *endless = g_strconcat ("ID=", spaces, "\n", NULL);
  g_autoptr (GString) many = g_string_new (NULL);
  g_autoptr (GHashTable) values = ferry_release_parse (name);
  g_autoptr (GHashTable) bounded = NULL;

  g_assert_cmpint (g_utf8_strlen (g_hash_table_lookup (values, "NAME"), -1), ==,
                   FERRY_RELEASE_MAX_VALUE);
  assert_value (endless, "ID", NULL);
  for (guint i = 0; i < 100000; i++)
    g_string_append_printf (many, "K%u=1\n", i);
  bounded = ferry_release_parse (many->str);
  g_assert_cmpuint (g_hash_table_size (bounded), <, FERRY_RELEASE_MAX_LINES);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/release/values", test_values);
  g_test_add_func ("/release/broken", test_broken);
  g_test_add_func ("/release/bounds", test_bounds);
  return g_test_run ();
}
