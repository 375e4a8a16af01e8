/* softdep.c: the part of the planner that makes the usual drivers wait for vfio-pci.
 *
 * Pure. One "softdep" line (modprobe.d(5)) for exactly each driver that could take a chosen function. Only the first such
 * line of a driver counts, in the order of the files' names; so what a later file asks for is taken along, and an
 * earlier file that would hide ours is refused.
 */
#include "config.h"

#include <string.h>
#include <glib/gi18n-lib.h>

#include "plan/draft.h"
#include "plan/edit.h"
#include "plan/modprobe.h"

/* Drivers of display devices by vendor. The lists of the installed kernels name their own; "later" are those that come
 * with a package or a kernel that is not installed yet, and that take every card of the maker. */
static const struct
{
  guint16 vendor;
  const char *drivers[3];
  const char *later[4];
} display_drivers[] = {
  { 0x10de, { "nouveau", NULL }, { "nvidia", "nvidia_drm", "nova_core", NULL } },
  { 0x1002, { "amdgpu", "radeon", NULL }, { NULL } },
  { 0x8086, { "i915", "xe", NULL }, { NULL } },
  { 0x1234, { "bochs", NULL }, { NULL } }, /* the plain card of a virtual PC */
  { 0x1a03, { "ast", NULL }, { NULL } },
  { 0x1b36, { "qxl", NULL }, { NULL } },
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

static void
add_all (GPtrArray *drivers, const char *const *names)
{
  for (guint i = 0; names != NULL && names[i] != NULL; i++)
    add_driver (drivers, names[i]);
}

/* By class, where the modules of a kernel are not known. */
static void
add_drivers_of_class (GPtrArray *drivers, FerryDevice *device)
{
  guint class_word = device->class_code >> 8;

  for (gsize i = 0; i < G_N_ELEMENTS (display_drivers); i++)
    if (class_word >> 8 == 0x03 && display_drivers[i].vendor == device->vendor)
      add_all (drivers, display_drivers[i].drivers);
  if (class_word == 0x0403)
    add_driver (drivers, "snd_hda_intel");
  if (class_word == 0x0c03)
    add_driver (drivers, "xhci_pci");
  if (class_word == 0x0c80 && device->vendor == 0x10de)
    add_driver (drivers, "i2c_nvidia_gpu");
}

static void
add_later_drivers (GPtrArray *drivers, FerryDevice *device)
{
  for (gsize i = 0; i < G_N_ELEMENTS (display_drivers); i++)
    if (device->class_code >> 16 == 0x03 && display_drivers[i].vendor == device->vendor)
      add_all (drivers, display_drivers[i].later);
}

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

/* The modules that the kernels list for a function are the same before and after binding; the driver in use
 * is not, so it is left out. A driver inside the kernel is no module, and nothing can be loaded before it. */
static GPtrArray *
list_drivers (FerryDraft *draft)
{
  GPtrArray *drivers = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < draft->functions->len; i++)
    {
      FerryDevice *device = g_ptr_array_index (draft->functions, i);

      add_all (drivers, (const char *const *) device->modules);
      if (draft->machine->modules_known != FERRY_ANSWER_YES)
        add_drivers_of_class (drivers, device);
      add_later_drivers (drivers, device);
    }
  g_ptr_array_sort (drivers, compare_names);
  return drivers;
}

/* Whether a "softdep" line loads vfio-pci before its driver. */
static gboolean
waits_already (const FerryModprobeLine *line)
{
  gboolean before = FALSE;

  for (guint i = 2; line->words[i] != NULL; i++)
    if (g_str_has_suffix (line->words[i], ":"))
      before = g_str_equal (line->words[i], "pre:");
    else if (before && ferry_modprobe_same (line->words[i], "vfio_pci"))
      return TRUE;
  return FALSE;
}

static gboolean
comes_first (const FerryModprobeLine *line)
{
  g_autofree char *theirs = g_path_get_basename (line->path);
  g_autofree char *ours = g_path_get_basename (FERRY_DRAFT_MODPROBE);

  return strcmp (theirs, ours) < 0;
}

static gboolean
is_module_name (const char *word)
{
  return strspn (word, G_CSET_A_2_Z G_CSET_a_2_z G_CSET_DIGITS "_-") == strlen (word);
}

/* What the line of another file asks for, behind @part. */
static void
append_part (GString *text, const FerryModprobeLine *line, const char *part)
{
  gboolean inside = FALSE;

  for (guint i = 2; line->words[i] != NULL; i++)
    if (g_str_has_suffix (line->words[i], ":"))
      inside = g_str_equal (line->words[i], part);
    else if (inside && is_module_name (line->words[i]) && !ferry_modprobe_same (line->words[i], "vfio_pci"))
      g_string_append_printf (text, " %s", line->words[i]);
}

static void
append_softdep (FerryDraft *draft, GString *text, const char *driver, const FerryModprobeLine *line)
{
  g_autoptr (GString) post = g_string_new (NULL);

  if (line != NULL && comes_first (line))
    {
      ferry_plan_refuse (draft->plan, "softdep-hidden",
                         _("The file “/%s” says already what is loaded before “%s”, and only the first such line "
                           "counts. Add “vfio-pci” behind its “pre:”, or give the file a name that comes behind "
                           "“ferry.conf”. Then come back."),
                         line->path, driver);
      return;
    }
  g_string_append_printf (text, "softdep %s pre: vfio-pci", driver);
  if (line != NULL)
    {
      append_part (text, line, "pre:");
      append_part (post, line, "post:");
    }
  if (post->len > 0)
    g_string_append_printf (text, " post:%s", post->str);
  g_string_append_c (text, '\n');
}

/* Without "hostonly" dracut takes only the file along that it is told to, so there Ferry's file has to be complete. */
static gboolean
may_rely_on_others (FerryDraft *draft)
{
  return draft->bind != FERRY_BIND_ADDRESS && draft->machine->initramfs->kind != FERRY_INITRAMFS_DRACUT;
}

/**
 * ferry_draft_softdeps:
 *
 * Returns: (transfer full) (nullable): the content of Ferry's file in modprobe.d, or %NULL when files that were made
 *   by hand say it all
 */
char *
ferry_draft_softdeps (FerryDraft *draft)
{
  g_autoptr (GString) text = g_string_new (FERRY_DRAFT_MARK " Undo in Ferry takes it away again.\n");
  g_autoptr (GPtrArray) drivers = list_drivers (draft);
  gboolean needed = !may_rely_on_others (draft);

  g_string_append (text, "# vfio-pci hands devices to virtual machines. It is loaded before the drivers that\n"
                         "# would otherwise take the chosen graphics card. Nothing is blacklisted.\n");
  for (guint i = 0; i < drivers->len; i++)
    {
      const char *driver = g_ptr_array_index (drivers, i);
      const FerryModprobeLine *line = ferry_modprobe_find (draft->modprobe, "softdep", driver);

      if (line != NULL && waits_already (line) && (may_rely_on_others (draft) || comes_first (line)))
        continue;
      append_softdep (draft, text, driver, line);
      needed = TRUE;
    }
  if (draft->bind == FERRY_BIND_ADDRESS)
    g_string_append (text, "install vfio-pci /bin/sh /" FERRY_DRAFT_SCRIPT
                           "; /sbin/modprobe --ignore-install vfio-pci $CMDLINE_OPTS\n");
  return needed ? g_string_free (g_steal_pointer (&text), FALSE) : NULL;
}
