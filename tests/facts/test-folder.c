/* test-folder.c: many small reads in one folder, with the rules of the root. */
#include "config.h"

#include <string.h>
#include <sys/stat.h>

#include "facts/folder.h"
#include "facts/tree.h"

static void
test_open (void)
{
  g_autoptr (FerryTree) tree = ferry_tree_new ();
  g_autoptr (FerryRoot) root = ferry_tree_open (tree);
  g_autoptr (FerryFolder) linked = NULL;

  ferry_tree_add_file (tree, "folder/file", "x");
  ferry_tree_add_link (tree, "link", "/folder");
  ferry_tree_add_link (tree, "out", "/usr");
  linked = ferry_folder_open (root, "link");
  g_assert_nonnull (linked);
  g_assert_null (ferry_folder_open (root, "nothing"));
  g_assert_null (ferry_folder_open (root, "folder/file"));
  g_assert_null (ferry_folder_open (root, "out"));
}

static void
test_read_head (void)
{
  g_autoptr (FerryTree) tree = ferry_tree_new ();
  g_autoptr (FerryRoot) root = ferry_tree_open (tree);
  g_autoptr (FerryFolder) folder = NULL;
  g_autofree char *fifo = g_build_filename (ferry_tree_get_folder (tree), "folder/fifo", NULL);
  g_autofree char *shut = g_build_filename (ferry_tree_get_folder (tree), "folder/shut", NULL);
  static const char *const refused[] = { "fifo",       "shut",   "below", "nothing", "out", "loop",
                                         "below/file", "../top", ".",     "..",      "" };
  guint8 buffer[8];

  ferry_tree_add_file (tree, "top", "top");
  ferry_tree_add_file (tree, "folder/file", "content");
  ferry_tree_add_file (tree, "folder/below/file", "x");
  ferry_tree_add_file (tree, "folder/shut", "x");
  ferry_tree_add_link (tree, "folder/linked", "../top");
  ferry_tree_add_link (tree, "folder/out", "/etc/passwd");
  ferry_tree_add_link (tree, "folder/loop", "loop");
  g_assert_cmpint (mkfifo (fifo, 0644), ==, 0);
  g_assert_cmpint (chmod (shut, 0), ==, 0);

  folder = ferry_folder_open (root, "folder");
  g_assert_cmpint (ferry_folder_read_head (folder, "file", buffer, 4), ==, 4);
  g_assert_cmpmem (buffer, 4, "cont", 4);
  g_assert_cmpint (ferry_folder_read_head (folder, "linked", buffer, 8), ==, 3);
  g_assert_cmpmem (buffer, 3, "top", 3);
  for (gsize i = 0; i < G_N_ELEMENTS (refused); i++)
    if (ferry_folder_read_head (folder, refused[i], buffer, 8) != -1)
      g_error ("“%s” was read", refused[i]);
}

static void
test_read_link (void)
{
  g_autoptr (FerryTree) tree = ferry_tree_new ();
  g_autoptr (FerryRoot) root = ferry_tree_open (tree);
  g_autoptr (FerryFolder) folder = NULL;
  g_autofree char *target = NULL;

  ferry_tree_add_file (tree, "folder/file", "x");
  ferry_tree_add_link (tree, "folder/group", "../../nowhere/7");
  ferry_tree_add_link (tree, "link", "x");
  folder = ferry_folder_open (root, "folder");
  target = ferry_folder_read_link (folder, "group");
  g_assert_cmpstr (target, ==, "../../nowhere/7");
  g_assert_null (ferry_folder_read_link (folder, "file"));
  g_assert_null (ferry_folder_read_link (folder, "nothing"));
  g_assert_null (ferry_folder_read_link (folder, "../link"));
}

static void
remember (const char *path, FerryRootEntry entry, GBytes *content, gpointer user_data)
{
  g_string_append_printf (user_data, "%s %d\n", path, entry);
}

/* The recorder hears the same as from a read through the root. */
static void
test_record (void)
{
  g_autoptr (FerryTree) tree = ferry_tree_new ();
  g_autoptr (FerryRoot) root = ferry_tree_open (tree);
  g_autoptr (GString) heard = g_string_new (NULL);
  g_autoptr (GString) expected = g_string_new (NULL);
  g_autoptr (FerryFolder) folder = NULL;
  g_autofree char *target = NULL;
  guint8 buffer[8];

  ferry_tree_add_file (tree, "folder/file", "x");
  ferry_tree_add_link (tree, "folder/group", "../7");
  ferry_tree_add_link (tree, "way", "folder");
  ferry_root_set_recorder (root, remember, heard);
  folder = ferry_folder_open (root, "way");
  g_assert_cmpint (ferry_folder_read_head (folder, "file", buffer, 8), ==, 1);
  g_assert_cmpint (ferry_folder_read_head (folder, "nothing", buffer, 8), ==, -1);
  target = ferry_folder_read_link (folder, "group");
  g_assert_nonnull (target);

  ferry_root_set_recorder (root, remember, expected);
  g_assert_cmpint (ferry_root_read_head (root, "way/file", buffer, 8), ==, 1);
  g_assert_cmpint (ferry_root_read_head (root, "way/nothing", buffer, 8), ==, -1);
  g_free (ferry_root_read_link (root, "way/group"));
  g_assert_cmpstr (heard->str, ==, expected->str);
  g_assert_nonnull (strstr (heard->str, "folder/file"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/folder/open", test_open);
  g_test_add_func ("/folder/read-head", test_read_head);
  g_test_add_func ("/folder/read-link", test_read_link);
  g_test_add_func ("/folder/record", test_record);
  return g_test_run ();
}
