/* device-pill.h: a cell that draws a short word in a rounded, tinted shape.
 *
 * The word says everything by itself; the tint only helps the eye. It knows no device: text and
 * tint are properties, so that a tree can set them for each row.
 */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

typedef enum
{
  FERRY_TINT_NONE,    /* dim text, no shape */
  FERRY_TINT_NEUTRAL, /* grey */
  FERRY_TINT_ACCENT,
  FERRY_TINT_WARNING
} FerryTint;

#define FERRY_TYPE_DEVICE_PILL (ferry_device_pill_get_type ())
G_DECLARE_FINAL_TYPE (FerryDevicePill, ferry_device_pill, FERRY, DEVICE_PILL, GtkCellRenderer)

GtkCellRenderer *ferry_device_pill_new (void);

G_END_DECLS
