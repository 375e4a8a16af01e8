/* Tests of the page after the restart: what it says, the buttons that mend something, the report,
 * and on which page the window opens. */
#include "config.h"

#include <string.h>
#include <glib/gstdio.h>

#include "check-row.h"
#include "errand.h"
#include "fake-helper.h"
#include "route.h"
#include "stage.h"
#include "verify-page.h"
#include "window.h"

#define AFTER "maximus-vii-ranger-after.machine"
#define BOUND "maximus-vii-ranger-bound.machine"
#define CARD "0000:01:00.0"
#define GOOD "'edited': <@as []>, 'pending': <@as []>, 'menu': <'yes'>"
#define LOG "'log': <[('dmar-running', '', uint32 1), ('cannot-reserve', '0000:01:00.0', 2)]>"

typedef struct
{
  FakeHelper *helper;
  FerrySession *session;
  FerryWindow *window;
  FerryPage *page;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer machine)
{
  fixture->helper = fake_helper_new ();
  fixture->session = stage_open_machine (machine);
  stage_scan (fixture->session);
}

static void
tear_down (Fixture *fixture, gconstpointer machine)
{
  gtk_window_destroy (GTK_WINDOW (fixture->window));
  stage_settle ();
  stage_drop (fixture->session);
  fake_helper_free (fixture->helper);
}

static void
open_window (Fixture *fixture, const char *page)
{
  guint position = 0;

  ferry_route_find (page, &position);
  fixture->window = stage_open_window (fixture->session, position, 900, 1100);
  fixture->page = ferry_assistant_get_page (ferry_window_get_assistant (fixture->window));
}

/* There is one change in force, made at @changed, for the card; @facts as text of an a{sv}. */
static void
serve (Fixture *fixture, gint64 changed, const char *facts)
{
  const char *const cards[] = { CARD, NULL };
  GVariantBuilder intent;

  g_variant_builder_init (&intent, G_VARIANT_TYPE_VARDICT);
  g_variant_builder_add (&intent, "{sv}", "cards", g_variant_new_strv (cards, -1));
  g_variant_builder_add (&intent, "{sv}", "show-menu", g_variant_new_boolean (FALSE));
  fixture->helper->intent = g_variant_ref_sink (g_variant_builder_end (&intent));
  fixture->helper->facts = facts;
  fixture->helper->n_in_force = 1;
  fixture->helper->changed = changed;
  fake_helper_serve (fixture->helper, fixture->session);
}

static gboolean
has_history (gpointer session)
{
  return ferry_errand_get_history (ferry_session_get_errand (session)) != NULL
         && !ferry_session_get_scanning (session);
}

static void
open_page (Fixture *fixture)
{
  open_window (fixture, "verify");
  stage_wait (has_history, fixture->session);
  stage_settle ();
}

static gboolean
shows (Fixture *fixture, const char *part)
{
  return stage_shows (GTK_WIDGET (fixture->page), part);
}

static GtkWidget *
find_button (Fixture *fixture, const char *text)
{
  return stage_find_button (GTK_WIDGET (fixture->page), text);
}

/* A recorded computer has no helper: what would change it is not offered. */
static void
test_only_looked_at (Fixture *fixture, gconstpointer machine)
{
  open_window (fixture, "verify");
  g_assert_true (shows (fixture, "A card is free"));
  g_assert_true (shows (fixture, "GeForce GTX 970 (NVIDIA) is free for a virtual machine"));
  g_assert_true (shows (fixture, "Good to Know"));
  g_assert_true (ferry_page_get_complete (fixture->page));
  g_assert_null (find_button (fixture, "Undo…"));
  g_assert_null (find_button (fixture, "Restart…"));
}

static void
test_worked (Fixture *fixture, gconstpointer machine)
{
  serve (fixture, 1, "{" GOOD "}");
  open_page (fixture);
  g_assert_true (shows (fixture, "It worked"));
  g_assert_true (shows (fixture, "The settings are as Ferry left them"));
  g_assert_false (shows (fixture, "Needs Attention"));
  g_assert_true (ferry_page_get_complete (fixture->page));
  stage_take_picture (GTK_WIDGET (fixture->window), "verify-worked");
}

static void
test_missing (Fixture *fixture, gconstpointer machine)
{
  FerryCheckRow *row;
  GtkWidget *button;

  serve (fixture, 1, "{" GOOD ", " LOG "}");
  open_page (fixture);
  g_assert_true (shows (fixture, "Something is missing"));
  g_assert_true (shows (fixture, "Needs Attention"));
  g_assert_false (ferry_page_get_complete (fixture->page));
  g_assert_true (ferry_page_get_skippable (fixture->page));
  row = FERRY_CHECK_ROW (stage_find_type (GTK_WIDGET (fixture->page), FERRY_TYPE_CHECK_ROW));
  g_assert_true (ferry_check_row_get_open (row));
  g_assert_true (shows (fixture, "another entry of the menu"));
  stage_take_picture (GTK_WIDGET (fixture->window), "verify-missing");

  button = find_button (fixture, "Restart…");
  g_assert_nonnull (button);
  g_signal_emit_by_name (button, "clicked");
  stage_settle ();
  fixture->page = ferry_assistant_get_page (ferry_window_get_assistant (fixture->window));
  g_assert_cmpstr (G_OBJECT_TYPE_NAME (fixture->page), ==, "FerryRestartPage");
}

/* "Make the Change Again" leads to the plan for the same card with the same options. */
static void
test_again (Fixture *fixture, gconstpointer machine)
{
  const char *facts = "{'edited': <['etc/modprobe.d/ferry.conf']>, 'pending': "
                      "<['etc/modprobe.d/ferry.conf', 'initramfs']>, 'menu': <'yes'>}";
  gboolean show_menu = TRUE;

  serve (fixture, 1, facts);
  open_page (fixture);
  g_assert_true (shows (fixture, "Something is different now"));
  fixture->helper->machine = ferry_session_get_machine (fixture->session);
  g_signal_emit_by_name (find_button (fixture, "Make the Change Again…"), "clicked");
  stage_settle ();
  fixture->page = ferry_assistant_get_page (ferry_window_get_assistant (fixture->window));
  g_assert_cmpstr (G_OBJECT_TYPE_NAME (fixture->page), ==, "FerryReviewPage");
  g_assert_cmpstr (ferry_session_get_card (fixture->session)->primary->id, ==, CARD);
  g_object_get (ferry_errand_get_wish (ferry_session_get_errand (fixture->session)), "show-menu",
                &show_menu, NULL);
  g_assert_false (show_menu);
}

static gboolean
changes_are_open (gpointer user_data)
{
  g_autoptr (GList) windows = gtk_window_list_toplevels ();

  for (GList *item = windows; item != NULL; item = item->next)
    if (g_str_equal (G_OBJECT_TYPE_NAME (item->data), "FerryChangesWindow"))
      return TRUE;
  return FALSE;
}

static void
close_changes (void)
{
  g_autoptr (GList) windows = gtk_window_list_toplevels ();

  for (GList *item = windows; item != NULL; item = item->next)
    if (g_str_equal (G_OBJECT_TYPE_NAME (item->data), "FerryChangesWindow"))
      gtk_window_destroy (GTK_WINDOW (item->data));
  stage_settle ();
}

static void
test_undo (Fixture *fixture, gconstpointer machine)
{
  serve (fixture, 1, "{'edited': <@as []>, 'pending': <@as []>, 'menu': <'no'>}");
  open_page (fixture);
  g_signal_emit_by_name (find_button (fixture, "Undo…"), "clicked");
  stage_wait (changes_are_open, NULL);
  close_changes ();
}

/* The helper said no: the look goes on without it. */
static void
test_nothing_told (Fixture *fixture, gconstpointer machine)
{
  fixture->helper->n_in_force = 1;
  fixture->helper->changed = 1;
  fake_helper_serve (fixture->helper, fixture->session);
  open_page (fixture);
  g_assert_true (shows (fixture, "It worked"));
}

static void
test_nothing_changed (Fixture *fixture, gconstpointer machine)
{
  fake_helper_serve (fixture->helper, fixture->session);
  open_page (fixture);
  g_assert_true (shows (fixture, "every graphics card belongs to your system"));
  g_assert_true (shows (fixture, "No change of Ferry is in force"));
  g_signal_emit_by_name (find_button (fixture, "Choose the Card…"), "clicked");
  stage_settle ();
  fixture->page = ferry_assistant_get_page (ferry_window_get_assistant (fixture->window));
  g_assert_cmpstr (G_OBJECT_TYPE_NAME (fixture->page), ==, "FerryDevicePage");
}

static void
test_waiting (Fixture *fixture, gconstpointer machine)
{
  serve (fixture, G_MAXINT64 / 2,
         "{" GOOD ", 'changed': <int64 5000000000>, 'started': <int64 1000>}");
  open_page (fixture);
  g_assert_true (shows (fixture, "Restart the computer first"));
  g_assert_nonnull (find_button (fixture, "Restart…"));
}

typedef struct
{
  char *text;
  gboolean done;
} Clip;

static void
clip_read (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Clip *clip = user_data;

  clip->text = gdk_clipboard_read_text_finish (GDK_CLIPBOARD (source), result, NULL);
  clip->done = TRUE;
}

static gboolean
is_done (gpointer clip)
{
  return ((Clip *) clip)->done;
}

static char *
read_clipboard (Fixture *fixture)
{
  Clip clip = { NULL, FALSE };

  gdk_clipboard_read_text_async (gtk_widget_get_clipboard (GTK_WIDGET (fixture->page)), NULL,
                                 clip_read, &clip);
  stage_wait (is_done, &clip);
  return clip.text;
}

static gboolean
has_report (gpointer user_data)
{
  g_autofree char *text = read_clipboard (user_data);

  return text != NULL && strstr (text, "MAXIMUS VII RANGER") != NULL;
}

static void
test_copies (Fixture *fixture, gconstpointer machine)
{
  g_autofree char *lines = NULL;
  g_autofree char *report = NULL;

  serve (fixture, 1, "{" GOOD ", " LOG "}");
  open_page (fixture);
  g_assert_true (shows (fixture, "Almost there"));
  g_assert_true (shows (fixture, "What the Kernel Says"));
  g_assert_true (shows (fixture, "The IOMMU of the Intel processor is at work"));
  g_signal_emit_by_name (find_button (fixture, "Copy These Lines"), "clicked");
  lines = read_clipboard (fixture);
  g_assert_cmpstr (lines, ==,
                   "DMAR: Intel(R) Virtualization Technology for Directed I/O\n"
                   "0000:01:00.0: BAR: can't reserve [mem …] (×2)\n");

  g_signal_emit_by_name (find_button (fixture, "Copy Report"), "clicked");
  stage_wait (has_report, fixture);
  report = read_clipboard (fixture);
  g_assert_nonnull (strstr (report, "can't reserve"));
  g_assert_nonnull (strstr (report, "IOMMU Group 1:"));
  g_assert_nonnull (strstr (report, "Manjaro"));
}

static gboolean
is_read (gpointer session)
{
  return !ferry_session_get_scanning (session);
}

/* The computer is read anew while the report is made: the button is not pressed in vain. The scan
 * is through in its thread, and its result waits for this thread, before the button is pressed. */
static void
test_copies_meanwhile (Fixture *fixture, gconstpointer machine)
{
  serve (fixture, 1, "{" GOOD "}");
  open_page (fixture);
  ferry_session_scan (fixture->session);
  g_usleep (2 * G_USEC_PER_SEC);
  g_signal_emit_by_name (find_button (fixture, "Copy Report"), "clicked");
  stage_wait (is_read, fixture->session);
  stage_wait (has_report, fixture);
}

/* What the helper told goes into the record, so that whoever opens it sees the same. */
static gboolean
is_saved (gpointer done)
{
  return *(gboolean *) done;
}

static void
saved (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (ferry_session_save_recording_finish (FERRY_SESSION (source), result, &error));
  g_assert_no_error (error);
  *(gboolean *) user_data = TRUE;
}

static void
test_record (Fixture *fixture, gconstpointer machine)
{
  g_autofree char *folder = g_dir_make_tmp ("ferry-verify-XXXXXX", NULL);
  g_autofree char *file = g_build_filename (folder, "x.machine", NULL);
  gboolean done = FALSE;

  serve (fixture, 1, "{" GOOD ", " LOG "}");
  open_page (fixture);
  ferry_session_save_recording_async (fixture->session, file, NULL, saved, &done);
  stage_wait (is_saved, &done);
  ferry_session_open_recording (fixture->session, file);
  stage_wait (has_history, fixture->session);
  stage_settle ();
  g_assert_true (shows (fixture, "The picture of the start still holds this card"));
  g_assert_true (shows (fixture, "A change of Ferry is in force"));
  g_assert_null (find_button (fixture, "Undo…"));
  g_remove (file);
  g_rmdir (folder);
}

static void
assert_opens_at (Fixture *fixture, const char *page)
{
  guint position = 0;

  open_window (fixture, "welcome");
  stage_wait (has_history, fixture->session);
  stage_settle ();
  g_assert_true (ferry_route_find (page, &position));
  g_assert_cmpuint (ferry_assistant_get_position (ferry_window_get_assistant (fixture->window)), ==,
                    position);
}

static void
test_opens_ready (Fixture *fixture, gconstpointer machine)
{
  serve (fixture, 1, "{" GOOD "}");
  assert_opens_at (fixture, "verify");
}

static void
test_opens_missing (Fixture *fixture, gconstpointer machine)
{
  const char *folder = ferry_root_get_folder (ferry_session_get_root (fixture->session));
  g_autofree char *stat = g_build_filename (folder, "proc", "stat", NULL);

  g_assert_true (g_file_set_contents (stat, "cpu 0\nbtime 2000\n", -1, NULL));
  serve (fixture, 1, "{" GOOD "}");
  assert_opens_at (fixture, "verify");
}

static void
test_opens_waiting (Fixture *fixture, gconstpointer machine)
{
  serve (fixture, G_MAXINT64 / 2, "{" GOOD "}");
  assert_opens_at (fixture, "restart");
}

static void
test_opens_new (Fixture *fixture, gconstpointer machine)
{
  fake_helper_serve (fixture->helper, fixture->session);
  assert_opens_at (fixture, "welcome");
}

int
main (int argc, char *argv[])
{
  stage_init (&argc, &argv);
#define ADD(name, machine, function)                                                               \
  g_test_add ("/verify-page/" name, Fixture, machine, set_up, function, tear_down)
  ADD ("only-looked-at", BOUND, test_only_looked_at);
  ADD ("worked", BOUND, test_worked);
  ADD ("missing", AFTER, test_missing);
  ADD ("again", BOUND, test_again);
  ADD ("undo", AFTER, test_undo);
  ADD ("nothing-told", BOUND, test_nothing_told);
  ADD ("nothing-changed", AFTER, test_nothing_changed);
  ADD ("waiting", AFTER, test_waiting);
  ADD ("copies", BOUND, test_copies);
  ADD ("copies-meanwhile", BOUND, test_copies_meanwhile);
  ADD ("record", BOUND, test_record);
  ADD ("opens/ready", BOUND, test_opens_ready);
  ADD ("opens/missing", AFTER, test_opens_missing);
  ADD ("opens/waiting", AFTER, test_opens_waiting);
  ADD ("opens/new", AFTER, test_opens_new);
  return g_test_run ();
}
