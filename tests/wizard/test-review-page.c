/* Tests of the review: what it shows of a plan, when one may go on, and what a yes is. */
#include "config.h"

#include <string.h>

#include "diff-view.h"
#include "errand.h"
#include "fake-helper.h"
#include "fold-row.h"
#include "rescue-card.h"
#include "review-page.h"
#include "stage.h"

typedef struct
{
  FakeHelper *helper;
  FerryTree *tree;
  FerrySession *session;
  FerryErrand *errand;
  GtkWidget *window;
  FerryPage *page;
} Fixture;

static void
show_page (Fixture *fixture)
{
  fixture->errand = ferry_session_get_errand (fixture->session);
  fixture->page = g_object_new (FERRY_TYPE_REVIEW_PAGE, "session", fixture->session, NULL);
  fixture->window = gtk_window_new ();
  gtk_window_set_default_size (GTK_WINDOW (fixture->window), 700, 1400);
  gtk_window_set_child (GTK_WINDOW (fixture->window), GTK_WIDGET (fixture->page));
  gtk_window_present (GTK_WINDOW (fixture->window));
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->session = stage_open_machine ("maximus-vii-ranger-after.machine");
  stage_scan (fixture->session);
  show_page (fixture);
}

static void
set_up_with_helper (Fixture *fixture, gconstpointer data)
{
  fixture->helper = fake_helper_new ();
  set_up (fixture, data);
  fake_helper_serve (fixture->helper, fixture->session);
}

/* Its only card shows the screen, and nobody knows how it starts. */
static void
set_up_refused (Fixture *fixture, gconstpointer data)
{
  fixture->tree = stage_make_computer ();
  fixture->session = stage_open (fixture->tree);
  stage_scan (fixture->session);
  show_page (fixture);
  ferry_session_choose_card (
      fixture->session,
      g_ptr_array_index (ferry_session_get_machine (fixture->session)->cards, 0));
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  gtk_window_destroy (GTK_WINDOW (fixture->window));
  stage_settle ();
  stage_drop (fixture->session);
  g_clear_pointer (&fixture->tree, ferry_tree_free);
  g_clear_pointer (&fixture->helper, fake_helper_free);
}

static gboolean
has_plan (gpointer errand)
{
  return ferry_errand_get_proposal (errand) != NULL && !ferry_errand_get_proposing (errand);
}

static void
look (Fixture *fixture)
{
  ferry_page_shown (fixture->page);
  stage_wait (has_plan, fixture->errand);
}

static gboolean
shows (Fixture *fixture, const char *part)
{
  return stage_shows (GTK_WIDGET (fixture->page), part);
}

static void
test_changes (Fixture *fixture, gconstpointer data)
{
  const FerryPlan *plan;

  look (fixture);
  plan = ferry_errand_get_proposal (fixture->errand)->plan;
  g_assert_cmpuint (plan->changes->len, ==, 9);
  for (guint i = 0; i < plan->changes->len; i++)
    g_assert_nonnull (stage_find_button (
        GTK_WIDGET (fixture->page), ((FerryChange *) g_ptr_array_index (plan->changes, i))->title));
  g_assert_true (shows (fixture, "None of them is removed or blocked."));
  g_assert_true (ferry_page_get_complete (fixture->page));
  g_assert_true (shows (fixture, "If the screen stays black after the restart"));

  /* A computer that is only looked at: one goes on without a yes. */
  g_assert_null (ferry_page_get_forward_label (fixture->page));
  g_assert_true (shows (fixture, "only looked at"));
}

static FerryFoldRow *
find_fold (GtkWidget *root, const char *title)
{
  return FERRY_FOLD_ROW (
      gtk_widget_get_ancestor (stage_find_button (root, title), FERRY_TYPE_FOLD_ROW));
}

/* Signs stay, so that colour is not the only word; what is added can be read and copied. */
static void
test_diff (Fixture *fixture, gconstpointer data)
{
  FerryFoldRow *row;
  GtkWidget *view;
  GtkTextBuffer *buffer;
  GtkTextIter start, end;
  g_autofree char *text = NULL;

  look (fixture);
  row = find_fold (GTK_WIDGET (fixture->page), "Load the driver for virtual machines early");
  g_assert_false (ferry_fold_row_get_open (row));
  g_signal_emit_by_name (stage_find_type (GTK_WIDGET (row), GTK_TYPE_BUTTON), "clicked");
  g_assert_true (ferry_fold_row_get_open (row));

  view = stage_find_type (GTK_WIDGET (row), GTK_TYPE_TEXT_VIEW);
  g_assert_nonnull (view);
  g_assert_false (gtk_text_view_get_editable (GTK_TEXT_VIEW (view)));
  buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (view));
  gtk_text_buffer_get_bounds (buffer, &start, &end);
  text = gtk_text_buffer_get_text (buffer, &start, &end, FALSE);
  g_assert_nonnull (strstr (text, "-MODULES=()\n"));
  g_assert_nonnull (strstr (text, "+MODULES=(vfio_pci vfio vfio_iommu_type1)\n"));
  stage_take_picture (fixture->window, "review-open");
}

static guint
count_tagged (GtkTextBuffer *buffer, const char *name)
{
  GtkTextTag *tag = gtk_text_tag_table_lookup (gtk_text_buffer_get_tag_table (buffer), name);
  guint count = 0;

  for (int i = 0; i < gtk_text_buffer_get_line_count (buffer); i++)
    {
      GtkTextIter iter;

      gtk_text_buffer_get_iter_at_line (buffer, &iter, i);
      count += gtk_text_iter_has_tag (&iter, tag);
    }
  return count;
}

static void
test_diff_lines (void)
{
  const char *const diff
      = "--- /etc/x\n+++ /etc/x\n@@ -11,3 +12,4 @@\n same\n-old \xff\n+new\n+more\n"
        "\\ No newline at end of file\n";
  GtkWidget *view = g_object_ref_sink (ferry_diff_view_new (diff, "x"));
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (view));
  GtkTextIter start, end;
  g_autofree char *text = NULL;

  gtk_text_buffer_get_bounds (buffer, &start, &end);
  text = gtk_text_buffer_get_text (buffer, &start, &end, FALSE);
  g_assert_cmpstr (text, ==,
                   "From line 12 on:\n same\n-old \xef\xbf\xbd\n+new\n+more\n"
                   "\\ No newline at end of file");
  g_assert_cmpuint (count_tagged (buffer, "added"), ==, 2);
  g_assert_cmpuint (count_tagged (buffer, "removed"), ==, 1);
  g_assert_finalize_object (view);
}

/* A huge difference is cut, and says so. */
static void
test_diff_huge (void)
{
  g_autoptr (GString) diff = g_string_new (NULL);
  GtkWidget *view;
  GtkTextBuffer *buffer;

  for (int i = 0; i < 100000; i++)
    g_string_append (diff, "+x\n");
  view = g_object_ref_sink (ferry_diff_view_new (diff->str, "x"));
  buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (view));
  g_assert_cmpint (gtk_text_buffer_get_line_count (buffer), ==, 2001);
  g_assert_finalize_object (view);
}

static void
test_refused (Fixture *fixture, gconstpointer data)
{
  look (fixture);
  g_assert_cmpuint (ferry_errand_get_proposal (fixture->errand)->plan->refusals->len, >, 0);
  g_assert_true (shows (fixture, "This cannot be done yet"));
  g_assert_false (shows (fixture, "What stays as it is"));
  g_assert_false (shows (fixture, "If the screen stays black"));
  g_assert_false (ferry_page_get_complete (fixture->page));
  stage_take_picture (fixture->window, "review-refused");
}

/* With the helper it is the helper's plan, and going on is a yes to it. */
static void
test_by_helper (Fixture *fixture, gconstpointer data)
{
  look (fixture);
  g_assert_true (ferry_errand_get_proposal (fixture->errand)->by_helper);
  g_assert_true (fake_helper_was_asked (fixture->helper, "Preview "));
  g_assert_true (shows (fixture, "has made this plan itself"));
  g_assert_cmpstr (ferry_page_get_forward_label (fixture->page), ==, "_Change Now…");
  g_assert_false (ferry_errand_take_agreement (fixture->errand));
  ferry_page_agreed (fixture->page);
  g_assert_true (ferry_errand_take_agreement (fixture->errand));
  g_assert_false (ferry_errand_take_agreement (fixture->errand));
}

static void
test_helper_fails (Fixture *fixture, gconstpointer data)
{
  fixture->helper->preview_error = "Failed";
  look (fixture);
  g_assert_false (ferry_errand_get_proposal (fixture->errand)->by_helper);
  g_assert_true (shows (fixture, "could not be asked"));
  g_assert_true (ferry_page_get_complete (fixture->page));
}

/* Another wish, another plan; the one that is shown is always that of the present wish. */
static void
test_made_anew (Fixture *fixture, gconstpointer data)
{
  g_autofree char *digest = NULL;

  look (fixture);
  digest = g_strdup (ferry_errand_get_proposal (fixture->errand)->plan->digest);
  g_object_set (ferry_errand_get_wish (fixture->errand), "install", FALSE, NULL);
  stage_wait (has_plan, fixture->errand);
  g_assert_cmpstr (ferry_errand_get_proposal (fixture->errand)->plan->digest, !=, digest);
  g_assert_null (
      stage_find_button (GTK_WIDGET (fixture->page), "Install the software for virtual machines"));

  /* Read again, it is planned again. */
  stage_scan (fixture->session);
  stage_wait (has_plan, fixture->errand);
}

static void
test_notice (Fixture *fixture, gconstpointer data)
{
  look (fixture);
  ferry_errand_forget_plan (fixture->errand, "Something is different.");
  stage_scan (fixture->session);
  stage_wait (has_plan, fixture->errand);
  g_assert_true (shows (fixture, "Something is different."));
}

int
main (int argc, char *argv[])
{
  stage_init (&argc, &argv);
#define ADD(name, function, start)                                                                 \
  g_test_add ("/review-page/" name, Fixture, NULL, start, function, tear_down)
  ADD ("changes", test_changes, set_up);
  ADD ("diff", test_diff, set_up);
  g_test_add_func ("/review-page/diff-lines", test_diff_lines);
  g_test_add_func ("/review-page/diff-huge", test_diff_huge);
  ADD ("refused", test_refused, set_up_refused);
  ADD ("by-helper", test_by_helper, set_up_with_helper);
  ADD ("helper-fails", test_helper_fails, set_up_with_helper);
  ADD ("made-anew", test_made_anew, set_up);
  ADD ("notice", test_notice, set_up);
  return g_test_run ();
}
