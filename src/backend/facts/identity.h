/* identity.h: how this computer and its people are called, so that the names can be replaced.
 *
 * Reads etc/passwd (passwd(5)), etc/hostname (hostname(5)) and proc/sys/kernel/hostname. Names that
 * tell nothing, such as "manjaro" or "user", are left out: replacing them would change facts.
 */
#pragma once

#include "facts/root.h"

G_BEGIN_DECLS

typedef struct
{
  char *name;       /* lower case */
  const char *kind; /* "user", "name" or "host" */
  gboolean asks;    /* the user who runs Ferry */
} FerryIdentity;

GPtrArray *ferry_identities_read (FerryRoot *root);
gboolean ferry_identity_is_public (const char *name);

G_END_DECLS
