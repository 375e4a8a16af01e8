/* room.c: see room.h. */
#include "config.h"

#include "guest/room.h"

FerryRoom
ferry_room_make (FerryMachine *machine, const FerryRoomNeeds *needs, guint64 disk_free)
{
  FerryRoom room = { 0 };

  return room;
}

char *
ferry_room_describe_memory (const FerryRoom *room, guint64 memory)
{
  return g_strdup ("");
}

char *
ferry_room_describe_processors (const FerryRoom *room, guint processors)
{
  return g_strdup ("");
}

char *
ferry_room_find_problem (const FerryRoom *room, const FerryGuest *guest)
{
  return NULL;
}
