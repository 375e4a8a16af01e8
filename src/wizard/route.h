/* route.h: the pages of the wizard in their order: the one place to add a page.
 *
 * A table of names, titles and types; it makes nothing. The id is what --page takes.
 */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/* The two halves of the way. */
typedef enum
{
  FERRY_LEG_COMPUTER, /* the computer is prepared */
  FERRY_LEG_MACHINE,  /* the virtual machine is made */
  FERRY_N_LEGS
} FerryLeg;

typedef struct
{
  const char *id;
  const char *title; /* untranslated */
  GType (*get_type) (void);
  FerryLeg leg;
} FerryStation;

const FerryStation *ferry_route_get_steps (guint *n_steps);
const char *ferry_station_get_title (const FerryStation *station); /* translated */
const char *ferry_leg_get_title (FerryLeg leg);
gboolean ferry_route_find (const char *id, guint *position);

G_END_DECLS
