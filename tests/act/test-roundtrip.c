/* test-roundtrip.c: undo (apply (x)) == x over a thousand made-up computers, byte for byte with mode and owner.
 *
 * Configuration files are put together at random from pieces that people write. What the planner refuses must stay
 * untouched as well; a refusal counts as tried, not as a round trip. FERRY_SEED repeats a run.
 */
#include "config.h"

#include <glib/gstdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "act/transaction.h"
#include "facts/tree.h"
#include "standin.h"

#define TREES 1000

static const char *
pick (GRand *dice, const char *const *choices)
{
  return choices[g_rand_int_range (dice, 0, (gint32) g_strv_length ((char **) choices))];
}

static char *
random_grub (GRand *dice)
{
  static const char *const heads[] = { "", "# made by hand\n", "GRUB_DEFAULT=saved\n", "\n\n",
                                       "GRUB_DISTRIBUTOR=`lsb_release -i -s 2> /dev/null || echo Debian`\n", NULL };
  static const char *const menus[] = { "", "GRUB_TIMEOUT=5\n", "GRUB_TIMEOUT=0\nGRUB_TIMEOUT_STYLE=hidden\n",
                                       "GRUB_TIMEOUT_STYLE='hidden' # quick\n", "GRUB_TIMEOUT=-1\n", NULL };
  static const char *const lines[] = {
    "GRUB_CMDLINE_LINUX_DEFAULT=\"quiet\"\n",
    "GRUB_CMDLINE_LINUX_DEFAULT='quiet splash resume=UUID=1'\n",
    "GRUB_CMDLINE_LINUX_DEFAULT=\n",
    "GRUB_CMDLINE_LINUX_DEFAULT=quiet  # fast\n",
    "GRUB_CMDLINE_LINUX_DEFAULT=\"\"\nGRUB_CMDLINE_LINUX_DEFAULT+=\" iommu=pt\"\n",
    "GRUB_CMDLINE_LINUX_DEFAULT=\"a \\\n b\"\n",
    "export GRUB_CMDLINE_LINUX_DEFAULT=\"quiet\"\n",
    "GRUB_CMDLINE_LINUX_DEFAULT=\"$(uname)\"\n",
    "GRUB_CMDLINE_LINUX_DEFAULT=\"open\n",
    "if true; then\nGRUB_CMDLINE_LINUX_DEFAULT=quiet\nfi\n",
    "",
    NULL };
  static const char *const tails[] = { "", "GRUB_CMDLINE_LINUX=\"root=/dev/mapper/luks\"", "#end", "\n\n\n",
                                       "GRUB_THEME=\"/usr/share/grub/themes/manjaro/theme.txt\"\n", NULL };

  return g_strconcat (pick (dice, heads), pick (dice, menus), pick (dice, lines), pick (dice, tails), NULL);
}

static char *
random_mkinitcpio (GRand *dice)
{
  static const char *const modules[] = { "MODULES=()\n", "MODULES=(amdgpu)\n", "MODULES=\"crc32c\"\n", "MODULES=''\n",
                                         "MODULES=(\n # early\n i915\n)\n", "MODULES=( vfio_pci )\n", "",
                                         "MODULES=(\"btrfs\" 'ext4')\n", NULL };
  static const char *const hooks[] = { "HOOKS=(base udev autodetect modconf block filesystems)\n",
                                       "HOOKS=\"base udev modconf block\"\n",
                                       "HOOKS=(base systemd autodetect modconf sd-encrypt block)\n",
                                       "HOOKS=(base udev block)\n", NULL };

  return g_strconcat (pick (dice, modules), "BINARIES=()\n", pick (dice, hooks), NULL);
}

/* Mode and group of a file of root's that people do set. */
static void
vary_owner (FerryTree *tree, GRand *dice, const char *path)
{
  static const guint modes[] = { 0644, 0600, 0640, 0444 };
  g_autofree char *full = g_build_filename (ferry_tree_get_folder (tree), path, NULL);

  if (g_rand_boolean (dice) && geteuid () == 0)
    g_assert_cmpint (chown (full, 0, (gid_t) g_rand_int_range (dice, 0, 20)), ==, 0);
  g_assert_cmpint (chmod (full, modes[g_rand_int_range (dice, 0, 4)]), ==, 0);
}

static void
add_generator (FerryTree *tree, GRand *dice)
{
  g_autofree char *text = NULL;

  switch (g_rand_int_range (dice, 0, 3))
    {
    case 0:
      text = random_mkinitcpio (dice);
      ferry_tree_add_file (tree, "etc/mkinitcpio.conf", text);
      vary_owner (tree, dice, "etc/mkinitcpio.conf");
      ferry_tree_add_file (tree, "etc/mkinitcpio.d/linux.preset",
                           g_rand_boolean (dice) ? "ALL_config=\"/etc/mkinitcpio.conf\"\nALL_kver=\"/boot/vmlinuz\"\n"
                                                   "PRESETS=('default')\ndefault_image=\"/boot/initramfs.img\"\n"
                                                 : "ALL_kver=\"/boot/vmlinuz\"\nPRESETS=('default')\n"
                                                   "default_image=\"/boot/initramfs.img\"\n");
      ferry_tree_add_program (tree, "usr/bin/mkinitcpio");
      break;
    case 1:
      ferry_tree_add_file (tree, "etc/dracut.conf", "# none\n");
      ferry_tree_add_program (tree, "usr/bin/dracut");
      if (g_rand_boolean (dice))
        ferry_tree_add_file (tree, "etc/dracut.conf.d/own.conf", "compress=zstd\n");
      break;
    default:
      ferry_tree_add_file (tree, "etc/initramfs-tools/initramfs.conf", "MODULES=most\n");
      ferry_tree_add_file (tree, "etc/initramfs-tools/modules",
                           g_rand_boolean (dice) ? "# list\nraid1" : "vfio_pci ids=1:2\n\n");
      vary_owner (tree, dice, "etc/initramfs-tools/modules");
      ferry_tree_add_program (tree, "usr/sbin/update-initramfs");
      ferry_tree_add_program (tree, "usr/sbin/mkinitramfs");
      break;
    }
}

static FerryTree *
random_computer (GRand *dice)
{
  FerryTree *tree = ferry_tree_new ();
  g_autofree char *grub = random_grub (dice);
  gboolean twin = g_rand_int_range (dice, 0, 4) == 0;

  ferry_tree_add_device (tree, &(FerryTreeDevice){ .address = "0000:01:00.0", .class_code = 0x030000,
                                                   .vendor = 0x1002, .device = 0x67df, .group = "1" });
  ferry_tree_add_device (tree, &(FerryTreeDevice){ .address = "0000:02:00.0", .class_code = 0x030000,
                                                   .vendor = 0x1002, .device = twin ? 0x67df : 0x7340,
                                                   .group = "2" });
  ferry_tree_add_file (tree, "proc/cpuinfo", "vendor_id\t: AuthenticAMD\nflags\t\t: fpu lm svm\n");
  ferry_tree_add_file (tree, "proc/cmdline", "BOOT_IMAGE=/boot/vmlinuz root=UUID=1 rw quiet\n");
  ferry_tree_add_file (tree, "etc/default/grub", grub);
  vary_owner (tree, dice, "etc/default/grub");
  ferry_tree_add_file (tree, "boot/grub/grub.cfg", "old menu\n");
  ferry_tree_add_program (tree, "usr/bin/grub-mkconfig");
  if (g_rand_boolean (dice))
    ferry_tree_add_file (tree, "usr/bin/grub-mkconfig", "for f in /etc/default/grub.d/*.cfg; do . $f; done\n");
  ferry_tree_add_file (tree, "boot/initramfs-6.12-x86_64.img", "old image\n");
  if (g_rand_boolean (dice))
    ferry_tree_add_folder (tree, "etc/modprobe.d");
  add_generator (tree, dice);
  return tree;
}

/* Path, mode, owner and content of everything below @folder, sorted. */
static void
take_snapshot (const char *base, const char *folder, GPtrArray *found)
{
  g_autofree char *full = g_build_filename (base, folder, NULL);
  g_autoptr (GDir) dir = g_dir_open (full, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);
      g_autofree char *place = g_build_filename (base, path, NULL);
      g_autofree char *text = NULL;
      struct stat info;

      g_assert_cmpint (lstat (place, &info), ==, 0);
      if (S_ISDIR (info.st_mode))
        take_snapshot (base, path, found);
      else
        g_file_get_contents (place, &text, NULL, NULL);
      g_ptr_array_add (found, g_strdup_printf ("%s %o %u %u %s", path, info.st_mode, info.st_uid, info.st_gid,
                                               text != NULL ? text : ""));
    }
}

static int
compare_lines (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

/* The settings; products of programs are made again by undo and are not compared. */
static char *
snapshot (FerryTree *tree)
{
  g_autoptr (GPtrArray) found = g_ptr_array_new_with_free_func (g_free);

  take_snapshot (ferry_tree_get_folder (tree), "etc", found);
  g_ptr_array_sort (found, compare_lines);
  g_ptr_array_add (found, NULL);
  return g_strjoinv ("\n", (char **) found->pdata);
}

/* TRUE when something was applied and undone; FALSE when the planner refused. */
static gboolean
round_trip (FerryTree *tree)
{
  g_autoptr (FerryRoot) root = ferry_tree_open (tree);
  g_autoptr (FerryTools) tools = standin_new (root, STANDIN_GOOD);
  g_autoptr (FerryMachine) machine = ferry_machine_scan (root, NULL, NULL, NULL);
  g_autoptr (FerryIntent) intent = ferry_intent_new ();
  g_autoptr (FerryPlan) plan = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *before = snapshot (tree);
  g_autofree char *applied = NULL;
  g_autofree char *after = NULL;
  g_autofree char *id = NULL;
  FerryTransaction transaction = { root, tools, NULL, NULL, NULL, 0 };
  FerryAddress card = { 0, 1, 0, 0 };

  intent->install = FALSE;
  g_array_append_val (intent->cards, card);
  plan = ferry_plan_make (machine, intent);
  id = ferry_transaction_apply (&transaction, machine, plan, intent, &error);
  applied = snapshot (tree);
  if (plan->refusals->len > 0)
    {
      g_assert_null (id);
      g_assert_cmpstr (applied, ==, before);
      return FALSE;
    }
  g_assert_no_error (error);
  g_assert_cmpstr (applied, !=, before);
  g_assert_true (ferry_transaction_undo (&transaction, id, FALSE, NULL, &error));
  g_assert_no_error (error);
  after = snapshot (tree);
  g_assert_cmpstr (after, ==, before);
  return TRUE;
}

static void
test_round_trips (void)
{
  const char *text = g_getenv ("FERRY_SEED");
  g_autoptr (GRand) dice = g_rand_new_with_seed (text != NULL ? (guint32) strtoul (text, NULL, 10) : 20);
  guint trips = 0, refused = 0;

  while (trips < TREES)
    {
      g_autoptr (FerryTree) tree = random_computer (dice);

      if (round_trip (tree))
        trips++;
      else
        refused++;
      g_assert_cmpuint (refused, <, 4 * TREES);
    }
  g_test_message ("round trips: %u computers, %u gave back every byte; %u refused and untouched",
                  trips + refused, trips, refused);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/roundtrip/thousand-computers", test_round_trips);
  return g_test_run ();
}
