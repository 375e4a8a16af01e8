/* plan-listing.c: see plan-listing.h. */
#include "config.h"

#include <string.h>
#include <glib/gi18n-lib.h>
#include <json-glib/json-glib.h>

#include "facts/error.h"
#include "plan/paragraph.h"
#include "plan/plan-listing.h"

static void
append_notes (GString *out, GPtrArray *notes)
{
  for (guint i = 0; i < notes->len; i++)
    ferry_paragraph_append (out, "  • ", "    ", ((FerryNote *) g_ptr_array_index (notes, i))->text);
}

/* A step by hand: its first line is a sentence, the others are to be copied and must not be broken. */
static void
append_step (GString *out, guint number, const char *step)
{
  g_auto (GStrv) lines = g_strsplit (step, "\n", -1);
  g_autofree char *first = g_strdup_printf ("%3u. ", number);

  ferry_paragraph_append (out, first, "     ", lines[0]);
  for (guint i = 1; lines[0] != NULL && lines[i] != NULL; i++)
    {
      g_autofree char *clean = ferry_paragraph_clean (lines[i]);
      g_string_append_printf (out, "     %s\n", clean);
    }
}

static void
append_refusals (GString *out, const FerryPlan *plan)
{
  ferry_paragraph_append (out, "", "", _("Nothing will be changed, because:"));
  append_notes (out, plan->refusals);
  if (plan->manual->len > 0)
    ferry_paragraph_append (out, "", "", _("What you can do by hand:"));
  for (guint i = 0; i < plan->manual->len; i++)
    append_step (out, i + 1, g_ptr_array_index (plan->manual, i));
}

/* What a step without a file works on: packages, units, words. */
static void
append_items (GString *out, const FerryChange *change)
{
  g_autofree char *joined = g_strjoinv (" ", change->items);

  if (*joined != '\0')
    ferry_paragraph_append (out, "     ", "     ", joined);
}

static void
append_diff (GString *out, const char *diff)
{
  g_auto (GStrv) lines = g_strsplit (diff, "\n", -1);

  for (guint i = 0; lines[i] != NULL; i++)
    {
      g_autofree char *clean = ferry_paragraph_clean (lines[i]);

      if (lines[i + 1] != NULL || *clean != '\0')
        g_string_append_printf (out, "     %s\n", clean);
    }
}

static char *
describe_path (const FerryChange *change)
{
  if (change->after == NULL)
    return g_strdup_printf (_("Takes away /%s"), change->path);
  if (change->before == NULL)
    return g_strdup_printf (_("New file /%s"), change->path);
  return g_strdup_printf (_("Edits /%s"), change->path);
}

static void
append_change (GString *out, const FerryChange *change, guint number, const char *diff)
{
  g_autofree char *first = g_strdup_printf ("%3u. ", number);

  ferry_paragraph_append (out, first, "     ", change->title);
  if (*change->reason != '\0')
    ferry_paragraph_append (out, "     ", "     ", change->reason);
  if (*change->path != '\0')
    {
      g_autofree char *path = describe_path (change);

      ferry_paragraph_append (out, "     ", "     ", path);
    }
  append_items (out, change);
  if (diff != NULL && *diff != '\0')
    append_diff (out, diff);
  g_string_append_c (out, '\n');
}

/**
 * ferry_plan_listing_text:
 *
 * Returns: (transfer full): the plan for a person, control characters escaped
 */
char *
ferry_plan_listing_text (const FerryPlan *plan, char **diffs)
{
  GString *out = g_string_new (NULL);

  if (plan->refusals->len > 0)
    append_refusals (out, plan);
  else if (plan->changes->len == 0)
    ferry_paragraph_append (out, "", "", _("Nothing is left to change."));
  else
    ferry_paragraph_append (out, "", "", _("This will be changed, in this order. Everything can be undone, "
                                       "except where it says so."));
  if (plan->changes->len > 0)
    g_string_append_c (out, '\n');
  for (guint i = 0; i < plan->changes->len; i++)
    append_change (out, g_ptr_array_index (plan->changes, i), i + 1, diffs != NULL ? diffs[i] : NULL);
  if (plan->warnings->len > 0)
    {
      ferry_paragraph_append (out, "", "", _("Good to know:"));
      append_notes (out, plan->warnings);
    }
  if (plan->restart)
    ferry_paragraph_append (out, "", "", _("Afterwards the computer has to be restarted."));
  return g_string_free (out, FALSE);
}

static void
add_notes (JsonBuilder *builder, const char *name, GPtrArray *notes)
{
  json_builder_set_member_name (builder, name);
  json_builder_begin_array (builder);
  for (guint i = 0; i < notes->len; i++)
    {
      const FerryNote *note = g_ptr_array_index (notes, i);

      json_builder_begin_object (builder);
      json_builder_set_member_name (builder, "id");
      json_builder_add_string_value (builder, note->id);
      json_builder_set_member_name (builder, "text");
      json_builder_add_string_value (builder, note->text);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
}

static void
add_arrays (JsonBuilder *builder, const FerryPlan *plan)
{
  json_builder_set_member_name (builder, "changes");
  json_builder_begin_array (builder);
  for (guint i = 0; i < plan->changes->len; i++)
    ferry_change_to_json (g_ptr_array_index (plan->changes, i), builder);
  json_builder_end_array (builder);
  add_notes (builder, "refusals", plan->refusals);
  add_notes (builder, "warnings", plan->warnings);
  json_builder_set_member_name (builder, "manual");
  json_builder_begin_array (builder);
  for (guint i = 0; i < plan->manual->len; i++)
    json_builder_add_string_value (builder, g_ptr_array_index (plan->manual, i));
  json_builder_end_array (builder);
}

/**
 * ferry_plan_listing_json:
 *
 * Returns: (transfer full): the plan as documented in ferryctl(1)
 */
char *
ferry_plan_listing_json (const FerryPlan *plan, const FerryIntent *intent)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (GVariant) variant = g_variant_ref_sink (ferry_intent_to_variant (intent));
  g_autofree char *printed = g_variant_print (variant, TRUE);
  g_autoptr (JsonNode) node = NULL;
  g_autofree char *json = NULL;

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "digest");
  json_builder_add_string_value (builder, plan->digest);
  json_builder_set_member_name (builder, "intent");
  json_builder_add_string_value (builder, printed);
  json_builder_set_member_name (builder, "bind");
  json_builder_add_string_value (builder, ferry_bind_to_string (plan->bind));
  json_builder_set_member_name (builder, "restart");
  json_builder_add_boolean_value (builder, plan->restart);
  add_arrays (builder, plan);
  json_builder_end_object (builder);
  node = json_builder_get_root (builder);
  json = json_to_string (node, TRUE);
  return g_strconcat (json, "\n", NULL);
}

static FerryPlan *
not_a_plan (GError **error)
{
  g_set_error_literal (error, FERRY_ERROR, FERRY_ERROR_INVALID, _("The plan cannot be read"));
  return NULL;
}

static JsonArray *
peek_array (JsonObject *object, const char *name)
{
  JsonNode *node = json_object_get_member (object, name);

  return node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
}

static const char *
peek_string (JsonObject *object, const char *name)
{
  JsonNode *node = json_object_get_member (object, name);

  if (node == NULL || !JSON_NODE_HOLDS_VALUE (node) || json_node_get_value_type (node) != G_TYPE_STRING)
    return NULL;
  return json_node_get_string (node);
}

static gboolean
read_changes (FerryPlan *plan, JsonArray *array)
{
  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    {
      JsonNode *node = json_array_get_element (array, i);
      FerryChange *change
          = JSON_NODE_HOLDS_OBJECT (node) ? ferry_change_from_json (json_node_get_object (node), NULL) : NULL;

      if (change == NULL)
        return FALSE;
      ferry_plan_add (plan, change);
    }
  return array != NULL;
}

static gboolean
read_notes (FerryPlan *plan, JsonArray *array, gboolean refusals)
{
  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    {
      JsonNode *node = json_array_get_element (array, i);
      JsonObject *object = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
      const char *id = object != NULL ? peek_string (object, "id") : NULL;
      const char *text = object != NULL ? peek_string (object, "text") : NULL;

      if (id == NULL || text == NULL)
        return FALSE;
      if (refusals)
        ferry_plan_refuse (plan, g_intern_string (id), "%s", text);
      else
        ferry_plan_warn (plan, g_intern_string (id), "%s", text);
    }
  return array != NULL;
}

static gboolean
read_manual (FerryPlan *plan, JsonArray *array)
{
  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    {
      JsonNode *node = json_array_get_element (array, i);

      if (!JSON_NODE_HOLDS_VALUE (node) || json_node_get_value_type (node) != G_TYPE_STRING)
        return FALSE;
      ferry_plan_add_manual (plan, "%s", json_node_get_string (node));
    }
  return array != NULL;
}

/**
 * ferry_plan_listing_parse:
 *
 * Returns: (transfer full) (nullable): the plan, or %NULL with %FERRY_ERROR_INVALID
 */
FerryPlan *
ferry_plan_listing_parse (const char *json, GError **error)
{
  g_autoptr (JsonParser) parser = json_parser_new ();
  g_autoptr (FerryPlan) plan = ferry_plan_new ();
  JsonNode *node;
  JsonObject *object;

  if (!json_parser_load_from_data (parser, json, -1, NULL))
    return not_a_plan (error);
  node = json_parser_get_root (parser);
  if (node == NULL || !JSON_NODE_HOLDS_OBJECT (node))
    return not_a_plan (error);
  object = json_node_get_object (node);
  plan->digest = g_strdup (peek_string (object, "digest"));
  plan->restart = json_object_get_boolean_member_with_default (object, "restart", FALSE);
  if (plan->digest == NULL || !read_changes (plan, peek_array (object, "changes"))
      || !read_notes (plan, peek_array (object, "refusals"), TRUE)
      || !read_notes (plan, peek_array (object, "warnings"), FALSE)
      || !read_manual (plan, peek_array (object, "manual")))
    return not_a_plan (error);
  return g_steal_pointer (&plan);
}
