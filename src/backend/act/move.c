/* move.c: see move.h. */
#include "config.h"

#include <string.h>
#include <glib/gi18n-lib.h>

#include "act/attributes.h"
#include "act/keepsake.h"
#include "act/move.h"
#include "act/rewritten.h"
#include "facts/error.h"

void
ferry_move_tell (FerryMove *move, const char *stage, const char *title)
{
  const FerryTransaction *transaction = move->transaction;

  if (transaction->progress != NULL)
    transaction->progress (stage, move->step, move->of, title, transaction->progress_data);
}

static const char *
text_from (const FerryMove *move, const FerryChange *change)
{
  return move->forward ? change->before : change->after;
}

static const char *
text_to (const FerryMove *move, const FerryChange *change)
{
  return move->forward ? change->after : change->before;
}

static gboolean
is_file (const FerryChange *change)
{
  return change->kind == FERRY_CHANGE_FILE || change->kind == FERRY_CHANGE_LINK;
}

static gboolean
makes_products (const FerryChange *change)
{
  return change->kind == FERRY_CHANGE_INITRAMFS || change->kind == FERRY_CHANGE_MENU;
}

static char *
beside (const char *path, const char *suffix)
{
  return g_strconcat (path, suffix, NULL);
}

/* What the target holds now; a link counts as its presence only. */
static gboolean
target_is (FerryMove *move, const FerryChange *change, const char *text)
{
  g_autofree char *now = NULL;
  guint mode, uid, gid;

  if (change->kind == FERRY_CHANGE_LINK)
    {
      g_autofree char *points_to = ferry_root_read_link (move->transaction->root, change->path);
      return g_strcmp0 (points_to, text) == 0;
    }
  if (!ferry_target_read (move->target, change->path, &now, &mode, &uid, &gid, NULL))
    return FALSE;
  return g_strcmp0 (now, text) == 0;
}

GPtrArray *
ferry_move_find_conflicts (FerryMove *move)
{
  GPtrArray *conflicts = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < move->entry->changes->len; i++)
    {
      const FerryChange *change = g_ptr_array_index (move->entry->changes, i);

      if (is_file (change) && !target_is (move, change, text_from (move, change)))
        g_ptr_array_add (conflicts, g_strdup (change->path));
    }
  return conflicts;
}

/* Writes the text of one side into PATH.ferry-new; nothing to write when the file goes away. */
static gboolean
write_beside (FerryMove *move, const FerryChange *change, const char *text, GError **error)
{
  g_autofree char *new_path = beside (change->path, FERRY_TOOLS_NEW);

  if (!ferry_target_remove (move->target, new_path, error))
    return FALSE;
  if (change->kind == FERRY_CHANGE_LINK || text == NULL)
    return TRUE;
  return ferry_target_make_folders (move->target, change->path, 0755, NULL, error)
         && ferry_target_create (move->target, new_path, text, strlen (text), change->mode, change->uid,
                                 change->gid, error)
         && (!ferry_target_exists (move->target, change->path)
             || ferry_attributes_copy (move->target, change->path, new_path, error));
}

/* Puts what write_beside() wrote in place, or removes the file. */
static gboolean
put_in_place (FerryMove *move, const FerryChange *change, const char *text, GError **error)
{
  g_autofree char *new_path = beside (change->path, FERRY_TOOLS_NEW);

  if (text == NULL)
    return ferry_target_remove (move->target, change->path, error);
  if (change->kind == FERRY_CHANGE_LINK)
    return ferry_target_make_link (move->target, change->path, text, error);
  return ferry_target_rename (move->target, new_path, change->path, error);
}

/* An edited file is kept under another name when the user said so. */
static gboolean
settle_conflict (FerryMove *move, const FerryChange *change, GError **error)
{
  g_autofree char *kept = beside (change->path, ".ferry-kept");

  if (target_is (move, change, text_from (move, change)) || target_is (move, change, text_to (move, change)))
    return TRUE;
  if (move->force && change->kind == FERRY_CHANGE_FILE)
    return ferry_target_remove (move->target, kept, error)
           && (!ferry_target_exists (move->target, change->path)
               || ferry_target_keep (move->target, change->path, kept, error));
  g_set_error (error, FERRY_ERROR, FERRY_ERROR_CHANGED,
               _("“/%s” was changed by somebody else in the meantime. It was left as it is."),
               change->path);
  return FALSE;
}

static gboolean
move_files (FerryMove *move, GError **error)
{
  ferry_move_tell (move, "writing", "");
  for (guint i = 0; i < move->entry->changes->len; i++)
    {
      const FerryChange *change = g_ptr_array_index (move->entry->changes, i);

      if (is_file (change) && !write_beside (move, change, text_to (move, change), error))
        return FALSE;
    }
  for (guint i = 0; i < move->entry->changes->len; i++)
    {
      const FerryChange *change = g_ptr_array_index (move->entry->changes, i);

      if (!is_file (change) || target_is (move, change, text_to (move, change)))
        continue;
      ferry_move_tell (move, "writing", change->title);
      if (!settle_conflict (move, change, error)
          || !put_in_place (move, change, text_to (move, change), error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
is_sound (const FerryProduct *product)
{
  return product->path != NULL && product->made != NULL && *product->path != '\0' && *product->path != '/'
         && !g_str_equal (product->path, product->made);
}

static gboolean
list_products (FerryMove *move, GError **error)
{
  FerryTools *tools = move->transaction->tools;

  g_ptr_array_set_size (move->entry->products, 0);
  for (guint i = 0; i < move->entry->changes->len; i++)
    {
      const FerryChange *change = g_ptr_array_index (move->entry->changes, i);
      g_autoptr (GPtrArray) products = NULL;

      if (!makes_products (change))
        continue;
      products = tools->list_products (tools, move->machine, change, error);
      if (products == NULL)
        return FALSE;
      g_ptr_array_set_free_func (products, NULL);
      for (guint j = 0; j < products->len; j++)
        {
          FerryProduct *product = g_ptr_array_index (products, j);

          g_ptr_array_add (move->entry->products, product);
          if (!is_sound (product))
            {
              g_set_error_literal (error, FERRY_ERROR, FERRY_ERROR_UNSUPPORTED,
                                   _("It could not be found out which start files this system has."));
              return FALSE;
            }
          product->existed = ferry_target_exists (move->target, product->path);
        }
    }
  return ferry_keepsake_keep (move->transaction->root, move->target, move->entry, error);
}

static gboolean
prove_products (FerryMove *move, const FerryChange *change, GError **error)
{
  FerryTools *tools = move->transaction->tools;
  g_autoptr (GPtrArray) products = tools->list_products (tools, move->machine, change, error);

  if (products == NULL)
    return FALSE;
  ferry_move_tell (move, "verifying", change->title);
  for (guint i = 0; i < products->len; i++)
    if (!tools->prove (tools, move->machine, change, g_ptr_array_index (products, i), move->forward, error))
      return FALSE;
  return TRUE;
}

static const char *
stage_of (const FerryChange *change)
{
  if (change->kind == FERRY_CHANGE_PACKAGES)
    return "installing";
  return makes_products (change) || change->kind == FERRY_CHANGE_BLS_ARGS ? "rebuilding" : "services";
}

static gboolean
run_step (FerryMove *move, const FerryChange *change, GError **error)
{
  FerryTools *tools = move->transaction->tools;

  move->step++;
  ferry_move_tell (move, stage_of (change), change->title);
  if (g_cancellable_set_error_if_cancelled (move->transaction->cancellable, error))
    return FALSE;
  if (!move->forward && !makes_products (change))
    return !change->reversible || tools->take_back (tools, move->machine, change, error);
  if (!tools->run (tools, move->machine, change, move->transaction->cancellable, error))
    return FALSE;
  return !makes_products (change) || prove_products (move, change, error);
}

/* Everything that runs a program, except packages, which come before the first file. */
static gboolean
run_steps (FerryMove *move, GError **error)
{
  FerryState state = move->entry->state;
  guint steps = 0;

  for (guint i = 0; i < move->entry->changes->len; i++)
    {
      const FerryChange *change = g_ptr_array_index (move->entry->changes, i);

      if (is_file (change) || change->kind == FERRY_CHANGE_PACKAGES)
        continue;
      steps++;
      if (!ferry_journal_set_state (move->target, move->entry, state, steps, error)
          || !run_step (move, change, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
switch_products (FerryMove *move, GError **error)
{
  for (guint i = 0; i < move->entry->products->len; i++)
    {
      const FerryProduct *product = g_ptr_array_index (move->entry->products, i);
      g_autofree char *old_path = beside (product->path, FERRY_TOOLS_OLD);

      if (!ferry_target_remove (move->target, old_path, error)
          || (product->existed && !ferry_target_keep (move->target, product->path, old_path, error))
          || !ferry_target_rename (move->target, product->made, product->path, error)
          || !ferry_target_sync (move->target, product->path, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
read_back (FerryMove *move, GError **error)
{
  ferry_move_tell (move, "verifying", "");
  for (guint i = 0; i < move->entry->changes->len; i++)
    {
      const FerryChange *change = g_ptr_array_index (move->entry->changes, i);

      if (is_file (change) && !target_is (move, change, text_to (move, change)))
        {
          g_set_error (error, FERRY_ERROR, FERRY_ERROR_FAILED,
                       _("“/%s” does not hold what was written."), change->path);
          return FALSE;
        }
    }
  return TRUE;
}

void
ferry_move_remove_folders (FerryMove *move)
{
  for (guint i = move->entry->folders->len; i > 0; i--)
    ferry_target_remove_folder (move->target, g_ptr_array_index (move->entry->folders, i - 1));
}

gboolean
ferry_move_run (FerryMove *move, GError **error)
{
  if (!list_products (move, error) || !move_files (move, error) || !run_steps (move, error)
      || g_cancellable_set_error_if_cancelled (move->transaction->cancellable, error)
      || !switch_products (move, error) || !read_back (move, error))
    return FALSE;
  if (!move->forward)
    ferry_move_remove_folders (move);
  return TRUE;
}

static gboolean
take_back_product (FerryMove *move, const FerryProduct *product, GError **error)
{
  g_autofree char *old_path = beside (product->path, FERRY_TOOLS_OLD);

  if (product->existed && ferry_target_exists (move->target, old_path)
      && !ferry_target_rename (move->target, old_path, product->path, error))
    return FALSE;
  if (!product->existed && !ferry_target_remove (move->target, product->path, error))
    return FALSE;
  return ferry_target_remove (move->target, product->made, error)
         && ferry_target_remove (move->target, old_path, error);
}

static gboolean
take_back_file (FerryMove *move, const FerryChange *change, GError **error)
{
  const char *text = text_from (move, change);
  g_autofree char *new_path = beside (change->path, FERRY_TOOLS_NEW);

  if (target_is (move, change, text_to (move, change)) && g_strcmp0 (text, text_to (move, change)) != 0
      && (!write_beside (move, change, text, error) || !put_in_place (move, change, text, error)))
    return FALSE;
  return ferry_target_remove (move->target, new_path, error);
}

/* What programs made is put back as files. Only of an entry that an older version wrote nothing was kept: there the program
 * has to run again. */
static gboolean
is_put_back_as_files (const FerryMove *move, const FerryChange *change)
{
  return ferry_rewritten_is_in_place (change) ? move->entry->kept->len > 0 : makes_products (change);
}

/* Steps that ran without products are run back best they can; what they did is no danger for the next start. Only a
 * right that was given must not stay. */
static void
take_back_steps (FerryMove *move, GError **first)
{
  FerryTools *tools = move->transaction->tools;
  guint steps = 0;

  for (guint i = 0; i < move->entry->changes->len; i++)
    {
      const FerryChange *change = g_ptr_array_index (move->entry->changes, i);
      g_autoptr (GError) error = NULL;

      if (is_file (change) || change->kind == FERRY_CHANGE_PACKAGES || ++steps > move->entry->steps)
        continue;
      if (!change->reversible || is_put_back_as_files (move, change))
        continue;
      if (move->forward ? tools->take_back (tools, move->machine, change, &error)
                        : tools->run (tools, move->machine, change, NULL, &error))
        continue;
      g_warning ("A step could not be taken back: %s", error != NULL ? error->message : "");
      if (change->kind == FERRY_CHANGE_GROUP && first != NULL && *first == NULL)
        *first = g_steal_pointer (&error);
    }
}

gboolean
ferry_move_take_back (FerryMove *move, GError **error)
{
  g_autoptr (GError) first = NULL;

  ferry_move_tell (move, "rolling-back", "");
  for (guint i = move->entry->products->len; i > 0; i--)
    take_back_product (move, g_ptr_array_index (move->entry->products, i - 1),
                       first == NULL ? &first : NULL);
  for (guint i = move->entry->changes->len; i > 0; i--)
    {
      const FerryChange *change = g_ptr_array_index (move->entry->changes, i - 1);

      if (is_file (change))
        take_back_file (move, change, first == NULL ? &first : NULL);
    }
  ferry_keepsake_give_back (move->transaction->root, move->target, move->entry, first == NULL ? &first : NULL);
  if (move->forward)
    ferry_move_remove_folders (move);
  take_back_steps (move, &first);
  if (first == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&first));
  return FALSE;
}

gboolean
ferry_move_has_arrived (FerryMove *move)
{
  for (guint i = 0; i < move->entry->changes->len; i++)
    {
      const FerryChange *change = g_ptr_array_index (move->entry->changes, i);

      if (is_file (change) && !target_is (move, change, text_to (move, change)))
        return FALSE;
      if (!is_file (change) && !makes_products (change) && change->kind != FERRY_CHANGE_PACKAGES)
        return FALSE;
      if (makes_products (change) && move->entry->products->len == 0)
        return FALSE;
    }
  for (guint i = 0; i < move->entry->products->len; i++)
    {
      const FerryProduct *product = g_ptr_array_index (move->entry->products, i);
      g_autofree char *old_path = beside (product->path, FERRY_TOOLS_OLD);

      if (ferry_target_exists (move->target, product->made)
          || (product->existed && !ferry_target_exists (move->target, old_path)))
        return FALSE;
    }
  return TRUE;
}

static gboolean
path_is_gone (FerryMove *move, const char *path, const char *suffix)
{
  g_autofree char *full = beside (path, suffix);

  return !ferry_target_exists (move->target, full);
}

/* Whether the files of the change are gone, so that its folders should be gone too. */
static gboolean
has_left (const FerryEntry *entry)
{
  return entry->state == FERRY_STATE_UNDONE || entry->state == FERRY_STATE_ROLLED_BACK;
}

gboolean
ferry_move_is_clean (FerryMove *move)
{
  if (!ferry_keepsake_is_forgotten (move->target, move->entry))
    return FALSE;
  for (guint i = 0; has_left (move->entry) && i < move->entry->folders->len; i++)
    if (ferry_target_is_empty_folder (move->target, g_ptr_array_index (move->entry->folders, i)))
      return FALSE;
  for (guint i = 0; i < move->entry->products->len; i++)
    {
      const FerryProduct *product = g_ptr_array_index (move->entry->products, i);

      if (ferry_target_exists (move->target, product->made) || !path_is_gone (move, product->made, FERRY_TOOLS_HALF)
          || !path_is_gone (move, product->path, FERRY_TOOLS_OLD))
        return FALSE;
    }
  for (guint i = 0; i < move->entry->changes->len; i++)
    {
      const FerryChange *change = g_ptr_array_index (move->entry->changes, i);

      if (is_file (change) && !path_is_gone (move, change->path, FERRY_TOOLS_NEW))
        return FALSE;
    }
  return TRUE;
}

void
ferry_move_clean (FerryMove *move)
{
  if (has_left (move->entry))
    ferry_move_remove_folders (move);
  for (guint i = 0; i < move->entry->products->len; i++)
    {
      const FerryProduct *product = g_ptr_array_index (move->entry->products, i);
      g_autofree char *old_path = beside (product->path, FERRY_TOOLS_OLD);
      g_autofree char *half_path = beside (product->made, FERRY_TOOLS_HALF);

      ferry_target_remove (move->target, product->made, NULL);
      ferry_target_remove (move->target, half_path, NULL);
      ferry_target_remove (move->target, old_path, NULL);
    }
  for (guint i = 0; i < move->entry->changes->len; i++)
    {
      const FerryChange *change = g_ptr_array_index (move->entry->changes, i);
      g_autofree char *new_path = beside (change->path, FERRY_TOOLS_NEW);

      if (is_file (change))
        ferry_target_remove (move->target, new_path, NULL);
    }
  for (guint i = 0; i < move->entry->kept->len; i++)
    {
      g_autofree char *new_path
          = beside (((FerryKept *) g_ptr_array_index (move->entry->kept, i))->path, FERRY_TOOLS_NEW);

      ferry_target_remove (move->target, new_path, NULL);
    }
  ferry_keepsake_forget (move->target, move->entry);
}
