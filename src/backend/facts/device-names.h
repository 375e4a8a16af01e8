/* device-names.h: names of makers, devices and classes, from the pci.ids of this system.
 *
 * The only user of libpci, and only of its list of names: libpci's scan ends the process when a
 * file of sysfs is not as it expects. An id without a name gives what lspci prints ("Device 13c2").
 * One FerryNames is for one thread.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _FerryNames FerryNames;

FerryNames *ferry_names_new (const char *list);
void ferry_names_free (FerryNames *names);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (FerryNames, ferry_names_free)

void ferry_names_expect (FerryNames *names, guint16 vendor, guint16 device, guint16 subvendor);
char *ferry_names_get_vendor (FerryNames *names, guint16 vendor);
char *ferry_names_get_device (FerryNames *names, guint16 vendor, guint16 device);
char *ferry_names_get_class (FerryNames *names, guint32 class_code);
char *ferry_names_get_subsystem (FerryNames *names, guint16 vendor, guint16 device,
                                 guint16 subvendor, guint16 subdevice);

G_END_DECLS
