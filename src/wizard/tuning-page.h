/* tuning-page.h: the page that says what makes the virtual machine fast, with a picture of the
 * cores. */
#pragma once

#include "page.h"

G_BEGIN_DECLS

#define FERRY_TYPE_TUNING_PAGE (ferry_tuning_page_get_type ())
G_DECLARE_FINAL_TYPE (FerryTuningPage, ferry_tuning_page, FERRY, TUNING_PAGE, FerryPage)

G_END_DECLS
