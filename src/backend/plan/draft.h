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
#define FERRY_DRAFT_MODPROBE "etc/modprobe.d/ferry.conf"
#define FERRY_DRAFT_SCRIPT "etc/ferry/bind-cards"
#define FERRY_DRAFT_MKINITCPIO "etc/mkinitcpio.conf.d/zz-ferry.conf"
#define FERRY_DRAFT_GRUB "etc/default/grub"
#define FERRY_DRAFT_GRUB_DROP_IN "etc/default/grub.d/zz-ferry.cfg"
#define FERRY_DRAFT_CMDLINE "etc/kernel/cmdline"
#define FERRY_DRAFT_TIMEOUT 5 /* seconds for which a boot menu can be reached */

typedef struct
{
  FerryPlan *plan;
  FerryMachine *machine;
  const FerryIntent *intent;
  GPtrArray *verdicts;  /* of FerryVerdict, one for each chosen card */
  GPtrArray *functions; /* of FerryDevice (borrowed): all functions of the chosen cards */
  FerryBind bind;
  gboolean images; /* a first RAM disk has to be made again */

  /* What stands already, see standing.c. */
  FerryCmdline *line;   /* the settings of the boot loader without Ferry's files; never NULL behind take_cards */
  GPtrArray *modprobe;  /* of FerryModprobeLine, without Ferry's file */
  char *ids_word;       /* a word "vfio-pci.ids=" that is right, or NULL */
  gboolean ids_by_hand; /* a list in a file of modules that is right */
} FerryDraft;

/* The parts, in order. */
void ferry_draft_add_standing (FerryDraft *draft);
void ferry_draft_refuse_unsafe (FerryDraft *draft);
void ferry_draft_add_software (FerryDraft *draft);
void ferry_draft_add_traps (FerryDraft *draft);
void ferry_draft_add_early (FerryDraft *draft);
void ferry_draft_add_words (FerryDraft *draft);
void ferry_draft_add_grub (FerryDraft *draft, char **words);
void ferry_draft_add_bls_args (FerryDraft *draft, char **words);
void ferry_draft_add_systemd_boot (FerryDraft *draft, char **words);
void ferry_draft_show_entries (FerryDraft *draft);
void ferry_draft_add_services (FerryDraft *draft);
void ferry_draft_add_by_hand (FerryDraft *draft);

/* What the parts are made of. */
void ferry_draft_clear (FerryDraft *draft);
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
void ferry_draft_refuse_list (FerryDraft *draft, const char *path, const GError *error);
void ferry_draft_refuse_unreadable (FerryDraft *draft, const FerryFile *file, const char *path);
void ferry_draft_add_command (FerryDraft *draft, const char *format, ...) G_GNUC_PRINTF (2, 3);
void ferry_draft_new_file (FerryDraft *draft, const char *path, char *content, const char *title,
                           const char *reason);

/* What the parts for the boot loaders share. */
const char *ferry_draft_words_title (void);
const char *ferry_draft_words_reason (void);
char **ferry_draft_missing_words (const char *value, char **words);
void ferry_draft_add_menu_step (FerryDraft *draft, const char *tool, char **words);
gboolean ferry_draft_add_cmdline_file (FerryDraft *draft, char **words);
char *ferry_draft_grub_script (FerryDraft *draft);
char *ferry_draft_grub_words (const char *script);
gboolean ferry_draft_entry_is_ours (FerryDraft *draft, const FerryFile *file);

/* What the parts for the first RAM disk share. */
char *ferry_draft_softdeps (FerryDraft *draft);
void ferry_draft_add_mkinitcpio (FerryDraft *draft);

/* The kernel words that this machine and intent need, from the closed vocabulary, and the same list as one
 * text for manual steps (both transfer full). */
char **ferry_draft_kernel_words (FerryDraft *draft);

G_END_DECLS
