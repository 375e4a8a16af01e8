/* diff.h: the difference of two texts as a person reads it, by diff(1) of diffutils.
 *
 * The texts go to diff through anonymous memory (memfd_create(2)), so nothing is written to the disk.
 */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Unified, three lines of context, labels "before" and "after" with @path. NULL stands for a file that does not
 * exist. Blocks shortly; at most 1 MiB each. */
char *ferry_diff_make (const char *path, const char *before, const char *after, GError **error);

G_END_DECLS
