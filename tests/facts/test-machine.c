/* test-machine.c: the snapshot as a whole: order, threads, groups, nothing at all. */
#include "config.h"

#include <gio/gio.h>

#include "facts/error.h"
#include "facts/machine.h"
#include "facts/tree.h"

static void
add_card (FerryTree *tree, const char *address, guint32 class_code, guint16 device,
          const char *group)
{
  ferry_tree_add_device (tree, &(FerryTreeDevice){ .address = address,
                                                   .class_code = class_code,
                                                   .vendor = 0x10de,
                                                   .device = device,
                                                   .group = group });
}

static FerryTree *
make_tree (void)
{
  FerryTree *tree = ferry_tree_new ();

  add_card (tree, "0000:02:00.0", 0x030000, 0x1b80, "10");
  add_card (tree, "0000:01:00.1", 0x040300, 0x0fbb, "2");
  add_card (tree, "0000:01:00.0", 0x030000, 0x13c2, "2");
  add_card (tree, "0000:03:00.0", 0x020000, 0x0001, NULL);
  ferry_tree_add_file (tree, "proc/cmdline", "quiet\n");
  ferry_tree_add_file (tree, "etc/os-release", "ID=manjaro\n");
  return tree;
}

static void
remember (const char *part, gpointer user_data)
{
  g_ptr_array_add (user_data, g_strdup (part));
}

static void
test_parts (void)
{
  static const char *const expected[]
      = { "processor", "firmware", "kernel", "iommu",     "devices",
          "needs",     "cards",    "loader", "initramfs", "system" };
  g_autoptr (FerryTree) tree = make_tree ();
  g_autoptr (FerryRoot) root = ferry_tree_open (tree);
  g_autoptr (GPtrArray) parts = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GError) error = NULL;
  g_autoptr (FerryMachine) machine = ferry_machine_scan (root, remember, parts, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (parts->len, >=, G_N_ELEMENTS (expected));
  for (gsize i = 0; i < G_N_ELEMENTS (expected); i++)
    g_assert_cmpstr (g_ptr_array_index (parts, i), ==, expected[i]);
  g_assert_true (machine->root == root);
  g_assert_cmpstr (machine->system->id, ==, "manjaro");
  g_assert_cmpuint (machine->devices->len, ==, 4);
  g_assert_cmpuint (machine->cards->len, ==, 2);
}

static void
test_groups (void)
{
  g_autoptr (FerryTree) tree = make_tree ();
  g_autoptr (FerryRoot) root = ferry_tree_open (tree);
  g_autoptr (FerryMachine) machine = ferry_machine_scan (root, NULL, NULL, NULL);
  g_autoptr (GArray) groups = ferry_machine_list_groups (machine);
  g_autoptr (GPtrArray) two = ferry_machine_list_group (machine, 2);
  g_autoptr (GPtrArray) none = ferry_machine_list_group (machine, 3);
  g_autoptr (GPtrArray) outside = ferry_machine_list_group (machine, FERRY_DEVICE_NO_GROUP);

  /* By number, not by text: 10 comes after 2. */
  g_assert_cmpuint (groups->len, ==, 2);
  g_assert_cmpint (g_array_index (groups, int, 0), ==, 2);
  g_assert_cmpint (g_array_index (groups, int, 1), ==, 10);
  g_assert_cmpuint (two->len, ==, 2);
  g_assert_cmpstr (FERRY_DEVICE (g_ptr_array_index (two, 0))->id, ==, "0000:01:00.0");
  g_assert_cmpstr (FERRY_DEVICE (g_ptr_array_index (two, 1))->id, ==, "0000:01:00.1");
  g_assert_cmpuint (none->len, ==, 0);
  g_assert_cmpuint (outside->len, ==, 0);
}

static void
test_no_computer (void)
{
  g_autoptr (FerryTree) tree = ferry_tree_new ();
  g_autoptr (FerryRoot) root = ferry_tree_open (tree);
  g_autoptr (GError) error = NULL;

  g_assert_null (ferry_machine_scan (root, NULL, NULL, &error));
  g_assert_error (error, FERRY_ERROR, FERRY_ERROR_NOT_FOUND);
}

/* A computer of which almost nothing is visible is still a computer. */
static void
test_almost_nothing (void)
{
  g_autoptr (FerryTree) tree = ferry_tree_new ();
  g_autoptr (FerryRoot) root = ferry_tree_open (tree);
  g_autoptr (FerryMachine) machine = NULL;
  g_autoptr (GArray) groups = NULL;
  g_autoptr (GError) error = NULL;

  ferry_tree_add_folder (tree, "etc");
  machine = ferry_machine_scan (root, NULL, NULL, &error);
  g_assert_no_error (error);
  groups = ferry_machine_list_groups (machine);
  g_assert_cmpuint (machine->devices->len, ==, 0);
  g_assert_cmpuint (machine->cards->len, ==, 0);
  g_assert_cmpuint (groups->len, ==, 0);
  g_assert_cmpint (machine->iommu->enabled, ==, FERRY_ANSWER_UNKNOWN);
  g_assert_cmpint (machine->firmware->uefi, ==, FERRY_ANSWER_UNKNOWN);
}

static gpointer
scan_in_thread (gpointer data)
{
  return ferry_machine_scan (data, NULL, NULL, NULL);
}

static void
test_threads (void)
{
  g_autoptr (FerryTree) tree = make_tree ();
  g_autoptr (FerryRoot) root = ferry_tree_open (tree);
  GThread *threads[4];

  for (gsize i = 0; i < G_N_ELEMENTS (threads); i++)
    threads[i] = g_thread_new ("scan", scan_in_thread, root);
  for (gsize i = 0; i < G_N_ELEMENTS (threads); i++)
    {
      g_autoptr (FerryMachine) machine = g_thread_join (threads[i]);

      g_assert_cmpuint (machine->devices->len, ==, 4);
    }
}

/* The snapshot lets go of everything, and keeps the root alive as long as it lives. */
static void
test_lifetime (void)
{
  g_autoptr (FerryTree) tree = make_tree ();
  FerryRoot *root = ferry_tree_open (tree);
  FerryMachine *machine = ferry_machine_scan (root, NULL, NULL, NULL);
  gpointer device = g_ptr_array_index (machine->devices, 0);
  gpointer watched = machine;

  ferry_root_unref (root);
  g_assert_cmpstr (ferry_root_get_folder (machine->root), ==, ferry_tree_get_folder (tree));
  g_object_add_weak_pointer (G_OBJECT (machine), &watched);
  g_object_add_weak_pointer (G_OBJECT (device), &device);
  g_object_unref (machine);
  g_assert_null (watched);
  g_assert_null (device);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/machine/parts", test_parts);
  g_test_add_func ("/machine/groups", test_groups);
  g_test_add_func ("/machine/no-computer", test_no_computer);
  g_test_add_func ("/machine/almost-nothing", test_almost_nothing);
  g_test_add_func ("/machine/threads", test_threads);
  g_test_add_func ("/machine/lifetime", test_lifetime);
  return g_test_run ();
}
