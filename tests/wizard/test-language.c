/* The pages in another language: the catalogue is used, its longer words fit into the narrowest
 * window, and what can be used has a name for screen readers. The language is that of LANGUAGE in
 * the environment. */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "assistant.h"
#include "route.h"
#include "stage.h"
#include "window.h"

#define NARROW 360

static void
test_catalogue (void)
{
  g_assert_cmpstr (_ ("The virtual machine"), !=, "The virtual machine");
  g_assert_cmpstr (_ ("If the screen stays black"), !=, "If the screen stays black");
}

/* A text that ends in dots because there is no room for it, or NULL. */
static const char *
find_cut_text (GtkWidget *widget)
{
  const char *found = NULL;

  if (!gtk_widget_get_mapped (widget))
    return NULL;
  if (GTK_IS_LABEL (widget)
      && pango_layout_is_ellipsized (gtk_label_get_layout (GTK_LABEL (widget))))
    return gtk_label_get_text (GTK_LABEL (widget));
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = find_cut_text (child);
  return found;
}

/* A new window gets its size in several turns, so only what stays cut for half a minute counts. */
static void
look_for_cut_texts (GtkWidget *window, const char *page)
{
  for (int i = 0; i < 600 && find_cut_text (window) != NULL; i++)
    {
      g_usleep (50 * 1000);
      stage_settle ();
    }
  if (find_cut_text (window) != NULL)
    g_test_fail_printf ("%s: cut: “%s”", page, find_cut_text (window));
}

/* What a person can use, by the type that has the name; what is inside of it is GTK's. */
static gboolean
is_control (GtkWidget *widget)
{
  return GTK_IS_BUTTON (widget) || GTK_IS_SWITCH (widget) || GTK_IS_CHECK_BUTTON (widget)
         || GTK_IS_ENTRY (widget) || GTK_IS_SEARCH_ENTRY (widget) || GTK_IS_SCALE (widget)
         || GTK_IS_SPIN_BUTTON (widget) || GTK_IS_DROP_DOWN (widget) || GTK_IS_MENU_BUTTON (widget)
         || GTK_IS_TREE_VIEW (widget) || GTK_IS_TEXT_VIEW (widget) || GTK_IS_PROGRESS_BAR (widget)
         || GTK_IS_SPINNER (widget);
}

/* From its label, another widget, or its tooltip; what stands on a button counts when it is its label,
 * not when it is put together of several widgets. */
static gboolean
has_name (GtkWidget *widget)
{
  const char *tooltip = gtk_widget_get_tooltip_text (widget);
  const char *words = NULL;

  if (GTK_IS_BUTTON (widget))
    words = gtk_button_get_label (GTK_BUTTON (widget));
  else if (GTK_IS_CHECK_BUTTON (widget))
    words = gtk_check_button_get_label (GTK_CHECK_BUTTON (widget));

  return gtk_test_accessible_has_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL)
         || gtk_test_accessible_has_relation (GTK_ACCESSIBLE (widget),
                                              GTK_ACCESSIBLE_RELATION_LABELLED_BY)
         || (tooltip != NULL && *tooltip != '\0') || words != NULL;
}

static void
look_for_nameless_controls (GtkWidget *widget, const char *page)
{
  if (!gtk_widget_get_mapped (widget) || GTK_IS_WINDOW_CONTROLS (widget))
    return;
  if (is_control (widget))
    {
      if (!has_name (widget))
        g_test_fail_printf ("%s: a %s has no name", page, G_OBJECT_TYPE_NAME (widget));
      return;
    }
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    look_for_nameless_controls (child, page);
}

static int
measure_narrowest (GtkWidget *widget)
{
  int narrowest = 0;

  gtk_widget_measure (widget, GTK_ORIENTATION_HORIZONTAL, -1, &narrowest, NULL, NULL, NULL);
  return narrowest;
}

/* Room for the frames is left to the window itself: it is measured as a whole. */
static void
test_pages (void)
{
  FerrySession *session = stage_open_machine ("maximus-vii-ranger-after.machine");
  guint n_steps;
  const FerryStation *steps = ferry_route_get_steps (&n_steps);

  stage_scan (session);
  for (guint i = 0; i < n_steps; i++)
    {
      FerryWindow *window = stage_open_window (session, i, NARROW, 700);

      if (measure_narrowest (GTK_WIDGET (window)) > NARROW)
        g_test_fail_printf ("%s needs %d pixels", steps[i].id,
                            measure_narrowest (GTK_WIDGET (window)));
      look_for_cut_texts (GTK_WIDGET (window), steps[i].id);
      look_for_nameless_controls (GTK_WIDGET (window), steps[i].id);
      gtk_window_destroy (GTK_WINDOW (window));
      stage_settle ();
    }
  stage_drop (session);
}

int
main (int argc, char *argv[])
{
  bindtextdomain (GETTEXT_PACKAGE, g_getenv ("FERRY_LOCALEDIR"));
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);
  stage_init (&argc, &argv);
  g_test_add_func ("/language/catalogue", test_catalogue);
  g_test_add_func ("/language/pages", test_pages);
  return g_test_run ();
}
