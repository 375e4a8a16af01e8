/* guidance.c: see guidance.h. */
#include "config.h"

#include <string.h>
#include <glib/gi18n-lib.h>

#include "plan/guidance.h"
#include "plan/menus.h"
#include "plan/missing.h"
#include "plan/screen.h"
#include "plan/window.h"

/* What there is to say about a setting on every board. */
typedef struct
{
  const char *id, *title, *why;
  const char *name;     /* where the table has none */
  const char *synonyms; /* names in menus, not translated; separated by a comma and a blank */
  const char *value;    /* where the table has none */
  const char *hint;     /* what to know, or "" */
} SettingWords;

static const SettingWords words[] = {
  { "vtx", N_("Allow virtual machines"),
    N_("A virtual machine is a computer inside your computer. The processor helps only when it is "
       "allowed to."),
   "Intel Virtualization Technology",
   "Intel VT-x, VT-x, VMX, Intel (VMX) Virtualization Technology, Intel Virtualization Tech, "
   "Vanderpool, Virtualization",
   "Enabled", "" },
  { "svm", N_("Allow virtual machines"),
    N_("A virtual machine is a computer inside your computer. The processor helps only when it is "
       "allowed to."),
   "SVM Mode", "SVM, AMD-V, Secure Virtual Machine, AMD SVM Technology, Virtualization", "Enabled",
   "" },
  { "vtd", N_("Switch the IOMMU on"),
    N_("The IOMMU is the guard that keeps a handed-over card away from the rest of the computer."),
    "VT-d",
    "Intel VT-d, Intel VT-D Tech, VT for Directed I/O, Intel Virtualization Technology for "
    "Directed I/O, IOMMU",
    "Enabled", N_("If there is no such entry, the processor or the main board may not have it.") },
  { "iommu", N_("Switch the IOMMU on"),
    N_("The IOMMU is the guard that keeps a handed-over card away from the rest of the computer."),
    "IOMMU", "AMD-Vi, AMD IOMMU, IOMMU Mode, IOMMU Controller", "Enabled",
    N_("“Auto” is often not enough.") },
  { "igpu_multimonitor", N_("Keep the processor's own graphics on"),
    N_("Your own screen then keeps a picture when the card is handed over."), "iGPU Multi-Monitor",
    "IGD Multi-Monitor, IGPU Multi-Monitor, Internal Graphics, Integrated Graphics, Multi-Display",
    "Enabled", N_("Afterwards, plug your screen into the main board.") },
  { "primary_display", N_("Start with the picture on the processor's own graphics"),
    N_("The card to hand over is then left alone from the start."), "Primary Display",
    "Initial Display Output, Initiate Graphic Adapter, Primary Graphics Adapter, Primary Video "
    "Device, Init Display First",
    "IGFX",
    N_("Plug your screen into the main board. Some firmware shows a picture only there.") },
  { "above4g", N_("Give large cards enough address space"),
    N_("It helps large graphics cards. Handing a card over often works without it."),
    "Above 4G Decoding",
    "Above 4G Memory, Above 4GB MMIO, Crypto Currency Mining, 64-bit BAR, Memory Mapped I/O above "
    "4GB",
    "Enabled", "" },
  { "csm", N_("Start the card the new way (UEFI)"),
    N_("While the firmware starts cards the old way, Ferry cannot see whether the card knows the "
       "new way."),
   "CSM",
   "Compatibility Support Module, Launch CSM, CSM Support, BIOS CSM/UEFI Mode, Legacy Option ROMs",
   "Disabled",
    N_("Only because your system already starts the new way. If the screen stays black, set it "
       "back.") },
};

static void
setting_free (FerrySetting *setting)
{
  g_free (setting->title);
  g_free (setting->why);
  g_free (setting->name);
  g_free (setting->path);
  g_free (setting->synonyms);
  g_free (setting->advice);
  g_free (setting);
}

static const SettingWords *
find_words (const char *id)
{
  for (gsize i = 0; i < G_N_ELEMENTS (words); i++)
    if (g_str_equal (words[i].id, id))
      return &words[i];
  g_return_val_if_reached (NULL);
}

/* The other names: all but @name. */
static char *
list_synonyms (const SettingWords *general, const char *name)
{
  g_autofree char *all = g_strconcat (general->name, ", ", general->synonyms, NULL);
  g_auto (GStrv) names = g_strsplit (all, ", ", -1);
  g_autoptr (GString) others = g_string_new (NULL);

  for (guint i = 0; names[i] != NULL; i++)
    if (g_ascii_strcasecmp (names[i], name) != 0)
      g_string_append_printf (others, "%s%s", others->len > 0 ? ", " : "", names[i]);
  return g_string_free (g_steal_pointer (&others), FALSE);
}

static char *
write_advice (const SettingWords *general, const FerryMenuRow *row)
{
  const char *value = row != NULL && row->value[0] != '\0' ? row->value : general->value;
  const char *hint = general->hint[0] != '\0' ? _(general->hint) : "";
  g_autofree char *text = NULL;

  if (row != NULL && row->name[0] == '\0')
    return g_strdup (_("As far as known, the setup of this computer has no such entry. A newer "
                       "firmware may bring it."));
  /* Translators: %s is a value as the menu of the firmware shows it, for example Enabled. */
  text = g_strdup_printf (_("Set it to “%s”."), value);
  return hint[0] != '\0' ? g_strconcat (text, " ", hint, NULL) : g_steal_pointer (&text);
}

/* What one call of ferry_guidance_make works with. */
typedef struct
{
  FerryMachine *machine;
  const FerryMenus *menus;
  FerryEra era;
  FerryGuidance *guidance;
} Work;

static void
add_setting (Work *work, const char *id, gboolean required)
{
  const SettingWords *general = find_words (id);
  const FerryMenuEntry entry
      = ferry_menus_find (work->menus, &work->era, work->machine->firmware, id);
  FerrySetting *setting;

  /* This computer has no such entry: only worth a word when there is no way without it. */
  if (entry.row != NULL && entry.row->name[0] == '\0' && !required)
    return;
  setting = g_new0 (FerrySetting, 1);
  setting->id = general->id;
  setting->title = g_strdup (_(general->title));
  setting->why = g_strdup (_(general->why));
  setting->name = g_strdup (entry.row != NULL && entry.row->name[0] != '\0' ? entry.row->name
                                                                            : general->name);
  setting->path = g_strdup (entry.row != NULL ? entry.row->path : "");
  setting->certain = entry.certain && setting->path[0] != '\0';
  setting->synonyms = list_synonyms (general, setting->name);
  setting->advice = write_advice (general, entry.row);
  setting->required = required;
  g_ptr_array_add (work->guidance->settings, setting);
}

static void
add_processor (Work *work)
{
  const gboolean amd = work->machine->processor->vendor == FERRY_VENDOR_AMD;

  if (ferry_missing_virtualization (work->machine))
    add_setting (work, amd ? "svm" : "vtx", TRUE);
  if (ferry_missing_iommu (work->machine))
    add_setting (work, amd ? "iommu" : "vtd", TRUE);
}

static void
add_screens (Work *work)
{
  const gboolean hidden = ferry_screen_is_hidden (work->machine);

  if (work->machine->firmware->laptop == FERRY_ANSWER_YES)
    return;
  if (hidden)
    add_setting (work, "igpu_multimonitor", ferry_screen_count (work->machine) < 2);
  if (hidden || ferry_screen_starts_on_card (work->machine))
    add_setting (work, "primary_display", FALSE);
}

static gboolean
has_old_rom (FerryMachine *machine)
{
  for (guint i = 0; i < machine->cards->len; i++)
    {
      const FerryCard *card = g_ptr_array_index (machine->cards, i);

      if (!card->integrated && card->primary->rom_uefi == FERRY_ANSWER_NO)
        return TRUE;
    }
  return FALSE;
}

/* Never for a system that starts the old way: without CSM it would not start any more. */
static void
add_card_settings (Work *work)
{
  const FerryWindow window = ferry_window_look (work->machine);
  const FerryAnswer uefi = work->machine->firmware->uefi;

  if (uefi != FERRY_ANSWER_NO && window.above_4g == FERRY_ANSWER_NO && window.large != NULL)
    add_setting (work, "above4g", FALSE);
  if (uefi == FERRY_ANSWER_YES && has_old_rom (work->machine))
    add_setting (work, "csm", FALSE);
}

/* Required ones first; inside each the order in which they were found. */
static int
compare_settings (gconstpointer a, gconstpointer b)
{
  const FerrySetting *first = *(const FerrySetting *const *)a;
  const FerrySetting *second = *(const FerrySetting *const *)b;

  return (int)second->required - (int)first->required;
}

static void
finish (Work *work)
{
  FerryGuidance *guidance = work->guidance;
  const FerryFirmware *firmware = work->machine->firmware;
  const char *key = ferry_menus_find_key (work->menus, &work->era, firmware);

  g_ptr_array_sort (guidance->settings, compare_settings);
  guidance->board = ferry_firmware_describe_board (firmware);
  guidance->entry_key = g_strdup (key[0] != '\0' ? key : "Del or F2");
  guidance->can_restart = firmware->restart_into_setup == FERRY_ANSWER_YES;
  guidance->caution = g_strdup (
      guidance->settings->len == 0
          ? ""
          : _("If Windows is also installed on this computer, it may ask for its "
              "BitLocker recovery key after such a change. Have that key ready first."));
}

/**
 * ferry_guidance_make:
 * @machine: the computer
 * @menus: (nullable): text of data/firmware-menus.tsv; %NULL: the table inside the library
 *
 * Lists the firmware settings that are still missing, with the place where this board has them. A
 * fact that could not be read adds no setting. Never lists the mode of disks, and never CSM for a
 * system that starts the old way. Inside a virtual machine, and on other processors than those of
 * Intel and AMD, the list is empty.
 *
 * Returns: (transfer full) (nullable): the guidance; %NULL with %FERRY_ERROR_TOO_LARGE or
 *   %FERRY_ERROR_INVALID when @menus is not in the format
 */
FerryGuidance *
ferry_guidance_make (FerryMachine *machine, const char *menus, GError **error)
{
  g_autoptr (FerryMenus) table
      = ferry_menus_parse (menus != NULL ? menus : ferry_menus_get_builtin (), error);
  Work work;

  if (table == NULL)
    return NULL;
  work = (Work){ machine, table, ferry_era_find (machine), g_new0 (FerryGuidance, 1) };
  work.guidance->settings = g_ptr_array_new_with_free_func ((GDestroyNotify)setting_free);
  if (work.era.platform[0] != '\0' && machine->processor->hypervisor != FERRY_ANSWER_YES)
    {
      add_processor (&work);
      add_screens (&work);
      add_card_settings (&work);
    }
  finish (&work);
  return work.guidance;
}

void
ferry_guidance_free (FerryGuidance *guidance)
{
  if (guidance == NULL)
    return;
  g_free (guidance->board);
  g_free (guidance->entry_key);
  g_free (guidance->caution);
  g_ptr_array_unref (guidance->settings);
  g_free (guidance);
}
