/* hostdev.h: the part of libvirt's XML that gives a device of the computer away.
 *
 * Format: https://libvirt.org/formatdomain.html#host-device-assignment. PCI functions of one slot of
 * the computer are put together again as one device of the virtual machine, on a port of its own, so
 * that the driver inside finds the card as it knows it. Used by guest/domain and guest/gift.
 */
#pragma once

#include "facts/address.h"
#include "guest/element.h"
#include "guest/guest.h"

G_BEGIN_DECLS

/* How many slots of the computer @functions (of FerryAddress) are in. */
guint ferry_hostdev_count_slots (const GArray *functions);
void ferry_hostdev_add (FerryElement *devices, const GArray *functions, guint port,
                        const char *rom);
void ferry_hostdev_add_usb (FerryElement *devices, const FerryGuestUsb *usb);

/* Whether @element is a hostdev that gives a PCI function away, and which. */
gboolean ferry_hostdev_read (FerryElement *element, FerryAddress *address);

G_END_DECLS
