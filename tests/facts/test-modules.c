/* test-modules.c: which drivers could take a device. */
#include "config.h"

#include "facts/modules.h"
#include "facts/tree.h"

#define RELEASE "6.12.4-1-MANJARO"
#define FILE_NAME "usr/lib/modules/" RELEASE "/modules.alias"

static FerryDevice *
make_device (guint16 vendor, guint16 number, guint32 class_code)
{
  FerryDevice *device = g_object_new (FERRY_TYPE_DEVICE, NULL);

  device->vendor = vendor;
  device->device = number;
  device->subvendor = 0x1043;
  device->subdevice = 0x8508;
  device->class_code = class_code;
  return device;
}

/* The drivers for a GeForce GTX 970 in a list of lines, with blanks between. */
static char *
find (const char *path, const char *text)
{
  g_autoptr (FerryTree) tree = ferry_tree_new ();
  g_autoptr (FerryRoot) root = ferry_tree_open (tree);
  g_autoptr (GPtrArray) devices = g_ptr_array_new_with_free_func (g_object_unref);
  FerryDevice *card = make_device (0x10de, 0x13c2, 0x030000);

  ferry_tree_add_file (tree, path, text);
  g_ptr_array_add (devices, card);
  g_ptr_array_add (devices, make_device (0x8086, 0x1533, 0x020000));
  g_assert_true (ferry_modules_find (root, RELEASE, devices));
  return g_strjoinv (" ", card->modules);
}

static void
test_find (void)
{
  static const struct
  {
    const char *text, *modules;
  } rows[] = {
    { "# Aliases extracted from modules themselves.\n"
      "alias pci:v000010DEd*sv*sd*bc03sc*i* nouveau\n"
      "alias pci:v000010DEd*sv*sd*bc03sc02i* nvidia_drm\n"
      "alias pci:v000010DEd*sv*sd*bc03sc00i* nvidia\n"
      "alias pci:v000010DEd*sv*sd*bc03sc*i* nouveau\n"
      "alias pci:v00001002d*sv*sd*bc03sc*i* amdgpu\n"
      "alias usb:v10DEp13C2d*dc*dsc*dp*ic*isc*ip*in* no\n",
      "nouveau nvidia" },
    { "alias pci:v*d*sv*sd*bc03sc00i00* no\nalias pci:v*d*sv*sd*bc03sc00i00 any\n", "any" },
    { "alias pci:v000010DEd000013C2sv00001043sd00008508bc*sc*i* exact\n"
      "alias pci:v000010DEd000013C2sv00001043sd00008509bc*sc*i* other_board\n"
      "alias pci:v000010DEd000013C3sv*sd*bc*sc*i* other_chip\n",
      "exact" },
    { "alias pci:v000010ded000013c2sv*sd*bc*sc*i* small\n", "small" },
    { "", "" },
    { "alias pci:\nalias pci:v\nalias pci:v000010DE\nalias pci:v000010DEd*sv*sd*bc03sc*i*\n"
      "alias pci:v000010DEd*sv*sd*bc03sc*i* \nalias pci:v000010DEd*sv*sd*bc03sc*i* ../../x\n"
      "alias pci:v10DEd*sv*sd*bc*sc*i* short\nalias pci:v000010DEd*sv*sd*bc3sc*i* short\n",
      "" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *modules = find (FILE_NAME, rows[i].text);
      g_autofree char *old_place = find ("lib/modules/" RELEASE "/modules.alias", rows[i].text);

      g_assert_cmpstr (modules, ==, rows[i].modules);
      g_assert_cmpstr (old_place, ==, rows[i].modules);
    }
}

static void
test_missing (void)
{
  static const char *const releases[] = { RELEASE, "", ".", "..", "../../../etc" };
  g_autoptr (FerryTree) tree = ferry_tree_new ();
  g_autoptr (FerryRoot) root = ferry_tree_open (tree);
  g_autoptr (GPtrArray) devices = g_ptr_array_new ();

  ferry_tree_add_file (tree, "etc/modules.alias", "");
  ferry_tree_add_file (tree, "usr/lib/modules/modules.alias", "");
  ferry_tree_add_file (tree, "usr/lib/modules.alias", "");
  for (gsize i = 0; i < G_N_ELEMENTS (releases); i++)
    g_assert_false (ferry_modules_find (root, releases[i], devices));
}

/* All of a large kernel's lines for all of a large machine's devices. */
static void
test_many (void)
{
  g_autoptr (FerryTree) tree = ferry_tree_new ();
  g_autoptr (FerryRoot) root = ferry_tree_open (tree);
  g_autoptr (GPtrArray) devices = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GString) text = g_string_new (NULL);
  FerryDevice *device;
  gint64 start;

  for (guint i = 0; i < 20000; i++)
    g_string_append_printf (text, "alias pci:v00008086d%08Xsv*sd*bc*sc*i* m%u\n", i % 500, i);
  for (guint i = 0; i < 573; i++)
    g_ptr_array_add (devices, make_device (0x8086, (guint16) i, 0x020000));
  ferry_tree_add_file (tree, FILE_NAME, text->str);
  start = g_get_monotonic_time ();
  g_assert_true (ferry_modules_find (root, RELEASE, devices));
  g_assert_cmpint (g_get_monotonic_time () - start, <, 5 * G_USEC_PER_SEC);
  device = g_ptr_array_index (devices, 7);
  g_assert_cmpuint (g_strv_length (device->modules), ==, FERRY_MODULES_MAX);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/modules/find", test_find);
  g_test_add_func ("/modules/missing", test_missing);
  g_test_add_func ("/modules/many", test_many);
  return g_test_run ();
}
