/* test-ovmf.c: UEFI firmware for virtual machines, described and not described. */
#include "config.h"

#include <string.h>

#include "facts/ovmf.h"
#include "facts/tree.h"

#define JSON "usr/share/qemu/firmware/60-edk2-x86_64.json"
#define CODE "usr/share/edk2/x64/OVMF_CODE.secboot.4m.fd"

#define DESCRIPTION(type, arch, file)                                                              \
  "{\"description\": \"UEFI\", \"interface-types\": [\"" type "\"], \"mapping\": {\"device\": "    \
  "\"flash\", \"executable\": {\"filename\": \"" file "\", \"format\": \"raw\"}}, "                \
  "\"targets\": [{\"architecture\": \"" arch "\", \"machines\": [\"pc-q35-*\"]}]}"

static FerryAnswer
find (FerryTree *tree)
{
  g_autoptr (FerryRoot) root = ferry_tree_open (tree);

  return ferry_ovmf_find (root);
}

static FerryAnswer
find_described (const char *description)
{
  g_autoptr (FerryTree) tree = ferry_tree_new ();

  ferry_tree_add_file (tree, CODE, "");
  ferry_tree_add_file (tree, JSON, description);
  return find (tree);
}

static void
test_described (void)
{
  g_assert_cmpint (find_described (DESCRIPTION ("uefi", "x86_64", "/" CODE)), ==, FERRY_ANSWER_YES);
  g_assert_cmpint (find_described (DESCRIPTION ("bios", "x86_64", "/" CODE)), ==, FERRY_ANSWER_NO);
  g_assert_cmpint (find_described (DESCRIPTION ("uefi", "aarch64", "/" CODE)), ==, FERRY_ANSWER_NO);
  g_assert_cmpint (find_described (DESCRIPTION ("uefi", "x86_64", "/usr/gone.fd")), ==,
                   FERRY_ANSWER_NO);
  g_assert_cmpint (find_described (DESCRIPTION ("uefi", "x86_64", CODE)), ==, FERRY_ANSWER_NO);
  /* The form for memory devices names the file one level higher. */
  g_assert_cmpint (
      find_described ("{\"interface-types\": [\"uefi\"], \"mapping\": {\"filename\": \"/" CODE
                      "\"}, \"targets\": [{\"architecture\": \"x86_64\"}]}"),
      ==, FERRY_ANSWER_YES);
}

static void
test_hostile (void)
{
  static const char *const texts[] = {
    "",
    "{",
    "[]",
    "null",
    "{\"mapping\": []}",
    "{\"interface-types\": \"uefi\", \"targets\": {}, \"mapping\": 1}",
    "{\"interface-types\": [\"uefi\", 1, null, []], \"targets\": [1, null, {\"architecture\": 5}, "
    "{\"architecture\": \"x86_64\"}], \"mapping\": {\"executable\": [], \"filename\": {}}}",
    "{\"interface-types\": [\"uefi\"], \"targets\": [{\"architecture\": \"x86_64\"}]}",
  };
  g_autofree char *deep = g_strnfill (60000, '[');
  g_autofree char *endless = g_strnfill (1024 * 1024, ' ');

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    g_assert_cmpint (find_described (texts[i]), ==, FERRY_ANSWER_NO);
  g_assert_cmpint (find_described (deep), ==, FERRY_ANSWER_NO);
  g_assert_cmpint (find_described (endless), ==, FERRY_ANSWER_NO);
}

static void
test_known_places (void)
{
  g_autoptr (FerryTree) tree = ferry_tree_new ();

  g_assert_cmpint (find (tree), ==, FERRY_ANSWER_UNKNOWN);
  ferry_tree_add_folder (tree, "usr/share/OVMF");
  g_assert_cmpint (find (tree), ==, FERRY_ANSWER_NO);
  ferry_tree_add_file (tree, "usr/share/OVMF/OVMF_CODE_4M.fd", "");
  g_assert_cmpint (find (tree), ==, FERRY_ANSWER_YES);
}

static void
test_flatpak (void)
{
  g_autoptr (FerryTree) tree = ferry_tree_new ();

  ferry_tree_add_file (tree, ".flatpak-info", "");
  ferry_tree_add_file (tree, CODE, "");
  g_assert_cmpint (find (tree), ==, FERRY_ANSWER_UNKNOWN);
  ferry_tree_add_file (tree, "run/host/" CODE, "");
  ferry_tree_add_file (tree, "run/host/" JSON, DESCRIPTION ("uefi", "x86_64", "/" CODE));
  g_assert_cmpint (find (tree), ==, FERRY_ANSWER_YES);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/ovmf/described", test_described);
  g_test_add_func ("/ovmf/hostile", test_hostile);
  g_test_add_func ("/ovmf/known-places", test_known_places);
  g_test_add_func ("/ovmf/flatpak", test_flatpak);
  return g_test_run ();
}
