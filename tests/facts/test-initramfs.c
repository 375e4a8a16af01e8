/* test-initramfs.c: which program makes the first RAM disk. */
#include "config.h"

#include <string.h>

#include "facts/initramfs.h"
#include "facts/tree.h"

static FerryInitramfs *
read_tree (FerryTree *tree)
{
  g_autoptr (FerryRoot) root = ferry_tree_open (tree);

  return ferry_initramfs_read (root);
}

static void
assert_kind (FerryTree *tree, FerryInitramfsKind kind)
{
  g_autoptr (FerryInitramfs) initramfs = read_tree (tree);

  g_test_message ("%s", initramfs->evidence);
  g_assert_cmpint (initramfs->kind, ==, kind);
}

static void
test_manjaro (void)
{
  g_autoptr (FerryTree) tree = ferry_tree_new ();
  g_autoptr (FerryInitramfs) initramfs = NULL;

  ferry_tree_add_program (tree, "usr/bin/mkinitcpio");
  ferry_tree_add_file (tree, "etc/mkinitcpio.conf", "MODULES=()\n");
  ferry_tree_add_file (tree, "etc/mkinitcpio.d/linux66.preset", "");
  ferry_tree_add_file (tree, "etc/mkinitcpio.d/linux612.preset", "");
  ferry_tree_add_file (tree, "etc/mkinitcpio.d/linux612.preset.pacsave", "");
  initramfs = read_tree (tree);
  g_assert_cmpint (initramfs->kind, ==, FERRY_INITRAMFS_MKINITCPIO);
  g_assert_cmpuint (g_strv_length (initramfs->presets), ==, 2);
  g_assert_cmpstr (initramfs->presets[0], ==, "linux612.preset");
  g_assert_cmpstr (initramfs->presets[1], ==, "linux66.preset");
  g_assert_nonnull (strstr (initramfs->evidence, "mkinitcpio"));
}

static void
test_others (void)
{
  g_autoptr (FerryTree) none = ferry_tree_new ();
  g_autoptr (FerryTree) fedora = ferry_tree_new ();
  g_autoptr (FerryTree) debian = ferry_tree_new ();
  g_autoptr (FerryTree) booster = ferry_tree_new ();

  assert_kind (none, FERRY_INITRAMFS_UNKNOWN);
  ferry_tree_add_program (fedora, "usr/bin/dracut");
  assert_kind (fedora, FERRY_INITRAMFS_DRACUT);
  ferry_tree_add_program (debian, "usr/sbin/mkinitramfs");
  ferry_tree_add_program (debian, "usr/sbin/update-initramfs");
  assert_kind (debian, FERRY_INITRAMFS_TOOLS);
  ferry_tree_add_program (booster, "usr/bin/booster");
  assert_kind (booster, FERRY_INITRAMFS_BOOSTER);
}

/* Left-over configuration of another program does not count beside a program. */
static void
test_program_beats_configuration (void)
{
  g_autoptr (FerryTree) tree = ferry_tree_new ();

  ferry_tree_add_file (tree, "etc/mkinitcpio.conf", "");
  assert_kind (tree, FERRY_INITRAMFS_MKINITCPIO);
  ferry_tree_add_program (tree, "usr/bin/dracut");
  assert_kind (tree, FERRY_INITRAMFS_DRACUT);
}

static void
test_two_configurations (void)
{
  g_autoptr (FerryTree) tree = ferry_tree_new ();

  ferry_tree_add_file (tree, "etc/mkinitcpio.conf", "");
  ferry_tree_add_folder (tree, "etc/dracut.conf.d");
  assert_kind (tree, FERRY_INITRAMFS_UNKNOWN);
}

static void
test_two_programs (void)
{
  g_autoptr (FerryTree) tree = ferry_tree_new ();

  ferry_tree_add_program (tree, "usr/bin/mkinitcpio");
  ferry_tree_add_program (tree, "usr/bin/dracut");
  assert_kind (tree, FERRY_INITRAMFS_UNKNOWN);
  /* Packages with a similar name own nothing. */
  ferry_tree_add_folder (tree, "var/lib/pacman/local/mkinitcpio-busybox-1.36.1-1");
  ferry_tree_add_folder (tree, "var/lib/pacman/local/dracut-hook-0.6.1-1");
  assert_kind (tree, FERRY_INITRAMFS_UNKNOWN);
  ferry_tree_add_folder (tree, "var/lib/pacman/local/dracut-105-1");
  assert_kind (tree, FERRY_INITRAMFS_DRACUT);
  ferry_tree_add_folder (tree, "var/lib/pacman/local/mkinitcpio-40-2");
  assert_kind (tree, FERRY_INITRAMFS_UNKNOWN);
}

static void
test_two_programs_debian (void)
{
  g_autoptr (FerryTree) tree = ferry_tree_new ();

  ferry_tree_add_program (tree, "usr/sbin/mkinitramfs");
  ferry_tree_add_program (tree, "usr/bin/dracut");
  ferry_tree_add_file (tree, "var/lib/dpkg/info/dracut-core.list", "");
  ferry_tree_add_file (tree, "var/lib/dpkg/info/initramfs-tools-core.md5sums", "");
  assert_kind (tree, FERRY_INITRAMFS_TOOLS);
}

static void
test_flatpak (void)
{
  g_autoptr (FerryTree) tree = ferry_tree_new ();

  ferry_tree_add_file (tree, ".flatpak-info", "");
  ferry_tree_add_program (tree, "usr/bin/dracut");
  assert_kind (tree, FERRY_INITRAMFS_UNKNOWN);
  ferry_tree_add_file (tree, "run/host/etc/mkinitcpio.conf", "");
  assert_kind (tree, FERRY_INITRAMFS_MKINITCPIO);
}

static void
test_odd_presets (void)
{
  g_autoptr (FerryTree) tree = ferry_tree_new ();
  g_autoptr (FerryInitramfs) initramfs = NULL;

  ferry_tree_add_file (tree, "etc/mkinitcpio.d/\xff.preset", "");
  initramfs = read_tree (tree);
  g_assert_cmpstr (initramfs->presets[0], ==, "\uFFFD.preset");
}

static void
test_names (void)
{
  g_assert_cmpstr (ferry_initramfs_kind_to_string (FERRY_INITRAMFS_UNKNOWN), ==, "unknown");
  g_assert_cmpstr (ferry_initramfs_kind_to_string (FERRY_INITRAMFS_TOOLS), ==, "initramfs-tools");
  g_assert_cmpstr (ferry_initramfs_kind_to_string ((FerryInitramfsKind)99), ==, "unknown");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/initramfs/manjaro", test_manjaro);
  g_test_add_func ("/initramfs/others", test_others);
  g_test_add_func ("/initramfs/program-beats-configuration", test_program_beats_configuration);
  g_test_add_func ("/initramfs/two-configurations", test_two_configurations);
  g_test_add_func ("/initramfs/two-programs", test_two_programs);
  g_test_add_func ("/initramfs/two-programs-debian", test_two_programs_debian);
  g_test_add_func ("/initramfs/flatpak", test_flatpak);
  g_test_add_func ("/initramfs/odd-presets", test_odd_presets);
  g_test_add_func ("/initramfs/names", test_names);
  return g_test_run ();
}
