/* Tests of the device page: which card is chosen, what it says, when one can go on. */
#include "config.h"

#include "device-card-list.h"
#include "device-page.h"
#include "device-panes.h"
#include "device-reasons.h"
#include "device-tree.h"
#include "devices.h"
#include "errand.h"
#include "plan/listing.h"
#include "stage.h"

#define CARD "0000:01:00.0"
#define PROCESSOR_GRAPHICS "0000:00:02.0"

typedef struct
{
  FerryTree *computer;
  FerrySession *session;
  GtkWidget *window;
  FerryPage *page;
} Fixture;

static void
set_up_unread (Fixture *fixture, gconstpointer data)
{
  g_autoptr (FerryRoot) root = NULL;

  fixture->computer = devices_make_computer (data);
  root = ferry_tree_open (fixture->computer);
  fixture->session = ferry_session_new (root);
  fixture->page = g_object_new (FERRY_TYPE_DEVICE_PAGE, "session", fixture->session, NULL);
  fixture->window = gtk_window_new ();
  gtk_window_set_default_size (GTK_WINDOW (fixture->window), 900, 700);
  gtk_window_set_child (GTK_WINDOW (fixture->window), GTK_WIDGET (fixture->page));
  gtk_window_present (GTK_WINDOW (fixture->window));
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  set_up_unread (fixture, data);
  stage_scan (fixture->session);
  stage_settle ();
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  gtk_window_destroy (GTK_WINDOW (fixture->window));
  stage_settle ();
  stage_drop (fixture->session);
  ferry_tree_free (fixture->computer);
}

static GtkWidget *
find_type (Fixture *fixture, GType type)
{
  GtkWidget *found = stage_find_type (GTK_WIDGET (fixture->page), type);

  g_assert_nonnull (found);
  return found;
}

static GtkWidget *
find_label (GtkWidget *root, const char *text)
{
  if (GTK_IS_LABEL (root) && gtk_widget_get_mapped (root)
      && strstr (gtk_label_get_label (GTK_LABEL (root)), text) != NULL)
    return root;
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_label (child, text);

      if (found != NULL)
        return found;
    }
  return NULL;
}

static gboolean
shows (Fixture *fixture, const char *text)
{
  stage_settle ();
  return find_label (GTK_WIDGET (fixture->page), text) != NULL;
}

/* As a person does: by the button of the card. */
static void
choose (Fixture *fixture, const char *id)
{
  GtkWidget *list = find_type (fixture, FERRY_TYPE_DEVICE_CARD_LIST);

  for (GtkWidget *button = gtk_widget_get_first_child (list); button != NULL;
       button = gtk_widget_get_next_sibling (button))
    if (g_strcmp0 (g_object_get_data (G_OBJECT (button), "address"), id) == 0)
      {
        gtk_widget_activate (button);
        g_assert_true (gtk_check_button_get_active (GTK_CHECK_BUTTON (button)));
        g_assert_cmpstr (ferry_device_card_list_get_chosen (FERRY_DEVICE_CARD_LIST (list)), ==, id);
        return;
      }
  g_assert_not_reached ();
}

static void
assert_session_card (Fixture *fixture, const char *id)
{
  const FerryCard *card = ferry_session_get_card (fixture->session);

  g_assert_cmpstr (card != NULL ? card->primary->id : NULL, ==, id);
}

static const FerryVerdict *
find_verdict (Fixture *fixture, const char *id)
{
  const FerryReport *report = ferry_session_get_report (fixture->session);

  for (guint i = 0; i < report->verdicts->len; i++)
    {
      const FerryVerdict *verdict = g_ptr_array_index (report->verdicts, i);

      if (g_str_equal (verdict->card->primary->id, id))
        return verdict;
    }
  g_assert_not_reached ();
}

static void
test_unread (Fixture *fixture, gconstpointer data)
{
  g_assert_true (shows (fixture, "Reading the Devices"));
  g_assert_false (ferry_page_get_complete (fixture->page));
  stage_scan (fixture->session);
  g_assert_false (shows (fixture, "Reading the Devices"));
}

/* Only one card is suitable, so it is chosen before anybody does anything. */
static void
test_obvious (Fixture *fixture, gconstpointer data)
{
  g_assert_cmpint (find_verdict (fixture, CARD)->verdict, ==, FERRY_CARD_YES);
  assert_session_card (fixture, CARD);
  g_assert_true (shows (fixture, "This card is chosen"));
  g_assert_true (ferry_page_get_complete (fixture->page));
  g_assert_true (shows (fixture, find_verdict (fixture, CARD)->sentence));
  g_assert_false (shows (fixture, "plain list"));
}

/* The suitable card stands above the other one, which has the lower address. */
static void
test_order (Fixture *fixture, gconstpointer data)
{
  GtkWidget *list = find_type (fixture, FERRY_TYPE_DEVICE_CARD_LIST);
  GtkWidget *first = gtk_widget_get_first_child (list);

  while (!gtk_widget_get_visible (first))
    first = gtk_widget_get_next_sibling (first);
  g_assert_cmpstr (g_object_get_data (G_OBJECT (first), "address"), ==, CARD);
  gtk_test_accessible_assert_role (GTK_ACCESSIBLE (first), GTK_ACCESSIBLE_ROLE_RADIO);
  g_assert_null (gtk_widget_get_next_sibling (gtk_widget_get_next_sibling (first)));
}

/* Choosing explains the verdict, and the tree shows the roles at once. */
static void
test_choose (Fixture *fixture, gconstpointer data)
{
  GtkWidget *tree = find_type (fixture, FERRY_TYPE_DEVICE_TREE);
  GtkWidget *view = find_type (fixture, GTK_TYPE_TREE_VIEW);
  const FerryReason *reason;

  choose (fixture, PROCESSOR_GRAPHICS);
  assert_session_card (fixture, PROCESSOR_GRAPHICS);
  reason = ferry_verdict_find (find_verdict (fixture, PROCESSOR_GRAPHICS), "integrated");
  g_assert_nonnull (reason);
  g_assert_true (shows (fixture, reason->text));
  g_assert_cmpstr (ferry_device_tree_get_device (FERRY_DEVICE_TREE (tree))->id, ==,
                   PROCESSOR_GRAPHICS);

  choose (fixture, CARD);
  assert_session_card (fixture, CARD);
  g_assert_false (shows (fixture, reason->text));
  gtk_test_accessible_assert_property (
      GTK_ACCESSIBLE (view), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
      "NVIDIA GeForce GTX 970, Graphics card, IOMMU group 1, will be passed");
}

/* Return in the tree does what the button of the card does. */
static void
test_activate (Fixture *fixture, gconstpointer data)
{
  FerryDeviceTree *tree = FERRY_DEVICE_TREE (find_type (fixture, FERRY_TYPE_DEVICE_TREE));
  FerryMachine *machine = ferry_session_get_machine (fixture->session);

  g_assert_true (
      ferry_device_tree_select (tree, ferry_devices_find (machine->devices, PROCESSOR_GRAPHICS)));
  g_signal_emit_by_name (tree, "activated");
  assert_session_card (fixture, PROCESSOR_GRAPHICS);

  g_assert_true (
      ferry_device_tree_select (tree, ferry_devices_find (machine->devices, "0000:01:00.1")));
  g_signal_emit_by_name (tree, "activated");
  assert_session_card (fixture, CARD);

  g_assert_true (
      ferry_device_tree_select (tree, ferry_devices_find (machine->devices, "0000:05:00.0")));
  g_signal_emit_by_name (tree, "activated");
  assert_session_card (fixture, CARD);
}

/* A card that cannot be passed may be looked at; one cannot go on with it. */
static void
test_impossible (Fixture *fixture, gconstpointer data)
{
  const FerryVerdict *verdict = find_verdict (fixture, CARD);

  /* The graphics of the processor could be chosen, but not without being asked. */
  g_assert_cmpint (verdict->verdict, ==, FERRY_CARD_NO);
  assert_session_card (fixture, NULL);
  g_assert_true (shows (fixture, "This card cannot be passed"));
  g_assert_true (shows (fixture, "• Disk controller: Intel"));
  g_assert_false (ferry_page_get_complete (fixture->page));
  assert_session_card (fixture, NULL);
  g_assert_false (shows (fixture, "will be passed"));

  choose (fixture, PROCESSOR_GRAPHICS);
  assert_session_card (fixture, PROCESSOR_GRAPHICS);
  g_assert_true (ferry_page_get_complete (fixture->page));
}

static gboolean
is_scanned (gpointer session)
{
  return !ferry_session_get_scanning (session);
}

/* Whether the plan that the page Review would show is refused because of @reason. */
static gboolean
is_refused (Fixture *fixture, const char *reason)
{
  FerryWish *wish = ferry_errand_get_wish (ferry_session_get_errand (fixture->session));
  const FerryCard *card = ferry_session_get_card (fixture->session);
  g_autoptr (FerryIntent) intent = ferry_wish_make_intent (wish, &card->primary->address);
  g_autoptr (FerryPlan) plan
      = ferry_plan_make (ferry_session_get_machine (fixture->session), intent);

  for (guint i = 0; i < plan->refusals->len; i++)
    if (g_str_equal (((FerryNote *) g_ptr_array_index (plan->refusals, i))->id, reason))
      return TRUE;
  return FALSE;
}

/* What was agreed to is in the intent; it holds until another card or another computer is chosen. */
static void
test_consent_in_plan (Fixture *fixture, gconstpointer data)
{
  const char *reason = g_str_equal (data, "only-screen") ? "only-display" : "acs-override";
  GtkWidget *yes;

  choose (fixture, CARD);
  g_assert_true (is_refused (fixture, reason));

  yes = find_type (fixture, GTK_TYPE_SWITCH);
  gtk_switch_set_active (GTK_SWITCH (yes), TRUE);
  g_assert_false (is_refused (fixture, reason));
  gtk_switch_set_active (GTK_SWITCH (yes), FALSE);
  g_assert_true (is_refused (fixture, reason));

  gtk_switch_set_active (GTK_SWITCH (yes), TRUE);
  stage_scan (fixture->session);
  g_assert_true (ferry_page_get_complete (fixture->page));
  g_assert_false (is_refused (fixture, reason));

  ferry_session_open_recording (fixture->session, "/nonexistent.machine");
  stage_wait (is_scanned, fixture->session);
  ferry_session_close_recording (fixture->session);
  stage_wait (is_scanned, fixture->session);
  choose (fixture, CARD);
  g_assert_false (ferry_page_get_complete (fixture->page));
  g_assert_true (is_refused (fixture, reason));
}

/* The only screen: an explicit yes first. */
static void
test_consent (Fixture *fixture, gconstpointer data)
{
  GtkWidget *yes;

  choose (fixture, CARD);
  g_assert_nonnull (ferry_verdict_find (find_verdict (fixture, CARD), "only-display"));
  g_assert_false (ferry_page_get_complete (fixture->page));
  g_assert_true (shows (fixture, "I have another way to reach this computer"));
  g_assert_true (shows (fixture, "agree to the point above"));

  yes = find_type (fixture, GTK_TYPE_SWITCH);
  gtk_switch_set_active (GTK_SWITCH (yes), TRUE);
  g_assert_true (ferry_page_get_complete (fixture->page));
  gtk_switch_set_active (GTK_SWITCH (yes), FALSE);
  g_assert_false (ferry_page_get_complete (fixture->page));

}

static void
test_no_groups (Fixture *fixture, gconstpointer data)
{
  g_assert_true (shows (fixture, "This computer has no IOMMU groups yet"));
  g_assert_true (shows (fixture, "plain list of its devices"));
  g_assert_false (
      gtk_widget_get_sensitive (stage_find_button (GTK_WIDGET (fixture->page), "Open All")));
  choose (fixture, CARD);
  g_assert_true (shows (fixture, "in no IOMMU group"));
}

static void
test_empty (Fixture *fixture, gconstpointer data)
{
  g_assert_true (shows (fixture, "No Devices Are Visible"));
  g_assert_false (ferry_page_get_complete (fixture->page));
}

static GtkWidget *
search_for (Fixture *fixture, const char *text)
{
  GtkWidget *entry = find_type (fixture, GTK_TYPE_SEARCH_ENTRY);

  gtk_editable_set_text (GTK_EDITABLE (entry), text);
  g_signal_emit_by_name (entry, "search-changed");
  return entry;
}

static void
test_search (Fixture *fixture, gconstpointer data)
{
  GtkWidget *entry = search_for (fixture, "geforce");

  g_assert_true (shows (fixture, "1 of 8 devices"));
  search_for (fixture, "<zebra>");
  g_assert_true (shows (fixture, "No device matches “<zebra>”."));
  g_assert_true (shows (fixture, "Nothing is selected"));

  g_signal_emit_by_name (entry, "stop-search");
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (entry)), ==, "");
  g_signal_emit_by_name (entry, "search-changed");
  g_assert_false (shows (fixture, "No device matches"));
  g_assert_false (shows (fixture, "Nothing is selected"));
}

static void
read_done (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;

  *(char **)user_data = gdk_clipboard_read_text_finish (GDK_CLIPBOARD (source), result, &error);
  g_assert_no_error (error);
}

static gboolean
is_set (gpointer text)
{
  return *(char **)text != NULL;
}

static void
test_copy (Fixture *fixture, gconstpointer data)
{
  GtkWidget *button = stage_find_button (GTK_WIDGET (fixture->page), "Copy as Text");
  g_autofree char *expected
      = ferry_listing_groups_text (ferry_session_get_machine (fixture->session));
  char *copied = NULL;

  g_signal_emit_by_name (button, "clicked");
  gdk_clipboard_read_text_async (gtk_widget_get_clipboard (button), NULL, read_done, &copied);
  stage_wait (is_set, &copied);
  g_assert_cmpstr (copied, ==, expected);
  g_assert_nonnull (strstr (copied, "10de:13c2"));
  g_free (copied);
}

/* A new scan brings new objects; the choice stays, nothing of the old ones is used. */
static void
test_rescan (Fixture *fixture, gconstpointer data)
{
  FerryMachine *before = g_object_ref (ferry_session_get_machine (fixture->session));
  FerryMachine *after;
  FerryDeviceTree *tree = FERRY_DEVICE_TREE (find_type (fixture, FERRY_TYPE_DEVICE_TREE));

  choose (fixture, PROCESSOR_GRAPHICS);
  stage_scan (fixture->session);
  stage_settle ();
  g_assert_true (before != ferry_session_get_machine (fixture->session));
  g_assert_finalize_object (before);
  assert_session_card (fixture, PROCESSOR_GRAPHICS);
  g_assert_true (shows (fixture, "This card is chosen"));
  after = ferry_session_get_machine (fixture->session);
  ferry_device_tree_select (tree, ferry_devices_find (after->devices, PROCESSOR_GRAPHICS));
  g_assert_true (shows (fixture, "will be passed"));
}

/* Side by side where there is room, else one above the other, never wider than the window. */
static void
test_narrow (Fixture *fixture, gconstpointer data)
{
  FerryDevicePanes *panes = FERRY_DEVICE_PANES (find_type (fixture, FERRY_TYPE_DEVICE_PANES));
  int minimum;

  g_assert_false (ferry_device_panes_get_stacked (panes));
  gtk_widget_measure (GTK_WIDGET (fixture->page), GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL,
                      NULL, NULL);
  g_assert_cmpint (minimum, <=, 360);

  gtk_widget_allocate (GTK_WIDGET (panes), 324, 2000, -1, NULL);
  g_assert_true (ferry_device_panes_get_stacked (panes));
  g_assert_cmpint (gtk_widget_get_width (GTK_WIDGET (find_type (fixture, FERRY_TYPE_DEVICE_TREE))),
                   ==, 324);
}

#define ADD(name, computer, set, function)                                                         \
  g_test_add ("/wizard/device-page/" name, Fixture, computer, set, function, tear_down)

int
main (int argc, char *argv[])
{
  stage_init (&argc, &argv);

  ADD ("unread", "", set_up_unread, test_unread);
  ADD ("obvious", "", set_up, test_obvious);
  ADD ("order", "", set_up, test_order);
  ADD ("choose", "", set_up, test_choose);
  ADD ("activate", "", set_up, test_activate);
  ADD ("impossible", "shared", set_up, test_impossible);
  ADD ("consent", "only-screen", set_up, test_consent);
  ADD ("consent-in-plan", "only-screen", set_up, test_consent_in_plan);
  ADD ("acs-consent-in-plan", "acs-override", set_up, test_consent_in_plan);
  ADD ("no-groups", "no-groups", set_up, test_no_groups);
  ADD ("empty", "empty", set_up, test_empty);
  ADD ("search", "", set_up, test_search);
  ADD ("copy", "", set_up, test_copy);
  ADD ("rescan", "", set_up, test_rescan);
  ADD ("narrow", "", set_up, test_narrow);
  return g_test_run ();
}
