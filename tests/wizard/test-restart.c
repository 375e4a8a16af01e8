/* Tests of the restart into the firmware setup, against a stand-in for logind on a private bus. */
#include "config.h"

#include "facts/error.h"
#include "fake-logind.h"
#include "restart.h"
#include "stage.h"

typedef struct
{
  FakeLogind *logind;
  FerryRestart *restart;
  gboolean done, restarting;
  GError *error;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer can)
{
  fixture->logind = fake_logind_new (can);
  fixture->restart = ferry_restart_new_for_bus (fixture->logind->client);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_clear_object (&fixture->restart);
  g_clear_pointer (&fixture->logind, fake_logind_free);
  g_clear_error (&fixture->error);
}

static gboolean
is_done (gpointer user_data)
{
  return ((Fixture *) user_data)->done;
}

static gboolean
is_available (gpointer restart)
{
  return ferry_restart_get_available (restart);
}

static void
wait_a_little (void)
{
  for (int i = 0; i < 20; i++)
    {
      g_usleep (10000);
      stage_settle ();
    }
}

static void
restart_done (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Fixture *fixture = user_data;

  fixture->restarting
      = ferry_restart_into_setup_finish (FERRY_RESTART (source), result, &fixture->error);
  fixture->done = TRUE;
}

static void
run (Fixture *fixture)
{
  ferry_restart_into_setup_async (fixture->restart, NULL, restart_done, fixture);
  stage_wait (is_done, fixture);
}

static void
test_possible (Fixture *fixture, gconstpointer data)
{
  g_assert_false (ferry_restart_get_available (fixture->restart));
  stage_wait (is_available, fixture->restart);
  run (fixture);
  g_assert_no_error (fixture->error);
  g_assert_true (fixture->restarting);
  g_assert_cmpstr (fixture->logind->asked->str, ==, "SetRebootToFirmwareSetup(1) Reboot(1) ");
}

static void
test_impossible (Fixture *fixture, gconstpointer data)
{
  wait_a_little ();
  g_assert_false (ferry_restart_get_available (fixture->restart));
  run (fixture);
  g_assert_error (fixture->error, FERRY_ERROR, FERRY_ERROR_UNSUPPORTED);
  g_assert_false (fixture->restarting);
  g_assert_cmpstr (fixture->logind->asked->str, ==, "");
}

static void
test_not_allowed (Fixture *fixture, gconstpointer data)
{
  fixture->logind->set_error = FAKE_LOGIND_DENIED;
  stage_wait (is_available, fixture->restart);
  run (fixture);
  g_assert_error (fixture->error, FERRY_ERROR, FERRY_ERROR_DENIED);
  g_assert_cmpstr (fixture->logind->asked->str, ==, "SetRebootToFirmwareSetup(1) ");
}

/* The flag must not stay: the next restart would end in the firmware for no visible reason. */
static void
test_reboot_fails (Fixture *fixture, gconstpointer data)
{
  fixture->logind->reboot_error = "org.freedesktop.DBus.Error.InteractiveAuthorizationRequired";
  stage_wait (is_available, fixture->restart);
  run (fixture);
  g_assert_error (fixture->error, FERRY_ERROR, FERRY_ERROR_DENIED);
  g_assert_cmpstr (fixture->logind->asked->str, ==,
                   "SetRebootToFirmwareSetup(1) Reboot(1) SetRebootToFirmwareSetup(0) ");
}

static void
test_reboot_breaks (Fixture *fixture, gconstpointer data)
{
  fixture->logind->reboot_error = "org.example.Teapot";
  stage_wait (is_available, fixture->restart);
  run (fixture);
  g_assert_error (fixture->error, FERRY_ERROR, FERRY_ERROR_FAILED);
  g_assert_nonnull (strstr (fixture->logind->asked->str, "SetRebootToFirmwareSetup(0)"));
}

static gboolean
was_asked_to_reboot (gpointer user_data)
{
  return g_str_has_suffix (((Fixture *) user_data)->logind->asked->str, " Reboot(1) ");
}

static void
test_cancel (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();

  fixture->logind->reboot_error = FAKE_LOGIND_WAIT;
  stage_wait (is_available, fixture->restart);
  ferry_restart_into_setup_async (fixture->restart, cancellable, restart_done, fixture);
  stage_wait (was_asked_to_reboot, fixture);
  g_cancellable_cancel (cancellable);
  stage_wait (is_done, fixture);
  g_assert_error (fixture->error, FERRY_ERROR, FERRY_ERROR_CANCELLED);
  g_assert_cmpstr (fixture->logind->asked->str, ==,
                   "SetRebootToFirmwareSetup(1) Reboot(1) SetRebootToFirmwareSetup(0) ");
}

static void
test_cancel_at_once (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();

  stage_wait (is_available, fixture->restart);
  ferry_restart_into_setup_async (fixture->restart, cancellable, restart_done, fixture);
  g_cancellable_cancel (cancellable);
  stage_wait (is_done, fixture);
  g_assert_error (fixture->error, FERRY_ERROR, FERRY_ERROR_CANCELLED);
  g_assert_true (g_str_has_suffix (fixture->logind->asked->str, "SetRebootToFirmwareSetup(0) "));
  g_assert_null (strstr (fixture->logind->asked->str, " Reboot"));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/restart/yes", Fixture, "yes", set_up, test_possible, tear_down);
  g_test_add ("/restart/challenge", Fixture, "challenge", set_up, test_possible, tear_down);
  g_test_add ("/restart/no", Fixture, "no", set_up, test_impossible, tear_down);
  g_test_add ("/restart/na", Fixture, "na", set_up, test_impossible, tear_down);
  g_test_add ("/restart/unknown-word", Fixture, "perhaps", set_up, test_impossible, tear_down);
  g_test_add ("/restart/no-answer", Fixture, NULL, set_up, test_impossible, tear_down);
  g_test_add ("/restart/not-allowed", Fixture, "yes", set_up, test_not_allowed, tear_down);
  g_test_add ("/restart/reboot-fails", Fixture, "yes", set_up, test_reboot_fails, tear_down);
  g_test_add ("/restart/reboot-breaks", Fixture, "yes", set_up, test_reboot_breaks, tear_down);
  g_test_add ("/restart/cancel", Fixture, "yes", set_up, test_cancel, tear_down);
  g_test_add ("/restart/cancel-at-once", Fixture, "yes", set_up, test_cancel_at_once, tear_down);
  return g_test_run ();
}
