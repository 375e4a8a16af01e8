/* iommu.c: see iommu.h. */
#include "config.h"

#include "facts/iommu.h"

FerryIommu *ferry_iommu_read (FerryRoot *root, const char *log) { FerryIommu *p = g_new0 (FerryIommu, 1); p->units = g_new0 (char *, 1); return p; }
void ferry_iommu_free (FerryIommu *p) { g_strfreev (p->units); g_free (p); }
