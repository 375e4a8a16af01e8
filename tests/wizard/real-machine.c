/* Goes through the wizard's own window with the libvirt of this computer: from an image to a
 * virtual machine that runs, by the buttons that a newcomer presses. For
 * tests/wizard/test-real-machine, which gives it a libvirt of its own; FERRY_IMAGE names the image.
 */
#include "config.h"

#include "blueprint.h"
#include "route.h"
#include "stage.h"
#include "window.h"

typedef struct
{
  FerrySession *session;
  FerryBlueprint *blueprint;
  FerryWindow *window;
  FerryAssistant *assistant;
} Fixture;

/* Making one takes longer than anything else in a window, and the computer may have other work. */
static void
wait_for (StageCondition condition, gpointer user_data)
{
  const gint64 end = g_get_monotonic_time () + 240 * G_USEC_PER_SEC;

  while (!condition (user_data) && g_get_monotonic_time () < end)
    {
      stage_settle ();
      g_usleep (20000);
    }
  g_assert_true (condition (user_data));
}

static gboolean
has_catalogue (gpointer blueprint)
{
  return ferry_blueprint_get_catalogue (blueprint) != NULL;
}

static gboolean
is_seen (gpointer blueprint)
{
  return !ferry_blueprint_get_looking (blueprint);
}

static gboolean
is_ready (gpointer assistant)
{
  FerryPage *page = ferry_assistant_get_page (assistant);

  return ferry_page_get_complete (page) && !ferry_page_get_busy (page);
}

static const char *
get_step (Fixture *fixture)
{
  guint n_steps;

  return ferry_route_get_steps (&n_steps)[ferry_assistant_get_position (fixture->assistant)].id;
}

static void
press (Fixture *fixture, const char *text)
{
  GtkWidget *button = stage_find_button (GTK_WIDGET (fixture->window), text);

  g_assert_nonnull (button);
  g_assert_true (gtk_widget_is_sensitive (button));
  g_signal_emit_by_name (button, "clicked");
}

static gboolean
has_ended (gpointer assistant)
{
  guint n_steps;

  ferry_route_get_steps (&n_steps);
  return ferry_assistant_get_position (assistant) + 1 == n_steps
         || stage_shows (GTK_WIDGET (ferry_assistant_get_page (assistant)), "could not be made");
}

static gboolean
is_answered (gpointer window)
{
  return stage_shows (window, "The virtual machine runs")
         || stage_shows (window, "What libvirt said");
}

/* The defaults are pressed through. */
static void
go_to_summary (Fixture *fixture)
{
  static const char *const steps[] = { "system", "size", "gear", "tuning", "summary" };

  for (gsize i = 0; i < G_N_ELEMENTS (steps); i++)
    {
      g_assert_cmpstr (get_step (fixture), ==, steps[i]);
      wait_for (is_ready, fixture->assistant);
      stage_take_picture (GTK_WIDGET (fixture->window), steps[i]);
      if (i + 1 < G_N_ELEMENTS (steps))
        press (fixture, "Next");
    }
}

static void
test_from_image_to_start (Fixture *fixture, gconstpointer data)
{
  wait_for (has_catalogue, fixture->blueprint);
  ferry_blueprint_choose_medium (fixture->blueprint, g_getenv ("FERRY_IMAGE"));
  wait_for (is_seen, fixture->blueprint);
  go_to_summary (fixture);

  press (fixture, "Create");
  wait_for (has_ended, fixture->assistant);
  stage_take_picture (GTK_WIDGET (fixture->window), "made");
  g_assert_cmpstr (get_step (fixture), ==, "done");
  g_assert_cmpstr (ferry_blueprint_get_made (fixture->blueprint), ==, "linux");

  stage_settle ();
  g_signal_emit_by_name (
      stage_find_button (GTK_WIDGET (ferry_assistant_get_page (fixture->assistant)), "Start"),
      "clicked");
  wait_for (is_answered, fixture->window);
  stage_take_picture (GTK_WIDGET (fixture->window), "started");
  g_assert_true (stage_shows (GTK_WIDGET (fixture->window), "The virtual machine runs"));
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (FerryRoot) root = ferry_root_new (G_DIR_SEPARATOR_S, NULL);
  guint position;

  fixture->session = ferry_session_new (root);
  fixture->blueprint = ferry_session_get_blueprint (fixture->session);
  g_assert_true (ferry_route_find ("system", &position));
  fixture->window = ferry_window_new (NULL, fixture->session, position);
  fixture->assistant = ferry_window_get_assistant (fixture->window);
  gtk_window_present (GTK_WINDOW (fixture->window));
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  gtk_window_destroy (GTK_WINDOW (fixture->window));
  stage_settle ();
  g_object_unref (fixture->session);
}

int
main (int argc, char *argv[])
{
  stage_init (&argc, &argv);
  g_test_add ("/real-machine/from-image-to-start", Fixture, NULL, set_up, test_from_image_to_start,
              tear_down);
  return g_test_run ();
}
