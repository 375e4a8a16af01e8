/* fold-row.h: a row with a title and a sentence that can be opened.
 *
 * A row for a GtkListBox or an AdwPreferencesGroup. What opens it is a real button over the whole
 * head, so that it works by keyboard and screen reader. What is inside is put there by whoever
 * makes the row.
 */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define FERRY_TYPE_FOLD_ROW (ferry_fold_row_get_type ())
G_DECLARE_FINAL_TYPE (FerryFoldRow, ferry_fold_row, FERRY, FOLD_ROW, AdwPreferencesRow)

GtkWidget *ferry_fold_row_new (const char *icon_name, const char *title, const char *sentence);
void ferry_fold_row_append (FerryFoldRow *self, GtkWidget *child);

gboolean ferry_fold_row_get_open (FerryFoldRow *self);
void ferry_fold_row_set_open (FerryFoldRow *self, gboolean open);

G_END_DECLS
