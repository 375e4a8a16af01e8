/* test-in-place.c: tools that rewrite the live boot menu fail, are followed by a failure, or are cut: everything is as before. */
#include "config.h"

#include <sys/wait.h>
#include <unistd.h>

#include "act/transaction.h"
#include "facts/tree.h"
#include "standin.h"

#define ID "0123456789abcdef0123456789abcdef"
#define VERSION "6.12.48-1-MANJARO"
#define LINE "root=UUID=1 rw quiet"
#define ENTRY "boot/efi/loader/entries/" ID "-" VERSION ".conf"
#define FEDORA_ENTRY "boot/loader/entries/" ID "-" VERSION ".conf"

typedef enum
{
  LIMINE,
  KERNEL_INSTALL,
  GRUBBY
} Kind;

typedef struct
{
  Kind kind;
  const char *files[5]; /* paths that the tool rewrites */
  const char *more;     /* what it makes beside them, or NULL */
} Shape;

static const Shape shapes[] = {
  { LIMINE, { "boot/efi/limine.conf", "boot/efi/" ID "/linux612/initrd", NULL }, "boot/efi/" ID "/linux612/initrd-more" },
  { KERNEL_INSTALL, { ENTRY, "boot/efi/" ID "/" VERSION "/initrd", NULL }, "boot/efi/" ID "/" VERSION "/initrd-more" },
  { GRUBBY, { FEDORA_ENTRY, NULL }, NULL },
};

static void
add_loader_info (FerryTree *tree, const char *name)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  const guint8 head[] = { 6, 0, 0, 0 };

  g_byte_array_append (bytes, head, sizeof head);
  for (const char *at = name; *at != '\0'; at++)
    {
      const guint8 letter[] = { (guint8) *at, 0 };
      g_byte_array_append (bytes, letter, sizeof letter);
    }
  g_byte_array_append (bytes, (const guint8[]){ 0, 0 }, 2);
  ferry_tree_add_bytes (tree, "sys/firmware/efi/efivars/LoaderInfo-4a67b082-0a4c-41cf-b6c7-440b29bb8c4f", bytes->data,
                        bytes->len);
}

static void
add_limine (FerryTree *tree)
{
  add_loader_info (tree, "Limine 9.3.0");
  ferry_tree_add_file (tree, "etc/machine-id", ID "\n");
  ferry_tree_add_file (tree, "etc/default/limine", "KERNEL_CMDLINE[default]=\"" LINE "\"\n");
  ferry_tree_add_file (tree, "boot/efi/limine.conf", "timeout: 5\n/Linux\n    cmdline: " LINE "\n");
  ferry_tree_add_file (tree, "boot/efi/" ID "/linux612/initrd", "old image\n");
  ferry_tree_add_program (tree, "usr/bin/limine-update");
}

static void
add_kernel_install (FerryTree *tree)
{
  add_loader_info (tree, "systemd-boot 256.7");
  ferry_tree_add_file (tree, "boot/efi/loader/loader.conf", "timeout 5\n");
  ferry_tree_add_file (tree, "etc/kernel/cmdline", LINE "\n");
  ferry_tree_add_file (tree, ENTRY, "title Linux\nlinux /vmlinuz\noptions " LINE "\n");
  ferry_tree_add_file (tree, "boot/efi/" ID "/" VERSION "/initrd", "old image\n");
  ferry_tree_add_program (tree, "usr/bin/kernel-install");
}

static void
add_grubby (FerryTree *tree)
{
  ferry_tree_add_file (tree, "etc/default/grub", "GRUB_CMDLINE_LINUX=\"quiet\"\nGRUB_ENABLE_BLSCFG=true\n");
  ferry_tree_add_file (tree, "boot/grub2/grub.cfg", "insmod blscfg\nblscfg\n");
  ferry_tree_add_file (tree, FEDORA_ENTRY, "title Fedora\nlinux /vmlinuz\noptions " LINE "\n");
  ferry_tree_add_program (tree, "usr/sbin/grub2-mkconfig");
  ferry_tree_add_program (tree, "usr/sbin/grubby");
}

static FerryTree *
new_computer (Kind kind)
{
  FerryTree *tree = ferry_tree_new ();

  ferry_tree_add_cards (tree);
  ferry_tree_add_file (tree, "proc/cpuinfo", "vendor_id\t: GenuineIntel\nflags\t\t: fpu lm vmx\n");
  ferry_tree_add_file (tree, "proc/cmdline", LINE "\n");
  ferry_tree_add_file (tree, "proc/sys/kernel/osrelease", VERSION "\n");
  ferry_tree_add_file (tree, "usr/lib/modules/" VERSION "/vmlinuz", "kernel\n");
  ferry_tree_add_file (tree, "etc/passwd", "anna:x:1000:1000::/home/anna:/bin/sh\n");
  ferry_tree_add_file (tree, "etc/group", "libvirt:x:967:\n");
  ferry_tree_add_file (tree, "boot/initramfs-" VERSION ".img", "old image\n");
  ferry_tree_add_file (tree, "etc/dracut.conf", "# none\n");
  ferry_tree_add_program (tree, "usr/bin/dracut");
  if (kind == LIMINE)
    add_limine (tree);
  else if (kind == KERNEL_INSTALL)
    add_kernel_install (tree);
  else
    add_grubby (tree);
  return tree;
}

typedef struct
{
  const Shape *shape;
  FerryTree *tree;
  FerryRoot *root;
  char *before[5];
} Bench;

static void
bench_open (Bench *bench, const Shape *shape)
{
  *bench = (Bench){ .shape = shape, .tree = new_computer (shape->kind) };
  bench->root = ferry_tree_open (bench->tree);
  ferry_root_set_user_name (bench->root, "anna");
  for (guint i = 0; shape->files[i] != NULL; i++)
    bench->before[i] = ferry_root_read_text (bench->root, shape->files[i], NULL);
}

static void
bench_close (Bench *bench)
{
  for (guint i = 0; i < G_N_ELEMENTS (bench->before); i++)
    g_free (bench->before[i]);
  ferry_root_unref (bench->root);
  ferry_tree_free (bench->tree);
}

static char *
apply (Bench *bench, FerryTools *tools, FerryTransactionProgress progress)
{
  g_autoptr (FerryMachine) machine = ferry_machine_scan (bench->root, NULL, NULL, NULL);
  g_autoptr (FerryIntent) intent = ferry_intent_new ();
  g_autoptr (FerryPlan) plan = NULL;
  g_autoptr (GError) error = NULL;
  FerryTransaction transaction = { bench->root, tools, progress, bench, NULL, 1000 };
  FerryAddress card = { 0, 1, 0, 0 };
  char *id;

  intent->install = FALSE;
  intent->join_group = TRUE;
  g_array_append_val (intent->cards, card);
  plan = ferry_plan_make (machine, intent);
  for (guint i = 0; i < plan->refusals->len; i++)
    g_test_message ("%s", ((FerryNote *) g_ptr_array_index (plan->refusals, i))->text);
  g_assert_cmpuint (plan->refusals->len, ==, 0);
  id = ferry_transaction_apply (&transaction, machine, plan, intent, &error);
  if (id == NULL)
    g_test_message ("%s", error->message);
  g_assert_false (ferry_transaction_error_is_severe (error));
  return id;
}

static gboolean
is_rewritten (Bench *bench)
{
  for (guint i = 0; bench->shape->files[i] != NULL; i++)
    {
      g_autofree char *now = ferry_root_read_text (bench->root, bench->shape->files[i], NULL);

      if (g_strcmp0 (now, bench->before[i]) == 0)
        return FALSE;
    }
  return TRUE;
}

static void
assert_as_before (Bench *bench)
{
  for (guint i = 0; bench->shape->files[i] != NULL; i++)
    {
      g_autofree char *now = ferry_root_read_text (bench->root, bench->shape->files[i], NULL);

      g_assert_cmpstr (now, ==, bench->before[i]);
    }
  g_assert_false (bench->shape->more != NULL && ferry_root_exists (bench->root, bench->shape->more));
  g_assert_false (ferry_root_exists (bench->root, "etc/modprobe.d"));
  g_assert_false (ferry_transaction_needs_recovery (bench->root));
}

static void
check_failure (const Shape *shape, StandinMood mood)
{
  g_autoptr (FerryTools) tools = NULL;
  g_autofree char *id = NULL;
  Bench bench;

  bench_open (&bench, shape);
  tools = standin_new (bench.root, mood);
  id = apply (&bench, tools, NULL);
  g_assert_null (id);
  assert_as_before (&bench);
  bench_close (&bench);
}

static void
test_tool_fails (gconstpointer data)
{
  check_failure (data, STANDIN_FAILS);
}

static void
test_later_step_fails (gconstpointer data)
{
  check_failure (data, STANDIN_FAILS_LATER);
}

/* The power goes when the tool has run. */
static void
on_progress (const char *stage, guint step, guint of, const char *title, gpointer user_data)
{
  if (is_rewritten (user_data))
    _exit (9);
}

static void
test_cut (gconstpointer data)
{
  g_autoptr (FerryTools) tools = NULL;
  g_autoptr (GError) error = NULL;
  FerryTransaction transaction = { 0 };
  int status;
  pid_t child;
  Bench bench;

  bench_open (&bench, data);
  tools = standin_new (bench.root, STANDIN_GOOD);
  transaction = (FerryTransaction){ bench.root, tools, NULL, NULL, NULL, 0 };
  child = fork ();
  if (child == 0)
    {
      g_free (apply (&bench, tools, on_progress));
      _exit (0);
    }
  g_assert_cmpint (waitpid (child, &status, 0), ==, child);
  g_assert_true (WIFEXITED (status) && WEXITSTATUS (status) == 9);
  g_assert_true (is_rewritten (&bench));
  g_assert_true (ferry_transaction_needs_recovery (bench.root));
  g_assert_true (ferry_transaction_recover (&transaction, NULL, &error));
  g_assert_no_error (error);
  assert_as_before (&bench);
  bench_close (&bench);
}

/* Apply keeps nothing behind; an undo that fails leaves the change in force, with its words. */
static void
test_undo_fails (gconstpointer data)
{
  g_autoptr (FerryTools) tools = NULL;
  g_autoptr (FerryTools) failing = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *id = NULL;
  g_autofree char *kept = NULL;
  FerryTransaction transaction = { 0 };
  Bench bench, after;

  bench_open (&bench, data);
  tools = standin_new (bench.root, STANDIN_GOOD);
  failing = standin_new (bench.root, STANDIN_FAILS);
  id = apply (&bench, tools, NULL);
  g_assert_nonnull (id);
  g_assert_true (is_rewritten (&bench));
  kept = g_build_filename (FERRY_JOURNAL_FOLDER, id, "kept-0", NULL);
  g_assert_false (ferry_root_exists (bench.root, kept));

  after = bench;
  for (guint i = 0; bench.shape->files[i] != NULL; i++)
    after.before[i] = ferry_root_read_text (bench.root, bench.shape->files[i], NULL);
  transaction = (FerryTransaction){ bench.root, failing, NULL, NULL, NULL, 0 };
  if (bench.shape->kind != GRUBBY) /* there it is not run, but taken back */
    {
      g_assert_false (ferry_transaction_undo (&transaction, id, FALSE, NULL, &error));
      for (guint i = 0; bench.shape->files[i] != NULL; i++)
        {
          g_autofree char *now = ferry_root_read_text (bench.root, bench.shape->files[i], NULL);
          g_assert_cmpstr (now, ==, after.before[i]);
        }
      g_clear_error (&error);
    }
  transaction.tools = tools;
  g_assert_true (ferry_transaction_undo (&transaction, id, FALSE, NULL, &error));
  g_assert_no_error (error);
  for (guint i = 0; bench.shape->files[i] != NULL; i++)
    g_free (after.before[i]);
  bench_close (&bench);
}

static void
add_tests (const char *name, const Shape *shape)
{
  static const struct
  {
    const char *name;
    GTestDataFunc run;
  } tests[] = { { "tool-fails", test_tool_fails },
                { "later-step-fails", test_later_step_fails },
                { "cut", test_cut },
                { "undo-fails", test_undo_fails } };

  for (gsize i = 0; i < G_N_ELEMENTS (tests); i++)
    {
      g_autofree char *path = g_strdup_printf ("/in-place/%s/%s", name, tests[i].name);
      g_test_add_data_func (path, shape, tests[i].run);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  add_tests ("limine", &shapes[LIMINE]);
  add_tests ("kernel-install", &shapes[KERNEL_INSTALL]);
  add_tests ("grubby", &shapes[GRUBBY]);
  return g_test_run ();
}
