/* check.c: see check.h. */
#include "config.h"

#include "plan/check.h"

FerryReport *
ferry_report_make (FerryMachine *machine)
{
  FerryReport *report = g_new0 (FerryReport, 1);

  report->sentence = g_strdup ("");
  report->checks = g_ptr_array_new ();
  report->verdicts = g_ptr_array_new ();
  return report;
}

const FerryCheck *
ferry_report_find (const FerryReport *report, const char *id)
{
  return NULL;
}

void
ferry_report_free (FerryReport *report)
{
  g_free (report->sentence);
  g_ptr_array_unref (report->checks);
  g_ptr_array_unref (report->verdicts);
  g_free (report);
}

const char *
ferry_check_verdict_to_string (FerryCheckVerdict verdict)
{
  return "unknown";
}

const char *
ferry_overall_to_string (FerryOverall overall)
{
  return "steps";
}
