/* paragraph.h: text for a terminal: cleaned of control characters, broken at blanks.
 *
 * Pure. Strings that come from a computer (driver and device names, command lines, file names) can
 * hold escape sequences that take over a terminal; everything that is printed goes through here.
 * Widths are columns as g_unichar_iswide() and g_unichar_iszerowidth() count them.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Wide enough for a sentence, narrow enough for a text console. */
#define FERRY_PARAGRAPH_WIDTH 79

char *ferry_paragraph_clean (const char *text);
char *ferry_paragraph_shorten (const char *text, guint max);
char *ferry_paragraph_escape_json (const char *json);
void ferry_paragraph_append (GString *out, const char *first, const char *rest, const char *text);

G_END_DECLS
