/* verify-page.h: the step "Verify": whether it worked, what is missing, what the kernel says.
 *
 * After the restart the wizard opens here. Shows a FerryLook; what mends something is a button that leads to
 * the page or window where that is done, so nothing is changed from here without its own question.
 */
#pragma once

#include "page.h"

G_BEGIN_DECLS

#define FERRY_TYPE_VERIFY_PAGE (ferry_verify_page_get_type ())
G_DECLARE_FINAL_TYPE (FerryVerifyPage, ferry_verify_page, FERRY, VERIFY_PAGE, FerryPage)

G_END_DECLS
