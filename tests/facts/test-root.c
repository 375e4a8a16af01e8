/* test-root.c: reading below one folder, and never beside it. */
#include "config.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "facts/error.h"
#include "facts/root.h"
#include "facts/tree.h"

/* A tree with a file inside and a folder beside it that no link may lead to. */
typedef struct
{
  FerryTree *tree;
  FerryTree *beside;
  FerryRoot *root;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->tree = ferry_tree_new ();
  fixture->beside = ferry_tree_new ();
  ferry_tree_add_file (fixture->beside, "secret", "beside\n");
  ferry_tree_add_file (fixture->tree, "etc/file", "first\nsecond\n");
  fixture->root = ferry_tree_open (fixture->tree);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  ferry_root_unref (fixture->root);
  ferry_tree_free (fixture->tree);
  ferry_tree_free (fixture->beside);
}

static void
assert_refused (Fixture *fixture, const char *path, int code)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = ferry_root_read_bytes (fixture->root, path, 64, &error);

  g_assert_null (bytes);
  g_assert_error (error, FERRY_ERROR, code);
  g_assert_nonnull (strstr (error->message, path));
}

static void
test_new (void)
{
  g_autoptr (GError) error = NULL;
  FerryRoot *root = ferry_root_new ("/nonexistent/folder", &error);

  g_assert_null (root);
  g_assert_error (error, FERRY_ERROR, FERRY_ERROR_NOT_FOUND);
  g_clear_error (&error);
  root = ferry_root_new ("/etc/passwd", &error);
  g_assert_null (root);
  g_assert_error (error, FERRY_ERROR, FERRY_ERROR_NOT_FOUND);
}

/* However it is spelled, the running system is the running system. */
static void
test_live (void)
{
  static const char *const spellings[] = { "/", "//", "/.", "/usr/.." };
  g_autoptr (FerryTree) tree = ferry_tree_new ();
  g_autoptr (FerryRoot) other = ferry_tree_open (tree);
  g_autofree char *link = g_build_filename (ferry_tree_get_folder (tree), "link", NULL);

  g_assert_false (ferry_root_is_live (other));
  g_assert_cmpstr (ferry_root_get_user_name (other), ==, "user");
  for (gsize i = 0; i < G_N_ELEMENTS (spellings); i++)
    {
      g_autoptr (FerryRoot) root = ferry_root_new (spellings[i], NULL);
      g_autofree char *line = ferry_root_read_line (root, "proc/self/comm");

      g_assert_true (ferry_root_is_live (root));
      g_assert_cmpstr (line, ==, "test-root");
    }
  g_assert_cmpint (symlink ("/", link), ==, 0);
  {
    g_autoptr (FerryRoot) root = ferry_root_new (link, NULL);
    g_assert_true (ferry_root_is_live (root));
  }
}

static void
test_read (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *text = ferry_root_read_text (fixture->root, "etc/file", &error);
  g_autofree char *absolute = ferry_root_read_text (fixture->root, "/etc/file", &error);
  g_autofree char *line = ferry_root_read_line (fixture->root, "etc/file");

  g_assert_no_error (error);
  g_assert_cmpstr (text, ==, "first\nsecond\n");
  g_assert_cmpstr (absolute, ==, text);
  g_assert_cmpstr (line, ==, "first");
}

static void
test_text_is_valid (Fixture *fixture, gconstpointer data)
{
  g_autofree char *broken = NULL;
  g_autofree char *nul = NULL;
  g_autofree char *empty = NULL;

  ferry_tree_add_bytes (fixture->tree, "broken", "a\xff\xfe", 3);
  ferry_tree_add_bytes (fixture->tree, "nul", "a\0b", 3);
  ferry_tree_add_bytes (fixture->tree, "empty", "", 0);
  broken = ferry_root_read_text (fixture->root, "broken", NULL);
  nul = ferry_root_read_text (fixture->root, "nul", NULL);
  empty = ferry_root_read_text (fixture->root, "empty", NULL);
  g_assert_true (g_utf8_validate (broken, -1, NULL));
  g_assert_true (g_str_has_prefix (broken, "a\xef\xbf\xbd"));
  g_assert_cmpstr (nul, ==, "a");
  g_assert_cmpstr (empty, ==, "");
}

/* One byte more than the bound is an error; the bound itself is not. */
static void
test_too_large (Fixture *fixture, gconstpointer data)
{
  g_autofree char *content = g_strnfill (65, 'x');
  g_autoptr (GBytes) bytes = NULL;

  ferry_tree_add_bytes (fixture->tree, "large", content, 65);
  ferry_tree_add_bytes (fixture->tree, "fits", content, 64);
  assert_refused (fixture, "large", FERRY_ERROR_TOO_LARGE);
  bytes = ferry_root_read_bytes (fixture->root, "fits", 64, NULL);
  g_assert_cmpuint (g_bytes_get_size (bytes), ==, 64);
}

static void
test_missing (Fixture *fixture, gconstpointer data)
{
  assert_refused (fixture, "etc/nothing", FERRY_ERROR_NOT_FOUND);
  assert_refused (fixture, "etc/file/below", FERRY_ERROR_NOT_FOUND);
  g_assert_null (ferry_root_list (fixture->root, "nothing"));
  g_assert_null (ferry_root_list (fixture->root, "etc/file"));
  g_assert_null (ferry_root_resolve (fixture->root, "nothing"));
  g_assert_null (ferry_root_read_link (fixture->root, "etc/file"));
  g_assert_null (ferry_root_read_line (fixture->root, "nothing"));
  g_assert_false (ferry_root_exists (fixture->root, "nothing"));
}

static void
test_not_a_file (Fixture *fixture, gconstpointer data)
{
  g_autofree char *fifo = g_build_filename (ferry_tree_get_folder (fixture->tree), "fifo", NULL);

  g_assert_cmpint (mkfifo (fifo, 0644), ==, 0);
  assert_refused (fixture, "fifo", FERRY_ERROR_INVALID);
  assert_refused (fixture, "etc", FERRY_ERROR_INVALID);
}

static void
test_unreadable (Fixture *fixture, gconstpointer data)
{
  g_autofree char *file = g_build_filename (ferry_tree_get_folder (fixture->tree), "shut", NULL);
  gboolean was_root = geteuid () == 0;

  ferry_tree_add_file (fixture->tree, "shut", "x");
  g_assert_cmpint (chmod (file, 0), ==, 0);
  if (was_root)
    {
      g_assert_cmpint (chmod (ferry_tree_get_folder (fixture->tree), 0755), ==, 0);
      g_assert_cmpint (seteuid (65534), ==, 0);
    }
  assert_refused (fixture, "shut", FERRY_ERROR_DENIED);
  g_assert_true (ferry_root_exists (fixture->root, "shut"));
  if (was_root)
    g_assert_cmpint (seteuid (0), ==, 0);
}

/* The way out of a root: by "..", by an absolute link, by a link in the middle. */
static void
test_links_stay_inside (Fixture *fixture, gconstpointer data)
{
  const char *beside = ferry_tree_get_folder (fixture->beside);
  g_autofree char *name = g_path_get_basename (beside);
  g_autofree char *secret = g_build_filename (beside, "secret", NULL);
  g_autofree char *up = g_strdup_printf ("../../../../../../../..%s", secret);
  g_autofree char *sideways = g_build_filename ("..", name, "secret", NULL);
  g_autofree char *line = NULL;

  ferry_tree_add_link (fixture->tree, "absolute", secret);
  ferry_tree_add_link (fixture->tree, "up", up);
  ferry_tree_add_link (fixture->tree, "folder", beside);
  ferry_tree_add_link (fixture->tree, "etc/inside", "/etc/file");
  assert_refused (fixture, "absolute", FERRY_ERROR_NOT_FOUND);
  assert_refused (fixture, "up", FERRY_ERROR_NOT_FOUND);
  assert_refused (fixture, "folder/secret", FERRY_ERROR_NOT_FOUND);
  assert_refused (fixture, sideways, FERRY_ERROR_NOT_FOUND);
  g_assert_null (ferry_root_list (fixture->root, "folder"));
  g_assert_false (ferry_root_exists (fixture->root, "absolute"));
  line = ferry_root_read_line (fixture->root, "etc/inside");
  g_assert_cmpstr (line, ==, "first");
}

static void
test_loop (Fixture *fixture, gconstpointer data)
{
  ferry_tree_add_link (fixture->tree, "a", "b");
  ferry_tree_add_link (fixture->tree, "b", "a");
  ferry_tree_add_link (fixture->tree, "self", "self/self");
  assert_refused (fixture, "a", FERRY_ERROR_NOT_FOUND);
  assert_refused (fixture, "self", FERRY_ERROR_NOT_FOUND);
  g_assert_null (ferry_root_resolve (fixture->root, "a"));
  g_assert_null (ferry_root_list (fixture->root, "self"));
}

static void
test_links (Fixture *fixture, gconstpointer data)
{
  g_autofree char *dangling = NULL;
  g_autofree char *resolved = NULL;

  ferry_tree_add_link (fixture->tree, "dangling", "../nowhere/7");
  ferry_tree_add_link (fixture->tree, "way", "etc");
  ferry_tree_add_link (fixture->tree, "etc/again", "/way/../etc/./file");
  dangling = ferry_root_read_link (fixture->root, "dangling");
  g_assert_cmpstr (dangling, ==, "../nowhere/7");
  g_assert_null (ferry_root_resolve (fixture->root, "dangling"));
  resolved = ferry_root_resolve (fixture->root, "way/again");
  g_assert_cmpstr (resolved, ==, "etc/file");
}

static void
test_list (Fixture *fixture, gconstpointer data)
{
  g_auto (GStrv) names = NULL;

  ferry_tree_add_file (fixture->tree, "list/10", "");
  ferry_tree_add_file (fixture->tree, "list/2", "");
  ferry_tree_add_link (fixture->tree, "list/.hidden", "nowhere");
  names = ferry_root_list (fixture->root, "list");
  g_assert_cmpuint (g_strv_length (names), ==, 3);
  g_assert_cmpstr (names[0], ==, ".hidden");
  g_assert_cmpstr (names[1], ==, "10");
  g_assert_cmpstr (names[2], ==, "2");
}

static void
test_number (Fixture *fixture, gconstpointer data)
{
  static const struct
  {
    const char *text;
    gboolean good;
    guint64 value;
  } rows[] = { { "42\n", TRUE, 42 },
               { "  7  ", TRUE, 7 },
               { "0x10de\n", TRUE, 0x10de },
               { "18446744073709551615", TRUE, G_MAXUINT64 },
               { "18446744073709551616", FALSE, 0 },
               { "-1", FALSE, 0 },
               { "+1", FALSE, 0 },
               { "1 2", FALSE, 0 },
               { "0x", FALSE, 0 },
               { "", FALSE, 0 },
               { "ten", FALSE, 0 } };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      guint64 value = 5;

      ferry_tree_add_file (fixture->tree, "number", rows[i].text);
      g_assert_cmpint (ferry_root_read_number (fixture->root, "number", &value), ==, rows[i].good);
      g_assert_cmpuint (value, ==, rows[i].good ? rows[i].value : 5);
    }
  g_assert_false (ferry_root_read_number (fixture->root, "nothing", &(guint64){ 0 }));
}

static void
test_head (Fixture *fixture, gconstpointer data)
{
  guint8 buffer[8];

  g_assert_cmpint (ferry_root_read_head (fixture->root, "etc/file", buffer, 5), ==, 5);
  g_assert_cmpmem (buffer, 5, "first", 5);
  ferry_tree_add_file (fixture->tree, "tiny", "ab");
  g_assert_cmpint (ferry_root_read_head (fixture->root, "tiny", buffer, 8), ==, 2);
  g_assert_cmpint (ferry_root_read_head (fixture->root, "nothing", buffer, 8), ==, -1);
  g_assert_cmpint (ferry_root_read_head (fixture->root, "etc", buffer, 8), ==, -1);
}

static void
test_program (Fixture *fixture, gconstpointer data)
{
  g_autofree char *full
      = g_build_filename (ferry_tree_get_folder (fixture->tree), "usr/bin/tool", NULL);
  g_autofree char *found = NULL;

  ferry_tree_add_file (fixture->tree, "usr/bin/tool", "#!");
  ferry_tree_add_folder (fixture->tree, "usr/sbin/tool");
  g_assert_null (ferry_root_find_program (fixture->root, "tool"));
  g_assert_cmpint (chmod (full, 0755), ==, 0);
  found = ferry_root_find_program (fixture->root, "tool");
  g_assert_cmpstr (found, ==, "usr/bin/tool");
}

/* "path kind content" of everything that the recorder heard, once each. */
static void
remember (const char *path, FerryRootEntry entry, GBytes *content, gpointer user_data)
{
  static const char *const kinds[] = { "file",   "folder",  "link",
                                       "exists", "program", "unreadable" };
  GHashTable *heard = user_data;
  g_autofree char *text = NULL;

  if (content != NULL)
    text = g_strndup (g_bytes_get_data (content, NULL), g_bytes_get_size (content));
  g_hash_table_add (heard, g_strdup_printf ("%s %s%s%s", path, kinds[entry],
                                            text != NULL ? " " : "", text != NULL ? text : ""));
}

static void
assert_heard (GHashTable *heard, const char *line)
{
  if (!g_hash_table_contains (heard, line))
    g_error ("the recorder did not hear “%s”", line);
}

static void
test_record (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GHashTable) heard = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autofree char *line = NULL;
  g_autofree char *target = NULL;
  guint8 buffer[2];

  ferry_tree_add_link (fixture->tree, "way", "etc");
  ferry_tree_add_link (fixture->tree, "group", "../7");
  ferry_root_set_recorder (fixture->root, remember, heard);
  line = ferry_root_read_line (fixture->root, "way/file");
  assert_heard (heard, "way link etc");
  assert_heard (heard, "etc/file file first\nsecond\n");
  target = ferry_root_read_link (fixture->root, "group");
  assert_heard (heard, "group link ../7");
  g_assert_false (ferry_root_exists (fixture->root, "nothing"));
  g_assert_cmpuint (g_hash_table_size (heard), ==, 3);
  ferry_root_read_head (fixture->root, "etc/file", buffer, 2);
  assert_heard (heard, "etc/file file fi");
}

/* A list is recorded with what each name is; a name that leads nowhere is a link and no more. */
static void
test_record_list (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GHashTable) heard = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_auto (GStrv) names = NULL;

  ferry_tree_add_folder (fixture->tree, "devices/one");
  ferry_tree_add_file (fixture->tree, "list/file", "x");
  ferry_tree_add_link (fixture->tree, "list/dangling", "nowhere");
  ferry_tree_add_link (fixture->tree, "list/one", "../devices/one");
  ferry_root_set_recorder (fixture->root, remember, heard);
  names = ferry_root_list (fixture->root, "list");
  g_assert_cmpuint (g_strv_length (names), ==, 3);
  assert_heard (heard, "list folder");
  assert_heard (heard, "list/file exists");
  assert_heard (heard, "list/one link ../devices/one");
  assert_heard (heard, "devices/one folder");
  assert_heard (heard, "list/dangling link nowhere");
  g_assert_cmpuint (g_hash_table_size (heard), ==, 5);
}

/* What could not be read is told too, and answers root as it answers everybody. */
static void
test_record_failures (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GHashTable) heard = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autofree char *hidden = NULL;
  g_autofree char *closed = NULL;

  ferry_tree_add_file (fixture->tree, "hidden", "secret");
  ferry_tree_add_file (fixture->tree, "closed/file", "secret");
  hidden = g_build_filename (ferry_tree_get_folder (fixture->tree), "hidden", NULL);
  closed = g_build_filename (ferry_tree_get_folder (fixture->tree), "closed", NULL);
  g_assert_cmpint (chmod (hidden, 0), ==, 0);
  g_assert_cmpint (chmod (closed, 0311), ==, 0);
  ferry_root_set_recorder (fixture->root, remember, heard);
  assert_refused (fixture, "hidden", FERRY_ERROR_DENIED);
  g_assert_null (ferry_root_list (fixture->root, "closed"));
  g_assert_null (ferry_root_list (fixture->root, "nothing"));
  assert_heard (heard, "hidden unreadable");
  assert_heard (heard, "closed unreadable");
  g_assert_cmpuint (g_hash_table_size (heard), ==, 2);
  g_assert_cmpint (chmod (closed, 0755), ==, 0);
}

static void
mark (gpointer data)
{
  *(gboolean *) data = TRUE;
}

static void
test_cleanup (void)
{
  g_autoptr (FerryTree) tree = ferry_tree_new ();
  FerryRoot *root = ferry_tree_open (tree);
  gboolean called = FALSE;

  ferry_root_set_cleanup (root, mark, &called);
  ferry_root_unref (ferry_root_ref (root));
  g_assert_false (called);
  ferry_root_unref (root);
  g_assert_true (called);
}

#define ADD(name, function) g_test_add (name, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/root/new", test_new);
  g_test_add_func ("/root/live", test_live);
  ADD ("/root/read", test_read);
  ADD ("/root/text-is-valid", test_text_is_valid);
  ADD ("/root/too-large", test_too_large);
  ADD ("/root/missing", test_missing);
  ADD ("/root/not-a-file", test_not_a_file);
  ADD ("/root/unreadable", test_unreadable);
  ADD ("/root/links-stay-inside", test_links_stay_inside);
  ADD ("/root/loop", test_loop);
  ADD ("/root/links", test_links);
  ADD ("/root/list", test_list);
  ADD ("/root/number", test_number);
  ADD ("/root/head", test_head);
  ADD ("/root/program", test_program);
  ADD ("/root/record", test_record);
  ADD ("/root/record-list", test_record_list);
  ADD ("/root/record-failures", test_record_failures);
  g_test_add_func ("/root/cleanup", test_cleanup);
  return g_test_run ();
}
