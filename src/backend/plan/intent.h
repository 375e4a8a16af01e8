/* intent.h: what the user wants, as a small closed vocabulary.
 *
 * The only thing that travels over the bus besides the digest of the plan. Strictly parsed: an unknown
 * key, a wrong type, a duplicate or a malformed address is an error, never ignored. No path, no
 * command and no free text can be expressed in it.
 */
#pragma once

#include "facts/address.h"
#include "plan/verdict.h"

G_BEGIN_DECLS

#define FERRY_INTENT_MAX_CARDS 8

typedef enum
{
  FERRY_BINDING_AUTO, /* the narrowest way that is unambiguous on this machine */
  FERRY_BINDING_IDS,
  FERRY_BINDING_SUBSYSTEM_IDS,
  FERRY_BINDING_ADDRESS
} FerryBinding;

typedef struct
{
  GArray *cards; /* of FerryAddress: the display function of each card; empty: IOMMU and software only */
  FerryBinding binding;
  gboolean passthrough_mode;   /* iommu=pt; default TRUE */
  gboolean show_menu;          /* make a hidden boot menu visible; default TRUE */
  gboolean install;            /* install the missing software; default TRUE */
  gboolean join_group;         /* the caller joins group libvirt; default FALSE (own consent) */
  gboolean accept_only_display; /* "I know that this host will have no screen"; default FALSE */
  gboolean accept_acs_override; /* default FALSE */
} FerryIntent;

FerryIntent *ferry_intent_new (void);
FerryIntent *ferry_intent_copy (const FerryIntent *intent);
void ferry_intent_free (FerryIntent *intent);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (FerryIntent, ferry_intent_free)

/* From and to the a{sv} of org.ferryvm.Helper1; keys: cards (as), binding (s), passthrough-mode,
 * show-menu, install, join-group, accept-only-display, accept-acs-override (b). */
FerryIntent *ferry_intent_from_variant (GVariant *variant, GError **error);
GVariant *ferry_intent_to_variant (const FerryIntent *intent);
/* The options of "ferryctl apply" that mean the same. */
char *ferry_intent_to_options (const FerryIntent *intent);

const char *ferry_binding_to_string (FerryBinding binding); /* "auto", "ids", ... */
gboolean ferry_binding_from_string (const char *text, FerryBinding *binding);

G_END_DECLS
