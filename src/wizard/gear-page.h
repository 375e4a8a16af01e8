/* gear-page.h: the page for what the virtual machine gets: the card, USB, keyboard, mouse, sound.
 */
#pragma once

#include "page.h"

G_BEGIN_DECLS

#define FERRY_TYPE_GEAR_PAGE (ferry_gear_page_get_type ())
G_DECLARE_FINAL_TYPE (FerryGearPage, ferry_gear_page, FERRY, GEAR_PAGE, FerryPage)

G_END_DECLS
