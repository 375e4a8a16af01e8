/* test-tuning.c: which cores a virtual machine gets, on the processors that people have. */
#include "config.h"

#include <string.h>

#include "facts/tree.h"
#include "guest/tuning.h"

#define CPU "sys/devices/system/cpu"

/* One processor: for each thread its core and its cache, and how many threads of two kinds. */
typedef struct
{
  guint threads;
  guint (*sibling) (guint id); /* NULL: one thread a core */
  guint per_cache;             /* threads; 0: one cache */
  guint fast;                  /* the first so many are performance cores; 0: all alike */
} Shape;

static guint
sibling_next (guint id)
{
  return id ^ 1;
}

static guint
sibling_far_8 (guint id)
{
  return (id + 4) % 8;
}

static guint
sibling_far_32 (guint id)
{
  return (id + 16) % 32;
}

/* A 12900K: eight fast cores with two threads, eight slow ones with one. */
static guint
sibling_hybrid (guint id)
{
  return id < 16 ? id ^ 1 : id;
}

static void
add (FerryTree *tree, guint id, const char *name, char *text)
{
  g_autofree char *path = g_strdup_printf (CPU "/cpu%u/%s", id, name);

  ferry_tree_add_file (tree, path, text);
  g_free (text);
}

/* Which threads share the cache of @id; far siblings are in the same one. */
static char *
print_cache (const Shape *shape, guint id)
{
  guint half = shape->threads / 2, size = shape->per_cache;
  guint first;

  if (size == 0)
    return g_strdup_printf ("0-%u", shape->threads - 1);
  if (shape->sibling != sibling_far_32)
    return g_strdup_printf ("%u-%u", id / size * size, id / size * size + size - 1);
  first = id % half / (size / 2) * (size / 2);
  return g_strdup_printf ("%u-%u,%u-%u", first, first + size / 2 - 1, first + half,
                          first + half + size / 2 - 1);
}

static FerryMachine *
make_machine (const Shape *shape, guint gib)
{
  g_autoptr (FerryTree) tree = ferry_tree_new ();
  g_autoptr (FerryRoot) root = NULL;
  g_autofree char *online = g_strdup_printf ("0-%u", shape->threads - 1);
  g_autofree char *memory = g_strdup_printf ("MemTotal: %u kB\n", gib * 1024 * 1024);
  FerryMachine *machine;

  ferry_tree_add_file (tree, CPU "/online", online);
  ferry_tree_add_file (tree, "proc/meminfo", memory);
  for (guint i = 0; i < shape->threads; i++)
    {
      guint other = shape->sibling != NULL ? shape->sibling (i) : i;

      add (tree, i, "topology/core_cpus_list",
           g_strdup_printf ("%u,%u", MIN (i, other), MAX (i, other)));
      add (tree, i, "topology/package_cpus_list", g_strdup (online));
      add (tree, i, "cache/index3/level", g_strdup ("3"));
      add (tree, i, "cache/index3/shared_cpu_list", print_cache (shape, i));
    }
  if (shape->fast > 0)
    {
      g_autofree char *fast = g_strdup_printf ("0-%u", shape->fast - 1);
      g_autofree char *slow = g_strdup_printf ("%u-%u", shape->fast, shape->threads - 1);

      ferry_tree_add_file (tree, "sys/devices/cpu_core/cpus", fast);
      ferry_tree_add_file (tree, "sys/devices/cpu_atom/cpus", slow);
    }
  root = ferry_tree_open (tree);
  machine = ferry_machine_scan (root, NULL, NULL, NULL);
  g_assert_true (machine->cores->known);
  return machine;
}

static FerryGuest *
make_guest (guint processors)
{
  FerryGuest *guest = ferry_guest_new ();

  guest->processors = processors;
  guest->family = FERRY_GUEST_LINUX;
  ferry_guest_set (&guest->disk, "/pool/disk.qcow2");
  return guest;
}

static char *
print_pins (const FerryTuning *tuning)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < tuning->pins->len; i++)
    g_string_append_printf (text, "%s%u", i > 0 ? " " : "", g_array_index (tuning->pins, guint, i));
  return g_string_free (text, FALSE);
}

static gboolean
has_reason (const FerryTuning *tuning, const char *word)
{
  for (guint i = 0; i < tuning->reasons->len; i++)
    if (strstr (g_ptr_array_index (tuning->reasons, i), word) != NULL)
      return TRUE;
  return FALSE;
}

/* Whatever happens, each thread is on one side, and the computer keeps a core. */
static void
assert_sound (FerryMachine *machine, const FerryGuest *guest, const FerryTuning *tuning)
{
  g_assert_cmpuint (tuning->cores * tuning->threads, ==, guest->processors);
  g_assert_cmpuint (strlen (tuning->sentence), >, 10);
  if (!tuning->pinned)
    {
      g_assert_cmpuint (tuning->pins->len, ==, 0);
      g_assert_cmpuint (tuning->rest->len, ==, 0);
      return;
    }
  g_assert_cmpuint (tuning->pins->len, ==, guest->processors);
  g_assert_cmpuint (tuning->rest->len, >, 0);
  for (guint i = 0; i < tuning->rest->len; i++)
    {
      guint id = g_array_index (tuning->rest, guint, i);

      g_assert_nonnull (ferry_cores_find (machine->cores, id));
      g_assert_false (ferry_tuning_gives (tuning, id));
    }
  for (guint i = 0; i < tuning->pins->len; i++)
    {
      guint id = g_array_index (tuning->pins, guint, i);

      g_assert_nonnull (ferry_cores_find (machine->cores, id));
      for (guint k = 0; k < i; k++)
        g_assert_cmpuint (id, !=, g_array_index (tuning->pins, guint, k));
    }
}

static FerryTuning *
assert_pins (const Shape *shape, guint processors, const char *pins, const char *rest, guint threads)
{
  g_autoptr (FerryMachine) machine = make_machine (shape, 32);
  g_autoptr (FerryGuest) guest = make_guest (processors);
  FerryTuning *tuning = ferry_tuning_make (machine, guest);
  g_autofree char *given = print_pins (tuning);
  g_autofree char *kept = ferry_cores_print_list (tuning->rest);

  assert_sound (machine, guest, tuning);
  g_assert_cmpint (tuning->pinned, ==, *pins != '\0');
  g_assert_cmpstr (given, ==, pins);
  g_assert_cmpstr (kept, ==, rest);
  g_assert_cmpuint (tuning->threads, ==, threads);
  return tuning;
}

/* A Core i7-4790K: siblings are 0 and 4, 1 and 5, ... */
static void
test_intel (void)
{
  const Shape shape = { 8, sibling_far_8, 0, 0 };
  g_autoptr (FerryTuning) six = assert_pins (&shape, 6, "1 5 2 6 3 7", "0,4", 2);
  g_autoptr (FerryTuning) four = assert_pins (&shape, 4, "2 6 3 7", "0-1,4-5", 2);
  g_autoptr (FerryTuning) odd = assert_pins (&shape, 3, "2 6 3", "0-1,4-5", 1);
  g_autoptr (FerryTuning) all = assert_pins (&shape, 8, "", "", 1);

  g_assert_cmpstr (six->sentence, ==, "The virtual machine gets 3 cores for itself; your system keeps 1 core.");
  g_assert_true (has_reason (six, "Both threads"));
  g_assert_false (has_reason (six, "cache"));
  g_assert_true (has_reason (odd, "odd number"));
  g_assert_true (has_reason (all, "Choose fewer processors"));
  g_assert_true (ferry_tuning_gives (six, 5));
  g_assert_false (ferry_tuning_gives (six, 4));
  g_assert_cmpuint (four->cores, ==, 2);
}

/* Without threads (an i5): whole cores. */
static void
test_plain (void)
{
  const Shape shape = { 4, NULL, 0, 0 };
  g_autoptr (FerryTuning) three = assert_pins (&shape, 3, "1 2 3", "0", 1);
  g_autoptr (FerryTuning) one = assert_pins (&shape, 1, "3", "0-2", 1);

  g_assert_false (has_reason (three, "threads of a core"));
  g_assert_false (has_reason (one, "odd number"));
}

/* A Ryzen 9 5950X: two caches of eight cores, siblings 0 and 16. */
static void
test_two_caches (void)
{
  const Shape shape = { 32, sibling_far_32, 16, 0 };
  g_autoptr (FerryTuning) half
      = assert_pins (&shape, 16, "8 24 9 25 10 26 11 27 12 28 13 29 14 30 15 31", "0-7,16-23", 2);
  g_autoptr (FerryTuning) more = assert_pins (
      &shape, 20, "6 22 7 23 8 24 9 25 10 26 11 27 12 28 13 29 14 30 15 31", "0-5,16-21", 2);

  g_assert_true (has_reason (half, "share one cache"));
  g_assert_true (has_reason (more, "more processors than share"));
}

/* A Ryzen 5 2600: caches of three cores; the one without the first core has six threads, the other four
 * left: a machine with four fits into both, the smaller one is taken. */
static void
test_small_caches (void)
{
  const Shape shape = { 12, sibling_next, 6, 0 };
  g_autoptr (FerryTuning) four = assert_pins (&shape, 4, "2 3 4 5", "0-1,6-11", 2);
  g_autoptr (FerryTuning) six = assert_pins (&shape, 6, "6 7 8 9 10 11", "0-5", 2);
  g_autoptr (FerryTuning) ten = assert_pins (&shape, 10, "2 3 4 5 6 7 8 9 10 11", "0-1", 2);

  g_assert_true (has_reason (six, "share one cache"));
  g_assert_false (has_reason (ten, "without detours"));
}

static void
test_hybrid (void)
{
  const Shape shape = { 24, sibling_hybrid, 0, 16 };
  g_autoptr (FerryTuning) twelve
      = assert_pins (&shape, 12, "4 5 6 7 8 9 10 11 12 13 14 15", "0-3,16-23", 2);
  g_autoptr (FerryTuning) sixteen
      = assert_pins (&shape, 16, "0 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15", "16-23", 2);
  g_autoptr (FerryTuning) mixed = assert_pins (
      &shape, 18, "6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21 22 23", "0-5", 1);

  g_assert_true (has_reason (twelve, "fast cores only"));
  g_assert_true (has_reason (sixteen, "fast cores only"));
  g_assert_true (has_reason (mixed, "not enough fast cores"));
}

/* Every number of processors on every shape: nothing is given twice, a core is kept. */
static void
test_all (void)
{
  const Shape shapes[] = { { 1, NULL, 0, 0 },           { 2, NULL, 0, 0 },
                           { 2, sibling_next, 0, 0 },   { 8, sibling_far_8, 0, 0 },
                           { 12, sibling_next, 6, 0 },  { 32, sibling_far_32, 16, 0 },
                           { 24, sibling_hybrid, 0, 16 } };

  for (guint s = 0; s < G_N_ELEMENTS (shapes); s++)
    {
      g_autoptr (FerryMachine) machine = make_machine (&shapes[s], 32);

      for (guint n = 1; n <= shapes[s].threads + 2; n++)
        {
          g_autoptr (FerryGuest) guest = make_guest (n);
          g_autoptr (FerryTuning) tuning = ferry_tuning_make (machine, guest);

          assert_sound (machine, guest, tuning);
          g_assert_true (tuning->pinned || n + 2 > shapes[s].threads);
        }
    }
}

static void
test_off (void)
{
  const Shape shape = { 8, sibling_far_8, 0, 0 };
  g_autoptr (FerryMachine) machine = make_machine (&shape, 32);
  g_autoptr (FerryGuest) guest = make_guest (4);
  g_autoptr (FerryTuning) tuning = NULL;

  guest->huge_pages = TRUE;
  guest->tuning = FALSE;
  tuning = ferry_tuning_make (machine, guest);
  assert_sound (machine, guest, tuning);
  g_assert_false (tuning->pinned);
  g_assert_false (tuning->io_thread);
  g_assert_cmpuint (tuning->huge_pages, ==, 0);
  g_assert_cmpuint (tuning->reasons->len, ==, 0);
}

static void
test_unknown (void)
{
  g_autoptr (FerryTree) tree = ferry_tree_new ();
  g_autoptr (FerryRoot) root = NULL;
  g_autoptr (FerryMachine) machine = NULL;
  g_autoptr (FerryGuest) guest = make_guest (4);
  g_autoptr (FerryTuning) tuning = NULL;

  ferry_tree_add_file (tree, "proc/cpuinfo", "processor: 0\nprocessor: 1\nprocessor: 2\n");
  root = ferry_tree_open (tree);
  machine = ferry_machine_scan (root, NULL, NULL, NULL);
  guest->huge_pages = TRUE;
  tuning = ferry_tuning_make (machine, guest);
  assert_sound (machine, guest, tuning);
  g_assert_false (tuning->pinned);
  g_assert_true (has_reason (tuning, "could not see"));
  g_assert_cmpuint (tuning->huge_pages, ==, 0);
}

static void
test_io_thread (void)
{
  const Shape shape = { 8, sibling_far_8, 0, 0 };
  g_autoptr (FerryMachine) machine = make_machine (&shape, 32);
  g_autoptr (FerryGuest) guest = make_guest (4);
  g_autoptr (FerryTuning) linux_ = ferry_tuning_make (machine, guest);
  g_autoptr (FerryTuning) windows = NULL;

  g_assert_true (linux_->io_thread);
  guest->family = FERRY_GUEST_WINDOWS;
  windows = ferry_tuning_make (machine, guest);
  g_assert_false (windows->io_thread);
}

static void
test_huge_pages (void)
{
  static const struct
  {
    guint host;        /* GiB */
    guint64 mib, pages;
  } rows[] = { { 16, 8192, 4096 }, { 16, 12288, 6144 }, { 16, 12290, 0 }, { 16, 8193, 0 }, { 2, 256, 0 } };
  const Shape shape = { 8, sibling_far_8, 0, 0 };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (FerryMachine) machine = make_machine (&shape, rows[i].host);
      g_autoptr (FerryGuest) guest = make_guest (4);
      g_autoptr (FerryTuning) tuning = NULL;

      guest->huge_pages = TRUE;
      guest->memory = rows[i].mib << 20;
      tuning = ferry_tuning_make (machine, guest);
      g_assert_cmpuint (tuning->huge_pages, ==, rows[i].pages);
      g_assert_cmpuint (tuning->huge_page, ==, rows[i].pages > 0 ? 2 << 20 : 0);
      g_assert_true (has_reason (tuning, rows[i].pages > 0 ? "huge pages of 2 MiB" : "left out"));
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/tuning/intel", test_intel);
  g_test_add_func ("/tuning/plain", test_plain);
  g_test_add_func ("/tuning/two-caches", test_two_caches);
  g_test_add_func ("/tuning/small-caches", test_small_caches);
  g_test_add_func ("/tuning/hybrid", test_hybrid);
  g_test_add_func ("/tuning/all", test_all);
  g_test_add_func ("/tuning/off", test_off);
  g_test_add_func ("/tuning/unknown", test_unknown);
  g_test_add_func ("/tuning/io-thread", test_io_thread);
  g_test_add_func ("/tuning/huge-pages", test_huge_pages);
  return g_test_run ();
}
