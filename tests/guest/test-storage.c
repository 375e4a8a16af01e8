/* test-storage.c: names of images, free space, and whether QEMU's user can reach a file. */
#include "config.h"

#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#include "facts/error.h"
#include "guest/medium.h"
#include "guest/storage.h"

static void
assert_name (const char *name, guint attempt, const char *wanted)
{
  g_autofree char *made = ferry_storage_make_name (name, ".qcow2", attempt);

  g_assert_cmpstr (made, ==, wanted);
}

static void
test_names (void)
{
  g_autofree char *long_name = g_strnfill (500, 'x');
  g_autofree char *made = ferry_storage_make_name (long_name, ".iso", 2);

  assert_name ("win11", 1, "win11.qcow2");
  assert_name ("win11", 2, "win11-2.qcow2");
  assert_name ("Günther's \"PC\" & <b>", 1, "Günther-s-PC-b.qcow2");
  assert_name ("../../etc/passwd", 1, "etc-passwd.qcow2");
  assert_name (".hidden", 1, "hidden.qcow2");
  assert_name ("-rf", 1, "rf.qcow2");
  assert_name ("日本 語", 1, "日本-語.qcow2");
  assert_name ("$(x); `y`", 1, "x-y.qcow2");
  assert_name ("%s\n", 3, "s-3.qcow2");
  assert_name ("", 1, "machine.qcow2");
  assert_name ("!!!", 1, "machine.qcow2");
  g_assert_cmpuint (strlen (made), <, 64);
  g_assert_true (g_str_has_suffix (made, "-2.iso"));
}

static void
test_space (void)
{
  const guint64 gib = G_GUINT64_CONSTANT (1) << 30;
  FerryStorage storage = { (char *) "default", (char *) "/images", 10 * gib, FALSE, FALSE };
  g_autoptr (GError) error = NULL;

  g_assert_true (ferry_storage_check_space (&storage, 0, &error));
  g_assert_true (ferry_storage_check_space (&storage, 9 * gib, &error));
  g_assert_false (ferry_storage_check_space (&storage, 9 * gib + 1, &error));
  g_assert_error (error, FERRY_ERROR, FERRY_ERROR_REFUSED);
  g_assert_nonnull (strstr (error->message, "/images"));
  g_clear_error (&error);
  g_assert_false (ferry_storage_check_space (&storage, G_MAXUINT64, &error));
  g_clear_error (&error);
  storage.available = 0;
  g_assert_false (ferry_storage_check_space (&storage, 1, &error));
  g_clear_error (&error);
  storage.available = G_MAXUINT64;
  g_assert_true (ferry_storage_check_space (&storage, 5000 * gib, &error));
  g_assert_no_error (error);
}

typedef struct
{
  char *folder, *home, *file;
  FerryRoot *root;
} Place;

static void
set_up (Place *place, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  place->folder = g_dir_make_tmp ("ferry-storage-XXXXXX", &error);
  g_assert_no_error (error);
  place->home = g_build_filename (place->folder, "home", "person", NULL);
  place->file = g_build_filename (place->home, "a b.iso", NULL);
  g_assert_cmpint (g_mkdir_with_parents (place->home, 0755), ==, 0);
  g_assert_true (g_file_set_contents (place->file, "image", -1, NULL));
  place->root = ferry_root_new (place->folder, &error);
  g_assert_no_error (error);
}

static void
tear_down (Place *place, gconstpointer data)
{
  g_autofree char *above = g_path_get_dirname (place->home);

  g_chmod (place->home, 0755);
  g_unlink (place->file);
  g_rmdir (place->home);
  g_rmdir (above);
  g_rmdir (place->folder);
  ferry_root_unref (place->root);
  g_free (place->folder);
  g_free (place->home);
  g_free (place->file);
}

/* Neither the owner of the files nor in their group: the tests run as anybody. */
#define STRANGER 54321

static void
test_medium (Place *place, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (FerryMedium) open = NULL, closed = NULL, root = NULL, owner = NULL, rom = NULL, fine = NULL;
  g_autofree char *sentence = NULL;

  open = ferry_medium_check (place->root, "/home/person/a b.iso", FERRY_MEDIUM_DISC, STRANGER, STRANGER, &error);
  g_assert_no_error (error);
  g_assert_true (open->reachable);
  g_assert_cmpstr (open->path, ==, "/home/person/a b.iso");
  g_assert_cmpuint (open->size, ==, 5);
  g_assert_null (ferry_medium_describe (open));

  g_chmod (place->file, 0600);
  rom = ferry_medium_check (place->root, "/home/person/a b.iso", FERRY_MEDIUM_ROM, STRANGER, STRANGER, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (rom->obstacle, ==, "/home/person/a b.iso");
  g_chmod (place->file, 0644);
  fine = ferry_medium_check (place->root, "/home/person/a b.iso", FERRY_MEDIUM_ROM, STRANGER, STRANGER, &error);
  g_assert_true (fine->reachable);

  g_chmod (place->home, 0700);
  closed = ferry_medium_check (place->root, "/home/person/a b.iso", FERRY_MEDIUM_DISC, STRANGER, STRANGER, &error);
  g_assert_no_error (error);
  g_assert_false (closed->reachable);
  g_assert_cmpstr (closed->obstacle, ==, "/home/person");
  sentence = ferry_medium_describe (closed);
  g_assert_nonnull (strstr (sentence, "“/home/person”"));

  root = ferry_medium_check (place->root, "/home/person/a b.iso", FERRY_MEDIUM_DISC, 0, 0, &error);
  g_assert_true (root->reachable);
  owner = ferry_medium_check (place->root, "/home/person/a b.iso", FERRY_MEDIUM_DISC, getuid (), STRANGER, &error);
  g_assert_true (owner->reachable);
}

static void
test_no_medium (Place *place, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (ferry_medium_check (place->root, "/home/person/gone.iso", FERRY_MEDIUM_DISC, 0, 0, &error));
  g_assert_error (error, FERRY_ERROR, FERRY_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_assert_null (ferry_medium_check (place->root, "home/person/a b.iso", FERRY_MEDIUM_DISC, 0, 0, &error));
  g_assert_error (error, FERRY_ERROR, FERRY_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_assert_null (ferry_medium_check (place->root, "/home/person", FERRY_MEDIUM_DISC, 0, 0, &error));
  g_assert_error (error, FERRY_ERROR, FERRY_ERROR_INVALID);
  g_clear_error (&error);
  g_assert_true (g_file_set_contents (place->file, "", 0, NULL));
  g_assert_null (ferry_medium_check (place->root, "/home/person/a b.iso", FERRY_MEDIUM_DISC, 0, 0, &error));
  g_assert_error (error, FERRY_ERROR, FERRY_ERROR_INVALID);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/storage/names", test_names);
  g_test_add_func ("/storage/space", test_space);
  g_test_add ("/medium/reachable", Place, NULL, set_up, test_medium, tear_down);
  g_test_add ("/medium/none", Place, NULL, set_up, test_no_medium, tear_down);
  return g_test_run ();
}
