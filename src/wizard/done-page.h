/* done-page.h: the last page: start the virtual machine, open it, and what to do the first time. */
#pragma once

#include "page.h"

G_BEGIN_DECLS

#define FERRY_TYPE_DONE_PAGE (ferry_done_page_get_type ())
G_DECLARE_FINAL_TYPE (FerryDonePage, ferry_done_page, FERRY, DONE_PAGE, FerryPage)

G_END_DECLS
