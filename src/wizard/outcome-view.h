/* outcome-view.h: shows how a change or an undo ended.
 *
 * State of the computer, what to type, what the helper said. Title and text are the heading's of
 * the page or window around it. Emits "again" when the person wants to try once more.
 */
#pragma once

#include <adwaita.h>

#include "outcome.h"

G_BEGIN_DECLS

#define FERRY_TYPE_OUTCOME_VIEW (ferry_outcome_view_get_type ())
G_DECLARE_FINAL_TYPE (FerryOutcomeView, ferry_outcome_view, FERRY, OUTCOME_VIEW, AdwBin)

void ferry_outcome_view_set_outcome (FerryOutcomeView *self, const FerryOutcome *outcome);

G_END_DECLS
