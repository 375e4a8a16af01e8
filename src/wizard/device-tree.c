/* device-tree.c: see device-tree.h. */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "device-rows.h"
#include "device-tree.h"
#include "device-tree-columns.h"
#include "device-tree-keys.h"
#include "device-words.h"

/* About five rows, and about eight, in pixels at the usual text size. */
#define MIN_HEIGHT 240
#define NATURAL_HEIGHT 380

struct _FerryDeviceTree
{
  GtkWidget parent_instance;

  GtkWidget *scroller;
  GtkTreeView *view;

  FerryMachine *machine;
  const FerryCard *card; /* belongs to machine */
  GtkTreeStore *rows;
  GHashTable *open_before_search; /* of group numbers; NULL while nothing is searched */
  FerryColumnsFit fit;
  guint fit_idle;
};

G_DEFINE_FINAL_TYPE (FerryDeviceTree, ferry_device_tree, GTK_TYPE_WIDGET)

enum
{
  SELECTED,
  ACTIVATED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

/* Returns the row under the cursor. */
static gboolean
get_selected (FerryDeviceTree *self, GtkTreeModel **model, GtkTreeIter *iter)
{
  GtkTreeSelection *selection = gtk_tree_view_get_selection (self->view);

  return gtk_tree_selection_get_selected (selection, model, iter);
}

/**
 * ferry_device_tree_get_device:
 *
 * Returns: (transfer none) (nullable): the selected device; %NULL when a group or nothing is
 *   selected
 */
FerryDevice *
ferry_device_tree_get_device (FerryDeviceTree *self)
{
  g_autoptr (FerryDevice) device = NULL;
  GtkTreeModel *model;
  GtkTreeIter iter;

  g_return_val_if_fail (FERRY_IS_DEVICE_TREE (self), NULL);

  if (get_selected (self, &model, &iter))
    gtk_tree_model_get (model, &iter, FERRY_DEVICE_ROWS_DEVICE, &device, -1);
  return device; /* the machine keeps it */
}

/**
 * ferry_device_tree_get_group:
 *
 * Returns: the IOMMU group of the selected row, %FERRY_DEVICE_NO_GROUP for a device outside groups,
 *   %FERRY_DEVICE_TREE_NOTHING when nothing is selected
 */
int
ferry_device_tree_get_group (FerryDeviceTree *self)
{
  int group = FERRY_DEVICE_TREE_NOTHING;
  GtkTreeModel *model;
  GtkTreeIter iter;

  g_return_val_if_fail (FERRY_IS_DEVICE_TREE (self), FERRY_DEVICE_TREE_NOTHING);

  if (get_selected (self, &model, &iter))
    gtk_tree_model_get (model, &iter, FERRY_DEVICE_ROWS_GROUP, &group, -1);
  return group;
}

static char *
describe_group (FerryDeviceTree *self, GtkTreeModel *model, GtkTreeIter *iter)
{
  g_autoptr (GtkTreePath) path = gtk_tree_model_get_path (model, iter);
  int group = ferry_device_tree_get_group (self);
  g_autoptr (GPtrArray) devices = ferry_machine_list_group (self->machine, group);
  g_autofree char *title = ferry_device_words_group (group, devices->len);
  g_autofree char *contents = ferry_device_words_contents (devices);
  gboolean open = gtk_tree_view_row_expanded (self->view, path);

  return g_strdup_printf ("%s, %s, %s", title, contents, open ? _ ("open") : _ ("closed"));
}

static void
describe_selection (FerryDeviceTree *self)
{
  FerryDevice *device = ferry_device_tree_get_device (self);
  g_autofree char *text = NULL;
  GtkTreeModel *model;
  GtkTreeIter iter;

  if (device != NULL)
    text = ferry_device_words_spoken (device, ferry_role_of (device, self->card));
  else if (get_selected (self, &model, &iter))
    text = describe_group (self, model, &iter);

  gtk_accessible_update_property (GTK_ACCESSIBLE (self->view), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  text != NULL ? text : "", -1);
}

static void
on_selection_changed (FerryDeviceTree *self)
{
  describe_selection (self);
  g_signal_emit (self, signals[SELECTED], 0);
}

static void
on_row_activated (FerryDeviceTree *self)
{
  g_signal_emit (self, signals[ACTIVATED], 0);
}

static void
build_view (FerryDeviceTree *self)
{
  GtkTreeSelection *selection;

  /* The role can only be given while the widget is made. */
  self->view = g_object_new (GTK_TYPE_TREE_VIEW, "accessible-role", GTK_ACCESSIBLE_ROLE_TREE_GRID,
                             "enable-search", FALSE, "show-expanders", TRUE, NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->view), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Devices by IOMMU group"), -1);
  gtk_widget_add_css_class (GTK_WIDGET (self->view), "device-tree");

  ferry_device_tree_columns_add (self->view);
  ferry_device_tree_keys_add (self->view);

  selection = gtk_tree_view_get_selection (self->view);
  gtk_tree_selection_set_mode (selection, GTK_SELECTION_BROWSE);
  g_signal_connect_swapped (selection, "changed", G_CALLBACK (on_selection_changed), self);
  g_signal_connect_swapped (self->view, "row-activated", G_CALLBACK (on_row_activated), self);
  g_signal_connect_swapped (self->view, "row-expanded", G_CALLBACK (describe_selection), self);
  g_signal_connect_swapped (self->view, "row-collapsed", G_CALLBACK (describe_selection), self);
}

static void
show_cursor (FerryDeviceTree *self)
{
  g_autoptr (GtkTreePath) path = NULL;

  gtk_tree_view_get_cursor (self->view, &path, NULL);
  if (path != NULL)
    gtk_tree_view_scroll_to_cell (self->view, path, NULL, FALSE, 0, 0);
}

static gboolean
fit_columns (gpointer user_data)
{
  FerryDeviceTree *self = FERRY_DEVICE_TREE (user_data);

  self->fit_idle = 0;
  ferry_device_tree_columns_fit (self->view, self->fit);
  show_cursor (self);
  return G_SOURCE_REMOVE;
}

static void
ferry_device_tree_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  FerryDeviceTree *self = FERRY_DEVICE_TREE (widget);
  FerryColumnsFit fit = ferry_device_tree_columns_choose (self->view, width);

  gtk_widget_allocate (self->scroller, width, height, baseline, NULL);
  if (fit == self->fit)
    return;

  /* Columns cannot come and go in the middle of a layout. */
  self->fit = fit;
  if (self->fit_idle == 0)
    self->fit_idle = g_idle_add (fit_columns, self);
}

static void
ferry_device_tree_measure (GtkWidget *widget, GtkOrientation orientation, int for_size,
                           int *minimum, int *natural, int *minimum_baseline, int *natural_baseline)
{
  gtk_widget_measure (FERRY_DEVICE_TREE (widget)->scroller, orientation, for_size, minimum, natural,
                      NULL, NULL);
  if (orientation == GTK_ORIENTATION_VERTICAL)
    *natural = MAX (*natural, NATURAL_HEIGHT);
}

static void
ferry_device_tree_dispose (GObject *object)
{
  FerryDeviceTree *self = FERRY_DEVICE_TREE (object);

  g_clear_handle_id (&self->fit_idle, g_source_remove);
  if (self->view != NULL)
    {
      g_signal_handlers_disconnect_by_data (gtk_tree_view_get_selection (self->view), self);
      g_signal_handlers_disconnect_by_data (self->view, self);
      self->view = NULL;
    }
  g_clear_pointer (&self->scroller, gtk_widget_unparent);
  g_clear_pointer (&self->open_before_search, g_hash_table_unref);
  g_clear_object (&self->rows);
  g_clear_object (&self->machine);
  G_OBJECT_CLASS (ferry_device_tree_parent_class)->dispose (object);
}

static void
ferry_device_tree_class_init (FerryDeviceTreeClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = ferry_device_tree_dispose;
  widget_class->measure = ferry_device_tree_measure;
  widget_class->size_allocate = ferry_device_tree_size_allocate;
  signals[SELECTED] = g_signal_new ("selected", FERRY_TYPE_DEVICE_TREE, G_SIGNAL_RUN_LAST, 0, NULL,
                                    NULL, NULL, G_TYPE_NONE, 0);
  signals[ACTIVATED] = g_signal_new ("activated", FERRY_TYPE_DEVICE_TREE, G_SIGNAL_RUN_LAST, 0,
                                     NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
ferry_device_tree_init (FerryDeviceTree *self)
{
  self->scroller = gtk_scrolled_window_new ();
  build_view (self);
  gtk_scrolled_window_set_has_frame (GTK_SCROLLED_WINDOW (self->scroller), TRUE);
  gtk_scrolled_window_set_min_content_height (GTK_SCROLLED_WINDOW (self->scroller), MIN_HEIGHT);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (self->scroller), GTK_WIDGET (self->view));
  gtk_widget_set_parent (self->scroller, GTK_WIDGET (self));
}

GtkWidget *
ferry_device_tree_new (void)
{
  return g_object_new (FERRY_TYPE_DEVICE_TREE, NULL);
}

/* Opens the groups that have a graphics card and puts the cursor on the first of them. */
static void
open_card_groups (FerryDeviceTree *self)
{
  GtkTreeModel *model = gtk_tree_view_get_model (self->view);
  g_autoptr (GtkTreePath) first = NULL;
  GtkTreeIter iter;

  for (gboolean more = gtk_tree_model_get_iter_first (model, &iter); more;
       more = gtk_tree_model_iter_next (model, &iter))
    {
      g_autoptr (GtkTreePath) path = gtk_tree_model_get_path (model, &iter);
      gboolean card;

      gtk_tree_model_get (model, &iter, FERRY_DEVICE_ROWS_CARD, &card, -1);
      if (!card)
        continue;
      gtk_tree_view_expand_row (self->view, path, FALSE);
      if (first == NULL)
        first = g_steal_pointer (&path);
    }
  if (first == NULL && gtk_tree_model_get_iter_first (model, &iter))
    first = gtk_tree_model_get_path (model, &iter);
  if (first != NULL)
    ferry_device_tree_keys_move (self->view, first);
}

/**
 * ferry_device_tree_set_machine:
 * @machine: (nullable):
 *
 * Shows the devices of @machine. No card is chosen, nothing is searched.
 */
void
ferry_device_tree_set_machine (FerryDeviceTree *self, FerryMachine *machine)
{
  g_autoptr (GtkTreeModel) filter = NULL;

  g_return_if_fail (FERRY_IS_DEVICE_TREE (self));

  self->card = NULL;
  gtk_tree_view_set_model (self->view, NULL);
  g_clear_object (&self->rows);
  g_clear_pointer (&self->open_before_search, g_hash_table_unref);
  g_set_object (&self->machine, machine);
  if (machine == NULL)
    return;

  self->rows = ferry_device_rows_new (machine);
  filter = gtk_tree_model_filter_new (GTK_TREE_MODEL (self->rows), NULL);
  gtk_tree_model_filter_set_visible_column (GTK_TREE_MODEL_FILTER (filter),
                                            FERRY_DEVICE_ROWS_VISIBLE);
  gtk_tree_view_set_show_expanders (self->view, ferry_device_rows_grouped (machine));
  gtk_tree_view_set_model (self->view, filter);
  open_card_groups (self);
}

/**
 * ferry_device_tree_set_card:
 * @card: (nullable): the chosen card, one of the machine's
 *
 * Shows the roles that hold when @card is the one that is passed.
 */
void
ferry_device_tree_set_card (FerryDeviceTree *self, const FerryCard *card)
{
  g_return_if_fail (FERRY_IS_DEVICE_TREE (self));

  if (self->rows == NULL)
    return;
  self->card = card;
  ferry_device_rows_set_card (self->rows, card);
  describe_selection (self);
}

static void
remember_open (GtkTreeView *view, GtkTreePath *path, gpointer user_data)
{
  GtkTreeModel *model = gtk_tree_view_get_model (view);
  GtkTreeIter iter;
  int group;

  if (!gtk_tree_model_get_iter (model, &iter, path))
    return;
  gtk_tree_model_get (model, &iter, FERRY_DEVICE_ROWS_GROUP, &group, -1);
  g_hash_table_add (user_data, GINT_TO_POINTER (group));
}

static GHashTable *
list_open (FerryDeviceTree *self)
{
  GHashTable *open = g_hash_table_new (NULL, NULL);

  gtk_tree_view_map_expanded_rows (self->view, remember_open, open);
  return open;
}

static void
restore_open (FerryDeviceTree *self)
{
  GtkTreeModel *model = gtk_tree_view_get_model (self->view);
  GtkTreeIter iter;

  gtk_tree_view_collapse_all (self->view);
  for (gboolean more = gtk_tree_model_get_iter_first (model, &iter); more;
       more = gtk_tree_model_iter_next (model, &iter))
    {
      g_autoptr (GtkTreePath) path = gtk_tree_model_get_path (model, &iter);
      int group;

      gtk_tree_model_get (model, &iter, FERRY_DEVICE_ROWS_GROUP, &group, -1);
      if (g_hash_table_contains (self->open_before_search, GINT_TO_POINTER (group)))
        gtk_tree_view_expand_row (self->view, path, FALSE);
    }
  g_clear_pointer (&self->open_before_search, g_hash_table_unref);
}

static gboolean
select_first_device (FerryDeviceTree *self)
{
  GtkTreeModel *model = gtk_tree_view_get_model (self->view);
  g_autoptr (GtkTreePath) path = gtk_tree_path_new_first ();
  GtkTreeIter iter;

  if (!gtk_tree_model_get_iter_first (model, &iter))
    return FALSE;
  if (gtk_tree_model_iter_has_child (model, &iter))
    gtk_tree_path_down (path);
  ferry_device_tree_keys_move (self->view, path);
  return TRUE;
}

/**
 * ferry_device_tree_filter:
 * @text: words to look for; "" ends the search and opens the groups that were open before
 *
 * Shows only the devices that match, below their groups, all open.
 *
 * Returns: the number of devices that are shown
 */
guint
ferry_device_tree_filter (FerryDeviceTree *self, const char *text)
{
  g_autoptr (FerryDevice) device = NULL;
  guint found;

  g_return_val_if_fail (FERRY_IS_DEVICE_TREE (self), 0);

  if (self->rows == NULL)
    return 0;
  g_set_object (&device, ferry_device_tree_get_device (self));
  if (*text != '\0' && self->open_before_search == NULL)
    self->open_before_search = list_open (self);

  found = ferry_device_rows_filter (self->rows, text);
  if (*text != '\0')
    gtk_tree_view_expand_all (self->view);
  else if (self->open_before_search != NULL)
    restore_open (self);

  if (device == NULL || !ferry_device_tree_select (self, device))
    select_first_device (self);
  return found;
}

void
ferry_device_tree_expand_all (FerryDeviceTree *self)
{
  g_return_if_fail (FERRY_IS_DEVICE_TREE (self));

  gtk_tree_view_expand_all (self->view);
}

void
ferry_device_tree_collapse_all (FerryDeviceTree *self)
{
  g_return_if_fail (FERRY_IS_DEVICE_TREE (self));

  gtk_tree_view_collapse_all (self->view);
}

/**
 * ferry_device_tree_count_open:
 *
 * Returns: how many groups are open
 */
guint
ferry_device_tree_count_open (FerryDeviceTree *self)
{
  g_autoptr (GHashTable) open = NULL;

  g_return_val_if_fail (FERRY_IS_DEVICE_TREE (self), 0);

  open = list_open (self);
  return g_hash_table_size (open);
}

typedef struct
{
  FerryDevice *device;
  GtkTreePath *path;
} Wanted;

static gboolean
find_device (GtkTreeModel *model, GtkTreePath *path, GtkTreeIter *iter, gpointer user_data)
{
  Wanted *wanted = user_data;
  g_autoptr (FerryDevice) device = NULL;

  gtk_tree_model_get (model, iter, FERRY_DEVICE_ROWS_DEVICE, &device, -1);
  if (device != wanted->device)
    return FALSE;
  wanted->path = gtk_tree_path_copy (path);
  return TRUE;
}

/**
 * ferry_device_tree_select:
 *
 * Puts the cursor on @device, opening its group, and scrolls it into view.
 *
 * Returns: whether @device is shown
 */
gboolean
ferry_device_tree_select (FerryDeviceTree *self, FerryDevice *device)
{
  GtkTreeModel *model;
  Wanted wanted = { device, NULL };

  g_return_val_if_fail (FERRY_IS_DEVICE_TREE (self), FALSE);
  g_return_val_if_fail (FERRY_IS_DEVICE (device), FALSE);

  model = gtk_tree_view_get_model (self->view);
  if (model == NULL)
    return FALSE;
  gtk_tree_model_foreach (model, find_device, &wanted);
  if (wanted.path == NULL)
    return FALSE;

  gtk_tree_view_expand_to_path (self->view, wanted.path);
  ferry_device_tree_keys_move (self->view, wanted.path);
  gtk_tree_path_free (wanted.path);
  return TRUE;
}
