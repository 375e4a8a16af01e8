/* advice.h: what to do when a new virtual machine is started for the first time.
 *
 * Words only: the lines that fit the system, the card and the devices of a virtual machine.
 */
#pragma once

#include "guest/guest.h"
#include "summary.h"

G_BEGIN_DECLS

/* Of FerrySummaryLine (transfer full). @nvidia: whether the card is one of NVIDIA's */
GPtrArray *ferry_advice_make (const FerryGuest *guest, gboolean nvidia);

G_END_DECLS
