/* system-page.h: the page where the system of the virtual machine is chosen, by its image file. */
#pragma once

#include "page.h"

G_BEGIN_DECLS

#define FERRY_TYPE_SYSTEM_PAGE (ferry_system_page_get_type ())
G_DECLARE_FINAL_TYPE (FerrySystemPage, ferry_system_page, FERRY, SYSTEM_PAGE, FerryPage)

G_END_DECLS
