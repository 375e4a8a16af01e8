/* archive.c: see archive.h. */
#include "config.h"

#include <string.h>
#include <glib/gi18n-lib.h>
#include <json-glib/json-glib.h>

#include "facts/archive.h"
#include "facts/error.h"
#include "facts/recording.h"

/* PATH_MAX and NAME_MAX of Linux, and more folders than any path of sysfs has. */
#define MAX_PATH 4095
#define MAX_NAME 255
#define MAX_FOLDERS 64
/* {"entries":[{}]} and some room: json-glib calls itself for each level. */
#define MAX_DEPTH 8

static const char *const kind_names[] = { "file", "folder", "link", "exists", "unreadable" };

FerryArchived *
ferry_archived_new (const char *path, FerryArchiveKind kind)
{
  FerryArchived *entry = g_new0 (FerryArchived, 1);

  entry->path = g_strdup (path);
  entry->kind = kind;
  return entry;
}

void
ferry_archived_free (FerryArchived *entry)
{
  g_free (entry->path);
  g_free (entry->target);
  g_clear_pointer (&entry->content, g_bytes_unref);
  g_free (entry);
}

static void
entry_free (gpointer data)
{
  ferry_archived_free (data);
}

/**
 * ferry_archive_new:
 *
 * Returns: (transfer full) (element-type utf8 FerryArchived): an archive without entries
 */
GHashTable *
ferry_archive_new (void)
{
  return g_hash_table_new_full (g_str_hash, g_str_equal, NULL, entry_free);
}

static gboolean
invalid (GError **error, const char *path)
{
  if (path == NULL)
    g_set_error (error, FERRY_ERROR, FERRY_ERROR_INVALID,
                 _ ("This is not a computer recorded by Ferry, or the file is damaged"));
  else
    g_set_error (error, FERRY_ERROR, FERRY_ERROR_INVALID,
                 _ ("The recorded computer has an entry “%.200s” that cannot be right"), path);
  return FALSE;
}

/**
 * ferry_archive_is_path:
 *
 * Returns: whether @path is relative and canonical and names something below its root
 */
gboolean
ferry_archive_is_path (const char *path)
{
  g_auto (GStrv) parts = NULL;
  gsize length = strlen (path);

  if (length == 0 || length > MAX_PATH || !g_utf8_validate (path, (gssize)length, NULL))
    return FALSE;
  parts = g_strsplit (path, "/", -1);
  if (g_strv_length (parts) > MAX_FOLDERS)
    return FALSE;
  for (gsize i = 0; parts[i] != NULL; i++)
    if (*parts[i] == '\0' || strlen (parts[i]) > MAX_NAME || g_str_equal (parts[i], ".")
        || g_str_equal (parts[i], ".."))
      return FALSE;
  return TRUE;
}

/* json-glib would follow any depth down the stack. Strings are skipped; broken ones are its work.
 */
static gboolean
is_shallow (const char *text, gsize size)
{
  gboolean quoted = FALSE;
  int depth = 0;

  for (gsize i = 0; i < size; i++)
    {
      if (quoted && text[i] == '\\')
        i++;
      else if (text[i] == '"')
        quoted = !quoted;
      else if (!quoted && (text[i] == '[' || text[i] == '{'))
        depth++;
      else if (!quoted && (text[i] == ']' || text[i] == '}'))
        depth--;
      if (depth > MAX_DEPTH)
        return FALSE;
    }
  return TRUE;
}

/* The string @name of @object; NULL when it is not there or not a string. */
static const char *
get_string (JsonObject *object, const char *name)
{
  JsonNode *node = json_object_get_member (object, name);

  if (node == NULL || !JSON_NODE_HOLDS_VALUE (node)
      || json_node_get_value_type (node) != G_TYPE_STRING)
    return NULL;
  return json_node_get_string (node);
}

static gboolean
find_kind (const char *name, FerryArchiveKind *kind)
{
  for (gsize i = 0; name != NULL && i < G_N_ELEMENTS (kind_names); i++)
    if (g_str_equal (kind_names[i], name))
      {
        *kind = (FerryArchiveKind)i;
        return TRUE;
      }
  return FALSE;
}

static gboolean
read_content (FerryArchived *entry, JsonObject *object)
{
  const char *text = get_string (object, "text");
  const char *base64 = get_string (object, "base64");
  guchar *data;
  gsize size;

  if ((text == NULL) == (base64 == NULL))
    return FALSE;
  if (text != NULL)
    {
      entry->content = g_bytes_new (text, strlen (text));
      return TRUE;
    }
  if (strlen (base64) % 4 != 0
      || strspn (base64, G_CSET_A_2_Z G_CSET_a_2_z "0123456789+/=") != strlen (base64))
    return FALSE;
  data = g_base64_decode (base64, &size);
  entry->content = g_bytes_new_take (data, size);
  return TRUE;
}

static gboolean
read_target (FerryArchived *entry, JsonObject *object)
{
  const char *target = get_string (object, "target");

  if (target == NULL || *target == '\0' || strlen (target) > MAX_PATH)
    return FALSE;
  entry->target = g_strdup (target);
  return TRUE;
}

static gboolean
read_executable (FerryArchived *entry, JsonObject *object)
{
  JsonNode *node = json_object_get_member (object, "executable");

  if (node == NULL)
    {
      entry->executable = entry->kind == FERRY_ARCHIVED_EXISTS;
      return TRUE;
    }
  if (!JSON_NODE_HOLDS_VALUE (node) || json_node_get_value_type (node) != G_TYPE_BOOLEAN)
    return FALSE;
  entry->executable = json_node_get_boolean (node);
  return TRUE;
}

static FerryArchived *
read_entry (JsonNode *node, GError **error)
{
  JsonObject *object = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
  const char *path = object != NULL ? get_string (object, "path") : NULL;
  g_autoptr (FerryArchived) entry = NULL;
  FerryArchiveKind kind;

  if (path == NULL || !ferry_archive_is_path (path)
      || !find_kind (get_string (object, "type"), &kind))
    {
      invalid (error, path);
      return NULL;
    }
  entry = ferry_archived_new (path, kind);
  if (!read_executable (entry, object)
      || (kind == FERRY_ARCHIVED_FILE && !read_content (entry, object))
      || (kind == FERRY_ARCHIVED_LINK && !read_target (entry, object)))
    {
      invalid (error, path);
      return NULL;
    }
  return g_steal_pointer (&entry);
}

/* Takes @entry. A second entry for a path may only say that it exists, too. */
static gboolean
add_entry (GHashTable *entries, FerryArchived *entry, GError **error)
{
  FerryArchived *other = g_hash_table_lookup (entries, entry->path);
  g_autoptr (FerryArchived) owned = entry;

  if (other == NULL)
    {
      g_hash_table_insert (entries, entry->path, g_steal_pointer (&owned));
      return TRUE;
    }
  if (entry->kind != FERRY_ARCHIVED_EXISTS)
    return invalid (error, entry->path);
  other->executable = other->executable || entry->executable;
  return TRUE;
}

/* No entry may stand below a file or a link. */
static gboolean
check_parents (GHashTable *entries, GError **error)
{
  GHashTableIter iter;
  gpointer key;

  g_hash_table_iter_init (&iter, entries);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    {
      g_autofree char *parent = g_strdup (key);

      for (char *slash = strrchr (parent, '/'); slash != NULL; slash = strrchr (parent, '/'))
        {
          const FerryArchived *above;

          *slash = '\0';
          above = g_hash_table_lookup (entries, parent);
          if (above != NULL && above->kind != FERRY_ARCHIVED_FOLDER)
            return invalid (error, key);
        }
    }
  return TRUE;
}

static JsonArray *
find_entries (JsonNode *root, GError **error)
{
  JsonObject *object
      = root != NULL && JSON_NODE_HOLDS_OBJECT (root) ? json_node_get_object (root) : NULL;
  JsonNode *entries = object != NULL ? json_object_get_member (object, "entries") : NULL;
  JsonNode *version = object != NULL ? json_object_get_member (object, "version") : NULL;

  if (entries == NULL || !JSON_NODE_HOLDS_ARRAY (entries) || version == NULL
      || !JSON_NODE_HOLDS_VALUE (version)
      || g_strcmp0 (get_string (object, "format"), "ferry-machine") != 0)
    {
      invalid (error, NULL);
      return NULL;
    }
  if (json_node_get_value_type (version) != G_TYPE_INT64 || json_node_get_int (version) != 1)
    {
      g_set_error (error, FERRY_ERROR, FERRY_ERROR_UNSUPPORTED,
                   _ ("The computer was recorded by a newer Ferry; please update Ferry"));
      return NULL;
    }
  return json_node_get_array (entries);
}

/**
 * ferry_archive_parse:
 * @text: (array length=size): of a .machine file
 *
 * Returns: (transfer full) (element-type utf8 FerryArchived) (nullable): its entries by path; %NULL
 *   with %FERRY_ERROR_INVALID, %FERRY_ERROR_TOO_LARGE or %FERRY_ERROR_UNSUPPORTED
 */
GHashTable *
ferry_archive_parse (const char *text, gsize size, GError **error)
{
  g_autoptr (JsonParser) parser = json_parser_new_immutable ();
  g_autoptr (GHashTable) entries = ferry_archive_new ();
  JsonArray *array;
  guint n;

  if (size > FERRY_RECORDING_MAX_SIZE)
    {
      g_set_error (error, FERRY_ERROR, FERRY_ERROR_TOO_LARGE, _ ("The file is too large"));
      return NULL;
    }
  if (!is_shallow (text, size) || !g_utf8_validate_len (text, size, NULL)
      || !json_parser_load_from_data (parser, text, (gssize)size, NULL))
    {
      invalid (error, NULL);
      return NULL;
    }
  array = find_entries (json_parser_get_root (parser), error);
  if (array == NULL)
    return NULL;
  n = json_array_get_length (array);
  if (n > FERRY_RECORDING_MAX_ENTRIES)
    {
      g_set_error (error, FERRY_ERROR, FERRY_ERROR_TOO_LARGE,
                   _ ("The recorded computer has more files than Ferry can handle"));
      return NULL;
    }
  for (guint i = 0; i < n; i++)
    {
      FerryArchived *entry = read_entry (json_array_get_element (array, i), error);

      if (entry == NULL || !add_entry (entries, entry, error))
        return NULL;
    }
  return check_parents (entries, error) ? g_steal_pointer (&entries) : NULL;
}

static void
add_member (JsonObject *object, const FerryArchived *entry)
{
  gsize size;
  const char *data = g_bytes_get_data (entry->content, &size);

  if (memchr (data != NULL ? data : "", '\0', size) == NULL
      && g_utf8_validate_len (data != NULL ? data : "", size, NULL))
    {
      g_autofree char *text = g_strndup (data != NULL ? data : "", size);
      json_object_set_string_member (object, "text", text);
    }
  else
    {
      g_autofree char *base64 = g_base64_encode ((const guchar *)data, size);
      json_object_set_string_member (object, "base64", base64);
    }
}

static char *
entry_to_text (const FerryArchived *entry)
{
  g_autoptr (JsonObject) object = json_object_new ();
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_OBJECT);

  json_object_set_string_member (object, "path", entry->path);
  json_object_set_string_member (object, "type", kind_names[entry->kind]);
  if (entry->kind == FERRY_ARCHIVED_FILE)
    add_member (object, entry);
  if (entry->kind == FERRY_ARCHIVED_LINK)
    json_object_set_string_member (object, "target", entry->target);
  if (entry->executable || entry->kind == FERRY_ARCHIVED_EXISTS)
    json_object_set_boolean_member (object, "executable", entry->executable);
  json_node_set_object (node, object);
  return json_to_string (node, FALSE);
}

static int
compare_entries (gconstpointer a, gconstpointer b)
{
  const FerryArchived *first = *(FerryArchived *const *)a, *second = *(FerryArchived *const *)b;

  return strcmp (first->path, second->path);
}

/**
 * ferry_archive_to_text:
 * @entries: (element-type utf8 FerryArchived): by path
 *
 * Returns: (transfer full): the text of a .machine file, one entry a line, sorted by path
 */
char *
ferry_archive_to_text (GHashTable *entries)
{
  g_autoptr (GPtrArray) sorted = g_ptr_array_new ();
  GString *out = g_string_new ("{\"format\":\"ferry-machine\",\"version\":1,\"entries\":[");
  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init (&iter, entries);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    g_ptr_array_add (sorted, value);
  g_ptr_array_sort (sorted, compare_entries);
  for (guint i = 0; i < sorted->len; i++)
    {
      g_autofree char *line = entry_to_text (g_ptr_array_index (sorted, i));
      g_string_append_printf (out, "%s\n%s", i > 0 ? "," : "", line);
    }
  g_string_append (out, "\n]}\n");
  return g_string_free (out, FALSE);
}
