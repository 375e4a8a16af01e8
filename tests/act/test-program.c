/* test-program.c: what a program of the system gets, and how it is ended. */
#include "config.h"

#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "act/language.h"
#include "act/program.h"
#include "facts/error.h"
#include "facts/tree.h"

static void
keep_line (const char *line, gpointer user_data)
{
  g_ptr_array_add (user_data, g_strdup (line));
}

typedef struct
{
  GPtrArray *lines;
  GError *error;
  double seconds;
  gboolean good;
} Result;

static void
result_clear (Result *result)
{
  g_clear_pointer (&result->lines, g_ptr_array_unref);
  g_clear_error (&result->error);
}

/* @line: arguments, separated by "¦". */
static Result
run_limited (const char *line, guint seconds, GCancellable *cancellable)
{
  g_autoptr (FerryRoot) root = ferry_root_new ("/", NULL);
  g_auto (GStrv) arguments = g_strsplit (line, "¦", -1);
  g_autoptr (GTimer) timer = g_timer_new ();
  Result result = { g_ptr_array_new_with_free_func (g_free), NULL, 0, FALSE };
  FerryProgram program = { .root = root,
                           .arguments = (const char *const *) arguments,
                           .seconds = seconds,
                           .line = keep_line,
                           .line_data = result.lines,
                           .cancellable = cancellable };

  result.good = ferry_program_run (&program, &result.error);
  result.seconds = g_timer_elapsed (timer, NULL);
  g_assert_cmpint (result.good, ==, result.error == NULL);
  return result;
}

static Result
run (const char *line)
{
  return run_limited (line, 60, NULL);
}

static const char *
line_of (const Result *result, guint i)
{
  return i < result->lines->len ? g_ptr_array_index (result->lines, i) : NULL;
}

/* Nothing of ours, not even what a shell or GLib would add. */
static void
test_environment (void)
{
  g_autoptr (FerryRoot) root = ferry_root_new ("/", NULL);
  g_autofree char *language = ferry_language_find (root);
  g_autofree char *assigned = g_strconcat ("LANG=", language, NULL);
  Result result;

  g_setenv ("LD_PRELOAD_X", "1", TRUE);
  g_setenv ("FERRY_SECRET", "1", TRUE);
  result = run ("usr/bin/env");
  g_assert_no_error (result.error);
  g_assert_cmpuint (result.lines->len, ==, 3);
  g_assert_cmpstr (line_of (&result, 0), ==, "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin");
  g_assert_cmpstr (line_of (&result, 1), ==, assigned);
  g_assert_cmpstr (line_of (&result, 2), ==, "HOME=/root");
  result_clear (&result);
}

/* An empty input, the folder "/", umask 022, no open files but the three, a session of its own. */
static void
test_surroundings (void)
{
  Result result = run ("usr/bin/bash¦-c¦umask; pwd; cat; ls /proc/self/fd | wc -l; "
                       "read -r a b c d pgrp session rest </proc/self/stat; echo $((pgrp == $$)) $((session == $$))");

  g_assert_no_error (result.error);
  g_assert_cmpstr (line_of (&result, 0), ==, "0022");
  g_assert_cmpstr (line_of (&result, 1), ==, "/");
  g_assert_cmpstr (line_of (&result, 2), ==, "4");
  g_assert_cmpstr (line_of (&result, 3), ==, "1 1");
  result_clear (&result);
}

/* Arguments arrive as they are: there is no shell. */
static void
test_no_shell (void)
{
  Result result = run ("usr/bin/printf¦%s\\n¦$(id)¦`id`¦a;b¦*");

  g_assert_cmpuint (result.lines->len, ==, 4);
  g_assert_cmpstr (line_of (&result, 0), ==, "$(id)");
  g_assert_cmpstr (line_of (&result, 1), ==, "`id`");
  g_assert_cmpstr (line_of (&result, 3), ==, "*");
  result_clear (&result);
}

static void
test_failure (void)
{
  static const struct
  {
    const char *line;
    int code;
    const char *message;
  } cases[] = {
    { "usr/bin/false", FERRY_ERROR_FAILED, "“false” reported an error (1)" },
    { "usr/bin/bash¦-c¦exit 7", FERRY_ERROR_FAILED, "(7)" },
    { "usr/bin/bash¦-c¦kill -9 $$", FERRY_ERROR_FAILED, "signal 9" },
    { "usr/bin/no-such-program", FERRY_ERROR_NOT_FOUND, "not installed" },
    { "etc/passwd", FERRY_ERROR_NOT_FOUND, "not installed" },
    { "usr/bin", FERRY_ERROR_NOT_FOUND, "not installed" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      Result result = run (cases[i].line);

      g_assert_error (result.error, FERRY_ERROR, cases[i].code);
      g_assert_nonnull (strstr (result.error->message, cases[i].message));
      result_clear (&result);
    }
}

static void
test_output (void)
{
  Result result = run ("usr/bin/printf¦a\\001b\\033[31mred\\n\\n\\xff\\xfe\\n10%%\\r20%%\\nlast");

  g_assert_cmpuint (result.lines->len, ==, 5);
  g_assert_cmpstr (line_of (&result, 0), ==, "a b [31mred");
  g_assert_true (g_utf8_validate (line_of (&result, 1), -1, NULL));
  g_assert_cmpstr (line_of (&result, 2), ==, "10%");
  g_assert_cmpstr (line_of (&result, 3), ==, "20%");
  g_assert_cmpstr (line_of (&result, 4), ==, "last");
  result_clear (&result);
}

/* A flood of output neither blocks nor fills the memory. */
static void
test_flood (void)
{
  Result many = run ("usr/bin/seq¦1¦200000");
  Result lengthy = run ("usr/bin/bash¦-c¦head -c 3000000 /dev/zero | tr '\\0' x");

  g_assert_no_error (many.error);
  g_assert_cmpuint (many.lines->len, ==, FERRY_PROGRAM_MAX_LINES);
  g_assert_no_error (lengthy.error);
  g_assert_cmpuint (lengthy.lines->len, ==, 1);
  g_assert_cmpuint (strlen (line_of (&lengthy, 0)), ==, FERRY_PROGRAM_MAX_LINE);
  result_clear (&many);
  result_clear (&lengthy);
}

static gboolean
is_running (const char *path)
{
  g_autofree char *text = NULL;

  return g_file_get_contents (path, &text, NULL, NULL) && strstr (text, "State:\tZ") == NULL;
}

/* What the program had started ends with it. */
static void
test_time_limit (void)
{
  Result result = run_limited ("usr/bin/bash¦-c¦sleep 300 & echo $!; wait", 1, NULL);
  g_autofree char *path = g_build_filename ("/proc", line_of (&result, 0), "status", NULL);

  g_assert_error (result.error, FERRY_ERROR, FERRY_ERROR_FAILED);
  g_assert_nonnull (strstr (result.error->message, "took too long"));
  g_assert_cmpfloat (result.seconds, <, 9);
  g_assert_cmpuint (result.lines->len, ==, 1);
  for (guint i = 0; i < 50 && is_running (path); i++)
    g_usleep (100000);
  g_assert_false (is_running (path));
  result_clear (&result);
}

static gpointer
cancel_soon (gpointer data)
{
  g_usleep (300000);
  g_cancellable_cancel (data);
  return NULL;
}

/* It may tidy up: the request to end comes before the end. */
static void
test_cancel (void)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  GThread *thread = g_thread_new ("cancel", cancel_soon, cancellable);
  Result result = run_limited ("usr/bin/bash¦-c¦trap 'echo tidy; exit 1' TERM; sleep 300 & wait", 60, cancellable);
  Result again;

  g_thread_join (thread);
  g_assert_error (result.error, FERRY_ERROR, FERRY_ERROR_CANCELLED);
  g_assert_cmpfloat (result.seconds, <, 9);
  g_assert_cmpstr (line_of (&result, 0), ==, "tidy");
  again = run_limited ("usr/bin/true", 60, cancellable);
  g_assert_error (again.error, FERRY_ERROR, FERRY_ERROR_CANCELLED);
  result_clear (&result);
  result_clear (&again);
}

/* A daemon that keeps the output open does not hold us up. */
static void
test_daemon (void)
{
  Result result = run ("usr/bin/bash¦-c¦sleep 5 & echo done");

  g_assert_no_error (result.error);
  g_assert_cmpstr (line_of (&result, 0), ==, "done");
  g_assert_cmpfloat (result.seconds, <, 4);
  result_clear (&result);
}

/* A program, or a system, that others can change is not run. */
static void
test_trust (void)
{
  static const char *const arguments[] = { "usr/bin/tool", NULL };
  g_autoptr (FerryTree) tree = ferry_tree_new ();
  g_autoptr (FerryRoot) root = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *path = NULL;
  FerryProgram program = { .arguments = arguments, .seconds = 10 };
  int code;

  ferry_tree_add_program (tree, "usr/bin/tool");
  root = ferry_tree_open (tree);
  program.root = root;
  path = g_build_filename (ferry_tree_get_folder (tree), "usr/bin/tool", NULL);
  g_assert_cmpint (chmod (path, 0777), ==, 0);
  g_assert_false (ferry_program_run (&program, &error));
  g_assert_error (error, FERRY_ERROR, FERRY_ERROR_REFUSED);
  g_clear_error (&error);

  g_assert_cmpint (chmod (path, 0755), ==, 0);
  g_assert_cmpint (chmod (ferry_tree_get_folder (tree), 0777), ==, 0);
  g_assert_false (ferry_program_run (&program, &error));
  g_assert_error (error, FERRY_ERROR, FERRY_ERROR_REFUSED);
  g_clear_error (&error);

  g_assert_cmpint (chmod (ferry_tree_get_folder (tree), 0700), ==, 0);
  g_assert_false (ferry_program_run (&program, &error));
  code = geteuid () == 0 ? FERRY_ERROR_FAILED : FERRY_ERROR_DENIED;
  g_assert_error (error, FERRY_ERROR, code);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/program/environment", test_environment);
  g_test_add_func ("/program/surroundings", test_surroundings);
  g_test_add_func ("/program/no-shell", test_no_shell);
  g_test_add_func ("/program/failure", test_failure);
  g_test_add_func ("/program/output", test_output);
  g_test_add_func ("/program/flood", test_flood);
  g_test_add_func ("/program/time-limit", test_time_limit);
  g_test_add_func ("/program/cancel", test_cancel);
  g_test_add_func ("/program/daemon", test_daemon);
  g_test_add_func ("/program/trust", test_trust);
  return g_test_run ();
}
