/* extract.h: what of a file is worth keeping in a recorded computer.
 *
 * Keeps what the facts need and drops the rest: other users of a group, routes other than the
 * default one, mounts of networks and containers, comments, most of the kernel log. Then it lets a
 * FerryScrub replace what identifies. Bytes in, bytes out.
 */
#pragma once

#include "facts/scrub.h"

G_BEGIN_DECLS

/* @user: who asks, by the name that stands in etc/group; @devices: of FerryDevice */
GBytes *ferry_extract_make (FerryScrub *scrub, const char *user, GPtrArray *devices,
                            const char *path, GBytes *content);
/* Where a file or folder is, without names that identify. */
char *ferry_extract_path (FerryScrub *scrub, const char *path);
char *ferry_extract_target (FerryScrub *scrub, const char *path, const char *target);

G_END_DECLS
