/* device-words.h: what a device, an IOMMU group and a role are called in front of a newcomer.
 *
 * Words only, no widget: a kind ("Graphics card") from the PCI class code, a short name
 * ("GeForce GTX 970") from the names of libpci, the name of an icon. Class codes: PCI Code and ID
 * Assignment Specification, as listed in pci.ids.
 */
#pragma once

#include "facts/machine.h"
#include "plan/verdict.h"

G_BEGIN_DECLS

const char *ferry_device_words_kind (FerryDevice *device);
const char *ferry_device_words_icon (FerryDevice *device);
char *ferry_device_words_vendor (FerryDevice *device);
char *ferry_device_words_name (FerryDevice *device);
char *ferry_device_words_title (FerryDevice *device);
char *ferry_device_words_technical (FerryDevice *device);
char *ferry_device_words_group (int group, guint n_devices);
char *ferry_device_words_contents (GPtrArray *devices);
char *ferry_device_words_needs (FerryDevice *device);
const char *ferry_device_words_role (FerryRole role);
char *ferry_device_words_spoken (FerryDevice *device, FerryRole role);
char *ferry_device_words_card (const FerryCard *card);

G_END_DECLS
