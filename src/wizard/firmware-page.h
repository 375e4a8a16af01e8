/* firmware-page.h: which firmware settings are missing on this board, and how to get there.
 *
 * Shows the session's guidance as it is; prints and saves it, and restarts into the firmware
 * setup where the computer can. The firmware itself is never written.
 */
#pragma once

#include "page.h"
#include "restart.h"

G_BEGIN_DECLS

#define FERRY_TYPE_FIRMWARE_PAGE (ferry_firmware_page_get_type ())
G_DECLARE_FINAL_TYPE (FerryFirmwarePage, ferry_firmware_page, FERRY, FIRMWARE_PAGE, FerryPage)

/* For tests: another logind than the system's. */
void ferry_firmware_page_set_restart (FerryFirmwarePage *self, FerryRestart *restart);

G_END_DECLS
