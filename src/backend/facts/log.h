/* log.h: picks the kernel's own lines out of a log.
 *
 * Pure: text in, text out. Understands the form of dmesg(1) with any kind of time stamp, the records of
 * /dev/kmsg (Documentation/ABI/testing/dev-kmsg), the short forms of journalctl(1) and bare
 * messages. Lines of programs are left out, and so is the host's name.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Bytes of a log that are read, and of one line that are kept. */
#define FERRY_LOG_MAX (4 * 1024 * 1024)
#define FERRY_LOG_MAX_LINE 2048

char *ferry_log_clean (const char *text);

G_END_DECLS
