/* contradiction.h: words of the kernel's command line that work against passthrough or do nothing.
 *
 * Pure. It reports and never mends: the words are the user's. Meanings are those of the kernel's
 * Documentation/admin-guide/kernel-parameters.txt, arch/x86/kernel/pci-dma.c (iommu=),
 * drivers/iommu/intel/iommu.c (intel_iommu=), drivers/iommu/amd/init.c (amd_iommu=) and
 * drivers/vfio/pci/vfio_pci.c (vfio-pci.ids=).
 */
#pragma once

#include "facts/machine.h"

G_BEGIN_DECLS

typedef struct
{
  const char *id;  /* "iommu-off", "misspelled", ...: stable */
  gboolean blocks; /* passthrough cannot work while the word is there */
  char *word;      /* as written, valid UTF-8 */
  char *text;      /* a sentence for a newcomer */
} FerryContradiction;

GPtrArray *ferry_contradictions_find (FerryMachine *machine);
GPtrArray *ferry_contradictions_find_in (FerryMachine *machine, const FerryCmdline *cmdline, gboolean running);
/* Whether a list as for vfio-pci.ids= takes @device. */
gboolean ferry_contradiction_ids_match (const char *ids, FerryDevice *device);
void ferry_contradiction_free (FerryContradiction *contradiction);

/* Used by the parts: takes @text. */
void ferry_contradiction_add (GPtrArray *found, const char *id, gboolean blocks, const char *word,
                              char *text);
void ferry_contradictions_find_in_ids (FerryMachine *machine, GPtrArray *found);

G_END_DECLS
