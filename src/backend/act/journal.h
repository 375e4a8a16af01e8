/* journal.h: what was changed, kept so that it can be taken back, also after a power cut.
 *
 * One folder for each change below var/lib/ferry/journal, mode 0700: "plan.json" (intent, digest, every
 * change with its before-image), "state" (one word), "before/N" and "after/N" (exact bytes). Written with
 * fsync(2) of file and folder; read strictly: a torn or foreign entry is an error, never half an entry.
 */
#pragma once

#include "facts/root.h"
#include "plan/plan.h"

G_BEGIN_DECLS

#define FERRY_JOURNAL_FOLDER "var/lib/ferry/journal"
#define FERRY_JOURNAL_MAX_ENTRIES 20

typedef enum
{
  FERRY_STATE_PREPARED,   /* everything is kept, nothing is changed yet */
  FERRY_STATE_COMMITTING, /* files are being put in place */
  FERRY_STATE_DONE,
  FERRY_STATE_UNDOING,
  FERRY_STATE_UNDONE,
  FERRY_STATE_ROLLED_BACK /* failed or was cut off; the computer is as before */
} FerryState;

typedef struct
{
  char *id;      /* "20261122-194501-1a2b" */
  gint64 time;   /* seconds since 1970, UTC */
  guint uid;     /* of the person who asked */
  char *title;   /* "Give GeForce GTX 970 (NVIDIA) to virtual machines" */
  char *digest;
  FerryState state;
  GVariant *intent;    /* a{sv} */
  GPtrArray *changes;  /* of FerryChange */
  guint done;          /* number of changes that were carried out */
} FerryEntry;

void ferry_entry_free (FerryEntry *entry);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (FerryEntry, ferry_entry_free)

/* Newest first; unreadable entries are left out and counted. The folder not being there is an empty list. */
GPtrArray *ferry_journal_list (FerryRoot *root, guint *unreadable, GError **error);
FerryEntry *ferry_journal_find (FerryRoot *root, const char *id, GError **error);

const char *ferry_state_to_string (FerryState state); /* "prepared", "done", ... */

G_END_DECLS
