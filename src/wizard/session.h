/* session.h: what all pages share: the only state of the wizard that changes.
 *
 * Holds the computer that is looked at (this one or a recorded one), what was found, and what the
 * person chose. Reading a computer happens in a thread; every property changes on the main loop, so
 * pages simply listen to notify. Values that are handed out stay the session's and are replaced by
 * the next scan: read them again at each notify.
 *
 * Properties: machine, report, guidance, card (the address of the chosen card), scanning, part
 * (the part of the machine that is being read), recording (the name of the opened recording, NULL
 * on this computer), problem (why the last scan failed, NULL when it did not).
 */
#pragma once

#include <gio/gio.h>

#include "plan/check.h"
#include "plan/guidance.h"

G_BEGIN_DECLS

#define FERRY_TYPE_SESSION (ferry_session_get_type ())
G_DECLARE_FINAL_TYPE (FerrySession, ferry_session, FERRY, SESSION, GObject)

/* What is to be changed: see errand.h. */
typedef struct _FerryErrand FerryErrand;
/* The virtual machine that is being described: see blueprint.h. */
typedef struct _FerryBlueprint FerryBlueprint;

/* Where the build puts data/firmware-menus.tsv inside the program. */
#define FERRY_SESSION_MENUS "/org/ferryvm/Ferry/firmware-menus.tsv"

FerrySession *ferry_session_new (FerryRoot *root);

void ferry_session_scan (FerrySession *self);
void ferry_session_cancel (FerrySession *self);
void ferry_session_open_recording (FerrySession *self, const char *file);
void ferry_session_close_recording (FerrySession *self);

FerryRoot *ferry_session_get_home (FerrySession *self);
FerryRoot *ferry_session_get_root (FerrySession *self);
FerryMachine *ferry_session_get_machine (FerrySession *self);
const FerryReport *ferry_session_get_report (FerrySession *self);
const FerryGuidance *ferry_session_get_guidance (FerrySession *self);
gboolean ferry_session_get_scanning (FerrySession *self);
GVariant *ferry_session_get_facts (FerrySession *self);
gboolean ferry_session_is_part_read (FerrySession *self, const char *part);
const char *ferry_session_get_recording (FerrySession *self);
const char *ferry_session_get_problem (FerrySession *self);

const FerryCard *ferry_session_get_card (FerrySession *self);
const FerryVerdict *ferry_session_get_card_verdict (FerrySession *self);
void ferry_session_choose_card (FerrySession *self, const FerryCard *card);

const FerryCard *ferry_session_find_card (FerrySession *self);
void ferry_session_choose_obvious_card (FerrySession *self);

FerryErrand *ferry_session_get_errand (FerrySession *self);
FerryBlueprint *ferry_session_get_blueprint (FerrySession *self);

/* Writes a .machine file of this computer, in a thread. */
void ferry_session_save_recording_async (FerrySession *self, const char *file,
                                         GCancellable *cancellable, GAsyncReadyCallback callback,
                                         gpointer user_data);
gboolean ferry_session_save_recording_finish (FerrySession *self, GAsyncResult *result,
                                              GError **error);

G_END_DECLS
