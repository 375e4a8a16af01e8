/* device-rows.h: the rows of the device tree: IOMMU groups in numeric order, their devices below.
 *
 * A GtkTreeStore and what is done with it; it draws nothing. A group is a row without a device. On
 * a computer without groups the devices are the top rows. Searching hides rows by
 * FERRY_DEVICE_ROWS_VISIBLE, a group stays as long as one of its devices does.
 */
#pragma once

#include <gtk/gtk.h>

#include "facts/machine.h"

G_BEGIN_DECLS

typedef enum
{
  FERRY_DEVICE_ROWS_DEVICE, /* FerryDevice, NULL for a group */
  FERRY_DEVICE_ROWS_GROUP,  /* int, FERRY_DEVICE_NO_GROUP outside groups */
  FERRY_DEVICE_ROWS_ICON,
  FERRY_DEVICE_ROWS_TITLE, /* markup */
  FERRY_DEVICE_ROWS_ROLE,
  FERRY_DEVICE_ROWS_TINT, /* FerryTint */
  FERRY_DEVICE_ROWS_DRIVER,
  FERRY_DEVICE_ROWS_ADDRESS,
  FERRY_DEVICE_ROWS_CARD,    /* gboolean: a graphics card that can be chosen is here */
  FERRY_DEVICE_ROWS_SEARCH,  /* all words of the row, case folded */
  FERRY_DEVICE_ROWS_VISIBLE, /* gboolean */
  FERRY_DEVICE_ROWS_N_COLUMNS
} FerryDeviceRowsColumn;

GtkTreeStore *ferry_device_rows_new (FerryMachine *machine);
gboolean ferry_device_rows_grouped (FerryMachine *machine);
void ferry_device_rows_set_card (GtkTreeStore *rows, const FerryCard *card);
guint ferry_device_rows_filter (GtkTreeStore *rows, const char *text);

G_END_DECLS
