/* test-unpack.c: opening .machine files: hostile ones, and what stays in the temporary folder. */
#include "config.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <glib/gstdio.h>

#include "facts/error.h"
#include "facts/recording.h"
#include "facts/tree.h"

#define SMALL                                                                                      \
  "{\"format\":\"ferry-machine\",\"version\":1,\"entries\":[{\"path\":\"etc/hosts\",\"type\":"     \
  "\"file\",\"text\":\"x\"}]}"

/* A folder for the file that is opened. */
typedef struct
{
  FerryTree *tree;
  char *file;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->tree = ferry_tree_new ();
  fixture->file = g_build_filename (ferry_tree_get_folder (fixture->tree), "x.machine", NULL);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  ferry_tree_free (fixture->tree);
  g_free (fixture->file);
}

static FerryRoot *
reopen (Fixture *fixture, const char *text)
{
  g_autoptr (GError) error = NULL;
  FerryRoot *root;

  g_file_set_contents (fixture->file, text, -1, &error);
  g_assert_no_error (error);
  root = ferry_recording_open (fixture->file, &error);
  g_assert_no_error (error);
  return root;
}

/* The temporary folder belongs to this test alone: see main(). */
static void
assert_nothing_left (void)
{
  g_autoptr (GDir) folder = g_dir_open (g_get_tmp_dir (), 0, NULL);
  const char *name;

  g_assert_nonnull (folder);
  while ((name = g_dir_read_name (folder)) != NULL)
    if (g_str_has_prefix (name, "ferry-machine-"))
      g_error ("“%s” was left behind", name);
}

static void
test_cleanup (Fixture *fixture, gconstpointer data)
{
  FerryRoot *opened = reopen (fixture, SMALL);
  g_autofree char *folder = g_strdup (ferry_root_get_folder (opened));
  struct stat info;

  g_assert_cmpint (stat (folder, &info), ==, 0);
  g_assert_cmpint (info.st_mode & 0777, ==, 0700);
  ferry_root_unref (ferry_root_ref (opened));
  g_assert_true (g_file_test (folder, G_FILE_TEST_IS_DIR));
  ferry_root_unref (opened);
  g_assert_false (g_file_test (folder, G_FILE_TEST_EXISTS));
  assert_nothing_left ();
}

/* A process that was killed leaves its folder; the next one removes it, but none that is in use or
 * not a folder of ours. */
static void
test_leftovers (Fixture *fixture, gconstpointer data)
{
  g_autofree char *stale = g_build_filename (g_get_tmp_dir (), "ferry-machine-STALE0", NULL);
  g_autofree char *link = g_build_filename (g_get_tmp_dir (), "ferry-machine-LINK00", NULL);
  g_autofree char *inside = g_build_filename (stale, "file", NULL);
  const struct timespec long_ago[2] = { { 1000, 0 }, { 1000, 0 } };
  FerryRoot *used = reopen (fixture, SMALL);
  FerryRoot *other;

  g_assert_cmpint (g_mkdir (stale, 0700), ==, 0);
  g_assert_true (g_file_set_contents (inside, "x", -1, NULL));
  g_assert_cmpint (symlink (ferry_tree_get_folder (fixture->tree), link), ==, 0);
  g_assert_cmpint (utimensat (AT_FDCWD, stale, long_ago, 0), ==, 0);
  g_assert_cmpint (utimensat (AT_FDCWD, link, long_ago, AT_SYMLINK_NOFOLLOW), ==, 0);
  g_assert_cmpint (utimensat (AT_FDCWD, ferry_root_get_folder (used), long_ago, 0), ==, 0);
  other = reopen (fixture, SMALL);
  g_assert_false (g_file_test (stale, G_FILE_TEST_EXISTS));
  g_assert_true (g_file_test (link, G_FILE_TEST_IS_SYMLINK));
  g_assert_true (ferry_root_exists (used, "etc/hosts"));
  g_assert_true (g_file_test (fixture->file, G_FILE_TEST_EXISTS));
  g_assert_cmpint (unlink (link), ==, 0);
  ferry_root_unref (other);
  ferry_root_unref (used);
  assert_nothing_left ();
}

/* A program that ends without dropping its reference, as after an error in a window. */
static void
test_at_exit (Fixture *fixture, gconstpointer data)
{
  if (g_test_subprocess ())
    {
      static FerryRoot *volatile kept; /* so that it is not a leak */

      kept = reopen (fixture, SMALL);
      g_print ("unpacked in %s\n", ferry_root_get_folder (kept));
      tear_down (fixture, data);
      exit (0);
    }
  g_test_trap_subprocess (NULL, 0, 0);
  g_test_trap_assert_passed ();
  g_test_trap_assert_stdout ("*ferry-machine-*");
  assert_nothing_left ();
}

#define HEAD "{\"format\":\"ferry-machine\",\"version\":1,\"entries\":["
#define FILE_ENTRY(path) "{\"path\":\"" path "\",\"type\":\"file\",\"text\":\"x\"}"
#define LINK_ENTRY(path, target)                                                                   \
  "{\"path\":\"" path "\",\"type\":\"link\",\"target\":\"" target "\"}"

static const char *const hostile[] = {
  "",
  "{}",
  "[]",
  "null",
  "not json",
  "{\"format\":\"ferry-machine\",\"version\":1}",
  "{\"format\":\"other\",\"version\":1,\"entries\":[]}",
  "{\"format\":\"ferry-machine\",\"version\":\"1\",\"entries\":[]}",
  "{\"format\":\"ferry-machine\",\"version\":1,\"entries\":{}}",
  HEAD "1]}",
  HEAD "{}]}",
  HEAD "{\"path\":1,\"type\":\"folder\"}]}",
  HEAD "{\"path\":\"a\",\"type\":\"device\"}]}",
  HEAD "{\"path\":\"a\",\"type\":\"file\"}]}",
  HEAD "{\"path\":\"a\",\"type\":\"file\",\"text\":1}]}",
  HEAD "{\"path\":\"a\",\"type\":\"file\",\"text\":\"x\",\"base64\":\"eA==\"}]}",
  HEAD "{\"path\":\"a\",\"type\":\"file\",\"base64\":\"?\"}]}",
  HEAD "{\"path\":\"a\",\"type\":\"file\",\"base64\":\"eA=\"}]}",
  HEAD "{\"path\":\"a\",\"type\":\"link\"}]}",
  HEAD "{\"path\":\"a\",\"type\":\"link\",\"target\":\"\"}]}",
  HEAD "{\"path\":\"a\",\"type\":\"folder\",\"executable\":\"yes\"}]}",
  HEAD FILE_ENTRY ("") "]}",
  HEAD FILE_ENTRY ("/etc/passwd") "]}",
  HEAD FILE_ENTRY ("../x") "]}",
  HEAD FILE_ENTRY ("a/../../x") "]}",
  HEAD FILE_ENTRY ("a/./x") "]}",
  HEAD FILE_ENTRY ("a//x") "]}",
  HEAD FILE_ENTRY ("a/") "]}",
  HEAD FILE_ENTRY (".") "]}",
  HEAD FILE_ENTRY ("a") "," FILE_ENTRY ("a") "]}",
  HEAD FILE_ENTRY ("a") "," FILE_ENTRY ("a/b") "]}",
  HEAD LINK_ENTRY ("a", "/tmp") "," FILE_ENTRY ("a/b") "]}",
  HEAD FILE_ENTRY ("a/b") "," LINK_ENTRY ("a", "/tmp") "]}",
  HEAD LINK_ENTRY ("a", "..") "," LINK_ENTRY ("a/b/c", "/etc") "]}",
  HEAD FILE_ENTRY ("a"),
};

static void
assert_refused (Fixture *fixture, const char *text, gssize size)
{
  g_autoptr (GError) error = NULL;
  FerryRoot *root;

  g_assert_true (g_file_set_contents (fixture->file, text, size, NULL));
  root = ferry_recording_open (fixture->file, &error);
  if (root != NULL)
    g_error ("accepted: %.200s", text);
  g_assert_true (error->domain == FERRY_ERROR);
  g_assert_true (g_utf8_validate (error->message, -1, NULL));
  assert_nothing_left ();
}

static void
test_hostile (Fixture *fixture, gconstpointer data)
{
  for (gsize i = 0; i < G_N_ELEMENTS (hostile); i++)
    assert_refused (fixture, hostile[i], -1);
  assert_refused (fixture, HEAD "\0]}", sizeof HEAD + 3);
  assert_refused (fixture, HEAD "{\"path\":\"\xff\",\"type\":\"folder\"}]}", -1);
}

static void
test_too_much (Fixture *fixture, gconstpointer data)
{
  g_autofree char *deep = g_strnfill (4000000, '[');
  g_autofree char *name = g_strnfill (256, 'n');
  g_autofree char *long_name
      = g_strdup_printf (HEAD "{\"path\":\"%s\",\"type\":\"folder\"}]}", name);
  g_autoptr (GString) many = g_string_new (HEAD);
  g_autoptr (GString) steps = g_string_new (HEAD "{\"type\":\"folder\",\"path\":\"");

  assert_refused (fixture, deep, -1);
  assert_refused (fixture, long_name, -1);
  for (int i = 0; i < 65; i++)
    g_string_append (steps, i > 0 ? "/d" : "d");
  g_string_append (steps, "\"}]}");
  assert_refused (fixture, steps->str, -1);
  for (int i = 0; i <= FERRY_RECORDING_MAX_ENTRIES; i++)
    g_string_append_printf (many, "%s0", i > 0 ? "," : "");
  g_string_append (many, "]}");
  assert_refused (fixture, many->str, -1);
  g_assert_cmpint (truncate (fixture->file, FERRY_RECORDING_MAX_SIZE + 1), ==, 0);
  g_assert_null (ferry_recording_open (fixture->file, NULL));
}

static void
test_newer (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  g_file_set_contents (fixture->file, "{\"format\":\"ferry-machine\",\"version\":2,\"entries\":[]}",
                       -1, NULL);
  g_assert_null (ferry_recording_open (fixture->file, &error));
  g_assert_error (error, FERRY_ERROR, FERRY_ERROR_UNSUPPORTED);
}

static void
test_not_there (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (ferry_recording_open ("/nonexistent.machine", &error));
  g_assert_error (error, FERRY_ERROR, FERRY_ERROR_NOT_FOUND);
  g_assert_nonnull (strstr (error->message, "“/nonexistent.machine”"));
  g_clear_error (&error);
  g_assert_null (ferry_recording_open ("/", &error));
  g_assert_error (error, FERRY_ERROR, FERRY_ERROR_INVALID);
}

/* A recording with nothing of a computer in it is named as the user named it, not by the folder in
 * which it was unpacked. */
static void
test_no_computer (Fixture *fixture, gconstpointer data)
{
  static const char *const texts[]
      = { HEAD "]}", HEAD "{\"path\":\"letters/a\",\"type\":\"file\",\"text\":\"\"}]}" };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *quoted = g_strdup_printf ("“%s”", fixture->file);

      g_assert_true (g_file_set_contents (fixture->file, texts[i], -1, NULL));
      g_assert_null (ferry_recording_open (fixture->file, &error));
      g_assert_error (error, FERRY_ERROR, FERRY_ERROR_NOT_FOUND);
      g_assert_nonnull (strstr (error->message, quoted));
      g_assert_null (strstr (error->message, "ferry-machine-"));
    }
}

/* Each kind of entry, as a tool that packs test data writes it. */
static void
test_kinds (Fixture *fixture, gconstpointer data)
{
  g_autoptr (FerryRoot) root = reopen (
      fixture, HEAD "{\"path\":\"usr/bin/tool\",\"type\":\"file\",\"text\":\"#!\"},"
                    "{\"path\":\"usr/bin/tool\",\"type\":\"exists\"},"
                    "{\"path\":\"usr/bin/data\",\"type\":\"exists\",\"executable\":false},"
                    "{\"path\":\"bytes\",\"type\":\"file\",\"base64\":\"AAH/\"},"
                    "{\"path\":\"empty\",\"type\":\"folder\"},"
                    "{\"path\":\"gone\",\"type\":\"link\",\"target\":\"nowhere\"},"
                    "{\"path\":\"out\",\"type\":\"link\",\"target\":\"/etc/passwd\"},"
                    "{\"path\":\"shut\",\"type\":\"unreadable\"}]}");
  g_autofree char *tool = ferry_root_read_line (root, "usr/bin/tool");
  g_autofree char *target = ferry_root_read_link (root, "gone");
  g_autofree char *outside = ferry_root_read_line (root, "out");
  g_autoptr (GBytes) bytes = ferry_root_read_bytes (root, "bytes", 10, NULL);
  g_auto (GStrv) names = ferry_root_list (root, "empty");

  g_assert_cmpstr (tool, ==, "#!");
  g_assert_true (ferry_root_is_executable (root, "usr/bin/tool"));
  g_assert_true (ferry_root_exists (root, "usr/bin/data"));
  g_assert_false (ferry_root_is_executable (root, "usr/bin/data"));
  g_assert_cmpmem (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), "\0\1\377", 3);
  g_assert_cmpuint (g_strv_length (names), ==, 0);
  g_assert_cmpstr (target, ==, "nowhere");
  g_assert_null (outside);
  g_assert_null (ferry_root_list (root, "shut"));
  g_assert_true (ferry_root_exists (root, "shut"));
}

#define ADD(name, function) g_test_add (name, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  char folder[] = P_tmpdir "/ferry-test-unpack-XXXXXX";
  gboolean subprocess = g_getenv ("FERRY_TEST_UNPACK") != NULL;
  int status;

  /* Before GLib looks, so that everything temporary is in there; a subprocess shares it. */
  if (!subprocess)
    {
      g_assert_nonnull (mkdtemp (folder));
      g_setenv ("TMPDIR", folder, TRUE);
      g_setenv ("FERRY_TEST_UNPACK", "yes", TRUE);
    }
  g_test_init (&argc, &argv, NULL);
  ADD ("/unpack/kinds", test_kinds);
  ADD ("/unpack/cleanup", test_cleanup);
  ADD ("/unpack/leftovers", test_leftovers);
  ADD ("/unpack/at-exit", test_at_exit);
  ADD ("/unpack/hostile", test_hostile);
  ADD ("/unpack/too-much", test_too_much);
  ADD ("/unpack/newer", test_newer);
  ADD ("/unpack/not-there", test_not_there);
  ADD ("/unpack/no-computer", test_no_computer);
  status = g_test_run ();
  g_assert_true (subprocess || rmdir (folder) == 0);
  return status;
}
