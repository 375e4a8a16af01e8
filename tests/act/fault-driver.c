/* fault-driver.c: one apply, undo or recovery on a root folder, to be cut at any system call.
 *
 * usage: fault-driver ROOT apply ADDRESS | undo | recover
 * Exit status 0 says that it succeeded; the harness then expects the new state, otherwise the old one.
 */
#include "config.h"

#include <stdio.h>
#include <string.h>

#include "act/transaction.h"
#include "standin.h"

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
  intent->join_group = TRUE;
  g_array_append_val (intent->cards, card);
  plan = ferry_plan_make (machine, intent);
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

int
main (int argc, char **argv)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (FerryRoot) root = argc >= 3 ? ferry_root_new (argv[1], &error) : NULL;
  g_autoptr (FerryTools) tools = NULL;
  gboolean good = FALSE;

  if (root == NULL)
    return 2;
  tools = standin_new (root, STANDIN_GOOD);
  FerryTransaction transaction = { root, tools, NULL, NULL, NULL, 1000 };
  if (argc == 4 && g_str_equal (argv[2], "apply"))
    good = apply (&transaction, argv[3], &error);
  else if (g_str_equal (argv[2], "undo"))
    good = undo (&transaction, &error);
  else if (g_str_equal (argv[2], "recover"))
    good = ferry_transaction_recover (&transaction, NULL, &error);
  if (!good)
    fprintf (stderr, "%s\n", error != NULL ? error->message : "no change");
  return good ? 0 : 1;
}
