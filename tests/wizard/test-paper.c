/* Tests of the paper: the guidance on sheets and as a page for a phone. */
#include "config.h"

#include <glib/gstdio.h>

#include "paper.h"
#include "plan/rescue.h"
#include "stage.h"

/* As many settings as asked for, so that there is something to break into sheets. */
static FerryGuidance
make_guidance (guint n_settings)
{
  FerryGuidance guidance = { .board = (char *) "Board <1>",
                             .entry_key = (char *) "Del",
                             .settings = g_ptr_array_new_with_free_func (g_free),
                             .caution = (char *) "" };

  for (guint i = 0; i < n_settings; i++)
    {
      const FerrySetting setting = { .id = "vtd",
                                     .title = (char *) "Let devices be handed over",
                                     .why = (char *) "Because.",
                                     .name = (char *) "VT-d",
                                     .path = (char *) "Advanced > CPU",
                                     .synonyms = (char *) "",
                                     .advice = (char *) "Enabled",
                                     .required = TRUE };
      g_ptr_array_add (guidance.settings, g_memdup2 (&setting, sizeof setting));
    }
  return guidance;
}

static char *
make_name (const char *name)
{
  return g_build_filename (g_get_user_runtime_dir (), name, NULL);
}

/* Returns the number of sheets. */
static int
print_to_file (FerryPaper *paper)
{
  g_autofree char *file = make_name ("paper.pdf");
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;
  int n_pages;

  gtk_print_operation_set_export_filename (GTK_PRINT_OPERATION (paper), file);
  g_assert_cmpint (gtk_print_operation_run (GTK_PRINT_OPERATION (paper),
                                            GTK_PRINT_OPERATION_ACTION_EXPORT, NULL, &error),
                   ==, GTK_PRINT_OPERATION_RESULT_APPLY);
  g_assert_no_error (error);
  g_assert_true (g_file_get_contents (file, &text, NULL, NULL));
  g_assert_true (g_str_has_prefix (text, "%PDF"));
  g_object_get (paper, "n-pages", &n_pages, NULL);
  g_unlink (file);
  return n_pages;
}

static int
print_guidance (guint n_settings)
{
  FerryGuidance guidance = make_guidance (n_settings);
  g_autoptr (FerryPaper) paper = ferry_paper_new (&guidance);
  int n_pages = print_to_file (paper);

  g_ptr_array_unref (guidance.settings);
  return n_pages;
}

static void
test_print (void)
{
  int many;

  g_assert_cmpint (print_guidance (1), ==, 1);
  many = print_guidance (60);
  g_assert_cmpint (many, >, 3);
  g_assert_cmpint (many, <, 60);
}

/* What one reads in front of a black screen: a few sheets at most. */
static void
test_print_rescue (void)
{
  FerrySession *session = stage_open_machine ("maximus-vii-ranger-after.machine");
  g_autoptr (GPtrArray) steps = NULL;
  g_autoptr (FerryPaper) paper = NULL;
  g_autofree char *text = NULL;
  int n_pages;

  stage_scan (session);
  steps = ferry_rescue_make (ferry_session_get_machine (session));
  text = ferry_rescue_to_text (steps);
  paper = ferry_paper_new_for_text ("If the screen stays black", text);
  n_pages = print_to_file (paper);
  g_assert_cmpint (n_pages, >=, 1);
  g_assert_cmpint (n_pages, <=, 3);
  stage_drop (session);
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

  saving->saved = ferry_paper_save_finish (result, &saving->error);
  saving->done = TRUE;
}

static gboolean
is_done (gpointer user_data)
{
  return ((Saving *) user_data)->done;
}

static void
test_save (void)
{
  FerryGuidance guidance = make_guidance (2);
  g_autofree char *name = make_name ("paper.html");
  g_autoptr (GFile) file = g_file_new_for_path (name);
  g_autoptr (GFile) nowhere = g_file_new_for_path ("/nonexistent/paper.html");
  g_autofree char *text = NULL;
  Saving saving = { 0 };
  Saving failing = { 0 };

  ferry_paper_save_async (&guidance, file, save_done, &saving);
  stage_wait (is_done, &saving);
  g_assert_no_error (saving.error);
  g_assert_true (saving.saved);
  g_assert_true (g_file_get_contents (name, &text, NULL, NULL));
  g_assert_nonnull (strstr (text, "Let devices be handed over"));
  g_assert_nonnull (strstr (text, "Board &lt;1&gt;"));
  g_unlink (name);

  ferry_paper_save_async (&guidance, nowhere, save_done, &failing);
  stage_wait (is_done, &failing);
  g_assert_false (failing.saved);
  g_assert_nonnull (failing.error);
  g_clear_error (&failing.error);
  g_ptr_array_unref (guidance.settings);
}

int
main (int argc, char *argv[])
{
  stage_init (&argc, &argv);
  g_test_add_func ("/paper/print", test_print);
  g_test_add_func ("/paper/print-rescue", test_print_rescue);
  g_test_add_func ("/paper/save", test_save);
  return g_test_run ();
}
