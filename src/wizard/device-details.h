/* device-details.h: what is known of the selected row of the device tree, as labels.
 *
 * Mirrors the tree for those who cannot read its rows (a screen reader) and for those who want more
 * than fits there. It shows; it changes nothing.
 */
#pragma once

#include <gtk/gtk.h>

#include "facts/machine.h"

G_BEGIN_DECLS

#define FERRY_TYPE_DEVICE_DETAILS (ferry_device_details_get_type ())
G_DECLARE_FINAL_TYPE (FerryDeviceDetails, ferry_device_details, FERRY, DEVICE_DETAILS, GtkWidget)

void ferry_device_details_show_device (FerryDeviceDetails *self, FerryDevice *device,
                                       const FerryCard *card);
void ferry_device_details_show_group (FerryDeviceDetails *self, FerryMachine *machine, int group);
void ferry_device_details_show_nothing (FerryDeviceDetails *self);

G_END_DECLS
