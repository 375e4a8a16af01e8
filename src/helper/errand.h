/* errand.h: one step that the helper has ferry-rebuild.service run, and what came of it.
 *
 * The helper's unit may hardly do anything, so the programs of the distribution run in a unit of their own. What is handed over
 * is no more than "this step of the change under way, forward or back": files below var/lib/ferry that only root reads and
 * writes. The step itself is read from the journal.
 */
#pragma once

#include <gio/gio.h>

#include "act/journal.h"
#include "act/tools.h"

G_BEGIN_DECLS

/* For who hands over: writes down which step of the change under way @change is. */
gboolean ferry_errand_leave (FerryRoot *root, const FerryChange *change, gboolean back, GError **error);
/* What came of it; an error when nothing came. Both files are gone afterwards. */
gboolean ferry_errand_collect (FerryRoot *root, GError **error);

/* For who runs: does the step with @tools and writes down what came of it. */
gboolean ferry_errand_run (FerryRoot *root, FerryTools *tools, GError **error);

G_END_DECLS
