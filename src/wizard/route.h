/* route.h: the pages of the wizard in their order: the one place to add a page.
 *
 * A table of names, titles and types; it makes nothing. The id is what --page takes.
 */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

typedef struct
{
  const char *id;
  const char *title; /* untranslated */
  GType (*get_type) (void);
} FerryStation;

const FerryStation *ferry_route_get_steps (guint *n_steps);
const char *ferry_station_get_title (const FerryStation *station); /* translated */
gboolean ferry_route_find (const char *id, guint *position);

G_END_DECLS
