/* review-page.h: the step "Review": what would be changed, in words, each with what exactly is
 * written.
 *
 * Asks the errand for its plan when it is turned to. Going on from a plan that can be carried out
 * is the person's yes to exactly that plan.
 */
#pragma once

#include "page.h"

G_BEGIN_DECLS

#define FERRY_TYPE_REVIEW_PAGE (ferry_review_page_get_type ())
G_DECLARE_FINAL_TYPE (FerryReviewPage, ferry_review_page, FERRY, REVIEW_PAGE, FerryPage)

G_END_DECLS
