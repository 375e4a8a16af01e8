/* catalogue.h: the systems that a virtual machine can be for, and what an image file holds.
 *
 * From libosinfo and its database (https://libosinfo.org); catalogue.c is the only file that knows
 * them. Opening takes a good part of a second and an image may lie on a slow disk: call both in a
 * thread. A catalogue may be used by several threads. What the database does not know, because it
 * is older than the system, is told by the beginning of the image's name; without any database
 * there is still a short list.
 */
#pragma once

#include "guest/guest.h"
#include "guest/room.h"

G_BEGIN_DECLS

typedef struct _FerryCatalogue FerryCatalogue;

/* One system to choose. */
typedef struct
{
  char *id;   /* libosinfo's short id, "win11"; "" for a system that is not known */
  char *uri;  /* libosinfo's id, "http://microsoft.com/win/11"; "" as above */
  char *name; /* "Windows 11", "Ubuntu": translated */
  char *nick; /* what a virtual machine of it may be called: "win11" */
  FerryGuestFamily family;
  gboolean secure_boot, tpm; /* the system asks for them */
  FerryRoomNeeds needs;
} FerryOffer;

typedef enum
{
  FERRY_DISC_INSTALLER, /* a known system */
  FERRY_DISC_DRIVERS,   /* the virtio-win drivers for Windows */
  FERRY_DISC_UNKNOWN,   /* an image of a disc, of what is not known */
  FERRY_DISC_FOREIGN,   /* for processors of another kind than this program's */
  FERRY_DISC_NONE       /* not an image of a disc at all */
} FerryDiscKind;

typedef struct
{
  FerryDiscKind kind;
  char *title;       /* what to call it: "Ubuntu 24.04.1 LTS amd64"; for a person */
  char *volume;      /* name that is written in the image, "" when it has none */
  FerryOffer *offer; /* the system; NULL when it is not known */
  gboolean guessed;  /* the database does not know it: told by its name */
} FerryDisc;

FerryCatalogue *ferry_catalogue_open (void);
FerryCatalogue *ferry_catalogue_ref (FerryCatalogue *self);
void ferry_catalogue_unref (FerryCatalogue *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (FerryCatalogue, ferry_catalogue_unref)

gboolean ferry_catalogue_has_database (FerryCatalogue *self);
const GPtrArray *ferry_catalogue_list (FerryCatalogue *self);
const FerryOffer *ferry_catalogue_find (FerryCatalogue *self, const char *id);
FerryDisc *ferry_catalogue_identify (FerryCatalogue *self, const char *file, GError **error);

FerryOffer *ferry_offer_copy (const FerryOffer *offer);
void ferry_offer_free (FerryOffer *offer);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (FerryOffer, ferry_offer_free)
void ferry_offer_apply (const FerryOffer *offer, FerryGuest *guest);

void ferry_disc_free (FerryDisc *disc);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (FerryDisc, ferry_disc_free)

G_END_DECLS
