/* operation.h: one apply or undo that runs in a thread, with its progress.
 *
 * What is carried out is fixed before polkit is asked (the plan, its digest, who asked) and cannot change later.
 */
#pragma once

#include <gio/gio.h>

#include "act/transaction.h"
#include "helper/bouncer.h"

G_BEGIN_DECLS

typedef struct
{
  char *stage;
  guint step, of;
  char *title;
} FerryOperationProgress;

typedef struct _FerryOperation FerryOperation;

/* Called on the main loop. */
typedef void (*FerryOperationTold) (const FerryOperationProgress *progress, gpointer user_data);

/* @root is a reference of its own, with the name of the caller; @tools is borrowed. */
FerryOperation *ferry_operation_new_apply (FerryRoot *root, FerryTools *tools, const char *sender,
                                           const char *digest, const FerryIntent *intent, GError **error);
FerryOperation *ferry_operation_new_undo (FerryRoot *root, FerryTools *tools, const char *sender,
                                          const char *id, gboolean force, GError **error);
const char *ferry_operation_get_sender (FerryOperation *operation);
const char *ferry_operation_get_subject (FerryOperation *operation); /* the card's name or the change's title */
/* What is installed, and the group that the caller joins; NULL where that is no part of the change. */
const char *ferry_operation_get_packages (FerryOperation *operation);
const char *ferry_operation_get_group (FerryOperation *operation);
guint ferry_operation_count_files (FerryOperation *operation);
void ferry_operation_cancel (FerryOperation *operation);
GCancellable *ferry_operation_get_cancellable (FerryOperation *operation);

/* Takes @permit, without which nothing runs. Finishes with the id of the journal entry. */
void ferry_operation_run (FerryOperation *operation, FerryPermit *permit, FerryOperationTold told,
                          GAsyncReadyCallback callback, gpointer user_data);
char *ferry_operation_run_finish (FerryOperation *operation, GAsyncResult *result, GError **error);

FerryOperation *ferry_operation_ref (FerryOperation *operation);
void ferry_operation_unref (FerryOperation *operation);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (FerryOperation, ferry_operation_unref)

G_END_DECLS
