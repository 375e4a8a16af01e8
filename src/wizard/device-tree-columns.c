/* device-tree-columns.c: see device-tree-columns.h. */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "device-pill.h"
#include "device-rows.h"
#include "device-tree-columns.h"

/* Widths in characters, so that large text leaves out columns as a narrow window does. */
#define CHARS_FOR_ALL 76
#define CHARS_FOR_ROLE 50

enum
{
  COLUMN_NAME,
  COLUMN_ROLE,
  COLUMN_DRIVER,
  COLUMN_ADDRESS
};

/* The first line of @title and, instead of the second, @role. */
static char *
put_role_below (const char *title, const char *role)
{
  g_autofree char *first = g_strndup (title, strcspn (title, "\n"));
  g_autofree char *second = g_markup_escape_text (role, -1);

  return g_strdup_printf ("%s\n<span size=\"smaller\">%s</span>", first, second);
}

static void
show_title (GtkTreeViewColumn *column, GtkCellRenderer *cell, GtkTreeModel *model,
            GtkTreeIter *iter, gpointer user_data)
{
  GtkTreeView *view = GTK_TREE_VIEW (user_data);
  gboolean has_pill
      = gtk_tree_view_column_get_visible (gtk_tree_view_get_column (view, COLUMN_ROLE));
  g_autofree char *title = NULL;
  g_autofree char *role = NULL;
  g_autofree char *both = NULL;

  gtk_tree_model_get (model, iter, FERRY_DEVICE_ROWS_TITLE, &title, FERRY_DEVICE_ROWS_ROLE, &role,
                      -1);
  if (!has_pill && role != NULL && *role != '\0')
    both = put_role_below (title, role);
  g_object_set (cell, "markup", both != NULL ? both : title, NULL);
}

/* The header is a button, and a button without a name of its own is spoken as its type. */
static void
append_column (GtkTreeView *view, GtkTreeViewColumn *column)
{
  GtkWidget *header = gtk_tree_view_column_get_button (column);

  gtk_accessible_update_property (GTK_ACCESSIBLE (header), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  gtk_tree_view_column_get_title (column), -1);
  gtk_tree_view_append_column (view, column);
}

static void
add_name_column (GtkTreeView *view)
{
  GtkTreeViewColumn *column = gtk_tree_view_column_new ();
  GtkCellRenderer *icon = gtk_cell_renderer_pixbuf_new ();
  GtkCellRenderer *text = gtk_cell_renderer_text_new ();

  gtk_tree_view_column_set_title (column, _ ("Device"));
  gtk_tree_view_column_set_expand (column, TRUE);
  g_object_set (icon, "xpad", 4, NULL);
  gtk_tree_view_column_pack_start (column, icon, FALSE);
  gtk_tree_view_column_add_attribute (column, icon, "icon-name", FERRY_DEVICE_ROWS_ICON);

  g_object_set (text, "ellipsize", PANGO_ELLIPSIZE_END, "xpad", 4, "ypad", 5, NULL);
  gtk_tree_view_column_pack_start (column, text, TRUE);
  gtk_tree_view_column_set_cell_data_func (column, text, show_title, view, NULL);
  append_column (view, column);
}

static void
add_role_column (GtkTreeView *view)
{
  GtkCellRenderer *pill = ferry_device_pill_new ();

  g_object_set (pill, "xpad", 4, NULL);
  append_column (view, gtk_tree_view_column_new_with_attributes (
                           _ ("What happens to it"), pill, "text", FERRY_DEVICE_ROWS_ROLE, "tint",
                           FERRY_DEVICE_ROWS_TINT, NULL));
}

static void
add_dim_column (GtkTreeView *view, const char *title, int text_column)
{
  GtkCellRenderer *text = gtk_cell_renderer_text_new ();
  PangoAttrList *attributes = pango_attr_list_new ();

  pango_attr_list_insert (attributes, pango_attr_foreground_alpha_new (G_MAXUINT16 / 4 * 3));
  pango_attr_list_insert (attributes, pango_attr_scale_new (0.9));
  g_object_set (text, "attributes", attributes, "xpad", 6, NULL);
  pango_attr_list_unref (attributes);
  append_column (view,
                 gtk_tree_view_column_new_with_attributes (title, text, "text", text_column, NULL));
}

/**
 * ferry_device_tree_columns_add:
 *
 * Adds all columns to @view, to be called once.
 */
void
ferry_device_tree_columns_add (GtkTreeView *view)
{
  add_name_column (view);
  add_role_column (view);
  add_dim_column (view, _ ("Driver"), FERRY_DEVICE_ROWS_DRIVER);
  add_dim_column (view, _ ("Address"), FERRY_DEVICE_ROWS_ADDRESS);
}

/**
 * ferry_device_tree_columns_choose:
 * @width: room for the tree, in pixels
 *
 * Returns: the columns that fit, with the font that @view has
 */
FerryColumnsFit
ferry_device_tree_columns_choose (GtkTreeView *view, int width)
{
  PangoContext *context = gtk_widget_get_pango_context (GTK_WIDGET (view));
  PangoFontMetrics *metrics = pango_context_get_metrics (context, NULL, NULL);
  int char_width = MAX (pango_font_metrics_get_approximate_char_width (metrics), 1);
  int chars = (int)((gint64)width * PANGO_SCALE / char_width);

  pango_font_metrics_unref (metrics);
  if (chars >= CHARS_FOR_ALL)
    return FERRY_COLUMNS_ALL;
  return chars >= CHARS_FOR_ROLE ? FERRY_COLUMNS_ROLE : FERRY_COLUMNS_NAME;
}

/**
 * ferry_device_tree_columns_fit:
 *
 * Shows the columns of @fit. Not to be called while widgets are being laid out.
 */
void
ferry_device_tree_columns_fit (GtkTreeView *view, FerryColumnsFit fit)
{
  gtk_tree_view_column_set_visible (gtk_tree_view_get_column (view, COLUMN_ROLE),
                                    fit != FERRY_COLUMNS_NAME);
  gtk_tree_view_column_set_visible (gtk_tree_view_get_column (view, COLUMN_DRIVER),
                                    fit == FERRY_COLUMNS_ALL);
  gtk_tree_view_column_set_visible (gtk_tree_view_get_column (view, COLUMN_ADDRESS),
                                    fit == FERRY_COLUMNS_ALL);
  gtk_tree_view_columns_autosize (view);
}
