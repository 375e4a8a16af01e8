/* device-tree.h: the tree of IOMMU groups and their devices.
 *
 * The only file that knows GtkTreeView; its rows hold FerryDevice objects, so that another list
 * could take its place. A tree view has no accessible rows: the row that the keyboard is on is
 * told in the accessible description instead, and mirrored by the details pane.
 *
 * Signals: "selected" (the row under the cursor changed), "activated" (Return, space or a double
 * click on the selected row).
 */
#pragma once

#include <gtk/gtk.h>

#include "facts/machine.h"

G_BEGIN_DECLS

#define FERRY_TYPE_DEVICE_TREE (ferry_device_tree_get_type ())
G_DECLARE_FINAL_TYPE (FerryDeviceTree, ferry_device_tree, FERRY, DEVICE_TREE, GtkWidget)

/* What ferry_device_tree_get_group() gives when no row is selected. */
#define FERRY_DEVICE_TREE_NOTHING (-2)

GtkWidget *ferry_device_tree_new (void);

void ferry_device_tree_set_machine (FerryDeviceTree *self, FerryMachine *machine);
void ferry_device_tree_set_card (FerryDeviceTree *self, const FerryCard *card);

guint ferry_device_tree_filter (FerryDeviceTree *self, const char *text);
void ferry_device_tree_expand_all (FerryDeviceTree *self);
void ferry_device_tree_collapse_all (FerryDeviceTree *self);
guint ferry_device_tree_count_open (FerryDeviceTree *self);

FerryDevice *ferry_device_tree_get_device (FerryDeviceTree *self);
int ferry_device_tree_get_group (FerryDeviceTree *self);
gboolean ferry_device_tree_select (FerryDeviceTree *self, FerryDevice *device);

G_END_DECLS
