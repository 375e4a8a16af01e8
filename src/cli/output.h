/* output.h: how ferryctl prints and writes files.
 *
 * What is printed was cleaned of control characters before (plan/paragraph.h). A reader that went
 * away, as in "ferryctl groups | head", is no error. Files are made new and never overwritten.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

gboolean ferry_output_print (const char *text, GError **error);
void ferry_output_print_error (const char *message);
gboolean ferry_output_create (const char *file, const char *text, GError **error);

G_END_DECLS
