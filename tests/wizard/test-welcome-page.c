/* Tests of the welcome page: one can go on at once, and the way to a recorded computer is there. */
#include "config.h"

#include "stage.h"
#include "welcome-page.h"
#include "window.h"

static void
test_complete (void)
{
  g_autoptr (FerryTree) tree = stage_make_computer ();
  g_autoptr (FerrySession) session = stage_open (tree);
  GtkWidget *page = g_object_ref_sink (
      g_object_new (FERRY_TYPE_WELCOME_PAGE, "session", session, "title", "Welcome", NULL));

  g_assert_true (ferry_page_get_complete (FERRY_PAGE (page)));
  g_assert_false (ferry_page_get_busy (FERRY_PAGE (page)));
  g_assert_cmpstr (ferry_page_get_title (FERRY_PAGE (page)), ==, "Welcome");
  g_object_unref (page);
}

/* Reading starts by itself once the window was drawn, never before. */
static gboolean
has_report (gpointer session)
{
  return ferry_session_get_report (session) != NULL;
}

static void
test_reads_by_itself (void)
{
  g_autoptr (FerryTree) tree = stage_make_computer ();
  FerrySession *session = stage_open (tree);
  FerryWindow *window = ferry_window_new (NULL, session, 0);
  GtkWidget *explore;

  g_assert_false (ferry_session_get_scanning (session));
  gtk_window_present (GTK_WINDOW (window));
  g_assert_false (ferry_session_get_scanning (session));
  stage_wait (has_report, session);

  explore = stage_find_button (GTK_WIDGET (window), "Explore a Recorded Computer…");
  g_assert_nonnull (explore);
  g_assert_true (gtk_widget_get_sensitive (explore));
  g_assert_cmpstr (gtk_actionable_get_action_name (GTK_ACTIONABLE (explore)), ==,
                   "win.open-recording");
  gtk_window_destroy (GTK_WINDOW (window));
  stage_settle ();
  stage_drop (session);
}

int
main (int argc, char *argv[])
{
  stage_init (&argc, &argv);
  g_test_add_func ("/welcome-page/complete", test_complete);
  g_test_add_func ("/welcome-page/reads-by-itself", test_reads_by_itself);
  return g_test_run ();
}
