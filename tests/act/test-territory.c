/* test-territory.c: which names may be written, and that nothing else is, whoever wrote the journal. */
#include "config.h"

#include <string.h>

#include "act/territory.h"
#include "act/transaction.h"
#include "facts/error.h"
#include "facts/tree.h"
#include "standin.h"

static const char *const inside[] = {
  "etc/default/grub",
  "etc/default/grub.d/zz-ferry.cfg",
  "etc/modprobe.d/ferry.conf",
  "etc/X11/xorg.conf.d/90-mhwd.conf",
  "boot/loader/entries/0123456789abcdef0123456789abcdef-6.12.4-200.fc41.x86_64.conf",
  "boot/efi/loader/entries/manjaro+3-0.conf",
};

static const char *const outside[] = {
  "",
  "/",
  ".",
  "etc",
  "etc/passwd",
  "etc/shadow",
  "etc/sudoers.d/x.conf",
  "etc/default/grub/",
  "etc/default/grub.cfg",
  "/etc/default/grub",
  "./etc/default/grub",
  "etc//default/grub",
  "etc/default/../default/grub",
  "etc/modprobe.d/.conf",
  "etc/modprobe.d/..conf",
  "etc/modprobe.d/../x.conf",
  "etc/modprobe.d/a/b.conf",
  "etc/modprobe.d/a b.conf",
  "etc/modprobe.d/a\n.conf",
  "etc/modprobe.d/a.confx",
  "etc/modprobe.d/ferry.conf.ferry-new",
  "etc/grub.d/10_linux",
  "etc/systemd/system/x.conf",
  "boot/grub/grub.cfg",
  "usr/lib/modprobe.d/x.conf",
  "home/anna/.profile",
};

static void
test_names (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (inside); i++)
    g_assert_true (ferry_territory_has (inside[i]));
  for (gsize i = 0; i < G_N_ELEMENTS (outside); i++)
    {
      g_test_message ("%s", outside[i]);
      g_assert_false (ferry_territory_has (outside[i]));
    }
}

static FerryEntry *
make_entry (const char *path, FerryState state)
{
  FerryEntry *entry = ferry_entry_new ();
  FerryChange *change = ferry_change_new (FERRY_CHANGE_FILE, path);

  entry->id = g_strdup ("20261122-194501-1a2b3c4d");
  entry->time = 1;
  entry->title = g_strdup ("x");
  entry->digest = g_strdup ("0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef");
  entry->intent = g_variant_ref_sink (g_variant_new ("a{sv}", NULL));
  entry->state = state;
  change->before = g_strdup ("evil\n");
  change->after = g_strdup ("root\n");
  change->mode = 0644;
  g_ptr_array_add (entry->changes, change);
  return entry;
}

/* An entry that names another file: neither undo nor recovery touches it. */
static void
test_foreign_entry (gconstpointer data)
{
  FerryState state = GPOINTER_TO_INT (data);
  g_autoptr (FerryTree) tree = ferry_tree_new ();
  g_autoptr (FerryEntry) entry = make_entry ("etc/passwd", state);
  g_autoptr (FerryRoot) root = NULL;
  g_autoptr (FerryTarget) target = NULL;
  g_autoptr (FerryTools) tools = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *now = NULL;
  FerryTransaction transaction;

  ferry_tree_add_file (tree, "etc/passwd", "root\n");
  ferry_tree_add_folder (tree, "sys/bus/pci/devices");
  root = ferry_tree_open (tree);
  target = ferry_target_new (root, NULL);
  tools = standin_new (root, STANDIN_GOOD);
  transaction = (FerryTransaction){ root, tools, NULL, NULL, NULL, 0 };
  g_assert_true (ferry_journal_create (target, entry, &error));
  g_assert_no_error (error);
  g_assert_true (ferry_journal_set_state (target, entry, state, 0, NULL));
  if (state == FERRY_STATE_DONE)
    g_assert_false (ferry_transaction_undo (&transaction, entry->id, TRUE, NULL, &error));
  else
    g_assert_false (ferry_transaction_recover (&transaction, NULL, &error));
  g_assert_error (error, FERRY_ERROR, FERRY_ERROR_REFUSED);
  now = ferry_root_read_text (root, "etc/passwd", NULL);
  g_assert_cmpstr (now, ==, "root\n");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/territory/names", test_names);
  g_test_add_data_func ("/territory/undo", GINT_TO_POINTER (FERRY_STATE_DONE), test_foreign_entry);
  g_test_add_data_func ("/territory/recovery", GINT_TO_POINTER (FERRY_STATE_COMMITTING), test_foreign_entry);
  g_test_add_data_func ("/territory/recovery-of-undo", GINT_TO_POINTER (FERRY_STATE_UNDOING), test_foreign_entry);
  return g_test_run ();
}
