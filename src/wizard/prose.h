/* prose.h: a label for running text: it wraps, starts at the left edge and may become narrow.
 *
 * What every page does with a GtkLabel, said once. Not for titles of buttons or values in a line.
 */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

GtkWidget *ferry_prose_new (const char *text, const char *style_class);

G_END_DECLS
