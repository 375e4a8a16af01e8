/* stage.c: see stage.h. */
#include "config.h"

#include <string.h>

#include "stage.h"

#include "facts/recording.h"

#define PATIENCE_SECONDS 90

void
stage_init (int *argc, char ***argv)
{
  g_test_init (argc, argv, NULL);
  adw_init ();
}

FerryTree *
stage_make_computer (void)
{
  FerryTree *tree = ferry_tree_new ();
  const FerryTreeDevice card = { .address = "0000:01:00.0",
                                 .class_code = 0x030000,
                                 .vendor = 0x10de,
                                 .device = 0x13c2,
                                 .driver = "nouveau",
                                 .group = "1" };

  ferry_tree_add_file (tree, "proc/cpuinfo",
                       "processor\t: 0\nvendor_id\t: GenuineIntel\nflags\t\t: fpu vmx\n");
  ferry_tree_add_file (tree, "proc/cmdline", "root=/dev/sda1 quiet\n");
  ferry_tree_add_device (tree, &card);
  return tree;
}

FerrySession *
stage_open (FerryTree *tree)
{
  g_autoptr (FerryRoot) root = ferry_tree_open (tree);

  return ferry_session_new (root);
}

FerrySession *
stage_open_machine (const char *name)
{
  g_autofree char *file
      = g_build_filename (g_getenv ("FERRY_SOURCE_DIR"), "tests", "machines", name, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (FerryRoot) root = ferry_recording_open (file, &error);

  g_assert_no_error (error);
  return ferry_session_new (root);
}

static gboolean
is_idle (gpointer session)
{
  return !ferry_session_get_scanning (session);
}

void
stage_scan (FerrySession *session)
{
  ferry_session_scan (session);
  stage_wait (is_idle, session);
}

static gboolean
is_only_mine (gpointer object)
{
  return g_atomic_int_get ((gint *)&G_OBJECT (object)->ref_count) == 1;
}

/* What a thread worked on is let go of on the main loop, a moment after it gave its result. */
void
stage_drop (FerrySession *session)
{
  stage_wait (is_only_mine, session);
  g_assert_finalize_object (session);
}

static void
scanning_changed (FerrySession *session, GParamSpec *pspec, gpointer begun)
{
  *(gboolean *) begun |= ferry_session_get_scanning (session);
}

static gboolean
is_set (gpointer flag)
{
  return *(gboolean *) flag;
}

FerryWindow *
stage_open_window (FerrySession *session, guint position, int width, int height)
{
  FerryWindow *window = ferry_window_new (NULL, session, position);
  gboolean begun = FALSE;
  gulong handler
      = g_signal_connect (session, "notify::scanning", G_CALLBACK (scanning_changed), &begun);

  if (width > 0)
    gtk_window_set_default_size (GTK_WINDOW (window), width, height);
  gtk_window_present (GTK_WINDOW (window));
  stage_wait (is_set, &begun);
  g_signal_handler_disconnect (session, handler);
  stage_wait (is_idle, session);
  stage_settle ();
  return window;
}

static gboolean
wake_up (gpointer user_data)
{
  return G_SOURCE_CONTINUE;
}

void
stage_wait (StageCondition condition, gpointer user_data)
{
  const gint64 end = g_get_monotonic_time () + PATIENCE_SECONDS * G_USEC_PER_SEC;
  const guint ticker = g_timeout_add (20, wake_up, NULL);

  while (!condition (user_data) && g_get_monotonic_time () < end)
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (ticker);
  g_assert_true (condition (user_data));
}

void
stage_settle (void)
{
  while (g_main_context_iteration (NULL, FALSE))
    continue;
}

GtkWidget *
stage_find_type (GtkWidget *root, GType type)
{
  if (G_TYPE_CHECK_INSTANCE_TYPE (root, type))
    return root;
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = stage_find_type (child, type);
      if (found != NULL)
        return found;
    }
  return NULL;
}

guint
stage_count_type (GtkWidget *root, GType type)
{
  guint count = G_TYPE_CHECK_INSTANCE_TYPE (root, type) ? 1 : 0;

  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    count += stage_count_type (child, type);
  return count;
}

static gboolean
says (GtkWidget *widget, const char *text)
{
  if (GTK_IS_LABEL (widget) && g_str_equal (gtk_label_get_text (GTK_LABEL (widget)), text))
    return TRUE;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (says (child, text))
      return TRUE;
  return FALSE;
}

GtkWidget *
stage_find_button (GtkWidget *root, const char *text)
{
  if (GTK_IS_BUTTON (root) && says (root, text))
    return root;
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = stage_find_button (child, text);
      if (found != NULL)
        return found;
    }
  return NULL;
}

gboolean
stage_shows (GtkWidget *root, const char *part)
{
  if (!gtk_widget_get_child_visible (root) || !gtk_widget_get_visible (root))
    return FALSE;
  if (GTK_IS_LABEL (root) && strstr (gtk_label_get_text (GTK_LABEL (root)), part) != NULL)
    return TRUE;
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (stage_shows (child, part))
      return TRUE;
  return FALSE;
}

GtkWindow *
stage_find_dialog (void)
{
  GListModel *windows = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GtkWindow) window = g_list_model_get_item (windows, i);
      if (ADW_IS_MESSAGE_DIALOG (window) && gtk_widget_get_visible (GTK_WIDGET (window)))
        return window;
    }
  return NULL;
}

void
stage_respond (const char *response)
{
  GtkWindow *dialog = stage_find_dialog ();

  g_assert_nonnull (dialog);
  adw_message_dialog_response (ADW_MESSAGE_DIALOG (dialog), response);
  gtk_window_destroy (dialog);
}

void
stage_take_picture (GtkWidget *window, const char *name)
{
  const char *folder = g_getenv ("FERRY_PICTURES");
  g_autofree char *base = g_strconcat (name, ".png", NULL);
  g_autofree char *file = NULL;
  g_autoptr (GdkPaintable) paintable = NULL;
  g_autoptr (GtkSnapshot) snapshot = NULL;
  g_autoptr (GskRenderNode) node = NULL;
  g_autoptr (GdkTexture) texture = NULL;

  if (folder == NULL)
    return;
  for (int i = 0; i < 20; i++)
    {
      g_usleep (10000);
      stage_settle ();
    }
  file = g_build_filename (folder, base, NULL);
  paintable = gtk_widget_paintable_new (window);
  snapshot = gtk_snapshot_new ();
  gdk_paintable_snapshot (paintable, snapshot, gdk_paintable_get_intrinsic_width (paintable),
                          gdk_paintable_get_intrinsic_height (paintable));
  node = gtk_snapshot_free_to_node (g_steal_pointer (&snapshot));
  texture = gsk_renderer_render_texture (gtk_native_get_renderer (GTK_NATIVE (window)), node, NULL);
  gdk_texture_save_to_png (texture, file);
}
