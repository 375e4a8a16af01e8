/* tools.h: the distribution's own programs that a change needs, behind one small interface.
 *
 * act/transaction knows only this table. ferry_tools_new_system() runs the real programs by absolute path with
 * fixed arguments, a cleared environment and a time limit; tests bring their own table. No shell anywhere.
 * What a program makes is written under a new name, proven by an independent reader, and put in place by
 * the transaction, because the programs themselves are not crash-safe.
 */
#pragma once

#include <gio/gio.h>

#include "act/journal.h"
#include "facts/machine.h"
#include "plan/change.h"

G_BEGIN_DECLS

/* Suffix of a file that was made and not yet put in place, and of the one that was in place before. */
#define FERRY_TOOLS_NEW ".ferry-new"
#define FERRY_TOOLS_OLD ".ferry-old"
/* Behind the name of a file that is being made: where grub-mkconfig writes first. It stays after a cut. */
#define FERRY_TOOLS_HALF ".new"

typedef void (*FerryToolsLog) (const char *line, gpointer user_data);

typedef struct _FerryTools FerryTools;

struct _FerryTools
{
  /* The files that a step of kind INITRAMFS or MENU will make on this machine, before it runs: an array of
   * FerryProduct. An empty array with no error: the step makes no file that could be put in place later
   * (kernel-install, grubby); it then runs as a whole, after the files that it rewrites were kept (act/keepsake). */
  GPtrArray *(*list_products) (FerryTools *tools, FerryMachine *machine, const FerryChange *change,
                               GError **error);
  /* Runs the step: makes the products, or installs, enables, adds. Blocks. */
  gboolean (*run) (FerryTools *tools, FerryMachine *machine, const FerryChange *change,
                   GCancellable *cancellable, GError **error);
  /* Proves a product, not trusting the program's exit status: modules are inside the image, words are in every
   * normal entry of the menu. With @wanted NULL only that it is a sound file of its kind. */
  gboolean (*prove) (FerryTools *tools, FerryMachine *machine, const FerryChange *change,
                     const FerryProduct *product, gboolean wanted, GError **error);
  /* Takes back a step without products (services, group, network, kernel-install). @machine is NULL after a
   * crash; then what needs it is left for the next start of the tool. */
  gboolean (*take_back) (FerryTools *tools, FerryMachine *machine, const FerryChange *change,
                         GError **error);
  void (*free) (FerryTools *tools);

  FerryToolsLog log;
  gpointer log_data;
  char *user_name; /* who asked for the change, for the step GROUP; set by the transaction from the journal's uid */
  char *entry_id;  /* of the change under way, for the step NETWORK; set by the transaction */
};

FerryTools *ferry_tools_new_system (FerryRoot *root);
void ferry_tools_free (FerryTools *tools);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (FerryTools, ferry_tools_free)

G_END_DECLS
