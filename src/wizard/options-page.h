/* options-page.h: the step "Options": how the card is recognised, and what is set up beside it.
 *
 * Writes the wish of the session's errand. What is recommended is chosen already; what would be
 * unsafe on this computer cannot be chosen, and it says why.
 */
#pragma once

#include "page.h"

G_BEGIN_DECLS

#define FERRY_TYPE_OPTIONS_PAGE (ferry_options_page_get_type ())
G_DECLARE_FINAL_TYPE (FerryOptionsPage, ferry_options_page, FERRY, OPTIONS_PAGE, FerryPage)

G_END_DECLS
