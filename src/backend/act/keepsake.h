/* keepsake.h: the files that a tool rewrites in place, kept byte for byte in the journal while a change is made.
 *
 * Internal to act/. What is kept, and whether it existed, stands in the journal before the first copy is made; a tool
 * runs only when all copies are there. So copies that are not complete say that no tool has run. They are given back as
 * files, without any program, as often as wanted, and forgotten when the move has ended.
 */
#pragma once

#include "act/journal.h"

G_BEGIN_DECLS

/* Copies everything that the steps of @entry rewrite in place; nothing when there is no such step. */
gboolean ferry_keepsake_keep (FerryRoot *root, FerryTarget *target, FerryEntry *entry, GError **error);
/* Whether what the steps rewrite can be given back. */
gboolean ferry_keepsake_is_complete (FerryTarget *target, const FerryEntry *entry);
gboolean ferry_keepsake_give_back (FerryRoot *root, FerryTarget *target, const FerryEntry *entry, GError **error);
void ferry_keepsake_forget (FerryTarget *target, const FerryEntry *entry);
gboolean ferry_keepsake_is_forgotten (FerryTarget *target, const FerryEntry *entry);

G_END_DECLS
