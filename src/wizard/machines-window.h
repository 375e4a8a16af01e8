/* machines-window.h: the virtual machines that are there: start them, give them the card, remove them.
 *
 * A window of its own beside the steps. Everything that changes a machine is shown before it is done.
 */
#pragma once

#include <adwaita.h>

#include "session.h"

G_BEGIN_DECLS

#define FERRY_TYPE_MACHINES_WINDOW (ferry_machines_window_get_type ())
G_DECLARE_FINAL_TYPE (FerryMachinesWindow, ferry_machines_window, FERRY, MACHINES_WINDOW, AdwWindow)

GtkWidget *ferry_machines_window_new (GtkWindow *parent, FerrySession *session);

G_END_DECLS
