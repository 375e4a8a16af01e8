/* test-generator.c: which command lines make which images, and what the proof does not let pass. */
#include "config.h"

#include <string.h>

#include "act/generator.h"
#include "act/menu-maker.h"
#include "act/tools.h"
#include "archive-maker.h"
#include "facts/error.h"
#include "facts/tree.h"

#define VERSION "6.12.4-1-MANJARO"
#define PRESET                                                                                    \
  "ALL_kver=\"/boot/vmlinuz-6.12-x86_64\"\nPRESETS=('default' 'fallback')\n"                       \
  "default_image=\"/boot/initramfs-6.12-x86_64.img\"\n"                                            \
  "fallback_image=\"/boot/initramfs-6.12-x86_64-fallback.img\"\nfallback_options=\"-S autodetect\"\n"

typedef struct
{
  FerryTree *tree;
  FerryRoot *root;
  FerryMachine *machine;
  FerryChange *change;
} Bench;

static void
bench_open (Bench *bench, FerryChangeKind kind)
{
  *bench = (Bench){ ferry_tree_new (), NULL, NULL, ferry_change_new (kind, "") };
  ferry_tree_add_file (bench->tree, "usr/lib/modules/" VERSION "/vmlinuz", "kernel");
  ferry_tree_add_file (bench->tree, "boot/vmlinuz-6.12-x86_64", "kernel");
  ferry_tree_add_file (bench->tree, "proc/cmdline", "BOOT_IMAGE=/boot/vmlinuz root=UUID=1\n");
  ferry_tree_add_file (bench->tree, "boot/grub/grub.cfg", "menu\n");
  ferry_tree_add_program (bench->tree, "usr/bin/grub-mkconfig");
  bench->root = ferry_tree_open (bench->tree);
}

static void
bench_close (Bench *bench)
{
  g_clear_object (&bench->machine);
  ferry_change_free (bench->change);
  ferry_root_unref (bench->root);
  ferry_tree_free (bench->tree);
}

static FerryStep
step_of (Bench *bench)
{
  if (bench->machine == NULL)
    bench->machine = ferry_machine_scan (bench->root, NULL, NULL, NULL);
  return (FerryStep){ .root = bench->root, .machine = bench->machine, .change = bench->change };
}

/* One command line a job, or the error's code. */
static char *
list_jobs (Bench *bench)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) jobs = NULL;
  GString *text = g_string_new (NULL);
  FerryStep step = step_of (bench);

  if (bench->change->kind == FERRY_CHANGE_INITRAMFS)
    jobs = ferry_generator_list_jobs (&step, &error);
  else
    jobs = ferry_menu_maker_list_jobs (&step, &error);
  if (jobs == NULL)
    g_assert_error (error, FERRY_ERROR, FERRY_ERROR_UNSUPPORTED);
  for (guint i = 0; jobs != NULL && i < jobs->len; i++)
    {
      const FerryJob *job = g_ptr_array_index (jobs, i);
      g_autofree char *line = g_strjoinv (" ", job->arguments);
      g_autofree char *made = g_strconcat (job->path, FERRY_TOOLS_NEW, NULL);

      g_assert_cmpstr (job->made, ==, made);
      g_assert_nonnull (strstr (line, made));
      g_string_append_printf (text, "%s%s", i > 0 ? "\n" : "", line);
    }
  if (jobs == NULL)
    g_string_assign (text, "refused");
  return g_string_free (text, FALSE);
}

static void
assert_jobs (Bench *bench, const char *wanted)
{
  g_autofree char *found = list_jobs (bench);

  g_assert_cmpstr (found, ==, wanted);
}

static void
open_mkinitcpio (Bench *bench, const char *preset)
{
  bench_open (bench, FERRY_CHANGE_INITRAMFS);
  ferry_tree_add_program (bench->tree, "usr/bin/mkinitcpio");
  ferry_tree_add_file (bench->tree, "etc/mkinitcpio.conf", "MODULES=()\n");
  ferry_tree_add_file (bench->tree, "etc/mkinitcpio.d/linux612.preset", preset);
}

static void
test_mkinitcpio (void)
{
  Bench bench;

  open_mkinitcpio (&bench, PRESET);
  /* A preset of a kernel that was removed. */
  ferry_tree_add_file (bench.tree, "etc/mkinitcpio.d/linux61.preset",
                       "ALL_kver=/boot/vmlinuz-6.1-x86_64\nPRESETS=(a)\na_image=/boot/initramfs-6.1-x86_64.img\n");
  assert_jobs (&bench, "mkinitcpio -k /boot/vmlinuz-6.12-x86_64 -g /boot/initramfs-6.12-x86_64.img.ferry-new\n"
                       "mkinitcpio -k /boot/vmlinuz-6.12-x86_64 -g "
                       "/boot/initramfs-6.12-x86_64-fallback.img.ferry-new -S autodetect");
  bench_close (&bench);
}

static void
test_mkinitcpio_more (void)
{
  Bench bench;

  open_mkinitcpio (&bench, "ALL_kver=" VERSION "\nALL_config=/etc/mkinitcpio.conf\nPRESETS=(a)\na_image=/boot/i.img\n"
                           "a_uki=/efi/EFI/Linux/a.efi\n");
  assert_jobs (&bench, "mkinitcpio -k " VERSION " -c /etc/mkinitcpio.conf -g /boot/i.img.ferry-new\n"
                       "mkinitcpio -k " VERSION " -c /etc/mkinitcpio.conf -U /efi/EFI/Linux/a.efi.ferry-new");
  bench_close (&bench);
}

static void
test_mkinitcpio_hostile (void)
{
  static const char *const presets[] = {
    "",
    "ALL_kver=" VERSION "\nPRESETS=(a)\na_image=/etc/shadow\n",
    "ALL_kver=" VERSION "\nPRESETS=(a)\na_image=/bootx/i\n",
    "ALL_kver=" VERSION "\nPRESETS=(a)\na_image=/boot/../etc/i\n",
    "ALL_kver=" VERSION "\nPRESETS=(a)\na_image=\"/boot/i -g /boot/j\"\n",
    "ALL_kver=6.6.6\nPRESETS=(a)\na_image=/boot/i\n",
    "ALL_kver=" VERSION "\nPRESETS=(a)\na_image=$(id)\n",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (presets); i++)
    {
      Bench bench;

      open_mkinitcpio (&bench, presets[i]);
      assert_jobs (&bench, "refused");
      bench_close (&bench);
    }
}

static void
test_dracut (void)
{
  Bench bench;

  bench_open (&bench, FERRY_CHANGE_INITRAMFS);
  ferry_tree_add_program (bench.tree, "usr/bin/dracut");
  ferry_tree_add_file (bench.tree, "usr/lib/modules/" VERSION "/pkgbase", "linux612\n");
  ferry_tree_add_file (bench.tree, "usr/lib/modules/" VERSION "/kernelbase", "6.12-x86_64\n");
  assert_jobs (&bench, "refused");
  ferry_tree_add_file (bench.tree, "boot/initramfs-" VERSION ".img", "old");
  ferry_tree_add_file (bench.tree, "boot/initramfs-6.12-x86_64.img", "old");
  ferry_tree_add_file (bench.tree, "boot/initramfs-6.12-x86_64-fallback.img", "old");
  assert_jobs (&bench, "dracut --force /boot/initramfs-" VERSION ".img.ferry-new " VERSION "\n"
                       "dracut --force /boot/initramfs-6.12-x86_64.img.ferry-new " VERSION);
  bench_close (&bench);
}

static void
test_initramfs_tools (void)
{
  Bench bench;

  bench_open (&bench, FERRY_CHANGE_INITRAMFS);
  ferry_tree_add_program (bench.tree, "usr/sbin/mkinitramfs");
  ferry_tree_add_file (bench.tree, "boot/initrd.img-" VERSION, "old");
  ferry_tree_add_file (bench.tree, "boot/initrd.img-" VERSION ".ferry-old", "old");
  ferry_tree_add_file (bench.tree, "boot/initrd.img-5.10.0-1-amd64", "of a kernel that is gone");
  assert_jobs (&bench, "mkinitramfs -o /boot/initrd.img-" VERSION ".ferry-new " VERSION);
  bench_close (&bench);
}

static void
test_menu_jobs (void)
{
  Bench bench;

  bench_open (&bench, FERRY_CHANGE_MENU);
  g_free (bench.change->tool);
  bench.change->tool = g_strdup ("grub-mkconfig");
  assert_jobs (&bench, "grub-mkconfig -o /boot/grub/grub.cfg.ferry-new");
  g_free (bench.change->tool);
  bench.change->tool = g_strdup ("limine-update");
  assert_jobs (&bench, "");
  g_free (bench.change->tool);
  bench.change->tool = g_strdup ("rm");
  assert_jobs (&bench, "refused");
  bench_close (&bench);
}

/* What a proof says: NULL for good, else the message. */
static char *
prove (Bench *bench, const char *path, gboolean wanted)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *made = g_strconcat (path, FERRY_TOOLS_NEW, NULL);
  FerryProduct product = { (char *) path, made, TRUE };
  FerryStep step = step_of (bench);

  if (ferry_step_prove (&step, &product, wanted, &error))
    return NULL;
  return g_strdup (error->message);
}

static void
assert_proof (Bench *bench, const char *path, gboolean wanted, const char *part)
{
  g_autofree char *message = prove (bench, path, wanted);

  if (part == NULL)
    g_assert_cmpstr (message, ==, NULL);
  else
    g_assert_nonnull (message);
  if (message != NULL && part != NULL && strstr (message, part) == NULL)
    g_error ("“%s” does not say “%s”", message, part);
}

static void
put_bytes (Bench *bench, const char *path, const GByteArray *bytes)
{
  ferry_tree_add_bytes (bench->tree, path, bytes->data, bytes->len);
}

#define IMAGE "boot/i.img"
#define MADE IMAGE FERRY_TOOLS_NEW
#define SETTINGS "softdep nouveau pre: vfio-pci\n"

static void
open_proof (Bench *bench)
{
  static const char *const items[] = { "vfio_pci", "vfio_iommu_type1", NULL };

  bench_open (bench, FERRY_CHANGE_INITRAMFS);
  g_strfreev (bench->change->items);
  bench->change->items = g_strdupv ((char **) items);
  ferry_tree_add_file (bench->tree, "etc/modprobe.d/ferry.conf", SETTINGS);
  ferry_tree_add_file (bench->tree, IMAGE, "old");
}

static void
test_proof (void)
{
  static const char *const all[] = { "lib/vfio-pci.ko.xz", "lib/vfio_iommu_type1.ko", NULL };
  static const char *const some[] = { "lib/vfio-pci.ko.xz", NULL };
  g_autoptr (GByteArray) good = archive_maker_new_image (all, SETTINGS);
  g_autoptr (GByteArray) lacks_module = archive_maker_new_image (some, SETTINGS);
  g_autoptr (GByteArray) lacks_settings = archive_maker_new_image (all, NULL);
  g_autoptr (GByteArray) old_settings = archive_maker_new_image (all, "# old\n");
  Bench bench;

  open_proof (&bench);
  assert_proof (&bench, IMAGE, TRUE, "cannot be read");
  put_bytes (&bench, MADE, good);
  assert_proof (&bench, IMAGE, TRUE, NULL);
  put_bytes (&bench, MADE, lacks_module);
  assert_proof (&bench, IMAGE, TRUE, "vfio_iommu_type1");
  assert_proof (&bench, IMAGE, FALSE, NULL);
  put_bytes (&bench, MADE, lacks_settings);
  assert_proof (&bench, IMAGE, TRUE, "settings");
  put_bytes (&bench, MADE, old_settings);
  assert_proof (&bench, IMAGE, TRUE, "settings");
  g_byte_array_set_size (good, good->len - 100);
  put_bytes (&bench, MADE, good);
  assert_proof (&bench, IMAGE, TRUE, "not complete");
  assert_proof (&bench, IMAGE, FALSE, "not complete");
  bench_close (&bench);
}

static void
test_proof_sizes (void)
{
  g_autoptr (GByteArray) tiny = g_byte_array_new ();
  const ArchiveFile files[] = { { "init", "x" }, { NULL, NULL } };
  g_autofree char *old = g_strnfill (4000, 'x');
  Bench bench;

  open_proof (&bench);
  archive_maker_add (tiny, files);
  put_bytes (&bench, MADE, tiny);
  assert_proof (&bench, IMAGE, FALSE, NULL);
  ferry_tree_add_file (bench.tree, IMAGE, old);
  assert_proof (&bench, IMAGE, FALSE, "too small");
  ferry_tree_remove (bench.tree, IMAGE);
  assert_proof (&bench, IMAGE, FALSE, "too small");
  ferry_tree_add_file (bench.tree, MADE, "");
  assert_proof (&bench, IMAGE, FALSE, "too small");
  ferry_tree_remove (bench.tree, MADE);
  ferry_tree_add_link (bench.tree, MADE, "i.img");
  assert_proof (&bench, IMAGE, FALSE, "cannot be read");
  bench_close (&bench);
}

static void
test_proof_uki (void)
{
  static const char *const all[] = { "lib/vfio-pci.ko", "lib/vfio_iommu_type1.ko", NULL };
  g_autoptr (GByteArray) image = archive_maker_new_image (all, SETTINGS);
  g_autoptr (GByteArray) good = archive_maker_new_uki ("root=UUID=1 rw iommu=pt\n", image);
  g_autoptr (GByteArray) lacks = archive_maker_new_uki ("root=UUID=1 rw\n", image);
  Bench bench;

  open_proof (&bench);
  ferry_tree_add_file (bench.tree, "etc/kernel/cmdline", "# mine\nroot=UUID=1 rw\n");
  ferry_tree_add_file (bench.tree, "etc/cmdline.d/ferry.conf", "# Made by Ferry.\niommu=pt\n");
  put_bytes (&bench, MADE, good);
  assert_proof (&bench, IMAGE, TRUE, NULL);
  put_bytes (&bench, MADE, lacks);
  assert_proof (&bench, IMAGE, TRUE, "words");
  assert_proof (&bench, IMAGE, FALSE, "words");
  bench_close (&bench);
}

#define MENU "boot/grub/grub.cfg"
#define ENTRY(kernel, words)                                                                       \
  "### BEGIN /etc/grub.d/10_linux ###\nmenuentry 'A' {\n linux /boot/" kernel " root=UUID=1 " words \
  "\n}\n### END /etc/grub.d/10_linux ###\n"

static void
test_proof_menu (void)
{
  Bench bench;

  bench_open (&bench, FERRY_CHANGE_MENU);
  g_strfreev (bench.change->items);
  bench.change->items = g_strsplit ("iommu=pt", " ", -1);
  assert_proof (&bench, MENU, TRUE, "");
  ferry_tree_add_file (bench.tree, MENU FERRY_TOOLS_NEW, ENTRY ("vmlinuz-6.12-x86_64", "quiet iommu=pt"));
  assert_proof (&bench, MENU, TRUE, NULL);
  ferry_tree_add_file (bench.tree, MENU FERRY_TOOLS_NEW, ENTRY ("vmlinuz-6.12-x86_64", "quiet"));
  assert_proof (&bench, MENU, TRUE, "iommu=pt");
  assert_proof (&bench, MENU, FALSE, NULL);
  ferry_tree_add_file (bench.tree, MENU FERRY_TOOLS_NEW, ENTRY ("vmlinuz-gone", "quiet iommu=pt"));
  assert_proof (&bench, MENU, TRUE, "not there");
  ferry_tree_add_file (bench.tree, MENU FERRY_TOOLS_NEW, "");
  assert_proof (&bench, MENU, FALSE, "not complete");
  ferry_tree_add_bytes (bench.tree, MENU FERRY_TOOLS_NEW, "a\0b", 3);
  assert_proof (&bench, MENU, FALSE, "not complete");
  bench_close (&bench);
}

/* Values that no plan makes, from a file or a pipe: refused before a program is looked for. */
static void
test_hostile_steps (void)
{
  static const struct
  {
    FerryChangeKind kind;
    const char *tool;
    const char *items[3];
    const char *user;
  } cases[] = {
    { FERRY_CHANGE_PACKAGES, "pacman", { NULL }, NULL },
    { FERRY_CHANGE_PACKAGES, "pacman", { "-U", "x" }, NULL },
    { FERRY_CHANGE_PACKAGES, "pacman", { "/tmp/x.pkg.tar.zst" }, NULL },
    { FERRY_CHANGE_PACKAGES, "apt-get", { "./x.deb" }, NULL },
    { FERRY_CHANGE_PACKAGES, "apt-get", { "qemu;id" }, NULL },
    { FERRY_CHANGE_PACKAGES, "apt-get", { "qemu=1" }, NULL },
    { FERRY_CHANGE_SERVICE, "systemctl", { NULL }, NULL },
    { FERRY_CHANGE_SERVICE, "systemctl", { "sshd.service" }, NULL },
    { FERRY_CHANGE_SERVICE, "systemctl", { "libvirtd.socket", "--root=x" }, NULL },
    { FERRY_CHANGE_SERVICE, "systemctl", { "libvirt/../x.service" }, NULL },
    { FERRY_CHANGE_GROUP, "usermod", { "libvirt" }, NULL },
    { FERRY_CHANGE_GROUP, "usermod", { "wheel" }, "user" },
    { FERRY_CHANGE_GROUP, "usermod", { "libvirt", "wheel" }, "user" },
    { FERRY_CHANGE_GROUP, "usermod", { "libvirt" }, "-u" },
    { FERRY_CHANGE_GROUP, "usermod", { "libvirt" }, "a b" },
    { FERRY_CHANGE_GROUP, "usermod", { "libvirt" }, "" },
    { FERRY_CHANGE_BLS_ARGS, "grubby", { "a b" }, NULL },
    { FERRY_CHANGE_BLS_ARGS, "grubby", { "--x" }, NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      Bench bench;
      FerryStep step;

      bench_open (&bench, cases[i].kind);
      g_free (bench.change->tool);
      bench.change->tool = g_strdup (cases[i].tool);
      g_strfreev (bench.change->items);
      bench.change->items = g_strdupv ((char **) cases[i].items);
      step = step_of (&bench);
      step.user_name = cases[i].user;
      g_assert_false (ferry_step_run (&step, &error));
      g_assert_error (error, FERRY_ERROR, FERRY_ERROR_INVALID);
      bench_close (&bench);
    }
}

static void
on_line (const char *line, gpointer user_data)
{
  g_string_append_printf (user_data, "%s\n", line);
}

/* GRUB's own check runs over what was made; where it is missing the log says so. */
static void
test_checker (void)
{
  g_autoptr (GString) log = g_string_new (NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) jobs = NULL;
  FerryStep step;
  Bench bench;

  bench_open (&bench, FERRY_CHANGE_MENU);
  g_free (bench.change->tool);
  bench.change->tool = g_strdup ("grub-mkconfig");
  step = step_of (&bench);
  step.line = on_line;
  step.line_data = log;
  jobs = ferry_menu_maker_list_jobs (&step, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (jobs->len, ==, 1);

  g_assert_true (ferry_menu_maker_check (&step, jobs, &error));
  g_assert_no_error (error);
  g_assert_cmpstr (log->str, ==, "GRUB's own check of a boot menu is not installed; only Ferry's check is made.\n");

  /* One that is there is started; this one cannot be, because the folder is no whole system. */
  g_string_truncate (log, 0);
  ferry_tree_add_program (bench.tree, "usr/bin/grub2-script-check");
  g_assert_false (ferry_menu_maker_check (&step, jobs, &error));
  g_assert_nonnull (error);
  g_assert_null (strstr (log->str, "Ferry"));
  bench_close (&bench);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/generator/mkinitcpio", test_mkinitcpio);
  g_test_add_func ("/generator/mkinitcpio-more", test_mkinitcpio_more);
  g_test_add_func ("/generator/mkinitcpio-hostile", test_mkinitcpio_hostile);
  g_test_add_func ("/generator/dracut", test_dracut);
  g_test_add_func ("/generator/initramfs-tools", test_initramfs_tools);
  g_test_add_func ("/generator/menu-jobs", test_menu_jobs);
  g_test_add_func ("/generator/proof", test_proof);
  g_test_add_func ("/generator/proof-sizes", test_proof_sizes);
  g_test_add_func ("/generator/proof-uki", test_proof_uki);
  g_test_add_func ("/generator/proof-menu", test_proof_menu);
  g_test_add_func ("/generator/hostile-steps", test_hostile_steps);
  g_test_add_func ("/generator/checker", test_checker);
  return g_test_run ();
}
