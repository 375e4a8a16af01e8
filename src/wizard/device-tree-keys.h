/* device-tree-keys.h: the keys that open and close groups in the device tree.
 *
 * Part of the device tree. Right opens a group or enters it, Left closes it or leaves it; plus,
 * minus and star do what GTK has them for. GTK's own way to open a row by keyboard prints a
 * warning about CSS nodes, so all of these keys are taken before GTK sees them.
 */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

void ferry_device_tree_keys_add (GtkTreeView *view);
void ferry_device_tree_keys_move (GtkTreeView *view, GtkTreePath *path);

G_END_DECLS
