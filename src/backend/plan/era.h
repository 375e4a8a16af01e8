/* era.h: how old a main board is, as far as its setup menus depend on that.
 *
 * Pure. On Intel the ISA bridge at 00:1f.0 tells the chipset series (ids: pci.ids), because board
 * names such as MAXIMUS do not; on AMD the board's name does, else the processor's family.
 */
#pragma once

#include "facts/machine.h"

G_BEGIN_DECLS

typedef struct
{
  const char *platform; /* "intel", "amd", or "" */
  const char *socket;   /* "AM3", "AM4", "AM5", or "" */
  guint series;         /* 7 = Z77, 100 = Z170, 550: 500; 0 when unknown */
  guint year;           /* of the firmware, 0 when unknown */
  gboolean laptop;
} FerryEra;

/* How well an era as the data file writes it fits; larger is better. */
typedef enum
{
  FERRY_ERA_WRONG,
  FERRY_ERA_UNSURE, /* "?", or the machine does not tell its own era */
  FERRY_ERA_ANY,
  FERRY_ERA_RIGHT
} FerryEraFit;

FerryEra ferry_era_find (FerryMachine *machine);
FerryEraFit ferry_era_fit (const FerryEra *era, const char *text);

G_END_DECLS
