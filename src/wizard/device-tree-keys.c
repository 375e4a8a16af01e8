/* device-tree-keys.c: see device-tree-keys.h. */
#include "config.h"

#include "device-tree-keys.h"

typedef enum
{
  KEY_OTHER,
  KEY_IN,
  KEY_OUT,
  KEY_ALL
} Key;

/**
 * ferry_device_tree_keys_move:
 *
 * Puts the cursor on @path and scrolls as far as needed to show it.
 */
void
ferry_device_tree_keys_move (GtkTreeView *view, GtkTreePath *path)
{
  gtk_tree_view_set_cursor (view, path, NULL, FALSE);
  gtk_tree_view_scroll_to_cell (view, path, NULL, FALSE, 0, 0);
}

/* Opens a group, or goes from an open group to its first device. */
static void
go_in (GtkTreeView *view, GtkTreePath *path)
{
  if (!gtk_tree_view_row_expanded (view, path))
    {
      gtk_tree_view_expand_row (view, path, FALSE);
      return;
    }
  gtk_tree_path_down (path);
  ferry_device_tree_keys_move (view, path);
}

/* Closes a group, or goes from a device to its group. */
static void
go_out (GtkTreeView *view, GtkTreePath *path)
{
  if (gtk_tree_view_row_expanded (view, path))
    {
      gtk_tree_view_collapse_row (view, path);
      return;
    }
  if (gtk_tree_path_get_depth (path) < 2)
    return;
  gtk_tree_path_up (path);
  ferry_device_tree_keys_move (view, path);
}

static Key
understand_key (guint keyval, gboolean mirrored)
{
  switch (keyval)
    {
    case GDK_KEY_Right:
    case GDK_KEY_KP_Right:
      return mirrored ? KEY_OUT : KEY_IN;
    case GDK_KEY_Left:
    case GDK_KEY_KP_Left:
      return mirrored ? KEY_IN : KEY_OUT;
    case GDK_KEY_plus:
    case GDK_KEY_KP_Add:
      return KEY_IN;
    case GDK_KEY_minus:
    case GDK_KEY_KP_Subtract:
      return KEY_OUT;
    case GDK_KEY_asterisk:
    case GDK_KEY_KP_Multiply:
      return KEY_ALL;
    default:
      return KEY_OTHER;
    }
}

static gboolean
on_key_pressed (GtkTreeView *view, guint keyval, guint keycode, GdkModifierType state)
{
  gboolean mirrored = gtk_widget_get_direction (GTK_WIDGET (view)) == GTK_TEXT_DIR_RTL;
  g_autoptr (GtkTreePath) path = NULL;
  Key key = understand_key (keyval, mirrored);

  if (key == KEY_OTHER || (state & (GDK_CONTROL_MASK | GDK_ALT_MASK)) != 0)
    return FALSE;
  gtk_tree_view_get_cursor (view, &path, NULL);
  if (path == NULL)
    return FALSE;

  if (key == KEY_IN)
    go_in (view, path);
  else if (key == KEY_OUT)
    go_out (view, path);
  else
    gtk_tree_view_expand_all (view);
  return TRUE;
}

/**
 * ferry_device_tree_keys_add:
 *
 * Adds the keys to @view, to be called once.
 */
void
ferry_device_tree_keys_add (GtkTreeView *view)
{
  GtkEventController *keys = gtk_event_controller_key_new ();

  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect_swapped (keys, "key-pressed", G_CALLBACK (on_key_pressed), view);
  gtk_widget_add_controller (GTK_WIDGET (view), keys);
}
