/* Every .ui file loads without a warning, and every page can be made and thrown away. */
#include "config.h"

#include "assistant.h"
#include "check-row.h"
#include "route.h"
#include "setting-card.h"
#include "stage.h"
#include "step-list.h"
#include "window.h"

/* Whatever a widget is made of, it must go away again. */
static void
make_and_drop (GtkWidget *widget)
{
  g_object_ref_sink (widget);
  g_assert_finalize_object (G_OBJECT (widget));
}

static void
test_pages (void)
{
  g_autoptr (FerryTree) tree = stage_make_computer ();
  g_autoptr (FerrySession) session = stage_open (tree);
  guint n_steps;
  const FerryStation *steps = ferry_route_get_steps (&n_steps);

  for (int scanned = 0; scanned < 2; scanned++)
    {
      for (guint i = 0; i < n_steps; i++)
        {
          g_test_message ("%s, %s", steps[i].id, scanned ? "read" : "not read");
          make_and_drop (g_object_new (steps[i].get_type (), "session", session, NULL));
        }
      stage_scan (session);
    }
}

static void
test_parts (void)
{
  const FerryCheck check = { .id = "x",
                             .verdict = FERRY_CHECK_FAIL,
                             .title = (char *) "<b>&",
                             .why = (char *) "why",
                             .action = (char *) "",
                             .details = (char *) "a & b < c" };
  const FerrySetting setting = { .id = "vtd",
                                 .title = (char *) "<i>",
                                 .why = (char *) "",
                                 .name = (char *) "VT-d & more",
                                 .path = (char *) "A > B & C > <D>",
                                 .synonyms = (char *) "",
                                 .advice = (char *) "<" };

  make_and_drop (ferry_check_row_new (&check));
  make_and_drop (ferry_setting_card_new (&setting));
  make_and_drop (g_object_new (FERRY_TYPE_STEP_LIST, NULL));
  make_and_drop (g_object_new (FERRY_TYPE_ASSISTANT, NULL));
}

static gboolean
is_gone (gpointer window)
{
  return *(FerryWindow **) window == NULL;
}

static void
test_window (void)
{
  g_autoptr (FerryTree) tree = stage_make_computer ();
  FerrySession *session = stage_open (tree);
  FerryWindow *window = stage_open_window (session, 0, 0, 0);

  g_object_add_weak_pointer (G_OBJECT (window), (gpointer *) &window);
  gtk_window_destroy (GTK_WINDOW (window));
  stage_wait (is_gone, &window);
  stage_drop (session);
}

/* What no type claims as its template still has to load. */
static void
test_shortcuts (void)
{
  g_autoptr (GtkBuilder) builder
      = gtk_builder_new_from_resource ("/org/ferryvm/Ferry/ui/shortcuts.ui");
  GObject *overlay = gtk_builder_get_object (builder, "shortcuts");

  g_assert_true (GTK_IS_SHORTCUTS_WINDOW (overlay));
  gtk_window_destroy (GTK_WINDOW (overlay));
}

int
main (int argc, char *argv[])
{
  stage_init (&argc, &argv);
  g_test_add_func ("/templates/pages", test_pages);
  g_test_add_func ("/templates/parts", test_parts);
  g_test_add_func ("/templates/window", test_window);
  g_test_add_func ("/templates/shortcuts", test_shortcuts);
  return g_test_run ();
}
