/* creation.h: makes a virtual machine, step by step; all of it, or nothing is left.
 *
 * Order: check, storage, network, media, disk, description. Nothing is started. A step that fails, or cancelling, takes
 * back what was made. Call it in a thread; the callback comes from that thread.
 */
#pragma once

#include "guest/guest.h"
#include "guest/virt.h"

G_BEGIN_DECLS

/* @total is 0 while it cannot be said how long the step takes. */
typedef void (*FerryCreationProgress) (const char *title, guint64 done, guint64 total, gpointer user_data);

typedef struct
{
  FerryVirt *virt; /* NULL only for a preview */
  FerryMachine *machine;
  const FerryGuest *guest; /* a new disk may leave out its path, Ferry finds one */
  gboolean copy_media;     /* files that QEMU cannot read may be copied */
  FerryCreationProgress progress;
  gpointer user_data;
  GCancellable *cancellable;
} FerryCreation;

typedef struct
{
  char *name;
  char *xml;        /* as libvirt keeps it; of a preview as it would be given to libvirt */
  GPtrArray *notes; /* of char *: sentences that are worth knowing */
  GPtrArray *tuning; /* of char *: which processors and memory it gets and why, a sentence each; empty without tuning */
  GPtrArray *copies; /* of char *: files that have to be copied first, with the reason, a sentence each */
} FerryCreated;

FerryCreated *ferry_creation_preview (const FerryCreation *creation, GError **error);
FerryCreated *ferry_creation_run (const FerryCreation *creation, GError **error);
void ferry_created_free (FerryCreated *created);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (FerryCreated, ferry_created_free)

G_END_DECLS
