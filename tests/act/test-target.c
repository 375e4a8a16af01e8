/* test-target.c: which files may be written, and how; also where a sandbox forbids openat2(2). */
#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <stddef.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>
#include <glib/gstdio.h>

#include "act/target.h"
#include "facts/error.h"
#include "facts/tree.h"

typedef struct
{
  FerryTree *tree;
  FerryRoot *root;
  FerryTarget *target;
} Bench;

static void
bench_open (Bench *bench)
{
  bench->tree = ferry_tree_new ();
  bench->root = ferry_tree_open (bench->tree);
  bench->target = ferry_target_new (bench->root, NULL);
  g_assert_nonnull (bench->target);
  ferry_tree_add_file (bench->tree, "etc/default/grub", "text\n");
}

static void
bench_close (Bench *bench)
{
  ferry_target_free (bench->target);
  ferry_root_unref (bench->root);
  ferry_tree_free (bench->tree);
}

static char *
full_path (Bench *bench, const char *path)
{
  return g_build_filename (ferry_tree_get_folder (bench->tree), path, NULL);
}

static void
assert_not_read (Bench *bench, const char *path)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  guint mode, uid, gid;

  g_assert_false (ferry_target_read (bench->target, path, &text, &mode, &uid, &gid, &error));
  g_assert_nonnull (error);
  g_assert_null (text);
}

static void
assert_not_made (Bench *bench, const char *path)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (ferry_target_create (bench->target, path, "x", 1, 0644, geteuid (), getegid (), &error));
  g_assert_nonnull (error);
}

/* A link is not followed, wherever it stands on the way and wherever it leads. */
static void
test_links (void)
{
  g_autofree char *outside = NULL;
  g_autofree char *name = NULL;
  Bench bench;

  bench_open (&bench);
  outside = g_dir_make_tmp ("ferry-outside-XXXXXX", NULL);
  ferry_tree_add_link (bench.tree, "etc/out", outside);
  ferry_tree_add_folder (bench.tree, "etc/deep");
  ferry_tree_add_link (bench.tree, "etc/deep/out", outside);
  ferry_tree_add_link (bench.tree, "etc/inside", "default");
  ferry_tree_add_link (bench.tree, "etc/last", "default/grub");
  ferry_tree_add_link (bench.tree, "etc/nowhere", "not/there");
  assert_not_made (&bench, "etc/out/x");
  assert_not_made (&bench, "etc/deep/out/x");
  assert_not_made (&bench, "etc/inside/x");
  assert_not_made (&bench, "etc/nowhere");
  assert_not_made (&bench, "../x");
  assert_not_made (&bench, "etc/../../x");
  assert_not_made (&bench, "/etc/x");
  assert_not_read (&bench, "etc/last");
  assert_not_read (&bench, "etc/inside/grub");
  g_assert_true (ferry_target_exists (bench.target, "etc/default/grub"));
  g_assert_true (ferry_target_exists (bench.target, "etc/nowhere"));
  g_assert_false (ferry_target_exists (bench.target, "etc/inside/grub"));
  name = g_build_filename (outside, "x", NULL);
  g_assert_false (g_file_test (name, G_FILE_TEST_EXISTS));
  g_assert_cmpint (g_rmdir (outside), ==, 0);
  bench_close (&bench);
}

/* Only plain files with one name that nobody else can write; a pipe does not make it wait. */
static void
test_kinds (void)
{
  g_autofree char *pipe = NULL;
  g_autofree char *open = NULL;
  Bench bench;

  bench_open (&bench);
  pipe = full_path (&bench, "etc/pipe");
  g_assert_cmpint (mkfifo (pipe, 0644), ==, 0);
  assert_not_read (&bench, "etc/pipe");
  assert_not_read (&bench, "etc/default");
  ferry_tree_add_file (bench.tree, "etc/open", "x");
  open = full_path (&bench, "etc/open");
  g_assert_cmpint (g_chmod (open, 0666), ==, 0);
  assert_not_read (&bench, "etc/open");
  g_assert_cmpint (g_chmod (open, 0664), ==, 0);
  assert_not_read (&bench, "etc/open");
  ferry_tree_add_bytes (bench.tree, "etc/bytes", "a\0b", 3);
  assert_not_read (&bench, "etc/bytes");
  g_assert_true (ferry_target_keep (bench.target, "etc/default/grub", "etc/default/second", NULL));
  assert_not_read (&bench, "etc/default/grub");
  bench_close (&bench);
}

static void
test_foreign_owner (void)
{
  g_autofree char *path = NULL;
  g_autofree char *folder = NULL;
  Bench bench;

  if (geteuid () != 0)
    {
      g_test_skip ("only root can give a file away");
      return;
    }
  bench_open (&bench);
  ferry_tree_add_file (bench.tree, "etc/foreign", "x");
  path = full_path (&bench, "etc/foreign");
  g_assert_cmpint (chown (path, 65534, 65534), ==, 0);
  assert_not_read (&bench, "etc/foreign");
  ferry_tree_add_folder (bench.tree, "etc/theirs");
  folder = full_path (&bench, "etc/theirs");
  g_assert_cmpint (chown (folder, 65534, 65534), ==, 0);
  assert_not_made (&bench, "etc/theirs/x");
  bench_close (&bench);
}

/* Also one further up: what is below could be exchanged as a whole. */
static void
test_way_others_can_write (void)
{
  g_autofree char *above = NULL;
  Bench bench;

  bench_open (&bench);
  ferry_tree_add_folder (bench.tree, "etc/open/deep/folder");
  above = full_path (&bench, "etc/open");
  g_assert_true (ferry_target_create (bench.target, "etc/open/deep/folder/x", "x", 1, 0644, geteuid (), getegid (), NULL));
  g_assert_cmpint (g_chmod (above, 0777), ==, 0);
  assert_not_made (&bench, "etc/open/deep/folder/y");
  bench_close (&bench);
}

static void
test_folder_others_can_write (void)
{
  g_autofree char *folder = NULL;
  Bench bench;

  bench_open (&bench);
  ferry_tree_add_folder (bench.tree, "etc/open");
  folder = full_path (&bench, "etc/open");
  g_assert_cmpint (g_chmod (folder, 0777), ==, 0);
  assert_not_made (&bench, "etc/open/x");
  g_assert_cmpint (g_chmod (folder, 01777), ==, 0);
  assert_not_made (&bench, "etc/open/x");
  bench_close (&bench);
}

static void
test_too_large (void)
{
  g_autofree char *path = NULL;
  Bench bench;

  bench_open (&bench);
  path = full_path (&bench, "etc/default/grub");
  g_assert_cmpint (truncate (path, FERRY_TARGET_MAX_SIZE + 1), ==, 0);
  assert_not_read (&bench, "etc/default/grub");
  bench_close (&bench);
}

/* proc is no disk; no path below the made-up root leads there, so this one looks at the real system. */
static void
test_no_disk (void)
{
  g_autoptr (FerryRoot) root = ferry_root_new ("/", NULL);
  g_autoptr (FerryTarget) target = ferry_target_new (root, NULL);
  g_autoptr (GError) error = NULL;

  g_assert_false (ferry_target_create (target, "proc/sys/x", "x", 1, 0644, 0, 0, &error));
  g_assert_error (error, FERRY_ERROR, FERRY_ERROR_REFUSED);
}

static void
test_mode_and_owner (void)
{
  g_autofree char *path = NULL;
  g_autofree char *text = NULL;
  guint mode, uid, gid, other = geteuid () == 0 ? 65534 : getegid ();
  mode_t mask = umask (0077);
  Bench bench;

  bench_open (&bench);
  path = full_path (&bench, "etc/default");
  g_assert_cmpint (g_chmod (path, 0755), ==, 0);
  g_assert_true (ferry_target_create (bench.target, "etc/default/new", "text\n", 5, 0640, geteuid (), other, NULL));
  g_assert_false (ferry_target_create (bench.target, "etc/default/new", "again", 5, 0640, 0, 0, NULL));
  g_assert_true (ferry_target_read (bench.target, "etc/default/new", &text, &mode, &uid, &gid, NULL));
  g_assert_cmpstr (text, ==, "text\n");
  g_assert_cmpuint (mode, ==, 0640);
  g_assert_cmpuint (uid, ==, geteuid ());
  g_assert_cmpuint (gid, ==, other);
  g_assert_true (ferry_target_rename (bench.target, "etc/default/new", "etc/default/grub", NULL));
  g_assert_false (ferry_target_exists (bench.target, "etc/default/new"));
  umask (mask);
  bench_close (&bench);
}

static void
test_folders (void)
{
  g_autoptr (GPtrArray) made = g_ptr_array_new_with_free_func (g_free);
  Bench bench;

  bench_open (&bench);
  g_assert_true (ferry_target_make_folders (bench.target, "etc/a/b/file", 0755, made, NULL));
  g_assert_cmpuint (made->len, ==, 2);
  g_assert_cmpstr (g_ptr_array_index (made, 0), ==, "etc/a");
  g_assert_cmpstr (g_ptr_array_index (made, 1), ==, "etc/a/b");
  g_assert_true (ferry_target_is_empty_folder (bench.target, "etc/a/b"));
  g_assert_false (ferry_target_is_empty_folder (bench.target, "etc/a"));
  ferry_target_remove_folder (bench.target, "etc/a");
  g_assert_true (ferry_target_exists (bench.target, "etc/a"));
  ferry_target_remove_folder (bench.target, "etc/a/b");
  ferry_target_remove_folder (bench.target, "etc/a");
  g_assert_false (ferry_target_exists (bench.target, "etc/a"));
  bench_close (&bench);
}

/* As RestrictSUIDSGID= of systemd.exec(5) does: openat2(2) is not there (seccomp(2)). */
static void
forbid_openat2 (void)
{
  struct sock_filter code[] = {
    BPF_STMT (BPF_LD | BPF_W | BPF_ABS, offsetof (struct seccomp_data, nr)),
    BPF_JUMP (BPF_JMP | BPF_JEQ | BPF_K, SYS_openat2, 0, 1),
    BPF_STMT (BPF_RET | BPF_K, SECCOMP_RET_ERRNO | ENOSYS),
    BPF_STMT (BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
  };
  struct sock_fprog program = { G_N_ELEMENTS (code), code };

  g_assert_cmpint (prctl (PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0), ==, 0);
  g_assert_cmpint (prctl (PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program), ==, 0);
  g_assert_cmpint (syscall (SYS_openat2, AT_FDCWD, ".", NULL, 0), ==, -1);
  g_assert_cmpint (errno, ==, ENOSYS);
}

static const struct
{
  const char *name;
  void (*run) (void);
} tests[] = {
  { "links", test_links },
  { "kinds", test_kinds },
  { "foreign-owner", test_foreign_owner },
  { "folder-others-can-write", test_folder_others_can_write },
  { "way-others-can-write", test_way_others_can_write },
  { "too-large", test_too_large },
  { "no-disk", test_no_disk },
  { "mode-and-owner", test_mode_and_owner },
  { "folders", test_folders },
};

static void
test_without_openat2 (gconstpointer number)
{
  if (g_test_subprocess ())
    {
      forbid_openat2 ();
      tests[GPOINTER_TO_UINT (number)].run ();
      return;
    }
  g_test_trap_subprocess (NULL, 0, G_TEST_SUBPROCESS_DEFAULT);
  g_test_trap_assert_passed ();
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    {
      g_autofree char *path = g_strconcat ("/target/", tests[i].name, NULL);
      g_autofree char *second = g_strconcat ("/target/without-openat2/", tests[i].name, NULL);

      g_test_add_func (path, tests[i].run);
      g_test_add_data_func (second, GUINT_TO_POINTER (i), test_without_openat2);
    }
  return g_test_run ();
}
