/* Tests of the work that is done in threads: where the objects of a task die. */
#include "config.h"

#include "stage.h"
#include "worker.h"

#define ROUNDS 20000

typedef struct
{
  guint told, dead, astray; /* results, objects that are gone, and those that went in a thread */
  GThread *home;
} Lives;

static void
died (gpointer data, GObject *object)
{
  Lives *lives = data;

  g_atomic_int_inc (&lives->dead);
  if (g_thread_self () != lives->home)
    g_atomic_int_inc (&lives->astray);
}

static void
be_quick (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  g_task_return_boolean (task, TRUE);
}

static void
told (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_assert_true (g_task_propagate_boolean (G_TASK (result), NULL));
  ((Lives *) user_data)->told++;
}

static gboolean
are_dead (gpointer lives)
{
  return (guint) g_atomic_int_get (&((Lives *) lives)->dead) == ROUNDS;
}

/* The page that waited is taken away at once when it is told. A GtkTextView that dies in a thread
 * while the main loop measures its text ends the program. With g_task_run_in_thread() some of so
 * many did. */
static void
test_die_at_home (void)
{
  Lives lives = { 0, 0, 0, g_thread_self () };

  for (guint i = 0; i < ROUNDS; i++)
    {
      GObject *object = g_object_new (G_TYPE_OBJECT, NULL);
      g_autoptr (GTask) task = g_task_new (object, NULL, told, &lives);

      g_object_weak_ref (object, died, &lives);
      g_object_unref (object);
      ferry_worker_run (task, be_quick);
      if (i % 8 == 0)
        stage_settle ();
    }
  stage_wait (are_dead, &lives);
  g_assert_cmpuint (lives.told, ==, ROUNDS);
  g_assert_cmpuint (lives.astray, ==, 0);
}

static void
refuse (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  g_assert_true (g_cancellable_is_cancelled (cancellable));
  g_task_return_int (task, 42);
}

static void
refused (GObject *object, GAsyncResult *result, gpointer user_data)
{
  GError **error = user_data;

  g_assert_cmpint (g_task_propagate_int (G_TASK (result), error), ==, -1);
}

static gboolean
is_set (gpointer error)
{
  return *(GError **) error != NULL;
}

/* Who cancelled is told so, whatever the thread found. */
static void
test_cancelled (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, refused, &error);

  g_cancellable_cancel (cancellable);
  ferry_worker_run (task, refuse);
  stage_wait (is_set, &error);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

static void
say_nothing (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
}

static gboolean
is_dead (gpointer lives)
{
  return g_atomic_int_get (&((Lives *) lives)->dead) == 1;
}

/* Nobody waits for a result: what belongs to the task goes, too. */
static void
test_without_result (void)
{
  Lives lives = { 0, 0, 0, g_thread_self () };
  GObject *object = g_object_new (G_TYPE_OBJECT, NULL);
  GTask *task = g_task_new (object, NULL, NULL, NULL);

  g_object_weak_ref (object, died, &lives);
  ferry_worker_run (task, say_nothing);
  g_object_unref (task);
  g_object_unref (object);
  stage_wait (is_dead, &lives);
  g_assert_cmpuint (lives.astray, ==, 0);
}

int
main (int argc, char *argv[])
{
  stage_init (&argc, &argv);
  g_test_add_func ("/worker/die-at-home", test_die_at_home);
  g_test_add_func ("/worker/cancelled", test_cancelled);
  g_test_add_func ("/worker/without-result", test_without_result);
  return g_test_run ();
}
