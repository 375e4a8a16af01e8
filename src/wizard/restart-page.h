/* restart-page.h: the step "Restart": what to expect, restarting now, and whether it worked.
 *
 * After the restart the wizard opens here and says whether the card is free. It asks logind through
 * FerryRestart and changes nothing else.
 */
#pragma once

#include "page.h"
#include "restart.h"

G_BEGIN_DECLS

#define FERRY_TYPE_RESTART_PAGE (ferry_restart_page_get_type ())
G_DECLARE_FINAL_TYPE (FerryRestartPage, ferry_restart_page, FERRY, RESTART_PAGE, FerryPage)

/* Another logind than the one on the system bus, for tests. */
void ferry_restart_page_set_restart (FerryRestartPage *self, FerryRestart *restart);

G_END_DECLS
