/* fuzz-loader.c: any bytes in the files that tell which boot loader and which RAM disk is used.
 *
 * The input is a row of files: one byte that chooses the path, two bytes of length, then the
 * content. Properties: a loader that is known has evidence; a configuration file or menu that is named
 * is a relative path; texts are UTF-8; a second reading says the same.
 */
#include "config.h"

#include <string.h>

#include "facts/initramfs.h"
#include "facts/loader.h"
#include "place.h"

#define LOADER_GUID "-4a67b082-0a4c-41cf-b6c7-440b29bb8c4f"

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

static const char *const files[] = {
  "proc/cmdline",
  "etc/default/grub",
  "usr/bin/grub-mkconfig",
  "boot/grub/grub.cfg",
  "etc/default/limine",
  "boot/limine.conf",
  "boot/refind_linux.conf",
  "boot/loader/loader.conf",
  "boot/loader/entries/one.conf",
  "etc/kernel/cmdline",
  "sys/firmware/efi/efivars/LoaderInfo" LOADER_GUID,
  "sys/firmware/efi/efivars/StubInfo" LOADER_GUID,
  "proc/self/mountinfo",
  "etc/fstab",
  "etc/mkinitcpio.conf",
  "etc/mkinitcpio.d/linux612.preset",
  "etc/dracut.conf",
  "usr/bin/mkinitcpio",
  "usr/bin/dracut",
};

static void
write_files (const guint8 *data, gsize size)
{
  place_clear ();
  while (size >= 3)
    {
      gsize length = MIN ((gsize) (data[1] | data[2] << 8), size - 3);

      place_write (files[data[0] % G_N_ELEMENTS (files)], data + 3, length);
      data += 3 + length;
      size -= 3 + length;
    }
}

static void
check_path (const char *path)
{
  PROPERTY (path == NULL || (*path != '/' && g_utf8_validate (path, -1, NULL)));
}

static void
check_loader (const FerryLoader *loader, const FerryLoader *again)
{
  PROPERTY (loader->kind == FERRY_LOADER_UNKNOWN
            || (loader->evidence != NULL && *loader->evidence != '\0'));
  PROPERTY (loader->evidence == NULL || g_utf8_validate (loader->evidence, -1, NULL));
  PROPERTY (*ferry_loader_kind_to_string (loader->kind) != '\0');
  check_path (loader->config);
  check_path (loader->mkconfig);
  check_path (loader->menu);
  check_path (loader->esp);
  PROPERTY (loader->kind == again->kind && loader->drop_in == again->drop_in);
  PROPERTY (g_strcmp0 (loader->evidence, again->evidence) == 0);
  PROPERTY (g_strcmp0 (loader->config, again->config) == 0);
}

static void
check_initramfs (const FerryInitramfs *initramfs)
{
  for (guint i = 0; initramfs->presets != NULL && initramfs->presets[i] != NULL; i++)
    PROPERTY (strchr (initramfs->presets[i], '/') == NULL);
  PROPERTY (*ferry_initramfs_kind_to_string (initramfs->kind) != '\0');
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autoptr (FerryRoot) root = NULL;
  g_autofree char *text = NULL;
  g_autoptr (FerryCmdline) cmdline = NULL;
  g_autoptr (FerryFirmware) firmware = NULL;
  g_autoptr (FerryLoader) loader = NULL, again = NULL;
  g_autoptr (FerryInitramfs) initramfs = NULL;

  write_files (data, size);
  root = place_open ();
  text = ferry_root_read_text (root, "proc/cmdline", NULL);
  cmdline = ferry_cmdline_parse (text, NULL);
  if (cmdline == NULL)
    cmdline = ferry_cmdline_parse ("", NULL);

  firmware = ferry_firmware_read (root);
  loader = ferry_loader_read (root, cmdline, firmware);
  again = ferry_loader_read (root, cmdline, firmware);
  check_loader (loader, again);
  initramfs = ferry_initramfs_read (root);
  check_initramfs (initramfs);
  return 0;
}
