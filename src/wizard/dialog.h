/* dialog.h: asking the person something: a choice, a file to open, a file to save.
 *
 * The only file that knows AdwMessageDialog and GtkFileChooserNative, which later platforms
 * replace. It decides nothing.
 */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

typedef enum
{
  FERRY_DIALOG_SUGGESTED,
  FERRY_DIALOG_DESTRUCTIVE
} FerryDialogStyle;

/* The person said yes; nothing is called on "cancel". */
typedef void (*FerryDialogYes) (gpointer user_data);
/* The person chose @file. */
typedef void (*FerryDialogFile) (GFile *file, gpointer user_data);

void ferry_dialog_ask (GtkWidget *parent, const char *title, const char *body, const char *yes,
                       FerryDialogStyle style, FerryDialogYes callback, GObject *owner);
void ferry_dialog_ask_with (GtkWidget *parent, const char *title, const char *body,
                            GtkWidget *extra, const char *yes, FerryDialogStyle style,
                            FerryDialogYes callback, FerryDialogYes refused, GObject *owner);
void ferry_dialog_tell (GtkWidget *parent, const char *title, const char *body);

void ferry_dialog_open_file (GtkWidget *parent, const char *title, const char *kind,
                             const char *pattern, FerryDialogFile callback, GObject *owner);
void ferry_dialog_save_file (GtkWidget *parent, const char *title, const char *name,
                             FerryDialogFile callback, GObject *owner);

G_END_DECLS
