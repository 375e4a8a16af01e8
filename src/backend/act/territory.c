/* territory.c: see territory.h. */
#include "config.h"

#include <string.h>
#include <glib/gi18n-lib.h>

#include "act/territory.h"
#include "facts/error.h"
#include "plan/change.h"

#define NAME G_CSET_A_2_Z G_CSET_a_2_z G_CSET_DIGITS "._+@-"

/* Whole paths. */
static const char *const files[] = {
  "boot/efi/loader/loader.conf",
  "boot/loader/loader.conf",
  "boot/refind_linux.conf",
  "efi/loader/loader.conf",
  "etc/default/grub",
  "etc/default/limine",
  "etc/ferry/bind-cards",
  "etc/initramfs-tools/hooks/ferry",
  "etc/initramfs-tools/modules",
  "etc/kernel/cmdline",
  "etc/mkinitcpio.conf",
  "etc/sdboot-manage.conf",
};

/* Every name with the suffix, directly in the folder. */
static const struct
{
  const char *folder;
  const char *suffix;
} folders[] = {
  { "boot/efi/loader/entries/", ".conf" }, { "boot/loader/entries/", ".conf" },
  { "efi/loader/entries/", ".conf" },      { "etc/X11/xorg.conf.d/", ".conf" },
  { "etc/cmdline.d/", ".conf" },           { "etc/default/grub.d/", ".cfg" },
  { "etc/dracut.conf.d/", ".conf" },       { "etc/mkinitcpio.conf.d/", ".conf" },
  { "etc/modprobe.d/", ".conf" },          { "etc/modules-load.d/", ".conf" },
};

/**
 * ferry_territory_has:
 * @path: relative to the root
 *
 * Returns: whether Ferry may change the file
 */
gboolean
ferry_territory_has (const char *path)
{
  for (gsize i = 0; i < G_N_ELEMENTS (files); i++)
    if (g_str_equal (path, files[i]))
      return TRUE;
  for (gsize i = 0; i < G_N_ELEMENTS (folders); i++)
    {
      const char *name = path + strlen (folders[i].folder);

      if (g_str_has_prefix (path, folders[i].folder) && *name != '.' && strlen (name) > strlen (folders[i].suffix)
          && strspn (name, NAME) == strlen (name) && g_str_has_suffix (name, folders[i].suffix))
        return TRUE;
    }
  return FALSE;
}

gboolean
ferry_territory_check (GPtrArray *changes, GError **error)
{
  for (guint i = 0; i < changes->len; i++)
    {
      const FerryChange *change = g_ptr_array_index (changes, i);

      if ((change->kind != FERRY_CHANGE_FILE && change->kind != FERRY_CHANGE_LINK)
          || ferry_territory_has (change->path))
        continue;
      g_set_error_literal (error, FERRY_ERROR, FERRY_ERROR_REFUSED,
                           _("A file is to be changed that Ferry never changes. Nothing was done."));
      return FALSE;
    }
  return TRUE;
}
