/* room.h: how much memory, how many processors and how large a disk this computer can give.
 *
 * Pure. A passed-through card makes QEMU take all memory of the virtual machine at its start
 * (VFIO pins it), so what the computer keeps is kept here. Needs of the systems come from guest/catalogue.
 */
#pragma once

#include "facts/machine.h"
#include "guest/guest.h"

G_BEGIN_DECLS

/* What a system asks for; 0 where nobody says. */
typedef struct
{
  guint64 memory_min, memory_recommended; /* bytes */
  guint processors_min, processors_recommended;
  guint64 disk_min, disk_recommended; /* bytes */
} FerryRoomNeeds;

typedef struct
{
  guint64 memory_min, memory_good, memory_max; /* bytes, multiples of 1 MiB; max 0: not enough */
  guint64 memory_total;                        /* of the computer */
  guint processors_min, processors_good, processors_max;
  guint processors_total;
  guint64 disk_min, disk_good, disk_max; /* bytes, whole GiB; max 0: not enough space */
} FerryRoom;

FerryRoom ferry_room_make (FerryMachine *machine, const FerryRoomNeeds *needs, guint64 disk_free);
/* The sentence below a slider: what the computer keeps (transfer full). */
char *ferry_room_describe_memory (const FerryRoom *room, guint64 memory);
char *ferry_room_describe_processors (const FerryRoom *room, guint processors);
/* NULL when all is well, else why it is too small or too large (transfer full). */
char *ferry_room_find_problem (const FerryRoom *room, const FerryGuest *guest);
/* The same, but only what this computer does not have (transfer full): what a system asks for is not looked at. */
char *ferry_room_find_excess (const FerryRoom *room, const FerryGuest *guest);

G_END_DECLS
