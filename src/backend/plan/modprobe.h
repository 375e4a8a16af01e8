/* modprobe.h: the lines of modprobe.d in the order in which modprobe reads them.
 *
 * Pure: from the files that were looked at. Format and order: modprobe.d(5); kmod sorts all files by their names, a
 * file below /etc hides one of the same name below /usr/lib, and only the first "softdep" line of a module counts
 * (kmod, libkmod/libkmod-config.c and kmod_module_get_softdeps()).
 */
#pragma once

#include "facts/configuration.h"

G_BEGIN_DECLS

typedef struct
{
  char *path;   /* of the file */
  char **words; /* "softdep", "nvidia", "pre:", ...; at least two */
} FerryModprobeLine;

/* Of FerryModprobeLine; the file @own is left out. */
GPtrArray *ferry_modprobe_read (const FerryConfiguration *configuration, const char *own);
/* Whether two names mean one module: '-' and '_' are the same. */
gboolean ferry_modprobe_same (const char *a, const char *b);
/* The first line with that command for that module, or NULL. */
const FerryModprobeLine *ferry_modprobe_find (GPtrArray *lines, const char *command, const char *module);

G_END_DECLS
