/* Tests of the firmware page: what it shows, and the way into the firmware setup and back. */
#include "config.h"

#include "fake-logind.h"
#include "firmware-page.h"
#include "setting-card.h"
#include "stage.h"

typedef struct
{
  FerryTree *tree;
  FerrySession *session;
  FakeLogind *logind;
  GtkWidget *window;
  FerryPage *page;
} Fixture;

static void
show_page (Fixture *fixture)
{
  fixture->page = g_object_new (FERRY_TYPE_FIRMWARE_PAGE, "session", fixture->session, NULL);
  fixture->window = gtk_window_new ();
  gtk_window_set_child (GTK_WINDOW (fixture->window), GTK_WIDGET (fixture->page));
  gtk_window_present (GTK_WINDOW (fixture->window));
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->tree = stage_make_computer ();
  ferry_tree_add_file (fixture->tree, "proc/cpuinfo",
                       "processor\t: 0\nvendor_id\t: GenuineIntel\nflags\t\t: fpu\n");
  fixture->session = stage_open (fixture->tree);
  show_page (fixture);
}

/* Only the computer in front of the person can be restarted; it is not read here. */
static void
set_up_live (Fixture *fixture, gconstpointer can)
{
  g_autoptr (FerryRoot) root = ferry_root_new (G_DIR_SEPARATOR_S, NULL);
  g_autoptr (FerryRestart) restart = NULL;

  fixture->logind = fake_logind_new (can);
  fixture->session = ferry_session_new (root);
  show_page (fixture);
  restart = ferry_restart_new_for_bus (fixture->logind->client);
  ferry_firmware_page_set_restart (FERRY_FIRMWARE_PAGE (fixture->page), restart);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  gtk_window_destroy (GTK_WINDOW (fixture->window));
  stage_settle ();
  g_clear_pointer (&fixture->logind, fake_logind_free);
  stage_drop (fixture->session);
  g_clear_pointer (&fixture->tree, ferry_tree_free);
}

static GtkWidget *
find (Fixture *fixture, const char *text)
{
  return stage_find_button (GTK_WIDGET (fixture->page), text);
}

static void
test_settings (Fixture *fixture, gconstpointer data)
{
  const FerryGuidance *guidance;
  gboolean required = FALSE;

  g_assert_false (ferry_page_get_complete (fixture->page));
  g_assert_false (ferry_page_get_skippable (fixture->page));
  stage_scan (fixture->session);
  guidance = ferry_session_get_guidance (fixture->session);
  for (guint i = 0; i < guidance->settings->len; i++)
    required |= ((const FerrySetting *) guidance->settings->pdata[i])->required;

  /* The processor of this computer may not run virtual machines: that is needed. */
  g_assert_true (required);
  g_assert_cmpuint (stage_count_type (GTK_WIDGET (fixture->page), FERRY_TYPE_SETTING_CARD), ==,
                    guidance->settings->len);
  g_assert_false (ferry_page_get_complete (fixture->page));
  g_assert_true (ferry_page_get_skippable (fixture->page));
}

static gboolean
is_shown (GtkWidget *widget)
{
  /* Not "mapped": nothing was read, so the part of the page around it is not shown. */
  return gtk_widget_get_visible (widget)
         && gtk_widget_get_visible (gtk_widget_get_parent (widget));
}

static gboolean
can_restart (gpointer user_data)
{
  return is_shown (find (user_data, "Restart into Firmware Setup…"));
}

static GtkWindow *
find_dialog (void)
{
  GListModel *windows = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GtkWindow) window = g_list_model_get_item (windows, i);
      if (ADW_IS_MESSAGE_DIALOG (window) && gtk_widget_get_visible (GTK_WIDGET (window)))
        return window;
    }
  return NULL;
}

static gboolean
has_dialog (gpointer user_data)
{
  return find_dialog () != NULL;
}

static void
respond (const char *response)
{
  GtkWindow *dialog = find_dialog ();

  g_assert_nonnull (dialog);
  adw_message_dialog_response (ADW_MESSAGE_DIALOG (dialog), response);
  gtk_window_destroy (dialog);
}

static gboolean
was_asked (gpointer user_data)
{
  return g_str_has_suffix (((Fixture *) user_data)->logind->asked->str, "Reboot(1) ");
}

static gboolean
is_free (gpointer page)
{
  return !ferry_page_get_busy (page);
}

/* Nothing at all is asked of the system before the person has said yes. */
static void
test_no (Fixture *fixture, gconstpointer data)
{
  stage_wait (can_restart, fixture);
  g_signal_emit_by_name (find (fixture, "Restart into Firmware Setup…"), "clicked");
  stage_settle ();
  respond ("cancel");
  stage_settle ();
  g_assert_cmpstr (fixture->logind->asked->str, ==, "");
  g_assert_false (ferry_page_get_busy (fixture->page));
}

static void
test_yes_then_cancel (Fixture *fixture, gconstpointer data)
{
  fixture->logind->reboot_error = FAKE_LOGIND_WAIT;
  stage_wait (can_restart, fixture);
  g_signal_emit_by_name (find (fixture, "Restart into Firmware Setup…"), "clicked");
  stage_settle ();
  respond ("yes");
  stage_wait (was_asked, fixture);
  g_assert_true (ferry_page_get_busy (fixture->page));
  g_assert_true (is_shown (find (fixture, "Cancel the Restart")));
  g_assert_false (is_shown (find (fixture, "Restart into Firmware Setup…")));

  g_signal_emit_by_name (find (fixture, "Cancel the Restart"), "clicked");
  stage_wait (is_free, fixture->page);
  g_assert_cmpstr (fixture->logind->asked->str, ==,
                   "SetRebootToFirmwareSetup(1) Reboot(1) SetRebootToFirmwareSetup(0) ");
  g_assert_true (is_shown (find (fixture, "Restart into Firmware Setup…")));
  g_assert_null (find_dialog ());
}

static void
test_refused (Fixture *fixture, gconstpointer data)
{
  fixture->logind->set_error = FAKE_LOGIND_DENIED;
  stage_wait (can_restart, fixture);
  g_signal_emit_by_name (find (fixture, "Restart into Firmware Setup…"), "clicked");
  stage_settle ();
  respond ("yes");
  stage_settle ();
  stage_wait (has_dialog, NULL);
  g_assert_false (ferry_page_get_busy (fixture->page));
  respond ("close");
}

static void
test_hidden (Fixture *fixture, gconstpointer data)
{
  for (int i = 0; i < 20; i++)
    {
      g_usleep (10000);
      stage_settle ();
    }
  g_assert_false (can_restart (fixture));
}

/* What is offered for this computer must not be offered beside a recorded one. */
static void
test_recorded (Fixture *fixture, gconstpointer data)
{
  stage_wait (can_restart, fixture);
  ferry_session_open_recording (fixture->session, "/nonexistent.machine");
  while (ferry_session_get_scanning (fixture->session))
    g_main_context_iteration (NULL, TRUE);
  g_assert_false (can_restart (fixture));
}

int
main (int argc, char *argv[])
{
  stage_init (&argc, &argv);
  g_test_add ("/firmware-page/settings", Fixture, NULL, set_up, test_settings, tear_down);
  g_test_add ("/firmware-page/no", Fixture, "yes", set_up_live, test_no, tear_down);
  g_test_add ("/firmware-page/yes-then-cancel", Fixture, "challenge", set_up_live,
              test_yes_then_cancel, tear_down);
  g_test_add ("/firmware-page/refused", Fixture, "yes", set_up_live, test_refused, tear_down);
  g_test_add ("/firmware-page/hidden", Fixture, "na", set_up_live, test_hidden, tear_down);
  g_test_add ("/firmware-page/recorded", Fixture, "yes", set_up_live, test_recorded, tear_down);
  return g_test_run ();
}
