/* Tests of the assistant: which button can be pressed when, and what turning a page does. */
#include "config.h"

#include "assistant.h"
#include "route.h"
#include "stage.h"
#include "window.h"

/* Every case: four pages; what the page says of itself; what the buttons must be. */
static const struct
{
  guint position;
  gboolean complete, skippable, busy;
  gboolean back, back_works, forward, forward_works, suggested, spinner;
  FerryForward text;
} cases[] = {
  /* the first page has no way back */
  { 0, 1, 0, 0, 0, 0, 1, 1, 1, 0, FERRY_FORWARD_START },
  { 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, FERRY_FORWARD_START },
  { 0, 0, 1, 0, 0, 0, 1, 1, 0, 0, FERRY_FORWARD_START },
  { 0, 1, 0, 1, 0, 0, 1, 0, 0, 1, FERRY_FORWARD_START },
  /* in the middle */
  { 1, 0, 0, 0, 1, 1, 1, 0, 0, 0, FERRY_FORWARD_NEXT },
  { 1, 1, 0, 0, 1, 1, 1, 1, 1, 0, FERRY_FORWARD_NEXT },
  { 1, 1, 1, 0, 1, 1, 1, 1, 1, 0, FERRY_FORWARD_NEXT },
  { 1, 0, 1, 0, 1, 1, 1, 1, 0, 0, FERRY_FORWARD_SKIP },
  { 2, 0, 0, 1, 1, 0, 1, 0, 0, 1, FERRY_FORWARD_NEXT },
  { 2, 1, 0, 1, 1, 0, 1, 0, 0, 1, FERRY_FORWARD_NEXT },
  { 2, 0, 1, 1, 1, 0, 1, 0, 0, 1, FERRY_FORWARD_NEXT },
  /* the last page has no way forward */
  { 3, 1, 0, 0, 1, 1, 0, 0, 1, 0, FERRY_FORWARD_NEXT },
  { 3, 0, 1, 0, 1, 1, 0, 0, 0, 0, FERRY_FORWARD_SKIP },
  { 3, 1, 1, 1, 1, 0, 0, 0, 0, 1, FERRY_FORWARD_NEXT },
};

static void
test_buttons (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      FerryButtons buttons = ferry_assistant_decide_buttons (
          cases[i].position, 4, cases[i].complete, cases[i].skippable, cases[i].busy);

      g_test_message ("case %" G_GSIZE_FORMAT, i);
      g_assert_cmpint (buttons.back_visible, ==, cases[i].back);
      g_assert_cmpint (buttons.back_sensitive, ==, cases[i].back_works);
      g_assert_cmpint (buttons.forward_visible, ==, cases[i].forward);
      g_assert_cmpint (buttons.forward_sensitive, ==, cases[i].forward_works);
      g_assert_cmpint (buttons.forward_suggested, ==, cases[i].suggested);
      g_assert_cmpint (buttons.spinner_visible, ==, cases[i].spinner);
      g_assert_cmpint (buttons.forward, ==, cases[i].text);
    }
}

typedef struct
{
  FerryTree *tree;
  FerrySession *session;
  FerryWindow *window;
  FerryAssistant *assistant;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer position)
{
  fixture->tree = stage_make_computer ();
  fixture->session = stage_open (fixture->tree);
  fixture->window = ferry_window_new (NULL, fixture->session, GPOINTER_TO_UINT (position));
  fixture->assistant = ferry_window_get_assistant (fixture->window);
  /* GTK 4.8 leaks what had the focus in a window that was never shown. */
  gtk_window_present (GTK_WINDOW (fixture->window));
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  gtk_window_destroy (GTK_WINDOW (fixture->window));
  stage_settle ();
  stage_drop (fixture->session);
  ferry_tree_free (fixture->tree);
}

static GtkWidget *
find_button (Fixture *fixture, const char *text)
{
  return stage_find_button (GTK_WIDGET (fixture->assistant), text);
}

static void
test_forward (Fixture *fixture, gconstpointer data)
{
  g_assert_cmpuint (ferry_assistant_get_position (fixture->assistant), ==, 0);
  g_assert_false (gtk_widget_get_visible (find_button (fixture, "Back")));

  /* Not read yet: one gets to the check, and not past it. The button itself is pressed by the driver: a press that is
   * made here arrives some time later, and on newer GTK between the calls below. */
  g_assert_nonnull (find_button (fixture, "Start"));
  ferry_assistant_forward (fixture->assistant);
  g_assert_cmpuint (ferry_assistant_get_position (fixture->assistant), ==, 1);
  ferry_assistant_forward (fixture->assistant);
  g_assert_cmpuint (ferry_assistant_get_position (fixture->assistant), ==, 1);
  g_assert_cmpuint (ferry_assistant_get_reached (fixture->assistant), ==, 1);

  stage_scan (fixture->session);
  ferry_assistant_forward (fixture->assistant);
  g_assert_cmpuint (ferry_assistant_get_position (fixture->assistant), ==, 2);
  g_assert_cmpuint (ferry_assistant_get_reached (fixture->assistant), ==, 2);
}

static void
test_turn (Fixture *fixture, gconstpointer data)
{
  FerryPage *page = ferry_assistant_get_page (fixture->assistant);

  g_assert_cmpuint (ferry_assistant_get_position (fixture->assistant), ==, 2);
  g_assert_false (ferry_assistant_turn_to (fixture->assistant, 2));
  g_assert_false (ferry_assistant_turn_to (fixture->assistant, 3));
  g_assert_false (ferry_assistant_turn_to (fixture->assistant, 99));

  ferry_page_set_busy (page, TRUE);
  g_assert_false (ferry_assistant_turn_to (fixture->assistant, 0));
  g_assert_false (gtk_widget_get_sensitive (find_button (fixture, "Back")));
  ferry_page_set_busy (page, FALSE);
  g_assert_true (gtk_widget_get_sensitive (find_button (fixture, "Back")));

  g_assert_true (ferry_assistant_turn_to (fixture->assistant, 0));
  ferry_assistant_back (fixture->assistant);
  g_assert_cmpuint (ferry_assistant_get_position (fixture->assistant), ==, 0);
  g_assert_true (ferry_assistant_turn_to (fixture->assistant, 2));
  g_assert_true (ferry_assistant_get_page (fixture->assistant) == page);

  ferry_assistant_back (fixture->assistant);
  ferry_assistant_forget (fixture->assistant);
  g_assert_false (ferry_assistant_turn_to (fixture->assistant, 2));
}

/* The heading is what a screen reader speaks after a page was turned. */
static void
test_focus (Fixture *fixture, gconstpointer data)
{
  GtkWidget *focus;

  ferry_assistant_forward (fixture->assistant);
  stage_settle ();
  focus = gtk_root_get_focus (GTK_ROOT (fixture->window));
  g_assert_true (FERRY_IS_HEADING (focus));
  g_assert_true (gtk_widget_is_ancestor (
      focus, GTK_WIDGET (ferry_assistant_get_page (fixture->assistant))));
  gtk_test_accessible_assert_role (focus, GTK_ACCESSIBLE_ROLE_HEADING);
  gtk_test_accessible_assert_property (focus, GTK_ACCESSIBLE_PROPERTY_LABEL,
                                       ferry_heading_get_title (FERRY_HEADING (focus)));

  /* Tab goes on from there, and never comes back to it. */
  for (int i = 0; i < 120; i++)
    {
      gtk_widget_child_focus (GTK_WIDGET (fixture->window), GTK_DIR_TAB_FORWARD);
      g_assert_false (FERRY_IS_HEADING (gtk_root_get_focus (GTK_ROOT (fixture->window))));
    }
}

static void
test_narrow (Fixture *fixture, gconstpointer data)
{
  int minimum;

  gtk_widget_measure (GTK_WIDGET (fixture->window), GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL,
                      NULL, NULL);
  g_assert_cmpint (minimum, <=, 360);
  gtk_widget_measure (GTK_WIDGET (fixture->window), GTK_ORIENTATION_VERTICAL, 360, &minimum, NULL,
                      NULL, NULL);
  g_assert_cmpint (minimum, <=, 500);
}

static gboolean
is_folded (gpointer flap)
{
  return adw_flap_get_folded (flap);
}

static gboolean
has_focus_in_steps (gpointer flap)
{
  GtkWidget *focus = gtk_root_get_focus (gtk_widget_get_root (flap));

  return focus != NULL && gtk_widget_is_ancestor (focus, adw_flap_get_flap (flap));
}

/* Narrow, the list of steps covers the page: the way back closes it first. */
static void
test_steps (Fixture *fixture, gconstpointer data)
{
  AdwFlap *flap = ADW_FLAP (stage_find_type (GTK_WIDGET (fixture->window), ADW_TYPE_FLAP));

  gtk_window_set_default_size (GTK_WINDOW (fixture->window), 360, 600);
  stage_wait (is_folded, flap);
  g_assert_false (adw_flap_get_reveal_flap (flap));
  adw_flap_set_reveal_flap (flap, TRUE);
  stage_wait (has_focus_in_steps, flap);
  gtk_widget_activate_action (GTK_WIDGET (fixture->window), "win.back", NULL);
  g_assert_false (adw_flap_get_reveal_flap (flap));
  g_assert_cmpuint (ferry_assistant_get_position (fixture->assistant), ==, 1);
  gtk_widget_activate_action (GTK_WIDGET (fixture->window), "win.back", NULL);
  g_assert_cmpuint (ferry_assistant_get_position (fixture->assistant), ==, 0);
}

static void
test_recorded (Fixture *fixture, gconstpointer data)
{
  GtkRevealer *bar
      = GTK_REVEALER (stage_find_type (GTK_WIDGET (fixture->window), GTK_TYPE_REVEALER));

  g_assert_false (gtk_revealer_get_reveal_child (bar));
  g_assert_cmpuint (ferry_assistant_get_reached (fixture->assistant), ==, 1);
  ferry_session_open_recording (fixture->session, "/nonexistent.machine");
  g_assert_true (gtk_revealer_get_reveal_child (bar));
  gtk_widget_activate_action (GTK_WIDGET (fixture->window), "win.close-recording", NULL);
  g_assert_false (gtk_revealer_get_reveal_child (bar));
  ferry_session_cancel (fixture->session);
}

static void
test_route (void)
{
  guint n_steps, position;
  const FerryStation *steps = ferry_route_get_steps (&n_steps);

  g_assert_cmpuint (n_steps, >=, 3);
  for (guint i = 0; i < n_steps; i++)
    {
      g_assert_true (ferry_route_find (steps[i].id, &position));
      g_assert_cmpuint (position, ==, i);
      g_assert_true (g_type_is_a (steps[i].get_type (), FERRY_TYPE_PAGE));
      g_assert_cmpstr (ferry_station_get_title (&steps[i]), !=, "");
    }
  g_assert_false (ferry_route_find ("teapot", &position));
  g_assert_false (ferry_route_find (NULL, &position));
}

int
main (int argc, char *argv[])
{
  stage_init (&argc, &argv);
  g_test_add_func ("/assistant/buttons", test_buttons);
  g_test_add_func ("/assistant/route", test_route);
  g_test_add ("/assistant/forward", Fixture, GUINT_TO_POINTER (0), set_up, test_forward,
              tear_down);
  g_test_add ("/assistant/turn", Fixture, GUINT_TO_POINTER (2), set_up, test_turn, tear_down);
  g_test_add ("/assistant/focus", Fixture, GUINT_TO_POINTER (0), set_up, test_focus, tear_down);
  g_test_add ("/assistant/narrow", Fixture, GUINT_TO_POINTER (0), set_up, test_narrow, tear_down);
  g_test_add ("/assistant/steps", Fixture, GUINT_TO_POINTER (1), set_up, test_steps, tear_down);
  g_test_add ("/assistant/recorded", Fixture, GUINT_TO_POINTER (1), set_up, test_recorded,
              tear_down);
  return g_test_run ();
}
