/* outcome.h: how a change or an undo ended, in words for a person.
 *
 * A value, from the errors of fault.h and client.h to sentences: what happened, in what state the
 * computer is, and what to do now. Whoever closed the password window has done nothing wrong: that
 * has no outcome at all.
 */
#pragma once

#include "act/fault.h"
#include "plan/intent.h"

G_BEGIN_DECLS

typedef enum
{
  FERRY_OUTCOME_GOOD,
  FERRY_OUTCOME_UNCHANGED, /* it did not work, and nothing is different */
  FERRY_OUTCOME_BAD        /* something has to be done now */
} FerryOutcomeKind;

typedef struct
{
  FerryOutcomeKind kind;
  const char *title, *text, *state; /* translated; text may be "" */
  char *details;                    /* what the helper said, or "" */
  char **commands;                  /* what to type, NULL-terminated, may be empty */
  gboolean again;                   /* it makes sense to try again */
} FerryOutcome;

FerryOutcome *ferry_outcome_new_done (gboolean restart);
FerryOutcome *ferry_outcome_new_undone (void);
FerryOutcome *ferry_outcome_new_failed (const GError *error, const FerryIntent *intent);
void ferry_outcome_free (FerryOutcome *outcome);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (FerryOutcome, ferry_outcome_free)

G_END_DECLS
