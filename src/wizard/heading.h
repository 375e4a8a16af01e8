/* heading.h: the title at the top of a page, with a sentence below it.
 *
 * It takes the keyboard focus when its page is turned to, so that a screen reader speaks it first;
 * the Tab key passes it by.
 */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define FERRY_TYPE_HEADING (ferry_heading_get_type ())
G_DECLARE_FINAL_TYPE (FerryHeading, ferry_heading, FERRY, HEADING, GtkWidget)

const char *ferry_heading_get_title (FerryHeading *self);
void ferry_heading_set_title (FerryHeading *self, const char *title);
void ferry_heading_set_description (FerryHeading *self, const char *description);

G_END_DECLS
