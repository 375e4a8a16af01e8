/* test-device-names.c: lists of names, good, missing and broken. */
#include "config.h"

#include <string.h>

#include "facts/device-names.h"
#include "facts/tree.h"

static void
assert_names (const char *list, const char *vendor, const char *device)
{
  g_autoptr (FerryNames) names = ferry_names_new (list);
  g_autofree char *vendor_name = ferry_names_get_vendor (names, 0x10de);
  g_autofree char *device_name = ferry_names_get_device (names, 0x10de, 0x13c2);
  g_autofree char *class_name = ferry_names_get_class (names, 0x030000);
  g_autofree char *board = ferry_names_get_subsystem (names, 0x10de, 0x13c2, 0x1043, 0x8508);

  g_assert_cmpstr (vendor_name, ==, vendor);
  g_assert_cmpstr (device_name, ==, device);
  g_assert_cmpstr (class_name, ==, "Class 0300");
  g_assert_nonnull (strstr (board, "8508"));
}

/* A list of names that is missing or broken ends libpci's patience, never the program. */
static void
test_name_lists (void)
{
  g_autoptr (FerryTree) tree = ferry_tree_new ();
  const char *folder = ferry_tree_get_folder (tree);
  static const char *const broken[]
      = { "10de  NVIDIA\n\tzzzz wrong\n", "\t\t\tno\n", "C 03", "10de  NVIDIA\n\t13c2\n" };
  g_autofree char *good = g_build_filename (folder, "good", NULL);
  g_autofree char *missing = g_build_filename (folder, "missing", NULL);

  ferry_tree_add_file (tree, "good", "10de  NVIDIA\n\t13c2  GM\xff 204\n");
  assert_names (good, "NVIDIA", "GM\xef\xbf\xbd 204");
  assert_names (missing, "Vendor 10de", "Device 13c2");
  for (gsize i = 0; i < G_N_ELEMENTS (broken); i++)
    {
      g_autofree char *name = g_strdup_printf ("broken%zu", i);
      g_autofree char *path = g_build_filename (folder, name, NULL);
      g_autoptr (FerryNames) names = NULL;
      g_autofree char *text = NULL;

      ferry_tree_add_file (tree, name, broken[i]);
      names = ferry_names_new (path);
      text = ferry_names_get_device (names, 0x10de, 0x13c2);
      g_assert_cmpstr (text, ==, "Device 13c2");
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/device-names/lists", test_name_lists);
  return g_test_run ();
}
