/* test-room.c: how much a computer gives, from the smallest to the largest. */
#include "config.h"

#include <string.h>

#include "facts/tree.h"
#include "guest/room.h"

#define CPU "sys/devices/system/cpu"
#define MIB (G_GUINT64_CONSTANT (1) << 20)
#define GIB (G_GUINT64_CONSTANT (1) << 30)

static const FerryRoomNeeds windows = { 4 * GIB, 8 * GIB, 2, 4, 64 * GIB, 64 * GIB };
static const FerryRoomNeeds nothing = { 0 };

static void
add_cache (FerryTree *tree, guint thread, guint cached)
{
  g_autofree char *level = g_strdup_printf (CPU "/cpu%u/cache/index3/level", thread);
  g_autofree char *list = g_strdup_printf (CPU "/cpu%u/cache/index3/shared_cpu_list", thread);
  g_autofree char *package = g_strdup_printf (CPU "/cpu%u/topology/package_cpus_list", thread);
  const guint first = thread / cached * cached;
  g_autofree char *others = g_strdup_printf ("%u-%u", first, first + cached - 1);

  ferry_tree_add_file (tree, level, "3");
  ferry_tree_add_file (tree, list, others);
  ferry_tree_add_file (tree, package, "0-31");
}

/* @threads of which two are a core and @cached share a cache, and @mib of memory. */
static FerryMachine *
make_machine (guint threads, guint cached, guint64 mib)
{
  g_autoptr (FerryTree) tree = ferry_tree_new ();
  g_autoptr (FerryRoot) root = NULL;
  g_autofree char *online = g_strdup_printf ("0-%u", threads - 1);
  g_autofree char *memory = g_strdup_printf ("MemTotal: %" G_GUINT64_FORMAT " kB\n", mib * 1024);

  if (threads > 0)
    ferry_tree_add_file (tree, CPU "/online", online);
  for (guint i = 0; i < threads; i++)
    {
      g_autofree char *path = g_strdup_printf (CPU "/cpu%u/topology/core_cpus_list", i);
      g_autofree char *pair = g_strdup_printf ("%u-%u", i / 2 * 2, i / 2 * 2 + 1);

      ferry_tree_add_file (tree, path, pair);
      if (cached > 0)
        add_cache (tree, i, cached);
    }
  if (mib > 0)
    ferry_tree_add_file (tree, "proc/meminfo", memory);
  ferry_tree_add_folder (tree, "etc");
  root = ferry_tree_open (tree);
  return ferry_machine_scan (root, NULL, NULL, NULL);
}

static void
assert_sound (const FerryRoom *room)
{
  if (room->memory_max > 0)
    {
      g_assert_cmpuint (room->memory_min, <=, room->memory_good);
      g_assert_cmpuint (room->memory_good, <=, room->memory_max);
      g_assert_cmpuint (room->memory_max, <, room->memory_total);
      g_assert_cmpuint (room->memory_good % MIB + room->memory_max % MIB, ==, 0);
    }
  else
    g_assert_cmpuint (room->memory_good, ==, 0);
  g_assert_cmpuint (room->processors_min, >=, 1);
  g_assert_cmpuint (room->processors_min, <=, room->processors_good);
  g_assert_cmpuint (room->processors_good, <=, room->processors_max);
  if (room->disk_max > 0)
    {
      g_assert_cmpuint (room->disk_min, <=, room->disk_good);
      g_assert_cmpuint (room->disk_good, <=, room->disk_max);
      g_assert_cmpuint (room->disk_good % GIB + room->disk_max % GIB, ==, 0);
    }
}

static FerryRoom
look (guint threads, guint64 mib, const FerryRoomNeeds *needs, guint64 disk_free)
{
  g_autoptr (FerryMachine) machine = make_machine (threads, 0, mib);
  FerryRoom room = ferry_room_make (machine, needs, disk_free);

  assert_sound (&room);
  return room;
}

static void
test_desktop (void)
{
  FerryRoom room = look (8, 16 * 1024, &windows, 500 * GIB);

  g_assert_cmpuint (room.memory_min, ==, 4 * GIB);
  g_assert_cmpuint (room.memory_good, ==, 8 * GIB);
  g_assert_cmpuint (room.memory_max, ==, 12 * GIB);
  g_assert_cmpuint (room.processors_min, ==, 2);
  g_assert_cmpuint (room.processors_good, ==, 4);
  g_assert_cmpuint (room.processors_max, ==, 6);
  g_assert_cmpuint (room.disk_min, ==, 64 * GIB);
  g_assert_cmpuint (room.disk_good, ==, 64 * GIB);
  g_assert_cmpuint (room.disk_max, ==, 475 * GIB);
}

static void
test_large (void)
{
  FerryRoom room = look (32, 128 * 1024, &windows, 4000 * GIB);

  g_assert_cmpuint (room.memory_good, ==, 16 * GIB);
  g_assert_cmpuint (room.memory_max, ==, 124 * GIB);
  g_assert_cmpuint (room.processors_good, ==, 8);
  g_assert_cmpuint (room.processors_max, ==, 30);
}

static void
test_small (void)
{
  FerryRoom room = look (2, 4 * 1024, &windows, 40 * GIB);
  FerryRoom plain = look (4, 4 * 1024, &nothing, 40 * GIB);
  g_autoptr (FerryGuest) guest = ferry_guest_new ();
  g_autofree char *problem = ferry_room_find_problem (&room, guest);

  /* 4 GiB cannot be had from a computer with 4 GiB, nor 64 GiB of 40. */
  g_assert_cmpuint (room.memory_max, ==, 0);
  g_assert_cmpuint (room.disk_max, ==, 0);
  g_assert_nonnull (strstr (problem, "4.0\u00a0GiB"));
  g_assert_cmpuint (plain.memory_good, ==, 2 * GIB);
  g_assert_cmpuint (plain.processors_max, ==, 2);
  g_assert_cmpuint (plain.disk_good, ==, 35 * GIB);
}

static void
test_unknown (void)
{
  FerryRoom room = look (0, 0, &nothing, 0);
  g_autoptr (FerryGuest) guest = ferry_guest_new ();
  g_autofree char *memory = ferry_room_describe_memory (&room, GIB);
  g_autofree char *processors = ferry_room_describe_processors (&room, 2);

  /* Nothing is refused that could not be seen. */
  g_assert_null (ferry_room_find_problem (&room, guest));
  g_assert_nonnull (strstr (memory, "could not see"));
  g_assert_nonnull (strstr (processors, "could not see"));
}

static void
test_hostile (void)
{
  const FerryRoomNeeds mad = { G_MAXUINT64, G_MAXUINT64, G_MAXUINT, G_MAXUINT, G_MAXUINT64, G_MAXUINT64 };

  look (8, 16 * 1024, &mad, G_MAXUINT64);
  look (1, 1, &mad, 1);
  look (1, 1, &nothing, 1);
  for (guint64 mib = 512; mib < 1024 * 1024; mib = mib * 3 / 2)
    for (guint threads = 1; threads < 200; threads = threads * 2 + 1)
      {
        look (threads, mib, &windows, mib * MIB);
        look (threads, mib, &nothing, mib * MIB * 8);
      }
}

static void
test_words (void)
{
  FerryRoom room = look (8, 16 * 1024, &windows, 500 * GIB);
  g_autofree char *memory = ferry_room_describe_memory (&room, 12 * GIB);
  g_autofree char *all = ferry_room_describe_memory (&room, 16 * GIB);
  g_autofree char *processors = ferry_room_describe_processors (&room, 6);
  g_autofree char *none = ferry_room_describe_processors (&room, 8);

  g_assert_cmpstr (memory, ==, "Your system keeps 4.0\u00a0GiB while the virtual machine runs.");
  g_assert_nonnull (strstr (all, "all the memory"));
  g_assert_cmpstr (processors, ==, "Your system keeps 2 of 8 logical processors.");
  g_assert_nonnull (strstr (none, "slow"));
}

static void
test_problems (void)
{
  FerryRoom room = look (8, 16 * 1024, &windows, 500 * GIB);
  static const struct
  {
    guint64 memory, disk;
    guint processors;
    const char *word;
  } rows[] = {
    { 8 * GIB, 64 * GIB, 4, NULL },          { 12 * GIB, 475 * GIB, 8, NULL },
    { 2 * GIB, 64 * GIB, 4, "4.0\u00a0GiB" },     { 13 * GIB, 64 * GIB, 4, "12.0\u00a0GiB" },
    { 8 * GIB, 32 * GIB, 4, "64.0\u00a0GiB" },    { 8 * GIB, 480 * GIB, 4, "475.0\u00a0GiB" },
    { 8 * GIB, 64 * GIB, 9, "8 logical" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (FerryGuest) guest = ferry_guest_new ();
      g_autofree char *problem = NULL;

      guest->memory = rows[i].memory;
      guest->processors = rows[i].processors;
      guest->disk_new = TRUE;
      guest->disk_size = rows[i].disk;
      problem = ferry_room_find_problem (&room, guest);
      if (rows[i].word == NULL)
        g_assert_null (problem);
      else
        g_assert_nonnull (strstr (problem, rows[i].word));
    }
}

/* What a system asks for does not count here; a small computer may give half. */
static void
test_excess (void)
{
  static const struct
  {
    guint gib;
    guint64 memory;
    guint processors;
    const char *word;
  } rows[] = {
    { 16, 12 * GIB, 8, NULL },          { 16, GIB / 2, 1, NULL },    { 16, 13 * GIB, 1, "12.0\u00a0GiB" },
    { 16, GIB, 9, "8 logical" },        { 2, GIB / 2, 1, NULL },     { 2, 2 * GIB, 1, "1.0\u00a0GiB" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      FerryRoom room = look (8, rows[i].gib * 1024, &windows, 500 * GIB);
      g_autoptr (FerryGuest) guest = ferry_guest_new ();
      g_autofree char *problem = NULL;

      guest->memory = rows[i].memory;
      guest->processors = rows[i].processors;
      problem = ferry_room_find_excess (&room, guest);
      if (rows[i].word == NULL)
        g_assert_null (problem);
      else
        g_assert_nonnull (strstr (problem, rows[i].word));
    }
}

/* As many as whole level 3 caches have, when that is enough. */
static void
test_caches (void)
{
  static const struct
  {
    guint threads, cached, good;
  } rows[] = { { 24, 6, 6 }, { 24, 12, 8 }, { 16, 8, 8 }, { 12, 6, 6 }, { 32, 4, 8 }, { 16, 2, 8 }, { 16, 16, 8 }, { 8, 4, 4 } };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (FerryMachine) machine = make_machine (rows[i].threads, rows[i].cached, 32 * 1024);
      const FerryRoom room = ferry_room_make (machine, &windows, 500 * GIB);

      assert_sound (&room);
      g_assert_cmpuint (room.processors_good, ==, rows[i].good);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/room/desktop", test_desktop);
  g_test_add_func ("/room/large", test_large);
  g_test_add_func ("/room/small", test_small);
  g_test_add_func ("/room/unknown", test_unknown);
  g_test_add_func ("/room/hostile", test_hostile);
  g_test_add_func ("/room/words", test_words);
  g_test_add_func ("/room/problems", test_problems);
  g_test_add_func ("/room/caches", test_caches);
  g_test_add_func ("/room/excess", test_excess);
  return g_test_run ();
}
