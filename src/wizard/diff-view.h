/* diff-view.h: the difference of one file: lines that come and lines that go.
 *
 * Shows the text of ferry_diff_make(). Every line keeps its sign, + or -, so that colour is never
 * the only word; long lines wrap, and the text can be selected and copied.
 */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

GtkWidget *ferry_diff_view_new (const char *diff, const char *name);

G_END_DECLS
