/* Tests of the window with the virtual machines that are there, with libvirt's own test driver,
 * which has one machine, "test", that runs: the card is given and taken back, and nothing without a
 * yes. */
#include "config.h"

#include "blueprint.h"
#include "machines-window.h"
#include "stage.h"
#include "trouble-view.h"

#define TEST_DRIVER "test:///default"

typedef struct
{
  FerryTree *tree;
  FerrySession *session;
  FerryWorkshop *workshop;
  GtkWidget *window;
} Fixture;

static gboolean
is_open (gpointer workshop)
{
  return ferry_workshop_get_state (workshop) == FERRY_WORKSHOP_OPEN
         && !ferry_workshop_is_working (workshop);
}

static void
open_window (Fixture *fixture, const char *uri)
{
  FerryBlueprint *blueprint = ferry_session_get_blueprint (fixture->session);

  fixture->workshop = ferry_workshop_new (uri, ferry_session_get_root (fixture->session));
  ferry_blueprint_set_workshop (blueprint, fixture->workshop);
  fixture->window = ferry_machines_window_new (NULL, fixture->session);
  gtk_window_present (GTK_WINDOW (fixture->window));
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->tree = stage_make_computer ();
  fixture->session = stage_open (fixture->tree);
  stage_scan (fixture->session);
  ferry_session_choose_card (
      fixture->session, g_ptr_array_index (ferry_session_get_machine (fixture->session)->cards, 0));
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  gtk_window_destroy (GTK_WINDOW (fixture->window));
  stage_settle ();
  g_object_unref (fixture->workshop);
  stage_drop (fixture->session);
  ferry_tree_free (fixture->tree);
}

static void
press (Fixture *fixture, const char *text)
{
  GtkWidget *button = stage_find_button (fixture->window, text);

  g_assert_nonnull (button);
  g_signal_emit_by_name (button, "clicked");
}

static gboolean
has_dialog (gpointer nothing)
{
  return stage_find_dialog () != NULL;
}

static gboolean
can_give (gpointer window)
{
  return stage_find_button (window, "Give It the Card…") != NULL;
}

static gboolean
can_start (gpointer window)
{
  return stage_find_button (window, "Start") != NULL;
}

static gboolean
is_empty (gpointer window)
{
  return stage_shows (window, "No virtual machine yet");
}

static gboolean
is_in_trouble (gpointer window)
{
  return gtk_widget_get_visible (stage_find_type (window, FERRY_TYPE_TROUBLE_VIEW));
}

/* A machine of the test driver is none of QEMU: it says so, and can be used as before. */
static void
test_give_refused (Fixture *fixture, gconstpointer data)
{
  open_window (fixture, TEST_DRIVER);
  stage_wait (can_give, fixture->window);
  press (fixture, "Give It the Card…");
  stage_wait (is_in_trouble, fixture->window);
  g_assert_null (stage_find_dialog ());
  g_assert_true (stage_shows (fixture->window, "Only virtual machines of QEMU"));
  g_assert_true (gtk_widget_is_sensitive (stage_find_button (fixture->window, "Shut Down")));
  stage_take_picture (fixture->window, "machines-refused");
}

static void
test_shut_down (Fixture *fixture, gconstpointer data)
{
  open_window (fixture, TEST_DRIVER);
  stage_wait (can_give, fixture->window);
  g_assert_false (can_start (fixture->window));
  press (fixture, "Shut Down");
  stage_wait (can_start, fixture->window);
  g_assert_null (stage_find_button (fixture->window, "Shut Down"));
}

/* What runs is not removed, and nothing is without a yes. */
static void
test_remove (Fixture *fixture, gconstpointer data)
{
  open_window (fixture, TEST_DRIVER);
  stage_wait (can_give, fixture->window);
  press (fixture, "Remove…");
  stage_wait (is_in_trouble, fixture->window);
  g_assert_true (stage_shows (fixture->window, "Shut it down first"));
  press (fixture, "Shut Down");
  stage_wait (can_start, fixture->window);

  press (fixture, "Remove…");
  stage_wait (has_dialog, NULL);
  stage_take_picture (GTK_WIDGET (stage_find_dialog ()), "machines-remove");
  stage_respond ("cancel");
  stage_wait (is_open, fixture->workshop);
  g_assert_true (ferry_workshop_has_machine (fixture->workshop, "test"));

  press (fixture, "Remove…");
  stage_wait (has_dialog, NULL);
  stage_respond ("yes");
  stage_wait (is_empty, fixture->window);
}

static void
test_no_libvirt (Fixture *fixture, gconstpointer data)
{
  open_window (fixture, "test:///nonexistent/file.xml");
  stage_wait (is_in_trouble, fixture->window);
  g_assert_nonnull (stage_find_button (fixture->window, "Try Again"));
}

static void
test_preview (Fixture *fixture, gconstpointer data)
{
  open_window (fixture, NULL);
  g_assert_true (stage_shows (fixture->window, "only looked at"));
  g_assert_cmpint (ferry_workshop_get_state (fixture->workshop), ==, FERRY_WORKSHOP_CLOSED);
}

int
main (int argc, char *argv[])
{
  stage_init (&argc, &argv);
#define ADD(name, function)                                                                        \
  g_test_add ("/machines-window/" name, Fixture, NULL, set_up, function, tear_down)
  ADD ("give-refused", test_give_refused);
  ADD ("shut-down", test_shut_down);
  ADD ("remove", test_remove);
  ADD ("no-libvirt", test_no_libvirt);
  ADD ("preview", test_preview);
  return g_test_run ();
}
