/* test-transaction.c: apply, undo and what happens when a step fails, on a made-up computer. */
#include "config.h"

#include <string.h>
#include <sys/stat.h>
#include <sys/xattr.h>
#include <glib/gstdio.h>

#include "act/transaction.h"
#include "facts/error.h"
#include "facts/tree.h"
#include "standin.h"

#define GRUB "GRUB_TIMEOUT=5\nGRUB_CMDLINE_LINUX_DEFAULT=\"quiet\"\n"

static FerryTree *
new_computer (void)
{
  FerryTree *tree = ferry_tree_new ();

  ferry_tree_add_cards (tree);
  ferry_tree_add_file (tree, "proc/cpuinfo", "vendor_id\t: GenuineIntel\nflags\t\t: fpu lm vmx\n");
  ferry_tree_add_file (tree, "proc/cmdline", "BOOT_IMAGE=/boot/vmlinuz root=UUID=1 rw quiet\n");
  ferry_tree_add_file (tree, "etc/os-release", "ID=manjaro\nID_LIKE=arch\n");
  ferry_tree_add_file (tree, "etc/default/grub", GRUB);
  ferry_tree_add_file (tree, "boot/grub/grub.cfg", "old menu\n");
  ferry_tree_add_file (tree, "boot/initramfs-6.12-x86_64.img", "old image\n");
  ferry_tree_add_file (tree, "etc/mkinitcpio.conf", "MODULES=()\nHOOKS=(base udev modconf block)\n");
  ferry_tree_add_file (tree, "etc/mkinitcpio.d/linux.preset",
                       "ALL_kver=\"/boot/vmlinuz\"\nPRESETS=('default')\n"
                       "default_image=\"/boot/initramfs.img\"\n");
  ferry_tree_add_program (tree, "usr/bin/mkinitcpio");
  ferry_tree_add_program (tree, "usr/bin/grub-mkconfig");
  return tree;
}

typedef struct
{
  FerryTree *tree;
  FerryRoot *root;
  FerryTools *tools;
  GCancellable *cancellable;
  FerryTransaction transaction;
} Bench;

static void
bench_open (Bench *bench, StandinMood mood)
{
  *bench = (Bench){ 0 };
  bench->tree = new_computer ();
  bench->root = ferry_tree_open (bench->tree);
  bench->tools = standin_new (bench->root, mood);
  bench->cancellable = g_cancellable_new ();
  bench->transaction
      = (FerryTransaction){ bench->root, bench->tools, NULL, NULL, bench->cancellable, 0 };
}

static void
bench_close (Bench *bench)
{
  ferry_tools_free (bench->tools);
  g_object_unref (bench->cancellable);
  ferry_root_unref (bench->root);
  ferry_tree_free (bench->tree);
}

static FerryPlan *
make_plan (FerryMachine *machine, FerryIntent *intent)
{
  FerryAddress card = { 0, 1, 0, 0 };

  intent->install = FALSE;
  g_array_append_val (intent->cards, card);
  return ferry_plan_make (machine, intent);
}

static char *
apply (Bench *bench, GError **error)
{
  g_autoptr (FerryMachine) machine = ferry_machine_scan (bench->root, NULL, NULL, NULL);
  g_autoptr (FerryIntent) intent = ferry_intent_new ();
  g_autoptr (FerryPlan) plan = make_plan (machine, intent);

  for (guint i = 0; i < plan->refusals->len; i++)
    g_test_message ("%s", ((FerryNote *) g_ptr_array_index (plan->refusals, i))->text);
  g_assert_cmpuint (plan->refusals->len, ==, 0);
  g_assert_cmpuint (plan->changes->len, >, 3);
  return ferry_transaction_apply (&bench->transaction, machine, plan, intent, error);
}

static void
assert_text (Bench *bench, const char *path, const char *text)
{
  g_autofree char *now = ferry_root_read_text (bench->root, path, NULL);

  g_assert_cmpstr (now, ==, text);
}

static void
assert_old (Bench *bench)
{
  assert_text (bench, "etc/default/grub", GRUB);
  assert_text (bench, "etc/mkinitcpio.conf", "MODULES=()\nHOOKS=(base udev modconf block)\n");
  assert_text (bench, "boot/grub/grub.cfg", "old menu\n");
  assert_text (bench, "boot/initramfs-6.12-x86_64.img", "old image\n");
  g_assert_false (ferry_root_exists (bench->root, "etc/modprobe.d"));
  g_assert_false (ferry_root_exists (bench->root, "boot/grub/grub.cfg.ferry-new"));
  g_assert_false (ferry_root_exists (bench->root, "boot/grub/grub.cfg.ferry-old"));
}

static void
test_apply_and_undo (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *id = NULL;
  g_autofree char *again = NULL;
  Bench bench;

  bench_open (&bench, STANDIN_GOOD);
  id = apply (&bench, &error);
  g_assert_no_error (error);
  g_assert_true (ferry_journal_is_id (id));
  assert_text (&bench, "etc/default/grub",
               "GRUB_TIMEOUT=5\nGRUB_CMDLINE_LINUX_DEFAULT=\"quiet iommu=pt "
               "vfio-pci.ids=10de:13c2\"\n");
  assert_text (&bench, "boot/initramfs-6.12-x86_64.img", "sound: vfio_pci vfio_iommu_type1\n");
  g_assert_false (ferry_root_exists (bench.root, "boot/initramfs-6.12-x86_64.img.ferry-old"));
  g_assert_false (ferry_transaction_needs_recovery (bench.root));

  g_assert_true (ferry_transaction_undo (&bench.transaction, id, FALSE, NULL, &error));
  g_assert_no_error (error);
  assert_text (&bench, "etc/default/grub", GRUB);
  assert_text (&bench, "boot/grub/grub.cfg", "sound: iommu=pt vfio-pci.ids=10de:13c2\n");
  g_assert_false (ferry_root_exists (bench.root, "etc/modprobe.d"));
  g_assert_false (ferry_transaction_undo (&bench.transaction, id, FALSE, NULL, &error));
  g_assert_error (error, FERRY_ERROR, FERRY_ERROR_REFUSED);
  bench_close (&bench);
}

/* A second plan after apply has nothing left to do. */
/* pacman updates the whole system with the software, so the kernel may be another one afterwards. */
static void
test_update_brings_kernel (void)
{
  g_autoptr (FerryMachine) machine = NULL;
  g_autoptr (FerryIntent) intent = ferry_intent_new ();
  g_autoptr (FerryPlan) plan = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *id = NULL;
  FerryAddress card = { 0, 1, 0, 0 };
  Bench bench;

  bench_open (&bench, STANDIN_UPDATES);
  machine = ferry_machine_scan (bench.root, NULL, NULL, NULL);
  g_array_append_val (intent->cards, card);
  plan = ferry_plan_make (machine, intent);
  g_assert_cmpint (((FerryChange *) g_ptr_array_index (plan->changes, 0))->kind, ==, FERRY_CHANGE_PACKAGES);
  id = ferry_transaction_apply (&bench.transaction, machine, plan, intent, &error);
  g_assert_no_error (error);
  assert_text (&bench, STANDIN_NEW_IMAGE, "sound: vfio_pci vfio_iommu_type1\n");
  bench_close (&bench);
}

static void
test_second_plan_is_empty (void)
{
  g_autofree char *id = NULL;
  g_autoptr (FerryMachine) machine = NULL;
  g_autoptr (FerryIntent) intent = ferry_intent_new ();
  g_autoptr (FerryPlan) plan = NULL;
  Bench bench;

  bench_open (&bench, STANDIN_GOOD);
  id = apply (&bench, NULL);
  machine = ferry_machine_scan (bench.root, NULL, NULL, NULL);
  plan = make_plan (machine, intent);
  g_assert_cmpuint (plan->refusals->len, ==, 0);
  g_assert_true (ferry_plan_is_empty (plan));
  bench_close (&bench);
}

static void
check_failure (StandinMood mood, int code)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) entries = NULL;
  Bench bench;

  bench_open (&bench, mood);
  g_assert_null (apply (&bench, &error));
  g_assert_nonnull (error);
  g_assert_false (ferry_transaction_error_is_severe (error));
  if (code >= 0)
    g_assert_error (error, FERRY_ERROR, code);
  assert_old (&bench);
  entries = ferry_journal_list (bench.root, NULL, NULL);
  g_assert_cmpuint (entries->len, ==, 1);
  g_assert_cmpint (((FerryEntry *) g_ptr_array_index (entries, 0))->state, ==, FERRY_STATE_ROLLED_BACK);
  g_assert_false (ferry_transaction_needs_recovery (bench.root));
  bench_close (&bench);
}

static void
test_program_fails (void)
{
  check_failure (STANDIN_FAILS, FERRY_ERROR_FAILED);
}

static void
test_program_lies (void)
{
  check_failure (STANDIN_LIES, FERRY_ERROR_FAILED);
}

static void
test_cancelled (void)
{
  check_failure (STANDIN_CANCELS, -1);
}

/* What the user wrote after Ferry is shown, not overwritten. */
static void
test_edited_afterwards (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) conflicts = NULL;
  g_autofree char *id = NULL;
  Bench bench;

  bench_open (&bench, STANDIN_GOOD);
  id = apply (&bench, NULL);
  ferry_tree_add_file (bench.tree, "etc/default/grub", "GRUB_TIMEOUT=9\n");
  g_assert_false (ferry_transaction_undo (&bench.transaction, id, FALSE, &conflicts, &error));
  g_assert_error (error, FERRY_ERROR, FERRY_ERROR_CHANGED);
  g_assert_cmpuint (conflicts->len, ==, 1);
  g_assert_cmpstr (g_ptr_array_index (conflicts, 0), ==, "etc/default/grub");
  assert_text (&bench, "etc/default/grub", "GRUB_TIMEOUT=9\n");

  g_clear_error (&error);
  g_assert_true (ferry_transaction_undo (&bench.transaction, id, TRUE, NULL, &error));
  g_assert_no_error (error);
  assert_text (&bench, "etc/default/grub", GRUB);
  assert_text (&bench, "etc/default/grub.ferry-kept", "GRUB_TIMEOUT=9\n");
  bench_close (&bench);
}

/* Between the look and the change somebody else was faster. */
static void
test_changed_before (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (FerryIntent) intent = ferry_intent_new ();
  g_autoptr (FerryMachine) machine = NULL;
  g_autoptr (FerryPlan) plan = NULL;
  Bench bench;

  bench_open (&bench, STANDIN_GOOD);
  machine = ferry_machine_scan (bench.root, NULL, NULL, NULL);
  plan = make_plan (machine, intent);
  ferry_tree_add_file (bench.tree, "etc/default/grub", "GRUB_TIMEOUT=9\n");
  g_assert_null (ferry_transaction_apply (&bench.transaction, machine, plan, intent, &error));
  g_assert_error (error, FERRY_ERROR, FERRY_ERROR_CHANGED);
  assert_text (&bench, "etc/default/grub", "GRUB_TIMEOUT=9\n");
  g_assert_false (ferry_root_exists (bench.root, "etc/modprobe.d"));
  bench_close (&bench);
}

/* An editor saves the file in the very moment before it would be replaced. */
static void
on_progress (const char *stage, guint step, guint of, const char *title, gpointer user_data)
{
  Bench *bench = user_data;

  if (g_str_equal (stage, "writing") && *title != '\0')
    ferry_tree_add_file (bench->tree, "etc/default/grub", "GRUB_TIMEOUT=9\n");
}

static void
test_racing_writer (void)
{
  g_autoptr (GError) error = NULL;
  Bench bench;

  bench_open (&bench, STANDIN_GOOD);
  bench.transaction.progress = on_progress;
  bench.transaction.progress_data = &bench;
  g_assert_null (apply (&bench, &error));
  g_assert_error (error, FERRY_ERROR, FERRY_ERROR_CHANGED);
  assert_text (&bench, "etc/default/grub", "GRUB_TIMEOUT=9\n");
  assert_text (&bench, "etc/mkinitcpio.conf", "MODULES=()\nHOOKS=(base udev modconf block)\n");
  g_assert_false (ferry_root_exists (bench.root, "etc/modprobe.d"));
  g_assert_false (ferry_transaction_needs_recovery (bench.root));
  bench_close (&bench);
}

/* A version 2 list: the owner, user 65534 to read, the group, the mask, others; as in linux/posix_acl_xattr.h. */
static const guint8 access_list[] = {
  2, 0, 0, 0, 1, 0, 6, 0, 0xff, 0xff, 0xff, 0xff, 2, 0, 4, 0, 0xfe, 0xff, 0, 0, 4, 0, 4, 0, 0xff, 0xff, 0xff, 0xff,
  16, 0, 4, 0, 0xff, 0xff, 0xff, 0xff, 32, 0, 4, 0, 0xff, 0xff, 0xff, 0xff,
};

static void
assert_attributes (const char *path)
{
  guint8 value[sizeof access_list + 1];
  struct stat info;

  g_assert_cmpint (getxattr (path, "system.posix_acl_access", value, sizeof value), ==, sizeof access_list);
  g_assert_cmpmem (value, sizeof access_list, access_list, sizeof access_list);
  g_assert_cmpint (stat (path, &info), ==, 0);
  g_assert_cmpuint (info.st_mode & 07777, ==, 0644);
}

/* A file that takes the place of another has its access control list, too. */
static void
test_attributes (void)
{
  g_autofree char *path = NULL;
  g_autofree char *id = NULL;
  Bench bench;

  bench_open (&bench, STANDIN_GOOD);
  path = g_build_filename (ferry_tree_get_folder (bench.tree), "etc/default/grub", NULL);
  if (setxattr (path, "system.posix_acl_access", access_list, sizeof access_list, 0) < 0)
    g_test_skip ("no access control lists on this file system");
  else
    {
      id = apply (&bench, NULL);
      g_assert_nonnull (id);
      assert_attributes (path);
      g_assert_true (ferry_transaction_undo (&bench.transaction, id, FALSE, NULL, NULL));
      assert_text (&bench, "etc/default/grub", GRUB);
      assert_attributes (path);
    }
  bench_close (&bench);
}

/* What is kept is bounded: the oldest is forgotten, what is in force is not. */
static void
test_journal_is_bounded (void)
{
  g_autoptr (GPtrArray) entries = NULL;
  g_autofree char *last = NULL;
  guint unreadable = 0;
  Bench bench;

  bench_open (&bench, STANDIN_GOOD);
  for (guint i = 0; i < FERRY_JOURNAL_MAX_ENTRIES + 4; i++)
    {
      g_autofree char *id = apply (&bench, NULL);
      g_assert_true (ferry_transaction_undo (&bench.transaction, id, FALSE, NULL, NULL));
    }
  last = apply (&bench, NULL);
  entries = ferry_journal_list (bench.root, &unreadable, NULL);
  g_assert_cmpuint (unreadable, ==, 0);
  g_assert_cmpuint (entries->len, ==, FERRY_JOURNAL_MAX_ENTRIES);
  g_assert_cmpstr (((FerryEntry *) g_ptr_array_index (entries, 0))->id, ==, last);
  bench_close (&bench);
}

static void
add_people (Bench *bench)
{
  ferry_tree_add_file (bench->tree, "etc/passwd",
                       "root:x:0:0::/root:/bin/sh\nanna:x:1000:1000::/home/anna:/bin/sh\n"
                       "ben:x:1001:1001::/home/ben:/bin/sh\n");
  ferry_tree_add_file (bench->tree, "etc/group", "root:x:0:\nlibvirt:x:967:\n");
  ferry_root_set_user_name (bench->root, "anna");
}

static char *
apply_with_group (Bench *bench)
{
  g_autoptr (FerryMachine) machine = ferry_machine_scan (bench->root, NULL, NULL, NULL);
  g_autoptr (FerryIntent) intent = ferry_intent_new ();
  g_autoptr (FerryPlan) plan = NULL;
  g_autoptr (GError) error = NULL;
  char *id;

  intent->join_group = TRUE;
  plan = make_plan (machine, intent);
  id = ferry_transaction_apply (&bench->transaction, machine, plan, intent, &error);
  g_assert_no_error (error);
  return id;
}

/* Who joined leaves again, whoever asks for it. */
static void
test_group (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *id = NULL;
  Bench bench;

  bench_open (&bench, STANDIN_GOOD);
  add_people (&bench);
  bench.transaction.uid = 1000;
  id = apply_with_group (&bench);
  assert_text (&bench, "etc/group", "root:x:0:\nlibvirt:x:967:anna\n");

  bench.transaction.uid = 1001;
  g_assert_true (ferry_transaction_undo (&bench.transaction, id, FALSE, NULL, &error));
  g_assert_no_error (error);
  assert_text (&bench, "etc/group", "root:x:0:\nlibvirt:x:967:\n");
  bench_close (&bench);
}

/* As it is found after a power cut: the steps ran, and the next thing would have been the end. */
static void
cut_off (Bench *bench, const char *id, FerryState state)
{
  g_autoptr (FerryEntry) entry = ferry_journal_find (bench->root, id, NULL);
  g_autoptr (FerryTarget) target = ferry_target_new (bench->root, NULL);

  g_assert_true (ferry_journal_set_state (target, entry, state, 9, NULL));
  ferry_tools_free (bench->tools);
  bench->tools = standin_new (bench->root, STANDIN_GOOD);
  bench->transaction = (FerryTransaction){ bench->root, bench->tools, NULL, NULL, NULL, 0 };
}

static void
test_group_after_crash (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *id = NULL;
  Bench bench;

  bench_open (&bench, STANDIN_GOOD);
  add_people (&bench);
  bench.transaction.uid = 1000;
  id = apply_with_group (&bench);
  cut_off (&bench, id, FERRY_STATE_COMMITTING);
  g_assert_true (ferry_transaction_recover (&bench.transaction, NULL, &error));
  g_assert_no_error (error);
  assert_text (&bench, "etc/group", "root:x:0:\nlibvirt:x:967:\n");
  assert_text (&bench, "etc/default/grub", GRUB);

  g_free (id);
  bench.transaction.uid = 1000;
  id = apply_with_group (&bench);
  g_assert_true (ferry_transaction_undo (&bench.transaction, id, FALSE, NULL, NULL));
  cut_off (&bench, id, FERRY_STATE_UNDOING);
  g_assert_true (ferry_transaction_recover (&bench.transaction, NULL, &error));
  g_assert_no_error (error);
  assert_text (&bench, "etc/group", "root:x:0:\nlibvirt:x:967:anna\n");
  bench_close (&bench);
}

/* grub-mkconfig writes beside the file that it is told to make; a cut while it runs leaves that behind. */
static void
test_half_of_a_program (void)
{
  const char *half = "boot/grub/grub.cfg.ferry-new.new";
  g_autoptr (GError) error = NULL;
  g_autofree char *id = NULL;
  Bench bench;

  bench_open (&bench, STANDIN_GOOD);
  id = apply (&bench, NULL);
  ferry_tree_add_file (bench.tree, half, "half a menu\n");
  g_assert_true (ferry_transaction_needs_recovery (bench.root));
  g_assert_true (ferry_transaction_recover (&bench.transaction, NULL, &error));
  g_assert_no_error (error);
  g_assert_false (ferry_root_exists (bench.root, half));
  g_assert_false (ferry_transaction_needs_recovery (bench.root));

  ferry_tree_add_file (bench.tree, half, "half a menu\n");
  cut_off (&bench, id, FERRY_STATE_COMMITTING);
  g_assert_true (ferry_transaction_recover (&bench.transaction, NULL, &error));
  g_assert_no_error (error);
  g_assert_false (ferry_root_exists (bench.root, half));
  bench_close (&bench);
}

/* Without an account nobody joins, and the whole change is put back. */
static void
test_group_of_nobody (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (FerryMachine) machine = NULL;
  g_autoptr (FerryIntent) intent = ferry_intent_new ();
  g_autoptr (FerryPlan) plan = NULL;
  Bench bench;

  bench_open (&bench, STANDIN_GOOD);
  add_people (&bench);
  bench.transaction.uid = 4242;
  machine = ferry_machine_scan (bench.root, NULL, NULL, NULL);
  intent->join_group = TRUE;
  plan = make_plan (machine, intent);
  g_assert_null (ferry_transaction_apply (&bench.transaction, machine, plan, intent, &error));
  g_assert_nonnull (error);
  assert_text (&bench, "etc/group", "root:x:0:\nlibvirt:x:967:\n");
  assert_text (&bench, "etc/default/grub", GRUB);
  bench_close (&bench);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/transaction/apply-and-undo", test_apply_and_undo);
  g_test_add_func ("/transaction/second-plan-is-empty", test_second_plan_is_empty);
  g_test_add_func ("/transaction/program-fails", test_program_fails);
  g_test_add_func ("/transaction/program-lies", test_program_lies);
  g_test_add_func ("/transaction/cancelled", test_cancelled);
  g_test_add_func ("/transaction/edited-afterwards", test_edited_afterwards);
  g_test_add_func ("/transaction/changed-before", test_changed_before);
  g_test_add_func ("/transaction/racing-writer", test_racing_writer);
  g_test_add_func ("/transaction/attributes", test_attributes);
  g_test_add_func ("/transaction/journal-is-bounded", test_journal_is_bounded);
  g_test_add_func ("/transaction/update-brings-kernel", test_update_brings_kernel);
  g_test_add_func ("/transaction/group", test_group);
  g_test_add_func ("/transaction/group-after-crash", test_group_after_crash);
  g_test_add_func ("/transaction/half-of-a-program", test_half_of_a_program);
  g_test_add_func ("/transaction/group-of-nobody", test_group_of_nobody);
  return g_test_run ();
}
