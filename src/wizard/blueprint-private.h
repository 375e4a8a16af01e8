/* blueprint-private.h: what is inside of a blueprint, for blueprint*.c alone. */
#pragma once

#include "blueprint.h"
#include "session.h"

G_BEGIN_DECLS

struct _FerryBlueprint
{
  GObject parent_instance;

  FerrySession *session; /* not owned: it has the blueprint */
  FerryWorkshop *workshop;
  FerryCatalogue *catalogue; /* NULL until it has been read */
  gboolean begun;            /* somebody looks at it */

  FerryGuest *guest;
  FerryOffer *offer;
  guint by_hand;         /* FerryBlueprintPart bits */
  gboolean without_card; /* the person does not want to give it */
  FerryTuning *tuning;

  GCancellable *looking; /* an image is being looked at */
  FerryDisc *disc;
  char *trouble; /* why the image cannot be used */

  gboolean agreed; /* it may be made */
  char *made;      /* the name of what was made, or NULL */
};

/* Fills in what the person did not set by hand, from the computer, the card and the system. */
void ferry_blueprint_suit (FerryBlueprint *self);

G_END_DECLS
