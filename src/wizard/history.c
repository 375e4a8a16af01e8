/* history.c: see history.h. */
#include "config.h"

#include "history.h"

static void
past_free (gpointer data)
{
  FerryPast *past = data;

  g_free (past->id);
  g_free (past->title);
  g_free (past->state);
  g_strfreev (past->paths);
  g_free (past);
}

static FerryIntent *
read_intent (GVariant *facts)
{
  g_autoptr (GVariant) map = facts != NULL ? g_variant_get_child_value (facts, 0) : NULL;
  g_autoptr (GVariant) intent = NULL;

  if (map != NULL)
    intent = g_variant_lookup_value (map, "intent", G_VARIANT_TYPE_VARDICT);
  return intent != NULL ? ferry_intent_from_variant (intent, NULL) : NULL;
}

/**
 * ferry_history_new:
 * @reply: of History(), "(a(sxssas))"
 * @facts: (nullable): of Inspect(), "(a{sv})"
 *
 * Returns: (transfer full): the history
 */
FerryHistory *
ferry_history_new (GVariant *reply, GVariant *facts)
{
  FerryHistory *history = g_new0 (FerryHistory, 1);
  g_autoptr (GVariantIter) iter = NULL;
  FerryPast past = { 0 };

  history->entries = g_ptr_array_new_with_free_func (past_free);
  g_variant_get (reply, "(a(sxssas))", &iter);
  while (g_variant_iter_next (iter, "(sxss^as)", &past.id, &past.time, &past.title, &past.state,
                              &past.paths))
    g_ptr_array_add (history->entries, g_memdup2 (&past, sizeof past));
  history->intent = read_intent (facts);
  history->facts = facts != NULL ? g_variant_ref (facts) : NULL;
  return history;
}

void
ferry_history_free (FerryHistory *history)
{
  if (history == NULL)
    return;
  g_ptr_array_unref (history->entries);
  ferry_intent_free (history->intent);
  g_clear_pointer (&history->facts, g_variant_unref);
  g_free (history);
}

gboolean
ferry_past_is_in_force (const FerryPast *past)
{
  return g_str_equal (past->state, "done");
}

/**
 * ferry_history_find_newest:
 * @history: (nullable):
 *
 * Returns: (transfer none) (nullable): the newest change that is in force
 */
const FerryPast *
ferry_history_find_newest (const FerryHistory *history)
{
  for (guint i = 0; history != NULL && i < history->entries->len; i++)
    if (ferry_past_is_in_force (g_ptr_array_index (history->entries, i)))
      return g_ptr_array_index (history->entries, i);
  return NULL;
}

guint
ferry_history_count_in_force (const FerryHistory *history)
{
  guint count = 0;

  for (guint i = 0; history != NULL && i < history->entries->len; i++)
    count += ferry_past_is_in_force (g_ptr_array_index (history->entries, i));
  return count;
}
