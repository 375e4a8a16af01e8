/* rescue-card.h: how to get back if the screen stays black, to be read, printed or taken along.
 *
 * Shows plan/rescue for the computer of the session. It is for the pages before and after a change.
 */
#pragma once

#include <adwaita.h>

#include "facts/machine.h"

G_BEGIN_DECLS

#define FERRY_TYPE_RESCUE_CARD (ferry_rescue_card_get_type ())
G_DECLARE_FINAL_TYPE (FerryRescueCard, ferry_rescue_card, FERRY, RESCUE_CARD, AdwBin)

void ferry_rescue_card_set_machine (FerryRescueCard *self, FerryMachine *machine);

G_END_DECLS
