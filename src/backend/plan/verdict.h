/* verdict.h: whether one graphics card can be given to a virtual machine, and why.
 *
 * Pure. Bridges in a group are normal (kernel Documentation/driver-api/vfio.rst); every other
 * device of the group that is not part of the card is foreign and means no. Equal ids elsewhere
 * mean binding by subsystem ids or by address.
 */
#pragma once

#include "facts/machine.h"

G_BEGIN_DECLS

typedef enum
{
  FERRY_CARD_YES,
  FERRY_CARD_CAUTION, /* possible after a step or with an explicit yes */
  FERRY_CARD_NO
} FerryCardVerdict;

typedef enum
{
  FERRY_BIND_IDS,
  FERRY_BIND_SUBSYSTEM_IDS,
  FERRY_BIND_ADDRESS
} FerryBind;

typedef struct
{
  const char *id;     /* "foreign-devices", "only-display", ...: stable, part of the JSON */
  FerryCardVerdict verdict; /* what this reason alone makes of the card; YES for a remark */
  char *text;         /* a sentence for a newcomer */
  GPtrArray *devices; /* of FerryDevice (borrowed), may be empty */
} FerryReason;

typedef struct
{
  const FerryCard *card; /* borrowed from the machine */
  FerryCardVerdict verdict;
  FerryBind bind;
  char *sentence;       /* the verdict in one sentence */
  GPtrArray *reasons;   /* of FerryReason */
} FerryVerdict;

FerryVerdict *ferry_verdict_make (FerryMachine *machine, const FerryCard *card);
const FerryReason *ferry_verdict_find (const FerryVerdict *verdict, const char *id);
void ferry_verdict_free (FerryVerdict *verdict);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (FerryVerdict, ferry_verdict_free)

const char *ferry_card_verdict_to_string (FerryCardVerdict verdict); /* "yes", "caution", "no" */
const char *ferry_bind_to_string (FerryBind bind); /* "ids", "subsystem-ids", "address" */

/* Role of a device when @card (may be NULL) is the chosen one. */
typedef enum
{
  FERRY_ROLE_STAYS,
  FERRY_ROLE_PASSED,
  FERRY_ROLE_NEEDED, /* the host needs it */
  FERRY_ROLE_BRIDGE  /* part of the bus: stays, and is no obstacle */
} FerryRole;
FerryRole ferry_role_of (FerryDevice *device, const FerryCard *card);

G_END_DECLS
