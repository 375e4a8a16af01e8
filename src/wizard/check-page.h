/* check-page.h: TODO */
#pragma once

#include "page.h"

G_BEGIN_DECLS

#define FERRY_TYPE_CHECK_PAGE (ferry_check_page_get_type ())
G_DECLARE_FINAL_TYPE (FerryCheckPage, ferry_check_page, FERRY, CHECK_PAGE, FerryPage)

G_END_DECLS
