/* test-names-filter.c: which lines of a list of names are kept. */
#include "config.h"

#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "facts/names-filter.h"
#include "facts/tree.h"

#define LIST                                                                                       \
  "#\n# A list\n\n"                                                                                \
  "1002  AMD\n\t13c2  Another\n\t67df  Ellesmere\n\t\t1043 0517  DUAL\n"                           \
  "1043  ASUSTeK\n\t13c2  Not this\n"                                                              \
  "10DE  NVIDIA\n\t13c1  Before\n\t\t1043 8508  Wrong\n# GTX\n\t13c2  GM204\n\t# boards\n"         \
  "\t\t1043 8508  STRIX\n\t\t1458 3679  G1\n \t \n\t13C3  After\n\t\t1043 8508  Wrong\n"           \
  "ffff  Illegal\n"                                                                                \
  "S 1002\n\t8508  Not ours\n"                                                                     \
  "S 1043\n\t8508  Any STRIX\n"                                                                    \
  "C 03  Display\n\t00  VGA\n\t\t00  Plain\n"                                                      \
  "L 01  Something new\n\t13c1  Kept\n"

/* As a reader of the whole list would have it, without what names nothing. */
#define KEPT                                                                                       \
  "1043  ASUSTeK\n"                                                                                \
  "10DE  NVIDIA\n\t13c2  GM204\n\t# boards\n\t\t1043 8508  STRIX\n\t\t1458 3679  G1\n"             \
  "S 1043\n\t8508  Any STRIX\n"                                                                    \
  "C 03  Display\n\t00  VGA\n\t\t00  Plain\n"                                                      \
  "L 01  Something new\n\t13c1  Kept\n"

/* What stays of @size bytes; NULL when the filter gives up. */
static char *
filter_bytes (const char *bytes, gsize size)
{
  g_autoptr (FerryTree) tree = ferry_tree_new ();
  g_autoptr (FerryNamesFilter) filter = ferry_names_filter_new ();
  g_autoptr (GString) out = g_string_new (NULL);
  g_autofree char *path = g_build_filename (ferry_tree_get_folder (tree), "list", NULL);
  gboolean done;
  int fd;

  g_assert_true (g_file_set_contents (path, bytes, (gssize)size, NULL));
  fd = open (path, O_RDONLY | O_CLOEXEC);
  g_assert_cmpint (fd, >=, 0);
  ferry_names_filter_add (filter, 0x10de, 0x13c2, 0x1043);
  done = ferry_names_filter_read (filter, fd, out);
  close (fd);
  return done ? g_string_free (g_steal_pointer (&out), FALSE) : NULL;
}

static void
assert_filtered (const char *list, const char *kept)
{
  g_autofree char *text = filter_bytes (list, strlen (list));

  g_assert_cmpstr (text, ==, kept);
}

static void
test_lines (void)
{
  assert_filtered (LIST, KEPT);
  assert_filtered ("", "");
  assert_filtered ("10de  NVIDIA", "10de  NVIDIA\n");
  assert_filtered ("10de  NVIDIA\r\n\t13c2  GM204\r\n\r\n", "10de  NVIDIA\r\n\t13c2  GM204\r\n");
  /* What is broken is for libpci to judge. */
  assert_filtered ("C 03", "C 03\n");
  assert_filtered ("\t\t\tno\n", "\t\t\tno\n");
  assert_filtered ("10d\n10de\n\t\t1\n\t13c\n\t13c2\n\t", "10d\n10de\n\t13c2\n\t\n");
}

/* Wherever the end of a chunk falls, no line is lost or torn. */
static void
test_chunks (void)
{
  for (guint shift = 0; shift < 200; shift++)
    {
      g_autoptr (GString) list = g_string_new (NULL);
      g_autofree char *text = NULL;

      while (list->len + 100 + shift < 65535)
        g_string_append (list, "# 3456789\n");
      g_string_append_printf (list, "#%*s\n", (int)(100 - shift % 100), "");
      g_string_append (list, LIST);
      text = filter_bytes (list->str, list->len);
      g_assert_cmpstr (text, ==, KEPT);
    }
}

static void
test_gives_up (void)
{
  static const char zeros[] = "10de  NVIDIA\n#\0\n", packed[] = "\x1f\x8b\x08\0\0\0";
  g_autofree char *longest = g_strnfill (65534, '#');
  g_autofree char *endless = g_strnfill (65536, '#');
  g_autofree char *huge = g_strnfill (16 * 1024 * 1024 + 1, '\n');

  g_assert_null (filter_bytes (zeros, sizeof zeros - 1));
  g_assert_null (filter_bytes (packed, sizeof packed - 1));
  g_assert_null (filter_bytes (endless, strlen (endless)));
  g_assert_null (filter_bytes (huge, strlen (huge)));
  assert_filtered (longest, "");
}

static void
test_unreadable (void)
{
  g_autoptr (FerryNamesFilter) filter = ferry_names_filter_new ();
  g_autoptr (GString) out = g_string_new (NULL);
  int fd = open (g_get_tmp_dir (), O_RDONLY | O_DIRECTORY | O_CLOEXEC);

  g_assert_cmpint (fd, >=, 0);
  g_assert_false (ferry_names_filter_read (filter, fd, out));
  close (fd);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/names-filter/lines", test_lines);
  g_test_add_func ("/names-filter/chunks", test_chunks);
  g_test_add_func ("/names-filter/gives-up", test_gives_up);
  g_test_add_func ("/names-filter/unreadable", test_unreadable);
  return g_test_run ();
}
