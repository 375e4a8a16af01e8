/* change.c: see change.h. */
#include "config.h"

#include <string.h>
#include <glib/gi18n-lib.h>

#include "facts/error.h"
#include "plan/change.h"

static const char *const kind_names[] = {
  [FERRY_CHANGE_FILE] = "file",           [FERRY_CHANGE_LINK] = "link",
  [FERRY_CHANGE_PACKAGES] = "packages",   [FERRY_CHANGE_SERVICE] = "service",
  [FERRY_CHANGE_NETWORK] = "network",     [FERRY_CHANGE_GROUP] = "group",
  [FERRY_CHANGE_INITRAMFS] = "initramfs", [FERRY_CHANGE_MENU] = "menu",
  [FERRY_CHANGE_BLS_ARGS] = "bls-args",
};

/**
 * ferry_change_new:
 * @path: relative to the root, or "" for a kind without a path
 *
 * Returns: (transfer full): a change of a root-owned file of mode 0644, or a step; reversible
 */
FerryChange *
ferry_change_new (FerryChangeKind kind, const char *path)
{
  FerryChange *change = g_new0 (FerryChange, 1);

  change->kind = kind;
  change->path = g_strdup (path);
  change->mode = 0644;
  change->items = g_new0 (char *, 1);
  change->tool = g_strdup ("");
  change->title = g_strdup ("");
  change->reason = g_strdup ("");
  change->reversible = TRUE;
  return change;
}

void
ferry_change_free (FerryChange *change)
{
  if (change == NULL)
    return;
  g_free (change->path);
  g_free (change->before);
  g_free (change->after);
  g_strfreev (change->items);
  g_free (change->tool);
  g_free (change->title);
  g_free (change->reason);
  g_free (change);
}

const char *
ferry_change_kind_to_string (FerryChangeKind kind)
{
  g_return_val_if_fail ((gsize) kind < G_N_ELEMENTS (kind_names), "file");
  return kind_names[kind];
}

gboolean
ferry_change_kind_from_string (const char *text, FerryChangeKind *kind)
{
  for (guint i = 0; i < G_N_ELEMENTS (kind_names); i++)
    if (g_strcmp0 (text, kind_names[i]) == 0)
      {
        *kind = (FerryChangeKind) i;
        return TRUE;
      }
  return FALSE;
}

static void
add_text (JsonBuilder *builder, const char *name, const char *text)
{
  json_builder_set_member_name (builder, name);
  if (text == NULL)
    json_builder_add_null_value (builder);
  else
    json_builder_add_string_value (builder, text);
}

static void
add_number (JsonBuilder *builder, const char *name, guint value)
{
  json_builder_set_member_name (builder, name);
  json_builder_add_int_value (builder, value);
}

static void
add_switch (JsonBuilder *builder, const char *name, gboolean value)
{
  json_builder_set_member_name (builder, name);
  json_builder_add_boolean_value (builder, value);
}

/**
 * ferry_change_to_json:
 *
 * Adds one object with every field to @builder.
 */
void
ferry_change_to_json (const FerryChange *change, JsonBuilder *builder)
{
  json_builder_begin_object (builder);
  add_text (builder, "kind", ferry_change_kind_to_string (change->kind));
  add_text (builder, "path", change->path);
  add_text (builder, "title", change->title);
  add_text (builder, "reason", change->reason);
  add_text (builder, "before", change->before);
  add_text (builder, "after", change->after);
  add_number (builder, "mode", change->mode);
  add_number (builder, "uid", change->uid);
  add_number (builder, "gid", change->gid);
  json_builder_set_member_name (builder, "items");
  json_builder_begin_array (builder);
  for (guint i = 0; change->items[i] != NULL; i++)
    json_builder_add_string_value (builder, change->items[i]);
  json_builder_end_array (builder);
  add_text (builder, "tool", change->tool);
  add_switch (builder, "owned", change->owned);
  add_switch (builder, "reversible", change->reversible);
  json_builder_end_object (builder);
}

/* The member @name if it is text, else %NULL. */
static const char *
peek_text (JsonObject *object, const char *name)
{
  JsonNode *node = json_object_get_member (object, name);

  if (node == NULL || !JSON_NODE_HOLDS_VALUE (node)
      || json_node_get_value_type (node) != G_TYPE_STRING)
    return NULL;
  return json_node_get_string (node);
}

static gboolean
take_number (JsonObject *object, const char *name, guint max, guint *value)
{
  JsonNode *node = json_object_get_member (object, name);
  gint64 number;

  if (node == NULL || !JSON_NODE_HOLDS_VALUE (node)
      || json_node_get_value_type (node) != G_TYPE_INT64)
    return FALSE;
  number = json_node_get_int (node);
  if (number < 0 || number > (gint64) max)
    return FALSE;
  *value = (guint) number;
  return TRUE;
}

static gboolean
take_switch (JsonObject *object, const char *name, gboolean *value)
{
  JsonNode *node = json_object_get_member (object, name);

  if (node == NULL || !JSON_NODE_HOLDS_VALUE (node)
      || json_node_get_value_type (node) != G_TYPE_BOOLEAN)
    return FALSE;
  *value = json_node_get_boolean (node);
  return TRUE;
}

static gboolean
take_items (JsonObject *object, char ***items)
{
  g_autoptr (GPtrArray) found = g_ptr_array_new_with_free_func (g_free);
  JsonNode *node = json_object_get_member (object, "items");
  JsonArray *array;

  if (node == NULL || !JSON_NODE_HOLDS_ARRAY (node))
    return FALSE;
  array = json_node_get_array (node);
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      JsonNode *item = json_array_get_element (array, i);

      if (!JSON_NODE_HOLDS_VALUE (item) || json_node_get_value_type (item) != G_TYPE_STRING)
        return FALSE;
      g_ptr_array_add (found, g_strdup (json_node_get_string (item)));
    }
  g_ptr_array_add (found, NULL);
  g_strfreev (*items);
  *items = (char **) g_ptr_array_free (g_steal_pointer (&found), FALSE);
  return TRUE;
}

/* A path below the root that cannot climb out of it. */
static gboolean
path_is_sound (const char *path)
{
  g_auto (GStrv) parts = NULL;

  if (path == NULL || *path == '/')
    return FALSE;
  if (*path == '\0')
    return TRUE;
  parts = g_strsplit (path, "/", -1);
  for (guint i = 0; parts[i] != NULL; i++)
    if (*parts[i] == '\0' || g_str_equal (parts[i], ".") || g_str_equal (parts[i], ".."))
      return FALSE;
  return TRUE;
}

/**
 * ferry_change_from_json:
 * @object: as ferry_change_to_json() writes it; everything is checked, as it may be a torn journal
 *
 * Returns: (transfer full) (nullable): the change, or %NULL with %FERRY_ERROR_INVALID
 */
FerryChange *
ferry_change_from_json (JsonObject *object, GError **error)
{
  g_autoptr (FerryChange) change = NULL;
  const char *path = peek_text (object, "path");
  const char *tool = peek_text (object, "tool");
  FerryChangeKind kind;

  if (ferry_change_kind_from_string (peek_text (object, "kind"), &kind) && path_is_sound (path)
      && tool != NULL)
    {
      change = ferry_change_new (kind, path);
      change->before = g_strdup (peek_text (object, "before"));
      change->after = g_strdup (peek_text (object, "after"));
      g_free (change->tool);
      change->tool = g_strdup (tool);
      g_free (change->title);
      change->title = g_strdup (peek_text (object, "title") ?: "");
      g_free (change->reason);
      change->reason = g_strdup (peek_text (object, "reason") ?: "");
    }
  if (change == NULL || !take_number (object, "mode", 07777, &change->mode)
      || !take_number (object, "uid", G_MAXINT32, &change->uid)
      || !take_number (object, "gid", G_MAXINT32, &change->gid)
      || !take_switch (object, "owned", &change->owned)
      || !take_switch (object, "reversible", &change->reversible)
      || !take_items (object, &change->items))
    {
      g_set_error_literal (error, FERRY_ERROR, FERRY_ERROR_INVALID,
                           _("A kept change cannot be read"));
      return NULL;
    }
  return g_steal_pointer (&change);
}
