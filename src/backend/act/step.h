/* step.h: one step of a change that needs programs of the system: what it has at hand, and the four things that can be
 * done with it.
 *
 * The one door to the programs: ferry_step_run() takes nothing but values that it checks again, so it may be called in a
 * process of its own with a change that came as JSON (ferry_change_from_json()). Proving starts no program.
 */
#pragma once

#include <gio/gio.h>

#include "act/journal.h"
#include "act/program.h"
#include "facts/machine.h"
#include "plan/change.h"

G_BEGIN_DECLS

typedef struct
{
  FerryRoot *root;
  FerryMachine *machine; /* may be NULL for taking back */
  const FerryChange *change;
  const char *user_name; /* for the step GROUP, or NULL */
  const char *entry_id;  /* of the journal, for the step NETWORK, or NULL */
  FerryProgramLine line; /* hears what the programs print, or NULL */
  gpointer line_data;
  GCancellable *cancellable;
} FerryStep;

/* See FerryTools, which has the same four. */
GPtrArray *ferry_step_list_products (const FerryStep *step, GError **error);
gboolean ferry_step_run (const FerryStep *step, GError **error);
gboolean ferry_step_prove (const FerryStep *step, const FerryProduct *product, gboolean wanted, GError **error);
gboolean ferry_step_take_back (const FerryStep *step, GError **error);

/* For the files that know the tools. @arguments[0] is the name of a program, which is looked for in the usual folders. */
gboolean ferry_step_run_program (const FerryStep *step, guint seconds, const char *const *arguments,
                                 GError **error);
void ferry_step_tell (const FerryStep *step, const char *line);

G_END_DECLS
