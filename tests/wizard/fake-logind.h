/* fake-logind.h: a stand-in for logind on a private bus, which says what it was asked.
 *
 * Not a part of Ferry. It answers CanRebootToFirmwareSetup, SetRebootToFirmwareSetup and Reboot as
 * the test wants, and fails the test when a call does not allow the person to be asked.
 */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define FAKE_LOGIND_DENIED "org.freedesktop.DBus.Error.AccessDenied"
#define FAKE_LOGIND_WAIT "wait" /* as an error: no answer at all */

typedef struct
{
  const char *can;          /* the answer; NULL: the method fails */
  const char *set_error;    /* name of a D-Bus error; NULL: it works */
  const char *reboot_error; /* the same, or FAKE_LOGIND_WAIT */
  GString *asked;           /* "SetRebootToFirmwareSetup(1) Reboot(1) " */
  GDBusConnection *client;  /* where the program under test finds it */

  GTestDBus *daemon;
  GDBusConnection *server;
  guint name, object;
  gboolean ready;
} FakeLogind;

FakeLogind *fake_logind_new (const char *can);
void fake_logind_free (FakeLogind *logind);

G_END_DECLS
