/* apply-page.h: the step "Change": carries out the plan that the person agreed to.
 *
 * Starts by itself when one comes from the review with a yes; otherwise it waits for its button. It
 * shows each step, can ask the helper to stop, and says how it ended. On a computer that is only
 * looked at it explains that nothing can be changed.
 */
#pragma once

#include "page.h"

G_BEGIN_DECLS

#define FERRY_TYPE_APPLY_PAGE (ferry_apply_page_get_type ())
G_DECLARE_FINAL_TYPE (FerryApplyPage, ferry_apply_page, FERRY, APPLY_PAGE, FerryPage)

G_END_DECLS
