/* paper.h: a page of advice on paper, or as a file to take along on a phone.
 *
 * Prints with GtkPrintOperation, laid out by Pango; saves the HTML of plan/guidance or plan/rescue
 * as it is.
 */
#pragma once

#include <gtk/gtk.h>

#include "plan/guidance.h"

G_BEGIN_DECLS

#define FERRY_TYPE_PAPER (ferry_paper_get_type ())
G_DECLARE_FINAL_TYPE (FerryPaper, ferry_paper, FERRY, PAPER, GtkPrintOperation)

FerryPaper *ferry_paper_new (const FerryGuidance *guidance);
FerryPaper *ferry_paper_new_for_text (const char *name, const char *text);

void ferry_paper_save_async (const FerryGuidance *guidance, GFile *file,
                             GAsyncReadyCallback callback, gpointer user_data);
void ferry_paper_save_html_async (char *html, GFile *file, GAsyncReadyCallback callback,
                                  gpointer user_data);
gboolean ferry_paper_save_finish (GAsyncResult *result, GError **error);

G_END_DECLS
