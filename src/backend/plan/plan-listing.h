/* plan-listing.h: a plan as text and as JSON.
 *
 * Pure. The text is for a person; differences of files are made elsewhere (act/diff) and handed in.
 */
#pragma once

#include "plan/plan.h"

G_BEGIN_DECLS

/* @diffs: (nullable): one unified difference for each change, "" where it has none. */
char *ferry_plan_listing_text (const FerryPlan *plan, char **diffs);
char *ferry_plan_listing_json (const FerryPlan *plan, const FerryIntent *intent);

G_END_DECLS
