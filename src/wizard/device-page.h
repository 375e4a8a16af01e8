/* device-page.h: the step "Devices": the graphics card is chosen, beside the tree of IOMMU groups.
 *
 * Reads the session's machine and report, writes the session's card. A card that cannot be passed
 * can be looked at, but is not the session's card and does not make the page complete.
 */
#pragma once

#include "page.h"

G_BEGIN_DECLS

#define FERRY_TYPE_DEVICE_PAGE (ferry_device_page_get_type ())
G_DECLARE_FINAL_TYPE (FerryDevicePage, ferry_device_page, FERRY, DEVICE_PAGE, FerryPage)

G_END_DECLS
