/* firmware.h: how the computer was started, and which board it is.
 *
 * Reads sys/firmware/efi, efivarfs (4 bytes of attributes, then data; UEFI 2.10, 8.2; kernel
 * Documentation/filesystems/efivarfs.rst), sys/kernel/security/lockdown, sys/class/dmi/id (never
 * serial numbers). Strings of the firmware are made valid UTF-8 without control characters;
 * placeholders ("To be filled by O.E.M.") become "".
 */
#pragma once

#include "facts/answer.h"
#include "facts/root.h"

G_BEGIN_DECLS

typedef enum
{
  FERRY_LOCKDOWN_UNKNOWN,
  FERRY_LOCKDOWN_NONE,
  FERRY_LOCKDOWN_INTEGRITY,
  FERRY_LOCKDOWN_CONFIDENTIALITY
} FerryLockdown;

typedef struct
{
  FerryAnswer uefi;
  guint bits; /* 32, 64, or 0 when unknown */
  FerryAnswer secure_boot;
  FerryAnswer setup_mode;
  FerryAnswer restart_into_setup; /* OsIndicationsSupported bit 0 */
  FerryLockdown lockdown;
  char *loader_info; /* efivar LoaderInfo as UTF-8, or NULL */
  FerryAnswer stub;  /* efivar StubInfo exists */

  char *board_vendor, *board_name, *board_version;
  char *system_vendor, *product_name, *product_version;
  char *bios_vendor, *bios_version, *bios_date;
  guint chassis_type; /* SMBIOS 7.4.1, 0 when unknown */
  FerryAnswer laptop;
} FerryFirmware;

FerryFirmware *ferry_firmware_read (FerryRoot *root);
void ferry_firmware_free (FerryFirmware *firmware);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (FerryFirmware, ferry_firmware_free)

/* A text variable of the Boot Loader Interface, such as "LoaderEntrySelected", or NULL. */
char *ferry_firmware_read_loader_variable (FerryRoot *root, const char *name);

/* "ASUS MAXIMUS VII RANGER" for a person, or NULL when the firmware does not say. */
char *ferry_firmware_describe_board (const FerryFirmware *firmware);

G_END_DECLS
