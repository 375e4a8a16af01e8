/* firmware.c: see firmware.h. */
#include "config.h"

#include "facts/firmware.h"

FerryFirmware *ferry_firmware_read (FerryRoot *root) { FerryFirmware *f = g_new0 (FerryFirmware, 1); f->board_vendor = g_strdup (""); f->board_name = g_strdup (""); f->board_version = g_strdup (""); f->system_vendor = g_strdup (""); f->product_name = g_strdup (""); f->product_version = g_strdup (""); f->bios_vendor = g_strdup (""); f->bios_version = g_strdup (""); f->bios_date = g_strdup (""); return f; }
void ferry_firmware_free (FerryFirmware *f) { g_free (f); }
char *ferry_firmware_describe_board (const FerryFirmware *f) { return NULL; }
