/* device-tree-columns.h: the columns of the device tree, and which of them there is room for.
 *
 * Part of the device tree: made once for its GtkTreeView, with the rows of device-rows.
 */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

typedef enum
{
  FERRY_COLUMNS_ALL,
  FERRY_COLUMNS_ROLE, /* without driver and address */
  FERRY_COLUMNS_NAME  /* the name alone, with the role below it */
} FerryColumnsFit;

void ferry_device_tree_columns_add (GtkTreeView *view);
FerryColumnsFit ferry_device_tree_columns_choose (GtkTreeView *view, int width);
void ferry_device_tree_columns_fit (GtkTreeView *view, FerryColumnsFit fit);

G_END_DECLS
