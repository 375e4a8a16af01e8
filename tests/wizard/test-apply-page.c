/* Tests of the page that changes the computer: with a stand-in for the helper, every way it can
 * end. */
#include "config.h"

#include "apply-page.h"
#include "errand.h"
#include "fake-helper.h"
#include "outcome-view.h"
#include "part-row.h"
#include "progress-view.h"
#include "stage.h"

#define CARD "0000:01:00.0"

typedef struct
{
  FakeHelper *helper;
  FerrySession *session;
  FerryErrand *errand;
  GtkWidget *window;
  FerryPage *page;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->helper = fake_helper_new ();
  fixture->session = stage_open_machine ("maximus-vii-ranger-after.machine");
  fixture->errand = ferry_session_get_errand (fixture->session);
  stage_scan (fixture->session);
  ferry_session_choose_obvious_card (fixture->session);
  fake_helper_serve (fixture->helper, fixture->session);

  fixture->page = g_object_new (FERRY_TYPE_APPLY_PAGE, "session", fixture->session, NULL);
  fixture->window = gtk_window_new ();
  gtk_window_set_default_size (GTK_WINDOW (fixture->window), 700, 700);
  gtk_window_set_child (GTK_WINDOW (fixture->window), GTK_WIDGET (fixture->page));
  gtk_window_present (GTK_WINDOW (fixture->window));
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
has_plan (gpointer errand)
{
  return ferry_errand_get_proposal (errand) != NULL;
}

static gboolean
is_free (gpointer page)
{
  return !ferry_page_get_busy (page);
}

static gboolean
was_asked_to_apply (gpointer helper)
{
  return fake_helper_was_asked (helper, "Apply ");
}

static gboolean
is_scanned (gpointer session)
{
  return !ferry_session_get_scanning (session);
}

/* As the page Review does it. */
static void
agree (Fixture *fixture)
{
  ferry_errand_propose (fixture->errand);
  stage_wait (has_plan, fixture->errand);
  ferry_errand_agree (fixture->errand);
}

static void
apply (Fixture *fixture)
{
  agree (fixture);
  ferry_page_shown (fixture->page);
  stage_wait (was_asked_to_apply, fixture->helper);
}

static void
wait_for_end (Fixture *fixture)
{
  stage_wait (is_free, fixture->page);
  stage_wait (is_scanned, fixture->session);
}

static gboolean
shows (Fixture *fixture, const char *part)
{
  return stage_shows (GTK_WIDGET (fixture->page), part);
}

/* Turning to the page is not a yes. */
static void
test_no_agreement (Fixture *fixture, gconstpointer data)
{
  ferry_page_shown (fixture->page);
  g_assert_true (shows (fixture, "Look at the plan first"));
  ferry_errand_propose (fixture->errand);
  stage_wait (has_plan, fixture->errand);
  ferry_page_shown (fixture->page);
  g_assert_true (shows (fixture, "Ready to change"));
  g_assert_false (ferry_page_get_complete (fixture->page));
  g_assert_false (was_asked_to_apply (fixture->helper));
  stage_take_picture (fixture->window, "apply-ready");
}

/* A yes to one plan is not a yes to another. */
static void
test_stale_agreement (Fixture *fixture, gconstpointer data)
{
  agree (fixture);
  g_object_set (ferry_errand_get_wish (fixture->errand), "join-group", TRUE, NULL);
  ferry_errand_propose (fixture->errand);
  stage_wait (has_plan, fixture->errand);
  ferry_page_shown (fixture->page);
  g_assert_true (shows (fixture, "Ready to change"));
  stage_settle ();
  g_assert_false (was_asked_to_apply (fixture->helper));
}

static void
test_done (Fixture *fixture, gconstpointer data)
{
  apply (fixture);
  wait_for_end (fixture);
  g_assert_true (shows (fixture, "It is done"));
  g_assert_true (shows (fixture, "Everything was changed as planned."));
  g_assert_true (ferry_page_get_complete (fixture->page));
  stage_take_picture (fixture->window, "apply-done");

  /* Coming back later neither starts it again nor forgets how it ended. */
  g_string_truncate (fixture->helper->asked, 0);
  ferry_page_shown (fixture->page);
  g_assert_true (shows (fixture, "It is done"));
  stage_settle ();
  g_assert_false (was_asked_to_apply (fixture->helper));
}

static guint
count_rows_that_say (GtkWidget *root, const char *word)
{
  guint count = FERRY_IS_PART_ROW (root) && stage_shows (root, word) ? 1 : 0;

  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    count += count_rows_that_say (child, word);
  return count;
}

static const char *
title_of_step (Fixture *fixture, guint i)
{
  GPtrArray *changes = ferry_errand_get_proposal (fixture->errand)->plan->changes;

  return ((FerryChange *)g_ptr_array_index (changes, i))->title;
}

static gboolean
is_at_third (gpointer page)
{
  return stage_shows (page, "Step 3 of 9");
}

static gboolean
is_rolling_back (gpointer page)
{
  return stage_shows (page, "Putting everything back…");
}

static void
test_progress (Fixture *fixture, gconstpointer data)
{
  GtkWidget *root = GTK_WIDGET (fixture->page);
  guint n_steps;

  fixture->helper->apply_error = FAKE_HELPER_WAIT;
  apply (fixture);
  n_steps = ferry_errand_get_proposal (fixture->errand)->plan->changes->len;
  g_assert_cmpuint (n_steps, ==, 9);
  g_assert_true (ferry_page_get_busy (fixture->page));
  g_assert_true (ferry_errand_is_running (fixture->errand));
  g_assert_true (shows (fixture, "password"));
  g_assert_cmpuint (stage_count_type (root, FERRY_TYPE_PART_ROW), ==, n_steps);
  stage_take_picture (fixture->window, "apply-password");

  fake_helper_tell (fixture->helper, "writing", 3, 9, title_of_step (fixture, 2));
  stage_wait (is_at_third, fixture->page);
  g_assert_cmpuint (count_rows_that_say (root, "done"), ==, 2);
  g_assert_cmpuint (count_rows_that_say (root, "working…"), ==, 1);
  g_assert_true (
      gtk_widget_get_sensitive (stage_find_button (root, "Stop and Put Everything Back")));
  stage_take_picture (fixture->window, "apply-running");

  fake_helper_tell (fixture->helper, "rolling-back", 3, 9, "");
  stage_wait (is_rolling_back, fixture->page);
  g_assert_false (
      gtk_widget_get_sensitive (stage_find_button (root, "Stop and Put Everything Back")));
  fake_helper_finish (fixture->helper, "Failed");
  wait_for_end (fixture);
  g_assert_false (ferry_errand_is_running (fixture->errand));
}

static gboolean
was_asked_to_cancel (gpointer helper)
{
  return fake_helper_was_asked (helper, "Cancel ");
}

static void
test_cancel (Fixture *fixture, gconstpointer data)
{
  fixture->helper->apply_error = FAKE_HELPER_WAIT;
  apply (fixture);
  g_signal_emit_by_name (
      stage_find_button (GTK_WIDGET (fixture->page), "Stop and Put Everything Back"), "clicked");
  stage_wait (was_asked_to_cancel, fixture->helper);
  g_assert_true (shows (fixture, "Stopping…"));
  g_assert_true (ferry_page_get_busy (fixture->page));

  fake_helper_finish (fixture->helper, "Cancelled");
  wait_for_end (fixture);
  g_assert_true (shows (fixture, "Stopped"));
  g_assert_true (shows (fixture, "Every setting and start file is as it was before."));
  g_assert_false (ferry_page_get_complete (fixture->page));
}

/* Who closes the password window is not told off. */
static void
test_dismissed (Fixture *fixture, gconstpointer data)
{
  fixture->helper->apply_error = "AuthDismissed";
  apply (fixture);
  wait_for_end (fixture);
  g_assert_true (shows (fixture, "Ready to change"));
  g_assert_null (stage_find_dialog ());
  g_assert_false (ferry_page_get_complete (fixture->page));

  /* The plan still holds: one more press is enough. */
  fixture->helper->apply_error = NULL;
  g_string_truncate (fixture->helper->asked, 0);
  g_signal_emit_by_name (stage_find_button (GTK_WIDGET (fixture->page), "Change Now…"), "clicked");
  stage_wait (was_asked_to_apply, fixture->helper);
  wait_for_end (fixture);
  g_assert_true (shows (fixture, "It is done"));
}

static void
test_plan_changed (Fixture *fixture, gconstpointer data)
{
  fixture->helper->apply_error = "PlanChanged";
  apply (fixture);
  wait_for_end (fixture);
  g_assert_nonnull (ferry_errand_get_notice (fixture->errand));
  g_assert_null (ferry_errand_get_proposal (fixture->errand));
  g_assert_true (shows (fixture, "Look at the plan first"));
}

static const struct
{
  const char *error, *title, *state;
  gboolean again, complete;
} ends[] = {
  { "NotAuthorized", "You are not allowed", "Nothing was changed.", TRUE, FALSE },
  { "AuthUnavailable", "Nobody could ask you", "Nothing was changed.", TRUE, FALSE },
  { "Busy", "Another change is under way", "Nothing was changed.", TRUE, FALSE },
  { "InvalidIntent", "do not understand each other", "Nothing was changed.", FALSE, FALSE },
  { "Refused", "cannot be done on this computer now", "Nothing was changed.", FALSE, FALSE },
  { "NothingToDo", "Nothing is left to change", "Nothing was changed.", FALSE, TRUE },
  { "NotFound", "not in the list any more", "Nothing was changed.", FALSE, FALSE },
  { "Changed", "edited by somebody else", "Every setting and start file is as it was before.", TRUE, FALSE },
  { "Failed", "One step did not work", "Every setting and start file is as it was before.", TRUE, FALSE },
  { "RollbackFailed", "do not restart", "between the old state and the new one", FALSE, FALSE },
  { FAKE_HELPER_VANISH, "does not answer any more", "may be half done", FALSE, FALSE },
};

static void
test_end (Fixture *fixture, gconstpointer data)
{
  const guint i = GPOINTER_TO_UINT (data);
  g_autofree char *picture = g_strconcat ("apply-", ends[i].error, NULL);
  GtkWidget *root = GTK_WIDGET (fixture->page);

  fixture->helper->apply_error = ends[i].error;
  apply (fixture);
  wait_for_end (fixture);
  g_assert_true (shows (fixture, ends[i].title));
  g_assert_true (shows (fixture, ends[i].state));
  g_assert_true (ferry_page_get_complete (fixture->page) == ends[i].complete);
  g_assert_true (gtk_widget_get_visible (stage_find_button (root, "Try Again")) == ends[i].again);
  stage_take_picture (fixture->window, picture);
}

/* No helper on the bus: how to get it, and what to type instead. */
static void
test_not_installed (Fixture *fixture, gconstpointer data)
{
  g_clear_handle_id (&fixture->helper->name, g_bus_unown_name);
  agree (fixture);
  g_assert_false (ferry_errand_get_proposal (fixture->errand)->by_helper);
  ferry_page_shown (fixture->page);
  wait_for_end (fixture);
  g_assert_true (shows (fixture, "A part of Ferry is not installed"));
  g_assert_true (shows (fixture, "sudo ferryctl apply --card " CARD));
  stage_take_picture (fixture->window, "apply-not-installed");
}

static void
test_only_looked_at (Fixture *fixture, gconstpointer data)
{
  ferry_errand_set_helper (fixture->errand, NULL);
  agree (fixture);
  ferry_page_shown (fixture->page);
  g_assert_true (shows (fixture, "Here the computer would be changed"));
  g_assert_true (ferry_page_get_complete (fixture->page));
  stage_settle ();
  g_assert_cmpstr (fixture->helper->asked->str, ==, "");
}

/* The window is closed while the computer is changed: nothing breaks when the answer comes. */
static void
test_closed_meanwhile (Fixture *fixture, gconstpointer data)
{
  fixture->helper->apply_error = FAKE_HELPER_WAIT;
  apply (fixture);
  gtk_window_set_child (GTK_WINDOW (fixture->window), NULL);
  stage_settle ();
  fake_helper_finish (fixture->helper, NULL);
  stage_settle ();
}

#define ADD(name, function)                                                                        \
  g_test_add ("/apply-page/" name, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char *argv[])
{
  stage_init (&argc, &argv);
  ADD ("no-agreement", test_no_agreement);
  ADD ("stale-agreement", test_stale_agreement);
  ADD ("done", test_done);
  ADD ("progress", test_progress);
  ADD ("cancel", test_cancel);
  ADD ("dismissed", test_dismissed);
  ADD ("plan-changed", test_plan_changed);
  for (guint i = 0; i < G_N_ELEMENTS (ends); i++)
    {
      g_autofree char *name = g_strconcat ("/apply-page/end/", ends[i].error, NULL);
      g_test_add (name, Fixture, GUINT_TO_POINTER (i), set_up, test_end, tear_down);
    }
  ADD ("not-installed", test_not_installed);
  ADD ("only-looked-at", test_only_looked_at);
  ADD ("closed-meanwhile", test_closed_meanwhile);
  return g_test_run ();
}
