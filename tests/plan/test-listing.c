/* test-listing.c: the report as text and as JSON: complete, in order, and safe to print. */
#include "config.h"

#include <string.h>
#include <json-glib/json-glib.h>

#include "plan/listing.h"

static FerryDevice *
make_device (const char *id, int group, guint32 class_code, const char *name, const char *driver)
{
  FerryDevice *device = g_object_new (FERRY_TYPE_DEVICE, NULL);

  g_assert_true (ferry_address_parse (id, &device->address));
  device->id = g_strdup (id);
  device->group = group;
  device->class_code = class_code;
  device->vendor = 0x10de;
  device->device = 0x13c2;
  device->revision = 0xa1;
  device->responding = TRUE;
  device->vendor_name = g_strdup ("NVIDIA Corporation");
  device->device_name = g_strdup (name);
  device->class_name = g_strdup ("VGA compatible controller");
  device->subsystem_name = g_strdup ("");
  device->driver = g_strdup (driver);
  return device;
}

/* Group 10 before 2 in the order of bytes; one device without a group; two domains. */
static GPtrArray *
make_devices (void)
{
  GPtrArray *devices = g_ptr_array_new_with_free_func (g_object_unref);

  g_ptr_array_add (devices, make_device ("0000:00:00.0", -1, 0x060000, "Bridge", NULL));
  g_ptr_array_add (
      devices, make_device ("0000:02:00.0", 10, 0x030000, "GM204 [GeForce GTX 970]", "vfio-pci"));
  g_ptr_array_add (devices, make_device ("10000:e1:00.0", 2, 0x010802, "Evil \x1b[2J", "a\nb"));
  g_ptr_array_add (devices, make_device ("0000:03:00.0", 2, 0x030000, "Card", NULL));
  return devices;
}

static void
test_groups_text (void)
{
  g_autoptr (GPtrArray) devices = make_devices ();
  g_autofree char *text = ferry_listing_devices_text (devices);

  g_assert_cmpstr (
      text, ==,
      "IOMMU Group 2:\n"
      "\t03:00.0 VGA compatible controller [0300]: NVIDIA Corporation Card [10de:13c2] (rev a1)\n"
      "\t10000:e1:00.0 VGA compatible controller [0108]: NVIDIA Corporation Evil \\x1b[2J"
      " [10de:13c2] (rev a1)\n"
      "\t\tKernel driver in use: a\\x0ab\n"
      "IOMMU Group 10:\n"
      "\t02:00.0 VGA compatible controller [0300]: NVIDIA Corporation GM204 [GeForce GTX 970]"
      " [10de:13c2] (rev a1)\n"
      "\t\tKernel driver in use: vfio-pci\n"
      "No IOMMU Group:\n"
      "\t00:00.0 VGA compatible controller [0600]: NVIDIA Corporation Bridge [10de:13c2]"
      " (rev a1)\n");
}

static void
test_revision (void)
{
  g_autoptr (GPtrArray) devices = g_ptr_array_new_with_free_func (g_object_unref);
  g_autofree char *text = NULL;
  FerryDevice *asleep = make_device ("0000:01:00.0", 1, 0x039900, "x", NULL);
  FerryDevice *plain = make_device ("0000:02:00.0", 1, 0x030000, "x", NULL);

  asleep->responding = FALSE;
  g_free (asleep->class_name);
  asleep->class_name = g_strdup ("Display controller [0399]");
  plain->revision = 0;
  g_ptr_array_add (devices, asleep);
  g_ptr_array_add (devices, plain);
  text = ferry_listing_devices_text (devices);
  g_assert_nonnull (
      strstr (text, "Display controller [0399]: NVIDIA Corporation x [10de:13c2] (rev ff)\n"));
  g_assert_nonnull (strstr (
      text, "02:00.0 VGA compatible controller [0300]: NVIDIA Corporation x [10de:13c2]\n"));
}

static JsonNode *
parse (const char *text)
{
  g_autoptr (GError) error = NULL;
  JsonNode *node = json_from_string (text, &error);

  g_assert_no_error (error);
  g_assert_true (g_str_has_suffix (text, "\n"));
  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    g_assert_true (*p == '\n' || !g_unichar_iscntrl (g_utf8_get_char (p)));
  return node;
}

static void
test_groups_json (void)
{
  g_autoptr (GPtrArray) devices = make_devices ();
  g_autofree char *text = ferry_listing_devices_json (devices);
  g_autoptr (JsonNode) node = parse (text);
  JsonArray *groups = json_node_get_array (node);
  JsonObject *second = json_array_get_object_element (groups, 0);
  JsonObject *last = json_array_get_object_element (groups, 2);
  JsonObject *device
      = json_array_get_object_element (json_object_get_array_member (second, "devices"), 1);

  g_assert_cmpuint (json_array_get_length (groups), ==, 3);
  g_assert_cmpint (json_object_get_int_member (second, "group"), ==, 2);
  g_assert_true (json_object_get_null_member (last, "group"));
  g_assert_cmpstr (json_object_get_string_member (device, "address"), ==, "10000:e1:00.0");
  g_assert_cmpstr (json_object_get_string_member (device, "class"), ==, "0108");
  g_assert_cmpstr (json_object_get_string_member (device, "vendor"), ==, "10de");
  g_assert_cmpstr (json_object_get_string_member (device, "device"), ==, "13c2");
  g_assert_cmpstr (json_object_get_string_member (device, "driver"), ==, "a\nb");
  g_assert_cmpstr (json_object_get_string_member (device, "name"), ==,
                   "NVIDIA Corporation Evil \x1b[2J");
}

static void
test_no_devices (void)
{
  g_autoptr (GPtrArray) devices = g_ptr_array_new ();
  g_autofree char *text = ferry_listing_devices_text (devices);
  g_autofree char *json = ferry_listing_devices_json (devices);
  g_autoptr (JsonNode) node = parse (json);

  g_assert_cmpstr (text, ==, "");
  g_assert_cmpuint (json_array_get_length (json_node_get_array (node)), ==, 0);
}

/* One card with two functions, and one check of each verdict. */
typedef struct
{
  GPtrArray *devices;
  FerryCard *card;
  FerryReport report;
} Fixture;

static FerryCheck checks[] = {
  { "good-one", FERRY_CHECK_PASS, FALSE, (char *)"Fine", (char *)"hidden why", (char *)"",
    (char *)"", "iommu", NULL },
  { "unknown-one", FERRY_CHECK_UNKNOWN, FALSE, (char *)"Unclear", (char *)"Why u.", (char *)"",
    (char *)"", "iommu", NULL },
  { "todo-one", FERRY_CHECK_FAIL, FALSE, (char *)"Missing", (char *)"Why t.", (char *)"Do it.",
    (char *)"detail", "iommu", "vtd" },
  { "stop-one", FERRY_CHECK_FAIL, TRUE, (char *)"Broken\x1b", (char *)"Why s.", (char *)"",
    (char *)"", "iommu", NULL },
};

static FerryReason *
make_reason (FerryDevice *device)
{
  FerryReason *reason = g_new0 (FerryReason, 1);

  reason->id = "foreign-devices";
  reason->verdict = FERRY_CARD_NO;
  reason->text = g_strdup ("Shares its group with a disk.");
  reason->devices = g_ptr_array_new ();
  g_ptr_array_add (reason->devices, device);
  return reason;
}

static void
reason_free (gpointer data)
{
  FerryReason *reason = data;

  g_free (reason->text);
  g_ptr_array_unref (reason->devices);
  g_free (reason);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  static const int groups[] = { 2, 10 };
  FerryVerdict *verdict = g_new0 (FerryVerdict, 1);

  fixture->devices = make_devices ();
  fixture->card = g_new0 (FerryCard, 1);
  fixture->card->primary = g_ptr_array_index (fixture->devices, 1);
  fixture->card->functions = g_ptr_array_new ();
  g_ptr_array_add (fixture->card->functions, g_ptr_array_index (fixture->devices, 1));
  g_ptr_array_add (fixture->card->functions, g_ptr_array_index (fixture->devices, 3));
  fixture->card->groups = g_array_new (FALSE, FALSE, sizeof (int));
  g_array_append_vals (fixture->card->groups, groups, 2);
  fixture->card->name = g_strdup ("GeForce GTX 970 (NVIDIA)");
  verdict->card = fixture->card;
  verdict->verdict = FERRY_CARD_NO;
  verdict->bind = FERRY_BIND_ADDRESS;
  verdict->sentence = g_strdup ("It cannot be given away.");
  verdict->reasons = g_ptr_array_new_with_free_func (reason_free);
  g_ptr_array_add (verdict->reasons, make_reason (g_ptr_array_index (fixture->devices, 2)));
  fixture->report.overall = FERRY_OVERALL_IMPOSSIBLE;
  fixture->report.sentence = (char *)"It is not possible.";
  fixture->report.checks = g_ptr_array_new ();
  for (gsize i = 0; i < G_N_ELEMENTS (checks); i++)
    g_ptr_array_add (fixture->report.checks, &checks[i]);
  fixture->report.verdicts = g_ptr_array_new_with_free_func ((GDestroyNotify)ferry_verdict_free);
  g_ptr_array_add (fixture->report.verdicts, verdict);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_ptr_array_unref (fixture->report.checks);
  g_ptr_array_unref (fixture->report.verdicts);
  g_ptr_array_unref (fixture->card->functions);
  g_array_unref (fixture->card->groups);
  g_free (fixture->card->name);
  g_free (fixture->card);
  g_ptr_array_unref (fixture->devices);
}

/* What stops comes first, what is good last and without its why. */
static void
test_check_text (Fixture *fixture, gconstpointer data)
{
  g_autofree char *text = ferry_listing_check_text (&fixture->report);

  g_assert_cmpstr (text, ==,
                   "It is not possible.\n"
                   "\n"
                   "What was checked\n"
                   "  stop  Broken\\x1b\n"
                   "        Why s.\n"
                   "  to do Missing\n"
                   "        Why t.\n"
                   "        What to do: Do it.\n"
                   "  ?     Unclear\n"
                   "        Why u.\n"
                   "  good  Fine\n"
                   "\n"
                   "Graphics cards\n"
                   "  no    GeForce GTX 970 (NVIDIA)\n"
                   "        PCI address 02:00.0, 03:00.0, IOMMU groups 2, 10\n"
                   "        It cannot be given away.\n"
                   "        - Shares its group with a disk.\n");
}

static void
assert_members (JsonObject *object, const char *const *names)
{
  for (gsize i = 0; names[i] != NULL; i++)
    if (!json_object_has_member (object, names[i]))
      g_error ("“%s” is missing", names[i]);
}

static void
test_check_json (Fixture *fixture, gconstpointer data)
{
  static const char *const check_names[] = { "id", "verdict", "title", "why", "action", NULL };
  static const char *const card_names[]
      = { "address", "name", "functions", "groups", "verdict", "bind", "reasons", NULL };
  g_autofree char *text = ferry_listing_check_json (&fixture->report);
  g_autoptr (JsonNode) node = parse (text);
  JsonObject *object = json_node_get_object (node);
  JsonObject *check
      = json_array_get_object_element (json_object_get_array_member (object, "checks"), 2);
  JsonObject *card
      = json_array_get_object_element (json_object_get_array_member (object, "cards"), 0);
  JsonObject *reason
      = json_array_get_object_element (json_object_get_array_member (card, "reasons"), 0);
  JsonArray *functions = json_object_get_array_member (card, "functions");
  JsonArray *groups = json_object_get_array_member (card, "groups");

  g_assert_cmpstr (json_object_get_string_member (object, "verdict"), ==, "impossible");
  g_assert_cmpstr (json_object_get_string_member (object, "sentence"), ==, "It is not possible.");
  g_assert_cmpuint (json_array_get_length (json_object_get_array_member (object, "checks")), ==, 4);
  assert_members (check, check_names);
  g_assert_cmpstr (json_object_get_string_member (check, "verdict"), ==, "fail");
  g_assert_cmpstr (json_object_get_string_member (check, "fix"), ==, "vtd");
  assert_members (card, card_names);
  g_assert_cmpstr (json_object_get_string_member (card, "address"), ==, "0000:02:00.0");
  g_assert_cmpstr (json_object_get_string_member (card, "verdict"), ==, "no");
  g_assert_cmpstr (json_object_get_string_member (card, "bind"), ==, "address");
  g_assert_cmpstr (json_array_get_string_element (functions, 1), ==, "0000:03:00.0");
  g_assert_cmpint (json_array_get_int_element (groups, 1), ==, 10);
  g_assert_cmpstr (json_object_get_string_member (reason, "id"), ==, "foreign-devices");
  g_assert_cmpstr (
      json_array_get_string_element (json_object_get_array_member (reason, "devices"), 0), ==,
      "10000:e1:00.0");
}

static void
test_cards (Fixture *fixture, gconstpointer data)
{
  g_autofree char *text = ferry_listing_cards_text (&fixture->report);
  g_autofree char *json = ferry_listing_cards_json (&fixture->report);
  g_autoptr (JsonNode) node = parse (json);

  g_assert_true (g_str_has_prefix (text, "Graphics cards\n  no    GeForce GTX 970"));
  g_assert_cmpuint (json_array_get_length (json_node_get_array (node)), ==, 1);
  g_ptr_array_set_size (fixture->report.verdicts, 0);
  g_free (text);
  text = ferry_listing_cards_text (&fixture->report);
  g_assert_nonnull (strstr (text, "No graphics card was found"));
}

static void
test_firmware_json (void)
{
  FerrySetting setting = { "vtd",
                           (char *)"VT-d",
                           (char *)"why",
                           (char *)"Intel VT-d",
                           (char *)"Advanced > CPU",
                           FALSE,
                           (char *)"",
                           (char *)"Enabled",
                           TRUE };
  FerryGuidance guidance = { NULL, (char *)"Del", TRUE, g_ptr_array_new (), (char *)"" };
  g_autofree char *text = NULL;
  g_autoptr (JsonNode) node = NULL;
  JsonObject *object;

  g_ptr_array_add (guidance.settings, &setting);
  text = ferry_listing_firmware_json (&guidance);
  node = parse (text);
  object = json_node_get_object (node);
  g_assert_true (json_object_get_null_member (object, "board"));
  g_assert_true (json_object_get_boolean_member (object, "can_restart"));
  object = json_array_get_object_element (json_object_get_array_member (object, "settings"), 0);
  g_assert_cmpstr (json_object_get_string_member (object, "path"), ==, "Advanced > CPU");
  g_assert_true (json_object_get_boolean_member (object, "required"));
  g_assert_false (json_object_get_boolean_member (object, "certain"));
  g_ptr_array_unref (guidance.settings);
}

#define ADD(name, function) g_test_add (name, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/listing/groups-text", test_groups_text);
  g_test_add_func ("/listing/revision", test_revision);
  g_test_add_func ("/listing/groups-json", test_groups_json);
  g_test_add_func ("/listing/no-devices", test_no_devices);
  ADD ("/listing/check-text", test_check_text);
  ADD ("/listing/check-json", test_check_json);
  ADD ("/listing/cards", test_cards);
  g_test_add_func ("/listing/firmware-json", test_firmware_json);
  return g_test_run ();
}
