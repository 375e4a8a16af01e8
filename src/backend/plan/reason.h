/* reason.h: what speaks for and against giving one card away; private to plan/verdict.
 *
 * A table of small rules. Each looks at the machine and one card and adds a FerryReason or nothing;
 * the rule about equal ids also decides how the card is to be taken (FerryBind).
 */
#pragma once

#include "plan/verdict.h"

G_BEGIN_DECLS

void ferry_reasons_find (FerryMachine *machine, FerryVerdict *verdict);
void ferry_reason_free (FerryReason *reason);

/* Used by the rules; add takes @text, @devices may be NULL. */
void ferry_reason_add (FerryVerdict *verdict, const char *id, FerryCardVerdict level, char *text,
                       GPtrArray *devices);
gboolean ferry_reason_is_given_away (const FerryCard *card);
void ferry_reason_look_at_screens (FerryMachine *machine, FerryVerdict *verdict);
void ferry_reason_look_at_boot_screen (FerryMachine *machine, FerryVerdict *verdict);
void ferry_reason_look_for_foreign_devices (FerryMachine *machine, FerryVerdict *verdict);
void ferry_reason_look_for_groups (FerryMachine *machine, FerryVerdict *verdict);
void ferry_reason_look_for_bridges (FerryMachine *machine, FerryVerdict *verdict);

G_END_DECLS
