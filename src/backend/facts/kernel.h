/* kernel.h: the running kernel: release, configuration, command line, log.
 *
 * Reads proc/sys/kernel/osrelease, proc/config.gz or boot/config-RELEASE, proc/cmdline, and the
 * kernel log where a recorded machine or the helper's Inspect brings it (inspect/kernel-log).
 * It does not judge: contradictions in the command line are found in plan/check.
 */
#pragma once

#include "facts/answer.h"
#include "facts/cmdline.h"
#include "facts/root.h"

G_BEGIN_DECLS

typedef struct
{
  char *release;         /* "6.12.4-1-MANJARO", or "" */
  guint major, minor;    /* 0 when unknown */
  FerryCmdline *cmdline; /* never NULL; empty when unreadable */
  FerryAnswer cmdline_known;
  GHashTable *config;       /* "CONFIG_X" to "y", "m" or text; "n" for "is not set"; NULL when unreadable */
  char *log;                /* kernel lines only, or NULL */
  FerryAnswer modules_kept; /* usr/lib/modules/RELEASE exists */
  char **installed;         /* releases below usr/lib/modules that have a kernel, sorted */
} FerryKernel;

FerryKernel *ferry_kernel_read (FerryRoot *root);
void ferry_kernel_free (FerryKernel *kernel);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (FerryKernel, ferry_kernel_free)

/* "y", "m", "n", other text, or NULL when the configuration is not readable or lacks the name. */
const char *ferry_kernel_config (const FerryKernel *kernel, const char *name);
gboolean ferry_kernel_at_least (const FerryKernel *kernel, guint major, guint minor);

G_END_DECLS
