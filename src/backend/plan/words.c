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

/**
 * ferry_draft_kernel_words:
 *
 * Returns: (transfer full): the words, in a fixed order; empty when none is needed
 */
char **
ferry_draft_kernel_words (FerryDraft *draft)
{
  GPtrArray *words = g_ptr_array_new ();

  if (intel_needs_word (draft->machine))
    g_ptr_array_add (words, g_strdup ("intel_iommu=on"));
  if (draft->intent->passthrough_mode)
    g_ptr_array_add (words, g_strdup ("iommu=pt"));
  if (draft->bind != FERRY_BIND_ADDRESS)
    {
      g_autofree char *ids = print_ids (draft);

      if (ids != NULL && strlen (ids) <= MAX_IDS)
        g_ptr_array_add (words, g_strconcat ("vfio-pci.ids=", ids, NULL));
    }
  g_ptr_array_add (words, NULL);
  return (char **) g_ptr_array_free (words, FALSE);
}
