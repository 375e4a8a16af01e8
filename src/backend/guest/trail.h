/* trail.h: what was made so far, so that it can be taken back when a later step fails.
 *
 * Pools, networks, images and the machine itself, taken back in reverse order. When libvirt ended in the middle, it
 * is waited for; what could not be taken back then is named, nothing is left without a word.
 */
#pragma once

#include "guest/virt.h"

G_BEGIN_DECLS

typedef enum
{
  FERRY_TRAIL_POOL,    /* a name */
  FERRY_TRAIL_NETWORK, /* a name; it was started. After a newline "autostart" when it had that before */
  FERRY_TRAIL_VOLUME,  /* an absolute path */
  FERRY_TRAIL_MACHINE  /* a name and, after a newline, the UUID */
} FerryTrailKind;

typedef struct _FerryTrail FerryTrail;

FerryTrail *ferry_trail_new (FerryVirt *virt);
void ferry_trail_add (FerryTrail *trail, FerryTrailKind kind, const char *what);
char **ferry_trail_list_volumes (FerryTrail *trail);
/* TRUE when everything is as it was; otherwise @left says what is still there (transfer full). */
gboolean ferry_trail_take_back (FerryTrail *trail, char **left);
void ferry_trail_free (FerryTrail *trail);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (FerryTrail, ferry_trail_free)

G_END_DECLS
