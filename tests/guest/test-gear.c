/* Tests of what can be given by USB: which controllers, what they cost, and the lists in the wish.
 */
#include "config.h"

#include <string.h>

#include "facts/tree.h"
#include "guest/gear.h"

typedef struct
{
  FerryTree *tree;
  FerryMachine *machine;
  FerryGuest *guest;
} Fixture;

static void
add_controller (FerryTree *tree, const char *address, const char *group)
{
  const FerryTreeDevice device = { .address = address,
                                   .class_code = 0x0c0330,
                                   .vendor = 0x1b21,
                                   .device = 0x1242,
                                   .driver = "xhci_hcd",
                                   .group = group };

  ferry_tree_add_device (tree, &device);
}

static void
add_usb (FerryTree *tree, const char *controller, const char *name, const char *product,
         const char *class, const char *protocol)
{
  g_autofree char *place
      = g_strdup_printf ("%s/usb1/%s", ferry_tree_get_device_path (tree, controller), name);
  g_autofree char *link = g_strconcat ("sys/bus/usb/devices/", name, NULL);
  g_autofree char *inner = g_strconcat (name, ":1.0", NULL);
  g_autofree char *inner_place = g_strconcat (place, "/", inner, NULL);
  g_autofree char *inner_link = g_strconcat ("sys/bus/usb/devices/", inner, NULL);
  const struct
  {
    const char *folder, *file, *text;
  } files[] = {
    { place, "idVendor", "046d\n" },           { place, "idProduct", "c52b\n" },
    { place, "bDeviceClass", "00\n" },         { place, "product", product },
    { inner_place, "bInterfaceClass", class }, { inner_place, "bInterfaceProtocol", protocol }
  };

  for (gsize i = 0; i < G_N_ELEMENTS (files); i++)
    {
      g_autofree char *path = g_strconcat (files[i].folder, "/", files[i].file, NULL);

      ferry_tree_add_file (tree, path, files[i].text);
    }
  ferry_tree_add_link_to (tree, link, place);
  ferry_tree_add_link_to (tree, inner_link, inner_place);
}

/* A controller alone in its group, one that shares it with a disk controller, one without a group.
 */
static void
set_up (Fixture *fixture, gconstpointer data)
{
  const FerryTreeDevice disks = { .address = "0000:05:00.0",
                                  .class_code = 0x010601,
                                  .vendor = 0x1b21,
                                  .device = 0x0612,
                                  .driver = "ahci",
                                  .group = "5" };
  g_autoptr (FerryRoot) root = NULL;
  g_autoptr (GError) error = NULL;

  fixture->tree = ferry_tree_new ();
  ferry_tree_add_file (fixture->tree, "proc/cpuinfo",
                       "processor\t: 0\nvendor_id\t: GenuineIntel\n");
  ferry_tree_add_file (fixture->tree, "proc/cmdline", "quiet\n");
  add_controller (fixture->tree, "0000:03:00.0", "3");
  add_controller (fixture->tree, "0000:04:00.0", "5");
  ferry_tree_add_device (fixture->tree, &disks);
  add_controller (fixture->tree, "0000:06:00.0", NULL);
  add_usb (fixture->tree, "0000:03:00.0", "1-2", "Game Pad\n", "03\n", "00\n");
  root = ferry_tree_open (fixture->tree);
  fixture->machine = ferry_machine_scan (root, NULL, NULL, &error);
  g_assert_no_error (error);
  fixture->guest = ferry_guest_new ();
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  ferry_guest_free (fixture->guest);
  g_object_unref (fixture->machine);
  ferry_tree_free (fixture->tree);
}

static void
test_controllers (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) list = ferry_gear_list_controllers (fixture->machine, NULL);
  const FerryGearController *alone, *shared, *groupless;

  g_assert_cmpuint (list->len, ==, 3);
  alone = g_ptr_array_index (list, 0);
  shared = g_ptr_array_index (list, 1);
  groupless = g_ptr_array_index (list, 2);
  g_assert_cmpstr (alone->device->id, ==, "0000:03:00.0");
  g_assert_true (alone->possible);
  g_assert_nonnull (strstr (alone->text, "Game Pad"));
  g_assert_false (shared->possible);
  g_assert_nonnull (strstr (shared->text, "shares its IOMMU group"));
  g_assert_false (groupless->possible);
  g_assert_nonnull (strstr (groupless->text, "no IOMMU groups"));
}

/* What the host needs is refused, whatever it is. */
static void
test_needed (Fixture *fixture, gconstpointer data)
{
  static const guint needs[] = { FERRY_NEED_KEYBOARD, FERRY_NEED_DISK, FERRY_NEED_NETWORK };
  FerryDevice *device = ferry_devices_find (fixture->machine->devices, "0000:03:00.0");

  for (gsize i = 0; i < G_N_ELEMENTS (needs); i++)
    {
      g_autoptr (GPtrArray) list = NULL;

      device->needs = needs[i];
      list = ferry_gear_list_controllers (fixture->machine, NULL);
      g_assert_false (((FerryGearController *) g_ptr_array_index (list, 0))->possible);
    }
}

static void
test_devices (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) list = ferry_gear_list_devices (fixture->machine, NULL);
  const FerryGearDevice *device;

  g_assert_cmpuint (list->len, ==, 1);
  device = g_ptr_array_index (list, 0);
  g_assert_cmpstr (device->usb->name, ==, "Game Pad");
  g_assert_true (device->possible);
  g_assert_false (ferry_gear_has_device (fixture->guest, device->usb));
  ferry_gear_set_device (fixture->guest, device->usb, TRUE);
  ferry_gear_set_device (fixture->guest, device->usb, TRUE);
  g_assert_cmpuint (fixture->guest->usb->len, ==, 1);
  g_assert_true (ferry_gear_has_device (fixture->guest, device->usb));
  ferry_gear_set_device (fixture->guest, device->usb, FALSE);
  ferry_gear_set_device (fixture->guest, device->usb, FALSE);
  g_assert_cmpuint (fixture->guest->usb->len, ==, 0);
}

/* Two of a model cannot be told apart, unless one goes with the card. */
static void
test_twins (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) list = NULL;
  FerryUsb *twin = g_memdup2 (g_ptr_array_index (fixture->machine->usb, 0), sizeof *twin);

  twin->name = g_strdup ("Game Pad");
  twin->controller = g_strdup ("0000:04:00.0");
  g_ptr_array_add (fixture->machine->usb, twin);
  list = ferry_gear_list_devices (fixture->machine, NULL);
  g_assert_cmpuint (list->len, ==, 2);
  for (guint i = 0; i < list->len; i++)
    {
      const FerryGearDevice *device = g_ptr_array_index (list, i);

      g_assert_false (device->possible);
      g_assert_nonnull (strstr (device->text, "two of this model"));
    }
}

static void
test_set_controller (Fixture *fixture, gconstpointer data)
{
  const FerryAddress first = { 0, 3, 0, 0 }, second = { 0, 4, 0, 0 };

  ferry_gear_set_controller (fixture->guest, &first, TRUE);
  ferry_gear_set_controller (fixture->guest, &second, TRUE);
  ferry_gear_set_controller (fixture->guest, &second, TRUE);
  g_assert_cmpuint (fixture->guest->gear->len, ==, 2);
  ferry_gear_set_controller (fixture->guest, &first, FALSE);
  g_assert_false (ferry_gear_has_controller (fixture->guest, &first));
  g_assert_true (ferry_gear_has_controller (fixture->guest, &second));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, function) g_test_add ("/gear/" name, Fixture, NULL, set_up, function, tear_down)
  ADD ("controllers", test_controllers);
  ADD ("needed", test_needed);
  ADD ("devices", test_devices);
  ADD ("twins", test_twins);
  ADD ("set-controller", test_set_controller);
  return g_test_run ();
}
