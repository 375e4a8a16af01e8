/* program.c: see program.h. */
#include "config.h"

#include <glib/gi18n.h>

#include "cli/output.h"
#include "cli/program.h"
#include "cli/request.h"

static void
print_usage_error (const char *message)
{
  g_autofree char *full = g_strdup_printf (
      /* Translators: %s is a sentence, such as “There is no command “x”.” */
      _ ("%s Try “ferryctl help”."), message);

  ferry_output_print_error (full);
}

/**
 * ferry_program_run:
 *
 * Returns: the exit status that ferryctl(1) documents; errors were printed as one sentence
 */
int
ferry_program_run (int argc, char **argv)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (FerryRequest) request = ferry_request_parse (argc, argv, &error);
  int status = request == NULL ? FERRY_EXIT_USAGE : request->command->run (request, &error);

  if (error == NULL)
    return status;
  if (status == FERRY_EXIT_USAGE)
    print_usage_error (error->message);
  else
    ferry_output_print_error (error->message);
  return status;
}
