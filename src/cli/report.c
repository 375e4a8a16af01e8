/* report.c: ferryctl report: a summary for those who help, and with a file name a recording beside
 * it. */
#include "config.h"

#include <glib/gi18n.h>

#include "act/inspection.h"
#include "cli/output.h"
#include "cli/request.h"
#include "cli/verify.h"
#include "facts/recording.h"
#include "facts/scrub.h"
#include "plan/paragraph.h"
#include "plan/posting.h"

static char *
scrub_start_line (FerryMachine *machine)
{
  g_autoptr (FerryScrub) scrub = ferry_scrub_new (machine->root);
  g_autofree char *line = ferry_cmdline_to_string (machine->kernel->cmdline);
  g_autofree char *valid = g_utf8_make_valid (line, -1);

  return ferry_scrub_names (scrub, valid);
}

/* A recording of this computer, with what only root can read as the helper told it. */
static gboolean
save_recording (const FerryRequest *request, GVariant *facts, GError **error)
{
  g_autoptr (FerryRoot) root = ferry_request_open_root (request, error);
  g_autofree char *text = NULL;
  g_autofree char *recording = NULL;

  if (root == NULL)
    return FALSE;
  text = ferry_inspection_print (facts);
  recording = ferry_recording_make_with (root, FERRY_INSPECTION_FILE, text, error);
  return recording != NULL && ferry_output_create (request->arguments[0], recording, error);
}

int
ferry_command_report (const FerryRequest *request, GError **error)
{
  g_autoptr (FerryMachine) machine = NULL;
  g_autoptr (GVariant) facts = NULL;
  g_autoptr (FerryVerification) verification = ferry_verify_look (request, &machine, &facts, error);
  g_autofree char *line = NULL;
  g_autofree char *text = NULL;

  if (verification == NULL)
    return FERRY_EXIT_ERROR;
  if (request->arguments[0] != NULL && !save_recording (request, facts, error))
    return FERRY_EXIT_ERROR;
  line = scrub_start_line (machine);
  text = ferry_posting_make (machine, verification, line);
  return ferry_output_print (text, error) ? FERRY_EXIT_READY : FERRY_EXIT_ERROR;
}
