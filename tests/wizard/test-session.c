/* Tests of the session: what it tells, when, and what it keeps. */
#include "config.h"

#include <glib/gstdio.h>

#include "facts/recording.h"
#include "stage.h"

typedef struct
{
  FerryTree *tree;
  FerrySession *session;
  GString *told; /* names of the properties that were notified, in order */
} Fixture;

static void
note (GObject *session, GParamSpec *pspec, gpointer user_data)
{
  Fixture *fixture = user_data;

  g_string_append_printf (fixture->told, "%s ", pspec->name);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->tree = stage_make_computer ();
  fixture->session = stage_open (fixture->tree);
  fixture->told = g_string_new (NULL);
  g_signal_connect (fixture->session, "notify", G_CALLBACK (note), fixture);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_signal_handlers_disconnect_by_func (fixture->session, note, fixture);
  stage_drop (fixture->session);
  ferry_tree_free (fixture->tree);
  g_string_free (fixture->told, TRUE);
}

static void
test_new (Fixture *fixture, gconstpointer data)
{
  g_assert_null (ferry_session_get_machine (fixture->session));
  g_assert_null (ferry_session_get_report (fixture->session));
  g_assert_null (ferry_session_get_guidance (fixture->session));
  g_assert_null (ferry_session_get_card (fixture->session));
  g_assert_null (ferry_session_get_recording (fixture->session));
  g_assert_null (ferry_session_get_problem (fixture->session));
  g_assert_false (ferry_session_get_scanning (fixture->session));
}

static void
test_scan (Fixture *fixture, gconstpointer data)
{
  ferry_session_scan (fixture->session);
  g_assert_true (ferry_session_get_scanning (fixture->session));
  g_assert_cmpstr (fixture->told->str, ==, "part scanning ");
  g_assert_null (ferry_session_get_report (fixture->session));

  stage_scan (fixture->session);
  g_assert_nonnull (ferry_session_get_machine (fixture->session));
  g_assert_nonnull (ferry_session_get_report (fixture->session));
  g_assert_nonnull (ferry_session_get_guidance (fixture->session));
  g_assert_null (ferry_session_get_problem (fixture->session));
  g_assert_nonnull (strstr (fixture->told->str, "report"));
}

static void
check_progress (GObject *session, GParamSpec *pspec, gpointer user_data)
{
  guint *n_running = user_data;

  /* While devices are read the processor is done, and the system is not. */
  g_autofree char *part = NULL;
  g_object_get (session, "part", &part, NULL);
  if (g_strcmp0 (part, "devices") != 0)
    return;
  (*n_running)++;
  g_assert_true (ferry_session_get_scanning (FERRY_SESSION (session)));
  g_assert_true (ferry_session_is_part_read (FERRY_SESSION (session), "processor"));
  g_assert_false (ferry_session_is_part_read (FERRY_SESSION (session), "devices"));
  g_assert_false (ferry_session_is_part_read (FERRY_SESSION (session), "system"));
}

static void
test_parts (Fixture *fixture, gconstpointer data)
{
  guint n_running = 0;

  g_signal_connect (fixture->session, "notify::part", G_CALLBACK (check_progress), &n_running);
  stage_scan (fixture->session);
  g_signal_handlers_disconnect_by_func (fixture->session, check_progress, &n_running);
  g_assert_cmpuint (n_running, ==, 1);
  g_assert_true (ferry_session_is_part_read (fixture->session, "system"));
  g_assert_false (ferry_session_is_part_read (fixture->session, "teapot"));
}

static void
test_cancel (Fixture *fixture, gconstpointer data)
{
  ferry_session_scan (fixture->session);
  ferry_session_cancel (fixture->session);
  g_assert_false (ferry_session_get_scanning (fixture->session));
  for (int i = 0; i < 20; i++)
    {
      g_usleep (10000);
      stage_settle ();
    }
  g_assert_null (ferry_session_get_machine (fixture->session));
  g_assert_null (ferry_session_get_problem (fixture->session));
}

/* Only the last of several scans is told of. */
static void
test_impatient (Fixture *fixture, gconstpointer data)
{
  const char *first;

  ferry_session_scan (fixture->session);
  ferry_session_scan (fixture->session);
  stage_scan (fixture->session);
  stage_settle ();
  first = strstr (fixture->told->str, "report");
  g_assert_nonnull (first);
  g_assert_null (strstr (first + 1, "report"));
}

static void
test_card (Fixture *fixture, gconstpointer data)
{
  FerryMachine *machine;
  const FerryCard *card;

  stage_scan (fixture->session);
  machine = ferry_session_get_machine (fixture->session);
  g_assert_cmpuint (machine->cards->len, ==, 1);
  card = g_ptr_array_index (machine->cards, 0);
  ferry_session_choose_card (fixture->session, card);
  g_assert_true (ferry_session_get_card (fixture->session) == card);
  g_assert_nonnull (ferry_session_get_card_verdict (fixture->session));

  /* Read again, it is the same card in a new machine. */
  stage_scan (fixture->session);
  g_assert_true (ferry_session_get_machine (fixture->session) != machine);
  g_assert_nonnull (ferry_session_get_card (fixture->session));
  g_assert_cmpstr (ferry_session_get_card (fixture->session)->primary->id, ==, "0000:01:00.0");

  /* Taken out of the computer, it is not chosen any more. */
  ferry_tree_remove (fixture->tree, "sys/bus/pci/devices/0000:01:00.0");
  g_string_truncate (fixture->told, 0);
  stage_scan (fixture->session);
  g_assert_null (ferry_session_get_card (fixture->session));
  g_assert_nonnull (strstr (fixture->told->str, "card"));
}

static gboolean
is_idle (gpointer session)
{
  return !ferry_session_get_scanning (session);
}

static char *
save_recording (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (FerryRoot) root = ferry_tree_open (fixture->tree);
  char *file = g_build_filename (g_get_tmp_dir (), "ferry-test-session.machine", NULL);

  g_assert_true (ferry_recording_save (root, file, &error));
  g_assert_no_error (error);
  return file;
}

static void
test_recording (Fixture *fixture, gconstpointer data)
{
  g_autofree char *file = save_recording (fixture);
  FerryMachine *machine;

  stage_scan (fixture->session);
  machine = ferry_session_get_machine (fixture->session);
  ferry_session_choose_card (fixture->session, g_ptr_array_index (machine->cards, 0));

  ferry_session_open_recording (fixture->session, file);
  g_assert_cmpstr (ferry_session_get_recording (fixture->session), ==,
                   "ferry-test-session.machine");
  g_assert_null (ferry_session_get_machine (fixture->session));
  g_assert_null (ferry_session_get_card (fixture->session));
  stage_wait (is_idle, fixture->session);
  g_assert_null (ferry_session_get_problem (fixture->session));
  g_assert_nonnull (ferry_session_get_machine (fixture->session));
  g_assert_false (ferry_root_is_live (ferry_session_get_root (fixture->session)));

  ferry_session_close_recording (fixture->session);
  g_assert_null (ferry_session_get_recording (fixture->session));
  stage_wait (is_idle, fixture->session);
  g_assert_nonnull (ferry_session_get_machine (fixture->session));
  g_assert_cmpstr (ferry_root_get_folder (ferry_session_get_root (fixture->session)), ==,
                   ferry_tree_get_folder (fixture->tree));
  g_unlink (file);
}

static void
test_bad_recording (Fixture *fixture, gconstpointer data)
{
  g_autofree char *file = g_build_filename (g_get_tmp_dir (), "ferry-test-bad.machine", NULL);

  g_assert_true (g_file_set_contents (file, "not a recording", -1, NULL));
  ferry_session_open_recording (fixture->session, file);
  stage_wait (is_idle, fixture->session);
  g_assert_null (ferry_session_get_machine (fixture->session));
  g_assert_nonnull (ferry_session_get_problem (fixture->session));

  ferry_session_close_recording (fixture->session);
  g_assert_null (ferry_session_get_problem (fixture->session));
  stage_wait (is_idle, fixture->session);
  g_assert_null (ferry_session_get_problem (fixture->session));
  g_assert_nonnull (ferry_session_get_machine (fixture->session));
  g_unlink (file);
}

typedef struct
{
  gboolean done, saved;
  GError *error;
} Saving;

static void
save_done (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Saving *saving = user_data;

  saving->saved
      = ferry_session_save_recording_finish (FERRY_SESSION (source), result, &saving->error);
  saving->done = TRUE;
}

static gboolean
is_saved (gpointer user_data)
{
  return ((Saving *) user_data)->done;
}

static void
test_save (Fixture *fixture, gconstpointer data)
{
  g_autofree char *file = g_build_filename (g_get_tmp_dir (), "ferry-test-save.machine", NULL);
  Saving saving = { 0 };
  Saving failing = { 0 };
  g_autofree char *text = NULL;

  ferry_session_save_recording_async (fixture->session, file, NULL, save_done, &saving);
  stage_wait (is_saved, &saving);
  g_assert_no_error (saving.error);
  g_assert_true (saving.saved);
  g_assert_true (g_file_get_contents (file, &text, NULL, NULL));
  g_assert_nonnull (strstr (text, "proc/cmdline"));
  g_unlink (file);

  ferry_session_save_recording_async (fixture->session, "/nonexistent/file.machine", NULL,
                                      save_done, &failing);
  stage_wait (is_saved, &failing);
  g_assert_false (failing.saved);
  g_assert_nonnull (failing.error);
  g_clear_error (&failing.error);
}

/* Nobody waits any more: the result of the scan is thrown away without harm. */
static void
test_abandon (void)
{
  g_autoptr (FerryTree) tree = stage_make_computer ();
  g_autoptr (FerrySession) session = stage_open (tree);

  ferry_session_scan (session);
  g_clear_object (&session);
  for (int i = 0; i < 20; i++)
    {
      g_usleep (10000);
      stage_settle ();
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/session/new", Fixture, NULL, set_up, test_new, tear_down);
  g_test_add ("/session/scan", Fixture, NULL, set_up, test_scan, tear_down);
  g_test_add ("/session/parts", Fixture, NULL, set_up, test_parts, tear_down);
  g_test_add ("/session/cancel", Fixture, NULL, set_up, test_cancel, tear_down);
  g_test_add ("/session/impatient", Fixture, NULL, set_up, test_impatient, tear_down);
  g_test_add ("/session/card", Fixture, NULL, set_up, test_card, tear_down);
  g_test_add ("/session/recording", Fixture, NULL, set_up, test_recording, tear_down);
  g_test_add ("/session/bad-recording", Fixture, NULL, set_up, test_bad_recording, tear_down);
  g_test_add ("/session/save", Fixture, NULL, set_up, test_save, tear_down);
  g_test_add_func ("/session/abandon", test_abandon);
  return g_test_run ();
}
