/* medium.h: whether the virtual machine can read a file of the user, such as an installation medium.
 *
 * QEMU runs as a user of its own, who cannot look into most home folders or onto USB sticks. Such a file is copied for it;
 * nobody's folder is opened for others. Reads modes and owners below a root, nothing else.
 */
#pragma once

#include "facts/root.h"

G_BEGIN_DECLS

typedef struct
{
  char *path;          /* absolute, free of links */
  guint64 size;        /* bytes */
  gboolean reachable;  /* the user of QEMU comes there */
  char *obstacle;      /* the first folder that the user of QEMU may not enter, or the file; NULL when reachable */
} FerryMedium;

typedef enum
{
  FERRY_MEDIUM_DISC, /* libvirt gives it to the user of QEMU while the machine runs */
  FERRY_MEDIUM_ROM   /* QEMU reads it as it is */
} FerryMediumKind;

FerryMedium *ferry_medium_check (FerryRoot *root, const char *path, FerryMediumKind kind, guint uid, guint gid, GError **error);
char *ferry_medium_describe (const FerryMedium *medium);
void ferry_medium_free (FerryMedium *medium);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (FerryMedium, ferry_medium_free)

G_END_DECLS
