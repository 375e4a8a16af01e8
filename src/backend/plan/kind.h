/* kind.h: what a PCI device is, in a newcomer's words.
 *
 * Pure: from the class code of a FerryDevice (PCI Code and ID Assignment Specification, base class,
 * subclass) to "a USB controller" or "a network adapter (×2)". It holds no judgement about cards;
 * that is plan/verdict. Which devices are only part of the bus is decided here, once.
 */
#pragma once

#include "facts/device.h"

G_BEGIN_DECLS

gboolean ferry_kind_is_bridge (FerryDevice *device);
gboolean ferry_kind_is_disk (FerryDevice *device);
char *ferry_kind_describe (FerryDevice *device);
char *ferry_kind_describe_list (GPtrArray *devices);
char *ferry_kind_list_ids (GPtrArray *devices);
char *ferry_kind_join (GPtrArray *texts);

G_END_DECLS
