/* guest.h: what the virtual machine should be, before anything is made.
 *
 * A plain value: the user's choices in Ferry's words. It knows no libvirt, no XML and no file; guest/domain
 * makes libvirt's XML from it. ferry_guest_check() is the one place that says whether the values
 * make sense together.
 */
#pragma once

#include "facts/address.h"

G_BEGIN_DECLS

#define FERRY_GUEST_MAX_NAME 100       /* bytes; libvirt makes file names of it, 255 bytes at most */
#define FERRY_GUEST_MAX_PATH 4096      /* bytes (PATH_MAX) */
#define FERRY_GUEST_MAX_FUNCTIONS 32   /* PCI functions of the computer */
#define FERRY_GUEST_MAX_USB 16
#define FERRY_GUEST_MAX_INPUTS 8
#define FERRY_GUEST_MIN_MEMORY (G_GUINT64_CONSTANT (256) << 20)
#define FERRY_GUEST_MAX_MEMORY (G_GUINT64_CONSTANT (16) << 40)
#define FERRY_GUEST_MAX_PROCESSORS 255 /* more need an IOMMU inside the virtual machine */
#define FERRY_GUEST_MIN_DISK (G_GUINT64_CONSTANT (1) << 30)
#define FERRY_GUEST_MAX_DISK (G_GUINT64_CONSTANT (64) << 40)

typedef enum
{
  FERRY_GUEST_OTHER,
  FERRY_GUEST_LINUX,
  FERRY_GUEST_WINDOWS
} FerryGuestFamily;

/* A USB device of the computer, by what it is and not by where it is plugged in. */
typedef struct
{
  guint16 vendor, product;
} FerryGuestUsb;

typedef struct
{
  char *name;      /* of the virtual machine */
  char *system;    /* libosinfo's short id, "win11", "ubuntu24.04"; "" when not known */
  char *system_id; /* libosinfo's id, "http://microsoft.com/win/11"; "" when not known */
  FerryGuestFamily family;
  gboolean secure_boot; /* the system asks for Secure Boot */
  gboolean tpm;         /* the system asks for a TPM 2.0 */

  char *medium;  /* the installation medium, absolute path of an ISO image; NULL for none */
  char *drivers; /* the virtio-win medium, absolute path; NULL for none */

  guint64 memory;   /* bytes, a multiple of 1 MiB */
  guint processors; /* threads that the virtual machine sees */

  char *disk;        /* absolute path of the disk image or block device; NULL for none */
  char *disk_format; /* "qcow2" or "raw" */
  gboolean disk_new; /* the image does not exist yet */
  guint64 disk_size; /* bytes, of a new image */
  char *pool;        /* libvirt storage pool of a new image */

  GArray *card;  /* of FerryAddress: all functions of the graphics card, display function first */
  char *rom;     /* option ROM for the display function, absolute path; NULL: the card's own */
  GArray *gear;  /* of FerryAddress: other PCI functions, such as a USB controller */
  GArray *usb;   /* of FerryGuestUsb */
  char **keyboards, **mice; /* names in dev/input/by-id that the two take turns with; may be empty */

  gboolean looking_glass; /* show the card's picture in a window */
  guint glass_width, glass_height;
  gboolean glass_hdr;

  gboolean window;  /* a screen in a window of this computer (SPICE), for the installation */
  gboolean audio;   /* sound through that window */
  char *network;    /* libvirt network, "default"; NULL for none */

  gboolean tuning;     /* one switch for all below */
  gboolean pinning;    /* virtual processors stay on cores of their own */
  gboolean huge_pages; /* memory in large pages, taken before the start */
  gboolean hidden;     /* for NVIDIA drivers before 465, which refused to run in virtual machines */
} FerryGuest;

FerryGuest *ferry_guest_new (void);
FerryGuest *ferry_guest_copy (const FerryGuest *guest);
void ferry_guest_free (FerryGuest *guest);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (FerryGuest, ferry_guest_free)

/* Replaces a text member: takes a copy of @text (nullable). */
void ferry_guest_set (char **member, const char *text);
gboolean ferry_guest_check_name (const char *name, GError **error);
gboolean ferry_guest_check (const FerryGuest *guest, GError **error);

/* Whether disk and network are virtio: Windows needs the drivers medium for it. */
gboolean ferry_guest_uses_virtio (const FerryGuest *guest);
/* Shared memory that Looking Glass needs, bytes; 0 when it is off or the size makes no sense. */
guint64 ferry_guest_count_glass (const FerryGuest *guest);
const char *ferry_guest_family_to_string (FerryGuestFamily family); /* "windows", "linux", "other" */

G_END_DECLS
