/* test-card.c: which functions are one graphics card, on computers that people have.
 *
 * The devices are as people posted them; see also the recorded computers in tests/machines.
 */
#include "config.h"

#include <string.h>

#include "facts/card-name.h"
#include "facts/card.h"

#define ROOT "root" /* parent: on a root bus */

typedef struct
{
  const char *id;
  const char *parent; /* address, ROOT, or NULL when nobody knows */
  guint class;        /* 16 bits */
  guint16 vendor, device;
  int group;
} Row;

static int
compare (gconstpointer a, gconstpointer b)
{
  FerryDevice *first = *(FerryDevice *const *) a, *second = *(FerryDevice *const *) b;

  return ferry_address_compare (&first->address, &second->address);
}

static FerryDevice *
make_device (const Row *row)
{
  FerryDevice *device = g_object_new (FERRY_TYPE_DEVICE, NULL);

  if (!ferry_address_parse (row->id, &device->address))
    g_error ("%s is no address", row->id);
  device->id = g_strdup (row->id);
  device->class_code = row->class << 8;
  device->vendor = row->vendor;
  device->device = row->device;
  device->group = row->group;
  device->bridge = row->class >> 8 == 0x06;
  device->placed = row->parent != NULL;
  if (row->parent != NULL && !g_str_equal (row->parent, ROOT))
    device->parent_id = g_strdup (row->parent);
  device->vendor_name = g_strdup ("Maker");
  device->device_name = g_strdup ("Chip [Name]");
  device->class_name = g_strdup ("");
  device->subsystem_name = g_strdup ("");
  return device;
}

/* Lines "address+address... groups flags": i integrated, s can show. */
static char *
describe (GPtrArray *cards)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < cards->len; i++)
    {
      const FerryCard *card = g_ptr_array_index (cards, i);

      for (guint j = 0; j < card->functions->len; j++)
        {
          FerryDevice *device = g_ptr_array_index (card->functions, j);
          g_autofree char *address = ferry_address_to_short_string (&device->address);

          g_assert_true (ferry_card_has (card, device));
          g_string_append_printf (text, "%s%s", j > 0 ? "+" : "", address);
        }
      for (guint j = 0; j < card->groups->len; j++)
        g_string_append_printf (text, "%c%d", j > 0 ? ',' : ' ',
                                g_array_index (card->groups, int, j));
      g_string_append_printf (text, " %s%s\n", card->integrated ? "i" : "",
                              card->can_show ? "s" : "");
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
assert_cards (const Row *rows, gsize n, const char *expected)
{
  g_autoptr (GPtrArray) devices = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GPtrArray) cards = NULL;
  g_autofree char *text = NULL;

  for (gsize i = 0; i < n; i++)
    g_ptr_array_add (devices, make_device (&rows[i]));
  g_ptr_array_sort (devices, compare);
  cards = ferry_cards_find (devices);
  text = describe (cards);
  g_assert_cmpstr (text, ==, expected);
}

#define ASSERT_CARDS(rows, expected) assert_cards (rows, G_N_ELEMENTS (rows), expected)

/* The reference: processor graphics and a GeForce with sound, and another sound that is not its. */
static void
test_desktop (void)
{
  static const Row rows[] = {
    { "0000:00:01.0", ROOT, 0x0604, 0x8086, 0x0c01, 1 },
    { "0000:00:02.0", ROOT, 0x0300, 0x8086, 0x0412, 0 },
    { "0000:00:03.0", ROOT, 0x0403, 0x8086, 0x0c0c, 2 },
    { "0000:01:00.0", "0000:00:01.0", 0x0300, 0x10de, 0x13c2, 1 },
    { "0000:01:00.1", "0000:00:01.0", 0x0403, 0x10de, 0x0fbb, 1 },
  };

  ASSERT_CARDS (rows, "00:02.0 0 is\n01:00.0+01:00.1 1 s\n");
}

static void
test_four_functions (void)
{
  static const Row rows[] = {
    { "0000:01:00.0", "0000:00:01.0", 0x0300, 0x10de, 0x1f03, 2 },
    { "0000:01:00.1", "0000:00:01.0", 0x0403, 0x10de, 0x10f9, 2 },
    { "0000:01:00.2", "0000:00:01.0", 0x0c03, 0x10de, 0x1ada, 2 },
    { "0000:01:00.3", "0000:00:01.0", 0x0c80, 0x10de, 0x1adb, 2 },
    { "0000:02:00.0", "0000:00:1c.0", 0x0c03, 0x10de, 0x1ada, 3 },
  };

  ASSERT_CARDS (rows, "01:00.0+01:00.1+01:00.2+01:00.3 2 s\n");
}

/* A card behind its own switch: each function in a group of its own, the ports stay. */
static void
test_amd_switch (void)
{
  static const Row rows[] = {
    { "0000:00:03.1", ROOT, 0x0604, 0x1022, 0x1483, 1 },
    { "0000:05:00.0", "0000:00:03.1", 0x0604, 0x1002, 0x1478, 14 },
    { "0000:06:00.0", "0000:05:00.0", 0x0604, 0x1002, 0x1479, 15 },
    { "0000:07:00.0", "0000:06:00.0", 0x0300, 0x1002, 0x73ef, 16 },
    { "0000:07:00.1", "0000:06:00.0", 0x0403, 0x1002, 0xab28, 17 },
    { "0000:07:00.2", "0000:06:00.0", 0x0c03, 0x1002, 0x73a6, 19 },
    { "0000:07:00.3", "0000:06:00.0", 0x0c80, 0x1002, 0x73a4, 18 },
  };

  ASSERT_CARDS (rows, "07:00.0+07:00.1+07:00.2+07:00.3 16,17,18,19 s\n");
}

/* The processor's graphics: its own sound, not the processor's other functions in the slot. */
static void
test_apu (void)
{
  static const Row rows[] = {
    { "0000:0c:00.0", "0000:00:08.1", 0x0300, 0x1002, 0xfff0, 4 },
    { "0000:0c:00.1", "0000:00:08.1", 0x0403, 0x1002, 0x1637, 4 },
    { "0000:0c:00.2", "0000:00:08.1", 0x1080, 0x1022, 0x15df, 4 },
    { "0000:0c:00.3", "0000:00:08.1", 0x0c03, 0x1022, 0x1639, 4 },
    { "0000:0c:00.6", "0000:00:08.1", 0x0403, 0x1022, 0x15e3, 4 },
  };
  static const Row alone[] = { { "0000:06:00.0", "0000:00:08.1", 0x0300, 0x1002, 0x1636, 7 } };
  static const Row old[] = { { "0000:00:01.0", ROOT, 0x0300, 0x1002, 0x9996, 0 },
                             { "0000:00:01.1", ROOT, 0x0403, 0x1002, 0x9902, 0 } };

  ASSERT_CARDS (rows, "0c:00.0+0c:00.1 4 is\n");
  ASSERT_CARDS (alone, "06:00.0 7 is\n");
  ASSERT_CARDS (old, "00:01.0 0 is\n");
}

#define ARC_ROWS(root_port, upstream, left, right)                                                 \
  { "0030:00:00.0", ROOT, 0x0604, 0x1014, 0x04c1, -1 },                                            \
      { "0030:01:00.0", root_port, 0x0604, 0x8086, 0xe2ff, -1 },                                   \
      { "0030:02:01.0", upstream, 0x0604, 0x8086, 0xe2f0, -1 },                                    \
      { "0030:02:02.0", upstream, 0x0604, 0x8086, 0xe2f1, -1 },                                    \
      { "0030:03:00.0", left, 0x0300, 0x8086, 0xe20b, 4 },                                         \
  {                                                                                                \
    "0030:04:00.0", right, 0x0403, 0x8086, 0xe2f7, 5                                               \
  }

/* Arc's sound is on another bus, behind the other port of its switch; other sound is not its. */
static void
test_arc (void)
{
  static const Row placed[] = {
    ARC_ROWS ("0030:00:00.0", "0030:01:00.0", "0030:02:01.0", "0030:02:02.0"),
    { "0030:05:00.0", "0030:00:01.0", 0x0403, 0x8086, 0x1234, 6 },
  };
  static const Row flat[] = {
    ARC_ROWS (NULL, NULL, NULL, NULL),
    { "0030:05:00.0", NULL, 0x0403, 0x8086, 0x1234, 6 },
  };

  ASSERT_CARDS (placed, "0030:03:00.0+0030:04:00.0 4,5 s\n");
  ASSERT_CARDS (flat, "0030:03:00.0+0030:04:00.0 4,5 s\n");
}

/* Two Arc cards behind a switch of the board: each with its own sound. */
static void
test_two_arcs (void)
{
  static const Row rows[] = {
    { "0000:00:01.0", ROOT, 0x0604, 0x8086, 0xa70d, 1 },
    { "0000:01:00.0", "0000:00:01.0", 0x0604, 0x10b5, 0x8747, 1 },
    { "0000:02:00.0", "0000:01:00.0", 0x0604, 0x10b5, 0x8747, 1 },
    { "0000:02:01.0", "0000:01:00.0", 0x0604, 0x10b5, 0x8747, 1 },
    { "0000:03:00.0", "0000:02:00.0", 0x0604, 0x8086, 0x4fa0, 1 },
    { "0000:04:01.0", "0000:03:00.0", 0x0604, 0x8086, 0x4fa4, 1 },
    { "0000:04:04.0", "0000:03:00.0", 0x0604, 0x8086, 0x4fa4, 1 },
    { "0000:05:00.0", "0000:04:01.0", 0x0300, 0x8086, 0x56a0, 1 },
    { "0000:06:00.0", "0000:04:04.0", 0x0403, 0x8086, 0x4f90, 1 },
    { "0000:07:00.0", "0000:02:01.0", 0x0604, 0x8086, 0x4fa0, 1 },
    { "0000:08:01.0", "0000:07:00.0", 0x0604, 0x8086, 0x4fa4, 1 },
    { "0000:08:04.0", "0000:07:00.0", 0x0604, 0x8086, 0x4fa4, 1 },
    { "0000:09:00.0", "0000:08:01.0", 0x0300, 0x8086, 0x56a0, 1 },
    { "0000:0a:00.0", "0000:08:04.0", 0x0403, 0x8086, 0x4f90, 1 },
  };

  ASSERT_CARDS (rows, "05:00.0+06:00.0 1 s\n09:00.0+0a:00.0 1 s\n");
}

/* An Intel card without a switch in a Thunderbolt box must not take the box's controllers. */
static void
test_thunderbolt (void)
{
  static const Row rows[] = {
    { "0000:00:07.0", ROOT, 0x0604, 0x8086, 0x466e, 5 },
    { "0000:20:00.0", "0000:00:07.0", 0x0604, 0x8086, 0x15ea, 17 },
    { "0000:21:01.0", "0000:20:00.0", 0x0604, 0x8086, 0x15ea, 18 },
    { "0000:21:02.0", "0000:20:00.0", 0x0604, 0x8086, 0x15ea, 19 },
    { "0000:21:03.0", "0000:20:00.0", 0x0604, 0x8086, 0x15ea, 19 },
    { "0000:22:00.0", "0000:21:01.0", 0x0300, 0x8086, 0x4905, 20 },
    { "0000:23:00.0", "0000:21:02.0", 0x0c03, 0x8086, 0x15ec, 21 },
    { "0000:24:00.0", "0000:21:03.0", 0x0880, 0x8086, 0x15eb, 22 },
  };

  ASSERT_CARDS (rows, "22:00.0 20 s\n");
}

/* Two chips on one board behind a foreign switch are two cards. */
static void
test_dual_board (void)
{
  static const Row rows[] = {
    { "0000:03:00.0", "0000:00:03.0", 0x0604, 0x10b5, 0x8747, 1 },
    { "0000:04:08.0", "0000:03:00.0", 0x0604, 0x10b5, 0x8747, 1 },
    { "0000:04:10.0", "0000:03:00.0", 0x0604, 0x10b5, 0x8747, 1 },
    { "0000:05:00.0", "0000:04:08.0", 0x0300, 0x10de, 0x1188, 1 },
    { "0000:05:00.1", "0000:04:08.0", 0x0403, 0x10de, 0x0e0a, 1 },
    { "0000:06:00.0", "0000:04:10.0", 0x0300, 0x10de, 0x1188, 1 },
    { "0000:06:00.1", "0000:04:10.0", 0x0403, 0x10de, 0x0e0a, 1 },
  };

  ASSERT_CARDS (rows, "05:00.0+05:00.1 1 s\n06:00.0+06:00.1 1 s\n");
}

/* Processor graphics with a second display function; a sound of the chipset in its slot. */
static void
test_second_display (void)
{
  static const Row rows[] = {
    { "0000:00:02.0", ROOT, 0x0300, 0x8086, 0x2e32, 0 },
    { "0000:00:02.1", ROOT, 0x0380, 0x8086, 0x2e33, 0 },
    { "0000:00:02.2", ROOT, 0x0403, 0x8086, 0x2e34, 0 },
    { "0000:01:00.0", "0000:00:01.0", 0x0300, 0x1002, 0x5964, -1 },
    { "0000:01:00.1", "0000:00:01.0", 0x0380, 0x1002, 0x5d44, -1 },
  };

  ASSERT_CARDS (rows, "00:02.0+00:02.1 0 is\n01:00.0+01:00.1 s\n");
}

/* 0302 has no sockets; 0380 is a card too; 1200 only off the root bus and from three makers. */
static void
test_classes (void)
{
  static const Row rows[] = {
    { "0000:00:0b.0", ROOT, 0x1200, 0x8086, 0x7d1d, 7 },
    { "0000:01:00.0", "0000:00:01.0", 0x0302, 0x10de, 0x1fb6, 1 },
    { "0000:02:00.0", "0000:00:01.1", 0x0380, 0x1002, 0x73df, 2 },
    { "0000:03:00.0", "0000:00:01.2", 0x1200, 0x1002, 0x74a1, 3 },
    { "0000:04:00.0", "0000:00:01.3", 0x1200, 0x1da3, 0x1020, 4 },
    { "0000:05:00.0", "0000:00:01.3", 0x0400, 0x14f1, 0x8880, 5 },
  };

  ASSERT_CARDS (rows, "01:00.0 1 \n02:00.0 2 s\n03:00.0 3 \n");
}

static void
test_bmc (void)
{
  static const Row rows[] = {
    { "0000:01:00.0", "0000:00:1c.0", 0x0880, 0x103c, 0x3306, 25 },
    { "0000:01:00.1", "0000:00:1c.0", 0x0300, 0x102b, 0x0533, 25 },
    { "0000:06:00.0", "0000:05:00.0", 0x0300, 0x1a03, 0x2000, 26 },
    { "0000:07:00.0", "0000:00:1d.0", 0x0300, 0x19e5, 0x1711, 27 },
  };

  ASSERT_CARDS (rows, "");
}

/* The sound of a virtual machine's processor and a bridge in the slot are not the card's. */
static void
test_strangers_in_slot (void)
{
  static const Row rows[] = {
    { "0000:01:00.0", "0000:00:01.0", 0x0300, 0x10de, 0x13c2, 1 },
    { "0000:01:00.1", "0000:00:01.0", 0x0403, 0x1234, 0x0001, 1 },
    { "0000:01:00.2", "0000:00:01.0", 0x0604, 0x10de, 0x0002, 1 },
    { "0000:01:00.3", "0000:00:01.0", 0x0106, 0x1234, 0x0003, 1 },
    { "0000:01:01.0", "0000:00:01.0", 0x0403, 0x10de, 0x0004, 1 },
    { "0001:01:00.4", "0000:00:01.0", 0x0403, 0x10de, 0x0005, 1 },
  };

  ASSERT_CARDS (rows, "01:00.0+01:00.1 1 s\n");
}

/* Parents that do not exist, or form a circle. */
static void
test_wrong_parents (void)
{
  static const Row rows[] = {
    { "0000:01:00.0", "0000:02:00.0", 0x0604, 0x8086, 0x4fa0, -1 },
    { "0000:02:00.0", "0000:01:00.0", 0x0604, 0x8086, 0x4fa4, -1 },
    { "0000:03:00.0", "0000:02:00.0", 0x0300, 0x8086, 0x56a0, -1 },
    { "0000:04:00.0", "0000:02:00.0", 0x0403, 0x8086, 0x4f90, -1 },
    { "0000:05:00.0", "garbage", 0x0300, 0x1002, 0x67df, -1 },
    { "0000:06:00.0", "0000:06:00.0", 0x0300, 0x1002, 0x67df, -1 },
  };

  ASSERT_CARDS (rows, "03:00.0+04:00.0 s\n05:00.0 s\n06:00.0 s\n");
}

static void
test_none (void)
{
  g_autoptr (GPtrArray) devices = g_ptr_array_new ();
  g_autoptr (GPtrArray) cards = ferry_cards_find (devices);

  g_assert_cmpuint (cards->len, ==, 0);
}

/* 4,096 cards behind one switch of their own maker. */
static void
test_many (void)
{
  g_autoptr (GPtrArray) devices = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GPtrArray) cards = NULL;
  const Row ports[] = { { "0000:01:00.0", "0000:00:01.0", 0x0604, 0x8086, 0x4fa0, 1 },
                        { "0000:02:00.0", "0000:01:00.0", 0x0604, 0x8086, 0x4fa4, 1 } };
  gint64 start;

  for (gsize i = 0; i < G_N_ELEMENTS (ports); i++)
    g_ptr_array_add (devices, make_device (&ports[i]));
  for (guint i = 0; i < 4096; i++)
    {
      g_autofree char *id = g_strdup_printf ("0000:%02x:%02x.0", 3 + i / 32, i % 32);
      const Row row = { id, "0000:02:00.0", 0x0300, 0x8086, 0x56a0, (int) (i % 200) };

      g_ptr_array_add (devices, make_device (&row));
    }
  start = g_get_monotonic_time ();
  cards = ferry_cards_find (devices);
  g_test_message ("4096 cards in %" G_GINT64_FORMAT " us", g_get_monotonic_time () - start);
  g_assert_cmpint (g_get_monotonic_time () - start, <, 5 * G_USEC_PER_SEC);
  g_assert_cmpuint (cards->len, ==, 4096);
}

static void
test_outlives_devices (void)
{
  g_autoptr (GPtrArray) devices = g_ptr_array_new_with_free_func (g_object_unref);
  const Row row = { "0000:01:00.0", ROOT, 0x0300, 0x10de, 0x13c2, 1 };
  g_autoptr (GPtrArray) cards = NULL;
  const FerryCard *card;

  g_ptr_array_add (devices, make_device (&row));
  cards = ferry_cards_find (devices);
  g_ptr_array_set_size (devices, 0);
  card = g_ptr_array_index (cards, 0);
  g_assert_cmpstr (card->primary->id, ==, "0000:01:00.0");
}

static void
test_names (void)
{
  static const struct
  {
    guint16 vendor;
    const char *maker, *device, *name;
  } rows[] = {
    { 0x10de, "NVIDIA Corporation", "GM204 [GeForce GTX 970]", "GeForce GTX 970 (NVIDIA)" },
    { 0x1002, "Advanced Micro Devices, Inc. [AMD/ATI]",
      "Ellesmere [Radeon RX 470/480/570/570X/580/580X/590]", "Radeon RX 470…590 (AMD)" },
    { 0x1002, "", "Vega 10 XL/XT [Radeon RX Vega 56/64]", "Radeon RX Vega 56/64 (AMD)" },
    { 0x1002, "", "Navi 14 [Radeon RX 5500/5500M / Pro 5500M]", "Radeon RX 5500/5500M (AMD)" },
    { 0x8086, "Intel Corporation", "Raptor Lake-P [Iris Xe Graphics]", "Iris Xe Graphics (Intel)" },
    { 0x8086, "Intel Corporation", "HD Graphics 530", "HD Graphics 530 (Intel)" },
    { 0x1ab8, "Parallels, Inc.", "Virtual Card", "Virtual Card (Parallels, Inc.)" },
    { 0x1106, "Maker, Inc. [MK]", "Chip []", "Chip [] (MK)" },
    { 0x10de, "NVIDIA Corporation", "Device 13c2", "Device 13c2 (NVIDIA)" },
    { 0x10de, "", "] odd [", "] odd [ (NVIDIA)" },
    { 0x10de, "", "[/////]", "… (NVIDIA)" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (FerryDevice) device = g_object_new (FERRY_TYPE_DEVICE, NULL);
      g_autofree char *name = NULL;

      device->vendor = rows[i].vendor;
      device->vendor_name = g_strdup (rows[i].maker);
      device->device_name = g_strdup (rows[i].device);
      name = ferry_card_name_make (device);
      g_assert_cmpstr (name, ==, rows[i].name);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/card/desktop", test_desktop);
  g_test_add_func ("/card/four-functions", test_four_functions);
  g_test_add_func ("/card/amd-switch", test_amd_switch);
  g_test_add_func ("/card/apu", test_apu);
  g_test_add_func ("/card/arc", test_arc);
  g_test_add_func ("/card/two-arcs", test_two_arcs);
  g_test_add_func ("/card/thunderbolt", test_thunderbolt);
  g_test_add_func ("/card/dual-board", test_dual_board);
  g_test_add_func ("/card/second-display", test_second_display);
  g_test_add_func ("/card/classes", test_classes);
  g_test_add_func ("/card/bmc", test_bmc);
  g_test_add_func ("/card/strangers-in-slot", test_strangers_in_slot);
  g_test_add_func ("/card/wrong-parents", test_wrong_parents);
  g_test_add_func ("/card/none", test_none);
  g_test_add_func ("/card/many", test_many);
  g_test_add_func ("/card/outlives-devices", test_outlives_devices);
  g_test_add_func ("/card/names", test_names);
  return g_test_run ();
}
