/* draft.h: a plan in the making: what the parts of the planner share.
 *
 * Internal to plan/. Each part adds changes, warnings, refusals or manual steps; plan.c calls them in
 * the order in which the changes are carried out.
 */
#pragma once

#include "plan/plan.h"

G_BEGIN_DECLS

/* The first line of every file that is Ferry's own; without it Ferry never touches such a file. */
#define FERRY_DRAFT_MARK "# Made by Ferry."

typedef struct
{
  FerryPlan *plan;
  FerryMachine *machine;
  const FerryIntent *intent;
  GPtrArray *verdicts;  /* of FerryVerdict, one for each chosen card */
  GPtrArray *functions; /* of FerryDevice (borrowed): all functions of the chosen cards */
  FerryBind bind;
  gboolean images; /* a first RAM disk has to be made again */
} FerryDraft;

/* The parts, in order. */
void ferry_draft_refuse_unsafe (FerryDraft *draft);
void ferry_draft_add_software (FerryDraft *draft);
void ferry_draft_add_traps (FerryDraft *draft);
void ferry_draft_add_early (FerryDraft *draft);
void ferry_draft_add_words (FerryDraft *draft);
void ferry_draft_add_services (FerryDraft *draft);

/* What the parts are made of. */
const FerryFile *ferry_draft_file (FerryDraft *draft, const char *path);
gboolean ferry_draft_is_own (const FerryFile *file);
gboolean ferry_draft_own_file (FerryDraft *draft, const char *path, guint mode, const char *content,
                               const char *title, const char *reason);
gboolean ferry_draft_drop_own_file (FerryDraft *draft, const char *path);
void ferry_draft_edit_file (FerryDraft *draft, const FerryFile *file, char *after, const char *title,
                            const char *reason);
FerryChange *ferry_draft_step (FerryDraft *draft, FerryChangeKind kind, const char *tool,
                               const char *title, const char *reason);
void ferry_draft_refuse_edit (FerryDraft *draft, const char *path, const GError *error);

/* The kernel words that this machine and intent need, from the closed vocabulary, and the same list as one
 * text for manual steps (both transfer full). */
char **ferry_draft_kernel_words (FerryDraft *draft);

G_END_DECLS
