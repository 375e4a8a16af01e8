/* errand.h: what is to be changed on this computer, from the wish to the history.
 *
 * Belongs to a session and follows its card and machine. A plan (see proposal.h) is made when a
 * page asks for it, and forgotten as soon as anything that it was made from is another. What the
 * person agreed to is kept as the digest of the plan that was on the screen.
 *
 * Properties: proposal, proposing, history, notice (a sentence for the page Review, or NULL).
 */
#pragma once

#include "helper.h"
#include "plan/phase.h"
#include "proposal.h"
#include "wish.h"

G_BEGIN_DECLS

/* The session has the errand, so it is only named here. */
typedef struct _FerrySession FerrySession;

#define FERRY_TYPE_ERRAND (ferry_errand_get_type ())
G_DECLARE_FINAL_TYPE (FerryErrand, ferry_errand, FERRY, ERRAND, GObject)

FerryErrand *ferry_errand_new (FerrySession *session, FerryHelper *helper);

FerryWish *ferry_errand_get_wish (FerryErrand *self);
FerryHelper *ferry_errand_get_helper (FerryErrand *self);
void ferry_errand_set_helper (FerryErrand *self, FerryHelper *helper);
gboolean ferry_errand_is_running (FerryErrand *self);

void ferry_errand_propose (FerryErrand *self);
const FerryProposal *ferry_errand_get_proposal (FerryErrand *self);
gboolean ferry_errand_get_proposing (FerryErrand *self);
void ferry_errand_forget_plan (FerryErrand *self, const char *notice);
const char *ferry_errand_get_notice (FerryErrand *self);

void ferry_errand_agree (FerryErrand *self);
gboolean ferry_errand_take_agreement (FerryErrand *self);

void ferry_errand_read_history (FerryErrand *self);
const FerryHistory *ferry_errand_get_history (FerryErrand *self);
FerryPhase ferry_errand_get_phase (FerryErrand *self);

G_END_DECLS
