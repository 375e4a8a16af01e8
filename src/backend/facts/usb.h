/* usb.h: what is plugged in by USB, and which controller it hangs on.
 *
 * Reads sys/bus/usb/devices (Documentation/ABI/stable/sysfs-bus-usb and testing/sysfs-bus-usb of
 * the kernel): vendor and product, the name that the device gives itself, and the interfaces, which
 * say what it does (class codes: https://www.usb.org/defined-class-codes). Serial numbers are not
 * read.
 */
#pragma once

#include "facts/root.h"

G_BEGIN_DECLS

typedef enum
{
  FERRY_USB_OTHER,
  FERRY_USB_KEYBOARD,
  FERRY_USB_MOUSE,
  FERRY_USB_STORAGE,
  FERRY_USB_SOUND,
  FERRY_USB_CAMERA,
  FERRY_USB_BLUETOOTH,
  FERRY_USB_PRINTER
} FerryUsbKind;

typedef struct
{
  guint16 vendor, product;
  char *name;       /* "Logitech USB Receiver"; never empty */
  char *controller; /* address of the PCI function it hangs on, or NULL */
  FerryUsbKind kind;
} FerryUsb;

/* Of FerryUsb, without hubs, in the order of the kernel's names (transfer full). */
GPtrArray *ferry_usb_list (FerryRoot *root);
void ferry_usb_free (FerryUsb *usb);

G_END_DECLS
