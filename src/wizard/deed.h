/* deed.h: what one can do with a virtual machine that is there: jobs for the workshop.
 *
 * Start, shut down, give it the card or take it away, remove it. Each is looked at first where it
 * changes something that matters: then it says what it would do. Calls libvirt, in the thread only.
 */
#pragma once

#include "workshop.h"

G_BEGIN_DECLS

typedef enum
{
  FERRY_DEED_START,
  FERRY_DEED_SHUT_DOWN,
  FERRY_DEED_GIVE,
  FERRY_DEED_TAKE,
  FERRY_DEED_REMOVE
} FerryDeedKind;

typedef struct
{
  FerryDeedKind kind;
  char *machine;
  FerryMachine *computer; /* or NULL: not looked at yet */
  GArray *card;     /* of FerryAddress: what is given or taken; may be empty */
  char *after;      /* the description that was agreed to, or NULL */
  char *diff;       /* what would be another in it, or NULL */
  GPtrArray *notes; /* of char *: sentences to read before */
} FerryDeed;

FerryDeed *ferry_deed_new (FerryDeedKind kind, const char *machine, FerryMachine *computer,
                           const GArray *card);
void ferry_deed_free (FerryDeed *deed);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (FerryDeed, ferry_deed_free)

/* FerryWorkshopJob with a FerryDeed: the first fills in what would be done, the second does it. */
gboolean ferry_deed_look (FerryVirt *virt, gpointer deed, GCancellable *cancellable,
                          GError **error);
gboolean ferry_deed_do (FerryVirt *virt, gpointer deed, GCancellable *cancellable, GError **error);

G_END_DECLS
