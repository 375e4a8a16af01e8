/* evidence.h: what is known beside the machine itself: the change in force, and what only root can read.
 *
 * A value, made from the facts of Inspect() of org.ferryvm.Helper1 (a{sv}), or from the same facts that
 * ferryctl collects itself as root. Strict in types and bounds; unknown keys are left out. Everything may
 * be missing.
 */
#pragma once

#include "plan/intent.h"
#include "plan/log-line.h"
#include "plan/witness.h"

G_BEGIN_DECLS

typedef struct
{
  char *path; /* relative to the root */
  FerryAnswer ready; /* the driver for virtual machines is inside */
} FerryEvidenceImage;

typedef struct
{
  FerryAnswer known;     /* YES: it could be told whether a change is in force */
  FerryIntent *intent;   /* of the newest change in force, or NULL */
  FerryWitness *witness; /* of that change, NULL when it was not kept */
  gint64 changed;        /* its time, seconds since 1970, 0 when unknown */
  gint64 started;        /* start of the running system, 0 when unknown */
  char **edited;         /* paths that are no longer as the change left them; NULL: unknown */
  char **pending;        /* what making the same change again would do: paths and kinds; NULL: unknown */
  GPtrArray *images;     /* of FerryEvidenceImage; empty when unknown */
  FerryAnswer menu;      /* the boot menu has the words in every normal entry */
  FerryAnswer network;   /* libvirt's network "default" runs, or starts with the computer */
  GPtrArray *log;        /* of FerryLogLine; NULL when the log could not be read */
  GHashTable *roms;      /* address to GINT_TO_POINTER (FerryAnswer): has a UEFI image; never NULL */
} FerryEvidence;

FerryEvidence *ferry_evidence_new (void);
FerryEvidence *ferry_evidence_from_variant (GVariant *facts, FerryMachine *machine, gint64 started);
void ferry_evidence_free (FerryEvidence *evidence);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (FerryEvidence, ferry_evidence_free)

G_END_DECLS
