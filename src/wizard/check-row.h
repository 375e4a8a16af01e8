/* check-row.h: one thing that was checked: its verdict, and, opened, why and what to do.
 *
 * A row for a GtkListBox. What opens it is a real button, so that it works by keyboard and screen
 * reader; the verdict is a picture and a word, never a colour alone. The row keeps copies and can
 * outlive the report that it was made from.
 */
#pragma once

#include <gtk/gtk.h>

#include "plan/check.h"
#include "plan/finding.h"
#include "plan/log-line.h"

G_BEGIN_DECLS

#define FERRY_TYPE_CHECK_ROW (ferry_check_row_get_type ())
G_DECLARE_FINAL_TYPE (FerryCheckRow, ferry_check_row, FERRY, CHECK_ROW, GtkListBoxRow)

GtkWidget *ferry_check_row_new (const FerryCheck *check);
GtkWidget *ferry_check_row_new_for_card (const FerryVerdict *verdict);
GtkWidget *ferry_check_row_new_for_finding (const FerryFinding *finding);
GtkWidget *ferry_check_row_new_for_line (const FerryLogLine *line);

void ferry_check_row_append (FerryCheckRow *self, GtkWidget *child);

gboolean ferry_check_row_get_open (FerryCheckRow *self);
void ferry_check_row_set_open (FerryCheckRow *self, gboolean open);

G_END_DECLS
