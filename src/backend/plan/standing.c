/* standing.c: the part of the planner that looks at what the settings of this computer say already.
 *
 * Pure. Words that work against passthrough are reported, never taken away. A list of devices for vfio-pci that was made
 * by hand is kept when it is exactly right, and refused when it is not: two lists do not add up, the last one wins
 * (module_param_string() in drivers/vfio/pci/vfio_pci.c). The running start line is not enough: settings may have been
 * changed since the last start.
 */
#include "config.h"

#include <string.h>
#include <glib/gi18n-lib.h>

#include "plan/contradiction.h"
#include "plan/draft.h"
#include "plan/modprobe.h"

#define TOOLS_MODULES "etc/initramfs-tools/modules"

static const char *const vfio_names[] = { "vfio_pci", "vfio_pci_core", "vfio", "vfio_iommu_type1" };

static void
refuse_word (FerryDraft *draft, const char *word)
{
  ferry_plan_refuse (draft->plan, "contradiction",
                     _("The kernel's start line says “%s”, which works against passthrough. Somebody put it "
                       "there for a reason, so Ferry does not take it away. Remove it if you do not need "
                       "it, restart, and come back."),
                     word);
}

static void
refuse_rescue_start (FerryDraft *draft)
{
  ferry_plan_refuse (draft->plan, "rescue-start",
                     _("This is a rescue start without passthrough. Restart normally first."));
}

/* The opposite of iommu=pt, which would win or lose by its place only. */
static void
refuse_translation (FerryDraft *draft, const FerryCmdline *line)
{
  const char *mode = ferry_cmdline_last_value (line, "iommu.passthrough");
  const char *word = ferry_cmdline_value_has (line, "iommu", "nopt") ? "iommu=nopt" : NULL;

  if (mode != NULL && strchr ("0nNfF", *mode) != NULL)
    word = "iommu.passthrough=0";
  if (word != NULL && draft->intent->passthrough_mode)
    ferry_plan_refuse (draft->plan, "contradiction",
                       _("The kernel's start line says “%s”, the opposite of the wish “iommu=pt”. Leave that "
                         "wish out, or remove the word and come back."),
                       word);
}

/* An older driver that would hold the card before vfio-pci can. */
static void
refuse_other_holder (FerryDraft *draft, const FerryCmdline *line)
{
  const char *ids = ferry_cmdline_last_value (line, "pci-stub.ids");
  gboolean holds = FALSE;

  for (guint i = 0; ids != NULL && i < draft->functions->len; i++)
    holds |= ferry_contradiction_ids_match (ids, g_ptr_array_index (draft->functions, i));
  if (holds)
    refuse_word (draft, "pci-stub.ids");
}

static void
refuse_words (FerryDraft *draft, const FerryCmdline *line, gboolean running)
{
  g_autoptr (GPtrArray) found = ferry_contradictions_find_in (draft->machine, line, running);

  for (guint i = 0; i < found->len; i++)
    {
      const FerryContradiction *contradiction = g_ptr_array_index (found, i);

      if (!contradiction->blocks)
        continue;
      if (running && g_str_equal (contradiction->id, "vfio-blocked"))
        refuse_rescue_start (draft);
      else
        refuse_word (draft, contradiction->word);
    }
  refuse_translation (draft, line);
  refuse_other_holder (draft, line);
}

/* A word of configuration without what a file puts around it: NAME=, NAME+=, NAME[x]=. */
static const char *
strip_name (const char *word)
{
  gsize name = strspn (word, G_CSET_A_2_Z "_");
  const char *at = word + name;

  if (name == 0)
    return word;
  if (*at == '[')
    at += strcspn (at, "]") + 1;
  at += *at == '+';
  return *at == '=' ? at + 1 : word;
}

/* Every word of @text outside of comments, whatever file it is; quotes are taken for blanks. */
static void
add_raw_words (GString *line, const char *text)
{
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);

  for (guint i = 0; lines[i] != NULL; i++)
    {
      g_auto (GStrv) words = g_strsplit_set (lines[i], " \t\r\"'\\", -1);

      for (guint j = 0; words[j] != NULL && *words[j] != '#'; j++)
        if (*strip_name (words[j]) != '\0' && strspn (words[j], "-") != strlen (words[j]))
          g_string_append_printf (line, "%s ", strip_name (words[j]));
    }
}

static void
add_raw_file (FerryDraft *draft, GString *line, const char *path)
{
  const FerryFile *file = ferry_draft_file (draft, path);

  if (file->text != NULL && !ferry_draft_is_own (file))
    add_raw_words (line, file->text);
}

static void
add_entries (FerryDraft *draft, GString *line)
{
  char **entries = draft->machine->configuration->entries;

  for (guint i = 0; entries[i] != NULL; i++)
    if (ferry_draft_entry_is_ours (draft, ferry_draft_file (draft, entries[i])))
      add_raw_file (draft, line, entries[i]);
  add_raw_file (draft, line, "etc/kernel/cmdline");
}

static void
add_grub (FerryDraft *draft, GString *line)
{
  g_autofree char *script = ferry_draft_grub_script (draft);
  g_autofree char *value = ferry_draft_grub_words (script);

  if (value != NULL)
    g_string_append (line, value);
  else
    add_raw_words (line, script);
}

static void
add_uki (FerryDraft *draft, GString *line)
{
  g_autoptr (GPtrArray) parts
      = ferry_configuration_list (draft->machine->configuration, "etc/cmdline.d", ".conf");

  add_raw_file (draft, line, "etc/kernel/cmdline");
  for (guint i = 0; i < parts->len; i++)
    add_raw_file (draft, line, g_ptr_array_index (parts, i));
}

/* The first line only: the others are for special starts. */
static void
add_refind (FerryDraft *draft, GString *line)
{
  const FerryFile *file = ferry_draft_file (draft, "boot/refind_linux.conf");
  g_auto (GStrv) lines = g_strsplit (file->text != NULL ? file->text : "", "\n", -1);

  for (guint i = 0; lines[i] != NULL; i++)
    if (*g_strstrip (lines[i]) == '"')
      {
        add_raw_words (line, lines[i]);
        return;
      }
}

/* What the settings of the boot loader say, without Ferry's own files. */
static FerryCmdline *
read_line (FerryDraft *draft)
{
  const FerryLoader *loader = draft->machine->loader;
  g_autoptr (GString) line = g_string_new (NULL);
  FerryCmdline *cmdline;

  switch (loader->kind)
    {
    case FERRY_LOADER_GRUB:
      if (loader->bls)
        add_entries (draft, line);
      else
        add_grub (draft, line);
      break;
    case FERRY_LOADER_SYSTEMD_BOOT:
      add_entries (draft, line);
      add_raw_file (draft, line, "etc/sdboot-manage.conf");
      break;
    case FERRY_LOADER_UKI:
      add_uki (draft, line);
      break;
    case FERRY_LOADER_LIMINE:
      add_raw_file (draft, line, "etc/default/limine");
      break;
    case FERRY_LOADER_REFIND:
      add_refind (draft, line);
      break;
    case FERRY_LOADER_EFISTUB:
    case FERRY_LOADER_UNKNOWN:
    default:
      break;
    }
  cmdline = ferry_cmdline_parse (line->str, NULL);
  return cmdline != NULL ? cmdline : ferry_cmdline_parse ("", NULL);
}

typedef enum
{
  IDS_OTHER, /* other devices, or too many */
  IDS_RIGHT  /* every chosen function, and no other graphics card */
} IdsFit;

static IdsFit
compare_ids (FerryDraft *draft, const char *ids)
{
  for (guint i = 0; i < draft->functions->len; i++)
    if (!ferry_contradiction_ids_match (ids, g_ptr_array_index (draft->functions, i)))
      return IDS_OTHER;
  for (guint i = 0; i < draft->machine->devices->len; i++)
    {
      FerryDevice *device = g_ptr_array_index (draft->machine->devices, i);

      if ((ferry_device_is_display (device) || device->needs != 0)
          && ferry_contradiction_ids_match (ids, device)
          && !g_ptr_array_find (draft->functions, device, NULL))
        return IDS_OTHER;
    }
  return IDS_RIGHT;
}

static void
refuse_ids (FerryDraft *draft, const char *path)
{
  if (path == NULL)
    ferry_plan_refuse (draft->plan, "ids-present",
                       _("The kernel's start line already names other devices for virtual machines "
                         "(vfio-pci.ids). Ferry does not replace a list that is there. If Ferry made it, use "
                         "“Undo” first. If you made it, take it out or name exactly the chosen card, then "
                         "come back."));
  else
    ferry_plan_refuse (draft->plan, "ids-present",
                       _("The file “/%s” already names other devices for virtual machines (vfio-pci). Two lists "
                         "do not add up, so Ferry does not write a second one. Take the list out or name "
                         "exactly the chosen card in it, then come back."),
                       path);
}

/* One list found in a file; a right one is left as it is. */
static void
take_list (FerryDraft *draft, const char *ids, const char *path)
{
  if (compare_ids (draft, ids) != IDS_RIGHT)
    refuse_ids (draft, path);
  else
    draft->ids_by_hand = TRUE;
}

/* "options vfio-pci ids=..." and, in a list of modules, "vfio-pci ids=...". */
static void
take_options (FerryDraft *draft, char **words, const char *path)
{
  for (guint i = 0; words[i] != NULL; i++)
    if (g_str_has_prefix (words[i], "ids="))
      take_list (draft, words[i] + 4, path);
}

static void
look_at_modules_file (FerryDraft *draft)
{
  const FerryFile *file = ferry_draft_file (draft, TOOLS_MODULES);
  g_auto (GStrv) lines = g_strsplit (file->text != NULL ? file->text : "", "\n", -1);

  for (guint i = 0; lines[i] != NULL; i++)
    {
      g_auto (GStrv) words = g_strsplit_set (g_strstrip (lines[i]), " \t", -1);

      if (words[0] != NULL && ferry_modprobe_same (words[0], "vfio_pci"))
        take_options (draft, words + 1, TOOLS_MODULES);
    }
}

static void
look_at_modprobe (FerryDraft *draft, const FerryModprobeLine *line)
{
  gboolean ours = FALSE;

  for (gsize i = 0; i < G_N_ELEMENTS (vfio_names); i++)
    ours |= ferry_modprobe_same (line->words[1], vfio_names[i]);
  if (!ours)
    return;
  if (g_str_equal (line->words[0], "blacklist") || g_str_equal (line->words[0], "install"))
    ferry_plan_refuse (draft->plan, "contradiction",
                       _("The file “/%s” says “%s %s”, which works against passthrough. Somebody put it there "
                         "for a reason, so Ferry does not take it away. Remove the line if you do not need "
                         "it, and come back."),
                       line->path, line->words[0], line->words[1]);
  else if (g_str_equal (line->words[0], "options"))
    take_options (draft, line->words + 2, line->path);
}

static void
look_at_ids (FerryDraft *draft)
{
  const char *first = NULL;

  for (guint i = 0; i < draft->line->words->len; i++)
    {
      const FerryCmdlineWord *word = g_ptr_array_index (draft->line->words, i);

      if (word->value == NULL || !ferry_cmdline_key_equal (word->key, "vfio-pci.ids"))
        continue;
      if (compare_ids (draft, word->value) != IDS_RIGHT || (first != NULL && !g_str_equal (first, word->text)))
        refuse_ids (draft, NULL);
      first = word->text;
    }
  g_free (draft->ids_word);
  draft->ids_word = g_strdup (first);
}

/**
 * ferry_draft_add_standing:
 *
 * Fills draft->line, modprobe, ids_word and ids_by_hand, and refuses what contradicts the wish.
 */
void
ferry_draft_add_standing (FerryDraft *draft)
{
  draft->line = read_line (draft);
  draft->modprobe = ferry_modprobe_read (draft->machine->configuration, FERRY_DRAFT_MODPROBE);
  refuse_words (draft, draft->machine->kernel->cmdline, TRUE);
  refuse_words (draft, draft->line, FALSE);
  if (draft->functions->len == 0)
    return;
  look_at_ids (draft);
  for (guint i = 0; i < draft->modprobe->len; i++)
    look_at_modprobe (draft, g_ptr_array_index (draft->modprobe, i));
  if (draft->machine->initramfs->kind == FERRY_INITRAMFS_TOOLS)
    look_at_modules_file (draft);
}
