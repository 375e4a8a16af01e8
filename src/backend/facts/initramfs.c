/* initramfs.c: see initramfs.h. */
#include "config.h"

#include "facts/initramfs.h"

FerryInitramfs *ferry_initramfs_read (FerryRoot *root) { FerryInitramfs *i = g_new0 (FerryInitramfs, 1); i->evidence = g_strdup (""); i->presets = g_new0 (char *, 1); return i; }
void ferry_initramfs_free (FerryInitramfs *i) { g_free (i->evidence); g_strfreev (i->presets); g_free (i); }
const char *ferry_initramfs_kind_to_string (FerryInitramfsKind k) { return "unknown"; }
