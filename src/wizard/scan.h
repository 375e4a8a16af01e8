/* scan.h: one reading of one computer, in a thread, with everything that follows from it.
 *
 * Not a cache and not the session: it starts, tells the main loop which parts were read, and gives
 * its result once. A scan that nobody waits for any more finishes quietly and is thrown away.
 */
#pragma once

#include <gio/gio.h>

#include "plan/check.h"
#include "plan/guidance.h"

G_BEGIN_DECLS

typedef struct
{
  FerryRoot *root;
  FerryMachine *machine;
  FerryReport *report;
  GVariant *facts;         /* what only root can read; NULL on the running computer: its helper tells */
  FerryGuidance *guidance; /* NULL when the menus of the boards could not be read */
} FerryScan;

/* Called on the main loop of the caller when @part, as in FerryMachineProgress, is begun. */
typedef void (*FerryScanProgress) (const char *part, gpointer user_data);

void ferry_scan_start (FerryRoot *root, const char *recording, const char *menus,
                       GCancellable *cancellable, FerryScanProgress progress,
                       GAsyncReadyCallback callback, GObject *owner);
FerryScan *ferry_scan_finish (GObject *owner, GAsyncResult *result, GError **error);

void ferry_scan_free (FerryScan *scan);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (FerryScan, ferry_scan_free)

G_END_DECLS
