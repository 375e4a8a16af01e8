/* stage.h: what tests of the window need: a made-up computer, waiting, finding widgets.
 *
 * Not a part of Ferry. Every wait has an end: a test that waits in vain fails.
 */
#pragma once

#include <adwaita.h>

#include "facts/tree.h"
#include "session.h"

G_BEGIN_DECLS

typedef gboolean (*StageCondition) (gpointer user_data);

/* Sets up GTK and libadwaita for tests. */
void stage_init (int *argc, char ***argv);

/* A computer with one graphics card; read it with stage_scan(). */
FerryTree *stage_make_computer (void);
FerrySession *stage_open (FerryTree *tree);
void stage_scan (FerrySession *session);
void stage_drop (FerrySession *session); /* nobody else may keep it */

void stage_wait (StageCondition condition, gpointer user_data);
void stage_settle (void); /* lets everything that is ready to run, run */

/* The first widget below @root of that type; the first button that says @text. */
GtkWidget *stage_find_type (GtkWidget *root, GType type);
GtkWidget *stage_find_button (GtkWidget *root, const char *text);
guint stage_count_type (GtkWidget *root, GType type);

G_END_DECLS
