/* changes-window.h: what Ferry has changed on this computer, and taking it back.
 *
 * The list is the helper's history. Changes lie upon each other, so they are taken back from the
 * newest on: one, or all. A file that was edited since is shown and not overwritten, unless the
 * person wants it kept aside.
 */
#pragma once

#include <adwaita.h>

#include "session.h"

G_BEGIN_DECLS

#define FERRY_TYPE_CHANGES_WINDOW (ferry_changes_window_get_type ())
G_DECLARE_FINAL_TYPE (FerryChangesWindow, ferry_changes_window, FERRY, CHANGES_WINDOW, AdwWindow)

FerryChangesWindow *ferry_changes_window_new (GtkWindow *parent, FerrySession *session);

G_END_DECLS
