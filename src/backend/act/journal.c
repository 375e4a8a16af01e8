/* journal.c: see journal.h. */
#include "config.h"

#include <string.h>
#include <glib/gi18n-lib.h>
#include <json-glib/json-glib.h>

#include "act/journal.h"
#include "facts/error.h"

static const char *const state_names[] = { "prepared", "committing", "done",
                                           "undoing",  "undone",     "rolled-back" };

FerryEntry *
ferry_entry_new (void)
{
  FerryEntry *entry = g_new0 (FerryEntry, 1);

  entry->changes = g_ptr_array_new_with_free_func ((GDestroyNotify) ferry_change_free);
  entry->folders = g_ptr_array_new_with_free_func (g_free);
  entry->products = g_ptr_array_new_with_free_func ((GDestroyNotify) ferry_product_free);
  entry->kept = g_ptr_array_new_with_free_func ((GDestroyNotify) ferry_kept_free);
  return entry;
}

void
ferry_entry_free (FerryEntry *entry)
{
  if (entry == NULL)
    return;
  g_free (entry->id);
  g_free (entry->title);
  g_free (entry->digest);
  g_clear_pointer (&entry->intent, g_variant_unref);
  g_clear_pointer (&entry->witness, g_variant_unref);
  g_ptr_array_unref (entry->changes);
  g_ptr_array_unref (entry->folders);
  g_ptr_array_unref (entry->products);
  g_ptr_array_unref (entry->kept);
  g_free (entry);
}

void
ferry_product_free (FerryProduct *product)
{
  if (product == NULL)
    return;
  g_free (product->path);
  g_free (product->made);
  g_free (product);
}

void
ferry_kept_free (FerryKept *kept)
{
  if (kept == NULL)
    return;
  g_free (kept->path);
  g_free (kept);
}

const char *
ferry_state_to_string (FerryState state)
{
  g_return_val_if_fail ((gsize) state < G_N_ELEMENTS (state_names), "prepared");
  return state_names[state];
}

/**
 * ferry_journal_is_id:
 *
 * Returns: whether @text has the form of an id: digits, small letters and hyphens, 24 characters
 */
gboolean
ferry_journal_is_id (const char *text)
{
  return text != NULL && strlen (text) == 24
         && strspn (text, "0123456789abcdef-") == 24 && g_ascii_isdigit (*text);
}

static gboolean
torn (GError **error)
{
  g_set_error_literal (error, FERRY_ERROR, FERRY_ERROR_INVALID,
                       _("A kept change cannot be read; it may have been cut off"));
  return FALSE;
}

static char *
read_part (FerryRoot *root, const char *id, const char *name)
{
  g_autofree char *path = g_build_filename (FERRY_JOURNAL_FOLDER, id, name, NULL);
  g_autoptr (GBytes) bytes = ferry_root_read_bytes (root, path, FERRY_JOURNAL_MAX_SIZE, NULL);
  const char *data;
  gsize size;

  if (bytes == NULL)
    return NULL;
  data = g_bytes_get_data (bytes, &size);
  if (data == NULL || !g_utf8_validate_len (data, size, NULL))
    return NULL;
  return g_strndup (data, size);
}

static JsonObject *
parse_object (JsonParser *parser, const char *text)
{
  JsonNode *node;

  if (text == NULL || !json_parser_load_from_data (parser, text, -1, NULL))
    return NULL;
  node = json_parser_get_root (parser);
  return node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
}

static JsonArray *
peek_array (JsonObject *object, const char *name)
{
  JsonNode *node = json_object_get_member (object, name);

  return node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
}

static char *
dup_string (JsonObject *object, const char *name)
{
  JsonNode *node = json_object_get_member (object, name);

  if (node == NULL || !JSON_NODE_HOLDS_VALUE (node) || json_node_get_value_type (node) != G_TYPE_STRING)
    return NULL;
  return json_node_dup_string (node);
}

static gboolean
read_changes (FerryEntry *entry, JsonArray *array)
{
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      JsonNode *node = json_array_get_element (array, i);
      FerryChange *change;

      if (!JSON_NODE_HOLDS_OBJECT (node))
        return FALSE;
      change = ferry_change_from_json (json_node_get_object (node), NULL);
      if (change == NULL)
        return FALSE;
      g_ptr_array_add (entry->changes, change);
    }
  return TRUE;
}

static gboolean
read_folders (FerryEntry *entry, JsonArray *array)
{
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      JsonNode *node = json_array_get_element (array, i);
      const char *text;

      if (!JSON_NODE_HOLDS_VALUE (node) || json_node_get_value_type (node) != G_TYPE_STRING)
        return FALSE;
      text = json_node_get_string (node);
      if (*text == '/' || strstr (text, "..") != NULL)
        return FALSE;
      g_ptr_array_add (entry->folders, g_strdup (text));
    }
  return TRUE;
}

static gboolean
read_plan (FerryEntry *entry, const char *text, GError **error)
{
  g_autoptr (JsonParser) parser = json_parser_new ();
  JsonObject *object = parse_object (parser, text);
  g_autofree char *intent = NULL;
  g_autofree char *witness = NULL;
  JsonArray *changes, *folders;

  if (object == NULL)
    return torn (error);
  changes = peek_array (object, "changes");
  folders = peek_array (object, "folders");
  entry->title = dup_string (object, "title");
  entry->digest = dup_string (object, "digest");
  intent = dup_string (object, "intent");
  witness = dup_string (object, "witness");
  entry->time = json_object_get_int_member_with_default (object, "time", 0);
  entry->uid = (guint) json_object_get_int_member_with_default (object, "uid", 0);
  if (changes == NULL || folders == NULL || entry->title == NULL || entry->digest == NULL || intent == NULL
      || !read_changes (entry, changes) || !read_folders (entry, folders))
    return torn (error);
  entry->intent = g_variant_parse (G_VARIANT_TYPE_VARDICT, intent, NULL, NULL, NULL);
  if (witness != NULL)
    entry->witness = g_variant_parse (G_VARIANT_TYPE_VARDICT, witness, NULL, NULL, NULL);
  return entry->intent != NULL ? TRUE : torn (error);
}

static gboolean
read_state (FerryEntry *entry, const char *text, GError **error)
{
  g_auto (GStrv) parts = g_strsplit (text != NULL ? g_strchomp ((char *) text) : "", " ", 3);
  guint64 steps;

  if (g_strv_length (parts) != 2 || !g_ascii_string_to_unsigned (parts[1], 10, 0, 10000, &steps, NULL))
    return torn (error);
  for (guint i = 0; i < G_N_ELEMENTS (state_names); i++)
    if (g_str_equal (parts[0], state_names[i]))
      {
        entry->state = (FerryState) i;
        entry->steps = (guint) steps;
        return TRUE;
      }
  return torn (error);
}

static gboolean
is_inside (const char *path)
{
  return path != NULL && *path != '\0' && *path != '/' && strstr (path, "..") == NULL;
}

/* Entries of versions that kept nothing have no such list. */
static gboolean
read_kept (FerryEntry *entry, JsonObject *object, GError **error)
{
  JsonArray *array = peek_array (object, "kept");

  if (!json_object_has_member (object, "kept"))
    return TRUE;
  if (array == NULL)
    return torn (error);
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      JsonNode *node = json_array_get_element (array, i);
      FerryKept *kept;

      if (!JSON_NODE_HOLDS_OBJECT (node))
        return torn (error);
      kept = g_new0 (FerryKept, 1);
      g_ptr_array_add (entry->kept, kept);
      kept->path = dup_string (json_node_get_object (node), "path");
      kept->existed
          = json_object_get_boolean_member_with_default (json_node_get_object (node), "existed", FALSE);
      if (!is_inside (kept->path))
        return torn (error);
    }
  return TRUE;
}

static gboolean
read_products (FerryEntry *entry, const char *text, GError **error)
{
  g_autoptr (JsonParser) parser = json_parser_new ();
  JsonObject *object;
  JsonArray *array;

  if (text == NULL)
    return TRUE;
  object = parse_object (parser, text);
  array = object != NULL ? peek_array (object, "products") : NULL;
  if (array == NULL)
    return torn (error);
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      JsonNode *node = json_array_get_element (array, i);
      FerryProduct *product;

      if (!JSON_NODE_HOLDS_OBJECT (node))
        return torn (error);
      product = g_new0 (FerryProduct, 1);
      g_ptr_array_add (entry->products, product);
      product->path = dup_string (json_node_get_object (node), "path");
      product->made = dup_string (json_node_get_object (node), "made");
      product->existed
          = json_object_get_boolean_member_with_default (json_node_get_object (node), "existed", FALSE);
      if (!is_inside (product->path) || !is_inside (product->made))
        return torn (error);
    }
  return read_kept (entry, object, error);
}

/**
 * ferry_journal_find:
 *
 * Returns: (transfer full) (nullable): the entry, or %NULL with %FERRY_ERROR_NOT_FOUND or
 *   %FERRY_ERROR_INVALID
 */
FerryEntry *
ferry_journal_find (FerryRoot *root, const char *id, GError **error)
{
  g_autoptr (FerryEntry) entry = ferry_entry_new ();
  g_autofree char *folder = NULL;
  g_autofree char *plan = NULL;
  g_autofree char *state = NULL;
  g_autofree char *products = NULL;

  folder = ferry_journal_is_id (id) ? g_build_filename (FERRY_JOURNAL_FOLDER, id, NULL) : NULL;
  if (folder == NULL || !ferry_root_exists (root, folder))
    {
      g_set_error_literal (error, FERRY_ERROR, FERRY_ERROR_NOT_FOUND, _("There is no such change"));
      return NULL;
    }
  entry->id = g_strdup (id);
  plan = read_part (root, id, "plan");
  state = read_part (root, id, "state");
  products = read_part (root, id, "products");
  if (!read_plan (entry, plan, error) || !read_state (entry, state, error)
      || !read_products (entry, products, error))
    return NULL;
  return g_steal_pointer (&entry);
}

/**
 * ferry_journal_list:
 * @unreadable: (out) (optional): number of entries that cannot be read
 *
 * Returns: (transfer full) (nullable) (element-type FerryEntry): newest first; %NULL with
 *   %FERRY_ERROR_DENIED when the journal may not be read
 */
GPtrArray *
ferry_journal_list (FerryRoot *root, guint *unreadable, GError **error)
{
  g_autoptr (GPtrArray) entries
      = g_ptr_array_new_with_free_func ((GDestroyNotify) ferry_entry_free);
  g_auto (GStrv) names = ferry_root_list (root, FERRY_JOURNAL_FOLDER);
  guint bad = 0;

  if (names == NULL && ferry_root_exists (root, FERRY_JOURNAL_FOLDER))
    {
      g_set_error_literal (error, FERRY_ERROR, FERRY_ERROR_DENIED,
                           _("Only the administrator can read the list of changes"));
      return NULL;
    }
  for (guint n = names != NULL ? g_strv_length (names) : 0; n > 0; n--)
    {
      FerryEntry *entry;

      if (!ferry_journal_is_id (names[n - 1]))
        continue;
      entry = ferry_journal_find (root, names[n - 1], NULL);
      if (entry != NULL)
        g_ptr_array_add (entries, entry);
      else
        bad++;
    }
  if (unreadable != NULL)
    *unreadable = bad;
  return g_steal_pointer (&entries);
}
