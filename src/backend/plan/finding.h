/* finding.h: one thing that was looked at after the restart, what it means and what mends it.
 *
 * A value. Like a FerryCheck, but about the change that was made: the ids are stable and stand for the
 * symptoms that people describe in forums.
 */
#pragma once

#include "plan/check.h"

G_BEGIN_DECLS

/* What Ferry itself can do about it. */
typedef enum
{
  FERRY_FIX_NONE,
  FERRY_FIX_RESTART,
  FERRY_FIX_APPLY,    /* make the same change again */
  FERRY_FIX_UNDO,
  FERRY_FIX_CARD,     /* choose the card again */
  FERRY_FIX_FIRMWARE  /* a setting of the firmware */
} FerryFix;

typedef struct
{
  const char *id; /* "command-line", "card-driver", ...: stable, part of the JSON */
  FerryCheckVerdict verdict;
  char *title;   /* what */
  char *why;     /* why it matters */
  char *action;  /* what to do now; "" when nothing */
  char *details; /* jargon for those who expand it; "" when nothing */
  FerryFix fix;
} FerryFinding;

void ferry_finding_free (FerryFinding *finding);
const char *ferry_fix_to_string (FerryFix fix); /* "none", "restart", ... */

G_END_DECLS
