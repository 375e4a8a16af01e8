/* stage.h: what tests of the window need: a made-up computer, waiting, finding widgets.
 *
 * Not a part of Ferry. Every wait has an end: a test that waits in vain fails.
 */
#pragma once

#include <adwaita.h>

#include "facts/tree.h"
#include "session.h"
#include "window.h"

G_BEGIN_DECLS

typedef gboolean (*StageCondition) (gpointer user_data);

/* Sets up GTK and libadwaita for tests. */
void stage_init (int *argc, char ***argv);

/* A computer with one graphics card; read it with stage_scan(). */
FerryTree *stage_make_computer (void);
FerrySession *stage_open (FerryTree *tree);
/* A recorded computer of tests/machines, not as a recording but as a root; read it as well. */
FerrySession *stage_open_machine (const char *name);
void stage_scan (FerrySession *session);
void stage_drop (FerrySession *session); /* nobody else may keep it */
/* The window on the page of that position, shown, and through with the scan that it begins itself
 * after its first frame; 0 by 0 is its usual size. */
FerryWindow *stage_open_window (FerrySession *session, guint position, int width, int height);

void stage_wait (StageCondition condition, gpointer user_data);
void stage_settle (void); /* lets everything that is ready to run, run */

/* The first widget below @root of that type; the first button that says @text. */
GtkWidget *stage_find_type (GtkWidget *root, GType type);
GtkWidget *stage_find_button (GtkWidget *root, const char *text);
guint stage_count_type (GtkWidget *root, GType type);
/* Whether a label below @root that can be seen has @part in its text. */
gboolean stage_shows (GtkWidget *root, const char *part);
/* The dialog that asks something, or NULL; answering closes it. */
GtkWindow *stage_find_dialog (void);
void stage_respond (const char *response);
/* Where FERRY_PICTURES names a folder: what the window looks like now, as NAME.png. */
void stage_take_picture (GtkWidget *window, const char *name);

G_END_DECLS
