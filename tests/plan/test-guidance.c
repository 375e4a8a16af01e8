/* test-guidance.c: which firmware settings are listed, where this board has them, and the page. */
#include "config.h"

#include <string.h>

#include "facts/error.h"
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

/* AMD's IOMMU is in use whenever it is offered. */
static void
unknown_iommu_amd (FerryMachine *machine)
{
  unknown_iommu (machine);
  machine->processor->vendor = FERRY_VENDOR_AMD;
}

static void
unknown_iommu_amd_off (FerryMachine *machine)
{
  unknown_iommu_amd (machine);
  ferry_sample_set_cmdline (machine, "amd_iommu=off");
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
  { "iommu-unknown", unknown_iommu_amd, "iommu!" },
  { "iommu-unknown-off-word", unknown_iommu_amd_off, "" },
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
  g_test_add_func ("/guidance/usually", test_usually);
  g_test_add_func ("/guidance/restart", test_restart);
  g_test_add_func ("/guidance/html", test_html);
  g_test_add_func ("/guidance/html-nothing", test_html_nothing);
  g_test_add_func ("/guidance/broken-table", test_broken_table);
  g_test_add_func ("/guidance/hostile-pattern", test_hostile_pattern);
  g_test_add_func ("/guidance/hostile-board", test_hostile_board);
  return g_test_run ();
}
