/* librarian.h: asks the catalogue without keeping the window waiting.
 *
 * Opening the catalogue and looking at an image are done in a thread; see guest/catalogue. It keeps
 * nothing.
 */
#pragma once

#include <gio/gio.h>

#include "guest/catalogue.h"

G_BEGIN_DECLS

void ferry_librarian_open_async (GObject *owner, GAsyncReadyCallback callback);
FerryCatalogue *ferry_librarian_open_finish (GObject *owner, GAsyncResult *result);

void ferry_librarian_identify_async (FerryCatalogue *catalogue, const char *file,
                                     GCancellable *cancellable, GAsyncReadyCallback callback,
                                     GObject *owner);
FerryDisc *ferry_librarian_identify_finish (GObject *owner, GAsyncResult *result, GError **error);

G_END_DECLS
