/* extract-parts.h: what the files of FerryExtract share; nothing else includes it. */
#pragma once

#include "facts/device.h"
#include "facts/scrub.h"

G_BEGIN_DECLS

typedef struct
{
  FerryScrub *scrub;
  const char *user;
  GPtrArray *devices;
} FerryExtract;

/* From the text of a file to what is kept of it (transfer full). */
typedef char *(*FerryExtractText) (const FerryExtract *extract, const char *text);

char *ferry_extract_all (const FerryExtract *extract, const char *text);
char *ferry_extract_nothing (const FerryExtract *extract, const char *text);
char *ferry_extract_numbers (const FerryExtract *extract, const char *text);
char *ferry_extract_names (const FerryExtract *extract, const char *text);
char *ferry_extract_settings (const FerryExtract *extract, const char *text);
char *ferry_extract_volume (const FerryExtract *extract, const char *text);
char *ferry_extract_serial (const FerryExtract *extract, const char *text);
char *ferry_extract_version (const FerryExtract *extract, const char *text);

char *ferry_extract_group (const FerryExtract *extract, const char *text);
char *ferry_extract_passwd (const FerryExtract *extract, const char *text);
char *ferry_extract_fstab (const FerryExtract *extract, const char *text);
char *ferry_extract_mounts (const FerryExtract *extract, const char *text);
char *ferry_extract_route (const FerryExtract *extract, const char *text);
char *ferry_extract_route_6 (const FerryExtract *extract, const char *text);
char *ferry_extract_input (const FerryExtract *extract, const char *text);
char *ferry_extract_interrupts (const FerryExtract *extract, const char *text);
char *ferry_extract_kernel_config (const FerryExtract *extract, const char *text);
char *ferry_extract_log (const FerryExtract *extract, const char *text);
char *ferry_extract_aliases (const FerryExtract *extract, const char *text);

gboolean ferry_extract_is_bytes (const char *path);
GBytes *ferry_extract_bytes (const FerryExtract *extract, const char *path, GBytes *content);

G_END_DECLS
