/* board.h: the names of the board and of the computer, made fit to be shown.
 *
 * Pure: text of the firmware in, text for a person out. Knows the placeholders that vendors leave in
 * SMBIOS (DSP0134, 7.1 to 7.3) and the short names under which people know them.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Characters of one name that are kept. */
#define FERRY_BOARD_MAX_NAME 128

char *ferry_board_clean (const char *text);
char *ferry_board_describe (const char *vendor, const char *name);

G_END_DECLS
