/* test-mount.c: the mount table, with escapes and broken lines. */
#include "config.h"

#include "facts/mount.h"
#include "facts/tree.h"

#define TABLE                                                                                      \
  "22 1 0:21 / / rw,noatime shared:1 - btrfs /dev/nvme0n1p2 rw,subvol=/@\n"                        \
  "23 22 0:22 / /proc rw - proc proc rw\n"                                                         \
  "30 22 259:1 / /boot/efi rw,relatime shared:2 master:3 - vfat /dev/nvme0n1p1 rw\n"               \
  "31 22 8:1 / /mnt/a\\040b ro,nosuid - ext4 /dev/sda1 rw\n"                                       \
  "32 22 8:2 / /mnt/new\\012line\\777 rw - ext4 /dev/sdb\\0401 rw\n"                               \
  "33 30 8:3 / /boot/efi rw - ext4 /dev/sdc1 rw\n"

static GPtrArray *
read_table (const char *text)
{
  g_autoptr (FerryTree) tree = ferry_tree_new ();
  g_autoptr (FerryRoot) root = ferry_tree_open (tree);

  if (text != NULL)
    ferry_tree_add_file (tree, "proc/self/mountinfo", text);
  return ferry_mounts_read (root);
}

static void
test_table (void)
{
  g_autoptr (GPtrArray) mounts = read_table (TABLE);
  const FerryMount *top = ferry_mounts_find (mounts, "");
  const FerryMount *blank = ferry_mounts_find (mounts, "mnt/a b");
  const FerryMount *odd = ferry_mounts_find (mounts, "mnt/new\nline\\777");

  g_assert_cmpuint (mounts->len, ==, 6);
  g_assert_cmpstr (top->type, ==, "btrfs");
  g_assert_cmpstr (top->source, ==, "/dev/nvme0n1p2");
  g_assert_false (top->read_only);
  g_assert_true (blank->read_only);
  g_assert_cmpstr (odd->source, ==, "/dev/sdb 1");
  /* Mounted over: the last one is seen. */
  g_assert_cmpstr (ferry_mounts_find (mounts, "boot/efi")->type, ==, "ext4");
  g_assert_null (ferry_mounts_find (mounts, "boot"));
}

static void
test_broken (void)
{
  g_autoptr (GPtrArray) none = read_table (NULL);
  g_autoptr (GPtrArray) empty = read_table ("");
  g_autoptr (GPtrArray) lines = read_table ("\n1\n1 2 3 4 5 6\n1 2 3 / /x rw -\n1 2 3 / /x rw - t\n"
                                            "1 2 3 / x rw - t s\n- - - - - - - - -\n"
                                            "1 2 3 / /\xff rw - t s\n1 2 3 / /\\000 rw - t s\n");

  g_assert_null (none);
  g_assert_null (ferry_mounts_find (none, ""));
  g_assert_cmpuint (empty->len, ==, 0);
  g_assert_cmpuint (lines->len, ==, 2);
  g_assert_nonnull (ferry_mounts_find (lines, "\uFFFD"));
  g_assert_nonnull (ferry_mounts_find (lines, "?"));
}

static void
test_bound (void)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (GPtrArray) mounts = NULL;

  for (guint i = 0; i < FERRY_MOUNT_MAX + 10; i++)
    g_string_append_printf (text, "1 2 3 / /%u rw - t s\n", i);
  mounts = read_table (text->str);
  g_assert_cmpuint (mounts->len, ==, FERRY_MOUNT_MAX);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/mount/table", test_table);
  g_test_add_func ("/mount/broken", test_broken);
  g_test_add_func ("/mount/bound", test_bound);
  return g_test_run ();
}
