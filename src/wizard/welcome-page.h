/* welcome-page.h: TODO */
#pragma once

#include "page.h"

G_BEGIN_DECLS

#define FERRY_TYPE_WELCOME_PAGE (ferry_welcome_page_get_type ())
G_DECLARE_FINAL_TYPE (FerryWelcomePage, ferry_welcome_page, FERRY, WELCOME_PAGE, FerryPage)

G_END_DECLS
