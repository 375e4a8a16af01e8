/* target-open.h: how a file that is to be written is reached, and what it must not be.
 *
 * Internal to act/target. No link is followed; every folder on the way is root's, and the last one on a disk of this computer.
 */
#pragma once

#include <sys/stat.h>

#include "act/target.h"

G_BEGIN_DECLS

struct _FerryTarget
{
  int fd;
};

/* Both set @error and return FALSE. */
gboolean ferry_target_fail (GError **error, const char *path, int code);
gboolean ferry_target_refuse (GError **error, const char *path, const char *why);
gboolean ferry_target_is_ours (const struct stat *info);
int ferry_target_open_strictly (int folder, const char *path, int flags, guint mode);
/* The folder that holds @path, open for reading, and the name inside it; -1 with an error. */
int ferry_target_open_folder (FerryTarget *target, const char *path, const char **name, GError **error);

G_END_DECLS
