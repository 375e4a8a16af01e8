/* phase.h: where the user stands, always computed from machine and journal, never stored.
 */
#pragma once

#include "plan/check.h"
#include "plan/plan.h"

G_BEGIN_DECLS

typedef enum
{
  FERRY_PHASE_FIRMWARE,  /* a setting of the firmware is missing first */
  FERRY_PHASE_CHANGE,    /* ready to choose and change */
  FERRY_PHASE_RESTART,   /* changed, and the running system was started before that */
  FERRY_PHASE_VERIFY,    /* restarted after a change: time to look whether it worked */
  FERRY_PHASE_READY      /* a card is on vfio-pci: time for the virtual machine */
} FerryPhase;

/* @intent: of the newest entry in state done, or NULL; @changed: its time, seconds since 1970; @started: when
 * the running system was started, 0 when unknown. */
FerryPhase ferry_phase_of (FerryMachine *machine, const FerryIntent *intent, gint64 changed,
                           gint64 started);

G_END_DECLS
