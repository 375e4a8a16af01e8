/* making.h: makes the virtual machine of a blueprint, or only says what would be made, in a thread.
 *
 * Both go through guest/creation, so that what is shown is what will be done. Without a libvirt,
 * for another computer than this one, rehearsing still works and making does not.
 */
#pragma once

#include "blueprint.h"
#include "guest/creation.h"

G_BEGIN_DECLS

/* On the main loop; see FerryCreationProgress. */
typedef void (*FerryMakingProgress) (const char *title, guint64 done, guint64 total,
                                     gpointer owner);

void ferry_making_rehearse_async (FerryBlueprint *blueprint, GCancellable *cancellable,
                                  GAsyncReadyCallback callback, GObject *owner);
void ferry_making_run_async (FerryBlueprint *blueprint, FerryMakingProgress progress,
                             GCancellable *cancellable, GAsyncReadyCallback callback,
                             GObject *owner);
FerryCreated *ferry_making_finish (GObject *owner, GAsyncResult *result, GError **error);

G_END_DECLS
