/* release.h: the values of an os-release file.
 *
 * Pure: text in, values out. Format: os-release(5): NAME=value with the quotes of a shell, comments
 * with "#"; nothing is run. Values are cleaned to one line and bounded.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define FERRY_RELEASE_MAX_VALUE 128
#define FERRY_RELEASE_MAX_LINES 512

GHashTable *ferry_release_parse (const char *text);

G_END_DECLS
