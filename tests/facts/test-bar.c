/* test-bar.c: the text of the file "resource". */
#include "config.h"

#include "facts/bar.h"

static void
test_bar_text (void)
{
  static const char *const wrong[] = {
    "",
    "\n",
    "0x0 0x0\n",
    "0x0 0x0 0x0",
    "x",
    "0x 0x0 0x0\n",
    "1 2 3\n",
    "0x10000000000000000 0x0 0x0\n",
    "0x-1 0x0 0x0\n",
    "0x0 0x0 0x0 0x0\n",
  };
  static const struct
  {
    const char *line;
    guint64 start, size;
  } rows[] = { { "0x0 0xffffffffffffffff 0x200", 0, 0 },
               { "0x10 0xf 0x200", 0, 0 },
               { "0x10 0x10 0x200", 0, 0 },
               { "0x0 0xfffff 0x20040200", 0, 1 << 20 },
               { "0x1000 0x1fff 0x0", 0, 0 },
               { "0x1000 0x1fff 0x10000200", 0x1000, 0x1000 } };
  FerryBar ranges[FERRY_BAR_N_RANGES];

  for (gsize i = 0; i < G_N_ELEMENTS (wrong); i++)
    g_assert_false (ferry_bars_parse (wrong[i], ranges));
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *text
          = g_strconcat (rows[i].line, "\n0x0 0x0 0x0\n0x0 0x0 0x0\n0x0 0x0 0x0\n0x0 0x0 0x0\n",
                         "0x0 0x0 0x0\n0x0 0x0 0x0\n", NULL);

      g_assert_true (ferry_bars_parse (text, ranges));
      g_assert_cmpuint (ranges[0].start, ==, rows[i].start);
      g_assert_cmpuint (ranges[0].size, ==, rows[i].size);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/bar/text", test_bar_text);
  return g_test_run ();
}
