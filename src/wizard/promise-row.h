/* promise-row.h: one thing that the welcome page promises or warns of: icon, title, sentence.
 *
 * Properties icon-name, title, text: set once, from the .ui file. Lighter than AdwActionRow, whose
 * labels may break within words and are laid out many times for that: the program opens on it.
 */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define FERRY_TYPE_PROMISE_ROW (ferry_promise_row_get_type ())
G_DECLARE_FINAL_TYPE (FerryPromiseRow, ferry_promise_row, FERRY, PROMISE_ROW, GtkListBoxRow)

G_END_DECLS
