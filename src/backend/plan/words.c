/* words.c: which words the kernel's start line needs, from a closed vocabulary.
 *
 * Pure. The vocabulary: intel_iommu=on, iommu=pt, vfio-pci.ids=LIST. No free text can get in: ids are
 * printed from numbers. Sources: Documentation/admin-guide/kernel-parameters.txt, and
 * drivers/vfio/pci/vfio_pci.c for the form of ids (vendor:device[:subvendor[:subdevice]], at most
 * 1024 bytes). There is no word for AMD: its IOMMU is on wherever the firmware offers it.
 */
#include "config.h"

#include <string.h>
#include <glib/gi18n-lib.h>

#include "plan/draft.h"
#include "plan/edit.h"

#define MAX_IDS 1023

/* What the kernel does when the start line is silent. The running kernel's own behaviour wins over
 * the name of the distribution. */
static gboolean
intel_needs_word (FerryMachine *machine)
{
  const FerryKernel *kernel = machine->kernel;
  const char *on = ferry_kernel_config (kernel, "CONFIG_INTEL_IOMMU_DEFAULT_ON");
  const char *on_but_graphics = ferry_kernel_config (kernel, "CONFIG_INTEL_IOMMU_DEFAULT_ON_INTGPU_OFF");

  if (machine->processor->vendor != FERRY_VENDOR_INTEL)
    return FALSE;
  if (g_strcmp0 (on, "y") == 0 || g_strcmp0 (on_but_graphics, "y") == 0)
    return FALSE;
  if (ferry_cmdline_value_has (kernel->cmdline, "intel_iommu", "on"))
    return TRUE;
  return machine->iommu->enabled != FERRY_ANSWER_YES;
}

/* "10de:13c2" or, to tell apart cards of the same model, "10de:13c2:1458:3679". */
static char *
print_ids (FerryDraft *draft)
{
  g_autoptr (GPtrArray) ids = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < draft->functions->len; i++)
    {
      const FerryDevice *device = g_ptr_array_index (draft->functions, i);
      g_autofree char *id = NULL;

      if (draft->bind == FERRY_BIND_SUBSYSTEM_IDS)
        id = g_strdup_printf ("%04x:%04x:%04x:%04x", device->vendor, device->device,
                              device->subvendor, device->subdevice);
      else
        id = g_strdup_printf ("%04x:%04x", device->vendor, device->device);
      if (!g_ptr_array_find_with_equal_func (ids, id, g_str_equal, NULL))
        g_ptr_array_add (ids, g_steal_pointer (&id));
    }
  if (ids->len == 0)
    return NULL;
  g_ptr_array_add (ids, NULL);
  return g_strjoinv (",", (char **) ids->pdata);
}

/* The word as it stands in the settings already, maybe with more in it ("intel_iommu=on,sm_on"), else NULL. */
static const char *
find_standing (FerryDraft *draft, const char *key, const char *item)
{
  const char *found = NULL;

  for (guint i = 0; i < draft->line->words->len; i++)
    {
      const FerryCmdlineWord *word = g_ptr_array_index (draft->line->words, i);
      g_auto (GStrv) items = g_strsplit (word->value != NULL ? word->value : "", ",", -1);

      if (ferry_cmdline_key_equal (word->key, key) && g_strv_contains ((const char *const *) items, item)
          && ferry_edit_word_is_safe (word->text))
        found = word->text;
    }
  return found;
}

static void
add_word (FerryDraft *draft, GPtrArray *words, const char *key, const char *item)
{
  const char *standing = find_standing (draft, key, item);

  g_ptr_array_add (words, standing != NULL ? g_strdup (standing) : g_strdup_printf ("%s=%s", key, item));
}

static void
add_ids (FerryDraft *draft, GPtrArray *words)
{
  g_autofree char *ids = NULL;

  if (draft->ids_word != NULL && ferry_edit_word_is_safe (draft->ids_word))
    {
      g_ptr_array_add (words, g_strdup (draft->ids_word));
      return;
    }
  ids = draft->ids_by_hand || draft->bind == FERRY_BIND_ADDRESS ? NULL : print_ids (draft);
  if (ids != NULL && strlen (ids) <= MAX_IDS)
    g_ptr_array_add (words, g_strconcat ("vfio-pci.ids=", ids, NULL));
}

/**
 * ferry_draft_kernel_words:
 *
 * Returns: (transfer full): the words, in a fixed order, as they stand already or have to be added; empty when none
 *   is needed
 */
char **
ferry_draft_kernel_words (FerryDraft *draft)
{
  GPtrArray *words = g_ptr_array_new ();

  if (intel_needs_word (draft->machine))
    add_word (draft, words, "intel_iommu", "on");
  if (draft->intent->passthrough_mode)
    add_word (draft, words, "iommu", "pt");
  add_ids (draft, words);
  g_ptr_array_add (words, NULL);
  return (char **) g_ptr_array_free (words, FALSE);
}
