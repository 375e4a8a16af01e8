/* virt-private.h: what the parts of virt share; nobody else includes it. */
#pragma once

#include <stdlib.h>

#include "facts/error.h"
#include "guest/virt-library.h"
#include "guest/virt.h"

G_BEGIN_DECLS

struct _FerryVirt
{
  gatomicrefcount references;
  const FerryVirtLibrary *library;
  virConnectPtr connection;
  char *uri;
};

/* Converts libvirt's last error of this thread; returns FALSE. */
gboolean ferry_virt_fail (FerryVirt *self, GError **error);
int ferry_virt_map_code (int code);

guint64 ferry_virt_count_pages (const char *xml, guint *size);
gboolean ferry_virt_set_pages_aside (FerryVirt *self, const char *xml, GError **error);

G_END_DECLS
