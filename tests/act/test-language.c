/* Tests of act/language: the system's language from its two files, and what no program must be handed. */
#include "config.h"

#include "act/language.h"
#include "facts/tree.h"

static void
assert_language (const char *path, const char *text, const char *wanted)
{
  g_autoptr (FerryTree) tree = ferry_tree_new ();
  g_autoptr (FerryRoot) root = NULL;
  g_autofree char *found = NULL;

  if (path != NULL)
    ferry_tree_add_file (tree, path, text);
  root = ferry_tree_open (tree);
  found = ferry_language_find (root);
  g_assert_cmpstr (found, ==, wanted);
}

static void
test_files (void)
{
  assert_language (NULL, NULL, "C.UTF-8");
  assert_language ("etc/locale.conf", "LANG=de_DE.UTF-8\nLC_TIME=en_GB.UTF-8\n", "de_DE.UTF-8");
  assert_language ("etc/locale.conf", "# made by hand\nLANG=\"ca_ES@valencia\"\n", "ca_ES@valencia");
  assert_language ("etc/default/locale", "LANG=fr_FR.UTF-8\n", "fr_FR.UTF-8");
  assert_language ("etc/default/locale", "LC_TIME=fr_FR.UTF-8\n", "C.UTF-8");
}

static void
test_hostile (void)
{
  assert_language ("etc/locale.conf", "LANG=\n", "C.UTF-8");
  assert_language ("etc/locale.conf", "LANG=../../tmp/x\n", "C.UTF-8");
  assert_language ("etc/locale.conf", "LANG=de_DE;reboot\n", "C.UTF-8");
  assert_language ("etc/locale.conf", "LANG=aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\n", "C.UTF-8");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/language/files", test_files);
  g_test_add_func ("/language/hostile", test_hostile);
  return g_test_run ();
}
