/* early.c: the part of the planner that lets vfio-pci take the card before its usual driver can.
 *
 * Pure. Three things: soft dependencies (softdep.c), vfio-pci in the first RAM disk (mkinitcpio.c, dracut.conf(5),
 * initramfs-tools' modules file), and, where ids cannot tell two cards apart, a small script that
 * sets driver_override by address after it has checked what sits there
 * (Documentation/ABI/testing/sysfs-bus-pci).
 */
#include "config.h"

#include <string.h>
#include <glib/gi18n-lib.h>

#include "plan/draft.h"
#include "plan/edit.h"

#define DRACUT_DROP_IN "etc/dracut.conf.d/zz-ferry.conf"
#define TOOLS_MODULES "etc/initramfs-tools/modules"
#define TOOLS_HOOK "etc/initramfs-tools/hooks/ferry"

static const char *const vfio_modules[] = { "vfio_pci", "vfio", "vfio_iommu_type1", NULL };

static char *
print_script (FerryDraft *draft)
{
  g_autoptr (GString) text = g_string_new (
      "#!/bin/sh\n" FERRY_DRAFT_MARK " Undo in Ferry takes it away again.\n"
      "# Marks the chosen graphics card by its address, because another card has the same ids.\n"
      "# When something else sits at the address, nothing is marked.\n"
      "take ()\n"
      "{\n"
      "  d=/sys/bus/pci/devices/$1\n"
      "  [ -e \"$d/driver_override\" ] || return 0\n"
      "  read -r v <\"$d/vendor\" && read -r p <\"$d/device\" || return 0\n"
      "  read -r s <\"$d/subsystem_vendor\" && read -r t <\"$d/subsystem_device\" || return 0\n"
      "  [ \"$v:$p:$s:$t\" = \"$2\" ] || return 0\n"
      "  echo vfio-pci >\"$d/driver_override\"\n"
      "}\n");

  for (guint i = 0; i < draft->functions->len; i++)
    {
      const FerryDevice *device = g_ptr_array_index (draft->functions, i);
      g_string_append_printf (text, "take %s 0x%04x:0x%04x:0x%04x:0x%04x\n", device->id,
                              device->vendor, device->device, device->subvendor, device->subdevice);
    }
  g_string_append (text, "exit 0\n");
  return g_string_free (g_steal_pointer (&text), FALSE);
}

/* modprobe.d and the script; both go into the first RAM disk as well. */
static void
add_drivers_file (FerryDraft *draft)
{
  g_autofree char *modprobe = ferry_draft_softdeps (draft);
  g_autofree char *script = print_script (draft);

  if (draft->bind == FERRY_BIND_ADDRESS)
    draft->images |= ferry_draft_own_file (
        draft, FERRY_DRAFT_SCRIPT, 0755, script, _("Mark the chosen card by its place"),
        _("Another device of this computer cannot be told apart from the card by its model. This picks the "
          "one that sits where you chose."));
  else
    draft->images |= ferry_draft_drop_own_file (draft, FERRY_DRAFT_SCRIPT);
  if (modprobe == NULL)
    draft->images |= ferry_draft_drop_own_file (draft, FERRY_DRAFT_MODPROBE);
  else
    draft->images |= ferry_draft_own_file (
        draft, FERRY_DRAFT_MODPROBE, 0644, modprobe, _("Keep the chosen card free for the virtual machine"),
        _("Early in the start, the card is reserved before the usual graphics driver takes it. Your "
          "other graphics card is not touched."));
}

/* Without "hostonly" dracut leaves /etc/modprobe.d out of the image, so the file is named. */
static void
add_dracut (FerryDraft *draft)
{
  gboolean by_address = draft->bind == FERRY_BIND_ADDRESS;

  draft->images |= ferry_draft_own_file (
      draft, DRACUT_DROP_IN, 0644,
      by_address ? FERRY_DRAFT_MARK " Undo in Ferry takes it away again.\n"
                   "force_drivers+=\" vfio_pci vfio vfio_iommu_type1 \"\n"
                   "install_items+=\" /" FERRY_DRAFT_MODPROBE " /" FERRY_DRAFT_SCRIPT " \"\n"
                 : FERRY_DRAFT_MARK " Undo in Ferry takes it away again.\n"
                   "force_drivers+=\" vfio_pci vfio vfio_iommu_type1 \"\n"
                   "install_items+=\" /" FERRY_DRAFT_MODPROBE " \"\n",
      _("Load the driver for virtual machines early"),
      _("It has to be there before the graphics driver."));
}

static void
add_initramfs_tools (FerryDraft *draft)
{
  static const char hook[] = "#!/bin/sh\n" FERRY_DRAFT_MARK " Undo in Ferry takes it away again.\n"
                             "[ \"$1\" = prereqs ] && exit 0\n"
                             ". /usr/share/initramfs-tools/hook-functions\n"
                             "copy_file script /" FERRY_DRAFT_SCRIPT "\n";
  const FerryFile *file = ferry_draft_file (draft, TOOLS_MODULES);
  g_autoptr (GError) error = NULL;
  g_autofree char *after = NULL;

  if (draft->bind == FERRY_BIND_ADDRESS)
    draft->images |= ferry_draft_own_file (draft, TOOLS_HOOK, 0755, hook,
                                           _("Take the mark of the chosen card along"),
                                           _("It has to be there before the graphics driver."));
  else
    draft->images |= ferry_draft_drop_own_file (draft, TOOLS_HOOK);

  after = ferry_edit_lines_add (file->text != NULL ? file->text : "", vfio_modules, &error);
  if (after == NULL)
    {
      ferry_draft_refuse_list (draft, TOOLS_MODULES, error);
      return;
    }
  draft->images |= g_strcmp0 (file->text, after) != 0;
  ferry_draft_edit_file (draft, file, g_steal_pointer (&after),
                         _("Load the driver for virtual machines early"),
                         _("It has to be there before the graphics driver."));
}

/* No card is chosen: what an earlier choice has left. */
static void
drop_all (FerryDraft *draft)
{
  static const char *const own[] = { FERRY_DRAFT_MODPROBE, FERRY_DRAFT_SCRIPT, FERRY_DRAFT_MKINITCPIO,
                                     DRACUT_DROP_IN, TOOLS_HOOK };

  for (gsize i = 0; i < G_N_ELEMENTS (own); i++)
    draft->images |= ferry_draft_drop_own_file (draft, own[i]);
}

/* By the configuration of the running kernel, where the lists of the kernels do not say it. */
static gboolean
config_has_built_in (FerryDraft *draft, const FerryDevice *device)
{
  static const struct
  {
    guint16 vendor;
    const char *config;
  } known[] = { { 0x1002, "CONFIG_DRM_AMDGPU" }, { 0x1002, "CONFIG_DRM_RADEON" }, { 0x10de, "CONFIG_DRM_NOUVEAU" },
                { 0x8086, "CONFIG_DRM_I915" },   { 0x8086, "CONFIG_DRM_XE" } };

  for (gsize i = 0; i < G_N_ELEMENTS (known); i++)
    if (device->vendor == known[i].vendor
        && g_strcmp0 (ferry_kernel_config (draft->machine->kernel, known[i].config), "y") == 0)
      return TRUE;
  return FALSE;
}

/* A driver inside the kernel is there before every module. Sound and USB are handed over when the virtual machine
 * starts; a graphics driver that has started the card does not let go of it cleanly. */
static void
warn_built_in (FerryDraft *draft)
{
  for (guint i = 0; i < draft->functions->len; i++)
    {
      const FerryDevice *device = g_ptr_array_index (draft->functions, i);

      if (device->class_code >> 16 != 0x03
          || (g_strv_length (device->built_in) == 0 && !config_has_built_in (draft, device)))
        continue;
      ferry_plan_warn (draft->plan, "driver-built-in",
                       _("In one of the installed kernels the usual driver of the card is built in, so it may take the "
                         "card first. If it does, use one of your distribution's standard kernels."));
      return;
    }
}

/**
 * ferry_draft_add_early:
 *
 * Plans what makes vfio-pci first. Sets draft->images when the first RAM disk has to be made again.
 */
void
ferry_draft_add_early (FerryDraft *draft)
{
  if (draft->functions->len == 0)
    {
      drop_all (draft);
      return;
    }
  add_drivers_file (draft);

  /* Built into the kernel it is there before every module. */
  if (g_strcmp0 (ferry_kernel_config (draft->machine->kernel, "CONFIG_VFIO_PCI"), "y") == 0)
    return;
  warn_built_in (draft);
  switch (draft->machine->initramfs->kind)
    {
    case FERRY_INITRAMFS_MKINITCPIO:
      ferry_draft_add_mkinitcpio (draft);
      break;
    case FERRY_INITRAMFS_DRACUT:
      add_dracut (draft);
      break;
    case FERRY_INITRAMFS_TOOLS:
      add_initramfs_tools (draft);
      break;
    case FERRY_INITRAMFS_BOOSTER:
    case FERRY_INITRAMFS_UNKNOWN:
    default:
      ferry_plan_refuse (draft->plan, "initramfs-unknown",
                         _("Ferry could not find out with certainty which program prepares the start "
                           "of this system, so it changes nothing."));
      ferry_plan_add_manual (draft->plan,
                             _("Put the kernel modules vfio_pci, vfio and vfio_iommu_type1 into the "
                               "first RAM disk, before the graphics drivers, and make it again."));
      break;
    }
}
