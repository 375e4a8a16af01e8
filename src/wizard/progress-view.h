/* progress-view.h: a change while it is made: a bar, its steps, a log to open, and a way to stop.
 *
 * Shows what the helper tells (stages and steps of act/transaction). Emits "cancel" when the person
 * wants it to stop; that is offered only as long as everything can still be put back.
 */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define FERRY_TYPE_PROGRESS_VIEW (ferry_progress_view_get_type ())
G_DECLARE_FINAL_TYPE (FerryProgressView, ferry_progress_view, FERRY, PROGRESS_VIEW, AdwBin)

void ferry_progress_view_begin (FerryProgressView *self, GPtrArray *changes);
void ferry_progress_view_tell (FerryProgressView *self, const char *stage, guint step, guint of,
                               const char *title);

G_END_DECLS
