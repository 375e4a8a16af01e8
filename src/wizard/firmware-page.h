/* firmware-page.h: TODO */
#pragma once

#include "page.h"

G_BEGIN_DECLS

#define FERRY_TYPE_FIRMWARE_PAGE (ferry_firmware_page_get_type ())
G_DECLARE_FINAL_TYPE (FerryFirmwarePage, ferry_firmware_page, FERRY, FIRMWARE_PAGE, FerryPage)

G_END_DECLS
