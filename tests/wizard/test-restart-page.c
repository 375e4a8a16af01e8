/* Tests of the last step: what it says before and after the restart, and restarting. */
#include "config.h"

#include "errand.h"
#include "fake-helper.h"
#include "fake-logind.h"
#include "restart-page.h"
#include "stage.h"

typedef struct
{
  FakeHelper *helper;
  FakeLogind *logind;
  FerrySession *session;
  GtkWidget *window;
  FerryPage *page;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer machine)
{
  fixture->helper = fake_helper_new ();
  fixture->session = stage_open_machine (machine);
  stage_scan (fixture->session);
  fixture->page = g_object_new (FERRY_TYPE_RESTART_PAGE, "session", fixture->session, NULL);
  fixture->window = gtk_window_new ();
  gtk_window_set_default_size (GTK_WINDOW (fixture->window), 700, 1100);
  gtk_window_set_child (GTK_WINDOW (fixture->window), GTK_WIDGET (fixture->page));
  gtk_window_present (GTK_WINDOW (fixture->window));
}

static void
tear_down (Fixture *fixture, gconstpointer machine)
{
  gtk_window_destroy (GTK_WINDOW (fixture->window));
  stage_settle ();
  g_clear_pointer (&fixture->logind, fake_logind_free);
  stage_drop (fixture->session);
  fake_helper_free (fixture->helper);
}

static gboolean
has_history (gpointer session)
{
  return ferry_errand_get_history (ferry_session_get_errand (session)) != NULL;
}

/* There is one change in force, made at @changed, for the card @address. */
static void
change (Fixture *fixture, gint64 changed, const char *address)
{
  const char *const cards[] = { address, NULL };
  GVariantBuilder intent;

  g_variant_builder_init (&intent, G_VARIANT_TYPE_VARDICT);
  g_variant_builder_add (&intent, "{sv}", "cards", g_variant_new_strv (cards, -1));
  fixture->helper->intent = g_variant_ref_sink (g_variant_builder_end (&intent));
  fixture->helper->n_in_force = 1;
  fixture->helper->changed = changed;
  fake_helper_serve (fixture->helper, fixture->session);
  ferry_errand_read_history (ferry_session_get_errand (fixture->session));
  stage_wait (has_history, fixture->session);
}

static gboolean
shows (Fixture *fixture, const char *part)
{
  return stage_shows (GTK_WIDGET (fixture->page), part);
}

static void
test_only_looked_at (Fixture *fixture, gconstpointer machine)
{
  ferry_page_shown (fixture->page);
  g_assert_true (shows (fixture, "only looked at"));
  g_assert_true (shows (fixture, "What to expect"));
  g_assert_true (shows (fixture, "If the screen stays black"));
  g_assert_false (shows (fixture, "Restart Now…"));
}

/* Nothing was changed: nobody is sent to restart. */
static void
test_nothing_changed (Fixture *fixture, gconstpointer machine)
{
  fake_helper_serve (fixture->helper, fixture->session);
  ferry_page_shown (fixture->page);
  g_assert_true (shows (fixture, "Nothing has been changed yet"));
  g_assert_false (shows (fixture, "Restart Now…"));
}

static gboolean
was_restarted (gpointer logind)
{
  return g_str_equal (((FakeLogind *) logind)->asked->str, "Reboot(1) ");
}

static void
prepare_logind (Fixture *fixture)
{
  g_autoptr (FerryRestart) restart = NULL;

  fixture->logind = fake_logind_new ("na");
  restart = ferry_restart_new_for_bus (fixture->logind->client);
  ferry_restart_page_set_restart (FERRY_RESTART_PAGE (fixture->page), restart);
}

static void
test_restart (Fixture *fixture, gconstpointer machine)
{
  prepare_logind (fixture);
  change (fixture, G_MAXINT64 / 2, "0000:01:00.0");
  ferry_page_shown (fixture->page);
  g_assert_true (shows (fixture, "counts from the next start on"));
  g_assert_true (shows (fixture, "Restart Now…"));
  stage_take_picture (fixture->window, "restart");

  g_signal_emit_by_name (stage_find_button (GTK_WIDGET (fixture->page), "Restart Now…"), "clicked");
  stage_settle ();
  g_assert_cmpstr (fixture->logind->asked->str, ==, "");
  stage_respond ("yes");
  stage_wait (was_restarted, fixture->logind);
}

static gboolean
is_asking (gpointer user_data)
{
  return stage_find_dialog () != NULL;
}

static void
test_restart_denied (Fixture *fixture, gconstpointer machine)
{
  prepare_logind (fixture);
  fixture->logind->reboot_error = FAKE_LOGIND_DENIED;
  change (fixture, G_MAXINT64 / 2, "0000:01:00.0");
  ferry_page_shown (fixture->page);
  g_signal_emit_by_name (stage_find_button (GTK_WIDGET (fixture->page), "Restart Now…"), "clicked");
  stage_settle ();
  stage_respond ("yes");
  stage_wait (is_asking, NULL);
  stage_respond ("close");
  g_assert_false (ferry_page_get_busy (fixture->page));
}

/* Restarted, and a card is with vfio-pci: it worked. */
static void
test_worked (Fixture *fixture, gconstpointer machine)
{
  change (fixture, 1, "0000:01:00.0");
  ferry_page_shown (fixture->page);
  g_assert_true (shows (fixture, "It worked"));
  g_assert_false (shows (fixture, "Restart Now…"));
  g_assert_false (shows (fixture, "What to expect"));
  stage_take_picture (fixture->window, "restart-worked");
}

#define AFTER "maximus-vii-ranger-after.machine"
#define BOUND "maximus-vii-ranger-bound.machine"

int
main (int argc, char *argv[])
{
  stage_init (&argc, &argv);
#define ADD(name, machine, function)                                                               \
  g_test_add ("/restart-page/" name, Fixture, machine, set_up, function, tear_down)
  ADD ("only-looked-at", AFTER, test_only_looked_at);
  ADD ("nothing-changed", AFTER, test_nothing_changed);
  ADD ("restart", AFTER, test_restart);
  ADD ("restart-denied", AFTER, test_restart_denied);
  ADD ("worked", BOUND, test_worked);
  return g_test_run ();
}
