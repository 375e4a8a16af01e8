/* welcome-page.h: what will happen, what can go wrong, and that all of it can be undone.
 *
 * Only words, and the way to a recorded computer. Nothing is read or changed here.
 */
#pragma once

#include "page.h"

G_BEGIN_DECLS

#define FERRY_TYPE_WELCOME_PAGE (ferry_welcome_page_get_type ())
G_DECLARE_FINAL_TYPE (FerryWelcomePage, ferry_welcome_page, FERRY, WELCOME_PAGE, FerryPage)

G_END_DECLS
