/* room.c: see room.h.
 *
 * What the computer keeps is Ferry's choice, as there is no rule: 4 GiB or a quarter of the memory,
 * whichever is less, but at least 2 GiB for a desktop with a browser; one core; and a part of the
 * disk's free space, because a full file system harms the computer and every machine on it.
 */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "guest/room.h"

#define MIB (G_GUINT64_CONSTANT (1) << 20)
#define GIB (G_GUINT64_CONSTANT (1) << 30)

/* Where neither the system nor libosinfo says anything. */
#define MEMORY_MIN (1 * GIB)
#define MEMORY_GOOD (8 * GIB)
#define DISK_MIN (16 * GIB)
#define DISK_GOOD (64 * GIB)
#define DISK_KEPT (5 * GIB)
#define PROCESSORS_GOOD 4

static guint64
round_down (guint64 value, guint64 step)
{
  return value / step * step;
}

static guint64
round_up (guint64 value, guint64 step)
{
  return value > G_MAXUINT64 - step ? round_down (value, step) : round_down (value + step - 1, step);
}

static guint64
count_kept_memory (guint64 total)
{
  return CLAMP (total / 4, 2 * GIB, 4 * GIB);
}

static void
fill_memory (FerryRoom *room, guint64 total, const FerryRoomNeeds *needs)
{
  guint64 kept = count_kept_memory (total);
  guint64 wanted = MAX (needs->memory_recommended, needs->memory_min);
  guint64 max = total > kept ? round_down (total - kept, MIB) : 0;

  room->memory_total = total;
  room->memory_min = CLAMP (round_up (needs->memory_min > 0 ? needs->memory_min : MEMORY_MIN, MIB),
                            FERRY_GUEST_MIN_MEMORY, FERRY_GUEST_MAX_MEMORY);
  room->memory_max = MIN (max, FERRY_GUEST_MAX_MEMORY);
  if (room->memory_max < room->memory_min)
    room->memory_max = 0;
  /* A computer that plays needs more than the least that its maker asks for: half of what there is,
   * at most 16 GiB, unless more is asked for. */
  wanted = MAX (round_up (wanted > 0 ? wanted : MEMORY_GOOD, MIB),
                MIN (round_down (total / 2, GIB), 16 * GIB));
  room->memory_good = room->memory_max > 0 ? CLAMP (wanted, room->memory_min, room->memory_max) : 0;
}

/* One core stays with the computer: all threads of the first one. */
static guint
count_kept_threads (FerryMachine *machine)
{
  const FerryCores *cores = machine->cores;
  guint kept = 0;

  if (cores == NULL || !cores->known || cores->threads->len == 0)
    return 1;
  for (guint i = 0; i < cores->threads->len; i++)
    kept += g_array_index (cores->threads, FerryThread, i).core
            == g_array_index (cores->threads, FerryThread, 0).core;
  return kept;
}

/* The threads of the largest level 3 cache; 0 where there is only one, or it is not known. */
static guint
count_cache_threads (FerryMachine *machine)
{
  const FerryCores *cores = machine->cores;
  g_autofree guint *counts = NULL;
  guint most = 0;

  if (cores == NULL || !cores->known || cores->n_caches < 2)
    return 0;
  counts = g_new0 (guint, cores->n_caches);
  for (guint i = 0; i < cores->threads->len; i++)
    {
      const guint cache = g_array_index (cores->threads, FerryThread, i).cache;

      counts[cache]++;
      most = MAX (most, counts[cache]);
    }
  return most;
}

/* Work that is spread over a part of a second cache waits for the way between them, so 6 of 24 threads behind four caches
 * are better than 8; less than four processors are not worth it. */
static guint
fit_caches (FerryMachine *machine, guint wanted)
{
  const guint size = count_cache_threads (machine);

  return size >= 4 && wanted > size ? wanted / size * size : wanted;
}

static void
fill_processors (FerryRoom *room, FerryMachine *machine, const FerryRoomNeeds *needs)
{
  guint total = machine->cores != NULL && machine->cores->threads->len > 0
                    ? machine->cores->threads->len
                    : machine->processor->threads;
  guint kept = count_kept_threads (machine);
  guint wanted = MAX (needs->processors_recommended, needs->processors_min);

  room->processors_total = total;
  room->processors_max = CLAMP (total > kept ? total - kept : 1, 1, FERRY_GUEST_MAX_PROCESSORS);
  room->processors_min = CLAMP (needs->processors_min, 1, room->processors_max);
  wanted = MAX (wanted, fit_caches (machine, MAX (PROCESSORS_GOOD, MIN (total / 2, 8))));
  room->processors_good = CLAMP (wanted, room->processors_min, room->processors_max);
  /* Whole cores where cores have two threads. */
  if (kept == 2 && room->processors_good % 2 == 1 && room->processors_good > room->processors_min)
    room->processors_good--;
}

static void
fill_disk (FerryRoom *room, const FerryRoomNeeds *needs, guint64 disk_free)
{
  guint64 kept = MAX (DISK_KEPT, disk_free / 20);
  guint64 wanted = MAX (needs->disk_recommended, needs->disk_min);

  room->disk_min = CLAMP (round_up (needs->disk_min > 0 ? needs->disk_min : DISK_MIN, GIB),
                          FERRY_GUEST_MIN_DISK, FERRY_GUEST_MAX_DISK);
  room->disk_max = disk_free > kept ? MIN (round_down (disk_free - kept, GIB), FERRY_GUEST_MAX_DISK) : 0;
  if (room->disk_max < room->disk_min)
    room->disk_max = 0;
  wanted = MAX (round_up (wanted, GIB), DISK_GOOD);
  room->disk_good = room->disk_max > 0 ? CLAMP (wanted, room->disk_min, room->disk_max) : 0;
}

/**
 * ferry_room_make:
 * @machine: the computer
 * @needs: what the system asks for
 * @disk_free: bytes that are free where the disk would be
 *
 * Returns: the range of each size, and what to suggest
 */
FerryRoom
ferry_room_make (FerryMachine *machine, const FerryRoomNeeds *needs, guint64 disk_free)
{
  FerryRoom room = { 0 };

  fill_memory (&room, machine->system->memory, needs);
  fill_processors (&room, machine, needs);
  fill_disk (&room, needs, disk_free);
  return room;
}

/* "7.5 GiB" in the words of the language. */
static char *
print_size (guint64 bytes)
{
  return g_format_size_full (bytes, G_FORMAT_SIZE_IEC_UNITS);
}

/**
 * ferry_room_describe_memory:
 *
 * Returns: (transfer full): what the computer keeps of its memory when @memory is given away
 */
char *
ferry_room_describe_memory (const FerryRoom *room, guint64 memory)
{
  g_autofree char *kept = NULL;

  if (room->memory_total == 0)
    return g_strdup (_("Ferry could not see how much memory this computer has."));
  if (memory >= room->memory_total)
    return g_strdup (_("That is all the memory of this computer. It needs some for itself."));
  kept = print_size (room->memory_total - memory);
  /* Translators: %s is a size such as "8.0 GiB". */
  return g_strdup_printf (_("Your system keeps %s while the virtual machine runs."), kept);
}

/**
 * ferry_room_describe_processors:
 *
 * Returns: (transfer full): what the computer keeps when @processors are given away
 */
char *
ferry_room_describe_processors (const FerryRoom *room, guint processors)
{
  guint kept = room->processors_total > processors ? room->processors_total - processors : 0;

  if (room->processors_total == 0)
    return g_strdup (_("Ferry could not see how many processors this computer has."));
  if (kept == 0)
    return g_strdup (_("That is all of this computer. It will feel slow while the virtual machine "
                       "works."));
  return g_strdup_printf (ngettext ("Your system keeps %u of %u logical processors.",
                                    "Your system keeps %u of %u logical processors.", kept),
                          kept, room->processors_total);
}

static char *
say_too_much_memory (guint64 limit)
{
  g_autofree char *most = print_size (limit);

  return g_strdup_printf (_("This computer can give at most %s of memory. A virtual machine with a "
                            "graphics card takes all its memory at the start, and without some left "
                            "for itself your system would stop working."),
                          most);
}

static char *
find_processor_problem (const FerryRoom *room, guint processors)
{
  if (room->processors_total == 0 || processors <= room->processors_total)
    return NULL;
  return g_strdup_printf (ngettext ("This computer has only %u logical processor.",
                                    "This computer has only %u logical processors.",
                                    room->processors_total),
                          room->processors_total);
}

static char *
find_memory_problem (const FerryRoom *room, guint64 memory)
{
  g_autofree char *least = print_size (room->memory_min);

  if (room->memory_total == 0)
    return NULL;
  if (room->memory_max == 0)
    return g_strdup_printf (_("The system asks for at least %s of memory, and this computer has not "
                              "that much to spare."),
                            least);
  if (memory < room->memory_min)
    return g_strdup_printf (_("The system asks for at least %s of memory."), least);
  return memory > room->memory_max ? say_too_much_memory (room->memory_max) : NULL;
}

static char *
find_disk_problem (const FerryRoom *room, guint64 size)
{
  g_autofree char *least = print_size (room->disk_min);
  g_autofree char *most = print_size (room->disk_max);

  if (room->disk_max == 0)
    return g_strdup_printf (_("The system asks for a disk of at least %s, and there is not enough free "
                              "space."),
                            least);
  if (size < room->disk_min)
    return g_strdup_printf (_("The system asks for a disk of at least %s."), least);
  if (size > room->disk_max)
    return g_strdup_printf (_("There is free space for a disk of at most %s. Some must stay free, because "
                              "a full disk stops the virtual machine and your system."),
                            most);
  return NULL;
}

/**
 * ferry_room_find_problem:
 *
 * Returns: (transfer full) (nullable): why @guest is too small or too large, in a sentence; %NULL when
 *   all is well
 */
char *
ferry_room_find_problem (const FerryRoom *room, const FerryGuest *guest)
{
  char *problem = find_memory_problem (room, guest->memory);

  if (problem != NULL)
    return problem;
  problem = find_processor_problem (room, guest->processors);
  if (problem != NULL)
    return problem;
  return guest->disk_new ? find_disk_problem (room, guest->disk_size) : NULL;
}

/**
 * ferry_room_find_excess:
 *
 * A small computer without a desktop, such as a server, may give half of its memory.
 *
 * Returns: (transfer full) (nullable): why this computer cannot carry @guest, in a sentence
 */
char *
ferry_room_find_excess (const FerryRoom *room, const FerryGuest *guest)
{
  const guint64 kept = count_kept_memory (room->memory_total);
  const guint64 most = MAX (room->memory_total > kept ? round_down (room->memory_total - kept, MIB) : 0,
                            round_down (room->memory_total / 2, MIB));

  if (room->memory_total > 0 && guest->memory > most)
    return say_too_much_memory (most);
  return find_processor_problem (room, guest->processors);
}
