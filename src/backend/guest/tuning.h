/* tuning.h: which processors of the computer work for the virtual machine, and what else makes it fast.
 *
 * Pure, from FerryCores and FerryGuest. Rules and their sources stand in tuning.c. Everything can be
 * switched off with one switch; off means that the kernel decides, which always works.
 */
#pragma once

#include "facts/machine.h"
#include "guest/guest.h"

G_BEGIN_DECLS

typedef struct
{
  guint cores, threads;    /* what the virtual machine sees: cores in one socket, threads of each */

  gboolean pinned;
  GArray *pins;            /* of guint: the thread of the computer for each virtual processor */
  GArray *rest;            /* of guint: threads that the computer keeps, and that QEMU's own work
                              (emulator, disk) runs on */
  gboolean io_thread;      /* the disk gets a thread of its own */

  guint64 huge_page;       /* size in bytes, 0 when the memory is not in huge pages */
  guint64 huge_pages;      /* how many must be free before the start */

  char *sentence;          /* what was decided, for a person */
  GPtrArray *reasons;      /* of char *: one sentence each */
} FerryTuning;

FerryTuning *ferry_tuning_make (FerryMachine *machine, const FerryGuest *guest);
void ferry_tuning_free (FerryTuning *tuning);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (FerryTuning, ferry_tuning_free)

/* For the picture of the cores: whether thread @id belongs to the virtual machine. */
gboolean ferry_tuning_gives (const FerryTuning *tuning, guint id);

G_END_DECLS
