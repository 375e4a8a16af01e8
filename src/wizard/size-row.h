/* size-row.h: one size to choose with a slider: what it is, how much, and what stays.
 *
 * A row of a list. It knows numbers in steps only; the words for a number come from the page. Emits
 * "changed" when the person moves the slider, not when the page does.
 */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define FERRY_TYPE_SIZE_ROW (ferry_size_row_get_type ())
G_DECLARE_FINAL_TYPE (FerrySizeRow, ferry_size_row, FERRY, SIZE_ROW, AdwPreferencesRow)

void ferry_size_row_set_range (FerrySizeRow *self, guint64 lowest, guint64 highest, guint64 good,
                               guint64 step);
guint64 ferry_size_row_get_value (FerrySizeRow *self);
void ferry_size_row_set_value (FerrySizeRow *self, guint64 value);
void ferry_size_row_set_words (FerrySizeRow *self, const char *value, const char *sentence);

G_END_DECLS
