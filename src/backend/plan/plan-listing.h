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
/* Reads such JSON again, as the helper's Preview gives it. */
FerryPlan *ferry_plan_listing_parse (const char *json, GError **error);

G_END_DECLS
