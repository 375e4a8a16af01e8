/* trouble-view.h: an error of libvirt, in words: what happened, what to do, and, opened, its own
 * text.
 *
 * Shows errors of guest/symptom. Emits "again" when the person wants to try once more.
 */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define FERRY_TYPE_TROUBLE_VIEW (ferry_trouble_view_get_type ())
G_DECLARE_FINAL_TYPE (FerryTroubleView, ferry_trouble_view, FERRY, TROUBLE_VIEW, AdwBin)

void ferry_trouble_view_set_error (FerryTroubleView *self, const GError *error);

G_END_DECLS
