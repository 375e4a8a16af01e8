/* program.c: see program.h. */
#include "config.h"

#include <signal.h>
#include <string.h>
#include <glib/gi18n.h>

#include "cli/output.h"
#include "cli/program.h"
#include "cli/request.h"
#include "cli/vm.h"

static void
print_usage_error (const char *message)
{
  g_autofree char *full = g_strdup_printf (
      /* Translators: %s is a sentence, such as “There is no command “x”.” */
      _ ("%s Try “ferryctl help”."), message);

  ferry_output_print_error (full);
}

/* A reader that goes away, or Ctrl+C, must not leave the files of a recorded computer behind: the
 * first becomes an error of write(2), the second waits until they are removed. */
static int
run (const FerryRequest *request, GError **error)
{
  sigset_t waiting, before;
  int status;

  sigemptyset (&waiting);
  sigaddset (&waiting, SIGINT);
  sigaddset (&waiting, SIGTERM);
  sigaddset (&waiting, SIGHUP);
  if (request->machine != NULL)
    sigprocmask (SIG_BLOCK, &waiting, &before);
  status = request->command->run (request, error);
  if (request->machine != NULL)
    sigprocmask (SIG_SETMASK, &before, NULL);
  return status;
}

/* Where the first word is that is neither an option nor the value of one; 0 without any. */
static int
find_command (int argc, char **argv)
{
  static const char *const with_value[] = { "--machine", "--root", NULL };

  for (int i = 1; i < argc; i++)
    {
      if (g_strv_contains (with_value, argv[i]))
        i++;
      else if (*argv[i] != '-')
        return i;
    }
  return 0;
}

/* “ferryctl --root DIR vm list” is “ferryctl vm --root DIR list”, which has a reader of its own. */
static gboolean
is_vm (int argc, char **argv)
{
  const int at = find_command (argc, argv);
  char *word = at > 0 ? argv[at] : NULL;

  if (word == NULL || !g_str_equal (word, "vm"))
    return FALSE;
  memmove (argv + 2, argv + 1, sizeof *argv * (gsize) (at - 1));
  argv[1] = word;
  return TRUE;
}

/**
 * ferry_cli_run:
 *
 * Returns: the exit status that ferryctl(1) documents; errors were printed as one sentence
 */
int
ferry_cli_run (int argc, char **argv)
{
  const gboolean vm = is_vm (argc, argv);
  g_autoptr (GError) error = NULL;
  g_autoptr (FerryRequest) request = vm ? NULL : ferry_request_parse (argc, argv, &error);
  int status;

  g_set_prgname ("ferryctl");
  signal (SIGPIPE, SIG_IGN);
  if (vm)
    return ferry_vm_run (argc - 1, argv + 1);
  status = request == NULL ? FERRY_EXIT_USAGE : run (request, &error);

  if (error == NULL)
    return status;
  if (status == FERRY_EXIT_USAGE)
    print_usage_error (error->message);
  else
    ferry_output_print_error (error->message);
  return status;
}
