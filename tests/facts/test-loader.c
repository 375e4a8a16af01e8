/* test-loader.c: which boot loader it was, and when it cannot be said. */
#include "config.h"

#include <string.h>

#include "facts/loader.h"
#include "facts/tree.h"

#define LOADER "-4a67b082-0a4c-41cf-b6c7-440b29bb8c4f"
#define ROOT_MOUNT "22 1 0:21 / / rw - btrfs /dev/nvme0n1p2 rw\n"

/* A started computer: a tree, the command line and what the firmware says. */
typedef struct
{
  FerryTree *tree;
  const char *cmdline;
  const char *info;
  FerryAnswer stub;
} Boot;

static FerryLoader *
read_boot (const Boot *boot)
{
  g_autoptr (FerryRoot) root = ferry_tree_open (boot->tree);
  g_autoptr (FerryCmdline) cmdline = ferry_cmdline_parse (boot->cmdline, NULL);
  g_autoptr (FerryFirmware) firmware = ferry_firmware_read (root);

  firmware->uefi = FERRY_ANSWER_YES;
  firmware->stub = boot->stub;
  g_free (firmware->loader_info);
  firmware->loader_info = g_strdup (boot->info);
  return ferry_loader_read (root, cmdline, firmware);
}

static void
mount_esp (FerryTree *tree, const char *point, const char *type)
{
  g_autofree char *text
      = g_strdup_printf (ROOT_MOUNT "30 22 259:1 / /%s rw - %s /dev/nvme0n1p1 rw\n", point, type);

  ferry_tree_add_file (tree, "proc/self/mountinfo", text);
}

static void
test_nothing (void)
{
  g_autoptr (FerryTree) tree = ferry_tree_new ();
  g_autoptr (FerryLoader) loader = read_boot (&(Boot){ tree, "", NULL, FERRY_ANSWER_UNKNOWN });

  g_assert_cmpint (loader->kind, ==, FERRY_LOADER_UNKNOWN);
  g_assert_cmpstr (loader->evidence, ==, "");
  g_assert_null (loader->config);
  g_assert_null (loader->esp);
}

static void
test_grub (void)
{
  g_autoptr (FerryTree) tree = ferry_tree_new ();
  g_autoptr (FerryLoader) loader = NULL;
  g_autoptr (FerryLoader) bli = NULL;
  g_autoptr (FerryLoader) files = NULL;

  mount_esp (tree, "boot/efi", "vfat");
  ferry_tree_add_file (tree, "etc/default/grub", "GRUB_DEFAULT=saved\n");
  ferry_tree_add_file (tree, "boot/grub/grub.cfg", "");
  loader = read_boot (
      &(Boot){ tree, "BOOT_IMAGE=/boot/vmlinuz-6.12-x86_64 quiet", NULL, FERRY_ANSWER_NO });
  g_assert_cmpint (loader->kind, ==, FERRY_LOADER_GRUB);
  g_assert_cmpstr (loader->config, ==, "etc/default/grub");
  g_assert_cmpstr (loader->menu, ==, "boot/grub/grub.cfg");
  g_assert_cmpstr (loader->esp, ==, "boot/efi");
  g_assert_nonnull (strstr (loader->evidence, "BOOT_IMAGE="));

  /* GRUB 2.12 sets LoaderInfo, too. */
  bli = read_boot (&(Boot){ tree, "BOOT_IMAGE=/boot/vmlinuz", "GRUB 2.12", FERRY_ANSWER_NO });
  g_assert_cmpint (bli->kind, ==, FERRY_LOADER_GRUB);
  g_assert_nonnull (strstr (bli->evidence, "GRUB 2.12"));

  files = read_boot (&(Boot){ tree, "quiet intel_iommu=on", NULL, FERRY_ANSWER_UNKNOWN });
  g_assert_cmpint (files->kind, ==, FERRY_LOADER_GRUB);
  g_assert_nonnull (strstr (files->evidence, "boot/grub/grub.cfg"));
}

/* Only the settings are visible, as in a Flatpak without boot. */
static void
test_grub_settings_only (void)
{
  g_autoptr (FerryTree) tree = ferry_tree_new ();
  g_autoptr (FerryLoader) loader = NULL;

  ferry_tree_add_file (tree, "etc/default/grub", "");
  loader = read_boot (&(Boot){ tree, "quiet", NULL, FERRY_ANSWER_UNKNOWN });
  g_assert_cmpint (loader->kind, ==, FERRY_LOADER_GRUB);
}

static void
test_systemd_boot (void)
{
  g_autoptr (FerryTree) tree = ferry_tree_new ();
  Boot boot = { tree, "initrd=\\initramfs-linux.img root=UUID=1 rw", "systemd-boot 257.2",
                FERRY_ANSWER_NO };
  g_autoptr (FerryLoader) one = NULL;
  g_autoptr (FerryLoader) chosen = NULL;
  g_autoptr (FerryLoader) made = NULL;

  mount_esp (tree, "boot", "vfat");
  ferry_tree_add_file (tree, "boot/loader/entries/arch.conf", "options root=UUID=1\n");
  one = read_boot (&boot);
  g_assert_cmpint (one->kind, ==, FERRY_LOADER_SYSTEMD_BOOT);
  g_assert_cmpstr (one->config, ==, "boot/loader/entries/arch.conf");
  g_assert_null (one->mkconfig);

  ferry_tree_add_file (tree, "boot/loader/entries/zen.conf", "options root=UUID=1\n");
  ferry_tree_add_bytes (tree, "sys/firmware/efi/efivars/LoaderEntrySelected" LOADER,
                        "\x06\0\0\0z\0e\0n\0.\0c\0o\0n\0f\0\0\0", 22);
  chosen = read_boot (&boot);
  g_assert_cmpstr (chosen->config, ==, "boot/loader/entries/zen.conf");

  ferry_tree_add_file (tree, "etc/kernel/cmdline", "root=UUID=1 rw\n");
  made = read_boot (&boot);
  g_assert_cmpstr (made->config, ==, "etc/kernel/cmdline");
}

/* An entry name that would leave the folder is not used. */
static void
test_hostile_entry (void)
{
  g_autoptr (FerryTree) tree = ferry_tree_new ();
  g_autoptr (FerryLoader) loader = NULL;

  ferry_tree_add_file (tree, "boot/loader/entries/a.conf", "");
  ferry_tree_add_file (tree, "boot/loader/entries/b.conf", "");
  ferry_tree_add_file (tree, "boot/x.conf", "");
  ferry_tree_add_bytes (tree, "sys/firmware/efi/efivars/LoaderEntrySelected" LOADER,
                        "\x06\0\0\0.\0.\0/\0.\0.\0/\0x\0", 18);
  loader = read_boot (&(Boot){ tree, "", "systemd-boot 257", FERRY_ANSWER_NO });
  g_assert_cmpint (loader->kind, ==, FERRY_LOADER_SYSTEMD_BOOT);
  g_assert_null (loader->config);
}

static void
test_uki (void)
{
  g_autoptr (FerryTree) tree = ferry_tree_new ();
  g_autoptr (FerryLoader) by_systemd = NULL;
  g_autoptr (FerryLoader) by_firmware = NULL;

  mount_esp (tree, "efi", "vfat");
  ferry_tree_add_file (tree, "etc/cmdline.d/root.conf", "root=UUID=1\n");
  by_systemd = read_boot (&(Boot){ tree, "root=UUID=1", "systemd-boot 257", FERRY_ANSWER_YES });
  by_firmware = read_boot (&(Boot){ tree, "root=UUID=1", NULL, FERRY_ANSWER_YES });
  g_assert_cmpint (by_systemd->kind, ==, FERRY_LOADER_UKI);
  g_assert_cmpstr (by_systemd->config, ==, "etc/cmdline.d/root.conf");
  g_assert_cmpstr (by_systemd->esp, ==, "efi");
  g_assert_cmpint (by_firmware->kind, ==, FERRY_LOADER_UKI);
}

static void
test_limine_and_refind (void)
{
  g_autoptr (FerryTree) limine_tree = ferry_tree_new ();
  g_autoptr (FerryTree) refind_tree = ferry_tree_new ();
  g_autoptr (FerryLoader) limine = NULL;
  g_autoptr (FerryLoader) settings = NULL;
  g_autoptr (FerryLoader) refind = NULL;

  mount_esp (limine_tree, "boot", "vfat");
  ferry_tree_add_file (limine_tree, "boot/EFI/limine/limine.conf", "");
  limine = read_boot (&(Boot){ limine_tree, "quiet", NULL, FERRY_ANSWER_NO });
  g_assert_cmpint (limine->kind, ==, FERRY_LOADER_LIMINE);
  g_assert_cmpstr (limine->config, ==, "boot/EFI/limine/limine.conf");
  ferry_tree_add_file (limine_tree, "etc/default/limine", "");
  settings = read_boot (&(Boot){ limine_tree, "quiet", "Limine 8.6.0", FERRY_ANSWER_NO });
  g_assert_cmpint (settings->kind, ==, FERRY_LOADER_LIMINE);
  g_assert_cmpstr (settings->config, ==, "etc/default/limine");

  ferry_tree_add_file (refind_tree, "boot/refind_linux.conf", "");
  refind = read_boot (
      &(Boot){ refind_tree, "ro root=UUID=1 initrd=boot\\initramfs.img", NULL, FERRY_ANSWER_NO });
  g_assert_cmpint (refind->kind, ==, FERRY_LOADER_REFIND);
  g_assert_cmpstr (refind->config, ==, "boot/refind_linux.conf");
}

static void
test_efistub (void)
{
  g_autoptr (FerryTree) tree = ferry_tree_new ();
  g_autoptr (FerryLoader) loader
      = read_boot (&(Boot){ tree, "root=UUID=1 initrd=\\initramfs.img", NULL, FERRY_ANSWER_NO });

  g_assert_cmpint (loader->kind, ==, FERRY_LOADER_EFISTUB);
  g_assert_null (loader->config);
}

static void
assert_disagree (const Boot *boot, const char *first, const char *second)
{
  g_autoptr (FerryLoader) loader = read_boot (boot);

  g_assert_cmpint (loader->kind, ==, FERRY_LOADER_UNKNOWN);
  g_assert_nonnull (strstr (loader->evidence, first));
  g_assert_nonnull (strstr (loader->evidence, second));
  g_assert_null (loader->config);
  g_assert_null (loader->menu);
}

static void
test_disagreement (void)
{
  g_autoptr (FerryTree) empty = ferry_tree_new ();
  g_autoptr (FerryTree) both = ferry_tree_new ();
  g_autoptr (FerryTree) limine = ferry_tree_new ();
  g_autoptr (FerryTree) grub = ferry_tree_new ();

  ferry_tree_add_file (both, "boot/grub/grub.cfg", "");
  ferry_tree_add_file (both, "boot/efi/EFI/systemd/systemd-bootx64.efi", "");
  ferry_tree_add_file (both, "etc/default/grub", "");
  ferry_tree_add_file (limine, "boot/limine.conf", "");
  ferry_tree_add_file (grub, "boot/grub/grub.cfg", "");

  assert_disagree (&(Boot){ empty, "BOOT_IMAGE=/vmlinuz", "systemd-boot 257", FERRY_ANSWER_NO },
                   "BOOT_IMAGE=", "systemd-boot");
  assert_disagree (&(Boot){ empty, "BOOT_IMAGE=/vmlinuz", NULL, FERRY_ANSWER_YES },
                   "BOOT_IMAGE=", "StubInfo");
  assert_disagree (&(Boot){ both, "quiet", NULL, FERRY_ANSWER_UNKNOWN }, "boot/grub/grub.cfg",
                   "systemd-bootx64.efi");
  assert_disagree (&(Boot){ limine, "BOOT_IMAGE=/vmlinuz", NULL, FERRY_ANSWER_NO },
                   "BOOT_IMAGE=", "boot/limine.conf");
  assert_disagree (&(Boot){ grub, "initrd=\\initramfs.img", NULL, FERRY_ANSWER_NO },
                   "initrd=", "boot/grub/grub.cfg");
}

/* Left-over files of another loader do not matter when the running system has a clear word. */
static void
test_word_beats_files (void)
{
  g_autoptr (FerryTree) tree = ferry_tree_new ();
  g_autoptr (FerryLoader) grub = NULL;
  g_autoptr (FerryLoader) unknown_info = NULL;

  ferry_tree_add_file (tree, "boot/grub/grub.cfg", "");
  ferry_tree_add_file (tree, "boot/efi/EFI/systemd/systemd-bootx64.efi", "");
  grub = read_boot (&(Boot){ tree, "BOOT_IMAGE=/vmlinuz", NULL, FERRY_ANSWER_NO });
  g_assert_cmpint (grub->kind, ==, FERRY_LOADER_GRUB);
  unknown_info = read_boot (&(Boot){ tree, "BOOT_IMAGE=/vmlinuz", "Clover", FERRY_ANSWER_NO });
  g_assert_cmpint (unknown_info->kind, ==, FERRY_LOADER_GRUB);
}

/* A partition of another kind on that place is not the EFI system partition. */
static void
test_esp (void)
{
  g_autoptr (FerryTree) tree = ferry_tree_new ();
  g_autoptr (FerryLoader) ext4 = NULL;
  g_autoptr (FerryLoader) vfat = NULL;

  mount_esp (tree, "boot", "ext4");
  ext4 = read_boot (&(Boot){ tree, "BOOT_IMAGE=/vmlinuz", NULL, FERRY_ANSWER_NO });
  g_assert_null (ext4->esp);
  mount_esp (tree, "efi", "vfat");
  vfat = read_boot (&(Boot){ tree, "BOOT_IMAGE=/vmlinuz", NULL, FERRY_ANSWER_NO });
  g_assert_cmpstr (vfat->esp, ==, "efi");
}

static void
test_names (void)
{
  g_assert_cmpstr (ferry_loader_kind_to_string (FERRY_LOADER_UNKNOWN), ==, "unknown");
  g_assert_cmpstr (ferry_loader_kind_to_string (FERRY_LOADER_GRUB), ==, "GRUB");
  g_assert_cmpstr (ferry_loader_kind_to_string (FERRY_LOADER_SYSTEMD_BOOT), ==, "systemd-boot");
  g_assert_cmpstr (ferry_loader_kind_to_string (FERRY_LOADER_EFISTUB), ==, "EFI stub");
  g_assert_cmpstr (ferry_loader_kind_to_string ((FerryLoaderKind)99), ==, "unknown");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/loader/nothing", test_nothing);
  g_test_add_func ("/loader/grub", test_grub);
  g_test_add_func ("/loader/grub-settings-only", test_grub_settings_only);
  g_test_add_func ("/loader/systemd-boot", test_systemd_boot);
  g_test_add_func ("/loader/hostile-entry", test_hostile_entry);
  g_test_add_func ("/loader/uki", test_uki);
  g_test_add_func ("/loader/limine-and-refind", test_limine_and_refind);
  g_test_add_func ("/loader/efistub", test_efistub);
  g_test_add_func ("/loader/disagreement", test_disagreement);
  g_test_add_func ("/loader/word-beats-files", test_word_beats_files);
  g_test_add_func ("/loader/esp", test_esp);
  g_test_add_func ("/loader/names", test_names);
  return g_test_run ();
}
