/* test-guard.c: which devices of real computers may be given, and which computers carry which sizes. */
#include "config.h"

#include <string.h>

#include "facts/error.h"
#include "guest/guard.h"

#include "computers.h"

static GArray *
list (const char *ids)
{
  g_auto (GStrv) parts = g_strsplit (ids, " ", -1);
  GArray *functions = g_array_new (FALSE, FALSE, sizeof (FerryAddress));

  for (guint i = 0; parts[i] != NULL && *parts[i] != '\0'; i++)
    {
      FerryAddress address;

      g_assert_true (ferry_address_parse (parts[i], &address));
      g_array_append_val (functions, address);
    }
  return functions;
}

/* All functions of the card that has @id. */
static GArray *
list_card (FerryMachine *machine, const char *id)
{
  FerryDevice *device = ferry_devices_find (machine->devices, id);
  GArray *functions = g_array_new (FALSE, FALSE, sizeof (FerryAddress));

  g_assert_nonnull (device);
  for (guint i = 0; i < machine->cards->len; i++)
    {
      const FerryCard *card = g_ptr_array_index (machine->cards, i);

      for (guint f = 0; ferry_card_has (card, device) && f < card->functions->len; f++)
        g_array_append_val (functions, ((FerryDevice *) g_ptr_array_index (card->functions, f))->address);
    }
  return functions;
}

static void
expect (FerryMachine *machine, const GArray *functions, const GArray *had, int code, const char *said)
{
  g_autoptr (GPtrArray) notes = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GError) error = NULL;
  const gboolean good = ferry_guard_check (machine, functions, had, notes, &error);

  if (code < 0)
    {
      g_assert_no_error (error);
      g_assert_true (good);
      g_assert_cmpuint (notes->len > 0, ==, said != NULL);
      if (said != NULL)
        g_assert_nonnull (strstr (g_ptr_array_index (notes, notes->len - 1), said));
      return;
    }
  g_assert_false (good);
  g_assert_error (error, FERRY_ERROR, code);
  g_assert_nonnull (strstr (error->message, said));
}

static void
test_devices (void)
{
  static const struct
  {
    const char *computer, *ids;
    int code; /* -1: may be given */
    const char *said;
  } cases[] = {
    { "maximus-vii-ranger-bound", "0000:01:00.0 0000:01:00.1", -1, NULL },
    { "maximus-vii-ranger-bound", "0000:04:00.0", -1, NULL },
    { "maximus-vii-ranger-bound", "0000:00:1f.2", FERRY_ERROR_REFUSED, "a disk hangs on it" },
    { "maximus-vii-ranger-bound", "0000:00:19.0", FERRY_ERROR_REFUSED, "network hangs on it" },
    { "maximus-vii-ranger-bound", "0000:00:14.0", FERRY_ERROR_REFUSED, "only keyboard" },
    { "maximus-vii-ranger-bound", "0000:00:1f.3", FERRY_ERROR_REFUSED, "shares its IOMMU group" },
    { "maximus-vii-ranger-bound", "0000:00:01.0", FERRY_ERROR_REFUSED, "other devices hang on it" },
    { "maximus-vii-ranger-bound", "0000:55:00.0", FERRY_ERROR_NOT_FOUND, "0000:55:00.0" },
    { "maximus-vii-ranger-bound", "0000:00:02.0", FERRY_ERROR_REFUSED, "take your screen away" },
    { "maximus-vii-ranger-after", "0000:01:00.0 0000:01:00.1", -1, "still uses" },
    { "maximus-vii-ranger-after", "0000:01:00.1", FERRY_ERROR_REFUSED, "only be given together" },
    { "maximus-vii-ranger-before", "0000:01:00.0 0000:01:00.1", -1, "still uses" },
    { "maximus-vii-ranger-before", "0000:04:00.0", -1, "IOMMU of this computer is off" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (FerryMachine) machine = ferry_computer_open_named (cases[i].computer);
      g_autoptr (GArray) functions = list (cases[i].ids);

      g_test_message ("%s: %s", cases[i].computer, cases[i].ids);
      expect (machine, functions, NULL, cases[i].code, cases[i].said);
    }
}

/* A verdict of "no" is one here, too, unless all that it is tied to goes along. */
static void
test_tied (void)
{
  g_autoptr (FerryMachine) machine = ferry_computer_open_named ("ryzen-shared-group");
  guint n = 0;

  for (guint i = 0; i < machine->cards->len; i++)
    {
      const FerryCard *card = g_ptr_array_index (machine->cards, i);
      g_autoptr (GArray) functions = list_card (machine, card->primary->id);
      g_autoptr (GArray) rest = g_array_new (FALSE, FALSE, sizeof (FerryAddress));
      g_autoptr (GPtrArray) group = ferry_machine_list_group (machine, card->primary->group);

      for (guint k = 0; k < group->len; k++)
        if (!((FerryDevice *) g_ptr_array_index (group, k))->bridge)
          g_array_append_val (rest, ((FerryDevice *) g_ptr_array_index (group, k))->address);
      if (rest->len == functions->len)
        continue;
      n++;
      expect (machine, functions, NULL, FERRY_ERROR_REFUSED, "cannot be given to a virtual machine");
      expect (machine, functions, rest, -1, NULL);
    }
  g_assert_cmpuint (n, >, 0);
}

/* The card's sound shares a group with a USB controller that stays: the card goes without it. */
static void
test_side_part (void)
{
  g_autoptr (FerryMachine) machine = ferry_computer_open_named ("maximus-vii-ranger-after");
  FerryDevice *sound = ferry_devices_find (machine->devices, "0000:01:00.1");
  g_autoptr (GArray) all = list ("0000:01:00.0 0000:01:00.1"), whole = g_array_new (FALSE, FALSE, sizeof (FerryAddress));
  g_autoptr (GArray) parts = g_array_new (FALSE, FALSE, sizeof (FerryAddress));

  for (guint i = 0; i < machine->cards->len; i++)
    {
      FerryCard *card = g_ptr_array_index (machine->cards, i);

      if (!ferry_card_has (card, sound))
        continue;
      ferry_guard_list_card (machine, card, whole);
      g_assert_cmpuint (whole->len, ==, 2);
      sound->group = ferry_devices_find (machine->devices, "0000:04:00.0")->group;
      g_array_append_val (card->groups, sound->group);
      ferry_guard_list_card (machine, card, parts);
    }
  g_assert_cmpuint (parts->len, ==, 1);
  expect (machine, parts, NULL, -1, "still uses");
  expect (machine, all, NULL, FERRY_ERROR_REFUSED, "without that part");
}

static void
add_usb (FerryMachine *machine, guint16 product, const char *controller)
{
  FerryUsb *usb = g_new0 (FerryUsb, 1);

  usb->vendor = 0x045e;
  usb->product = product;
  usb->name = g_strdup ("Controller");
  usb->controller = g_strdup (controller);
  g_ptr_array_add (machine->usb, usb);
}

static void
test_usb (void)
{
  g_autoptr (FerryMachine) machine = ferry_computer_open_named ("maximus-vii-ranger-bound");
  g_autoptr (GArray) usb = g_array_new (FALSE, FALSE, sizeof (FerryGuestUsb));
  g_autoptr (GArray) nothing = list (""), controller = list ("0000:04:00.0");
  g_autoptr (GPtrArray) notes = g_ptr_array_new_with_free_func (g_free);
  const FerryGuestUsb pad = { 0x045e, 0x028e };
  g_autoptr (GError) error = NULL;

  g_array_append_val (usb, pad);
  /* Where nothing is known of USB nothing is said. */
  g_ptr_array_set_size (machine->usb, 0);
  g_assert_true (ferry_guard_check_usb (machine, usb, nothing, notes, NULL));
  g_assert_cmpuint (notes->len, ==, 0);
  add_usb (machine, 0x0001, "0000:00:14.0");
  g_assert_true (ferry_guard_check_usb (machine, usb, nothing, notes, NULL));
  g_assert_cmpuint (notes->len, ==, 1);
  g_assert_nonnull (strstr (g_ptr_array_index (notes, 0), "045e:028e is not plugged in"));
  add_usb (machine, 0x028e, "0000:00:14.0");
  g_assert_true (ferry_guard_check_usb (machine, usb, nothing, notes, NULL));
  g_assert_cmpuint (notes->len, ==, 1);
  add_usb (machine, 0x028e, "0000:04:00.0");
  g_assert_false (ferry_guard_check_usb (machine, usb, nothing, notes, &error));
  g_assert_error (error, FERRY_ERROR, FERRY_ERROR_REFUSED);
  g_assert_nonnull (strstr (error->message, "045e:028e"));
  /* The second one goes with its controller. */
  g_assert_true (ferry_guard_check_usb (machine, usb, controller, notes, NULL));
  g_assert_cmpuint (notes->len, ==, 1);
}

static void
test_start (void)
{
  g_autoptr (FerryMachine) used = ferry_computer_open_named ("maximus-vii-ranger-after");
  g_autoptr (FerryMachine) bound = ferry_computer_open_named ("maximus-vii-ranger-bound");
  g_autoptr (GArray) card = list ("0000:01:00.0 0000:01:00.1 0000:04:00.0 0000:55:00.0");
  g_autoptr (GArray) disk = list ("0000:00:1f.2"), nothing = list ("");
  g_autoptr (GError) driver = NULL, root = NULL;

  g_assert_false (ferry_guard_check_start (used, card, &driver));
  g_assert_error (driver, FERRY_ERROR, FERRY_ERROR_REFUSED);
  g_assert_nonnull (strstr (driver->message, "was not started"));
  g_assert_true (ferry_guard_check_start (bound, card, NULL));
  g_assert_true (ferry_guard_check_start (used, nothing, NULL));
  g_assert_false (ferry_guard_check_start (bound, disk, &root));
  g_assert_error (root, FERRY_ERROR, FERRY_ERROR_REFUSED);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/guard/devices", test_devices);
  g_test_add_func ("/guard/tied", test_tied);
  g_test_add_func ("/guard/side-part", test_side_part);
  g_test_add_func ("/guard/usb", test_usb);
  g_test_add_func ("/guard/start", test_start);
  return g_test_run ();
}
