/* journal.h: what was changed, kept so that it can be taken back, also after a power cut.
 *
 * One folder for each change below var/lib/ferry/journal, mode 0700: "plan" (JSON: who, when, intent, digest,
 * every change with the text before and after), "state" (a word and a number) and "products" (JSON: files that
 * programs make during a move, and those that they rewrite in place); copies of the latter are there while the move lasts. Each is written under a new name, synced and renamed; read strictly: a torn or
 * foreign entry is an error, never half an entry. The kept texts are configuration files only.
 */
#pragma once

#include "act/target.h"
#include "facts/root.h"
#include "plan/plan.h"

G_BEGIN_DECLS

#define FERRY_JOURNAL_FOLDER "var/lib/ferry/journal"
#define FERRY_JOURNAL_MAX_ENTRIES 20
#define FERRY_JOURNAL_MAX_SIZE (32 * 1024 * 1024)

typedef enum
{
  FERRY_STATE_PREPARED,   /* everything is kept, nothing is changed yet */
  FERRY_STATE_COMMITTING, /* files are being put in place */
  FERRY_STATE_DONE,
  FERRY_STATE_UNDOING,
  FERRY_STATE_UNDONE,
  FERRY_STATE_ROLLED_BACK /* failed or was cut off; the computer is as before */
} FerryState;

/* One file that a program makes: the live path and the new one beside it, relative to the root. */
typedef struct
{
  char *path;
  char *made;
  gboolean existed; /* there was a live file before */
} FerryProduct;

/* One file that a program rewrites in place, and of which a copy is kept beside the entry (act/keepsake). */
typedef struct
{
  char *path;
  gboolean existed;
} FerryKept;

typedef struct
{
  char *id;            /* "20261122-194501-1a2b3c4d": time in UTC and a random part */
  gint64 time;         /* seconds since 1970, UTC */
  guint uid;           /* of the person who asked */
  char *title;         /* for the list of changes */
  char *digest;
  FerryState state;
  guint steps;         /* of the programs that ran to their end in the present move */
  GVariant *intent;    /* a{sv} */
  GVariant *witness;   /* a{sv} of plan/witness; NULL in entries of versions that kept none */
  GPtrArray *changes;  /* of FerryChange */
  GPtrArray *folders;  /* of char*: folders that the change makes, topmost first */
  GPtrArray *products; /* of FerryProduct, of the present or last move */
  GPtrArray *kept;     /* of FerryKept, of the present or last move */
} FerryEntry;

FerryEntry *ferry_entry_new (void);
void ferry_entry_free (FerryEntry *entry);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (FerryEntry, ferry_entry_free)
void ferry_product_free (FerryProduct *product);
void ferry_kept_free (FerryKept *kept);

/* Newest first; unreadable entries are left out and counted. The folder not being there is an empty list. */
GPtrArray *ferry_journal_list (FerryRoot *root, guint *unreadable, GError **error);
FerryEntry *ferry_journal_find (FerryRoot *root, const char *id, GError **error);
gboolean ferry_journal_is_id (const char *text);

/* Writing; used by act/ only. */
gboolean ferry_journal_create (FerryTarget *target, const FerryEntry *entry, GError **error);
gboolean ferry_journal_set_state (FerryTarget *target, FerryEntry *entry, FerryState state, guint steps,
                                  GError **error);
gboolean ferry_journal_set_products (FerryTarget *target, const FerryEntry *entry, GError **error);
/* Forgets the oldest ended entries beyond FERRY_JOURNAL_MAX_ENTRIES; one that is in force is never forgotten. */
void ferry_journal_trim (FerryRoot *root, FerryTarget *target);

const char *ferry_state_to_string (FerryState state); /* "prepared", "done", ... */

G_END_DECLS
