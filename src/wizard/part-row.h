/* part-row.h: one part of the computer while it is being read: waiting, being read, read. */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

typedef enum
{
  FERRY_PART_WAITING,
  FERRY_PART_READING,
  FERRY_PART_READ
} FerryPartState;

#define FERRY_TYPE_PART_ROW (ferry_part_row_get_type ())
G_DECLARE_FINAL_TYPE (FerryPartRow, ferry_part_row, FERRY, PART_ROW, AdwActionRow)

GtkWidget *ferry_part_row_new (const char *title);
GtkWidget *ferry_part_row_new_for_work (const char *title);
void ferry_part_row_set_state (FerryPartRow *self, FerryPartState state);

G_END_DECLS
