/* test-menus.c: the table of setup menus and the row of it that real boards get. */
#include "config.h"

#include <string.h>
#include <gio/gio.h>

#include "plan/era.h"
#include "plan/menus.h"

#include "sample.h"

/* The table says where; the board, the maker or the era decide which row. */
typedef struct
{
  const char *name, *board_vendor, *system_vendor, *board, *product, *version, *date;
  FerryVendor vendor;
  guint16 bridge; /* id of 00:1f.0, 0 for none */
  guint family, model;
  gboolean laptop;
  const char *setting, *path, *key; /* NULL: not looked at */
  gboolean certain;
} Place;

#define INTEL FERRY_VENDOR_INTEL
#define AMD FERRY_VENDOR_AMD

static const Place places[] = {
  { "ranger", "ASUSTeK COMPUTER INC.", "ASUS", "MAXIMUS VII RANGER", "All Series", "", "10/28/2015",
    INTEL, 0x8cc4, 6, 60, FALSE, "vtd",
    "F7 Advanced Mode > Advanced > System Agent Configuration > VT-d", "Del or F2", TRUE },
  { "ranger-vtx", "ASUSTeK COMPUTER INC.", "ASUS", "MAXIMUS VII RANGER", "All Series", "",
    "10/28/2015", INTEL, 0x8cc4, 6, 60, FALSE, "vtx",
    "F7 Advanced Mode > Advanced > CPU Configuration > Intel Virtualization Technology",
    "Del or F2", TRUE },
  { "ranger-display", "ASUSTeK COMPUTER INC.", "ASUS", "MAXIMUS VII RANGER", "All Series", "",
    "10/28/2015", INTEL, 0x8cc4, 6, 60, FALSE, "primary_display",
    "F7 Advanced Mode > Advanced > System Agent Configuration > Graphics Configuration > Primary "
    "Display",
    "Del or F2", FALSE },
  { "asus-z690", "asustek computer inc. ", "ASUS", "PRIME Z690-P", "", "", "", INTEL, 0x7a84, 6,
    151, FALSE, "vtd", "Advanced > System Agent (SA) Configuration > VT-d", "Del or F2", FALSE },
  { "asus-name-without-bridge", "ASUSTeK COMPUTER INC.", "ASUS", "PRIME Z790-P", "", "", "", INTEL,
    0, 6, 183, FALSE, "above4g", "Advanced > PCI Subsystem Settings > Above 4G Decoding",
    "Del or F2", FALSE },
  { "maker-without-era", "GIGABYTE", "", "", "", "", "", INTEL, 0, 6, 183, FALSE, "vtd",
    "BIOS Features > VT-d (some: Chipset > VT-d)", "Del", FALSE },
  { "gigabyte-b550", "Gigabyte Technology Co., Ltd.", "", "B550 AORUS ELITE", "", "", "", AMD, 0,
    0x17, 0x71, FALSE, "iommu", "Settings > Miscellaneous > IOMMU", "Del", FALSE },
  { "gigabyte-b450", "Gigabyte Technology Co., Ltd.", "", "B450M DS3H", "", "", "", AMD, 0, 0x17,
    0x71, FALSE, "svm", "M.I.T. > Advanced Frequency Settings > Advanced CPU Settings > SVM Mode",
    "Del", FALSE },
  { "gigabyte-am5-by-processor", "Gigabyte Technology Co., Ltd.", "", "", "", "", "", AMD, 0, 0x19,
    0x61, FALSE, "iommu", "Settings > AMD CBS > NBIO > IOMMU and Settings > Miscellaneous > IOMMU",
    "Del", TRUE },
  { "gigabyte-board-row", "Gigabyte Technology Co., Ltd.", "", "MC12-LE0-00", "", "", "", AMD, 0,
    0x19, 0x21, FALSE, "iommu", "Advanced > AMD CBS > NBIO Common Options > IOMMU", "Del", TRUE },
  { "msi-z97", "MSI", "MSI", "Z97 GAMING 5 (MS-7917)", "", "", "", INTEL, 0x8cc4, 6, 60, FALSE,
    "vtd", "OC > CPU Features > Intel VT-D Tech", "Del", FALSE },
  { "maker-of-the-system", "Default", "Dell Inc.", "0WR1RF", "OptiPlex 7040", "", "01/10/2018",
    INTEL, 0xa146, 6, 94, FALSE, "vtd", "Virtualization Support > VT for Direct I/O", "F2", FALSE },
  { "dell-newer", "Dell Inc.", "Dell Inc.", "0X", "OptiPlex 7010", "", "01/10/2023", INTEL, 0x7a84,
    6, 151, FALSE, "vtd", "Virtualization (Support) > VT for Direct I/O", "F2", FALSE },
  { "hp-old", "Hewlett-Packard", "Hewlett-Packard", "1998", "HP EliteDesk 800 G1", "", "05/20/2014",
    INTEL, 0x8c4e, 6, 60, FALSE, "vtd", "Security > System Security > VTd", "Esc then F10", FALSE },
  { "thinkpad-by-version", "LENOVO", "LENOVO", "20QNCTO1WW", "20QNCTO1WW", "ThinkPad P53", "",
    INTEL, 0xa30e, 6, 158, TRUE, "vtd", "Security > Virtualization > Intel (R) VT-d Feature",
    "Enter then F1", TRUE },
  { "legion", "LENOVO", "LENOVO", "LNVNB161216", "82JD", "Legion 5", "", AMD, 0, 0x19, 0x50, TRUE,
    "svm", "Configuration > AMD SVM Technology (SVM Mode)", "F2, Fn+F2 or Novo button", FALSE },
  { "asus-laptop", "ASUSTeK COMPUTER INC.", "ASUSTeK COMPUTER INC.", "GA401QM", "ROG Zephyrus G14",
    "", "", AMD, 0, 0x19, 0x50, TRUE, "svm",
    "F7 Advanced Mode > Advanced > CPU Configuration > SVM Mode", "F2", FALSE },
  { "nobody", "", "", "", "", "", "", INTEL, 0, 6, 60, FALSE, "vtd",
    "Chipset > System Agent (SA) Configuration > VT-d", NULL, FALSE },
  { "unknown-maker", "HUANANZHI", "HUANANZHI", "X99-F8", "", "", "", INTEL, 0x8d44, 6, 79, FALSE,
    "vtx", "Advanced > CPU Configuration > Intel (VMX) Virtualization Technology", NULL, FALSE },
  { "apple", "Apple Inc.", "Apple Inc.", "Mac-X", "iMac19,1", "", "", INTEL, 0xa305, 6, 158, FALSE,
    "vtd", "", NULL, FALSE },
};

static void
set_board (FerryMachine *machine, const Place *place)
{
  FerryFirmware *firmware = machine->firmware;

  ferry_sample_set_text (&firmware->board_vendor, place->board_vendor);
  ferry_sample_set_text (&firmware->system_vendor, place->system_vendor);
  ferry_sample_set_text (&firmware->board_name, place->board);
  ferry_sample_set_text (&firmware->product_name, place->product);
  ferry_sample_set_text (&firmware->product_version, place->version);
  ferry_sample_set_text (&firmware->bios_date, place->date);
  firmware->laptop = place->laptop ? FERRY_ANSWER_YES : FERRY_ANSWER_NO;
  machine->processor->vendor = place->vendor;
  machine->processor->family = place->family;
  machine->processor->model = place->model;
  if (place->bridge == 0)
    g_ptr_array_remove (machine->devices, ferry_sample_get (machine, "0000:00:1f.0"));
  else
    ferry_sample_get (machine, "0000:00:1f.0")->device = place->bridge;
}

static void
test_place (gconstpointer data)
{
  const Place *place = data;
  g_autoptr (FerryMachine) machine = ferry_sample_desktop ();
  g_autoptr (GError) error = NULL;
  g_autoptr (FerryMenus) menus = ferry_menus_parse (ferry_menus_get_builtin (), &error);
  FerryMenuEntry entry;
  FerryEra era;

  g_assert_no_error (error);
  set_board (machine, place);
  era = ferry_era_find (machine);
  entry = ferry_menus_find (menus, &era, machine->firmware, place->setting);
  g_assert_nonnull (entry.row);
  g_assert_cmpstr (entry.row->path, ==, place->path);
  g_assert_cmpint (entry.certain, ==, place->certain);
  if (place->key != NULL)
    g_assert_cmpstr (ferry_menus_find_key (menus, &era, machine->firmware), ==, place->key);
}

static void
test_era_fit (void)
{
  const FerryEra z97 = { "intel", "", 9, 2015, FALSE };
  const FerryEra am4 = { "amd", "AM4", 500, 0, TRUE };
  const FerryEra unknown = { "intel", "", 0, 0, FALSE };

  g_assert_cmpint (ferry_era_fit (&z97, "9"), ==, FERRY_ERA_RIGHT);
  g_assert_cmpint (ferry_era_fit (&z97, "7-9"), ==, FERRY_ERA_RIGHT);
  g_assert_cmpint (ferry_era_fit (&z97, "100-300"), ==, FERRY_ERA_WRONG);
  g_assert_cmpint (ferry_era_fit (&z97, "year:-2015"), ==, FERRY_ERA_RIGHT);
  g_assert_cmpint (ferry_era_fit (&z97, "year:2016-"), ==, FERRY_ERA_WRONG);
  g_assert_cmpint (ferry_era_fit (&z97, "*"), ==, FERRY_ERA_ANY);
  g_assert_cmpint (ferry_era_fit (&z97, "?"), ==, FERRY_ERA_UNSURE);
  g_assert_cmpint (ferry_era_fit (&z97, "laptop"), ==, FERRY_ERA_WRONG);
  g_assert_cmpint (ferry_era_fit (&am4, "laptop"), ==, FERRY_ERA_RIGHT);
  g_assert_cmpint (ferry_era_fit (&am4, "AM4"), ==, FERRY_ERA_RIGHT);
  g_assert_cmpint (ferry_era_fit (&am4, "AM4:300-400"), ==, FERRY_ERA_WRONG);
  g_assert_cmpint (ferry_era_fit (&am4, "AM4:500"), ==, FERRY_ERA_RIGHT);
  g_assert_cmpint (ferry_era_fit (&am4, "AM5"), ==, FERRY_ERA_WRONG);
  g_assert_cmpint (ferry_era_fit (&unknown, "AM5"), ==, FERRY_ERA_UNSURE);
  g_assert_cmpint (ferry_era_fit (&unknown, "7-9"), ==, FERRY_ERA_UNSURE);
  g_assert_cmpint (ferry_era_fit (&z97, "soon"), ==, FERRY_ERA_WRONG);
  g_assert_cmpint (ferry_era_fit (&z97, "-"), ==, FERRY_ERA_WRONG);
  g_assert_cmpint (ferry_era_fit (&z97, ""), ==, FERRY_ERA_WRONG);
  g_assert_cmpint (ferry_era_fit (&z97, "99999999999999999999"), ==, FERRY_ERA_WRONG);
}

/* The table itself: every row in the documented words, every setting with a last resort. */
static void
test_table (void)
{
  static const char *const all[]
      = { "vtx",     "vtd", "svm", "iommu", "igpu_multimonitor", "primary_display",
          "above4g", "csm", NULL };
  static const char *const platforms[] = { "intel", "amd", "*", NULL };
  static const char *const certainties[] = { "seen", "vendor", "general", NULL };
  const FerryEra era = { "intel", "AM4", 9, 2015, TRUE };
  g_autoptr (GError) error = NULL;
  g_autoptr (FerryMenus) menus = ferry_menus_parse (ferry_menus_get_builtin (), &error);

  g_assert_no_error (error);
  g_assert_cmpuint (menus->rows->len, >, 140);
  for (guint i = 0; i < menus->rows->len; i++)
    {
      const FerryMenuRow *row = g_ptr_array_index (menus->rows, i);
      g_autoptr (GRegex) regex = g_regex_new (row->board, G_REGEX_CASELESS, 0, &error);

      g_assert_no_error (error);
      g_assert_true (g_strv_contains (all, row->setting));
      g_assert_true (g_strv_contains (platforms, row->platform));
      g_assert_true (g_strv_contains (certainties, row->certainty));
      g_assert_cmpstr (row->dmi, !=, "");
      g_assert_null (strstr (row->path, "SATA"));
      if (!g_ascii_isdigit (row->era[0]) && !g_str_has_prefix (row->era, "AM")
          && !g_str_has_prefix (row->era, "year:") && !g_str_equal (row->era, "laptop"))
        g_assert_cmpint (ferry_era_fit (&era, row->era), !=, FERRY_ERA_WRONG);
    }
  for (gsize i = 0; all[i] != NULL; i++)
    {
      gboolean found = FALSE;

      for (guint j = 0; j < menus->rows->len; j++)
        found |= g_str_equal (((FerryMenuRow *)menus->rows->pdata[j])->setting, all[i]);
      g_assert_true (found);
    }
}

/* The wizard finds the table among the resources of the program. */
static void
test_resource (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = g_resources_lookup_data ("/org/ferryvm/Ferry/firmware-menus.tsv",
                                                      G_RESOURCE_LOOKUP_FLAGS_NONE, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (g_bytes_get_size (bytes), ==, strlen (ferry_menus_get_builtin ()));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (places); i++)
    {
      g_autofree char *path = g_strconcat ("/menus/place/", places[i].name, NULL);

      g_test_add_data_func (path, &places[i], test_place);
    }
  g_test_add_func ("/menus/era-fit", test_era_fit);
  g_test_add_func ("/menus/table", test_table);
  g_test_add_func ("/menus/resource", test_resource);
  return g_test_run ();
}
