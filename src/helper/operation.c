/* operation.c: see operation.h. */
#include "config.h"

#include <string.h>
#include <glib/gi18n-lib.h>

#include "facts/error.h"
#include "act/fault.h"
#include "helper/operation.h"

struct _FerryOperation
{
  gint ref_count;
  FerryRoot *root;
  FerryTools *tools;
  char *sender;
  char *subject;
  char *packages, *group; /* or NULL */
  guint files;
  GCancellable *cancellable;
  guint uid;
  FerryOperationTold told;
  gpointer told_data;

  FerryMachine *machine; /* apply */
  FerryPlan *plan;
  FerryIntent *intent;

  char *id; /* undo */
  gboolean force;
};

FerryOperation *
ferry_operation_ref (FerryOperation *operation)
{
  g_atomic_int_inc (&operation->ref_count);
  return operation;
}

void
ferry_operation_unref (FerryOperation *operation)
{
  if (!g_atomic_int_dec_and_test (&operation->ref_count))
    return;
  ferry_root_unref (operation->root);
  g_free (operation->sender);
  g_free (operation->subject);
  g_free (operation->packages);
  g_free (operation->group);
  g_free (operation->id);
  g_object_unref (operation->cancellable);
  g_clear_object (&operation->machine);
  g_clear_pointer (&operation->plan, ferry_plan_free);
  g_clear_pointer (&operation->intent, ferry_intent_free);
  g_free (operation);
}

static FerryOperation *
operation_new (FerryRoot *root, FerryTools *tools, const char *sender)
{
  FerryOperation *operation = g_new0 (FerryOperation, 1);

  operation->ref_count = 1;
  operation->root = ferry_root_ref (root);
  operation->tools = tools;
  operation->sender = g_strdup (sender);
  operation->cancellable = g_cancellable_new ();
  return operation;
}

static guint
count_files (GPtrArray *changes)
{
  guint files = 0;

  for (guint i = 0; i < changes->len; i++)
    files += *((FerryChange *) g_ptr_array_index (changes, i))->path != '\0';
  return files;
}

/* The items of all changes of the kind, or NULL (transfer full). */
static char *
name_items (GPtrArray *changes, FerryChangeKind kind)
{
  g_autoptr (GString) names = g_string_new (NULL);

  for (guint i = 0; i < changes->len; i++)
    {
      const FerryChange *change = g_ptr_array_index (changes, i);
      g_autofree char *items = g_strjoinv (", ", change->items);

      if (change->kind == kind)
        g_string_append_printf (names, "%s%s", names->len > 0 ? ", " : "", items);
    }
  return names->len > 0 ? g_string_free (g_steal_pointer (&names), FALSE) : NULL;
}

static char *
name_cards (FerryMachine *machine, const FerryIntent *intent)
{
  g_autoptr (GString) names = g_string_new (NULL);

  for (guint i = 0; i < machine->cards->len; i++)
    for (guint j = 0; j < intent->cards->len; j++)
      {
        const FerryCard *card = g_ptr_array_index (machine->cards, i);

        if (ferry_address_same_slot (&card->primary->address,
                                     &g_array_index (intent->cards, FerryAddress, j)))
          g_string_append_printf (names, "%s%s", names->len > 0 ? ", " : "", card->name);
      }
  return names->len > 0 ? g_string_free (g_steal_pointer (&names), FALSE) : g_strdup (_("this computer"));
}

static gboolean
check_plan (const FerryPlan *plan, const char *digest, GError **error)
{
  if (plan->refusals->len > 0)
    g_set_error_literal (error, FERRY_FAULT, FERRY_FAULT_REFUSED,
                         ((FerryNote *) g_ptr_array_index (plan->refusals, 0))->text);
  else if (!g_str_equal (plan->digest, digest))
    g_set_error_literal (error, FERRY_FAULT, FERRY_FAULT_PLAN_CHANGED,
                         _("The computer has changed since this plan was shown. Look at the new plan."));
  else if (ferry_plan_is_empty (plan))
    g_set_error_literal (error, FERRY_FAULT, FERRY_FAULT_NOTHING_TO_DO, _("Nothing is left to change."));
  else
    return TRUE;
  return FALSE;
}

/**
 * ferry_operation_new_apply:
 *
 * Looks at the computer and makes the plan. Nothing is changed and nobody is asked yet.
 *
 * Returns: (transfer full) (nullable): the operation, or %NULL with REFUSED, PLAN_CHANGED or NOTHING_TO_DO
 */
FerryOperation *
ferry_operation_new_apply (FerryRoot *root, FerryTools *tools, const char *sender, const char *digest,
                           const FerryIntent *intent, GError **error)
{
  g_autoptr (FerryOperation) operation = operation_new (root, tools, sender);

  operation->intent = ferry_intent_copy (intent);
  operation->machine = ferry_machine_scan (root, NULL, NULL, error);
  if (operation->machine == NULL)
    return NULL;
  operation->plan = ferry_plan_make (operation->machine, intent);
  if (!check_plan (operation->plan, digest, error))
    return NULL;
  operation->subject = name_cards (operation->machine, intent);
  operation->files = count_files (operation->plan->changes);
  operation->packages = name_items (operation->plan->changes, FERRY_CHANGE_PACKAGES);
  operation->group = name_items (operation->plan->changes, FERRY_CHANGE_GROUP);
  return g_steal_pointer (&operation);
}

FerryOperation *
ferry_operation_new_undo (FerryRoot *root, FerryTools *tools, const char *sender, const char *id,
                          gboolean force, GError **error)
{
  g_autoptr (FerryOperation) operation = operation_new (root, tools, sender);
  g_autoptr (FerryEntry) entry = ferry_journal_find (root, id, error);

  if (entry == NULL)
    return NULL;
  operation->id = g_strdup (id);
  operation->force = force;
  operation->subject = g_strdup (entry->title);
  operation->files = count_files (entry->changes);
  return g_steal_pointer (&operation);
}

const char *
ferry_operation_get_sender (FerryOperation *operation)
{
  return operation->sender;
}

const char *
ferry_operation_get_subject (FerryOperation *operation)
{
  return operation->subject;
}

const char *
ferry_operation_get_packages (FerryOperation *operation)
{
  return operation->packages;
}

const char *
ferry_operation_get_group (FerryOperation *operation)
{
  return operation->group;
}

guint
ferry_operation_count_files (FerryOperation *operation)
{
  return operation->files;
}

void
ferry_operation_cancel (FerryOperation *operation)
{
  g_cancellable_cancel (operation->cancellable);
}

GCancellable *
ferry_operation_get_cancellable (FerryOperation *operation)
{
  return operation->cancellable;
}

typedef struct
{
  FerryOperation *operation;
  FerryOperationProgress progress;
} Telling;

static void
telling_free (gpointer data)
{
  Telling *telling = data;

  g_free (telling->progress.stage);
  g_free (telling->progress.title);
  ferry_operation_unref (telling->operation);
  g_free (telling);
}

static gboolean
tell (gpointer data)
{
  Telling *telling = data;

  telling->operation->told (&telling->progress, telling->operation->told_data);
  return G_SOURCE_REMOVE;
}

/* In the thread; handed over to the main loop, and never called from here, as g_main_context_invoke() may do. */
static void
on_progress (const char *stage, guint step, guint of, const char *title, gpointer user_data)
{
  Telling *telling = g_new0 (Telling, 1);

  telling->operation = ferry_operation_ref (user_data);
  telling->progress = (FerryOperationProgress){ g_strdup (stage), step, of, g_strdup (title) };
  g_idle_add_full (G_PRIORITY_DEFAULT, tell, telling, telling_free);
}

/* A password can take its time: what the plan was made from is looked at again. */
static gboolean
look_again (FerryOperation *operation, GError **error)
{
  g_autoptr (FerryMachine) machine = ferry_machine_scan (operation->root, NULL, NULL, error);
  g_autoptr (FerryPlan) plan = NULL;

  if (machine == NULL)
    return FALSE;
  plan = ferry_plan_make (machine, operation->intent);
  if (!check_plan (plan, operation->plan->digest, error))
    return FALSE;
  g_set_object (&operation->machine, machine);
  return TRUE;
}

static void
run_in_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  FerryOperation *operation = task_data;
  FerryTransaction transaction = { operation->root, operation->tools, on_progress, operation,
                                   operation->cancellable, operation->uid };
  g_autoptr (GError) error = NULL;
  char *id = NULL;

  if (operation->plan != NULL)
    id = look_again (operation, &error)
             ? ferry_transaction_apply (&transaction, operation->machine, operation->plan, operation->intent,
                                        &error)
             : NULL;
  else if (ferry_transaction_undo (&transaction, operation->id, operation->force, NULL, &error))
    id = g_strdup (operation->id);
  if (id != NULL)
    g_task_return_pointer (task, id, g_free);
  else
    g_task_return_error (task, ferry_fault_from_error (error));
}

/**
 * ferry_operation_run:
 * @permit: (transfer full): for this change
 */
void
ferry_operation_run (FerryOperation *operation, FerryPermit *permit, FerryOperationTold told,
                     GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (FerryPermit) owned = permit;
  g_autoptr (GTask) task = g_task_new (NULL, NULL, callback, user_data);
  const char *method = operation->plan != NULL ? "Apply" : "Undo";

  if (!ferry_permit_is_for (owned, method, FERRY_QUESTION_CHANGE))
    {
      g_task_return_new_error (task, FERRY_FAULT, FERRY_FAULT_NOT_AUTHORIZED,
                               _("You are not allowed to do this on this computer"));
      return;
    }
  operation->uid = ferry_permit_get_uid (owned);
  operation->told = told;
  operation->told_data = user_data;
  g_task_set_task_data (task, ferry_operation_ref (operation), (GDestroyNotify) ferry_operation_unref);
  g_task_run_in_thread (task, run_in_thread);
}

char *
ferry_operation_run_finish (FerryOperation *operation, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
