/* test-paragraph.c: text for a terminal: nothing in it can take over the terminal. */
#include "config.h"

#include <locale.h>
#include <string.h>

#include "plan/paragraph.h"

static void
test_clean (void)
{
  static const char *const rows[][2] = {
    { "GeForce GTX 970", "GeForce GTX 970" },
    { "red \x1b[31m", "red \\x1b[31m" },
    { "two\nlines\r\t", "two\\x0alines\\x0d\\x09" },
    { "csi \xc2\x9b", "csi \\x9b" },
    { "turned \xe2\x80\xae", "turned \\u202e" },
    { "bytes \xff\xfe", "bytes \xef\xbf\xbd\xef\xbf\xbd" },
    { "Grüße, 日本", "Grüße, 日本" },
    { "\x7f", "\\x7f" },
    { NULL, "" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *clean = ferry_paragraph_clean (rows[i][0]);
      g_assert_cmpstr (clean, ==, rows[i][1]);
    }
}

static void
test_shorten (void)
{
  g_autofree char *huge = g_strnfill (1000000, 'x');
  g_autofree char *cut = ferry_paragraph_shorten (huge, 5);
  g_autofree char *whole = ferry_paragraph_shorten ("xäöüx", 5);
  g_autofree char *controls = ferry_paragraph_shorten ("\x1b\x1b\x1b", 6);

  g_assert_cmpstr (cut, ==, "xxxxx…");
  g_assert_cmpstr (whole, ==, "xäöüx");
  g_assert_cmpstr (controls, ==, "\\x1b\\x…");
}

static void
test_escape_json (void)
{
  g_autofree char *safe = ferry_paragraph_escape_json ("{\n \"a\": \"\xc2\x9b\xe2\x80\xae ü\"}");

  g_assert_cmpstr (safe, ==, "{\n \"a\": \"\\u009b\\u202e ü\"}");
}

static void
test_append (void)
{
  g_autoptr (GString) out = g_string_new (NULL);

  ferry_paragraph_append (out, "- ", "  ", NULL);
  ferry_paragraph_append (out, "- ", "  ", "");
  g_assert_cmpstr (out->str, ==, "");
  ferry_paragraph_append (out, "- ", "  ", "one  two\nthree\x1b");
  g_assert_cmpstr (out->str, ==, "- one two\n  three\\x1b\n");
}

static void
test_append_breaks (void)
{
  g_autoptr (GString) out = g_string_new (NULL);
  g_auto (GStrv) lines = NULL;
  g_autofree char *long_word = g_strnfill (200, 'w');
  g_autofree char *text = g_strdup_printf (
    "Ein Satz, der für eine einzige Zeile zu lang ist, damit er an einem Leerzeichen gebrochen "
    "wird und 日本語日本語日本語日本語日本語日本語日本語日本語日本語日本語日本語 %s end",
    long_word);

  ferry_paragraph_append (out, "  > ", "    ", text);
  lines = g_strsplit (out->str, "\n", -1);
  g_assert_cmpuint (g_strv_length (lines), ==, 6);
  for (guint i = 0; i < 5; i++)
    {
      g_assert_true (g_str_has_prefix (lines[i], i == 0 ? "  > " : "    "));
      g_assert_cmpint (g_utf8_strlen (lines[i], -1), <=, strstr (lines[i], "www") ? 204 : 79);
    }
  g_assert_cmpstr (lines[4], ==, "    end");
}

int
main (int argc, char **argv)
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/paragraph/clean", test_clean);
  g_test_add_func ("/paragraph/shorten", test_shorten);
  g_test_add_func ("/paragraph/escape-json", test_escape_json);
  g_test_add_func ("/paragraph/append", test_append);
  g_test_add_func ("/paragraph/append-breaks", test_append_breaks);
  return g_test_run ();
}
