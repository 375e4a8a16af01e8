/* menus.h: the table of setup menus, data/firmware-menus.tsv.
 *
 * Text in, rows out, and the best row for one machine and one setting. Columns and matching rules
 * are written at the head of the data file. Bounded: 256 KiB, 1,024 rows; a row that is not in the
 * format is left out. Regular expressions are matched with a limit.
 */
#pragma once

#include "facts/machine.h"
#include "plan/era.h"

G_BEGIN_DECLS

#define FERRY_MENUS_MAX_SIZE (256 * 1024)
#define FERRY_MENUS_MAX_ROWS 1024

typedef struct
{
  char **fields; /* owns all texts below */
  const char *vendor, *dmi, *platform, *era, *board, *setting, *name, *path, *key, *value,
      *certainty;
} FerryMenuRow;

typedef struct
{
  GPtrArray *rows; /* of FerryMenuRow */
} FerryMenus;

/* A row and how well it fits. */
typedef struct
{
  const FerryMenuRow *row; /* NULL when there is none */
  gboolean certain;        /* seen for this board, model line or series */
} FerryMenuEntry;

FerryMenus *ferry_menus_parse (const char *text, GError **error);
const char *ferry_menus_get_builtin (void);
FerryMenuEntry ferry_menus_find (const FerryMenus *menus, const FerryEra *era,
                                 const FerryFirmware *firmware, const char *setting);
const char *ferry_menus_find_key (const FerryMenus *menus, const FerryEra *era,
                                  const FerryFirmware *firmware);
void ferry_menus_free (FerryMenus *menus);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (FerryMenus, ferry_menus_free)

G_END_DECLS
