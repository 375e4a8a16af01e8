/* test-modules.c: which drivers could take a device. */
#include "config.h"

#include "facts/modules.h"
#include "facts/tree.h"

#define RELEASE "6.12.4-1-MANJARO"
#define FILE_NAME "usr/lib/modules/" RELEASE "/modules.alias"

#define OLDER "6.6.63-1-MANJARO"

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

/* Looks with a running kernel and, divided by blanks, those that are installed. */
static FerryAnswer
look (FerryTree *tree, const char *release, const char *installed, GPtrArray *devices)
{
  g_autoptr (FerryRoot) root = ferry_tree_open (tree);
  g_auto (GStrv) releases = g_strsplit (installed, " ", -1);
  FerryKernel kernel = { .release = (char *) release, .installed = releases };

  return ferry_modules_find (root, &kernel, devices);
}

/* The drivers for a GeForce GTX 970 in a list of lines, with blanks between. */
static char *
find (const char *path, const char *text)
{
  g_autoptr (FerryTree) tree = ferry_tree_new ();
  g_autoptr (GPtrArray) devices = g_ptr_array_new_with_free_func (g_object_unref);
  FerryDevice *card = make_device (0x10de, 0x13c2, 0x030000);

  ferry_tree_add_file (tree, path, text);
  g_ptr_array_add (devices, card);
  g_ptr_array_add (devices, make_device (0x8086, 0x1533, 0x020000));
  g_assert_cmpint (look (tree, RELEASE, RELEASE, devices), ==, FERRY_ANSWER_YES);
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
      "alias pci:v000010DEd*sv*sd*bc03sc02i00* nvidia_drm\n"
      "alias pci:v000010DEd*sv*sd*bc03sc00i00* nvidia\n"
      "alias pci:v000010DEd*sv*sd*bc03sc*i* nouveau\n"
      "alias pci:v00001002d*sv*sd*bc03sc*i* amdgpu\n"
      "alias usb:v10DEp13C2d*dc*dsc*dp*ic*isc*ip*in* no\n"
      "alias vfio_pci:v000010DEd*sv*sd*bc*sc*i* no\n"
      "nouveau.alias=pci:v000010DEd*sv*sd*bc03sc*i*\n",
      "nouveau nvidia" },
    { "alias pci:v*d*sv*sd*bc03sc00i00* all\nalias pci:v*d*sv*sd*bc03sc00i00 any\n", "all any" },
    { "alias pci:v000010DEd000013C2sv00001043sd00008508bc*sc*i* exact\n"
      "alias pci:v000010DEd000013C2sv00001043sd00008509bc*sc*i* other_board\n"
      "alias pci:v000010DEd000013C3sv*sd*bc*sc*i* other_chip\n",
      "exact" },
    { "alias pci:v000010ded000013c2sv*sd*bc*sc*i* small\n", "small" },
    { "alias pci:v000010DEd*sv*sd*bc*sc*i* last", "last" },
    { "", "" },
    { "alias pci:\nalias pci:v\nalias pci:v000010DE\nalias pci:v000010DEd*sv*sd*bc03sc*i*\n"
      "alias pci:v000010DEd*sv*sd*bc03sc*i* \nalias pci:v000010DEd*sv*sd*bc03sc*i* ../../x\n"
      "alias pci:v000010DEd*sv*sd*bc03sc00i00** two\nalias pci:v000010DEd*sv*sd*bc03sc00i00*x y\n"
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

/* Any installed kernel may be started, so the drivers of all count. */
static void
test_all_kernels (void)
{
  g_autoptr (FerryTree) tree = ferry_tree_new ();
  g_autoptr (GPtrArray) devices = g_ptr_array_new_with_free_func (g_object_unref);
  FerryDevice *card = make_device (0x10de, 0x13c2, 0x030000);
  g_autofree char *names = NULL;

  g_ptr_array_add (devices, card);
  ferry_tree_add_file (tree, FILE_NAME, "alias pci:v000010DEd*sv*sd*bc03sc*i* nouveau\n");
  ferry_tree_add_file (tree, "usr/lib/modules/" OLDER "/modules.alias",
                       "alias pci:v000010DEd*sv*sd*bc03sc00i00* nvidia\n"
                       "alias pci:v000010DEd*sv*sd*bc03sc*i* nouveau\n");
  g_assert_cmpint (look (tree, RELEASE, OLDER " " RELEASE, devices), ==, FERRY_ANSWER_YES);
  names = g_strjoinv (" ", card->modules);
  g_assert_cmpstr (names, ==, "nouveau nvidia");

  /* The running kernel was just replaced, and its modules are gone: it cannot be started again. */
  g_assert_cmpint (look (tree, "6.1.1-1-MANJARO", OLDER " " RELEASE, devices), ==, FERRY_ANSWER_YES);
  g_assert_cmpint (look (tree, RELEASE, "6.1.1-1-MANJARO " RELEASE, devices), ==, FERRY_ANSWER_UNKNOWN);
}

/* What is inside of a kernel is no module; each entry of the list ends in a NUL. */
static void
test_built_in (void)
{
  static const char inside[] = "nouveau.license=GPL\0nouveau.alias=pci:v000010DEd*sv*sd*bc03sc*i*\0"
                               "xhci_pci.alias=pci:v*d*sv*sd*bc0Csc03i30*\0bad.alias=pci:v000010DEd*\0"
                               "../x.alias=pci:v000010DEd*sv*sd*bc03sc*i*\0"
                               "more.alias=pci:v000010DEd*sv*sd*bc03sc*i* x\0"
                               "last.alias=pci:v000010DEd000013C2sv*sd*bc*sc*i*";
  g_autoptr (FerryTree) tree = ferry_tree_new ();
  g_autoptr (GPtrArray) devices = g_ptr_array_new_with_free_func (g_object_unref);
  FerryDevice *card = make_device (0x10de, 0x13c2, 0x030000);
  FerryDevice *usb = make_device (0x10de, 0x1ad8, 0x0c0330);
  g_autofree char *of_card = NULL, *of_usb = NULL;

  g_ptr_array_add (devices, card);
  g_ptr_array_add (devices, usb);
  ferry_tree_add_bytes (tree, "usr/lib/modules/" RELEASE "/modules.builtin.modinfo", inside, sizeof inside - 1);

  /* It does not say which modules there are. */
  g_assert_cmpint (look (tree, RELEASE, RELEASE, devices), ==, FERRY_ANSWER_UNKNOWN);
  of_card = g_strjoinv (" ", card->built_in);
  of_usb = g_strjoinv (" ", usb->built_in);
  g_assert_cmpstr (of_card, ==, "last nouveau");
  g_assert_cmpstr (of_usb, ==, "xhci_pci");
  g_assert_cmpuint (g_strv_length (card->modules), ==, 0);
}

static void
test_missing (void)
{
  static const char *const releases[] = { RELEASE, "", ".", "..", "../../../etc" };
  g_autoptr (FerryTree) tree = ferry_tree_new ();
  g_autoptr (GPtrArray) devices = g_ptr_array_new ();

  ferry_tree_add_file (tree, "etc/modules.alias", "");
  ferry_tree_add_file (tree, "usr/lib/modules/modules.alias", "");
  ferry_tree_add_file (tree, "usr/lib/modules.alias", "");
  for (gsize i = 0; i < G_N_ELEMENTS (releases); i++)
    g_assert_cmpint (look (tree, releases[i], "", devices), ==, FERRY_ANSWER_UNKNOWN);
}

/* What a recording keeps. */
static void
test_line (void)
{
  g_autoptr (GPtrArray) devices = g_ptr_array_new_with_free_func (g_object_unref);

  g_ptr_array_add (devices, make_device (0x10de, 0x13c2, 0x030000));
  g_assert_true (ferry_modules_line_fits ("alias pci:v000010DEd*sv*sd*bc03sc*i* nouveau", devices));
  g_assert_true (ferry_modules_line_fits ("nouveau.alias=pci:v000010DEd*sv*sd*bc03sc*i*", devices));
  g_assert_false (ferry_modules_line_fits ("alias pci:v000010DEd*sv*sd*bc04sc*i* snd_hda_intel", devices));
  g_assert_false (ferry_modules_line_fits ("# Aliases", devices));
  g_assert_false (ferry_modules_line_fits ("", devices));
}

/* All of a large kernel's lines for all of a large machine's devices. */
static void
test_many (void)
{
  g_autoptr (FerryTree) tree = ferry_tree_new ();
  g_autoptr (GPtrArray) devices = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GString) text = g_string_new (NULL);
  FerryDevice *device;

  for (guint i = 0; i < 20000; i++)
    g_string_append_printf (text, "alias pci:v00008086d%08Xsv*sd*bc*sc*i* m%u\n", i % 500, i);
  for (guint i = 0; i < 573; i++)
    g_ptr_array_add (devices, make_device (0x8086, (guint16) i, 0x020000));
  ferry_tree_add_file (tree, FILE_NAME, text->str);
  g_assert_cmpint (look (tree, RELEASE, RELEASE, devices), ==, FERRY_ANSWER_YES);
  device = g_ptr_array_index (devices, 7);
  g_assert_cmpuint (g_strv_length (device->modules), ==, FERRY_MODULES_MAX);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/modules/find", test_find);
  g_test_add_func ("/modules/all-kernels", test_all_kernels);
  g_test_add_func ("/modules/built-in", test_built_in);
  g_test_add_func ("/modules/missing", test_missing);
  g_test_add_func ("/modules/line", test_line);
  g_test_add_func ("/modules/many", test_many);
  return g_test_run ();
}
