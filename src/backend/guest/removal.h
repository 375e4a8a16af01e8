/* removal.h: removes a virtual machine, and the files that Ferry made for it.
 *
 * Only what carries Ferry's mark (guest/mark) is deleted, and nothing that another virtual machine uses.
 */
#pragma once

#include "guest/virt.h"

G_BEGIN_DECLS

typedef struct
{
  char *name;
  gboolean running;
  gboolean ours;      /* made by Ferry */
  char **files;       /* that would be deleted; empty for a machine that is not ours */
  char **kept;        /* that stay, because another machine uses them */
} FerryRemoval;

FerryRemoval *ferry_removal_plan (FerryVirt *virt, const char *name, GError **error);
gboolean ferry_removal_run (FerryVirt *virt, const FerryRemoval *removal, gboolean keep_files, GError **error);
void ferry_removal_free (FerryRemoval *removal);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (FerryRemoval, ferry_removal_free)

G_END_DECLS
