/* restart.h: restarting the computer, also into its firmware setup, by asking logind.
 *
 * Speaks org.freedesktop.login1.Manager (org.freedesktop.login1(5)): CanRebootToFirmwareSetup,
 * SetRebootToFirmwareSetup, Reboot. Everything is asynchronous; nothing here asks the person. When
 * the restart does not happen the flag for the firmware is taken back.
 *
 * Property: available (whether this computer can open its firmware setup by itself; FALSE until logind said so, and for ever
 * where there is no bus or no logind).
 */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define FERRY_TYPE_RESTART (ferry_restart_get_type ())
G_DECLARE_FINAL_TYPE (FerryRestart, ferry_restart, FERRY, RESTART, GObject)

FerryRestart *ferry_restart_new (void);
FerryRestart *ferry_restart_new_for_bus (GDBusConnection *bus);

gboolean ferry_restart_get_available (FerryRestart *self);

void ferry_restart_now_async (FerryRestart *self, GCancellable *cancellable,
                              GAsyncReadyCallback callback, gpointer user_data);
gboolean ferry_restart_now_finish (FerryRestart *self, GAsyncResult *result, GError **error);

void ferry_restart_into_setup_async (FerryRestart *self, GCancellable *cancellable,
                                     GAsyncReadyCallback callback, gpointer user_data);
gboolean ferry_restart_into_setup_finish (FerryRestart *self, GAsyncResult *result,
                                          GError **error);

G_END_DECLS
