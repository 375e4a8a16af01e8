/* dialog.c: see dialog.h. */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "dialog.h"

typedef struct
{
  GWeakRef owner;
  FerryDialogYes yes;
  FerryDialogYes no; /* or NULL */
  FerryDialogFile file;
} Question;

static Question *
question_new (GObject *owner)
{
  Question *question = g_new0 (Question, 1);

  g_weak_ref_init (&question->owner, owner);
  return question;
}

static void
question_free (gpointer data, GClosure *closure)
{
  Question *question = data;

  g_weak_ref_clear (&question->owner);
  g_free (question);
}

static GtkWindow *
find_window (GtkWidget *widget)
{
  GtkRoot *root = gtk_widget_get_root (widget);

  return GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL;
}

static void
answered (AdwMessageDialog *dialog, const char *response, gpointer user_data)
{
  Question *question = user_data;
  g_autoptr (GObject) owner = g_weak_ref_get (&question->owner);

  if (owner == NULL)
    return;
  if (g_str_equal (response, "yes"))
    question->yes (owner);
  else if (question->no != NULL)
    question->no (owner);
}

/**
 * ferry_dialog_ask:
 * @parent: a widget in the window that has to wait
 * @yes: what is written on the button that does it, with a mnemonic
 * @callback: called with @owner when the person presses it
 * @owner: not kept alive; when it is gone nothing is called
 *
 * Asks a question that can be cancelled: by its button, by Escape, or by closing.
 */
void
ferry_dialog_ask (GtkWidget *parent, const char *title, const char *body, const char *yes,
                  FerryDialogStyle style, FerryDialogYes callback, GObject *owner)
{
  ferry_dialog_ask_with (parent, title, body, NULL, yes, style, callback, NULL, owner);
}

/**
 * ferry_dialog_ask_with:
 * @extra: (nullable): something to look at before one answers
 * @refused: (nullable): called with @owner when the person does not want it
 *
 * As ferry_dialog_ask().
 */
void
ferry_dialog_ask_with (GtkWidget *parent, const char *title, const char *body, GtkWidget *extra,
                       const char *yes, FerryDialogStyle style, FerryDialogYes callback,
                       FerryDialogYes refused, GObject *owner)
{
  GtkWidget *widget = adw_message_dialog_new (find_window (parent), title, body);
  AdwMessageDialog *dialog = ADW_MESSAGE_DIALOG (widget);
  Question *question = question_new (owner);

  question->yes = callback;
  question->no = refused;
  adw_message_dialog_set_extra_child (dialog, extra);
  adw_message_dialog_add_responses (dialog, "cancel", _ ("_Cancel"), "yes", yes, NULL);
  adw_message_dialog_set_response_appearance (dialog, "yes",
                                              style == FERRY_DIALOG_DESTRUCTIVE
                                                  ? ADW_RESPONSE_DESTRUCTIVE
                                                  : ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_default_response (dialog, "cancel");
  adw_message_dialog_set_close_response (dialog, "cancel");
  g_signal_connect_data (dialog, "response", G_CALLBACK (answered), question, question_free, 0);
  gtk_window_present (GTK_WINDOW (dialog));
}

/**
 * ferry_dialog_tell:
 *
 * Says something that must not be missed, such as why a file could not be written.
 */
void
ferry_dialog_tell (GtkWidget *parent, const char *title, const char *body)
{
  GtkWidget *dialog = adw_message_dialog_new (find_window (parent), title, body);

  adw_message_dialog_add_response (ADW_MESSAGE_DIALOG (dialog), "close", _ ("_Close"));
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
file_chosen (GtkNativeDialog *native, int response, gpointer user_data)
{
  Question *question = user_data;
  g_autoptr (GObject) owner = g_weak_ref_get (&question->owner);
  g_autoptr (GFile) file = NULL;

  if (response == GTK_RESPONSE_ACCEPT)
    file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (native));
  if (file != NULL && owner != NULL)
    question->file (file, owner);
  g_object_unref (native);
}

static GtkFileChooserNative *
make_chooser (GtkWidget *parent, const char *title, GtkFileChooserAction action,
              FerryDialogFile callback, GObject *owner)
{
  GtkFileChooserNative *native
      = gtk_file_chooser_native_new (title, find_window (parent), action, NULL, NULL);
  Question *question = question_new (owner);

  question->file = callback;
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (native), TRUE);
  g_signal_connect_data (native, "response", G_CALLBACK (file_chosen), question, question_free, 0);
  return native;
}

/**
 * ferry_dialog_open_file:
 * @kind: what such files are called
 * @pattern: for example "*.machine"
 * @callback: called with the file and @owner; not called when the person cancels
 * @owner: not kept alive; when it is gone nothing is called
 */
void
ferry_dialog_open_file (GtkWidget *parent, const char *title, const char *kind,
                        const char *pattern, FerryDialogFile callback, GObject *owner)
{
  GtkFileChooserNative *native
      = make_chooser (parent, title, GTK_FILE_CHOOSER_ACTION_OPEN, callback, owner);
  g_autoptr (GtkFileFilter) filter = gtk_file_filter_new ();
  g_autoptr (GtkFileFilter) all = gtk_file_filter_new ();

  gtk_file_filter_set_name (filter, kind);
  gtk_file_filter_add_pattern (filter, pattern);
  gtk_file_filter_set_name (all, _ ("All files"));
  gtk_file_filter_add_pattern (all, "*");
  gtk_file_chooser_add_filter (GTK_FILE_CHOOSER (native), filter);
  gtk_file_chooser_add_filter (GTK_FILE_CHOOSER (native), all);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (native));
}

/**
 * ferry_dialog_save_file:
 * @name: the name that is offered
 *
 * As ferry_dialog_open_file(); the platform asks before an existing file is replaced.
 */
void
ferry_dialog_save_file (GtkWidget *parent, const char *title, const char *name,
                        FerryDialogFile callback, GObject *owner)
{
  GtkFileChooserNative *native
      = make_chooser (parent, title, GTK_FILE_CHOOSER_ACTION_SAVE, callback, owner);

  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (native), name);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (native));
}
