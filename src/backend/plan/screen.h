/* screen.h: the processor's own graphics as the screen that stays with the host.
 *
 * Pure. Firmware often switches it off as soon as a card is plugged in, or starts on the card.
 */
#pragma once

#include "facts/machine.h"

G_BEGIN_DECLS

gboolean ferry_screen_is_hidden (FerryMachine *machine);
gboolean ferry_screen_starts_on_card (FerryMachine *machine);
guint ferry_screen_count (FerryMachine *machine);

G_END_DECLS
