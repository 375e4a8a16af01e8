/* Tests of the picture of the cores: its sentence, its size, and what a screen reader is told. */
#include "config.h"

#include "core-picture.h"
#include "stage.h"

typedef struct
{
  FerryCores *cores;
  FerryTuning *tuning;
  GtkWidget *picture;
} Fixture;

/* Eight cores of two threads in two caches; the second cache is given away. */
static FerryCores *
make_cores (guint n_cores, guint n_caches)
{
  FerryCores *cores = g_new0 (FerryCores, 1);

  cores->threads = g_array_new (FALSE, FALSE, sizeof (FerryThread));
  cores->n_packages = 1;
  cores->n_cores = n_cores;
  cores->n_caches = n_caches;
  cores->known = TRUE;
  for (guint id = 0; id < 2 * n_cores; id++)
    {
      const FerryThread thread
          = { .id = id, .core = id % n_cores, .cache = id % n_cores * n_caches / n_cores };
      g_array_append_val (cores->threads, thread);
    }
  return cores;
}

static FerryTuning *
make_tuning (const FerryCores *cores, guint first)
{
  FerryTuning *tuning = g_new0 (FerryTuning, 1);

  tuning->pins = g_array_new (FALSE, FALSE, sizeof (guint));
  tuning->rest = g_array_new (FALSE, FALSE, sizeof (guint));
  tuning->reasons = g_ptr_array_new_with_free_func (g_free);
  tuning->sentence = g_strdup ("");
  tuning->pinned = TRUE;
  for (guint i = 0; i < cores->threads->len; i++)
    {
      const FerryThread *thread = &g_array_index (cores->threads, FerryThread, i);

      g_array_append_val (thread->core >= first ? tuning->pins : tuning->rest, thread->id);
    }
  return tuning;
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->cores = make_cores (8, 2);
  fixture->tuning = make_tuning (fixture->cores, 4);
  fixture->picture = g_object_ref_sink (g_object_new (FERRY_TYPE_CORE_PICTURE, NULL));
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_assert_finalize_object (fixture->picture);
  ferry_tuning_free (fixture->tuning);
  ferry_cores_free (fixture->cores);
}

static void
test_words (Fixture *fixture, gconstpointer data)
{
  g_autofree char *pinned = ferry_core_picture_describe (fixture->cores, fixture->tuning);
  g_autofree char *shared = NULL;

  g_assert_cmpstr (pinned, ==,
                   "4 cores work for the virtual machine. 4 cores stay with your system.");
  fixture->tuning->pinned = FALSE;
  shared = ferry_core_picture_describe (fixture->cores, fixture->tuning);
  g_assert_cmpstr (shared, ==,
                   "The computer's 8 cores are shared: your system decides from moment to moment "
                   "what works on which.");
}

static void
test_accessible (Fixture *fixture, gconstpointer data)
{
  ferry_core_picture_set_tuning (FERRY_CORE_PICTURE (fixture->picture), fixture->cores,
                                 fixture->tuning);
  gtk_test_accessible_assert_role (GTK_ACCESSIBLE (fixture->picture), GTK_ACCESSIBLE_ROLE_IMG);
  gtk_test_accessible_assert_property (
      GTK_ACCESSIBLE (fixture->picture), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
      "4 cores work for the virtual machine. 4 cores stay with your system.");
}

static int
measure (Fixture *fixture, GtkOrientation orientation, int for_size, int *natural)
{
  int minimum;

  gtk_widget_measure (fixture->picture, orientation, for_size, &minimum, natural, NULL, NULL);
  return minimum;
}

/* It becomes as narrow as one core, and higher then. */
static void
test_size (Fixture *fixture, gconstpointer data)
{
  int narrow, wide, high, low;

  ferry_core_picture_set_tuning (FERRY_CORE_PICTURE (fixture->picture), fixture->cores,
                                 fixture->tuning);
  narrow = measure (fixture, GTK_ORIENTATION_HORIZONTAL, -1, &wide);
  g_assert_cmpint (narrow, <, 120);
  g_assert_cmpint (wide, >, narrow);
  high = measure (fixture, GTK_ORIENTATION_VERTICAL, narrow, &high);
  low = measure (fixture, GTK_ORIENTATION_VERTICAL, wide, &low);
  g_assert_cmpint (high, >, 2 * low);
}

/* A computer with very many threads has its sentence and no picture. */
static void
test_many (Fixture *fixture, gconstpointer data)
{
  FerryCores *many = make_cores (400, 1);
  FerryTuning *tuning = make_tuning (many, 1);
  int natural;

  ferry_core_picture_set_tuning (FERRY_CORE_PICTURE (fixture->picture), many, tuning);
  g_assert_cmpint (measure (fixture, GTK_ORIENTATION_VERTICAL, 300, &natural), <, 10);
  ferry_tuning_free (tuning);
  ferry_cores_free (many);
}

static void
test_drawn (Fixture *fixture, gconstpointer data)
{
  GtkWidget *window = gtk_window_new ();

  ferry_core_picture_set_tuning (FERRY_CORE_PICTURE (fixture->picture), fixture->cores,
                                 fixture->tuning);
  gtk_window_set_child (GTK_WINDOW (window), fixture->picture);
  gtk_window_present (GTK_WINDOW (window));
  stage_take_picture (window, "cores");
  gtk_window_set_child (GTK_WINDOW (window), NULL);
  gtk_window_destroy (GTK_WINDOW (window));
  stage_settle ();
}

int
main (int argc, char *argv[])
{
  stage_init (&argc, &argv);
#define ADD(name, function)                                                                        \
  g_test_add ("/core-picture/" name, Fixture, NULL, set_up, function, tear_down)
  ADD ("words", test_words);
  ADD ("accessible", test_accessible);
  ADD ("size", test_size);
  ADD ("many", test_many);
  ADD ("drawn", test_drawn);
  return g_test_run ();
}
