/* move.h: moves the computer from one side of a journal entry to the other, and back.
 *
 * Internal to act/. Apply moves forward (before to after), undo moves backward; both are the same steps with the two
 * texts exchanged. A move that fails is taken back by the reverse steps, which may be repeated at will.
 */
#pragma once

#include "act/transaction.h"

G_BEGIN_DECLS

typedef struct
{
  const FerryTransaction *transaction;
  FerryTarget *target;
  FerryMachine *machine; /* may be NULL for taking back */
  FerryEntry *entry;
  gboolean forward;
  gboolean force;        /* undo: keep an edited file aside instead of refusing */
  guint step, of;
} FerryMove;

/* Paths that are not as the journal expects on the side where the move starts (transfer full). */
GPtrArray *ferry_move_find_conflicts (FerryMove *move);
/* Files, programs, proof, switch. On failure the caller calls ferry_move_take_back(). */
gboolean ferry_move_run (FerryMove *move, GError **error);
/* Back to the side where the move started. */
gboolean ferry_move_take_back (FerryMove *move, GError **error);
/* Whether every file is on the far side and every product is in place. */
gboolean ferry_move_has_arrived (FerryMove *move);
/* Removes what is only there for a crash: new and old files beside the live ones. */
void ferry_move_clean (FerryMove *move);
gboolean ferry_move_is_clean (FerryMove *move);
/* Removes the folders that the change made, where they are empty. */
void ferry_move_remove_folders (FerryMove *move);

void ferry_move_tell (FerryMove *move, const char *stage, const char *title);

G_END_DECLS
