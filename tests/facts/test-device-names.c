/* test-device-names.c: lists of names, good, missing and broken. */
#include "config.h"

#include <string.h>

#include "facts/device-names.h"
#include "facts/tree.h"

static FerryNames *
new_names (const char *list, gboolean expect)
{
  FerryNames *names = ferry_names_new (list);

  if (expect)
    ferry_names_expect (names, 0x10de, 0x13c2, 0x1043);
  return names;
}

static void
assert_names_of (FerryNames *names, const char *vendor, const char *device)
{
  g_autofree char *vendor_name = ferry_names_get_vendor (names, 0x10de);
  g_autofree char *device_name = ferry_names_get_device (names, 0x10de, 0x13c2);
  g_autofree char *class_name = ferry_names_get_class (names, 0x030000);
  g_autofree char *board = ferry_names_get_subsystem (names, 0x10de, 0x13c2, 0x1043, 0x8508);

  g_assert_cmpstr (vendor_name, ==, vendor);
  g_assert_cmpstr (device_name, ==, device);
  g_assert_cmpstr (class_name, ==, "Class 0300");
  g_assert_nonnull (strstr (board, "8508"));
}

static void
assert_names (const char *list, const char *vendor, const char *device)
{
  for (int expect = 0; expect < 2; expect++)
    {
      g_autoptr (FerryNames) names = new_names (list, expect);

      assert_names_of (names, vendor, device);
    }
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

      ferry_tree_add_file (tree, name, broken[i]);
      for (int expect = 0; expect < 2; expect++)
        {
          g_autoptr (FerryNames) names = new_names (path, expect);
          g_autofree char *text = ferry_names_get_device (names, 0x10de, 0x13c2);

          g_assert_cmpstr (text, ==, "Device 13c2");
        }
    }
}

/* Where only the lines that were asked for are read, they say the same; others are not there. */
static void
test_expected (void)
{
  g_autoptr (FerryTree) tree = ferry_tree_new ();
  g_autofree char *path = g_build_filename (ferry_tree_get_folder (tree), "list", NULL);
  g_autoptr (FerryNames) all = ferry_names_new (path);
  g_autoptr (FerryNames) some = new_names (path, TRUE);

  ferry_tree_add_file (tree, "list",
                       "1002  AMD\n\t67df  Ellesmere\n1043  ASUSTeK\n"
                       "10de  NVIDIA\n\t13c1  GM20\n\t13c2  GM204\n\t\t1043 8508  STRIX\n"
                       "C 03  Display controller\n\t00  VGA\n");
  for (int i = 0; i < 2; i++)
    {
      FerryNames *names = i == 0 ? all : some;
      g_autofree char *vendor = ferry_names_get_vendor (names, 0x10de);
      g_autofree char *device = ferry_names_get_device (names, 0x10de, 0x13c2);
      g_autofree char *class_name = ferry_names_get_class (names, 0x030000);
      g_autofree char *kind = ferry_names_get_class (names, 0x039900);
      g_autofree char *board = ferry_names_get_subsystem (names, 0x10de, 0x13c2, 0x1043, 0x8508);
      g_autofree char *other = ferry_names_get_device (names, 0x10de, 0x13c1);
      g_autofree char *maker = ferry_names_get_vendor (names, 0x1002);

      g_assert_cmpstr (vendor, ==, "NVIDIA");
      g_assert_cmpstr (device, ==, "GM204");
      g_assert_cmpstr (class_name, ==, "VGA");
      g_assert_cmpstr (kind, ==, "Display controller [0399]");
      g_assert_cmpstr (board, ==, "ASUSTeK STRIX");
      g_assert_cmpstr (other, ==, i == 0 ? "GM20" : "Device 13c1");
      g_assert_cmpstr (maker, ==, i == 0 ? "AMD" : "Vendor 1002");
    }
}

/* A list that only libpci can judge is read by it as it is: what stands before the fault stays. */
static void
test_whole_list (void)
{
  static const char list[] = "10de  NVIDIA\n\t13c2  GM204\n\t13c1  GM20\n# \0\n";
  g_autoptr (FerryTree) tree = ferry_tree_new ();
  g_autofree char *path = g_build_filename (ferry_tree_get_folder (tree), "list", NULL);
  g_autoptr (FerryNames) names = new_names (path, TRUE);
  g_autofree char *other = NULL;

  g_assert_true (g_file_set_contents (path, list, sizeof list - 1, NULL));
  assert_names_of (names, "NVIDIA", "GM204");
  other = ferry_names_get_device (names, 0x10de, 0x13c1);
  g_assert_cmpstr (other, ==, "GM20");
}

/* "list.gz" is also the name of a list that is not packed. */
static void
test_plain_list (void)
{
  g_autoptr (FerryTree) tree = ferry_tree_new ();
  g_autofree char *path = g_build_filename (ferry_tree_get_folder (tree), "list.gz", NULL);

  ferry_tree_add_file (tree, "list", "10de  NVIDIA\n\t13c2  GM204\n");
  for (int i = 0; i < 2; i++)
    {
      g_autoptr (FerryNames) names = new_names (path, TRUE);

      assert_names_of (names, "NVIDIA", "GM204");
      ferry_tree_add_file (tree, "list.gz", "10de  NVIDIA\n\t13c2  GM204\n");
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/device-names/lists", test_name_lists);
  g_test_add_func ("/device-names/expected", test_expected);
  g_test_add_func ("/device-names/whole-list", test_whole_list);
  g_test_add_func ("/device-names/plain-list", test_plain_list);
  return g_test_run ();
}
