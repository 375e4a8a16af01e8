/* transaction.h: carries out a plan, takes one back, and tidies up after a crash.
 *
 * The only code that writes to the system. Order: free space, journal (prepared), packages, new files beside the
 * old ones, images and GRUB's menu under new names, proof, state committing, each target compared once more with
 * what the plan saw, rename(2), fsync(2) of the folder, state done. When a step fails, everything is put back.
 * Recovery: prepared is rolled back; committing is rolled forward only if every file is new, else rolled back.
 * Every step can be repeated. One operation at a time: a lock file.
 */
#pragma once

#include <gio/gio.h>

#include "act/journal.h"
#include "act/tools.h"

G_BEGIN_DECLS

/* @stage: "checking", "installing", "writing", "rebuilding", "verifying", "services", "rolling-back", "done". */
typedef void (*FerryTransactionProgress) (const char *stage, guint step, guint of, const char *title,
                                          gpointer user_data);

typedef struct
{
  FerryRoot *root;
  FerryTools *tools;
  FerryTransactionProgress progress;
  gpointer progress_data;
  GCancellable *cancellable; /* honoured between steps until committing */
  guint uid;
} FerryTransaction;

/* Returns the id of the journal entry. Errors: CHANGED (a file is not as the plan saw it), BUSY, CANCELLED,
 * REFUSED (the plan has refusals), FAILED (and put back), or FAILED with the word "rollback" in
 * ferry_transaction_error_is_severe() when putting back failed too. */
char *ferry_transaction_apply (const FerryTransaction *transaction, FerryMachine *machine,
                               const FerryPlan *plan, const FerryIntent *intent, GError **error);

/* Takes back one entry. A file that the user edited afterwards is not overwritten: FERRY_ERROR_CHANGED, and
 * @conflicts lists the paths with what is there; with @force the edited file is kept aside as PATH.ferry-kept. */
gboolean ferry_transaction_undo (const FerryTransaction *transaction, const char *id, gboolean force,
                                 GPtrArray **conflicts, GError **error);

/* After a crash; TRUE when nothing was left half-done afterwards. @recovered: ids that were put in order. */
gboolean ferry_transaction_recover (const FerryTransaction *transaction, GPtrArray **recovered,
                                    GError **error);
gboolean ferry_transaction_needs_recovery (FerryRoot *root);
gboolean ferry_transaction_error_is_severe (const GError *error);

G_END_DECLS
