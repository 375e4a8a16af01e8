/* Tests of the USB devices: names, kinds, the controller, and what cannot be read. */
#include "config.h"

#include "facts/tree.h"
#include "facts/usb.h"

#define PLACE "sys/devices/pci0000:00/0000:00:14.0/usb1/"

typedef struct
{
  FerryTree *tree;
  FerryRoot *root;
  GPtrArray *list;
} Fixture;

static void
add (Fixture *fixture, const char *name, const char *file, const char *text)
{
  g_autofree char *path = g_strconcat (PLACE, name, "/", file, NULL);

  ferry_tree_add_file (fixture->tree, path, text);
}

static void
add_link (Fixture *fixture, const char *name)
{
  g_autofree char *link = g_strconcat ("sys/bus/usb/devices/", name, NULL);
  g_autofree char *place = g_strconcat (PLACE, name, NULL);

  ferry_tree_add_link_to (fixture->tree, link, place);
}

static void
add_device (Fixture *fixture, const char *name, const char *vendor, const char *product,
            const char *class)
{
  add (fixture, name, "idVendor", vendor);
  add (fixture, name, "idProduct", product);
  add (fixture, name, "bDeviceClass", class);
  add_link (fixture, name);
}

static void
add_interface (Fixture *fixture, const char *name, const char *class, const char *protocol)
{
  add (fixture, name, "bInterfaceClass", class);
  add (fixture, name, "bInterfaceProtocol", protocol);
  add_link (fixture, name);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->tree = ferry_tree_new ();
}

static void
read_all (Fixture *fixture)
{
  fixture->root = ferry_tree_open (fixture->tree);
  fixture->list = ferry_usb_list (fixture->root);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_ptr_array_unref (fixture->list);
  ferry_root_unref (fixture->root);
  ferry_tree_free (fixture->tree);
}

static const FerryUsb *
get (Fixture *fixture, guint index)
{
  g_assert_cmpuint (index, <, fixture->list->len);
  return g_ptr_array_index (fixture->list, index);
}

/* A receiver is a mouse and a keyboard at once: that it is a keyboard counts. */
static void
test_keyboard (Fixture *fixture, gconstpointer data)
{
  add_device (fixture, "1-2", "046d\n", "c52b\n", "00\n");
  add (fixture, "1-2", "manufacturer", "Logitech\n");
  add (fixture, "1-2", "product", "USB Receiver\n");
  add_interface (fixture, "1-2:1.0", "03\n", "02\n");
  add_interface (fixture, "1-2:1.1", "03\n", "01\n");
  read_all (fixture);
  g_assert_cmpuint (fixture->list->len, ==, 1);
  g_assert_cmpstr (get (fixture, 0)->name, ==, "Logitech USB Receiver");
  g_assert_cmphex (get (fixture, 0)->vendor, ==, 0x046d);
  g_assert_cmphex (get (fixture, 0)->product, ==, 0xc52b);
  g_assert_cmpstr (get (fixture, 0)->controller, ==, "0000:00:14.0");
  g_assert_cmpint (get (fixture, 0)->kind, ==, FERRY_USB_KEYBOARD);
}

static void
test_hubs_are_left_out (Fixture *fixture, gconstpointer data)
{
  add_device (fixture, "usb1", "1d6b\n", "0002\n", "09\n");
  add_device (fixture, "1-1", "05e3\n", "0610\n", "09\n");
  add_device (fixture, "1-1.4", "0781\n", "5581\n", "00\n");
  add_interface (fixture, "1-1.4:1.0", "08\n", "50\n");
  read_all (fixture);
  g_assert_cmpuint (fixture->list->len, ==, 1);
  g_assert_cmpint (get (fixture, 0)->kind, ==, FERRY_USB_STORAGE);
  g_assert_cmpstr (get (fixture, 0)->name, ==, "USB 0781:5581");
}

static void
test_names (Fixture *fixture, gconstpointer data)
{
  add_device (fixture, "1-1", "1b1c\n", "0c04\n", "00\n");
  add (fixture, "1-1", "manufacturer", "Corsair\n");
  add (fixture, "1-1", "product", "Corsair Link\n");
  add_device (fixture, "1-2", "1b1c\n", "0c05\n", "00\n");
  add (fixture, "1-2", "product", "\377\376 bad\n");
  read_all (fixture);
  g_assert_cmpuint (fixture->list->len, ==, 2);
  g_assert_cmpstr (get (fixture, 0)->name, ==, "Corsair Link");
  g_assert_true (g_utf8_validate (get (fixture, 1)->name, -1, NULL));
}

static void
test_odd (Fixture *fixture, gconstpointer data)
{
  add_device (fixture, "1-1", "zzzz\n", "0c04\n", "00\n");
  add_device (fixture, "1-2", "12345\n", "0c04\n", "00\n");
  add_device (fixture, "1-3", "1b1c\n", "0c04\n", "\n");
  add_link (fixture, "1-4");
  read_all (fixture);
  g_assert_cmpuint (fixture->list->len, ==, 0);
}

static void
test_nothing (Fixture *fixture, gconstpointer data)
{
  read_all (fixture);
  g_assert_cmpuint (fixture->list->len, ==, 0);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, function) g_test_add ("/usb/" name, Fixture, NULL, set_up, function, tear_down)
  ADD ("keyboard", test_keyboard);
  ADD ("hubs-are-left-out", test_hubs_are_left_out);
  ADD ("names", test_names);
  ADD ("odd", test_odd);
  ADD ("nothing", test_nothing);
  return g_test_run ();
}
