/* rewritten.h: which files the tools write that change the live boot menu instead of making a new one.
 *
 * Knows the places, reads no content and changes nothing. limine-update and kernel-install(8) write entries and start files,
 * grubby(8) entries and the files that it takes the words for new kernels from. The layout of the folders is that of the
 * Boot Loader Specification, type 1 (loader/entries/TOKEN-VERSION.conf, TOKEN/VERSION/), and of Limine's entry tool
 * (MACHINE-ID/NAME/).
 */
#pragma once

#include <gio/gio.h>

#include "facts/root.h"
#include "plan/change.h"

G_BEGIN_DECLS

#define FERRY_REWRITTEN_MAX_FILES 512

/* Whether the step changes live files of the boot menu itself. */
gboolean ferry_rewritten_is_in_place (const FerryChange *change);
/* The paths, of char* (transfer full): those with fixed names always, all others where they exist. */
GPtrArray *ferry_rewritten_list (FerryRoot *root, const FerryChange *change, GError **error);
/* Whether a path of such a list can lie there. */
gboolean ferry_rewritten_is_place (const char *path);
/* Whether the tool can have made @path, which is none of @before: an entry of a kernel that had one, or a start file
 * beside others. What came with a kernel that was not there before is somebody else's. */
gboolean ferry_rewritten_is_offspring (FerryRoot *root, const char *path, GPtrArray *before);

G_END_DECLS
