/* Tests of the check page: it shows the whole report, and its rows can be opened. */
#include "config.h"

#include "check-page.h"
#include "check-row.h"
#include "part-row.h"
#include "stage.h"

typedef struct
{
  FerryTree *tree;
  FerrySession *session;
  GtkWidget *window;
  FerryPage *page;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->tree = stage_make_computer ();
  fixture->session = stage_open (fixture->tree);
  fixture->page = g_object_new (FERRY_TYPE_CHECK_PAGE, "session", fixture->session, NULL);
  fixture->window = gtk_window_new ();
  gtk_window_set_child (GTK_WINDOW (fixture->window), GTK_WIDGET (fixture->page));
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

static gboolean
shows_parts (Fixture *fixture)
{
  GtkWidget *row = stage_find_type (GTK_WIDGET (fixture->page), FERRY_TYPE_PART_ROW);

  return gtk_widget_get_mapped (row);
}

static void
test_reading (Fixture *fixture, gconstpointer data)
{
  stage_settle ();
  g_assert_false (ferry_page_get_complete (fixture->page));
  g_assert_false (ferry_page_get_skippable (fixture->page));
  g_assert_true (shows_parts (fixture));
  g_assert_cmpuint (stage_count_type (GTK_WIDGET (fixture->page), FERRY_TYPE_CHECK_ROW), ==, 0);
  g_assert_false (gtk_widget_get_sensitive (
      stage_find_button (GTK_WIDGET (fixture->page), "Copy Report")));

  stage_scan (fixture->session);
  g_assert_false (shows_parts (fixture));
  g_assert_true (ferry_page_get_skippable (fixture->page));
}

/* What the list of cards tells: which of them can go, and, when all is well, how many there are. */
static guint
count_told_by_cards (const FerryReport *report)
{
  const FerryCheck *cards = ferry_report_find (report, "graphics-cards");

  return (ferry_report_find (report, "card-to-give") != NULL)
         + (cards != NULL && cards->verdict == FERRY_CHECK_PASS);
}

/* Every check and every card has one row, whatever its verdict, after each scan. */
static void
test_complete_report (Fixture *fixture, gconstpointer data)
{
  for (int i = 0; i < 2; i++)
    {
      const FerryReport *report;

      stage_scan (fixture->session);
      report = ferry_session_get_report (fixture->session);
      g_assert_cmpuint (report->checks->len, >, 5);
      g_assert_cmpuint (stage_count_type (GTK_WIDGET (fixture->page), FERRY_TYPE_CHECK_ROW), ==,
                        report->checks->len + report->verdicts->len - count_told_by_cards (report));
      g_assert_cmpint (ferry_page_get_complete (fixture->page), ==,
                       report->overall != FERRY_OVERALL_IMPOSSIBLE);
    }
}

static void
test_problem (Fixture *fixture, gconstpointer data)
{
  ferry_session_open_recording (fixture->session, "/nonexistent.machine");
  while (ferry_session_get_scanning (fixture->session))
    g_main_context_iteration (NULL, TRUE);
  stage_settle ();
  g_assert_nonnull (ferry_session_get_problem (fixture->session));
  g_assert_false (ferry_page_get_complete (fixture->page));
  g_assert_false (ferry_page_get_skippable (fixture->page));
  g_assert_false (shows_parts (fixture));
}

static void
text_read (GObject *source, GAsyncResult *result, gpointer user_data)
{
  *(char **) user_data = gdk_clipboard_read_text_finish (GDK_CLIPBOARD (source), result, NULL);
}

static gboolean
is_set (gpointer pointer)
{
  return *(gpointer *) pointer != NULL;
}

static void
test_copy (Fixture *fixture, gconstpointer data)
{
  g_autofree char *text = NULL;
  const FerryReport *report;

  stage_scan (fixture->session);
  report = ferry_session_get_report (fixture->session);
  g_signal_emit_by_name (stage_find_button (GTK_WIDGET (fixture->page), "Copy Report"), "clicked");
  gdk_clipboard_read_text_async (gtk_widget_get_clipboard (fixture->window), NULL, text_read,
                                 &text);
  stage_wait (is_set, &text);
  g_assert_nonnull (strstr (text, ((const FerryCheck *) report->checks->pdata[0])->title));
}

/* By name and by its own button, as assistive technology does it. */
static void
test_open_row (void)
{
  const FerryCheck check = { .id = "iommu",
                             .verdict = FERRY_CHECK_FAIL,
                             .title = (char *) "It is off",
                             .why = (char *) "Because",
                             .action = (char *) "Switch it on",
                             .details = (char *) "" };
  GtkWidget *list = g_object_ref_sink (gtk_list_box_new ());
  GtkWidget *row = ferry_check_row_new (&check);
  GtkWidget *opener;

  gtk_list_box_append (GTK_LIST_BOX (list), row);
  opener = stage_find_type (row, GTK_TYPE_BUTTON);
  gtk_test_accessible_assert_role (opener, GTK_ACCESSIBLE_ROLE_BUTTON);
  gtk_test_accessible_assert_property (opener, GTK_ACCESSIBLE_PROPERTY_LABEL, "To do: It is off");
  gtk_test_accessible_assert_state (opener, GTK_ACCESSIBLE_STATE_EXPANDED, FALSE);

  g_signal_emit_by_name (opener, "clicked");
  g_assert_true (ferry_check_row_get_open (FERRY_CHECK_ROW (row)));
  gtk_test_accessible_assert_state (opener, GTK_ACCESSIBLE_STATE_EXPANDED, TRUE);
  g_signal_emit_by_name (opener, "clicked");
  g_assert_false (ferry_check_row_get_open (FERRY_CHECK_ROW (row)));
  g_object_unref (list);
}

int
main (int argc, char *argv[])
{
  stage_init (&argc, &argv);
  g_test_add ("/check-page/reading", Fixture, NULL, set_up, test_reading, tear_down);
  g_test_add ("/check-page/complete-report", Fixture, NULL, set_up, test_complete_report,
              tear_down);
  g_test_add ("/check-page/problem", Fixture, NULL, set_up, test_problem, tear_down);
  g_test_add ("/check-page/copy", Fixture, NULL, set_up, test_copy, tear_down);
  g_test_add_func ("/check-page/open-row", test_open_row);
  return g_test_run ();
}
