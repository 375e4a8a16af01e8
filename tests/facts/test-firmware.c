/* test-firmware.c: UEFI or legacy, variables, lockdown, board and chassis. */
#include "config.h"

#include <string.h>

#include "facts/firmware.h"
#include "facts/tree.h"

#define EFIVARS "sys/firmware/efi/efivars/"
#define GLOBAL "-8be4df61-93ca-11d2-aa0d-00e098032b8c"
#define LOADER "-4a67b082-0a4c-41cf-b6c7-440b29bb8c4f"
#define DMI "sys/class/dmi/id/"

#define U FERRY_ANSWER_UNKNOWN
#define N FERRY_ANSWER_NO
#define Y FERRY_ANSWER_YES

static FerryFirmware *
read_tree (FerryTree *tree)
{
  g_autoptr (FerryRoot) root = ferry_tree_open (tree);

  return ferry_firmware_read (root);
}

static void
test_nothing (void)
{
  g_autoptr (FerryTree) tree = ferry_tree_new ();
  g_autoptr (FerryFirmware) firmware = read_tree (tree);

  g_assert_cmpint (firmware->uefi, ==, U);
  g_assert_cmpint (firmware->secure_boot, ==, U);
  g_assert_cmpint (firmware->setup_mode, ==, U);
  g_assert_cmpint (firmware->restart_into_setup, ==, U);
  g_assert_cmpint (firmware->stub, ==, U);
  g_assert_cmpint (firmware->lockdown, ==, FERRY_LOCKDOWN_UNKNOWN);
  g_assert_null (firmware->loader_info);
  g_assert_cmpstr (firmware->board_name, ==, "");
  g_assert_cmpint (firmware->laptop, ==, U);
  g_assert_null (ferry_firmware_describe_board (firmware));
}

static void
test_legacy (void)
{
  g_autoptr (FerryTree) tree = ferry_tree_new ();
  g_autoptr (FerryFirmware) firmware = NULL;

  ferry_tree_add_folder (tree, "sys/firmware/acpi");
  firmware = read_tree (tree);
  g_assert_cmpint (firmware->uefi, ==, N);
  g_assert_cmpint (firmware->secure_boot, ==, N);
  g_assert_cmpint (firmware->restart_into_setup, ==, N);
  g_assert_cmpint (firmware->stub, ==, N);
}

/* The byte behind the four of attributes decides; the first is 6 in both. */
static void
test_uefi (void)
{
  g_autoptr (FerryTree) tree = ferry_tree_new ();
  g_autoptr (FerryFirmware) firmware = NULL;

  ferry_tree_add_file (tree, "sys/firmware/efi/fw_platform_size", "64\n");
  ferry_tree_add_bytes (tree, EFIVARS "SecureBoot" GLOBAL, "\x06\0\0\0\x01", 5);
  ferry_tree_add_bytes (tree, EFIVARS "SetupMode" GLOBAL, "\x06\0\0\0\0", 5);
  ferry_tree_add_bytes (tree, EFIVARS "OsIndicationsSupported" GLOBAL,
                        "\x06\0\0\0\x01\0\0\0\0\0\0\0", 12);
  ferry_tree_add_bytes (tree, EFIVARS "LoaderInfo" LOADER,
                        "\x06\0\0\0s\0y\0s\0t\0e\0m\0d\0-\0b\0o\0o\0t\0 \0002\0005\0007\0\0\0", 38);
  ferry_tree_add_bytes (tree, EFIVARS "StubInfo" LOADER, "\x06\0\0\0s\0\0\0", 8);
  firmware = read_tree (tree);

  g_assert_cmpint (firmware->uefi, ==, Y);
  g_assert_cmpuint (firmware->bits, ==, 64);
  g_assert_cmpint (firmware->secure_boot, ==, Y);
  g_assert_cmpint (firmware->setup_mode, ==, N);
  g_assert_cmpint (firmware->restart_into_setup, ==, Y);
  g_assert_cmpint (firmware->stub, ==, Y);
  g_assert_cmpstr (firmware->loader_info, ==, "systemd-boot 257");
}

/* Variables that are not there, in a folder that is visible and in one that is not. */
static void
test_absent_variables (void)
{
  g_autoptr (FerryTree) tree = ferry_tree_new ();
  g_autoptr (FerryFirmware) hidden = NULL;
  g_autoptr (FerryFirmware) visible = NULL;

  ferry_tree_add_folder (tree, "sys/firmware/efi");
  hidden = read_tree (tree);
  g_assert_cmpint (hidden->uefi, ==, Y);
  g_assert_cmpint (hidden->secure_boot, ==, U);
  g_assert_cmpint (hidden->restart_into_setup, ==, U);

  ferry_tree_add_bytes (tree, EFIVARS "BootCurrent" GLOBAL, "\x06\0\0\0\x01\0", 6);
  visible = read_tree (tree);
  g_assert_cmpint (visible->secure_boot, ==, N);
  g_assert_cmpint (visible->restart_into_setup, ==, N);
  g_assert_cmpint (visible->stub, ==, N);
}

static void
test_broken_variables (void)
{
  g_autoptr (FerryTree) tree = ferry_tree_new ();
  g_autofree char *endless = g_strnfill (1024 * 1024, 'x');
  g_autoptr (FerryFirmware) firmware = NULL;

  ferry_tree_add_file (tree, "sys/firmware/efi/fw_platform_size", "65");
  ferry_tree_add_bytes (tree, EFIVARS "SecureBoot" GLOBAL, "\x06\0\0\0\x07", 5);
  ferry_tree_add_bytes (tree, EFIVARS "SetupMode" GLOBAL, "\x06\0", 2);
  ferry_tree_add_bytes (tree, EFIVARS "OsIndicationsSupported" GLOBAL, "\x06\0\0\0\x01", 5);
  ferry_tree_add_file (tree, EFIVARS "LoaderInfo" LOADER, endless);
  firmware = read_tree (tree);
  g_assert_cmpuint (firmware->bits, ==, 0);
  g_assert_cmpint (firmware->secure_boot, ==, U);
  g_assert_cmpint (firmware->setup_mode, ==, U);
  g_assert_cmpint (firmware->restart_into_setup, ==, U);
  g_assert_null (firmware->loader_info);
}

static void
assert_loader_info (const char *data, gsize size, const char *expected)
{
  g_autoptr (FerryTree) tree = ferry_tree_new ();
  g_autoptr (FerryFirmware) firmware = NULL;

  ferry_tree_add_bytes (tree, EFIVARS "LoaderInfo" LOADER, data, size);
  firmware = read_tree (tree);
  g_assert_cmpstr (firmware->loader_info, ==, expected);
}

static void
test_loader_info (void)
{
  assert_loader_info ("", 0, NULL);
  assert_loader_info ("\x06\0\0\0", 4, NULL);
  assert_loader_info ("\x06\0\0\0G", 5, "");
  assert_loader_info ("\x06\0\0\0G\0R\0U\0B\0", 12, "GRUB");
  assert_loader_info ("\x06\0\0\0G\0\x1b\0R\0U\0", 12, "G RU");
  assert_loader_info ("\x06\0\0\0\x00\xd8", 6, NULL);
}

static FerryLockdown
lockdown (const char *text)
{
  g_autoptr (FerryTree) tree = ferry_tree_new ();
  g_autoptr (FerryFirmware) firmware = NULL;

  ferry_tree_add_file (tree, "sys/kernel/security/lockdown", text);
  firmware = read_tree (tree);
  return firmware->lockdown;
}

static void
test_lockdown (void)
{
  g_assert_cmpint (lockdown ("[none] integrity confidentiality\n"), ==, FERRY_LOCKDOWN_NONE);
  g_assert_cmpint (lockdown ("none [integrity] confidentiality\n"), ==, FERRY_LOCKDOWN_INTEGRITY);
  g_assert_cmpint (lockdown ("none integrity [confidentiality]\n"), ==,
                   FERRY_LOCKDOWN_CONFIDENTIALITY);
  g_assert_cmpint (lockdown ("none integrity\n"), ==, FERRY_LOCKDOWN_UNKNOWN);
}

static void
assert_board (const char *board_vendor, const char *board_name, const char *sys_vendor,
              const char *product_name, const char *product_version, const char *expected)
{
  g_autoptr (FerryTree) tree = ferry_tree_new ();
  g_autoptr (FerryFirmware) firmware = NULL;
  g_autofree char *text = NULL;

  ferry_tree_add_file (tree, DMI "board_vendor", board_vendor);
  ferry_tree_add_file (tree, DMI "board_name", board_name);
  ferry_tree_add_file (tree, DMI "sys_vendor", sys_vendor);
  ferry_tree_add_file (tree, DMI "product_name", product_name);
  ferry_tree_add_file (tree, DMI "product_version", product_version);
  firmware = read_tree (tree);
  text = ferry_firmware_describe_board (firmware);
  g_assert_cmpstr (text, ==, expected);
}

static void
test_board (void)
{
  assert_board ("ASUSTeK COMPUTER INC.\n", "MAXIMUS VII RANGER\n", "ASUS\n", "All Series\n",
                "System Version\n", "ASUS MAXIMUS VII RANGER");
  assert_board ("ASRock", "B450M Pro4", "To Be Filled By O.E.M.", "To Be Filled By O.E.M.", "",
                "ASRock B450M Pro4");
  assert_board ("HP", "8653", "HP", "HP EliteDesk 800 G5 TWR", "", "HP EliteDesk 800 G5 TWR");
  assert_board ("LENOVO", "LNVNB161216", "LENOVO", "82JQ", "Legion 5 Pro 16ACH6H",
                "Lenovo Legion 5 Pro 16ACH6H");
  assert_board ("Dell Inc.", "", "Dell Inc.", "Precision 5810", "", "Dell Precision 5810");
  assert_board ("", "X99", "", "", "", "X99");
  assert_board ("Default string", "Default string", "Default string", "Default string", "", NULL);
}

/* Serial numbers are never asked for, even where they can be read. */
static void
remember (const char *path, FerryRootEntry entry, GBytes *content, gpointer user_data)
{
  g_assert_null (strstr (path, "serial"));
  g_assert_null (strstr (path, "uuid"));
  (*(guint *)user_data)++;
}

static void
test_no_serials (void)
{
  g_autoptr (FerryTree) tree = ferry_tree_new ();
  g_autoptr (FerryRoot) root = ferry_tree_open (tree);
  g_autoptr (FerryFirmware) firmware = NULL;
  guint count = 0;

  ferry_tree_add_file (tree, DMI "board_name", "X");
  ferry_tree_add_file (tree, DMI "board_serial", "1234");
  ferry_tree_add_file (tree, DMI "product_uuid", "1234");
  ferry_root_set_recorder (root, remember, &count);
  firmware = ferry_firmware_read (root);
  g_assert_cmpstr (firmware->board_name, ==, "X");
  g_assert_cmpuint (count, >, 0);
}

static FerryAnswer
laptop (const char *type, const char *supply)
{
  g_autoptr (FerryTree) tree = ferry_tree_new ();
  g_autoptr (FerryFirmware) firmware = NULL;

  if (type != NULL)
    ferry_tree_add_file (tree, DMI "chassis_type", type);
  if (supply != NULL)
    ferry_tree_add_folder (tree, supply);
  firmware = read_tree (tree);
  return firmware->laptop;
}

static void
test_laptop (void)
{
  g_assert_cmpint (laptop ("3\n", NULL), ==, N);
  g_assert_cmpint (laptop ("3\n", "sys/class/power_supply/BAT0"), ==, N);
  g_assert_cmpint (laptop ("10\n", NULL), ==, Y);
  g_assert_cmpint (laptop ("31\n", NULL), ==, Y);
  g_assert_cmpint (laptop ("138\n", NULL), ==, Y);
  g_assert_cmpint (laptop ("1\n", NULL), ==, U);
  g_assert_cmpint (laptop ("2\n", "sys/class/power_supply/BAT1"), ==, Y);
  g_assert_cmpint (laptop (NULL, "sys/class/power_supply/hidpp_battery_0"), ==, U);
  g_assert_cmpint (laptop ("garbage\n", NULL), ==, U);
  g_assert_cmpint (laptop ("4294967306\n", NULL), ==, U);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/firmware/nothing", test_nothing);
  g_test_add_func ("/firmware/legacy", test_legacy);
  g_test_add_func ("/firmware/uefi", test_uefi);
  g_test_add_func ("/firmware/absent-variables", test_absent_variables);
  g_test_add_func ("/firmware/broken-variables", test_broken_variables);
  g_test_add_func ("/firmware/loader-info", test_loader_info);
  g_test_add_func ("/firmware/lockdown", test_lockdown);
  g_test_add_func ("/firmware/board", test_board);
  g_test_add_func ("/firmware/no-serials", test_no_serials);
  g_test_add_func ("/firmware/laptop", test_laptop);
  return g_test_run ();
}
