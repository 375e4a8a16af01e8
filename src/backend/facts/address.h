/* address.h: the address of a PCI function, domain:bus:slot.function.
 *
 * The one parser and the one printer of such addresses. Format: hexadecimal digits as in
 * /sys/bus/pci/devices, domain with four to eight digits ("0000:01:00.0", "10000:e1:00.0"),
 * see Documentation/ABI/testing/sysfs-bus-pci of the kernel.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct
{
  guint32 domain;
  guint8 bus;
  guint8 slot;     /* 0..31 */
  guint8 function; /* 0..7 */
} FerryAddress;

/* Room for the longest printed address and its NUL. */
#define FERRY_ADDRESS_SIZE 20

gboolean ferry_address_parse (const char *text, FerryAddress *address);
char *ferry_address_to_string (const FerryAddress *address);
char *ferry_address_to_short_string (const FerryAddress *address);
int ferry_address_compare (const FerryAddress *a, const FerryAddress *b);
gboolean ferry_address_same_slot (const FerryAddress *a, const FerryAddress *b);

G_END_DECLS
