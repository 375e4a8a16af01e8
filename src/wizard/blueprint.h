/* blueprint.h: the virtual machine that the person is describing, before it is made.
 *
 * Belongs to a session and follows its card and machine. Everything has a value that works from the
 * first moment on; what the person sets by hand stays when the rest follows another choice. It
 * knows no libvirt: what that says comes from the workshop.
 *
 * Property: guest: notified whenever anything that can be asked here may be another.
 */
#pragma once

#include "guest/catalogue.h"
#include "guest/tuning.h"
#include "workshop.h"

G_BEGIN_DECLS

/* The session has the blueprint, so it is only named here. */
typedef struct _FerrySession FerrySession;

#define FERRY_TYPE_BLUEPRINT (ferry_blueprint_get_type ())
G_DECLARE_FINAL_TYPE (FerryBlueprint, ferry_blueprint, FERRY, BLUEPRINT, GObject)

/* What the person set by hand. */
typedef enum
{
  FERRY_BLUEPRINT_NAME = 1 << 0,
  FERRY_BLUEPRINT_MEMORY = 1 << 1,
  FERRY_BLUEPRINT_PROCESSORS = 1 << 2,
  FERRY_BLUEPRINT_DISK = 1 << 3,
  FERRY_BLUEPRINT_DRIVERS = 1 << 4
} FerryBlueprintPart;

FerryBlueprint *ferry_blueprint_new (FerrySession *session, FerryWorkshop *workshop);
void ferry_blueprint_begin (FerryBlueprint *self);
gboolean ferry_blueprint_is_preview (FerryBlueprint *self);
FerryWorkshop *ferry_blueprint_get_workshop (FerryBlueprint *self);
void ferry_blueprint_set_workshop (FerryBlueprint *self, FerryWorkshop *workshop);

FerryMachine *ferry_blueprint_get_machine (FerryBlueprint *self);
FerryGuest *ferry_blueprint_get_guest (FerryBlueprint *self);
void ferry_blueprint_changed (FerryBlueprint *self, FerryBlueprintPart by_hand);

FerryCatalogue *ferry_blueprint_get_catalogue (FerryBlueprint *self);
const FerryOffer *ferry_blueprint_get_offer (FerryBlueprint *self);
void ferry_blueprint_choose_offer (FerryBlueprint *self, const FerryOffer *offer);

void ferry_blueprint_choose_medium (FerryBlueprint *self, const char *file);
gboolean ferry_blueprint_get_looking (FerryBlueprint *self);
const FerryDisc *ferry_blueprint_get_disc (FerryBlueprint *self);
const char *ferry_blueprint_get_trouble (FerryBlueprint *self);

FerryRoom ferry_blueprint_get_room (FerryBlueprint *self);
const FerryTuning *ferry_blueprint_get_tuning (FerryBlueprint *self);
gboolean ferry_blueprint_is_card_free (FerryBlueprint *self);
GArray *ferry_blueprint_list_card (FerryBlueprint *self);
void ferry_blueprint_give_card (FerryBlueprint *self, gboolean given);
char *ferry_blueprint_find_obstacle (FerryBlueprint *self);

void ferry_blueprint_agree (FerryBlueprint *self);
gboolean ferry_blueprint_take_agreement (FerryBlueprint *self);

const char *ferry_blueprint_get_made (FerryBlueprint *self);
void ferry_blueprint_set_made (FerryBlueprint *self, const char *name);

G_END_DECLS
