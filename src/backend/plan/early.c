/* early.c: the part of the planner that lets vfio-pci take the card before its usual driver can.
 *
 * Pure. Three things: soft dependencies (modprobe.d(5)) of exactly the drivers that could take a
 * chosen function, vfio-pci in the first RAM disk (mkinitcpio.conf(5), dracut.conf(5),
 * initramfs-tools' modules file), and, where ids cannot tell two cards apart, a small script that
 * sets driver_override by address after it has checked what sits there
 * (Documentation/ABI/testing/sysfs-bus-pci).
 */
#include "config.h"

#include <string.h>
#include <glib/gi18n-lib.h>

#include "plan/draft.h"
#include "plan/edit.h"

#define MODPROBE_FILE FERRY_DRAFT_MODPROBE
#define SCRIPT_FILE "etc/ferry/bind-cards"
#define MKINITCPIO_DROP_IN "etc/mkinitcpio.conf.d/zz-ferry.conf"
#define MKINITCPIO_MAIN "etc/mkinitcpio.conf"
#define DRACUT_DROP_IN "etc/dracut.conf.d/zz-ferry.conf"
#define TOOLS_MODULES "etc/initramfs-tools/modules"
#define TOOLS_HOOK "etc/initramfs-tools/hooks/ferry"

static const char *const vfio_modules[] = { "vfio_pci", "vfio", "vfio_iommu_type1", NULL };

/* Drivers that are not in modules.alias while they are not installed, by vendor of a display device. */
static const struct
{
  guint16 vendor;
  const char *drivers[5];
} display_drivers[] = {
  { 0x10de, { "nouveau", "nvidia", "nvidia_drm", "nova_core", NULL } },
  { 0x1002, { "amdgpu", "radeon", NULL } },
  { 0x8086, { "i915", "xe", NULL } },
};

static void
add_driver (GPtrArray *drivers, const char *name)
{
  g_autofree char *plain = g_strdelimit (g_strdup (name), "-", '_');

  if (g_str_has_prefix (plain, "vfio") || g_str_equal (plain, "pcieport")
      || !ferry_edit_word_is_safe (plain))
    return;
  if (!g_ptr_array_find_with_equal_func (drivers, plain, g_str_equal, NULL))
    g_ptr_array_add (drivers, g_steal_pointer (&plain));
}

/* By class where the module list of the kernel is not known. */
static void
add_drivers_of_class (GPtrArray *drivers, FerryDevice *device)
{
  guint class_word = device->class_code >> 8;

  for (gsize i = 0; i < G_N_ELEMENTS (display_drivers); i++)
    if (class_word >> 8 == 0x03 && display_drivers[i].vendor == device->vendor)
      for (guint j = 0; display_drivers[i].drivers[j] != NULL; j++)
        add_driver (drivers, display_drivers[i].drivers[j]);
  if (class_word == 0x0403)
    add_driver (drivers, "snd_hda_intel");
  if (class_word == 0x0c03)
    add_driver (drivers, "xhci_pci");
  if (class_word == 0x0c80 && device->vendor == 0x10de)
    add_driver (drivers, "i2c_nvidia_gpu");
}

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

/* The modules that this kernel lists for a function are the same before and after binding; the driver in use
 * is not, so it is left out. */
static GPtrArray *
list_drivers (FerryDraft *draft)
{
  GPtrArray *drivers = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < draft->functions->len; i++)
    {
      FerryDevice *device = g_ptr_array_index (draft->functions, i);

      for (guint j = 0; device->modules != NULL && device->modules[j] != NULL; j++)
        add_driver (drivers, device->modules[j]);
      add_drivers_of_class (drivers, device);
    }
  g_ptr_array_sort (drivers, compare_names);
  return drivers;
}

static char *
print_modprobe (FerryDraft *draft)
{
  g_autoptr (GString) text = g_string_new (FERRY_DRAFT_MARK " Undo in Ferry takes it away again.\n");
  g_autoptr (GPtrArray) drivers = list_drivers (draft);

  g_string_append (text, "# vfio-pci hands devices to virtual machines. It is loaded before the drivers that\n"
                         "# would otherwise take the chosen graphics card. Nothing is blacklisted.\n");
  for (guint i = 0; i < drivers->len; i++)
    g_string_append_printf (text, "softdep %s pre: vfio-pci\n",
                            (char *) g_ptr_array_index (drivers, i));
  if (draft->bind == FERRY_BIND_ADDRESS)
    g_string_append (text, "install vfio-pci /bin/sh /" SCRIPT_FILE
                           "; /sbin/modprobe --ignore-install vfio-pci $CMDLINE_OPTS\n");
  return g_string_free (g_steal_pointer (&text), FALSE);
}

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
  g_autofree char *modprobe = print_modprobe (draft);
  g_autofree char *script = print_script (draft);

  if (draft->bind == FERRY_BIND_ADDRESS)
    draft->images |= ferry_draft_own_file (
        draft, SCRIPT_FILE, 0755, script, _("Mark the chosen card by its place"),
        _("You have two cards of the same model. This picks the one that sits where you chose."));
  else
    draft->images |= ferry_draft_drop_own_file (draft, SCRIPT_FILE);
  draft->images |= ferry_draft_own_file (
      draft, MODPROBE_FILE, 0644, modprobe, _("Keep the chosen card free for the virtual machine"),
      _("Early in the start, the card is reserved before the usual graphics driver takes it. Your "
        "other graphics card is not touched."));
}

static void
edit_array (FerryDraft *draft, const FerryFile *file, const char *text, const char *name,
            const char *const *words)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *after = ferry_edit_array_prepend (text, name, words, &error);

  if (after == NULL)
    {
      ferry_draft_refuse_edit (draft, file->path, error);
      return;
    }
  draft->images |= g_strcmp0 (file->text, after) != 0;
  ferry_draft_edit_file (draft, file, g_steal_pointer (&after),
                         _("Load the driver for virtual machines early"),
                         _("It has to be there before the graphics driver."));
}

/* An active ALL_config= or NAME_config= makes mkinitcpio pass -c, and then it skips its drop-ins. */
static gboolean
preset_passes_config (FerryDraft *draft, const char *preset, char **config)
{
  const FerryFile *file = ferry_draft_file (draft, preset);
  g_auto (GStrv) lines = g_strsplit (file->text != NULL ? file->text : "", "\n", 4096);

  for (guint i = 0; lines[i] != NULL; i++)
    {
      g_autofree char *value = NULL;
      const char *equals = strchr (g_strstrip (lines[i]), '=');

      if (*lines[i] == '#' || equals == NULL)
        continue;
      value = g_strndup (lines[i], (gsize) (equals - lines[i]));
      if (!g_str_has_suffix (value, "_config"))
        continue;
      *config = g_strdup (equals + 1);
      g_strdelimit (*config, "\"'", ' ');
      g_strstrip (*config);
      return TRUE;
    }
  return FALSE;
}

/* Since version 36; the newest ones name the folder by a variable only. */
static gboolean
mkinitcpio_reads_drop_ins (FerryDraft *draft)
{
  const char *program = ferry_draft_file (draft, "usr/bin/mkinitcpio")->text;

  return program != NULL && (strstr (program, "mkinitcpio.conf.d") != NULL || strstr (program, "_d_config=") != NULL);
}

/* Whether the main file has to be edited; refuses when a preset leads somewhere else. */
static gboolean
mkinitcpio_needs_main (FerryDraft *draft)
{
  g_autoptr (GPtrArray) presets
      = ferry_configuration_list (draft->machine->configuration, "etc/mkinitcpio.d", ".preset");
  gboolean main_file = !mkinitcpio_reads_drop_ins (draft);

  for (guint i = 0; i < presets->len; i++)
    {
      const char *preset = g_ptr_array_index (presets, i);
      g_autofree char *config = NULL;

      if (!preset_passes_config (draft, preset, &config))
        continue;
      main_file = TRUE;
      if (!g_str_equal (config, "/" MKINITCPIO_MAIN))
        ferry_plan_refuse (draft->plan, "preset-config",
                           _("The file “/%s” uses a configuration of its own, which Ferry does not "
                             "change."),
                           preset);
    }
  return main_file;
}

/* mkinitcpio joins the main file and its drop-ins and sources them as one script. */
static char **
read_hooks (FerryDraft *draft, const FerryFile *main_file)
{
  g_autoptr (GPtrArray) drop_ins
      = ferry_configuration_list (draft->machine->configuration, "etc/mkinitcpio.conf.d", ".conf");
  g_autoptr (GString) script = g_string_new (main_file->text);

  for (guint i = 0; i < drop_ins->len; i++)
    {
      const FerryFile *file = ferry_draft_file (draft, g_ptr_array_index (drop_ins, i));

      if (!ferry_draft_is_own (file))
        g_string_append_printf (script, "\n%s", file->text != NULL ? file->text : "");
    }
  return ferry_edit_array_members (script->str, "HOOKS", NULL);
}

static void
check_hooks (FerryDraft *draft, const FerryFile *main_file)
{
  g_auto (GStrv) hooks = read_hooks (draft, main_file);

  if (hooks == NULL || !g_strv_contains ((const char *const *) hooks, "modconf"))
    ferry_plan_refuse (draft->plan, "modconf-missing",
                       _("The list HOOKS in “/%s” has no “modconf”. Without it the settings would not be "
                         "read early enough. Add it behind “autodetect”, then come back."),
                       MKINITCPIO_MAIN);
  else if (draft->bind == FERRY_BIND_ADDRESS
           && !g_strv_contains ((const char *const *) hooks, "base"))
    ferry_plan_refuse (draft->plan, "base-missing",
                       _("The list HOOKS in “/%s” has no “base”. Two equal cards can only be told apart "
                         "with it."),
                       MKINITCPIO_MAIN);
}

static void
add_mkinitcpio (FerryDraft *draft)
{
  static const char *const script[] = { "/" SCRIPT_FILE, NULL };
  const FerryFile *main_file = ferry_draft_file (draft, MKINITCPIO_MAIN);
  gboolean by_address = draft->bind == FERRY_BIND_ADDRESS;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;

  check_hooks (draft, main_file);
  if (!mkinitcpio_needs_main (draft))
    {
      draft->images |= ferry_draft_own_file (
          draft, MKINITCPIO_DROP_IN, 0644,
          by_address ? FERRY_DRAFT_MARK " Undo in Ferry takes it away again.\n"
                       "MODULES=(vfio_pci vfio vfio_iommu_type1 ${MODULES[@]})\n"
                       "FILES=(/" SCRIPT_FILE " ${FILES[@]})\n"
                     : FERRY_DRAFT_MARK " Undo in Ferry takes it away again.\n"
                       "MODULES=(vfio_pci vfio vfio_iommu_type1 ${MODULES[@]})\n",
          _("Load the driver for virtual machines early"),
          _("It has to be there before the graphics driver."));
      return;
    }
  if (main_file->kind != FERRY_FILE_REGULAR)
    {
      ferry_plan_refuse (draft->plan, "initramfs-config",
                         _("The file “/%s” cannot be read."), MKINITCPIO_MAIN);
      return;
    }
  text = by_address ? ferry_edit_array_prepend (main_file->text, "FILES", script, &error)
                    : g_strdup (main_file->text);
  if (text == NULL)
    ferry_draft_refuse_edit (draft, MKINITCPIO_MAIN, error);
  else
    edit_array (draft, main_file, text, "MODULES", vfio_modules);
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
                   "install_items+=\" /" MODPROBE_FILE " /" SCRIPT_FILE " \"\n"
                 : FERRY_DRAFT_MARK " Undo in Ferry takes it away again.\n"
                   "force_drivers+=\" vfio_pci vfio vfio_iommu_type1 \"\n"
                   "install_items+=\" /" MODPROBE_FILE " \"\n",
      _("Load the driver for virtual machines early"),
      _("It has to be there before the graphics driver."));
}

static void
add_initramfs_tools (FerryDraft *draft)
{
  static const char hook[] = "#!/bin/sh\n" FERRY_DRAFT_MARK " Undo in Ferry takes it away again.\n"
                             "[ \"$1\" = prereqs ] && exit 0\n"
                             ". /usr/share/initramfs-tools/hook-functions\n"
                             "copy_file script /" SCRIPT_FILE "\n";
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
      ferry_draft_refuse_edit (draft, TOOLS_MODULES, error);
      return;
    }
  draft->images |= g_strcmp0 (file->text, after) != 0;
  ferry_draft_edit_file (draft, file, g_steal_pointer (&after),
                         _("Load the driver for virtual machines early"),
                         _("It has to be there before the graphics driver."));
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
    return;
  add_drivers_file (draft);

  /* Built into the kernel it is there before every module. */
  if (g_strcmp0 (ferry_kernel_config (draft->machine->kernel, "CONFIG_VFIO_PCI"), "y") == 0)
    return;
  switch (draft->machine->initramfs->kind)
    {
    case FERRY_INITRAMFS_MKINITCPIO:
      add_mkinitcpio (draft);
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
