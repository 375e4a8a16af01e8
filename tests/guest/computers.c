/* computers.c: see computers.h. */
#include "config.h"

#include <glib/gstdio.h>

#include "facts/recording.h"
#include "guest/guard.h"
#include "guest/guest.h"
#include "plan/verdict.h"

#include "computers.h"

#define CPU "sys/devices/system/cpu"

#define I FERRY_VENDOR_INTEL
#define A FERRY_VENDOR_AMD

const FerryComputer ferry_computers[] = {
  { "alder-lake-gtx660-only-screen", I, 20, FERRY_COUNT_HYBRID, 1, 16, 32, 46, 39 },
  { "b85-gtx970", I, 8, FERRY_COUNT_FAR, 1, 0, 16, 39, 39 },
  { "cezanne-rtx2060", A, 16, FERRY_COUNT_NEXT, 1, 0, 32, 48, 0 },
  { "laptop-arc-a370m-vmd", I, 20, FERRY_COUNT_HYBRID, 1, 12, 16, 46, 42 },
  { "laptop-gf72-gtx1060m", I, 12, FERRY_COUNT_FAR, 1, 0, 16, 39, 39 },
  { "laptop-legion-y740", I, 12, FERRY_COUNT_FAR, 1, 0, 16, 39, 39 },
  { "laptop-thinkpad-p53", I, 12, FERRY_COUNT_FAR, 1, 0, 64, 39, 39 },
  { "m75s-acs-override", A, 12, FERRY_COUNT_NEXT, 2, 0, 16, 48, 0 },
  { "maximus-vii-ranger-before", I, 8, FERRY_COUNT_FAR, 1, 0, 16, 39, 39 },
  { "maximus-vii-ranger-after", I, 8, FERRY_COUNT_FAR, 1, 0, 16, 39, 39 },
  { "maximus-vii-ranger-bound", I, 8, FERRY_COUNT_FAR, 1, 0, 16, 39, 39 },
  { "raptor-lake-rtx4070-rx480", I, 32, FERRY_COUNT_HYBRID, 1, 16, 64, 46, 46 },
  { "ryzen-shared-group", A, 16, FERRY_COUNT_NEXT, 2, 0, 16, 48, 0 },
  { "ryzen-two-rx580", A, 16, FERRY_COUNT_NEXT, 2, 0, 32, 48, 0 },
  { "server-tx1320-bmc", I, 8, FERRY_COUNT_FAR, 1, 0, 32, 39, 39 },
  { "x399-radeon-vii-rx580", A, 24, FERRY_COUNT_FAR, 4, 0, 64, 48, 0 },
  { "x570-vega56-rx580", A, 24, FERRY_COUNT_FAR, 4, 0, 32, 48, 0 },
  { "z390-rtx2060-four-functions", I, 16, FERRY_COUNT_FAR, 1, 0, 32, 39, 39 },
  { "z690-rx6650xt", I, 24, FERRY_COUNT_HYBRID, 1, 16, 32, 46, 46 },
  { "z77-gtx1070-only-screen", I, 4, FERRY_COUNT_SINGLE, 1, 0, 16, 36, 39 },
};
const guint ferry_n_computers = G_N_ELEMENTS (ferry_computers);

static void
add (FerryRoot *root, const char *path, char *text)
{
  g_autofree char *file = g_build_filename (ferry_root_get_folder (root), path, NULL);
  g_autofree char *folder = g_path_get_dirname (file);

  g_assert_cmpint (g_mkdir_with_parents (folder, 0755), ==, 0);
  g_unlink (file);
  g_assert_true (g_file_set_contents (file, text, -1, NULL));
  g_free (text);
}

static char *
print_siblings (const FerryComputer *computer, guint id)
{
  guint half = computer->threads / 2;

  if (computer->count == FERRY_COUNT_FAR)
    return g_strdup_printf ("%u,%u", id % half, id % half + half);
  if (computer->count == FERRY_COUNT_NEXT || (computer->count == FERRY_COUNT_HYBRID && id < computer->fast))
    return g_strdup_printf ("%u-%u", id / 2 * 2, id / 2 * 2 + 1);
  return g_strdup_printf ("%u", id);
}

/* The threads that share a cache with @id. */
static char *
print_cache (const FerryComputer *computer, guint id)
{
  guint half = computer->threads / 2, size = computer->threads / computer->caches;
  guint first;

  if (computer->count != FERRY_COUNT_FAR || computer->caches == 1)
    return g_strdup_printf ("%u-%u", id / size * size, id / size * size + size - 1);
  first = id % half / (size / 2) * (size / 2);
  return g_strdup_printf ("%u-%u,%u-%u", first, first + size / 2 - 1, first + half,
                          first + half + size / 2 - 1);
}

static void
add_thread (FerryRoot *root, const FerryComputer *computer, guint id)
{
  g_autofree char *siblings = g_strdup_printf (CPU "/cpu%u/topology/core_cpus_list", id);
  g_autofree char *package = g_strdup_printf (CPU "/cpu%u/topology/package_cpus_list", id);
  g_autofree char *level = g_strdup_printf (CPU "/cpu%u/cache/index3/level", id);
  g_autofree char *cache = g_strdup_printf (CPU "/cpu%u/cache/index3/shared_cpu_list", id);

  add (root, siblings, print_siblings (computer, id));
  add (root, package, g_strdup_printf ("0-%u", computer->threads - 1));
  add (root, level, g_strdup ("3"));
  add (root, cache, print_cache (computer, id));
}

static char *
print_cpuinfo (const FerryComputer *computer)
{
  gboolean amd = computer->vendor == A;
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < computer->threads; i++)
    g_string_append_printf (text,
                            "processor\t: %u\nvendor_id\t: %s\nmodel name\t: A processor\n"
                            "flags\t\t: fpu lm %s\naddress sizes\t: %u bits physical, 48 bits virtual\n\n",
                            i, amd ? "AuthenticAMD" : "GenuineIntel", amd ? "svm" : "vmx", computer->bits);
  return g_string_free (text, FALSE);
}

static void
add_processor (FerryRoot *root, const FerryComputer *computer)
{
  add (root, "proc/cpuinfo", print_cpuinfo (computer));
  add (root, "proc/meminfo", g_strdup_printf ("MemTotal: %u kB\n", computer->gib * 1024 * 1024));
  add (root, CPU "/online", g_strdup_printf ("0-%u\n", computer->threads - 1));
  for (guint i = 0; i < computer->threads; i++)
    add_thread (root, computer, i);
  if (computer->count == FERRY_COUNT_HYBRID)
    {
      add (root, "sys/devices/cpu_core/cpus", g_strdup_printf ("0-%u", computer->fast - 1));
      add (root, "sys/devices/cpu_atom/cpus",
           g_strdup_printf ("%u-%u", computer->fast, computer->threads - 1));
    }
  if (computer->reach > 0)
    add (root, "sys/class/iommu/dmar0/intel-iommu/cap",
         g_strdup_printf ("%x\n", (computer->reach - 1) << 16));
}

static void
remove_folder (gpointer folder)
{
  const char *const command[] = { "rm", "-rf", "--", folder, NULL };

  g_spawn_sync (NULL, (char **) command, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, NULL, NULL, NULL, NULL);
  g_free (folder);
}

static FerryRoot *
open_listing (const char *file)
{
  g_autofree char *tool
      = g_build_filename (g_getenv ("FERRY_SOURCE_DIR"), "tests", "tools", "machine-root", NULL);
  g_autofree char *folder = g_dir_make_tmp ("ferry-computer-XXXXXX", NULL);
  const char *const command[] = { tool, file, folder, NULL };
  g_autoptr (GError) error = NULL;
  FerryRoot *root;
  int status;

  g_spawn_sync (NULL, (char **) command, NULL, G_SPAWN_DEFAULT, NULL, NULL, NULL, NULL, &status, &error);
  g_assert_no_error (error);
  g_assert_cmpint (status, ==, 0);
  root = ferry_root_new (folder, &error);
  g_assert_no_error (error);
  ferry_root_set_cleanup (root, remove_folder, g_steal_pointer (&folder));
  return root;
}

FerryMachine *
ferry_computer_open (const FerryComputer *computer)
{
  g_autofree char *stem
      = g_build_filename (g_getenv ("FERRY_SOURCE_DIR"), "tests", "machines", computer->name, NULL);
  g_autofree char *listing = g_strconcat (stem, ".txt", NULL);
  g_autofree char *recording = g_strconcat (stem, ".machine", NULL);
  g_autoptr (FerryRoot) root = NULL;
  g_autoptr (GError) error = NULL;
  FerryMachine *machine;

  root = g_file_test (listing, G_FILE_TEST_EXISTS) ? open_listing (listing)
                                                   : ferry_recording_open (recording, &error);
  g_assert_no_error (error);
  add_processor (root, computer);
  machine = ferry_machine_scan (root, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (machine->cores->threads->len, ==, computer->threads);
  return machine;
}

gboolean
ferry_computer_give_card (FerryMachine *machine, FerryGuest *guest)
{
  for (guint i = 0; i < machine->cards->len; i++)
    {
      const FerryCard *card = g_ptr_array_index (machine->cards, i);
      g_autoptr (FerryVerdict) verdict = ferry_verdict_make (machine, card);

      if (verdict->verdict == FERRY_CARD_NO || card->integrated)
        continue;
      ferry_guard_list_card (machine, card, guest->card);
      return TRUE;
    }
  return FALSE;
}

FerryMachine *
ferry_computer_open_named (const char *name)
{
  for (guint i = 0; i < ferry_n_computers; i++)
    if (g_str_equal (ferry_computers[i].name, name))
      return ferry_computer_open (&ferry_computers[i]);
  g_assert_not_reached ();
}
