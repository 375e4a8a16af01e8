/* application.h: the program: its options, its menu entries that need no page, its one window.
 *
 * Options: --root DIR and --machine FILE choose the computer, --page NAME the page to open on.
 * With FERRY_FIRST_FRAME=1 in the environment it says on standard output when its first frame was
 * drawn (microseconds of CLOCK_MONOTONIC) and ends: for measuring.
 */
#pragma once

#include <adwaita.h>

#include "session.h"

G_BEGIN_DECLS

#define FERRY_TYPE_APPLICATION (ferry_application_get_type ())
G_DECLARE_FINAL_TYPE (FerryApplication, ferry_application, FERRY, APPLICATION, AdwApplication)

FerryApplication *ferry_application_new (void);
void ferry_application_set_session (FerryApplication *self, FerrySession *session);

G_END_DECLS
