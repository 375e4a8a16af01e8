/* Tests of the device tree: order, roles, words, search, what a screen reader hears. */
#include "config.h"

#include "device-pill.h"
#include "device-rows.h"
#include "device-tree.h"
#include "device-words.h"
#include "devices.h"
#include "stage.h"

typedef struct
{
  FerryTree *computer;
  FerryMachine *machine;
  GtkWidget *window;
  FerryDeviceTree *tree;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (FerryRoot) root = NULL;
  g_autoptr (GError) error = NULL;

  fixture->computer = devices_make_computer (data);
  root = ferry_tree_open (fixture->computer);
  fixture->machine = ferry_machine_scan (root, NULL, NULL, &error);
  g_assert_no_error (error);

  fixture->tree = FERRY_DEVICE_TREE (ferry_device_tree_new ());
  fixture->window = gtk_window_new ();
  gtk_window_set_default_size (GTK_WINDOW (fixture->window), 800, 500);
  gtk_window_set_child (GTK_WINDOW (fixture->window), GTK_WIDGET (fixture->tree));
  ferry_device_tree_set_machine (fixture->tree, fixture->machine);
  gtk_window_present (GTK_WINDOW (fixture->window));
  stage_settle ();
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  gtk_window_destroy (GTK_WINDOW (fixture->window));
  stage_settle ();
  g_assert_finalize_object (fixture->machine);
  ferry_tree_free (fixture->computer);
}

static FerryDevice *
find (Fixture *fixture, const char *id)
{
  FerryDevice *device = ferry_devices_find (fixture->machine->devices, id);

  g_assert_nonnull (device);
  return device;
}

static const FerryCard *
find_card (Fixture *fixture, const char *id)
{
  for (guint i = 0; i < fixture->machine->cards->len; i++)
    {
      const FerryCard *card = g_ptr_array_index (fixture->machine->cards, i);

      if (g_str_equal (card->primary->id, id))
        return card;
    }
  g_assert_not_reached ();
}

static GtkAccessible *
get_view (Fixture *fixture)
{
  return GTK_ACCESSIBLE (stage_find_type (GTK_WIDGET (fixture->tree), GTK_TYPE_TREE_VIEW));
}

static void
assert_spoken (Fixture *fixture, const char *text)
{
  gtk_test_accessible_assert_property (get_view (fixture), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                       text);
}

static void
test_order (Fixture *fixture, gconstpointer data)
{
  static const int expected[] = { 0, 1, 2, 10, 11, FERRY_DEVICE_NO_GROUP };
  g_autoptr (GtkTreeStore) rows = ferry_device_rows_new (fixture->machine);
  GtkTreeModel *model = GTK_TREE_MODEL (rows);
  GtkTreeIter iter;
  guint i = 0;

  g_assert_cmpint (gtk_tree_model_iter_n_children (model, NULL), ==, G_N_ELEMENTS (expected));
  for (gboolean more = gtk_tree_model_get_iter_first (model, &iter); more;
       more = gtk_tree_model_iter_next (model, &iter))
    {
      g_autoptr (FerryDevice) device = NULL;
      int group;

      gtk_tree_model_get (model, &iter, FERRY_DEVICE_ROWS_GROUP, &group, FERRY_DEVICE_ROWS_DEVICE,
                          &device, -1);
      g_assert_cmpint (group, ==, expected[i]);
      g_assert_null (device);
      i++;
    }
  g_assert_true (ferry_device_rows_grouped (fixture->machine));
}

/* The children of a group are its devices, as objects. */
static void
test_objects (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GtkTreeStore) rows = ferry_device_rows_new (fixture->machine);
  g_autoptr (FerryDevice) device = NULL;
  g_autofree char *title = NULL;
  GtkTreeIter iter;

  g_assert_true (gtk_tree_model_get_iter_from_string (GTK_TREE_MODEL (rows), &iter, "1:1"));
  gtk_tree_model_get (GTK_TREE_MODEL (rows), &iter, FERRY_DEVICE_ROWS_DEVICE, &device,
                      FERRY_DEVICE_ROWS_TITLE, &title, -1);
  g_assert_true (device == find (fixture, "0000:01:00.0"));
  g_assert_true (g_str_has_prefix (title, "Graphics card — GeForce GTX 970\n"));
}

static char *
role_of_row (GtkTreeStore *rows, const char *path, int *tint)
{
  char *role = NULL;
  GtkTreeIter iter;

  g_assert_true (gtk_tree_model_get_iter_from_string (GTK_TREE_MODEL (rows), &iter, path));
  gtk_tree_model_get (GTK_TREE_MODEL (rows), &iter, FERRY_DEVICE_ROWS_ROLE, &role,
                      FERRY_DEVICE_ROWS_TINT, tint, -1);
  return role;
}

static void
assert_role (GtkTreeStore *rows, const char *path, const char *expected, FerryTint expected_tint)
{
  int tint;
  g_autofree char *role = role_of_row (rows, path, &tint);

  g_assert_cmpstr (role, ==, expected);
  g_assert_cmpint (tint, ==, expected_tint);
}

static void
test_roles (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GtkTreeStore) rows = ferry_device_rows_new (fixture->machine);

  assert_role (rows, "1", "graphics card", FERRY_TINT_NEUTRAL);
  assert_role (rows, "1:0", "part of the bus", FERRY_TINT_NONE);
  assert_role (rows, "1:1", "stays", FERRY_TINT_NEUTRAL);
  assert_role (rows, "3:0", "needed here", FERRY_TINT_WARNING);

  ferry_device_rows_set_card (rows, find_card (fixture, "0000:01:00.0"));
  assert_role (rows, "1", "chosen card", FERRY_TINT_ACCENT);
  assert_role (rows, "1:0", "part of the bus", FERRY_TINT_NONE);
  assert_role (rows, "1:1", "will be passed", FERRY_TINT_ACCENT);
  assert_role (rows, "1:2", "will be passed", FERRY_TINT_ACCENT);
  assert_role (rows, "2", "graphics card", FERRY_TINT_NEUTRAL);
  assert_role (rows, "2:0", "stays", FERRY_TINT_NEUTRAL);

  ferry_device_rows_set_card (rows, NULL);
  assert_role (rows, "1:1", "stays", FERRY_TINT_NEUTRAL);
}

static void
test_filter_rows (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GtkTreeStore) rows = ferry_device_rows_new (fixture->machine);
  const guint all = fixture->machine->devices->len;

  g_assert_cmpuint (ferry_device_rows_filter (rows, ""), ==, all);
  g_assert_cmpuint (ferry_device_rows_filter (rows, "geforce"), ==, 1);
  g_assert_cmpuint (ferry_device_rows_filter (rows, "GEFORCE gtx"), ==, 1);
  g_assert_cmpuint (ferry_device_rows_filter (rows, "10de:13c2"), ==, 1);
  g_assert_cmpuint (ferry_device_rows_filter (rows, "01:00."), ==, 2);
  g_assert_cmpuint (ferry_device_rows_filter (rows, "nouveau"), ==, 1);
  g_assert_cmpuint (ferry_device_rows_filter (rows, "geforce disk"), ==, 0);
  g_assert_cmpuint (ferry_device_rows_filter (rows, "%s <b> \""), ==, 0);
  g_assert_cmpuint (ferry_device_rows_filter (rows, "  "), ==, all);
}

static void
test_start (Fixture *fixture, gconstpointer data)
{
  gtk_test_accessible_assert_role (get_view (fixture), GTK_ACCESSIBLE_ROLE_TREE_GRID);
  gtk_test_accessible_assert_property (get_view (fixture), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                       "Devices by IOMMU group");

  /* The groups with a graphics card are open, the cursor is on the first of them. */
  g_assert_cmpuint (ferry_device_tree_count_open (fixture->tree), ==, 2);
  g_assert_null (ferry_device_tree_get_device (fixture->tree));
  g_assert_cmpint (ferry_device_tree_get_group (fixture->tree), ==, 1);
  assert_spoken (fixture, "Group 1 — 3 devices, Graphics card, Sound, Connection (bridge), open");
}

static void
test_open_and_close (Fixture *fixture, gconstpointer data)
{
  ferry_device_tree_expand_all (fixture->tree);
  g_assert_cmpuint (ferry_device_tree_count_open (fixture->tree), ==, 6);
  ferry_device_tree_collapse_all (fixture->tree);
  g_assert_cmpuint (ferry_device_tree_count_open (fixture->tree), ==, 0);
  assert_spoken (fixture, "Group 1 — 3 devices, Graphics card, Sound, Connection (bridge), closed");
}

static void
count_signal (FerryDeviceTree *tree, gpointer user_data)
{
  (*(guint *)user_data)++;
}

static void
test_select (Fixture *fixture, gconstpointer data)
{
  FerryDevice *card = find (fixture, "0000:01:00.0");
  guint n_selected = 0;

  g_signal_connect (fixture->tree, "selected", G_CALLBACK (count_signal), &n_selected);
  ferry_device_tree_collapse_all (fixture->tree);
  g_assert_true (ferry_device_tree_select (fixture->tree, card));
  g_assert_cmpuint (n_selected, >, 0);
  g_assert_true (ferry_device_tree_get_device (fixture->tree) == card);
  g_assert_cmpint (ferry_device_tree_get_group (fixture->tree), ==, 1);
  assert_spoken (fixture, "NVIDIA GeForce GTX 970, Graphics card, IOMMU group 1, stays");

  ferry_device_tree_set_card (fixture->tree, find_card (fixture, "0000:01:00.0"));
  assert_spoken (fixture, "NVIDIA GeForce GTX 970, Graphics card, IOMMU group 1, will be passed");
}

/* After a search the tree is as it was before. */
static void
test_search (Fixture *fixture, gconstpointer data)
{
  FerryDevice *card = find (fixture, "0000:01:00.0");

  ferry_device_tree_select (fixture->tree, card);
  g_assert_cmpuint (ferry_device_tree_filter (fixture->tree, "network"), ==, 1);
  g_assert_cmpuint (ferry_device_tree_count_open (fixture->tree), ==, 1);
  g_assert_true (ferry_device_tree_get_device (fixture->tree) == find (fixture, "0000:05:00.0"));

  g_assert_cmpuint (ferry_device_tree_filter (fixture->tree, "network zebra"), ==, 0);
  g_assert_null (ferry_device_tree_get_device (fixture->tree));
  g_assert_cmpint (ferry_device_tree_get_group (fixture->tree), ==, FERRY_DEVICE_TREE_NOTHING);
  assert_spoken (fixture, "");
  g_assert_false (ferry_device_tree_select (fixture->tree, card));

  ferry_device_tree_filter (fixture->tree, "");
  g_assert_cmpuint (ferry_device_tree_count_open (fixture->tree), ==, 2);
  g_assert_true (ferry_device_tree_select (fixture->tree, card));
}

static void
test_flat (Fixture *fixture, gconstpointer data)
{
  g_assert_false (ferry_device_rows_grouped (fixture->machine));
  g_assert_cmpuint (ferry_device_tree_count_open (fixture->tree), ==, 0);
  g_assert_true (ferry_device_tree_select (fixture->tree, find (fixture, "0000:01:00.0")));
  assert_spoken (fixture, "NVIDIA GeForce GTX 970, Graphics card, in no IOMMU group, stays");
  g_assert_cmpuint (ferry_device_tree_filter (fixture->tree, "geforce"), ==, 1);
}

static void
test_nothing (Fixture *fixture, gconstpointer data)
{
  ferry_device_tree_set_machine (fixture->tree, NULL);
  stage_settle ();
  g_assert_null (ferry_device_tree_get_device (fixture->tree));
  g_assert_cmpuint (ferry_device_tree_filter (fixture->tree, "x"), ==, 0);
  ferry_device_tree_set_card (fixture->tree, NULL);
  ferry_device_tree_expand_all (fixture->tree);
  g_assert_cmpuint (ferry_device_tree_count_open (fixture->tree), ==, 0);
}

/* Columns come and go with the width; nothing must be wider than the window. */
static void
test_narrow (Fixture *fixture, gconstpointer data)
{
  int minimum;

  gtk_window_set_default_size (GTK_WINDOW (fixture->window), 300, 500);
  stage_settle ();
  gtk_widget_measure (GTK_WIDGET (fixture->tree), GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL,
                      NULL, NULL);
  g_assert_cmpint (minimum, <=, 300);
}

static void
test_words (Fixture *fixture, gconstpointer data)
{
  FerryDevice *disk = find (fixture, "0000:00:1f.2");
  g_autofree char *vendor = ferry_device_words_vendor (disk);
  g_autofree char *needs = ferry_device_words_needs (disk);
  g_autofree char *title = ferry_device_words_title (disk);
  g_autofree char *one = ferry_device_words_group (7, 1);
  g_autofree char *none = ferry_device_words_group (FERRY_DEVICE_NO_GROUP, 2);

  g_assert_cmpstr (vendor, ==, "Intel");
  g_assert_cmpstr (needs, ==, "files of this computer are on it");
  g_assert_cmpstr (title, ==, "Disk controller");
  g_assert_cmpstr (one, ==, "Group 7 — 1 device");
  g_assert_cmpstr (none, ==, "In no group — 2 devices");
}

/* Names that come from a file of ids: whatever they are, the words come out whole. */
static void
test_odd_names (Fixture *fixture, gconstpointer data)
{
  static const struct
  {
    const char *vendor, *device, *spoken_vendor, *name;
  } cases[] = {
    { "Advanced Micro Devices, Inc. [AMD/ATI]", "Navi 21 [Radeon RX 6800]", "AMD",
      "Radeon RX 6800" },
    { "NVIDIA Corporation", "Device 2684", "NVIDIA", "Device 2684" },
    { "Realtek Semiconductor Co., Ltd.", "][", "Realtek", "][" },
    { "", "", "", "" },
    { "[", "[]", "[", "[]" },
    { "[]", "<b>&amp;[<i>]", "[]", "<i>" },
  };
  FerryDevice *device = find (fixture, "0000:01:00.0");

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *vendor = NULL;
      g_autofree char *name = NULL;

      g_free (device->vendor_name);
      g_free (device->device_name);
      device->vendor_name = g_strdup (cases[i].vendor);
      device->device_name = g_strdup (cases[i].device);
      vendor = ferry_device_words_vendor (device);
      name = ferry_device_words_name (device);
      g_assert_cmpstr (vendor, ==, cases[i].spoken_vendor);
      g_assert_cmpstr (name, ==, cases[i].name);
      ferry_device_tree_set_machine (fixture->tree, fixture->machine);
      stage_settle ();
    }
}

#define ADD(name, computer, function)                                                              \
  g_test_add ("/wizard/device-tree/" name, Fixture, computer, set_up, function, tear_down)

int
main (int argc, char *argv[])
{
  stage_init (&argc, &argv);

  ADD ("order", "", test_order);
  ADD ("objects", "", test_objects);
  ADD ("roles", "", test_roles);
  ADD ("filter-rows", "", test_filter_rows);
  ADD ("start", "", test_start);
  ADD ("open-and-close", "", test_open_and_close);
  ADD ("select", "", test_select);
  ADD ("search", "", test_search);
  ADD ("flat", "no-groups", test_flat);
  ADD ("nothing", "", test_nothing);
  ADD ("narrow", "", test_narrow);
  ADD ("words", "", test_words);
  ADD ("odd-names", "", test_odd_names);
  return g_test_run ();
}
