/* test-board.c: names of boards and vendors, with their placeholders. */
#include "config.h"

#include "facts/board.h"

static void
assert_clean (const char *text, const char *expected)
{
  g_autofree char *clean = ferry_board_clean (text);

  g_assert_cmpstr (clean, ==, expected);
}

static void
test_clean (void)
{
  g_autofree char *endless = g_strnfill (1024 * 1024, 'x');
  g_autofree char *cut = ferry_board_clean (endless);

  assert_clean (NULL, "");
  assert_clean ("MAXIMUS VII RANGER", "MAXIMUS VII RANGER");
  assert_clean (" EVGA ", "EVGA");
  assert_clean ("Dell Inc.                ", "Dell Inc.");
  assert_clean ("a\x01\x02 b", "a b");
  assert_clean ("bad \xff byte", "bad \uFFFD byte");
  g_assert_cmpint (g_utf8_strlen (cut, -1), ==, FERRY_BOARD_MAX_NAME);
}

static void
test_placeholders (void)
{
  assert_clean ("To be filled by O.E.M.", "");
  assert_clean ("To Be Filled By O.E.M. by More String", "");
  assert_clean ("Default string", "");
  assert_clean ("System Product Name", "");
  assert_clean ("System manufacturer", "");
  assert_clean ("O.E.M", "");
  assert_clean ("All Series", "");
  assert_clean ("    ", "");
  assert_clean ("......", "");
  assert_clean ("-", "");
  assert_clean ("Rev 1.xx", "Rev 1.xx");
}

static void
assert_described (const char *vendor, const char *name, const char *expected)
{
  g_autofree char *text = ferry_board_describe (vendor, name);

  g_assert_cmpstr (text, ==, expected);
}

static void
test_describe (void)
{
  assert_described ("ASUSTeK COMPUTER INC.", "MAXIMUS VII RANGER", "ASUS MAXIMUS VII RANGER");
  assert_described ("Gigabyte Technology Co., Ltd.", "X570 AORUS ELITE",
                    "Gigabyte X570 AORUS ELITE");
  assert_described ("Micro-Star International Co., Ltd.", "B350 TOMAHAWK (MS-7A34)",
                    "MSI B350 TOMAHAWK (MS-7A34)");
  assert_described ("Hewlett-Packard", "HP Z820 Workstation", "HP Z820 Workstation");
  assert_described ("System76, Inc.", "Thelio", "System76 Thelio");
  assert_described ("Example Technology Co.,Ltd.", "One", "Example One");
  assert_described ("Framework", "Laptop 16", "Framework Laptop 16");
  assert_described ("", "One", "One");
  assert_described ("Inc.", "One", "Inc. One");
  assert_described ("ASUSTeK COMPUTER INC.", "", NULL);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/board/clean", test_clean);
  g_test_add_func ("/board/placeholders", test_placeholders);
  g_test_add_func ("/board/describe", test_describe);
  return g_test_run ();
}
