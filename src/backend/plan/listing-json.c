/* listing-json.c: the JSON half of listing.h; its shape is documented in ferryctl(1).
 *
 * Keys are part of the contract with scripts: they are added, never renamed. Strings that are not
 * UTF-8 are mended, so that the result is always valid JSON.
 */
#include "config.h"

#include <json-glib/json-glib.h>

#include "plan/listing.h"
#include "plan/paragraph.h"

static void
add_string (JsonBuilder *builder, const char *key, const char *value)
{
  json_builder_set_member_name (builder, key);
  if (value == NULL)
    json_builder_add_null_value (builder);
  else
    {
      g_autofree char *valid = g_utf8_make_valid (value, -1);
      json_builder_add_string_value (builder, valid);
    }
}

static void
add_text (JsonBuilder *builder, const char *key, const char *value)
{
  add_string (builder, key, value != NULL ? value : "");
}

static void
add_boolean (JsonBuilder *builder, const char *key, gboolean value)
{
  json_builder_set_member_name (builder, key);
  json_builder_add_boolean_value (builder, value);
}

static void
add_hex (JsonBuilder *builder, const char *key, guint value, int digits)
{
  g_autofree char *text = g_strdup_printf ("%0*x", digits, value);

  add_string (builder, key, text);
}

static void
add_addresses (JsonBuilder *builder, const char *key, GPtrArray *devices)
{
  json_builder_set_member_name (builder, key);
  json_builder_begin_array (builder);
  for (guint i = 0; i < devices->len; i++)
    {
      FerryDevice *device = g_ptr_array_index (devices, i);
      g_autofree char *address = ferry_address_to_string (&device->address);

      json_builder_add_string_value (builder, address);
    }
  json_builder_end_array (builder);
}

static char *
to_text (JsonBuilder *builder)
{
  g_autoptr (JsonGenerator) generator = json_generator_new ();
  g_autoptr (JsonNode) node = json_builder_get_root (builder);
  g_autofree char *text = NULL;
  g_autofree char *safe = NULL;

  json_generator_set_root (generator, node);
  json_generator_set_pretty (generator, TRUE);
  text = json_generator_to_data (generator, NULL);
  safe = ferry_paragraph_escape_json (text);
  return g_strconcat (safe, "\n", NULL);
}

static void
add_reason (JsonBuilder *builder, const FerryReason *reason)
{
  json_builder_begin_object (builder);
  add_text (builder, "id", reason->id);
  add_text (builder, "verdict", ferry_card_verdict_to_string (reason->verdict));
  add_text (builder, "text", reason->text);
  add_addresses (builder, "devices", reason->devices);
  json_builder_end_object (builder);
}

static void
add_groups_of (JsonBuilder *builder, const FerryCard *card)
{
  json_builder_set_member_name (builder, "groups");
  json_builder_begin_array (builder);
  for (guint i = 0; i < card->groups->len; i++)
    json_builder_add_int_value (builder, g_array_index (card->groups, int, i));
  json_builder_end_array (builder);
}

static void
add_verdict (JsonBuilder *builder, const FerryVerdict *verdict)
{
  const FerryCard *card = verdict->card;
  g_autofree char *address = ferry_address_to_string (&card->primary->address);

  json_builder_begin_object (builder);
  add_string (builder, "address", address);
  add_text (builder, "name", card->name);
  add_addresses (builder, "functions", card->functions);
  add_groups_of (builder, card);
  add_text (builder, "verdict", ferry_card_verdict_to_string (verdict->verdict));
  add_text (builder, "sentence", verdict->sentence);
  add_text (builder, "bind", ferry_bind_to_string (verdict->bind));
  add_boolean (builder, "integrated", card->integrated);
  json_builder_set_member_name (builder, "reasons");
  json_builder_begin_array (builder);
  for (guint i = 0; i < verdict->reasons->len; i++)
    add_reason (builder, g_ptr_array_index (verdict->reasons, i));
  json_builder_end_array (builder);
  json_builder_end_object (builder);
}

static void
add_verdicts (JsonBuilder *builder, const FerryReport *report)
{
  json_builder_begin_array (builder);
  for (guint i = 0; i < report->verdicts->len; i++)
    add_verdict (builder, g_ptr_array_index (report->verdicts, i));
  json_builder_end_array (builder);
}

static void
add_check (JsonBuilder *builder, const FerryCheck *check)
{
  json_builder_begin_object (builder);
  add_text (builder, "id", check->id);
  add_text (builder, "verdict", ferry_check_verdict_to_string (check->verdict));
  add_text (builder, "title", check->title);
  add_text (builder, "why", check->why);
  add_text (builder, "action", check->action);
  add_text (builder, "details", check->details);
  add_boolean (builder, "blocks", check->blocks);
  add_string (builder, "fix", check->fix);
  json_builder_end_object (builder);
}

/**
 * ferry_listing_check_json:
 *
 * Returns: (transfer full): the whole report
 */
char *
ferry_listing_check_json (const FerryReport *report)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  add_text (builder, "verdict", ferry_overall_to_string (report->overall));
  add_text (builder, "sentence", report->sentence);
  json_builder_set_member_name (builder, "checks");
  json_builder_begin_array (builder);
  for (guint i = 0; i < report->checks->len; i++)
    add_check (builder, g_ptr_array_index (report->checks, i));
  json_builder_end_array (builder);
  json_builder_set_member_name (builder, "cards");
  add_verdicts (builder, report);
  json_builder_end_object (builder);
  return to_text (builder);
}

/**
 * ferry_listing_cards_json:
 *
 * Returns: (transfer full): the array "cards" of ferry_listing_check_json() alone
 */
char *
ferry_listing_cards_json (const FerryReport *report)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  add_verdicts (builder, report);
  return to_text (builder);
}

static void
add_device (JsonBuilder *builder, FerryDevice *device)
{
  g_autofree char *address = ferry_address_to_string (&device->address);
  g_autofree char *name = ferry_device_describe (device);

  json_builder_begin_object (builder);
  add_string (builder, "address", address);
  add_hex (builder, "class", device->class_code >> 8, 4);
  add_hex (builder, "vendor", device->vendor, 4);
  add_hex (builder, "device", device->device, 4);
  add_hex (builder, "subvendor", device->subvendor, 4);
  add_hex (builder, "subdevice", device->subdevice, 4);
  add_hex (builder, "revision", device->revision, 2);
  add_text (builder, "kind", device->class_name);
  add_text (builder, "name", name);
  add_string (builder, "driver", device->driver);
  add_boolean (builder, "bridge", device->bridge);
  json_builder_end_object (builder);
}

static void
add_group (JsonBuilder *builder, GPtrArray *devices, int group)
{
  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "group");
  if (group == FERRY_DEVICE_NO_GROUP)
    json_builder_add_null_value (builder);
  else
    json_builder_add_int_value (builder, group);
  json_builder_set_member_name (builder, "devices");
  json_builder_begin_array (builder);
  for (guint i = 0; i < devices->len; i++)
    add_device (builder, g_ptr_array_index (devices, i));
  json_builder_end_array (builder);
  json_builder_end_object (builder);
}

/**
 * ferry_listing_devices_json:
 * @devices: (element-type FerryDevice): in any order
 *
 * Returns: (transfer full): an array of groups in numeric order; the last one has "group": null
 *   when there are devices without a group
 */
char *
ferry_listing_devices_json (GPtrArray *devices)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (GPtrArray) sorted = ferry_listing_sort_devices (devices);
  guint i = 0;

  json_builder_begin_array (builder);
  while (i < sorted->len)
    {
      g_autoptr (GPtrArray) members = g_ptr_array_new ();
      FerryDevice *first = g_ptr_array_index (sorted, i);
      FerryDevice *device = first;

      while (device->group == first->group)
        {
          g_ptr_array_add (members, device);
          if (++i == sorted->len)
            break;
          device = g_ptr_array_index (sorted, i);
        }
      add_group (builder, members, first->group);
    }
  json_builder_end_array (builder);
  return to_text (builder);
}

char *
ferry_listing_groups_json (FerryMachine *machine)
{
  return ferry_listing_devices_json (machine->devices);
}

static void
add_setting (JsonBuilder *builder, const FerrySetting *setting)
{
  json_builder_begin_object (builder);
  add_text (builder, "id", setting->id);
  add_text (builder, "title", setting->title);
  add_text (builder, "why", setting->why);
  add_text (builder, "name", setting->name);
  add_text (builder, "path", setting->path);
  add_boolean (builder, "certain", setting->certain);
  add_text (builder, "synonyms", setting->synonyms);
  add_text (builder, "advice", setting->advice);
  add_boolean (builder, "required", setting->required);
  json_builder_end_object (builder);
}

/**
 * ferry_listing_firmware_json:
 *
 * Returns: (transfer full): the settings that are still missing, and how to get to them
 */
char *
ferry_listing_firmware_json (const FerryGuidance *guidance)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  add_string (builder, "board", guidance->board);
  add_text (builder, "entry_key", guidance->entry_key);
  add_boolean (builder, "can_restart", guidance->can_restart);
  add_text (builder, "caution", guidance->caution);
  json_builder_set_member_name (builder, "settings");
  json_builder_begin_array (builder);
  for (guint i = 0; i < guidance->settings->len; i++)
    add_setting (builder, g_ptr_array_index (guidance->settings, i));
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  return to_text (builder);
}
