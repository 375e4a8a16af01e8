/* kernel.c: see kernel.h. */
#include "config.h"

#include "facts/kernel.h"

FerryKernel *ferry_kernel_read (FerryRoot *root) { FerryKernel *k = g_new0 (FerryKernel, 1); k->release = g_strdup (""); k->cmdline = ferry_cmdline_parse ("", NULL); k->installed = g_new0 (char *, 1); return k; }
void ferry_kernel_free (FerryKernel *k) { g_free (k->release); ferry_cmdline_free (k->cmdline); g_strfreev (k->installed); g_free (k); }
const char *ferry_kernel_config (const FerryKernel *k, const char *name) { return NULL; }
gboolean ferry_kernel_at_least (const FerryKernel *k, guint major, guint minor) { return FALSE; }
