/* window.h: the one window: title bar, list of steps, assistant, and the actions of the menu.
 *
 * Its actions (win.back, win.scan, win.open-recording, ...) are what menu, keys and buttons call.
 */
#pragma once

#include "assistant.h"

G_BEGIN_DECLS

#define FERRY_TYPE_WINDOW (ferry_window_get_type ())
G_DECLARE_FINAL_TYPE (FerryWindow, ferry_window, FERRY, WINDOW, AdwApplicationWindow)

FerryWindow *ferry_window_new (GtkApplication *application, FerrySession *session,
                               guint position);
FerryAssistant *ferry_window_get_assistant (FerryWindow *self);
gboolean ferry_window_is_changing (FerryWindow *self);
void ferry_window_toast (GtkWidget *widget, const char *text);

G_END_DECLS
