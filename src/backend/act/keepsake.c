/* keepsake.c: see keepsake.h. */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "act/attributes.h"
#include "act/keepsake.h"
#include "act/rewritten.h"
#include "act/tools.h"
#include "facts/error.h"

static char *
copy_path (const FerryEntry *entry, guint index)
{
  return g_strdup_printf (FERRY_JOURNAL_FOLDER "/%s/kept-%u", entry->id, index);
}

static char *
half_path (const FerryEntry *entry, guint index)
{
  return g_strdup_printf (FERRY_JOURNAL_FOLDER "/%s/kept-%u.new", entry->id, index);
}

/* A file that the change writes itself has its two texts in the journal already. */
static gboolean
is_planned (const FerryEntry *entry, const char *path)
{
  for (guint i = 0; i < entry->changes->len; i++)
    {
      const FerryChange *change = g_ptr_array_index (entry->changes, i);

      if (change->kind == FERRY_CHANGE_FILE && g_str_equal (change->path, path))
        return TRUE;
    }
  return FALSE;
}

static gboolean
holds (GPtrArray *paths, const char *path)
{
  return g_ptr_array_find_with_equal_func (paths, path, g_str_equal, NULL);
}

/* All paths that the steps rewrite, as they are at this moment (transfer full). */
static GPtrArray *
list_all (FerryRoot *root, const FerryEntry *entry, GError **error)
{
  g_autoptr (GPtrArray) all = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < entry->changes->len; i++)
    {
      g_autoptr (GPtrArray) paths = ferry_rewritten_list (root, g_ptr_array_index (entry->changes, i), error);

      if (paths == NULL)
        return NULL;
      for (guint j = 0; j < paths->len; j++)
        {
          const char *path = g_ptr_array_index (paths, j);

          if (!holds (all, path) && !is_planned (entry, path))
            g_ptr_array_add (all, g_strdup (path));
        }
    }
  return g_steal_pointer (&all);
}

static gboolean
write_list (FerryRoot *root, FerryTarget *target, FerryEntry *entry, GError **error)
{
  g_autoptr (GPtrArray) paths = list_all (root, entry, error);

  if (paths == NULL)
    return FALSE;
  if (paths->len >= FERRY_REWRITTEN_MAX_FILES)
    {
      g_set_error_literal (error, FERRY_ERROR, FERRY_ERROR_UNSUPPORTED,
                           _("There are more start files on this system than Ferry can keep."));
      return FALSE;
    }
  g_ptr_array_set_size (entry->kept, 0);
  for (guint i = 0; i < paths->len; i++)
    {
      FerryKept *kept = g_new0 (FerryKept, 1);

      kept->path = g_strdup (g_ptr_array_index (paths, i));
      kept->existed = ferry_target_exists (target, kept->path);
      g_ptr_array_add (entry->kept, kept);
    }
  return ferry_journal_set_products (target, entry, error);
}

gboolean
ferry_keepsake_keep (FerryRoot *root, FerryTarget *target, FerryEntry *entry, GError **error)
{
  ferry_keepsake_forget (target, entry);
  if (!write_list (root, target, entry, error))
    return FALSE;
  for (guint i = 0; i < entry->kept->len; i++)
    {
      const FerryKept *kept = g_ptr_array_index (entry->kept, i);
      g_autofree char *copy = copy_path (entry, i);
      g_autofree char *half = half_path (entry, i);

      if (kept->existed
          && (!ferry_target_remove (target, half, error)
              || !ferry_target_copy (target, kept->path, half, error)
              || !ferry_target_rename (target, half, copy, error)))
        return FALSE;
    }
  return TRUE;
}

gboolean
ferry_keepsake_is_complete (FerryTarget *target, const FerryEntry *entry)
{
  for (guint i = 0; i < entry->kept->len; i++)
    {
      const FerryKept *kept = g_ptr_array_index (entry->kept, i);
      g_autofree char *copy = copy_path (entry, i);

      if (kept->existed && !ferry_target_exists (target, copy))
        return FALSE;
    }
  return entry->kept->len > 0;
}

/* Under a new name, then renamed: what is there stays readable at every moment. */
static gboolean
give_one_back (FerryTarget *target, const FerryEntry *entry, guint index, GError **error)
{
  const FerryKept *kept = g_ptr_array_index (entry->kept, index);
  g_autofree char *copy = copy_path (entry, index);
  g_autofree char *new_path = g_strconcat (kept->path, FERRY_TOOLS_NEW, NULL);

  if (!ferry_rewritten_is_place (kept->path))
    {
      g_set_error_literal (error, FERRY_ERROR, FERRY_ERROR_REFUSED,
                           _("A file is to be changed that Ferry never changes. Nothing was done."));
      return FALSE;
    }
  if (!kept->existed)
    return ferry_target_remove (target, kept->path, error);
  if (!ferry_target_remove (target, new_path, error))
    return FALSE;
  if (ferry_target_is_same (target, copy, kept->path))
    return TRUE;
  return ferry_target_make_folders (target, kept->path, 0755, NULL, error)
         && ferry_target_copy (target, copy, new_path, error)
         && (!ferry_target_exists (target, kept->path)
             || ferry_attributes_copy (target, kept->path, new_path, error))
         && ferry_target_rename (target, new_path, kept->path, error);
}

static gboolean
remove_offspring (FerryRoot *root, FerryTarget *target, const FerryEntry *entry, GError **error)
{
  g_autoptr (GPtrArray) now = list_all (root, entry, error);
  g_autoptr (GPtrArray) before = g_ptr_array_new ();

  if (now == NULL)
    return FALSE;
  for (guint i = 0; i < entry->kept->len; i++)
    g_ptr_array_add (before, ((FerryKept *) g_ptr_array_index (entry->kept, i))->path);
  for (guint i = 0; i < now->len; i++)
    {
      const char *path = g_ptr_array_index (now, i);

      if (!holds (before, path) && ferry_rewritten_is_offspring (root, path, before)
          && !ferry_target_remove (target, path, error))
        return FALSE;
    }
  return TRUE;
}

gboolean
ferry_keepsake_give_back (FerryRoot *root, FerryTarget *target, const FerryEntry *entry, GError **error)
{
  if (!ferry_keepsake_is_complete (target, entry))
    return TRUE;
  for (guint i = 0; i < entry->kept->len; i++)
    if (!give_one_back (target, entry, i, error))
      return FALSE;
  return remove_offspring (root, target, entry, error);
}

void
ferry_keepsake_forget (FerryTarget *target, const FerryEntry *entry)
{
  for (guint i = 0; i < entry->kept->len; i++)
    {
      g_autofree char *copy = copy_path (entry, i);
      g_autofree char *half = half_path (entry, i);

      ferry_target_remove (target, copy, NULL);
      ferry_target_remove (target, half, NULL);
    }
}

gboolean
ferry_keepsake_is_forgotten (FerryTarget *target, const FerryEntry *entry)
{
  for (guint i = 0; i < entry->kept->len; i++)
    {
      g_autofree char *copy = copy_path (entry, i);
      g_autofree char *half = half_path (entry, i);

      if (ferry_target_exists (target, copy) || ferry_target_exists (target, half))
        return FALSE;
    }
  return TRUE;
}
