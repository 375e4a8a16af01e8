/* device-panes.h: two widgets, side by side where there is room for both, else one above the other.
 *
 * The room is counted in characters, so that large text stacks them as a narrow window does. Who
 * holds the panes has to scroll: beside each other they are as high as the higher one wants to be,
 * stacked both get their natural height.
 */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define FERRY_TYPE_DEVICE_PANES (ferry_device_panes_get_type ())
G_DECLARE_FINAL_TYPE (FerryDevicePanes, ferry_device_panes, FERRY, DEVICE_PANES, GtkWidget)

gboolean ferry_device_panes_get_stacked (FerryDevicePanes *self);

G_END_DECLS
