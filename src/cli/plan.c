/* plan.c: ferryctl plan: shows a plan and changes nothing.
 *
 * Some files of the start only root can read, so an ordinary user is shown what the root helper sees, where it is
 * installed and looks for this user. It is then the plan that apply carries out.
 */
#include "config.h"

#include <unistd.h>
#include <glib/gi18n.h>

#include "act/client.h"
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

/* The helper's plan as JSON, or NULL: it is not there, or does not look for this user. */
static char *
ask_helper (const FerryRequest *request)
{
  g_autoptr (FerryClient) client = NULL;

  if (request->root != NULL || request->machine != NULL || geteuid () == 0)
    return NULL;
  client = ferry_client_new (NULL, NULL);
  return client != NULL ? ferry_client_preview (client, request->intent, NULL) : NULL;
}

static FerryPlan *
make_plan (const FerryRequest *request, GError **error)
{
  g_autoptr (FerryRoot) root = ferry_request_open_root (request, error);
  g_autoptr (FerryMachine) machine = root != NULL ? ferry_machine_scan (root, NULL, NULL, error) : NULL;

  if (machine == NULL)
    return NULL;
  if (ferry_root_is_live (root) && geteuid () != 0)
    ferry_output_print_error (_ ("This is the plan as you can see the computer. Some files only the administrator can read: "
                                 "“sudo ferryctl plan” may show more."));
  return ferry_plan_make (machine, request->intent);
}

int
ferry_command_plan (const FerryRequest *request, GError **error)
{
  g_autofree char *json = ask_helper (request);
  g_autoptr (FerryPlan) plan = json != NULL ? ferry_plan_listing_parse (json, NULL) : NULL;
  g_auto (GStrv) diffs = NULL;
  g_autofree char *text = NULL;

  if (plan == NULL)
    {
      g_clear_pointer (&json, g_free);
      plan = make_plan (request, error);
    }
  if (plan == NULL)
    return FERRY_EXIT_ERROR;
  if (request->diff)
    {
      diffs = make_diffs (plan, error);
      if (diffs == NULL)
        return FERRY_EXIT_ERROR;
    }
  if (request->json)
    text = json != NULL ? g_steal_pointer (&json) : ferry_plan_listing_json (plan, request->intent);
  else
    text = ferry_plan_listing_text (plan, diffs);
  return ferry_output_print (text, error) ? exit_status (plan) : FERRY_EXIT_ERROR;
}
