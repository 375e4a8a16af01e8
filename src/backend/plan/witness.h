/* witness.h: what the computer was like when a change was made, as far as a later look compares with it.
 *
 * A value, made from the scan that the plan was made from. Kept in the journal and told by the helper as
 * a{sv}: kernel (s), bind (s), words (as), functions and neighbours (a(sqqqqi): address, vendor, device,
 * subsystem vendor, subsystem device, IOMMU group or -1). Reading is strict in types and bounds; a key
 * that is not known is left out, so that older and newer versions understand each other.
 */
#pragma once

#include "facts/machine.h"
#include "plan/plan.h"

G_BEGIN_DECLS

#define FERRY_WITNESS_MAX 512

typedef struct
{
  char *id; /* address */
  guint16 vendor, device, subvendor, subdevice;
  int group; /* or FERRY_DEVICE_NO_GROUP */
} FerryWitnessDevice;

typedef struct
{
  char *kernel;          /* release, "" when unknown */
  FerryBind bind;        /* how the card was to be taken */
  char **words;          /* that the kernel was to be started with */
  GPtrArray *functions;  /* of FerryWitnessDevice: all functions of the chosen cards */
  GPtrArray *neighbours; /* of FerryWitnessDevice: the others of their groups, without bridges */
} FerryWitness;

FerryWitness *ferry_witness_make (FerryMachine *machine, const FerryPlan *plan, const FerryIntent *intent);
FerryWitness *ferry_witness_from_variant (GVariant *variant);
GVariant *ferry_witness_to_variant (const FerryWitness *witness);
void ferry_witness_free (FerryWitness *witness);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (FerryWitness, ferry_witness_free)

/* Whether @device is of the same model as @kept, also of the same maker of the board. */
gboolean ferry_witness_is_same (const FerryWitnessDevice *kept, FerryDevice *device);

G_END_DECLS
