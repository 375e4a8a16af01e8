/* history.h: what Ferry has changed on this computer, as the helper tells it.
 *
 * A value made of the reply of History() of org.ferryvm.Helper1: newest first. Pure.
 */
#pragma once

#include "plan/intent.h"

G_BEGIN_DECLS

typedef struct
{
  char *id;
  gint64 time; /* seconds since 1970, UTC */
  char *title;
  char *state;  /* "done", "undone", ... as in the interface */
  char **paths; /* relative to the root */
} FerryPast;

typedef struct
{
  GPtrArray *entries;  /* of FerryPast */
  FerryIntent *intent; /* of the newest change that is in force, NULL when unknown */
  GVariant *facts;     /* the reply of Inspect(), NULL when nobody asked */
} FerryHistory;

FerryHistory *ferry_history_new (GVariant *reply, GVariant *facts);
void ferry_history_free (FerryHistory *history);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (FerryHistory, ferry_history_free)

const FerryPast *ferry_history_find_newest (const FerryHistory *history);
guint ferry_history_count_in_force (const FerryHistory *history);
gboolean ferry_past_is_in_force (const FerryPast *past);

G_END_DECLS
