/* change-row.h: one planned change: what and why, and, opened, what exactly is written. */
#pragma once

#include <gtk/gtk.h>

#include "plan/change.h"

G_BEGIN_DECLS

GtkWidget *ferry_change_row_new (const FerryChange *change, const char *diff);

G_END_DECLS
