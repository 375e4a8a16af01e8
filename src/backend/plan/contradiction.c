/* contradiction.c: see contradiction.h. */
#include "config.h"

#include <string.h>
#include <glib/gi18n-lib.h>

#include "plan/contradiction.h"

#define MAX_FOUND 64
#define MAX_SPELLED 24 /* longer words are not compared for their spelling */

void
ferry_contradiction_free (FerryContradiction *contradiction)
{
  g_free (contradiction->word);
  g_free (contradiction->text);
  g_free (contradiction);
}

void
ferry_contradiction_add (GPtrArray *found, const char *id, gboolean blocks, const char *word,
                         char *text)
{
  FerryContradiction *contradiction;

  if (found->len >= MAX_FOUND)
    {
      g_free (text);
      return;
    }
  contradiction = g_new0 (FerryContradiction, 1);
  contradiction->id = id;
  contradiction->blocks = blocks;
  contradiction->word = g_utf8_make_valid (word, -1);
  contradiction->text = text;
  g_ptr_array_add (found, contradiction);
}

/* The word as written in which @key has the value @item, or @key itself. */
static char *
name_word (const char *key, const char *item)
{
  return g_strdup_printf ("%s=%s", key, item);
}

static gboolean
is_x86 (FerryMachine *machine)
{
  const char *architecture = machine->processor->architecture;

  return g_str_has_prefix (architecture, "x86") || g_str_equal (architecture, "i686")
         || architecture[0] == '\0';
}

/* Whether the last of on and off in the values of @key is off: each is parsed in turn. */
static gboolean
ends_off (FerryMachine *machine, const char *key)
{
  GPtrArray *words = machine->kernel->cmdline->words;
  gboolean off = FALSE;

  for (guint i = 0; i < words->len; i++)
    {
      const FerryCmdlineWord *word = g_ptr_array_index (words, i);
      g_auto (GStrv) items = NULL;

      if (word->value == NULL || !ferry_cmdline_key_equal (word->key, key))
        continue;
      items = g_strsplit (word->value, ",", -1);
      for (guint j = 0; items[j] != NULL; j++)
        if (g_str_equal (items[j], "off"))
          off = TRUE;
        else if (g_str_equal (items[j], "on"))
          off = FALSE;
    }
  return off;
}

static void
add_off (FerryMachine *machine, GPtrArray *found, const char *key)
{
  g_autofree char *word = name_word (key, "off");

  ferry_contradiction_add (
      found, "iommu-off", machine->iommu->grouped != FERRY_ANSWER_YES, word,
      g_strdup_printf (_("“%s” switches the IOMMU off, and passthrough needs it."), word));
}

static void
look_for_off (FerryMachine *machine, GPtrArray *found)
{
  const FerryVendor vendor = machine->processor->vendor;

  if (ferry_cmdline_value_has (machine->kernel->cmdline, "iommu", "off"))
    add_off (machine, found, "iommu");
  if (vendor != FERRY_VENDOR_AMD && ends_off (machine, "intel_iommu"))
    add_off (machine, found, "intel_iommu");
  if (vendor != FERRY_VENDOR_INTEL && ends_off (machine, "amd_iommu"))
    add_off (machine, found, "amd_iommu");
}

static void
look_at_remapping (FerryMachine *machine, GPtrArray *found)
{
  if (ferry_cmdline_value_has (machine->kernel->cmdline, "intremap", "off"))
    ferry_contradiction_add (
        found, "interrupts-off", TRUE, "intremap=off",
        g_strdup_printf (_("“%s” switches off the part that keeps a card's signals apart "
                           "(interrupt remapping). Virtual machines with the card then refuse to "
                           "start."),
                        "intremap=off"));
  if (ferry_cmdline_has_key (machine->kernel->cmdline, "nox2apic"))
    ferry_contradiction_add (
        found, "x2apic-off", FALSE, "nox2apic",
        g_strdup_printf (
            _("“%s” limits how a card's signals are kept apart (interrupt "
              "remapping). Remove it if virtual machines with the card do not start."),
           "nox2apic"));
}

/* The words that each parameter knows; one that takes a value is compared up to its '='. */
static const char *const intel_words[] = { "on",     "off",   "igfx_off", "forcedac",      "strict",
                                           "sp_off", "sm_on", "sm_off",   "tboot_noforce", NULL };
static const char *const amd_words[]
    = { "off",      "force_enable", "force_isolation", "fullflush",       "pgtbl_v1",
        "pgtbl_v2", "irtcachedis",  "nohugepages",     "v2_pgsizes_only", NULL };
static const char *const x86_words[]
    = { "off",        "force",   "noforce", "soft",      "pt",          "nopt",
        "panic",      "nopanic", "merge",   "nomerge",   "biomerge",    "allowdac",
        "forcesac",   "nodac",   "usedac",  "fullflush", "nofullflush", "noagp",
        "noaperture", "memaper", "allowed", "leak",      "strict",      NULL };

static gboolean
knows (const char *const *words, const char *item)
{
  const gsize length = strcspn (item, "=");

  if (g_ascii_isdigit (item[0]))
    return TRUE;
  for (gsize i = 0; words[i] != NULL; i++)
    if (strlen (words[i]) == length && strncmp (words[i], item, length) == 0)
      return TRUE;
  return FALSE;
}

static void
look_at_value (GPtrArray *found, const FerryCmdlineWord *word, const char *const *words)
{
  g_auto (GStrv) items = g_strsplit (word->value, ",", -1);

  for (guint i = 0; items[i] != NULL; i++)
    {
      g_autofree char *written = NULL;
      g_autofree char *valid = NULL;

      if (items[i][0] == '\0' || knows (words, items[i]))
        continue;
      written = name_word (word->key, items[i]);
      valid = g_utf8_make_valid (written, -1);
      ferry_contradiction_add (
          found, "does-nothing", FALSE, written,
          g_strdup_printf (_("“%s” does nothing: the kernel does not know it."), valid));
    }
}

static void
look_at_words (FerryMachine *machine, GPtrArray *found)
{
  static const struct
  {
    const char *key;
    const char *const *words;
  } known[]
      = { { "intel_iommu", intel_words }, { "amd_iommu", amd_words }, { "iommu", x86_words } };
  GPtrArray *words = machine->kernel->cmdline->words;

  for (guint i = 0; i < words->len && is_x86 (machine); i++)
    {
      const FerryCmdlineWord *word = g_ptr_array_index (words, i);

      for (gsize j = 0; j < G_N_ELEMENTS (known); j++)
        if (word->value != NULL && ferry_cmdline_key_equal (word->key, known[j].key))
          look_at_value (found, word, known[j].words);
    }
}

/* Number of letters to change, add or leave out; both shorter than MAX_SPELLED (Levenshtein). */
static guint
count_differences (const char *a, const char *b)
{
  guint row[MAX_SPELLED + 1];
  const gsize width = strlen (b);

  for (gsize j = 0; j <= width; j++)
    row[j] = (guint)j;
  for (gsize i = 0; a[i] != '\0'; i++)
    {
      guint corner = row[0];

      row[0] = (guint)i + 1;
      for (gsize j = 0; j < width; j++)
        {
          const guint changed = corner + (a[i] != b[j]);

          corner = row[j + 1];
          row[j + 1] = MIN (changed, MIN (row[j], corner) + 1);
        }
    }
  return row[width];
}

/* What was most likely meant by @key, or NULL when it is not nearly one of these. */
static const char *
guess_meant (const char *key)
{
  static const char *const names[]
      = { "vfio-pci.ids", "intel_iommu", "amd_iommu", "pcie_acs_override" };

  if (strlen (key) >= MAX_SPELLED)
    return NULL;
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      if (ferry_cmdline_key_equal (key, names[i]))
        return NULL;
      if (count_differences (key, names[i]) <= 2)
        return names[i];
    }
  if (g_str_has_prefix (key, "vfio") && g_str_has_suffix (key, "ids"))
    return names[0];
  return NULL;
}

static void
look_for_misspelling (FerryMachine *machine, GPtrArray *found)
{
  GPtrArray *words = machine->kernel->cmdline->words;

  for (guint i = 0; i < words->len; i++)
    {
      const FerryCmdlineWord *word = g_ptr_array_index (words, i);
      const char *meant = guess_meant (word->key);
      g_autofree char *valid = g_utf8_make_valid (word->key, -1);

      if (meant != NULL)
        ferry_contradiction_add (
            found, "misspelled", FALSE, word->text,
            g_strdup_printf (_("“%s” does nothing. Most likely “%s” was meant."), valid, meant));
    }
}

static void
look_for_blacklist (FerryMachine *machine, GPtrArray *found)
{
  static const char *const keys[]
      = { "module_blacklist", "modprobe.blacklist", "rd.driver.blacklist" };
  static const char *const modules[] = { "vfio_pci", "vfio-pci", "vfio_pci_core", "vfio" };

  for (gsize i = 0; i < G_N_ELEMENTS (keys); i++)
    for (gsize j = 0; j < G_N_ELEMENTS (modules); j++)
      if (ferry_cmdline_value_has (machine->kernel->cmdline, keys[i], modules[j]))
        {
          g_autofree char *word = name_word (keys[i], modules[j]);

          ferry_contradiction_add (
              found, "vfio-blocked", TRUE, word,
              g_strdup_printf (_("“%s” keeps every card with this computer. It is meant for "
                                 "rescue; start once without it."),
                               word));
        }
}

static void
look_at_graphics (FerryMachine *machine, GPtrArray *found)
{
  if (ferry_cmdline_value_has (machine->kernel->cmdline, "intel_iommu", "igfx_off"))
    ferry_contradiction_add (
        found, "igfx-off", FALSE, "intel_iommu=igfx_off",
        g_strdup_printf (_("“%s” leaves the processor's own graphics out of the IOMMU. That is "
                           "fine as long as your own screen keeps it."),
                        "intel_iommu=igfx_off"));
}

/**
 * ferry_contradictions_find:
 *
 * Looks at the kernel's command line, word by word. Ids: `iommu-off`, `interrupts-off`,
 * `x2apic-off`, `does-nothing`, `misspelled`, `vfio-blocked`, `igfx-off`, `ids-malformed`,
 * `ids-unmatched`, `ids-bridge`, `ids-ambiguous`, `ids-incomplete`. At most 64 are reported.
 *
 * Returns: (transfer full) (element-type FerryContradiction): what was found, maybe nothing
 */
GPtrArray *
ferry_contradictions_find (FerryMachine *machine)
{
  GPtrArray *found = g_ptr_array_new_with_free_func ((GDestroyNotify)ferry_contradiction_free);

  look_for_off (machine, found);
  look_at_remapping (machine, found);
  look_for_blacklist (machine, found);
  look_for_misspelling (machine, found);
  ferry_contradictions_find_in_ids (machine, found);
  look_at_words (machine, found);
  look_at_graphics (machine, found);
  return found;
}

/**
 * ferry_contradictions_find_in:
 * @running: whether @cmdline is in force; else it is what the next start will say, and what the IOMMU does now
 *   proves nothing
 *
 * Returns: (transfer full) (element-type FerryContradiction): what speaks against passthrough in @cmdline
 */
GPtrArray *
ferry_contradictions_find_in (FerryMachine *machine, const FerryCmdline *cmdline, gboolean running)
{
  /* A view of the machine for reading, with two facts exchanged; nothing in it is owned. */
  FerryMachine view = *machine;
  FerryKernel kernel = *machine->kernel;
  FerryIommu iommu = *machine->iommu;

  kernel.cmdline = (FerryCmdline *) cmdline;
  view.kernel = &kernel;
  view.iommu = &iommu;
  if (!running)
    iommu.grouped = FERRY_ANSWER_UNKNOWN;
  return ferry_contradictions_find (&view);
}
