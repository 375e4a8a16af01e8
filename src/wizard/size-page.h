/* size-page.h: the page for the name and the sizes of the virtual machine. */
#pragma once

#include "page.h"

G_BEGIN_DECLS

#define FERRY_TYPE_SIZE_PAGE (ferry_size_page_get_type ())
G_DECLARE_FINAL_TYPE (FerrySizePage, ferry_size_page, FERRY, SIZE_PAGE, FerryPage)

G_END_DECLS
