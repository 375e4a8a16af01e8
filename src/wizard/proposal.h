/* proposal.h: one plan with everything that is needed to show it, made in a thread.
 *
 * By the root helper where it is there and the computer is this one, so that what is shown is what
 * will be done; else by the same code in this program. Changes nothing.
 */
#pragma once

#include "facts/machine.h"
#include "helper.h"
#include "plan/plan.h"

G_BEGIN_DECLS

typedef struct
{
  FerryIntent *intent;
  FerryPlan *plan;
  char **diffs;       /* one for each change, "" where it has none */
  gboolean by_helper; /* FALSE: made here, from what an ordinary user can read */
  GError *doubt;      /* why the helper did not make it, or NULL */
} FerryProposal;

void ferry_proposal_start (FerryMachine *machine, FerryIntent *intent, FerryHelper *helper,
                           GCancellable *cancellable, GAsyncReadyCallback callback, GObject *owner);
FerryProposal *ferry_proposal_finish (GObject *owner, GAsyncResult *result, GError **error);

void ferry_proposal_free (FerryProposal *proposal);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (FerryProposal, ferry_proposal_free)

G_END_DECLS
