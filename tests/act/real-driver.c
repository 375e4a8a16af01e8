/* real-driver.c: one apply or undo, or one single step, on a root folder, with the programs that are installed in it.
 *
 * usage: real-driver ROOT apply ADDRESS | undo
 *        real-driver ROOT step|back KIND TOOL USER ITEM...
 * Exit status 0 says that it succeeded. What the programs print goes to standard output.
 */
#include "config.h"

#include <stdio.h>

#include "act/transaction.h"

static void
print_line (const char *line, gpointer user_data)
{
  printf ("%s\n", line);
}

static gboolean
apply (const FerryTransaction *transaction, const char *address, GError **error)
{
  g_autoptr (FerryMachine) machine = ferry_machine_scan (transaction->root, NULL, NULL, error);
  g_autoptr (FerryIntent) intent = ferry_intent_new ();
  g_autoptr (FerryPlan) plan = NULL;
  g_autofree char *id = NULL;
  FerryAddress card;

  if (machine == NULL || !ferry_address_parse (address, &card))
    return FALSE;
  intent->install = FALSE;
  intent->accept_only_display = TRUE;
  g_array_append_val (intent->cards, card);
  plan = ferry_plan_make (machine, intent);
  for (guint i = 0; i < plan->changes->len; i++)
    {
      const FerryChange *change = g_ptr_array_index (plan->changes, i);
      printf ("change: %s %s%s\n", ferry_change_kind_to_string (change->kind), change->path, change->tool);
    }
  id = ferry_transaction_apply (transaction, machine, plan, intent, error);
  return id != NULL;
}

static gboolean
undo (const FerryTransaction *transaction, GError **error)
{
  g_autoptr (GPtrArray) entries = ferry_journal_list (transaction->root, NULL, error);

  for (guint i = 0; entries != NULL && i < entries->len; i++)
    {
      const FerryEntry *entry = g_ptr_array_index (entries, i);

      if (entry->state == FERRY_STATE_DONE)
        return ferry_transaction_undo (transaction, entry->id, FALSE, NULL, error);
    }
  return FALSE;
}

/* @arguments: KIND TOOL USER ITEM... */
static gboolean
run_step (FerryRoot *root, FerryTools *tools, gboolean back, char **arguments, GError **error)
{
  g_autoptr (FerryMachine) machine = ferry_machine_scan (root, NULL, NULL, error);
  g_autoptr (FerryChange) change = NULL;
  FerryChangeKind kind;

  if (machine == NULL || g_strv_length (arguments) < 3 || !ferry_change_kind_from_string (arguments[0], &kind))
    return FALSE;
  change = ferry_change_new (kind, "");
  g_free (change->tool);
  change->tool = g_strdup (arguments[1]);
  g_strfreev (change->items);
  change->items = g_strdupv (arguments + 3);
  tools->user_name = g_strdup (arguments[2]);
  return back ? tools->take_back (tools, NULL, change, error) : tools->run (tools, machine, change, NULL, error);
}

int
main (int argc, char **argv)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (FerryRoot) root = argc >= 3 ? ferry_root_new (argv[1], &error) : NULL;
  g_autoptr (FerryTools) tools = NULL;
  gboolean good = FALSE;

  if (root == NULL)
    return 2;
  tools = ferry_tools_new_system (root);
  tools->log = print_line;
  FerryTransaction transaction = { root, tools, NULL, NULL, NULL, 0 };
  if (argc == 4 && g_str_equal (argv[2], "apply"))
    good = apply (&transaction, argv[3], &error);
  else if (g_str_equal (argv[2], "undo"))
    good = undo (&transaction, &error);
  else if (g_str_equal (argv[2], "step") || g_str_equal (argv[2], "back"))
    good = run_step (root, tools, *argv[2] == 'b', argv + 3, &error);
  if (!good)
    printf ("error: %s\n", error != NULL ? error->message : "no change");
  return good ? 0 : 1;
}
