/* binding-row.h: one way to recognise the chosen card at the start of the computer. */
#pragma once

#include <adwaita.h>

#include "plan/verdict.h"

G_BEGIN_DECLS

#define FERRY_TYPE_BINDING_ROW (ferry_binding_row_get_type ())
G_DECLARE_FINAL_TYPE (FerryBindingRow, ferry_binding_row, FERRY, BINDING_ROW, AdwActionRow)

GtkWidget *ferry_binding_row_new (FerryBind bind, GtkCheckButton *group);

FerryBind ferry_binding_row_get_bind (FerryBindingRow *self);
GtkCheckButton *ferry_binding_row_get_button (FerryBindingRow *self);
void ferry_binding_row_set_needed (FerryBindingRow *self, FerryBind needed);

G_END_DECLS
