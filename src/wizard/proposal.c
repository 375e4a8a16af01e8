/* proposal.c: see proposal.h. */
#include "config.h"

#include "act/diff.h"
#include "proposal.h"
#include "worker.h"

typedef struct
{
  FerryMachine *machine;
  FerryIntent *intent;
  FerryHelper *helper;
} Order;

static void
order_free (gpointer data)
{
  Order *order = data;

  g_object_unref (order->machine);
  ferry_intent_free (order->intent);
  g_clear_object (&order->helper);
  g_free (order);
}

void
ferry_proposal_free (FerryProposal *proposal)
{
  ferry_intent_free (proposal->intent);
  ferry_plan_free (proposal->plan);
  g_strfreev (proposal->diffs);
  g_clear_error (&proposal->doubt);
  g_free (proposal);
}

static char *
make_diff (const FerryChange *change)
{
  g_autoptr (GError) error = NULL;
  char *diff;

  if (change->kind != FERRY_CHANGE_FILE)
    return g_strdup ("");
  diff = ferry_diff_make (change->path, change->before, change->after, &error);
  return diff != NULL ? diff : g_strdup (error->message);
}

static char **
make_diffs (const FerryPlan *plan)
{
  char **diffs = g_new0 (char *, plan->changes->len + 1);

  for (guint i = 0; i < plan->changes->len; i++)
    diffs[i] = make_diff (g_ptr_array_index (plan->changes, i));
  return diffs;
}

static void
make_thread (GTask *task, gpointer owner, gpointer task_data, GCancellable *cancellable)
{
  const Order *order = task_data;
  FerryProposal *proposal = g_new0 (FerryProposal, 1);

  proposal->intent = ferry_intent_copy (order->intent);
  if (order->helper != NULL)
    proposal->plan = ferry_helper_preview (order->helper, order->intent, &proposal->doubt);
  proposal->by_helper = proposal->plan != NULL;
  if (proposal->plan == NULL)
    proposal->plan = ferry_plan_make (order->machine, order->intent);
  proposal->diffs = make_diffs (proposal->plan);
  g_task_return_pointer (task, proposal, (GDestroyNotify)ferry_proposal_free);
}

/**
 * ferry_proposal_start:
 * @machine: kept until the thread is done
 * @intent: (transfer full): what is wanted
 * @helper: (nullable): whom to ask; %NULL for a computer that is not this one
 * @cancellable: once it is cancelled @callback is given %G_IO_ERROR_CANCELLED
 * @owner: kept alive until @callback has been called
 */
void
ferry_proposal_start (FerryMachine *machine, FerryIntent *intent, FerryHelper *helper,
                      GCancellable *cancellable, GAsyncReadyCallback callback, GObject *owner)
{
  g_autoptr (GTask) task = g_task_new (owner, cancellable, callback, NULL);
  Order *order = g_new0 (Order, 1);

  order->machine = g_object_ref (machine);
  order->intent = intent;
  order->helper = helper != NULL ? g_object_ref (helper) : NULL;
  g_task_set_source_tag (task, ferry_proposal_start);
  g_task_set_task_data (task, order, order_free);
  ferry_worker_run (task, make_thread);
}

/**
 * ferry_proposal_finish:
 *
 * Returns: (transfer full) (nullable): the plan, or %NULL with %G_IO_ERROR_CANCELLED
 */
FerryProposal *
ferry_proposal_finish (GObject *owner, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, owner), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}
