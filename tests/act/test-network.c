/* test-network.c: how libvirt's network was before is kept in the journal, and the first look counts. */
#include "config.h"

#include "act/network.h"
#include "facts/tree.h"

#define ID "20261122-194501-1a2b3c4d"
#define FOLDER "var/lib/ferry/journal/" ID

static void
test_remember (void)
{
  const FerryNetwork before = { TRUE, FALSE, TRUE }, later = { TRUE, TRUE, FALSE };
  g_autoptr (FerryTree) tree = ferry_tree_new ();
  g_autoptr (FerryRoot) root = NULL;
  g_autoptr (GError) error = NULL;
  FerryNetwork found = { 0 };

  ferry_tree_add_folder (tree, FOLDER);
  root = ferry_tree_open (tree);
  g_assert_false (ferry_network_recall (root, ID, &found));
  g_assert_true (ferry_network_remember (root, ID, &before, &error));
  g_assert_no_error (error);
  g_assert_true (ferry_network_remember (root, ID, &later, &error));
  g_assert_true (ferry_network_recall (root, ID, &found));
  g_assert_true (found.exists && !found.active && found.autostart);
}

/* Entries of older versions have none; a torn one tells nothing. */
static void
test_nothing_known (void)
{
  static const char *const texts[] = { "", "exists 1\n", "exists 1 active 1 autostart", "x 1 active 1 autostart 1\n" };
  const FerryNetwork before = { TRUE, TRUE, TRUE };
  FerryNetwork found = { 0 };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (FerryTree) tree = ferry_tree_new ();
      g_autoptr (FerryRoot) root = NULL;

      ferry_tree_add_file (tree, FOLDER "/network", texts[i]);
      root = ferry_tree_open (tree);
      g_assert_false (ferry_network_recall (root, ID, &found));
      g_assert_false (ferry_network_recall (root, "../../x", &found));
      g_assert_true (ferry_network_remember (root, NULL, &before, NULL));
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/network/remember", test_remember);
  g_test_add_func ("/network/nothing-known", test_nothing_known);
  return g_test_run ();
}
