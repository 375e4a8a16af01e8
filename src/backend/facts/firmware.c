/* firmware.c: see firmware.h. */
#include "config.h"

#include <string.h>

#include "facts/board.h"
#include "facts/firmware.h"
#include "facts/host.h"

#define EFIVARS "sys/firmware/efi/efivars"
#define GLOBAL_VARIABLE "-8be4df61-93ca-11d2-aa0d-00e098032b8c"
#define LOADER_VARIABLE "-4a67b082-0a4c-41cf-b6c7-440b29bb8c4f"

/* efivarfs puts 4 bytes of attributes in front of the data. */
#define ATTRIBUTES 4
#define MAX_VARIABLE 4096
#define MAX_LOADER_INFO 128

/* OsIndicationsSupported: EFI_OS_INDICATIONS_BOOT_TO_FW_UI (UEFI 2.10, 8.5.4). */
#define BOOT_TO_SETUP 0x01

/* Portable, laptop, notebook, hand held, sub notebook, tablet, convertible, detachable
 * (DSP0134, 7.4.1). */
static const guint laptop_types[] = { 8, 9, 10, 11, 14, 30, 31, 32 };

static void
read_mode (FerryFirmware *self, FerryRoot *root)
{
  g_auto (GStrv) names = ferry_root_list (root, "sys/firmware");
  guint64 bits;

  if (ferry_root_exists (root, "sys/firmware/efi"))
    self->uefi = FERRY_ANSWER_YES;
  else if (names != NULL && *names != NULL)
    self->uefi = FERRY_ANSWER_NO;
  if (ferry_root_read_number (root, "sys/firmware/efi/fw_platform_size", &bits)
      && (bits == 32 || bits == 64))
    self->bits = (guint)bits;
}

/* The data of a variable without its attributes, exactly @size bytes. */
static gboolean
read_variable (FerryRoot *root, const char *name, guint8 *data, gsize size)
{
  g_autofree char *path = g_strconcat (EFIVARS "/", name, NULL);
  g_autoptr (GBytes) bytes = ferry_root_read_bytes (root, path, MAX_VARIABLE, NULL);

  if (bytes == NULL || g_bytes_get_size (bytes) != ATTRIBUTES + size)
    return FALSE;
  memcpy (data, (const guint8 *)g_bytes_get_data (bytes, NULL) + ATTRIBUTES, size);
  return TRUE;
}

/* What a variable that is not there means: no, if all others are visible. */
static FerryAnswer
absent_variable (FerryRoot *root, const FerryFirmware *self, const char *name)
{
  g_autofree char *path = g_strconcat (EFIVARS "/", name, NULL);
  g_auto (GStrv) names = NULL;

  if (self->uefi == FERRY_ANSWER_NO)
    return FERRY_ANSWER_NO;
  if (ferry_root_exists (root, path))
    return FERRY_ANSWER_UNKNOWN;
  names = ferry_root_list (root, EFIVARS);
  return names != NULL && *names != NULL ? FERRY_ANSWER_NO : FERRY_ANSWER_UNKNOWN;
}

/* A variable of one byte: 0 or 1. */
static FerryAnswer
read_flag (FerryRoot *root, const FerryFirmware *self, const char *name)
{
  guint8 value;

  if (!read_variable (root, name, &value, sizeof value))
    return absent_variable (root, self, name);
  if (value > 1)
    return FERRY_ANSWER_UNKNOWN;
  return value == 1 ? FERRY_ANSWER_YES : FERRY_ANSWER_NO;
}

static FerryAnswer
read_restart_into_setup (FerryRoot *root, const FerryFirmware *self)
{
  const char *name = "OsIndicationsSupported" GLOBAL_VARIABLE;
  guint8 value[8];

  if (!read_variable (root, name, value, sizeof value))
    return absent_variable (root, self, name);
  return (value[0] & BOOT_TO_SETUP) != 0 ? FERRY_ANSWER_YES : FERRY_ANSWER_NO;
}

/**
 * ferry_firmware_read_loader_variable:
 * @name: a variable of the Boot Loader Interface, "LoaderInfo"
 *
 * Returns: (transfer full) (nullable): its text in one line; %NULL when it is not there or not
 * UTF-16
 */
char *
ferry_firmware_read_loader_variable (FerryRoot *root, const char *name)
{
  g_autofree char *path = g_strconcat (EFIVARS "/", name, LOADER_VARIABLE, NULL);
  g_autoptr (GBytes) bytes = ferry_root_read_bytes (root, path, MAX_VARIABLE, NULL);
  g_autofree gunichar2 *words = NULL;
  g_autofree char *text = NULL;
  const guint8 *data;
  gsize size, length;

  if (bytes == NULL || g_bytes_get_size (bytes) <= ATTRIBUTES)
    return NULL;
  data = g_bytes_get_data (bytes, &size);
  length = (size - ATTRIBUTES) / 2;
  words = g_new0 (gunichar2, length + 1);
  for (gsize i = 0; i < length; i++)
    words[i] = (gunichar2)(data[ATTRIBUTES + 2 * i] | data[ATTRIBUTES + 2 * i + 1] << 8);
  text = g_utf16_to_utf8 (words, -1, NULL, NULL, NULL);
  return text != NULL ? ferry_host_clean_text (text, MAX_LOADER_INFO) : NULL;
}

static void
read_variables (FerryFirmware *self, FerryRoot *root)
{
  const char *stub = EFIVARS "/StubInfo" LOADER_VARIABLE;

  self->secure_boot = read_flag (root, self, "SecureBoot" GLOBAL_VARIABLE);
  self->setup_mode = read_flag (root, self, "SetupMode" GLOBAL_VARIABLE);
  self->restart_into_setup = read_restart_into_setup (root, self);
  self->loader_info = ferry_firmware_read_loader_variable (root, "LoaderInfo");
  self->stub = ferry_root_exists (root, stub)
                   ? FERRY_ANSWER_YES
                   : absent_variable (root, self, "StubInfo" LOADER_VARIABLE);
}

static FerryLockdown
read_lockdown (FerryRoot *root)
{
  g_autofree char *line = ferry_root_read_line (root, "sys/kernel/security/lockdown");

  if (line == NULL)
    return FERRY_LOCKDOWN_UNKNOWN;
  if (strstr (line, "[none]") != NULL)
    return FERRY_LOCKDOWN_NONE;
  if (strstr (line, "[integrity]") != NULL)
    return FERRY_LOCKDOWN_INTEGRITY;
  if (strstr (line, "[confidentiality]") != NULL)
    return FERRY_LOCKDOWN_CONFIDENTIALITY;
  return FERRY_LOCKDOWN_UNKNOWN;
}

static char *
read_name (FerryRoot *root, const char *name)
{
  g_autofree char *path = g_build_filename ("sys/class/dmi/id", name, NULL);
  g_autofree char *line = ferry_root_read_line (root, path);

  return ferry_board_clean (line);
}

static void
read_names (FerryFirmware *self, FerryRoot *root)
{
  self->board_vendor = read_name (root, "board_vendor");
  self->board_name = read_name (root, "board_name");
  self->board_version = read_name (root, "board_version");
  self->system_vendor = read_name (root, "sys_vendor");
  self->product_name = read_name (root, "product_name");
  self->product_version = read_name (root, "product_version");
  self->bios_vendor = read_name (root, "bios_vendor");
  self->bios_version = read_name (root, "bios_version");
  self->bios_date = read_name (root, "bios_date");
}

static gboolean
has_battery (FerryRoot *root)
{
  g_auto (GStrv) names = ferry_root_list (root, "sys/class/power_supply");

  for (gsize i = 0; names != NULL && names[i] != NULL; i++)
    if (g_str_has_prefix (names[i], "BAT"))
      return TRUE;
  return FALSE;
}

static void
read_chassis (FerryFirmware *self, FerryRoot *root)
{
  guint64 type = 0;

  /* Bit 7 says that a lock is present. */
  if (ferry_root_read_number (root, "sys/class/dmi/id/chassis_type", &type) && type <= G_MAXUINT8)
    self->chassis_type = (guint)type & 0x7f;
  /* 1 is "other", 2 is "unknown": then a battery is a hint. */
  if (self->chassis_type <= 2)
    {
      self->laptop = has_battery (root) ? FERRY_ANSWER_YES : FERRY_ANSWER_UNKNOWN;
      return;
    }
  self->laptop = FERRY_ANSWER_NO;
  for (gsize i = 0; i < G_N_ELEMENTS (laptop_types); i++)
    if (laptop_types[i] == self->chassis_type)
      self->laptop = FERRY_ANSWER_YES;
}

/**
 * ferry_firmware_read:
 *
 * Returns: (transfer full): firmware mode and names; never serial numbers
 */
FerryFirmware *
ferry_firmware_read (FerryRoot *root)
{
  FerryFirmware *self = g_new0 (FerryFirmware, 1);

  read_mode (self, root);
  read_variables (self, root);
  self->lockdown = read_lockdown (root);
  read_names (self, root);
  read_chassis (self, root);
  return self;
}

void
ferry_firmware_free (FerryFirmware *firmware)
{
  g_free (firmware->loader_info);
  g_free (firmware->board_vendor);
  g_free (firmware->board_name);
  g_free (firmware->board_version);
  g_free (firmware->system_vendor);
  g_free (firmware->product_name);
  g_free (firmware->product_version);
  g_free (firmware->bios_vendor);
  g_free (firmware->bios_version);
  g_free (firmware->bios_date);
  g_free (firmware);
}

static gboolean
is_hex_code (const char *name)
{
  return strlen (name) == 4 && strspn (name, "0123456789ABCDEFabcdef") == 4;
}

/**
 * ferry_firmware_describe_board:
 *
 * The name on the box: HP's board names are codes and Lenovo's readable names are in the version,
 * so there the product is named.
 *
 * Returns: (transfer full) (nullable): "ASUS MAXIMUS VII RANGER", or %NULL when the firmware does
 * not say
 */
char *
ferry_firmware_describe_board (const FerryFirmware *firmware)
{
  gboolean lenovo = g_ascii_strcasecmp (firmware->board_vendor, "LENOVO") == 0;

  if (lenovo && *firmware->product_version != '\0')
    return ferry_board_describe (firmware->board_vendor, firmware->product_version);
  if (*firmware->board_name == '\0'
      || (is_hex_code (firmware->board_name) && *firmware->product_name != '\0'))
    return ferry_board_describe (*firmware->system_vendor != '\0' ? firmware->system_vendor
                                                                  : firmware->board_vendor,
                                 firmware->product_name);
  return ferry_board_describe (*firmware->board_vendor != '\0' ? firmware->board_vendor
                                                               : firmware->system_vendor,
                               firmware->board_name);
}
