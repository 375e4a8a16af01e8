/* listing.h: the report as text and as JSON, the same for the command line and the wizard.
 *
 * Pure. Text as people post it in forums; JSON as documented in ferryctl(1), built with json-glib.
 * Whatever a computer calls its parts, the result has no control characters but newline and tab.
 */
#pragma once

#include "plan/check.h"
#include "plan/guidance.h"

G_BEGIN_DECLS

char *ferry_listing_check_text (const FerryReport *report);
char *ferry_listing_check_json (const FerryReport *report);
char *ferry_listing_groups_text (FerryMachine *machine);
char *ferry_listing_groups_json (FerryMachine *machine);
char *ferry_listing_cards_text (const FerryReport *report);
char *ferry_listing_cards_json (const FerryReport *report);
char *ferry_listing_firmware_json (const FerryGuidance *guidance);

/* The groups of a list of FerryDevice, where no whole machine was scanned. */
char *ferry_listing_devices_text (GPtrArray *devices);
char *ferry_listing_devices_json (GPtrArray *devices);
GPtrArray *ferry_listing_sort_devices (GPtrArray *devices);

G_END_DECLS
