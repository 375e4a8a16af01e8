/* storage.h: where the images of a virtual machine go.
 *
 * libvirt keeps images in storage pools. Ferry takes the pool with the name default, or the one that has the usual
 * folder, or makes it. Names of images are made from the name of the machine and never those of images that exist.
 */
#pragma once

#include "facts/root.h"
#include "guest/virt.h"

G_BEGIN_DECLS

#define FERRY_STORAGE_POOL "default"

typedef struct
{
  char *pool;        /* name */
  char *folder;      /* absolute */
  guint64 available; /* bytes; G_MAXUINT64 when it is not known yet */
  gboolean missing;  /* has to be made */
  gboolean stopped;  /* has to be started */
} FerryStorage;

FerryStorage *ferry_storage_choose (FerryVirt *virt, FerryRoot *root, const char *wanted, GError **error);
gboolean ferry_storage_check_space (const FerryStorage *storage, guint64 needed, GError **error);
char *ferry_storage_make_name (const char *name, const char *suffix, guint attempt);
char *ferry_storage_find_name (FerryVirt *virt, const FerryStorage *storage, const char *name, const char *suffix);
void ferry_storage_free (FerryStorage *storage);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (FerryStorage, ferry_storage_free)

G_END_DECLS
