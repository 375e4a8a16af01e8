/* test-grub.c: GRUB's settings on Manjaro, Fedora and others. */
#include "config.h"

#include "facts/grub.h"
#include "facts/tree.h"

#define PATCHED                                                                                    \
  "#!/bin/sh\nsysconfdir=\"/etc\"\nif test -f ${sysconfdir}/default/grub ; then\n"                 \
  "  . ${sysconfdir}/default/grub\nfi\nfor x in ${sysconfdir}/default/grub.d/*.cfg ; do\n"
#define UPSTREAM                                                                                   \
  "#!/bin/sh\n# default/grub.d is not read here\nif test -f ${sysconfdir}/default/grub ; then\n"

static FerryLoader *
read_tree (FerryTree *tree)
{
  g_autoptr (FerryRoot) root = ferry_tree_open (tree);
  FerryLoader *loader = g_new0 (FerryLoader, 1);

  ferry_grub_read (root, loader);
  return loader;
}

static void
test_manjaro (void)
{
  g_autoptr (FerryTree) tree = ferry_tree_new ();
  g_autoptr (FerryLoader) loader = NULL;

  ferry_tree_add_file (tree, "etc/default/grub", "GRUB_DEFAULT=saved\n");
  ferry_tree_add_file (tree, "usr/bin/grub-mkconfig", PATCHED);
  ferry_tree_add_file (tree, "boot/grub/grub.cfg", "");
  loader = read_tree (tree);
  g_assert_cmpstr (loader->config, ==, "etc/default/grub");
  g_assert_cmpstr (loader->mkconfig, ==, "usr/bin/grub-mkconfig");
  g_assert_cmpstr (loader->menu, ==, "boot/grub/grub.cfg");
  g_assert_cmpint (loader->drop_in, ==, FERRY_ANSWER_YES);
  g_assert_false (loader->bls);
}

static void
test_fedora (void)
{
  g_autoptr (FerryTree) tree = ferry_tree_new ();
  g_autoptr (FerryLoader) loader = NULL;

  ferry_tree_add_file (tree, "etc/default/grub",
                       "GRUB_ENABLE_BLSCFG=false\nGRUB_ENABLE_BLSCFG=\"true\"\n");
  ferry_tree_add_file (tree, "usr/sbin/grub2-mkconfig", UPSTREAM);
  ferry_tree_add_file (tree, "boot/grub2/grub.cfg", "");
  loader = read_tree (tree);
  g_assert_cmpstr (loader->mkconfig, ==, "usr/sbin/grub2-mkconfig");
  g_assert_cmpstr (loader->menu, ==, "boot/grub2/grub.cfg");
  g_assert_cmpint (loader->drop_in, ==, FERRY_ANSWER_NO);
  g_assert_true (loader->bls);
}

static gboolean
uses_entries (const char *settings)
{
  g_autoptr (FerryTree) tree = ferry_tree_new ();
  g_autoptr (FerryLoader) loader = NULL;

  ferry_tree_add_file (tree, "etc/default/grub", settings);
  loader = read_tree (tree);
  return loader->bls;
}

static void
test_entries (void)
{
  g_assert_true (uses_entries ("GRUB_ENABLE_BLSCFG=true\n"));
  g_assert_true (uses_entries ("  GRUB_ENABLE_BLSCFG='true'"));
  g_assert_false (uses_entries ("#GRUB_ENABLE_BLSCFG=true\n"));
  g_assert_false (uses_entries ("GRUB_ENABLE_BLSCFG=true\nGRUB_ENABLE_BLSCFG=\n"));
  g_assert_false (uses_entries ("GRUB_ENABLE_BLSCFG=\"true\n"));
  g_assert_false (uses_entries (""));
}

static void
test_nothing (void)
{
  g_autoptr (FerryTree) tree = ferry_tree_new ();
  g_autoptr (FerryLoader) loader = read_tree (tree);

  g_assert_null (loader->config);
  g_assert_null (loader->mkconfig);
  g_assert_null (loader->menu);
  g_assert_cmpint (loader->drop_in, ==, FERRY_ANSWER_UNKNOWN);
}

/* An empty program, a huge one, and a folder of the menu without a menu. */
static void
test_odd (void)
{
  g_autoptr (FerryTree) tree = ferry_tree_new ();
  g_autofree char *endless = g_strnfill (FERRY_ROOT_MAX_FILE + 1, 'x');
  g_autoptr (FerryLoader) empty = NULL;
  g_autoptr (FerryLoader) huge = NULL;

  ferry_tree_add_folder (tree, "boot/grub");
  ferry_tree_add_file (tree, "usr/bin/grub-mkconfig", "");
  empty = read_tree (tree);
  g_assert_cmpint (empty->drop_in, ==, FERRY_ANSWER_UNKNOWN);
  g_assert_null (empty->menu);
  ferry_tree_add_file (tree, "usr/bin/grub-mkconfig", endless);
  huge = read_tree (tree);
  g_assert_cmpint (huge->drop_in, ==, FERRY_ANSWER_UNKNOWN);
}

/* Inside a Flatpak the program and settings are those of the host, under the names of the host. */
static void
test_flatpak (void)
{
  g_autoptr (FerryTree) tree = ferry_tree_new ();
  g_autoptr (FerryLoader) loader = NULL;

  ferry_tree_add_file (tree, ".flatpak-info", "");
  ferry_tree_add_file (tree, "run/host/etc/default/grub", "");
  ferry_tree_add_file (tree, "run/host/usr/bin/grub-mkconfig", PATCHED);
  ferry_tree_add_file (tree, "usr/bin/grub2-mkconfig", UPSTREAM);
  loader = read_tree (tree);
  g_assert_cmpstr (loader->config, ==, "etc/default/grub");
  g_assert_cmpstr (loader->mkconfig, ==, "usr/bin/grub-mkconfig");
  g_assert_cmpint (loader->drop_in, ==, FERRY_ANSWER_YES);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/grub/manjaro", test_manjaro);
  g_test_add_func ("/grub/fedora", test_fedora);
  g_test_add_func ("/grub/entries", test_entries);
  g_test_add_func ("/grub/nothing", test_nothing);
  g_test_add_func ("/grub/odd", test_odd);
  g_test_add_func ("/grub/flatpak", test_flatpak);
  return g_test_run ();
}
