/* test-address.c: the parser and the printer of PCI addresses. */
#include "config.h"

#include <string.h>

#include "facts/address.h"

static void
test_parse (void)
{
  FerryAddress address;

  g_assert_true (ferry_address_parse ("0000:01:00.0", &address));
  g_assert_cmpuint (address.domain, ==, 0);
  g_assert_cmpuint (address.bus, ==, 1);
  g_assert_cmpuint (address.slot, ==, 0);
  g_assert_cmpuint (address.function, ==, 0);

  g_assert_true (ferry_address_parse ("10000:e1:1f.7", &address));
  g_assert_cmpuint (address.domain, ==, 0x10000);
  g_assert_cmpuint (address.bus, ==, 0xe1);
  g_assert_cmpuint (address.slot, ==, 0x1f);
  g_assert_cmpuint (address.function, ==, 7);

  g_assert_true (ferry_address_parse ("ffffffff:FF:1F.7", &address));
  g_assert_cmpuint (address.domain, ==, G_MAXUINT32);
}

static void
test_refuse (void)
{
  static const char *const wrong[] = {
    "",
    "01:00.0",
    "000:01:00.0",
    "000000000:01:00.0",
    "0000:1:00.0",
    "0000:001:00.0",
    "0000:01:20.0",
    "0000:01:00.8",
    "0000:01:00.",
    "0000:01:00.00",
    "0000:01:00.0 ",
    " 0000:01:00.0",
    "0000:01:00.0\n",
    "0000:01-00.0",
    "0000:01:00:0",
    "0x00:01:00.0",
    "-000:01:00.0",
    "pci0000:00",
    "\xff\xfe",
  };
  FerryAddress address = { 7, 7, 7, 7 };

  g_assert_false (ferry_address_parse (NULL, &address));
  for (gsize i = 0; i < G_N_ELEMENTS (wrong); i++)
    if (ferry_address_parse (wrong[i], &address))
      g_error ("“%s” was taken for an address", wrong[i]);
  g_assert_cmpuint (address.domain, ==, 7);
}

static void
test_print (void)
{
  static const char *const texts[]
      = { "0000:01:00.0", "10000:e1:1f.7", "ffffffff:ff:1f.7", "000d:03:00.1" };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      FerryAddress address;
      g_autofree char *text = NULL;

      g_assert_true (ferry_address_parse (texts[i], &address));
      text = ferry_address_to_string (&address);
      g_assert_cmpstr (text, ==, texts[i]);
      g_assert_cmpuint (strlen (text), <, FERRY_ADDRESS_SIZE);
    }
}

static void
test_short (void)
{
  const FerryAddress near = { 0, 1, 0, 1 };
  const FerryAddress far = { 0x10000, 0xe1, 0, 0 };
  g_autofree char *near_text = ferry_address_to_short_string (&near);
  g_autofree char *far_text = ferry_address_to_short_string (&far);

  g_assert_cmpstr (near_text, ==, "01:00.1");
  g_assert_cmpstr (far_text, ==, "10000:e1:00.0");
}

/* Numeric, not by text: domain 10000 comes behind domain ffff. */
static void
test_order (void)
{
  const FerryAddress sorted[]
      = { { 0, 0, 0, 0 }, { 0, 0, 0, 1 },      { 0, 0, 1, 0 },       { 0, 0xff, 0, 0 },
          { 1, 0, 0, 0 }, { 0xffff, 0, 0, 0 }, { 0x10000, 0, 0, 0 }, { G_MAXUINT32, 0, 0, 0 } };

  for (gsize i = 0; i < G_N_ELEMENTS (sorted); i++)
    for (gsize j = 0; j < G_N_ELEMENTS (sorted); j++)
      {
        int result = ferry_address_compare (&sorted[i], &sorted[j]);
        g_assert_cmpint ((result > 0) - (result < 0), ==, (i > j) - (i < j));
      }
}

static void
test_same_slot (void)
{
  const FerryAddress a = { 0, 1, 0, 0 }, audio = { 0, 1, 0, 1 };
  const FerryAddress slot = { 0, 1, 1, 0 }, bus = { 0, 2, 0, 0 }, domain = { 1, 1, 0, 0 };

  g_assert_true (ferry_address_same_slot (&a, &audio));
  g_assert_false (ferry_address_same_slot (&a, &slot));
  g_assert_false (ferry_address_same_slot (&a, &bus));
  g_assert_false (ferry_address_same_slot (&a, &domain));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/address/parse", test_parse);
  g_test_add_func ("/address/refuse", test_refuse);
  g_test_add_func ("/address/print", test_print);
  g_test_add_func ("/address/short", test_short);
  g_test_add_func ("/address/order", test_order);
  g_test_add_func ("/address/same-slot", test_same_slot);
  return g_test_run ();
}
