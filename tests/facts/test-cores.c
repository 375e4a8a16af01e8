/* test-cores.c: which threads share a core, a cache and a chip, on made-up processors. */
#include "config.h"

#include <glib/gstdio.h>

#include "facts/cores.h"
#include "facts/recording.h"
#include "facts/tree.h"

#define CPU "sys/devices/system/cpu"

static void
add (FerryTree *tree, guint id, const char *name, const char *text)
{
  g_autofree char *path = g_strdup_printf (CPU "/cpu%u/%s", id, name);
  g_autofree char *line = g_strdup_printf ("%s\n", text);

  ferry_tree_add_file (tree, path, line);
}

static void
add_thread (FerryTree *tree, guint id, const char *siblings, const char *package, const char *cache)
{
  add (tree, id, "topology/core_cpus_list", siblings);
  add (tree, id, "topology/package_cpus_list", package);
  if (cache != NULL)
    {
      add (tree, id, "cache/index3/level", "3");
      add (tree, id, "cache/index3/shared_cpu_list", cache);
    }
}

static FerryCores *
look (FerryTree *tree)
{
  g_autoptr (FerryRoot) root = ferry_tree_open (tree);

  return ferry_cores_read (root);
}

static void
assert_thread (const FerryCores *cores, guint id, guint package, guint core, guint cache,
               FerryCoreKind kind)
{
  const FerryThread *thread = ferry_cores_find (cores, id);

  g_assert_nonnull (thread);
  g_assert_cmpuint (thread->package, ==, package);
  g_assert_cmpuint (thread->core, ==, core);
  g_assert_cmpuint (thread->cache, ==, cache);
  g_assert_cmpint (thread->kind, ==, kind);
}

static void
test_nothing (void)
{
  g_autoptr (FerryTree) tree = ferry_tree_new ();
  g_autoptr (FerryCores) cores = look (tree);

  g_assert_cmpuint (cores->threads->len, ==, 0);
  g_assert_false (cores->known);
  g_assert_null (ferry_cores_find (cores, 0));
}

/* A Core i7-4790K: the second thread of each core comes after all first ones. */
static void
test_siblings (void)
{
  g_autoptr (FerryTree) tree = ferry_tree_new ();
  g_autoptr (FerryCores) cores = NULL;

  ferry_tree_add_file (tree, CPU "/online", "0-7\n");
  for (guint i = 0; i < 8; i++)
    {
      g_autofree char *siblings = g_strdup_printf ("%u,%u", i % 4, i % 4 + 4);

      add_thread (tree, i, siblings, "0-7", "0-7");
    }
  cores = look (tree);
  g_assert_true (cores->known);
  g_assert_cmpuint (cores->threads->len, ==, 8);
  g_assert_cmpuint (cores->n_packages, ==, 1);
  g_assert_cmpuint (cores->n_cores, ==, 4);
  g_assert_cmpuint (cores->n_caches, ==, 1);
  assert_thread (cores, 0, 0, 0, 0, FERRY_CORE_PLAIN);
  assert_thread (cores, 5, 0, 1, 0, FERRY_CORE_PLAIN);
  assert_thread (cores, 7, 0, 3, 0, FERRY_CORE_PLAIN);
}

/* Two caches in one chip, and one core switched off: ids have a gap. */
static void
test_caches (void)
{
  g_autoptr (FerryTree) tree = ferry_tree_new ();
  g_autoptr (FerryCores) cores = NULL;

  ferry_tree_add_file (tree, CPU "/online", "0-1,4-7\n");
  for (guint i = 0; i < 8; i++)
    {
      g_autofree char *siblings = g_strdup_printf ("%u-%u", i / 2 * 2, i / 2 * 2 + 1);

      if (i != 2 && i != 3)
        add_thread (tree, i, siblings, "0-1,4-7", i < 4 ? "0-1" : "4-7");
    }
  cores = look (tree);
  g_assert_cmpuint (cores->threads->len, ==, 6);
  g_assert_cmpuint (cores->n_cores, ==, 3);
  g_assert_cmpuint (cores->n_caches, ==, 2);
  g_assert_null (ferry_cores_find (cores, 2));
  assert_thread (cores, 1, 0, 0, 0, FERRY_CORE_PLAIN);
  assert_thread (cores, 4, 0, 1, 1, FERRY_CORE_PLAIN);
  assert_thread (cores, 7, 0, 2, 1, FERRY_CORE_PLAIN);
}

/* Fast cores with two threads, slow ones with one, and slow ones without a level 3 cache. */
static void
test_kinds (void)
{
  g_autoptr (FerryTree) tree = ferry_tree_new ();
  g_autoptr (FerryCores) cores = NULL;

  ferry_tree_add_file (tree, CPU "/online", "0-7");
  ferry_tree_add_file (tree, "sys/devices/cpu_core/cpus", "0-3\n");
  ferry_tree_add_file (tree, "sys/devices/cpu_atom/cpus", "4-7\n");
  for (guint i = 0; i < 4; i++)
    add_thread (tree, i, i < 2 ? "0-1" : "2-3", "0-7", "0-5");
  add_thread (tree, 4, "4", "0-7", "0-5");
  add_thread (tree, 5, "5", "0-7", "0-5");
  add_thread (tree, 6, "6", "0-7", NULL);
  add_thread (tree, 7, "7", "0-7", NULL);
  cores = look (tree);
  g_assert_true (cores->known);
  g_assert_cmpuint (cores->n_cores, ==, 6);
  g_assert_cmpuint (cores->n_caches, ==, 2);
  assert_thread (cores, 3, 0, 1, 0, FERRY_CORE_PERFORMANCE);
  assert_thread (cores, 5, 0, 3, 0, FERRY_CORE_EFFICIENCY);
  assert_thread (cores, 6, 0, 4, 1, FERRY_CORE_EFFICIENCY);
  assert_thread (cores, 7, 0, 5, 1, FERRY_CORE_EFFICIENCY);
}

/* Two chips; files of kernels before 5.3; a cache that is not index3. */
static void
test_old_names (void)
{
  g_autoptr (FerryTree) tree = ferry_tree_new ();
  g_autoptr (FerryCores) cores = NULL;

  ferry_tree_add_file (tree, CPU "/online", "0-3");
  for (guint i = 0; i < 4; i++)
    {
      add (tree, i, "topology/thread_siblings_list", i == 0 ? "0" : i == 1 ? "1" : i == 2 ? "2" : "3");
      add (tree, i, "topology/core_siblings_list", i < 2 ? "0-1" : "2-3");
      add (tree, i, "cache/index3/level", "4");
      add (tree, i, "cache/index4/level", "3");
      add (tree, i, "cache/index4/shared_cpu_list", i < 2 ? "0-1" : "2-3");
    }
  cores = look (tree);
  g_assert_true (cores->known);
  g_assert_cmpuint (cores->n_packages, ==, 2);
  g_assert_cmpuint (cores->n_cores, ==, 4);
  assert_thread (cores, 3, 1, 3, 1, FERRY_CORE_PLAIN);
}

static void
test_cpuinfo (void)
{
  g_autoptr (FerryTree) tree = ferry_tree_new ();
  g_autoptr (FerryCores) cores = NULL;

  ferry_tree_add_file (tree, "proc/cpuinfo",
                       "processor\t: 0\nphysical id\t: 0\ncore id\t\t: 0\n\n"
                       "processor\t: 1\nphysical id\t: 0\ncore id\t\t: 4\n\n"
                       "processor\t: 2\nphysical id\t: 0\ncore id\t\t: 0\n\n"
                       "processor\t: 3\nphysical id\t: 1\ncore id\t\t: 0\n");
  cores = look (tree);
  g_assert_true (cores->known);
  g_assert_cmpuint (cores->n_packages, ==, 2);
  g_assert_cmpuint (cores->n_cores, ==, 3);
  g_assert_cmpuint (cores->n_caches, ==, 2);
  assert_thread (cores, 2, 0, 0, 0, FERRY_CORE_PLAIN);
  assert_thread (cores, 3, 1, 2, 1, FERRY_CORE_PLAIN);
}

/* Threads without a word about cores: each is one, and it is said that this is not known. */
static void
test_cpuinfo_short (void)
{
  g_autoptr (FerryTree) tree = ferry_tree_new ();
  g_autoptr (FerryCores) cores = NULL;

  ferry_tree_add_file (tree, "proc/cpuinfo", "processor\t: 0\n\nprocessor\t: 1\n");
  cores = look (tree);
  g_assert_false (cores->known);
  g_assert_cmpuint (cores->threads->len, ==, 2);
  g_assert_cmpuint (cores->n_cores, ==, 2);
  g_assert_cmpuint (cores->n_packages, ==, 1);
}

/* Lists that name threads that are not there, leave out their own, overlap, or are no lists. */
static void
test_hostile (void)
{
  g_autoptr (FerryTree) tree = ferry_tree_new ();
  g_autoptr (FerryCores) cores = NULL;

  ferry_tree_add_file (tree, CPU "/online", "0-3,1");
  add_thread (tree, 0, "0,8000", "0-3", "0-3");
  add_thread (tree, 1, "2-3", "0-3", "x");
  add_thread (tree, 2, "0-3", "0-3", "0-99999999");
  add_thread (tree, 3, "-1", "0-3", "");
  ferry_tree_add_file (tree, "sys/devices/cpu_core/cpus", "5-1");
  cores = look (tree);
  g_assert_cmpuint (cores->threads->len, ==, 4);
  for (guint i = 0; i < 4; i++)
    {
      const FerryThread *thread = ferry_cores_find (cores, i);

      g_assert_cmpuint (thread->core, <, cores->n_cores);
      g_assert_cmpuint (thread->cache, <, cores->n_caches);
      g_assert_cmpuint (thread->package, <, cores->n_packages);
    }
}

/* A recorded computer has the same cores, and the reach of its IOMMU. */
static void
test_recorded (void)
{
  g_autoptr (FerryTree) tree = ferry_tree_new ();
  g_autoptr (FerryRoot) root = NULL, again = NULL;
  g_autoptr (FerryMachine) machine = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *file = g_build_filename (ferry_tree_get_folder (tree), "it.machine", NULL);

  ferry_tree_add_file (tree, CPU "/online", "0-3");
  ferry_tree_add_file (tree, "sys/devices/cpu_core/cpus", "0-1");
  ferry_tree_add_file (tree, "sys/class/iommu/dmar0/intel-iommu/cap", "d2008c40660462\n");
  for (guint i = 0; i < 4; i++)
    add_thread (tree, i, i < 2 ? "0-1" : "2-3", "0-3", i < 2 ? "0-1" : "2-3");
  root = ferry_tree_open (tree);
  ferry_recording_save (root, file, &error);
  g_assert_no_error (error);
  again = ferry_recording_open (file, &error);
  g_assert_no_error (error);
  g_assert_cmpint (g_unlink (file), ==, 0);

  machine = ferry_machine_scan (again, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (machine->cores->known);
  assert_thread (machine->cores, 3, 0, 1, 1, FERRY_CORE_PLAIN);
  assert_thread (machine->cores, 1, 0, 0, 0, FERRY_CORE_PERFORMANCE);
  g_assert_cmpuint (machine->iommu->address_bits, ==, 39);
}

static void
test_lists (void)
{
  static const char *const bad[] = { "", "x", "1-", "-1", "3-1", "1-2-3", "0-8192", "8192", "1,,2",
                                     "0-8191,1", "99999999999999999999", "1 2" };
  static const char *const good[][2] = { { "0", "0" },       { "0-3,8", "0-3,8" },
                                         { "8,0-3", "0-3,8" }, { "1,0,2", "0-2" },
                                         { " 4 , 6", "4,6" },  { "0-8191", "0-8191" } };

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    g_assert_null (ferry_cores_parse_list (bad[i]));
  g_assert_null (ferry_cores_parse_list (NULL));
  for (guint i = 0; i < G_N_ELEMENTS (good); i++)
    {
      g_autoptr (GArray) ids = ferry_cores_parse_list (good[i][0]);
      g_autofree char *text = ferry_cores_print_list (ids);

      g_assert_cmpstr (text, ==, good[i][1]);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/cores/nothing", test_nothing);
  g_test_add_func ("/cores/siblings", test_siblings);
  g_test_add_func ("/cores/caches", test_caches);
  g_test_add_func ("/cores/kinds", test_kinds);
  g_test_add_func ("/cores/old-names", test_old_names);
  g_test_add_func ("/cores/cpuinfo", test_cpuinfo);
  g_test_add_func ("/cores/cpuinfo-short", test_cpuinfo_short);
  g_test_add_func ("/cores/hostile", test_hostile);
  g_test_add_func ("/cores/recorded", test_recorded);
  g_test_add_func ("/cores/lists", test_lists);
  return g_test_run ();
}
