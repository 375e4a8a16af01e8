/* Tests of the list of changes: what it shows, and taking back one, all, and an edited file. */
#include "config.h"

#include "changes-window.h"
#include "errand.h"
#include "fake-helper.h"
#include "fold-row.h"
#include "stage.h"

typedef struct
{
  FakeHelper *helper;
  FerrySession *session;
  FerryChangesWindow *window;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->helper = fake_helper_new ();
  fixture->helper->changed = 1795377901;
  fixture->session = stage_open_machine ("maximus-vii-ranger-after.machine");
  stage_scan (fixture->session);
  fake_helper_serve (fixture->helper, fixture->session);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  gtk_window_destroy (GTK_WINDOW (fixture->window));
  stage_settle ();
  stage_drop (fixture->session);
  fake_helper_free (fixture->helper);
}

static gboolean
has_history (gpointer session)
{
  return ferry_errand_get_history (ferry_session_get_errand (session)) != NULL;
}

static void
open_window (Fixture *fixture, guint n_in_force, guint n_undone)
{
  fixture->helper->n_in_force = n_in_force;
  fixture->helper->n_undone = n_undone;
  fixture->window = ferry_changes_window_new (NULL, fixture->session);
  gtk_window_present (GTK_WINDOW (fixture->window));
  stage_wait (has_history, fixture->session);
}

static gboolean
shows (Fixture *fixture, const char *part)
{
  return stage_shows (GTK_WIDGET (fixture->window), part);
}

static void
press (Fixture *fixture, const char *text)
{
  g_signal_emit_by_name (stage_find_button (GTK_WIDGET (fixture->window), text), "clicked");
}

static gboolean
is_taken_back (gpointer window)
{
  return stage_shows (window, "It was taken back");
}

static gboolean
nothing_is_in_force (gpointer session)
{
  const FerryHistory *history = ferry_errand_get_history (ferry_session_get_errand (session));

  return ferry_history_count_in_force (history) == 0;
}

static void
test_list (Fixture *fixture, gconstpointer data)
{
  GtkWidget *root;

  open_window (fixture, 2, 1);
  root = GTK_WIDGET (fixture->window);
  g_assert_cmpuint (stage_count_type (root, FERRY_TYPE_FOLD_ROW), ==, 3);
  g_assert_true (shows (fixture, "Change 3 & <more>"));
  g_assert_true (shows (fixture, "In force"));
  g_assert_true (shows (fixture, "Taken back"));
  g_assert_true (gtk_widget_get_visible (stage_find_button (root, "Undo All Changes…")));
  stage_take_picture (root, "changes");
}

static void
test_nothing (Fixture *fixture, gconstpointer data)
{
  open_window (fixture, 0, 0);
  g_assert_true (shows (fixture, "has not changed anything"));
}

static void
test_undo (Fixture *fixture, gconstpointer data)
{
  open_window (fixture, 2, 0);
  press (fixture, "Undo the Newest Change…");
  stage_wait (is_taken_back, fixture->window);
  g_assert_true (fake_helper_was_asked (fixture->helper, "Undo(20261122-194502-1a2b3c4d,0)"));
  g_assert_false (fake_helper_was_asked (fixture->helper, "Undo(20261122-194501"));
  g_assert_cmpuint (fixture->helper->n_in_force, ==, 1);
  stage_take_picture (GTK_WIDGET (fixture->window), "changes-undone");
}

static void
test_undo_all (Fixture *fixture, gconstpointer data)
{
  open_window (fixture, 3, 0);
  press (fixture, "Undo All Changes…");
  stage_wait (nothing_is_in_force, fixture->session);
  g_assert_true (fake_helper_was_asked (fixture->helper, "Undo(20261122-194503-1a2b3c4d,0) "));
  g_assert_true (fake_helper_was_asked (fixture->helper, "Undo(20261122-194502-1a2b3c4d,0) "));
  g_assert_true (fake_helper_was_asked (fixture->helper, "Undo(20261122-194501-1a2b3c4d,0) "));
}

static gboolean
is_asking (gpointer user_data)
{
  return stage_find_dialog () != NULL;
}

/* A file that was edited since is not touched before the person has said so. */
static void
test_conflict (Fixture *fixture, gconstpointer data)
{
  fixture->helper->undo_error = "Changed";
  open_window (fixture, 1, 0);
  press (fixture, "Undo the Newest Change…");
  stage_wait (is_asking, NULL);
  g_assert_true (stage_shows (GTK_WIDGET (stage_find_dialog ()), "“/etc/x” says no"));
  stage_respond ("cancel");
  stage_settle ();
  g_assert_false (fake_helper_was_asked (fixture->helper, ",1) "));
  g_assert_true (shows (fixture, "Changes of Ferry"));

  press (fixture, "Undo the Newest Change…");
  stage_wait (is_asking, NULL);
  stage_respond ("yes");
  stage_wait (is_taken_back, fixture->window);
  g_assert_true (fake_helper_was_asked (fixture->helper, "Undo(20261122-194501-1a2b3c4d,1) "));
}

static gboolean
is_at_list (gpointer window)
{
  return stage_shows (window, "The newest comes first.");
}

static void
test_dismissed (Fixture *fixture, gconstpointer data)
{
  fixture->helper->undo_error = "AuthDismissed";
  open_window (fixture, 1, 0);
  press (fixture, "Undo the Newest Change…");
  g_assert_false (is_at_list (fixture->window));
  stage_wait (is_at_list, fixture->window);
  g_assert_null (stage_find_dialog ());
}

static gboolean
is_loud (gpointer window)
{
  return stage_shows (window, "Please do not restart");
}

static void
test_rollback_failed (Fixture *fixture, gconstpointer data)
{
  fixture->helper->undo_error = "RollbackFailed";
  open_window (fixture, 1, 0);
  press (fixture, "Undo the Newest Change…");
  stage_wait (is_loud, fixture->window);
}

int
main (int argc, char *argv[])
{
  stage_init (&argc, &argv);
#define ADD(name, function)                                                                        \
  g_test_add ("/changes-window/" name, Fixture, NULL, set_up, function, tear_down)
  ADD ("list", test_list);
  ADD ("nothing", test_nothing);
  ADD ("undo", test_undo);
  ADD ("undo-all", test_undo_all);
  ADD ("conflict", test_conflict);
  ADD ("dismissed", test_dismissed);
  ADD ("rollback-failed", test_rollback_failed);
  return g_test_run ();
}
