/* wish.h: what the person wants, beside the graphics card itself.
 *
 * The options of FerryIntent as properties that switches can be bound to: binding (a FerryBinding),
 * install, show-menu, passthrough-mode, join-group, accept-only-display, accept-acs-override.
 */
#pragma once

#include <glib-object.h>

#include "plan/intent.h"

G_BEGIN_DECLS

#define FERRY_TYPE_WISH (ferry_wish_get_type ())
G_DECLARE_FINAL_TYPE (FerryWish, ferry_wish, FERRY, WISH, GObject)

FerryWish *ferry_wish_new (void);

FerryIntent *ferry_wish_make_intent (FerryWish *self, const FerryAddress *card);
void ferry_wish_repeat (FerryWish *self, const FerryIntent *intent);
FerryBinding ferry_wish_get_binding (FerryWish *self);
void ferry_wish_set_binding (FerryWish *self, FerryBinding binding);
void ferry_wish_set_accepted (FerryWish *self, gboolean only_display, gboolean acs_override);

G_END_DECLS
