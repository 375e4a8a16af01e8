/* journal-write.c: the writing half of journal.h. */
#include "config.h"

#include <string.h>
#include <glib/gi18n-lib.h>
#include <json-glib/json-glib.h>

#include "act/journal.h"
#include "facts/error.h"

static char *
part_path (const char *folder, const char *name)
{
  return g_build_filename (FERRY_JOURNAL_FOLDER, folder, name, NULL);
}

/* Under a new name, then renamed: a reader sees the old part or the new one. */
static gboolean
write_part (FerryTarget *target, const char *folder, const char *name, const char *text, GError **error)
{
  g_autofree char *path = part_path (folder, name);
  g_autofree char *new_path = g_strconcat (path, ".new", NULL);

  return ferry_target_remove (target, new_path, error)
         && ferry_target_create (target, new_path, text, strlen (text), 0600, 0, 0, error)
         && ferry_target_rename (target, new_path, path, error);
}

static void
add_string (JsonBuilder *builder, const char *name, const char *text)
{
  json_builder_set_member_name (builder, name);
  json_builder_add_string_value (builder, text);
}

static char *
print (JsonBuilder *builder)
{
  g_autoptr (JsonNode) node = json_builder_get_root (builder);

  return json_to_string (node, TRUE);
}

static char *
print_plan (const FerryEntry *entry)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autofree char *intent = g_variant_print (entry->intent, TRUE);

  json_builder_begin_object (builder);
  add_string (builder, "title", entry->title);
  add_string (builder, "digest", entry->digest);
  add_string (builder, "intent", intent);
  if (entry->witness != NULL)
    {
      g_autofree char *witness = g_variant_print (entry->witness, TRUE);

      add_string (builder, "witness", witness);
    }
  json_builder_set_member_name (builder, "time");
  json_builder_add_int_value (builder, entry->time);
  json_builder_set_member_name (builder, "uid");
  json_builder_add_int_value (builder, entry->uid);
  json_builder_set_member_name (builder, "folders");
  json_builder_begin_array (builder);
  for (guint i = 0; i < entry->folders->len; i++)
    json_builder_add_string_value (builder, g_ptr_array_index (entry->folders, i));
  json_builder_end_array (builder);
  json_builder_set_member_name (builder, "changes");
  json_builder_begin_array (builder);
  for (guint i = 0; i < entry->changes->len; i++)
    ferry_change_to_json (g_ptr_array_index (entry->changes, i), builder);
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  return print (builder);
}

static void
add_kept (JsonBuilder *builder, const FerryEntry *entry)
{
  json_builder_set_member_name (builder, "kept");
  json_builder_begin_array (builder);
  for (guint i = 0; i < entry->kept->len; i++)
    {
      const FerryKept *kept = g_ptr_array_index (entry->kept, i);

      json_builder_begin_object (builder);
      add_string (builder, "path", kept->path);
      json_builder_set_member_name (builder, "existed");
      json_builder_add_boolean_value (builder, kept->existed);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
}

static char *
print_products (const FerryEntry *entry)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "products");
  json_builder_begin_array (builder);
  for (guint i = 0; i < entry->products->len; i++)
    {
      const FerryProduct *product = g_ptr_array_index (entry->products, i);

      json_builder_begin_object (builder);
      add_string (builder, "path", product->path);
      add_string (builder, "made", product->made);
      json_builder_set_member_name (builder, "existed");
      json_builder_add_boolean_value (builder, product->existed);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
  add_kept (builder, entry);
  json_builder_end_object (builder);
  return print (builder);
}

static void
remove_folder (FerryTarget *target, const char *folder)
{
  static const char *const parts[] = { "plan", "state", "products", "network", "plan.new",
                                       "state.new", "products.new", "network.new" };
  g_autofree char *path = g_build_filename (FERRY_JOURNAL_FOLDER, folder, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (parts); i++)
    {
      g_autofree char *part = part_path (folder, parts[i]);
      ferry_target_remove (target, part, NULL);
    }
  ferry_target_remove_folder (target, path);
}

/**
 * ferry_journal_create:
 * @entry: complete, in state PREPARED
 *
 * The entry appears as a whole, by the rename of its folder.
 *
 * Returns: whether it is on the disk; else %FERRY_ERROR_FAILED
 */
gboolean
ferry_journal_create (FerryTarget *target, const FerryEntry *entry, GError **error)
{
  g_autofree char *folder = g_strconcat ("new-", entry->id, NULL);
  g_autofree char *first = part_path (folder, "plan");
  g_autofree char *from = g_build_filename (FERRY_JOURNAL_FOLDER, folder, NULL);
  g_autofree char *to = g_build_filename (FERRY_JOURNAL_FOLDER, entry->id, NULL);
  g_autofree char *plan = print_plan (entry);

  if (ferry_target_make_folders (target, FERRY_JOURNAL_FOLDER, 0755, NULL, error)
      && ferry_target_make_folders (target, first, 0700, NULL, error)
      && write_part (target, folder, "plan", plan, error)
      && write_part (target, folder, "state", "prepared 0\n", error)
      && ferry_target_rename (target, from, to, error))
    return TRUE;
  remove_folder (target, folder);
  return FALSE;
}

/**
 * ferry_journal_set_state:
 *
 * Returns: whether the new state is on the disk; @entry is changed only then
 */
gboolean
ferry_journal_set_state (FerryTarget *target, FerryEntry *entry, FerryState state, guint steps,
                         GError **error)
{
  g_autofree char *text = g_strdup_printf ("%s %u\n", ferry_state_to_string (state), steps);

  if (!write_part (target, entry->id, "state", text, error))
    return FALSE;
  entry->state = state;
  entry->steps = steps;
  return TRUE;
}

gboolean
ferry_journal_set_products (FerryTarget *target, const FerryEntry *entry, GError **error)
{
  g_autofree char *text = print_products (entry);

  return write_part (target, entry->id, "products", text, error);
}

static gboolean
has_ended (const FerryEntry *entry)
{
  return entry->state == FERRY_STATE_UNDONE || entry->state == FERRY_STATE_ROLLED_BACK;
}

void
ferry_journal_trim (FerryRoot *root, FerryTarget *target)
{
  g_autoptr (GPtrArray) entries = ferry_journal_list (root, NULL, NULL);
  g_auto (GStrv) names = ferry_root_list (root, FERRY_JOURNAL_FOLDER);

  for (guint i = FERRY_JOURNAL_MAX_ENTRIES; entries != NULL && i < entries->len; i++)
    {
      const FerryEntry *entry = g_ptr_array_index (entries, i);
      if (has_ended (entry))
        remove_folder (target, entry->id);
    }
  /* What a crash left of entries that never appeared. */
  for (guint i = 0; names != NULL && names[i] != NULL; i++)
    if (g_str_has_prefix (names[i], "new-") && ferry_journal_is_id (names[i] + 4))
      remove_folder (target, names[i]);
}
