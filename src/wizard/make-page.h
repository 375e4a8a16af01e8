/* make-page.h: the page where the virtual machine is made: its steps, and how it ended. */
#pragma once

#include "page.h"

G_BEGIN_DECLS

#define FERRY_TYPE_MAKE_PAGE (ferry_make_page_get_type ())
G_DECLARE_FINAL_TYPE (FerryMakePage, ferry_make_page, FERRY, MAKE_PAGE, FerryPage)

G_END_DECLS
