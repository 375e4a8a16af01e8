/* use.h: something that the running host uses, and where the hardware for it is.
 *
 * A value that facts/block, facts/route and facts/keyboard give to facts/needs. The place is a
 * path as in sys/devices; each PCI address in it is a device on the way to the hardware.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Things that are looked at for one reason; more is not a computer but an attack. */
#define FERRY_USE_MAX 4096

typedef struct
{
  char *name;  /* for a person: "/home", "enp3s0", "Logitech K120" */
  char *place; /* "../../devices/pci0000:00/0000:00:17.0/ata1/host0/..." */
} FerryUse;

void ferry_use_add (GPtrArray *uses, const char *name, const char *place);
GPtrArray *ferry_uses_new (void);

G_END_DECLS
