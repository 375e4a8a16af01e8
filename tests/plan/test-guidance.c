/* test-guidance.c: which firmware settings are listed, where this board has them, and the page. */
#include "config.h"

#include <string.h>
#include <gio/gio.h>

#include "facts/error.h"
#include "plan/era.h"
#include "plan/guidance.h"
#include "plan/menus.h"

#include "sample.h"

#define GTX "0000:01:00.0"
#define HEADER "vendor\tdmi\tplatform\tera\tboard\tsetting\tname\tpath\tkey\tvalue\tcertainty\n"

static void
leave (FerryMachine *machine)
{
}

static void
no_flag (FerryMachine *machine)
{
  machine->processor->virtualization = machine->processor->kvm_device = FERRY_ANSWER_NO;
}

static void
no_flag_amd (FerryMachine *machine)
{
  no_flag (machine);
  machine->processor->vendor = FERRY_VENDOR_AMD;
}

static void
no_flag_nested (FerryMachine *machine)
{
  no_flag (machine);
  machine->processor->hypervisor = FERRY_ANSWER_YES;
}

static void
no_flag_other_vendor (FerryMachine *machine)
{
  no_flag (machine);
  machine->processor->vendor = FERRY_VENDOR_OTHER;
}

static void
unknown_flag (FerryMachine *machine)
{
  machine->processor->virtualization = machine->processor->kvm_device = FERRY_ANSWER_UNKNOWN;
}

static void
no_iommu (FerryMachine *machine)
{
  ferry_sample_remove_groups (machine);
  machine->iommu->offered = FERRY_ANSWER_NO;
}

static void
no_iommu_amd (FerryMachine *machine)
{
  no_iommu (machine);
  machine->processor->vendor = FERRY_VENDOR_AMD;
}

static void
no_iommu_ever (FerryMachine *machine)
{
  no_iommu (machine);
  machine->processor->vt_d = FERRY_ANSWER_NO;
}

static void
not_used (FerryMachine *machine)
{
  ferry_sample_remove_groups (machine);
}

static void
unknown_iommu (FerryMachine *machine)
{
  not_used (machine);
  machine->iommu->offered = FERRY_ANSWER_UNKNOWN;
}

static void
hidden (FerryMachine *machine)
{
  g_ptr_array_remove_index (machine->cards, 0);
  machine->processor->integrated_gpu = FERRY_ANSWER_YES;
}

static void
hidden_on_laptop (FerryMachine *machine)
{
  hidden (machine);
  machine->firmware->laptop = FERRY_ANSWER_YES;
}

static void
boot_on_card (FerryMachine *machine)
{
  ferry_sample_get (machine, GTX)->boot_vga = FERRY_ANSWER_YES;
}

static void
large_card (FerryMachine *machine)
{
  /* A board whose setup has the entry. */
  ferry_sample_set_text (&machine->firmware->board_name, "PRIME Z690-P");
  ferry_sample_get (machine, "0000:00:1f.0")->device = 0x7a84;
  ferry_sample_get (machine, GTX)->bars[1]
      = (FerryBar){ 0xe0000000, 0x10000000, TRUE, TRUE, TRUE, 0x7f00 };
}

static void
large_card_here (FerryMachine *machine)
{
  large_card (machine);
  ferry_sample_set_text (&machine->firmware->board_name, "MAXIMUS VII RANGER");
  ferry_sample_get (machine, "0000:00:1f.0")->device = 0x8cc4;
}

static void
large_card_above (FerryMachine *machine)
{
  large_card (machine);
  ferry_sample_get (machine, GTX)->bars[1].start = G_GUINT64_CONSTANT (0x4000000000);
}

static void
large_card_legacy (FerryMachine *machine)
{
  large_card (machine);
  machine->firmware->uefi = FERRY_ANSWER_NO;
}

static void
old_rom (FerryMachine *machine)
{
  ferry_sample_get (machine, GTX)->rom_uefi = FERRY_ANSWER_NO;
}

static void
old_rom_legacy (FerryMachine *machine)
{
  old_rom (machine);
  machine->firmware->uefi = FERRY_ANSWER_NO;
}

static void
old_rom_unknown (FerryMachine *machine)
{
  old_rom (machine);
  machine->firmware->uefi = FERRY_ANSWER_UNKNOWN;
}

static void
everything (FerryMachine *machine)
{
  no_flag (machine);
  no_iommu (machine);
  boot_on_card (machine);
  old_rom (machine);
}

typedef struct
{
  const char *name;
  void (*spoil) (FerryMachine *machine);
  const char *settings; /* ids in order; required ones end in "!" */
} Case;

static const Case cases[] = {
  { "nothing-missing", leave, "" },
  { "vtx", no_flag, "vtx!" },
  { "svm", no_flag_amd, "svm!" },
  { "nested", no_flag_nested, "" },
  { "other-vendor", no_flag_other_vendor, "" },
  { "flag-unknown", unknown_flag, "" },
  { "vtd", no_iommu, "vtd!" },
  { "iommu", no_iommu_amd, "iommu!" },
  { "vtd-never", no_iommu_ever, "" },
  { "vtd-offered", not_used, "" },
  { "vtd-unknown", unknown_iommu, "" },
  { "hidden", hidden, "igpu_multimonitor! primary_display" },
  { "hidden-laptop", hidden_on_laptop, "" },
  { "boot-on-card", boot_on_card, "primary_display" },
  { "above4g", large_card, "above4g" },
  { "above4g-not-on-this-board", large_card_here, "" },
  { "above4g-in-use", large_card_above, "" },
  { "above4g-legacy", large_card_legacy, "" },
  { "csm", old_rom, "csm" },
  { "csm-legacy", old_rom_legacy, "" },
  { "csm-unknown", old_rom_unknown, "" },
  { "order", everything, "vtx! vtd! primary_display csm" },
};

static char *
list_settings (const FerryGuidance *guidance)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < guidance->settings->len; i++)
    {
      const FerrySetting *setting = g_ptr_array_index (guidance->settings, i);

      g_string_append_printf (text, "%s%s%s", i > 0 ? " " : "", setting->id,
                              setting->required ? "!" : "");
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static FerryGuidance *
make (FerryMachine *machine)
{
  g_autoptr (GError) error = NULL;
  FerryGuidance *guidance = ferry_guidance_make (machine, NULL, &error);

  g_assert_no_error (error);
  return guidance;
}

static void
test_case (gconstpointer data)
{
  const Case *one = data;
  g_autoptr (FerryMachine) machine = ferry_sample_desktop ();
  g_autoptr (FerryGuidance) guidance = NULL;
  g_autofree char *settings = NULL;

  one->spoil (machine);
  guidance = make (machine);
  settings = list_settings (guidance);
  g_assert_cmpstr (settings, ==, one->settings);
  g_assert_cmpint (guidance->caution[0] != '\0', ==, one->settings[0] != '\0');
  for (guint i = 0; i < guidance->settings->len; i++)
    {
      const FerrySetting *setting = g_ptr_array_index (guidance->settings, i);

      g_assert_cmpstr (setting->title, !=, "");
      g_assert_cmpstr (setting->why, !=, "");
      g_assert_cmpstr (setting->name, !=, "");
      g_assert_cmpstr (setting->advice, !=, "");
      g_assert_null (strstr (setting->synonyms, ", ,"));
    }
}

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
  { "asus-name-without-bridge", "ASUSTeK COMPUTER INC.", "ASUS", "PRIME Z390-A", "", "", "", INTEL,
    0, 6, 158, FALSE, "above4g",
    "Advanced > System Agent (SA) Configuration > Above 4G Decoding (some: Boot > Above 4G "
    "Decoding)",
    "Del or F2", FALSE },
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

static void
test_usually (void)
{
  g_autoptr (FerryMachine) machine = ferry_sample_desktop ();
  g_autoptr (FerryGuidance) guidance = NULL;
  g_autofree char *text = NULL;

  everything (machine);
  guidance = make (machine);
  text = ferry_guidance_to_text (guidance);
  g_assert_nonnull (strstr (text, "Place in the menu: F7 Advanced Mode > Advanced > System Agent "
                                  "Configuration > VT-d"));
  g_assert_nonnull (strstr (text, "Usually here in the menu: F7 Advanced Mode > Advanced > System "
                                  "Agent Configuration > Graphics Configuration"));
  g_assert_nonnull (strstr (text, "BitLocker"));
  g_assert_nonnull (strstr (text, "Del or F2"));
  g_assert_nonnull (strstr (text, "Please change"));
  g_assert_nonnull (strstr (text, "It also helps to change"));
  g_assert_null (strstr (text, "SATA"));
}

static void
test_restart (void)
{
  g_autoptr (FerryMachine) machine = ferry_sample_desktop ();
  g_autoptr (FerryGuidance) with = make (machine);
  g_autoptr (FerryGuidance) without = NULL, unknown = NULL;

  machine->firmware->restart_into_setup = FERRY_ANSWER_NO;
  without = make (machine);
  machine->firmware->restart_into_setup = FERRY_ANSWER_UNKNOWN;
  unknown = make (machine);
  g_assert_true (with->can_restart);
  g_assert_false (without->can_restart);
  g_assert_false (unknown->can_restart);
}

/* A page that needs nothing else, with every foreign character escaped. */
static void
test_html (void)
{
  static const char row[] = HEADER "X\t*\tintel\t*\t\tvtx\t<b>\"VMX\" & more\tA > <script>alert(1)"
                                   "</script>\tF1 & F2\tOn <now>\tseen\n";
  g_autoptr (FerryMachine) machine = ferry_sample_desktop ();
  g_autoptr (GError) error = NULL;
  g_autoptr (FerryGuidance) guidance = NULL;
  g_autofree char *html = NULL;

  no_flag (machine);
  ferry_sample_set_text (&machine->firmware->board_name, "<img src=x onerror=alert(1)>");
  guidance = ferry_guidance_make (machine, row, &error);
  g_assert_no_error (error);
  html = ferry_guidance_to_html (guidance);
  g_assert_true (g_str_has_prefix (html, "<!DOCTYPE html>"));
  g_assert_true (g_utf8_validate (html, -1, NULL));
  g_assert_null (strstr (html, "<script"));
  g_assert_null (strstr (html, "<img"));
  g_assert_null (strstr (html, "<b>"));
  g_assert_null (strstr (html, "http"));
  g_assert_null (strstr (html, "href"));
  g_assert_nonnull (strstr (html, "&lt;script&gt;"));
  g_assert_nonnull (strstr (html, "F1 &amp; F2"));
  g_assert_nonnull (strstr (html, "On &lt;now&gt;"));
  g_assert_nonnull (strstr (html, "name=\"viewport\""));
  g_assert_nonnull (strstr (html, "@media print"));
  g_assert_nonnull (strstr (html, "<html lang=\"en\">"));
  g_assert_true (g_str_has_suffix (html, "</html>\n"));
}

static void
test_html_nothing (void)
{
  g_autoptr (FerryMachine) machine = ferry_sample_desktop ();
  g_autoptr (FerryGuidance) guidance = make (machine);
  g_autofree char *html = ferry_guidance_to_html (guidance);
  g_autofree char *text = ferry_guidance_to_text (guidance);

  g_assert_nonnull (strstr (html, "Nothing is left to change"));
  g_assert_nonnull (strstr (text, "Nothing is left to change"));
  g_assert_null (strstr (html, "BitLocker"));
  g_assert_nonnull (strstr (text, "MAXIMUS VII RANGER"));
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

static void
assert_invalid (const char *text, int code)
{
  g_autoptr (FerryMachine) machine = ferry_sample_desktop ();
  g_autoptr (GError) error = NULL;
  FerryGuidance *guidance;

  no_flag (machine);
  guidance = ferry_guidance_make (machine, text, &error);
  g_assert_null (guidance);
  g_assert_error (error, FERRY_ERROR, code);
}

static void
test_broken_table (void)
{
  g_autofree char *large = g_strnfill (FERRY_MENUS_MAX_SIZE + 1, 'x');

  assert_invalid ("", FERRY_ERROR_INVALID);
  assert_invalid ("# nothing\n\n", FERRY_ERROR_INVALID);
  assert_invalid (HEADER, FERRY_ERROR_INVALID);
  assert_invalid ("a\tb\tc\n", FERRY_ERROR_INVALID);
  assert_invalid (HEADER "X\t*\tintel\t*\t\tvtx\t\xff\t\t\t\tseen\n", FERRY_ERROR_INVALID);
  assert_invalid ("a\tb\tc\td\te\tf\tg\th\ti\tj\tk\tl\n", FERRY_ERROR_INVALID);
  assert_invalid (large, FERRY_ERROR_TOO_LARGE);
}

/* Patterns that would run for ever, do not compile or are too long never match, and cost little. */
static void
test_hostile_pattern (void)
{
  static const char *const patterns[]
      = { "(a+)+$", "((a*)*)*b", "(", "[", "(?R)", "(*UTF)(*FAIL)", "a{1000}{1000}{1000}" };
  g_autoptr (FerryMachine) machine = ferry_sample_desktop ();
  g_autofree char *name = g_strnfill (250, 'a');
  g_autoptr (GString) table = g_string_new (HEADER);
  g_autofree char *long_pattern = g_strnfill (5000, '(');
  g_autoptr (GError) error = NULL;
  g_autoptr (FerryGuidance) guidance = NULL;
  const FerrySetting *setting;

  no_flag (machine);
  ferry_sample_set_text (&machine->firmware->product_name, name);
  for (gsize i = 0; i < G_N_ELEMENTS (patterns); i++)
    g_string_append_printf (table, "X\t*\tintel\t*\t%s!\tvtx\tbad\tbad\tF1\tOn\tseen\n",
                            patterns[i]);
  g_string_append_printf (table, "X\t*\tintel\t*\t%s\tvtx\tbad\tbad\tF1\tOn\tseen\n", long_pattern);
  g_string_append (table, "X\t*\tintel\t*\t\tvtx\tgood\tgood\tF1\tOn\tseen\r\n");
  guidance = ferry_guidance_make (machine, table->str, &error);
  g_assert_no_error (error);
  setting = g_ptr_array_index (guidance->settings, 0);
  g_assert_cmpstr (setting->name, ==, "good");
}

/* A board with nothing but garbage in its names, and one without names. */
static void
test_hostile_board (void)
{
  g_autoptr (FerryMachine) machine = ferry_sample_desktop ();
  g_autofree char *name = g_strnfill (100000, 'Z');
  g_autoptr (FerryGuidance) guidance = NULL, empty = NULL;

  no_flag (machine);
  ferry_sample_set_text (&machine->firmware->board_name, name);
  ferry_sample_set_text (&machine->firmware->bios_date, "//99999999999999999999");
  guidance = make (machine);
  g_assert_cmpuint (guidance->settings->len, ==, 1);
  ferry_sample_set_text (&machine->firmware->board_name, "");
  ferry_sample_set_text (&machine->firmware->board_vendor, "");
  empty = make (machine);
  g_assert_cmpuint (empty->settings->len, ==, 1);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/guidance/case/", cases[i].name, NULL);

      g_test_add_data_func (path, &cases[i], test_case);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (places); i++)
    {
      g_autofree char *path = g_strconcat ("/guidance/place/", places[i].name, NULL);

      g_test_add_data_func (path, &places[i], test_place);
    }
  g_test_add_func ("/guidance/era-fit", test_era_fit);
  g_test_add_func ("/guidance/usually", test_usually);
  g_test_add_func ("/guidance/restart", test_restart);
  g_test_add_func ("/guidance/html", test_html);
  g_test_add_func ("/guidance/html-nothing", test_html_nothing);
  g_test_add_func ("/guidance/table", test_table);
  g_test_add_func ("/guidance/resource", test_resource);
  g_test_add_func ("/guidance/broken-table", test_broken_table);
  g_test_add_func ("/guidance/hostile-pattern", test_hostile_pattern);
  g_test_add_func ("/guidance/hostile-board", test_hostile_board);
  return g_test_run ();
}
