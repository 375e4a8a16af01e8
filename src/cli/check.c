/* check.c: ferryctl check and ferryctl cards. */
#include "config.h"

#include "cli/output.h"
#include "cli/request.h"
#include "plan/listing.h"

static int
exit_status (const FerryReport *report)
{
  switch (report->overall)
    {
    case FERRY_OVERALL_READY:
      return FERRY_EXIT_READY;
    case FERRY_OVERALL_STEPS:
      return FERRY_EXIT_STEPS;
    case FERRY_OVERALL_IMPOSSIBLE:
    default:
      return FERRY_EXIT_IMPOSSIBLE;
    }
}

typedef char *(*Listing) (const FerryReport *report);

static int
print_report (const FerryRequest *request, Listing as_text, Listing as_json, GError **error)
{
  g_autoptr (FerryRoot) root = ferry_request_open_root (request, error);
  g_autoptr (FerryMachine) machine = NULL;
  g_autoptr (FerryReport) report = NULL;
  g_autofree char *text = NULL;

  if (root == NULL)
    return FERRY_EXIT_ERROR;
  machine = ferry_machine_scan (root, NULL, NULL, error);
  if (machine == NULL)
    return FERRY_EXIT_ERROR;
  report = ferry_report_make (machine);
  text = request->json ? as_json (report) : as_text (report);
  return ferry_output_print (text, error) ? exit_status (report) : FERRY_EXIT_ERROR;
}

int
ferry_command_check (const FerryRequest *request, GError **error)
{
  return print_report (request, ferry_listing_check_text, ferry_listing_check_json, error);
}

int
ferry_command_cards (const FerryRequest *request, GError **error)
{
  return print_report (request, ferry_listing_cards_text, ferry_listing_cards_json, error);
}
