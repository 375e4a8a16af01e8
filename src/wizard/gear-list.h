/* gear-list.h: a list of devices with a switch for each: given to the virtual machine or not.
 *
 * For the page Gear: USB controllers, or single USB devices. It keeps the blueprint that it
 * changes.
 */
#pragma once

#include <adwaita.h>

#include "blueprint.h"

G_BEGIN_DECLS

#define FERRY_TYPE_GEAR_LIST (ferry_gear_list_get_type ())
G_DECLARE_FINAL_TYPE (FerryGearList, ferry_gear_list, FERRY, GEAR_LIST, AdwBin)

GtkWidget *ferry_gear_list_new_for_controllers (FerryBlueprint *blueprint);
GtkWidget *ferry_gear_list_new_for_devices (FerryBlueprint *blueprint);
guint ferry_gear_list_fill (FerryGearList *self, const FerryCard *card);

G_END_DECLS
