/* program.c: see program.h. */
#include "config.h"

#include <signal.h>
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

/**
 * ferry_program_run:
 *
 * Returns: the exit status that ferryctl(1) documents; errors were printed as one sentence
 */
int
ferry_program_run (int argc, char **argv)
{
  gboolean vm = argc > 1 && g_str_equal (argv[1], "vm");
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
