/* plan.h: from a machine and an intent to ordered changes, with a digest.
 *
 * Pure and deterministic: the wizard, ferryctl and the root helper make the same plan from the same
 * machine. When something speaks against it, the plan has refusals and no changes; where Ferry
 * cannot prove that an edit is safe it has manual steps instead. A plan that has nothing left to do is
 * empty.
 */
#pragma once

#include "facts/error.h"
#include "facts/machine.h"
#include "plan/change.h"
#include "plan/intent.h"

G_BEGIN_DECLS

typedef struct
{
  const char *id; /* "only-display", "foreign-devices", "loader-unknown", ...: stable */
  char *text;     /* a sentence */
} FerryNote;

typedef struct
{
  GPtrArray *changes;  /* of FerryChange, in the order in which they are carried out */
  GPtrArray *refusals; /* of FerryNote: why nothing is changed */
  GPtrArray *warnings; /* of FerryNote: to be read before agreeing */
  GPtrArray *manual;   /* of char*: steps that the user can take instead */
  FerryBind bind;      /* how the card is taken, after "auto" was resolved */
  gboolean restart;    /* a restart is needed afterwards */
  char **words;        /* that the kernel has to be started with; NULL in a plan that was read from JSON */
  char *digest;        /* SHA-256 over intent and changes, 64 hexadecimal digits */
} FerryPlan;

FerryPlan *ferry_plan_new (void);
FerryPlan *ferry_plan_make (FerryMachine *machine, const FerryIntent *intent);
gboolean ferry_plan_is_empty (const FerryPlan *plan);
const FerryNote *ferry_plan_find_refusal (const FerryPlan *plan, const char *id);
void ferry_plan_free (FerryPlan *plan);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (FerryPlan, ferry_plan_free)

/* Used by the parts of the planner. */
void ferry_plan_refuse (FerryPlan *plan, const char *id, const char *format, ...) G_GNUC_PRINTF (3, 4);
void ferry_plan_warn (FerryPlan *plan, const char *id, const char *format, ...) G_GNUC_PRINTF (3, 4);
void ferry_plan_add_manual (FerryPlan *plan, const char *format, ...) G_GNUC_PRINTF (2, 3);
void ferry_plan_add (FerryPlan *plan, FerryChange *change); /* takes @change */

G_END_DECLS
