/* device.h: one PCI function, as sysfs shows it.
 *
 * Reads sys/bus/pci/devices/ADDRESS (Documentation/ABI/testing/sysfs-bus-pci); libpci gives the
 * names. What the host needs from the device is filled in by facts/needs, the drivers that could
 * take it by facts/modules. The fields are read only after ferry_devices_read(); a FerryDevice is a
 * GObject so that list models can hold it.
 */
#pragma once

#include <glib-object.h>

#include "facts/address.h"
#include "facts/answer.h"
#include "facts/root.h"

G_BEGIN_DECLS

#define FERRY_DEVICE_MAX 65536
#define FERRY_DEVICE_NO_GROUP (-1)
#define FERRY_DEVICE_N_BARS 6

typedef struct
{
  guint64 start, size; /* bytes; size 0 when unused */
  gboolean memory, prefetchable, wide; /* wide: 64-bit */
  guint64 resizable;   /* bitmap of resourceN_resize, bit n = 2^(n+20) bytes; 0 when fixed.
                          Read for graphics cards and accelerators only */
} FerryBar;

typedef struct
{
  char *name;           /* "HDMI-A-1" */
  FerryAnswer connected;
} FerryConnector;

/* Why the host needs a device. */
typedef enum
{
  FERRY_NEED_DISK = 1 << 0,     /* a mounted file system or active swap is on it */
  FERRY_NEED_NETWORK = 1 << 1,  /* the default route goes through it */
  FERRY_NEED_KEYBOARD = 1 << 2, /* the only keyboards hang on it */
  FERRY_NEED_SCREEN = 1 << 3    /* a connected screen is driven by it */
} FerryNeed;

#define FERRY_TYPE_DEVICE (ferry_device_get_type ())
G_DECLARE_FINAL_TYPE (FerryDevice, ferry_device, FERRY, DEVICE, GObject)

struct _FerryDevice
{
  GObject parent_instance;

  FerryAddress address;
  char *id; /* the address as text, "0000:01:00.0" */
  guint32 class_code; /* 24 bits: class, subclass, interface */
  guint16 vendor, device, subvendor, subdevice; /* subvendor 0 when not there */
  guint8 revision;
  char *vendor_name, *device_name, *class_name, *subsystem_name; /* by libpci, never NULL */
  char *driver;        /* name, or NULL */
  char **modules;      /* of a graphics card: modules that could take it, of all installed kernels */
  char **built_in;     /* of a graphics card: drivers inside of one of these kernels that could take it */
  int group;           /* IOMMU group or FERRY_DEVICE_NO_GROUP */
  gboolean bridge;     /* header type 1 or 2, or class 0600/0604/0607/0609 */
  gboolean responding; /* FALSE when the configuration space reads all ones (rev ff) */
  char *parent_id;     /* address of the bridge above, or NULL on a root bus or when unknown */
  gboolean placed;     /* the place is known: without parent_id it is on a root bus */
  guint8 secondary, subordinate; /* bridges: first and last bus below; 0 when unknown */
  FerryBar bars[FERRY_DEVICE_N_BARS];
  FerryAnswer rom;     /* YES: has an option ROM; UNKNOWN when the resources cannot be read */
  FerryAnswer rom_uefi; /* YES: the ROM has an EFI image; UNKNOWN when only root can read it */
  char **reset_methods; /* as in reset_method; empty when none or unknown */
  FerryAnswer reset_known; /* YES: reset_method could be read */
  FerryAnswer boot_vga;
  GPtrArray *connectors; /* of FerryConnector */
  guint needs;           /* FerryNeed bits */
  char **need_details;   /* one plain line each: "/home", "enp3s0", "Logitech K120" */
};

GPtrArray *ferry_devices_read (FerryRoot *root, GError **error);
FerryDevice *ferry_devices_find (GPtrArray *devices, const char *id);
gboolean ferry_device_is_display (FerryDevice *device); /* class 03xx */
gboolean ferry_device_is_accelerator (FerryDevice *device); /* class 1200 */
gboolean ferry_device_is_bmc (FerryDevice *device);
gboolean ferry_device_same_ids (FerryDevice *a, FerryDevice *b); /* vendor:device */
char *ferry_device_describe (FerryDevice *device); /* "NVIDIA Corporation GM204 [GeForce GTX 970]" */

G_END_DECLS
