/* test-vfio.c: which files for virtual machines there are. */
#include "config.h"

#include "facts/vfio.h"
#include "facts/tree.h"

static void
test_groups (void)
{
  g_autoptr (FerryTree) tree = ferry_tree_new ();
  g_autoptr (FerryRoot) root = NULL;
  g_autoptr (FerryVfio) vfio = NULL;

  ferry_tree_add_file (tree, "dev/vfio/vfio", "");
  ferry_tree_add_file (tree, "dev/vfio/1", "");
  ferry_tree_add_file (tree, "dev/vfio/27", "");
  ferry_tree_add_file (tree, "dev/vfio/noiommu-0", "");
  ferry_tree_add_file (tree, "dev/vfio/99999999999999999999", "");
  ferry_tree_add_file (tree, "sys/module/vfio_iommu_type1/parameters/allow_unsafe_interrupts", "N\n");
  root = ferry_tree_open (tree);
  vfio = ferry_vfio_read (root);
  g_assert_cmpint (vfio->container, ==, FERRY_ANSWER_YES);
  g_assert_cmpint (vfio->devices, ==, FERRY_ANSWER_NO);
  g_assert_cmpint (vfio->unsafe_interrupts, ==, FERRY_ANSWER_NO);
  g_assert_cmpuint (g_strv_length (vfio->groups), ==, 2);
  g_assert_true (ferry_vfio_has_group (vfio, 1));
  g_assert_true (ferry_vfio_has_group (vfio, 27));
  g_assert_false (ferry_vfio_has_group (vfio, 2));
  g_assert_false (ferry_vfio_has_group (vfio, -1));
}

static void
test_devices (void)
{
  g_autoptr (FerryTree) tree = ferry_tree_new ();
  g_autoptr (FerryRoot) root = NULL;
  g_autoptr (FerryVfio) vfio = NULL;

  ferry_tree_add_file (tree, "dev/vfio/devices/vfio0", "");
  ferry_tree_add_file (tree, "sys/module/vfio_iommu_type1/parameters/allow_unsafe_interrupts", "Y\n");
  root = ferry_tree_open (tree);
  vfio = ferry_vfio_read (root);
  g_assert_cmpint (vfio->container, ==, FERRY_ANSWER_NO);
  g_assert_cmpint (vfio->devices, ==, FERRY_ANSWER_YES);
  g_assert_cmpint (vfio->unsafe_interrupts, ==, FERRY_ANSWER_YES);
}

/* A folder that cannot be seen proves nothing. */
static void
test_hidden (void)
{
  g_autoptr (FerryTree) tree = ferry_tree_new ();
  g_autoptr (FerryRoot) root = NULL;
  g_autoptr (FerryVfio) vfio = NULL;

  ferry_tree_add_file (tree, "proc/cmdline", "");
  root = ferry_tree_open (tree);
  vfio = ferry_vfio_read (root);
  g_assert_cmpint (vfio->container, ==, FERRY_ANSWER_UNKNOWN);
  g_assert_cmpint (vfio->devices, ==, FERRY_ANSWER_UNKNOWN);
  g_assert_cmpint (vfio->unsafe_interrupts, ==, FERRY_ANSWER_UNKNOWN);
  g_assert_nonnull (vfio->groups);
  g_assert_null (vfio->groups[0]);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/vfio/groups", test_groups);
  g_test_add_func ("/vfio/devices", test_devices);
  g_test_add_func ("/vfio/hidden", test_hidden);
  return g_test_run ();
}
