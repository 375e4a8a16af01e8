/* plan.c: ferryctl plan: shows a plan and changes nothing. */
#include "config.h"

#include "act/diff.h"
#include "cli/output.h"
#include "cli/request.h"
#include "plan/plan-listing.h"

static char **
make_diffs (const FerryPlan *plan, GError **error)
{
  g_autoptr (GPtrArray) diffs = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < plan->changes->len; i++)
    {
      const FerryChange *change = g_ptr_array_index (plan->changes, i);
      char *diff = NULL;

      if (change->kind == FERRY_CHANGE_FILE)
        diff = ferry_diff_make (change->path, change->before, change->after, error);
      else
        diff = g_strdup ("");
      if (diff == NULL)
        return NULL;
      g_ptr_array_add (diffs, diff);
    }
  g_ptr_array_add (diffs, NULL);
  return (char **) g_ptr_array_free (g_steal_pointer (&diffs), FALSE);
}

static int
exit_status (const FerryPlan *plan)
{
  if (plan->refusals->len > 0)
    return FERRY_EXIT_IMPOSSIBLE;
  return plan->changes->len > 0 ? FERRY_EXIT_STEPS : FERRY_EXIT_READY;
}

int
ferry_command_plan (const FerryRequest *request, GError **error)
{
  g_autoptr (FerryRoot) root = ferry_request_open_root (request, error);
  g_autoptr (FerryMachine) machine = NULL;
  g_autoptr (FerryPlan) plan = NULL;
  g_auto (GStrv) diffs = NULL;
  g_autofree char *text = NULL;

  if (root == NULL)
    return FERRY_EXIT_ERROR;
  machine = ferry_machine_scan (root, NULL, NULL, error);
  if (machine == NULL)
    return FERRY_EXIT_ERROR;
  plan = ferry_plan_make (machine, request->intent);
  if (request->diff)
    {
      diffs = make_diffs (plan, error);
      if (diffs == NULL)
        return FERRY_EXIT_ERROR;
    }
  text = request->json ? ferry_plan_listing_json (plan, request->intent)
                       : ferry_plan_listing_text (plan, diffs);
  return ferry_output_print (text, error) ? exit_status (plan) : FERRY_EXIT_ERROR;
}
