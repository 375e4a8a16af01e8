/* test-configuration.c: the files of the start configuration, on a system and from inside a Flatpak. */
#include "config.h"

#include <string.h>

#include "facts/configuration.h"
#include "facts/tree.h"

typedef struct
{
  FerryTree *tree;
  FerryRoot *root;
  FerryLoader loader;
  FerryKernel *kernel;
  FerryConfiguration *configuration;
} Bench;

static void
read_all (Bench *bench)
{
  bench->root = ferry_tree_open (bench->tree);
  bench->kernel = ferry_kernel_read (bench->root);
  bench->configuration = ferry_configuration_read (bench->root, &bench->loader, bench->kernel);
}

static void
bench_close (Bench *bench)
{
  ferry_configuration_free (bench->configuration);
  ferry_kernel_free (bench->kernel);
  ferry_root_unref (bench->root);
  ferry_tree_free (bench->tree);
}

static void
assert_file (Bench *bench, const char *path, FerryFileKind kind, const char *text)
{
  const FerryFile *file = ferry_configuration_get (bench->configuration, path);

  g_test_message ("%s", path);
  g_assert_cmpint (file->kind, ==, kind);
  g_assert_cmpstr (file->text, ==, text);
}

static void
test_files (void)
{
  g_autoptr (GPtrArray) found = NULL;
  Bench bench = { .tree = ferry_tree_new () };

  ferry_tree_add_file (bench.tree, "etc/default/grub", "A=1\r\n\tB=2");
  ferry_tree_add_bytes (bench.tree, "etc/dracut.conf", "a\0b", 3);
  ferry_tree_add_bytes (bench.tree, "etc/mkinitcpio.conf", "\xff\xfe", 2);
  ferry_tree_add_folder (bench.tree, "etc/kernel/cmdline");
  ferry_tree_add_link (bench.tree, "etc/X11/xorg.conf.d/90-mhwd.conf", "../mhwd.d/nvidia.conf");
  ferry_tree_add_file (bench.tree, "etc/modprobe.d/b.conf", "");
  ferry_tree_add_file (bench.tree, "etc/modprobe.d/a.conf", "# a\n");
  ferry_tree_add_file (bench.tree, "etc/modprobe.d/a.conf.bak", "");
  read_all (&bench);

  assert_file (&bench, "etc/default/grub", FERRY_FILE_REGULAR, "A=1\r\n\tB=2");
  assert_file (&bench, "etc/dracut.conf", FERRY_FILE_OPAQUE, NULL);
  assert_file (&bench, "etc/mkinitcpio.conf", FERRY_FILE_OPAQUE, NULL);
  assert_file (&bench, "etc/kernel/cmdline", FERRY_FILE_OPAQUE, NULL);
  assert_file (&bench, "etc/X11/xorg.conf.d/90-mhwd.conf", FERRY_FILE_LINK, NULL);
  assert_file (&bench, "etc/default/limine", FERRY_FILE_ABSENT, NULL);
  assert_file (&bench, "etc/modprobe.d/b.conf", FERRY_FILE_REGULAR, "");
  found = ferry_configuration_list (bench.configuration, "etc/modprobe.d", ".conf");
  g_assert_cmpuint (found->len, ==, 2);
  g_assert_cmpstr (g_ptr_array_index (found, 0), ==, "etc/modprobe.d/a.conf");
  bench_close (&bench);
}

/* The files of the host with the names of the host, not those of the runtime. */
static void
test_flatpak (void)
{
  g_autoptr (GPtrArray) found = NULL;
  Bench bench = { .tree = ferry_tree_new () };

  ferry_tree_add_file (bench.tree, ".flatpak-info", "");
  ferry_tree_add_file (bench.tree, "etc/default/grub", "RUNTIME=1\n");
  ferry_tree_add_file (bench.tree, "etc/modprobe.d/runtime.conf", "");
  ferry_tree_add_file (bench.tree, "etc/fstab", "");
  ferry_tree_add_file (bench.tree, "proc/self/mountinfo", "");
  ferry_tree_add_file (bench.tree, "run/host/etc/fstab", "UUID=1 /boot/efi vfat umask=0077 0 2\n");
  ferry_tree_add_file (bench.tree, "run/host/etc/default/grub", "HOST=1\n");
  ferry_tree_add_file (bench.tree, "run/host/etc/modprobe.d/host.conf", "# h\n");
  read_all (&bench);

  assert_file (&bench, "etc/default/grub", FERRY_FILE_REGULAR, "HOST=1\n");
  assert_file (&bench, "etc/mkinitcpio.conf", FERRY_FILE_ABSENT, NULL);
  g_assert_cmpint (bench.configuration->esp_mounted, ==, FERRY_ANSWER_NO);
  found = ferry_configuration_list (bench.configuration, "etc/modprobe.d", ".conf");
  g_assert_cmpuint (found->len, ==, 1);
  g_assert_cmpstr (g_ptr_array_index (found, 0), ==, "etc/modprobe.d/host.conf");
  /* usr of the host is hidden here, which is not the same as a file that is not there. */
  assert_file (&bench, "usr/bin/mkinitcpio", FERRY_FILE_OPAQUE, NULL);
  bench_close (&bench);
}

static void
check_images (FerryLoaderKind kind, const char *first, guint64 bytes, const char *folder)
{
  Bench bench = { .tree = ferry_tree_new (), .loader = { .kind = kind, .esp = (char *) "boot/efi" } };

  ferry_tree_add_file (bench.tree, "boot/initramfs-6.12-x86_64.img", "1");
  ferry_tree_add_file (bench.tree, "boot/initrd-old.bak", "12345678");
  ferry_tree_add_file (bench.tree, "boot/efi/EFI/Linux/arch.efi", "12");
  ferry_tree_add_file (bench.tree, "boot/efi/EFI/Linux/note.txt", "12345678");
  ferry_tree_add_file (bench.tree, "boot/efi/0123456789abcdef0123456789abcdef/6.12/initrd", "123");
  read_all (&bench);

  g_assert_cmpstr (bench.configuration->images[0], ==, first);
  g_assert_null (bench.configuration->images[1]);
  g_assert_cmpuint (bench.configuration->image_bytes, ==, bytes);
  g_assert_cmpuint (bench.configuration->largest_image, ==, bytes);
  g_assert_cmpstr (bench.configuration->image_folder, ==, folder);
  bench_close (&bench);
}

static void
test_images (void)
{
  check_images (FERRY_LOADER_GRUB, "boot/initramfs-6.12-x86_64.img", 1, "boot");
  check_images (FERRY_LOADER_UKI, "boot/efi/EFI/Linux/arch.efi", 2, "boot/efi");
  check_images (FERRY_LOADER_SYSTEMD_BOOT, "boot/efi/0123456789abcdef0123456789abcdef/6.12/initrd", 3, "boot/efi");
}

/* Of some programs only matters whether they are there. */
static void
test_programs (void)
{
  Bench bench = { .tree = ferry_tree_new () };

  ferry_tree_add_program (bench.tree, "usr/sbin/grubby");
  read_all (&bench);
  assert_file (&bench, "usr/sbin/grubby", FERRY_FILE_OPAQUE, NULL);
  assert_file (&bench, "usr/bin/limine-update", FERRY_FILE_ABSENT, NULL);
  bench_close (&bench);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/configuration/files", test_files);
  g_test_add_func ("/configuration/flatpak", test_flatpak);
  g_test_add_func ("/configuration/images", test_images);
  g_test_add_func ("/configuration/programs", test_programs);
  return g_test_run ();
}
