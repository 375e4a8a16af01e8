/* gift.h: gives a graphics card to a virtual machine that exists, or takes it away again.
 *
 * Pure: libvirt's XML in, XML out, edited as a tree so that everything else stays as it is. It does
 * not talk to libvirt; guest/virt reads and defines. Format: https://libvirt.org/formatdomain.html
 * ("hostdev"). Hostile input is bounded and nothing is fetched.
 */
#pragma once

#include "facts/address.h"

G_BEGIN_DECLS

typedef struct
{
  char *name;       /* of the virtual machine */
  char *before;     /* as given, but written in the same way as @after, so that only changes differ */
  char *after;      /* the same text as @before when there is nothing to do */
  gboolean changed;
  GPtrArray *notes; /* of char *: what was done or is worth knowing, a sentence each */
} FerryGift;

/* @functions: of FerryAddress, display function first; @rom: (nullable) absolute path */
FerryGift *ferry_gift_give (const char *xml, const GArray *functions, const char *rom,
                            GError **error);
FerryGift *ferry_gift_take (const char *xml, const GArray *functions, GError **error);
void ferry_gift_free (FerryGift *gift);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (FerryGift, ferry_gift_free)

/* The PCI functions of the computer that @xml gives away, of FerryAddress (transfer full). */
GArray *ferry_gift_list (const char *xml, GError **error);

G_END_DECLS
