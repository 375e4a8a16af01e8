/* verification.h: whether a change arrived, after the restart: an ordered list of findings.
 *
 * Pure: from a machine and the evidence of the change in force. It also notices what an update took away
 * again: a new kernel's start files, another group, a card that moved, an edited file. Symptoms that only
 * show inside a running virtual machine (driver errors of its system, stutter, a hang when it restarts)
 * cannot be seen from here.
 */
#pragma once

#include "plan/evidence.h"
#include "plan/finding.h"

G_BEGIN_DECLS

typedef enum
{
  FERRY_RESULT_WORKS,
  FERRY_RESULT_STEPS,   /* something is to be done, see the findings */
  FERRY_RESULT_RESTART, /* changed, and not restarted since */
  FERRY_RESULT_NOTHING, /* no change is in force and no card is kept */
  FERRY_RESULT_UNKNOWN  /* it could not be told what was changed, and no card is kept */
} FerryResult;

typedef struct
{
  FerryResult result;
  char *sentence;
  GPtrArray *findings; /* of FerryFinding, in the order in which they are to be looked at */
  GPtrArray *log;      /* of FerryLogLine, NULL when the log could not be read */
} FerryVerification;

FerryVerification *ferry_verification_make (FerryMachine *machine, const FerryEvidence *evidence);
const FerryFinding *ferry_verification_find (const FerryVerification *verification, const char *id);
void ferry_verification_free (FerryVerification *verification);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (FerryVerification, ferry_verification_free)

const char *ferry_result_to_string (FerryResult result); /* "works", "steps", ... */

G_END_DECLS
