/* step-list.h: the list at the side: which steps there are, which are done, and where one is.
 *
 * Emits step-chosen with a position when a step that was reached before is activated. It decides
 * nothing; the window tells it where the assistant stands.
 */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define FERRY_TYPE_STEP_LIST (ferry_step_list_get_type ())
G_DECLARE_FINAL_TYPE (FerryStepList, ferry_step_list, FERRY, STEP_LIST, AdwBin)

void ferry_step_list_set_position (FerryStepList *self, guint position, guint reached);

G_END_DECLS
