/* summary-page.h: the page that says what will be made, in words and, opened, as libvirt's XML. */
#pragma once

#include "page.h"

G_BEGIN_DECLS

#define FERRY_TYPE_SUMMARY_PAGE (ferry_summary_page_get_type ())
G_DECLARE_FINAL_TYPE (FerrySummaryPage, ferry_summary_page, FERRY, SUMMARY_PAGE, FerryPage)

G_END_DECLS
