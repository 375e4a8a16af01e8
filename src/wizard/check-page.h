/* check-page.h: what was found out about this computer, with the verdict on top.
 *
 * Shows the session's report; while a scan runs it shows which parts are being read. It judges
 * nothing: titles, reasons and advice come from plan/check.
 */
#pragma once

#include "page.h"

G_BEGIN_DECLS

#define FERRY_TYPE_CHECK_PAGE (ferry_check_page_get_type ())
G_DECLARE_FINAL_TYPE (FerryCheckPage, ferry_check_page, FERRY, CHECK_PAGE, FerryPage)

G_END_DECLS
