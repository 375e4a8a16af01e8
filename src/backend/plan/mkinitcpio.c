/* mkinitcpio.c: the part of the planner that puts vfio-pci into the images of mkinitcpio.
 *
 * Pure. Formats: mkinitcpio.conf(5), mkinitcpio(8) "About presets". A drop-in where this mkinitcpio reads them, else MODULES
 * of the main file, as array or string. HOOKS is never changed. Main file and drop-ins are sourced as one script; with
 * a configuration named in a preset the drop-ins are skipped.
 */
#include "config.h"

#include <string.h>
#include <glib/gi18n-lib.h>

#include "plan/draft.h"
#include "plan/edit.h"
#include "plan/modprobe.h"
#include "plan/preset.h"

#define MAIN_FILE "etc/mkinitcpio.conf"

static const char *const vfio_modules[] = { "vfio_pci", "vfio", "vfio_iommu_type1", NULL };

/* The settings as mkinitcpio sources them, without Ferry's own drop-in. */
static char *
read_script (FerryDraft *draft, gboolean drop_ins)
{
  const FerryFile *main_file = ferry_draft_file (draft, MAIN_FILE);
  g_autoptr (GPtrArray) paths
      = ferry_configuration_list (draft->machine->configuration, "etc/mkinitcpio.conf.d", ".conf");
  g_autoptr (GString) script = g_string_new (main_file->text);

  for (guint i = 0; drop_ins && i < paths->len; i++)
    {
      const FerryFile *file = ferry_draft_file (draft, g_ptr_array_index (paths, i));

      if (!ferry_draft_is_own (file))
        g_string_append_printf (script, "\n%s", file->text != NULL ? file->text : "");
    }
  return g_string_free (g_steal_pointer (&script), FALSE);
}

/* Since version 36; the newest ones name the folder by a variable only. */
static gboolean
reads_drop_ins (FerryDraft *draft)
{
  const char *program = ferry_draft_file (draft, "usr/bin/mkinitcpio")->text;

  return program != NULL
         && (strstr (program, "mkinitcpio.conf.d") != NULL || strstr (program, "_d_config=") != NULL);
}

static void
refuse_modconf (FerryDraft *draft, const char *path)
{
  ferry_plan_refuse (draft->plan, "modconf-missing",
                     _("The file “/%s” leaves out “modconf”. Without it the settings would not be read early "
                       "enough. Take “modconf” out of the list of what is skipped, then come back."),
                     path);
}

/* "-S autodetect,modconf" of one preset. */
static void
check_options (FerryDraft *draft, const char *path, char **options)
{
  for (guint i = 0; options[i] != NULL; i++)
    {
      gboolean skips = g_str_equal (options[i], "-S") || g_str_has_prefix (options[i], "--skiphooks");
      const char *equals = strchr (options[i], '=');
      const char *list = equals != NULL ? equals + 1 : options[i + 1];
      g_auto (GStrv) hooks = g_strsplit (skips && list != NULL ? list : "", ",", -1);

      if (g_strv_contains ((const char *const *) hooks, "modconf"))
        refuse_modconf (draft, path);
    }
}

/* One file of presets; counts its images and returns whether one of them names its configuration: mkinitcpio then
 * skips drop-ins. */
static gboolean
check_presets (FerryDraft *draft, const char *path, guint *images)
{
  const FerryFile *file = ferry_draft_file (draft, path);
  g_autoptr (GPtrArray) presets = ferry_preset_parse (file->text != NULL ? file->text : "", NULL);
  gboolean names = FALSE;

  if (presets == NULL)
    {
      ferry_plan_refuse (draft->plan, "preset-unclear",
                         _("The file “/%s” is written in a way that Ferry cannot follow, so it cannot tell which "
                           "start files are made. You can do it by hand."),
                         path);
      ferry_plan_add_manual (draft->plan,
                             _("Look into “/%s”: where a start file has a configuration of its own (“_config=”, or "
                               "“-c” in “_options=”), put these names at the beginning of the list MODULES in that "
                               "one:\n%s"),
                             path, "vfio_pci vfio vfio_iommu_type1");
      *images += 1;
      return FALSE;
    }
  *images += presets->len;
  for (guint i = 0; i < presets->len; i++)
    {
      const FerryPreset *preset = g_ptr_array_index (presets, i);

      check_options (draft, path, preset->options);
      names |= preset->config != NULL;
      if (preset->config == NULL || g_str_equal (preset->config, "/" MAIN_FILE))
        continue;
      ferry_plan_refuse (draft->plan, "preset-config",
                         _("The file “/%s” uses a configuration of its own (“%s”), which Ferry does not "
                           "change. You can do it by hand."),
                         path, preset->config);
      ferry_draft_refuse_list (draft, *preset->config == '/' ? preset->config + 1 : preset->config, NULL);
    }
  return names;
}

/* Whether drop-ins are read for every image. */
static gboolean
check_all_presets (FerryDraft *draft)
{
  g_autoptr (GPtrArray) paths
      = ferry_configuration_list (draft->machine->configuration, "etc/mkinitcpio.d", ".preset");
  gboolean drop_ins = reads_drop_ins (draft);
  guint images = 0;

  for (guint i = 0; i < paths->len; i++)
    if (check_presets (draft, g_ptr_array_index (paths, i), &images))
      drop_ins = FALSE;
  if (images == 0)
    ferry_plan_refuse (draft->plan, "preset-unclear",
                       _("mkinitcpio has no preset in “/%s” that makes a start file, so Ferry cannot tell which ones "
                         "are made. You can do it by hand."),
                       "etc/mkinitcpio.d");
  if (images == 0)
    ferry_plan_add_manual (draft->plan,
                           _("Make the start files again in the way in which they are made on this system; “mkinitcpio "
                             "-P” makes only those that have a preset."));
  return drop_ins;
}

static void
check_hooks (FerryDraft *draft, const char *script)
{
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) hooks = ferry_edit_array_members (script, "HOOKS", &error);

  if (g_error_matches (error, FERRY_ERROR, FERRY_ERROR_UNSUPPORTED))
    {
      ferry_plan_refuse (draft->plan, "hooks-unclear",
                         _("The list HOOKS of mkinitcpio is put together in a way that Ferry cannot follow, so it "
                           "cannot tell whether “modconf” is in it. You can do it by hand."));
      ferry_plan_add_manual (draft->plan, _("Make sure that “modconf” is in the list HOOKS of mkinitcpio."));
      return;
    }
  if (hooks == NULL || !g_strv_contains ((const char *const *) hooks, "modconf"))
    ferry_plan_refuse (draft->plan, "modconf-missing",
                       _("The list HOOKS in “/%s” has no “modconf”. Without it the settings would not be "
                         "read early enough. Add it behind “autodetect”, then come back."),
                       MAIN_FILE);
  else if (draft->bind == FERRY_BIND_ADDRESS
           && !g_strv_contains ((const char *const *) hooks, "base"))
    ferry_plan_refuse (draft->plan, "base-missing",
                       _("The list HOOKS in “/%s” has no “base”. Two equal cards can only be told apart "
                         "with it."),
                       MAIN_FILE);
}

static gboolean
has_module (char **members, const char *name)
{
  for (guint i = 0; members != NULL && members[i] != NULL; i++)
    {
      g_autofree char *member = g_strdup (members[i]);
      gsize length = strlen (member);

      /* A question mark makes a module optional. */
      if (length > 0 && member[length - 1] == '?')
        member[length - 1] = '\0';
      if (ferry_modprobe_same (member, name))
        return TRUE;
    }
  return FALSE;
}

/* Older instructions name a module that is gone since Linux 6.2; mkinitcpio then ends with an error. */
static void
check_modules (FerryDraft *draft, char **members)
{
  if (members != NULL && g_strv_contains ((const char *const *) members, "vfio_virqfd")
      && ferry_kernel_at_least (draft->machine->kernel, 6, 2))
    ferry_plan_refuse (draft->plan, "module-gone",
                       _("The list MODULES of mkinitcpio names “vfio_virqfd”. Kernels since 6.2 do not have it any "
                         "more, and the start files cannot be made. Take it out, then come back."));
}

static void
add_drop_in (FerryDraft *draft, gboolean by_hand)
{
  gboolean by_address = draft->bind == FERRY_BIND_ADDRESS;
  g_autoptr (GString) content = g_string_new (FERRY_DRAFT_MARK " Undo in Ferry takes it away again.\n");

  if (by_hand && !by_address)
    {
      draft->images |= ferry_draft_drop_own_file (draft, FERRY_DRAFT_MKINITCPIO);
      return;
    }
  if (!by_hand)
    g_string_append (content, "MODULES=(vfio_pci vfio vfio_iommu_type1 ${MODULES[@]})\n");
  if (by_address)
    g_string_append (content, "FILES=(/" FERRY_DRAFT_SCRIPT " ${FILES[@]})\n");
  draft->images |= ferry_draft_own_file (draft, FERRY_DRAFT_MKINITCPIO, 0644, content->str,
                                         _("Load the driver for virtual machines early"),
                                         _("It has to be there before the graphics driver."));
}

static void
edit_main (FerryDraft *draft, gboolean by_hand)
{
  static const char *const script[] = { "/" FERRY_DRAFT_SCRIPT, NULL };
  const FerryFile *file = ferry_draft_file (draft, MAIN_FILE);
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL, *after = NULL;

  if (file->kind != FERRY_FILE_REGULAR)
    {
      ferry_plan_refuse (draft->plan, "initramfs-config",
                         _("The file “/%s” cannot be read, or it is a link."), MAIN_FILE);
      return;
    }
  text = draft->bind == FERRY_BIND_ADDRESS ? ferry_edit_array_prepend (file->text, "FILES", script, &error)
                                           : g_strdup (file->text);
  if (text != NULL)
    after = by_hand ? g_strdup (text) : ferry_edit_array_prepend (text, "MODULES", vfio_modules, &error);
  if (after == NULL)
    {
      ferry_draft_refuse_list (draft, MAIN_FILE, error);
      return;
    }
  draft->images |= g_strcmp0 (file->text, after) != 0;
  ferry_draft_edit_file (draft, file, g_steal_pointer (&after), _("Load the driver for virtual machines early"),
                         _("It has to be there before the graphics driver."));
}

/**
 * ferry_draft_add_mkinitcpio:
 *
 * Plans vfio-pci in every image, and refuses where a preset or a list would keep it out.
 */
void
ferry_draft_add_mkinitcpio (FerryDraft *draft)
{
  gboolean drop_ins = check_all_presets (draft);
  g_autofree char *script = read_script (draft, drop_ins);
  g_auto (GStrv) members = ferry_edit_array_members (script, "MODULES", NULL);
  gboolean by_hand = has_module (members, "vfio_pci") && has_module (members, "vfio_iommu_type1");

  check_hooks (draft, script);
  check_modules (draft, members);
  if (drop_ins)
    add_drop_in (draft, by_hand);
  else
    edit_main (draft, by_hand);
}
