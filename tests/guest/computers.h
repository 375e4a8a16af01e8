/* computers.h: the posted and recorded computers of tests/machines, with processors, for tests.
 *
 * Not a part of Ferry. A listing says nothing of processors and memory, so each computer is given those
 * of a processor that fits its board.
 */
#pragma once

#include "facts/machine.h"
#include "guest/guest.h"

G_BEGIN_DECLS

/* How the threads of a processor are counted. */
typedef enum
{
  FERRY_COUNT_SINGLE, /* one thread a core */
  FERRY_COUNT_FAR,    /* all first threads, then all second ones */
  FERRY_COUNT_NEXT,   /* the threads of a core next to each other */
  FERRY_COUNT_HYBRID  /* first fast cores with two threads, then slow ones with one */
} FerryCount;

typedef struct
{
  const char *name;    /* in tests/machines, without ending */
  FerryVendor vendor;
  guint threads;
  FerryCount count;
  guint caches;        /* level 3 caches */
  guint fast;          /* FERRY_COUNT_HYBRID: threads of fast cores */
  guint gib;           /* memory */
  guint bits, reach;   /* address bits of the processor and of the IOMMU */
} FerryComputer;

extern const FerryComputer ferry_computers[];
extern const guint ferry_n_computers;

FerryMachine *ferry_computer_open (const FerryComputer *computer);
FerryMachine *ferry_computer_open_named (const char *name);
/* Gives @guest the first card that may be given away; whether there is one. */
gboolean ferry_computer_give_card (FerryMachine *machine, FerryGuest *guest);

G_END_DECLS
