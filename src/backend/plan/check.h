/* check.h: what a machine can do, in plain words: a table of small functions from machine to check.
 *
 * Pure: no file, clock, environment or bus. The overall verdict is computed here from the checks
 * and the card verdicts. The rules and their sources are written at each check.
 */
#pragma once

#include "facts/machine.h"
#include "plan/verdict.h"

G_BEGIN_DECLS

typedef enum
{
  FERRY_CHECK_PASS,
  FERRY_CHECK_WARN,
  FERRY_CHECK_FAIL,
  FERRY_CHECK_UNKNOWN
} FerryCheckVerdict;

typedef struct
{
  const char *id;            /* "iommu-enabled": stable, part of the JSON */
  FerryCheckVerdict verdict;
  gboolean blocks;           /* FAIL and no setting can help: the computer is "impossible" */
  char *title;               /* what */
  char *why;                 /* why it matters */
  char *action;              /* what to do now; "" when nothing */
  char *details;             /* jargon for those who expand it; "" when nothing */
  const char *part;          /* which part of FerryMachine it rests on ("iommu"), for live rows */
  const char *fix;           /* id of a firmware setting or change that mends it, or NULL */
} FerryCheck;

typedef enum
{
  FERRY_OVERALL_READY,
  FERRY_OVERALL_STEPS,
  FERRY_OVERALL_IMPOSSIBLE
} FerryOverall;

typedef struct
{
  FerryOverall overall;
  char *sentence;
  GPtrArray *checks;   /* of FerryCheck */
  GPtrArray *verdicts; /* of FerryVerdict, one for each card in the machine's order */
} FerryReport;

FerryReport *ferry_report_make (FerryMachine *machine);
const FerryCheck *ferry_report_find (const FerryReport *report, const char *id);
void ferry_report_free (FerryReport *report);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (FerryReport, ferry_report_free)

const char *ferry_check_verdict_to_string (FerryCheckVerdict verdict); /* "pass", ... */
const char *ferry_overall_to_string (FerryOverall overall);            /* "ready", "steps", "impossible" */

G_END_DECLS
