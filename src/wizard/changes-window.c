/* changes-window.c: see changes-window.h. */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "changes-window.h"
#include "dialog.h"
#include "errand.h"
#include "fold-row.h"
#include "heading.h"
#include "outcome-view.h"
#include "prose.h"

struct _FerryChangesWindow
{
  AdwWindow parent_instance;

  FerryHeading *heading;
  GtkStack *stack;
  GtkListBox *list;
  GtkWidget *undo;
  GtkWidget *undo_all;
  GtkLabel *stage;
  FerryOutcomeView *result;

  FerrySession *session;
  FerryHelper *helper;   /* of the running undo */
  FerryOutcome *outcome; /* of the last undo, NULL before it ended */
  gboolean all;          /* go on with the next one */
};

G_DEFINE_FINAL_TYPE (FerryChangesWindow, ferry_changes_window, ADW_TYPE_WINDOW)

static FerryErrand *
get_errand (FerryChangesWindow *self)
{
  return ferry_session_get_errand (self->session);
}

static const char *
describe_state (const FerryPast *past)
{
  if (g_str_equal (past->state, "done"))
    return _ ("In force");
  if (g_str_equal (past->state, "undone"))
    return _ ("Taken back");
  if (g_str_equal (past->state, "rolled-back"))
    return _ ("Did not work; everything was put back");
  return _ ("Not finished; it is put in order at the next start");
}

static const char *
choose_icon (const FerryPast *past)
{
  if (ferry_past_is_in_force (past))
    return "object-select-symbolic";
  return g_str_equal (past->state, "undone") || g_str_equal (past->state, "rolled-back")
             ? "edit-undo-symbolic"
             : "dialog-warning-symbolic";
}

static GtkWidget *
make_row (const FerryPast *past)
{
  g_autoptr (GDateTime) time = g_date_time_new_from_unix_local (past->time);
  g_autofree char *when = time != NULL ? g_date_time_format (time, "%x %H:%M") : g_strdup ("");
  g_autofree char *sentence = g_strdup_printf ("%s · %s", describe_state (past), when);
  g_autofree char *paths = g_strjoinv ("\n/", past->paths);
  g_autofree char *named = g_strconcat (*paths != '\0' ? "/" : "", paths, NULL);
  GtkWidget *row = ferry_fold_row_new (choose_icon (past), past->title, sentence);
  GtkWidget *label = ferry_prose_new (*named != '\0' ? named : _ ("No file was changed."),
                                      *named != '\0' ? "monospace" : "caption");

  gtk_label_set_selectable (GTK_LABEL (label), TRUE);
  ferry_fold_row_append (FERRY_FOLD_ROW (row), ferry_prose_new (_ ("Files:"), "caption"));
  ferry_fold_row_append (FERRY_FOLD_ROW (row), label);
  return row;
}

static void
show (FerryChangesWindow *self, const char *view, const char *title, const char *text)
{
  ferry_heading_set_title (self->heading, title);
  ferry_heading_set_description (self->heading, text);
  gtk_stack_set_visible_child_name (self->stack, view);
}

static void
show_list (FerryChangesWindow *self, const FerryHistory *history)
{
  GtkWidget *row;

  while ((row = gtk_widget_get_first_child (GTK_WIDGET (self->list))) != NULL)
    gtk_list_box_remove (self->list, row);
  for (guint i = 0; i < history->entries->len; i++)
    gtk_list_box_append (self->list, make_row (g_ptr_array_index (history->entries, i)));
  gtk_widget_set_visible (self->undo, ferry_history_count_in_force (history) > 0);
  gtk_widget_set_visible (self->undo_all, ferry_history_count_in_force (history) > 1);
}

static void
update (FerryChangesWindow *self)
{
  const FerryHistory *history = ferry_errand_get_history (get_errand (self));

  if (history != NULL)
    show_list (self, history);
  if (self->helper != NULL)
    show (self, "running", _ ("Taking it back"),
          _ ("Please leave the computer switched on. This can take some minutes."));
  else if (self->outcome != NULL)
    show (self, "result", self->outcome->title, self->outcome->text);
  else if (ferry_errand_get_helper (get_errand (self)) == NULL)
    show (self, "nothing", _ ("Changes of Ferry"),
          _ ("This computer is only looked at. Go back to your own one to see what was changed "
             "there."));
  else if (history == NULL)
    show (
        self, "nothing", _ ("Changes of Ferry"),
        _ ("Ferry's helper, which keeps the list, could not be asked. Perhaps it is not installed "
           "on this computer. In a terminal, “sudo ferryctl history” shows the list as well."));
  else if (history->entries->len == 0)
    show (self, "nothing", _ ("Changes of Ferry"),
          _ ("Ferry has not changed anything on this computer."));
  else
    show (self, "list", _ ("Changes of Ferry"),
          _ ("The newest comes first. What was changed can be taken back, from the newest on."));
}

static void undo_newest (FerryChangesWindow *self, gboolean force);

static void
keep_aside_confirmed (gpointer user_data)
{
  undo_newest (FERRY_CHANGES_WINDOW (user_data), TRUE);
}

/* The helper names the file in its message. */
static void
ask_about_conflict (FerryChangesWindow *self, const GError *error)
{
  g_autofree char *body
      = g_strdup_printf (_ ("%s\n\nFerry can keep that file under a new name beside it, ending in "
                            "“.ferry-kept”, and then take its own change back."),
                         error->message);

  update (self);
  ferry_dialog_ask (GTK_WIDGET (self), _ ("A file was edited since"), body,
                    _ ("_Keep It Aside and Undo"), FERRY_DIALOG_DESTRUCTIVE, keep_aside_confirmed,
                    G_OBJECT (self));
}

static void
set_outcome (FerryChangesWindow *self, FerryOutcome *outcome)
{
  g_clear_pointer (&self->outcome, ferry_outcome_free);
  self->outcome = outcome;
  if (outcome != NULL)
    ferry_outcome_view_set_outcome (self->result, outcome);
}

static void
end (FerryChangesWindow *self, FerryOutcome *outcome)
{
  set_outcome (self, outcome);
  update (self);
  gtk_widget_grab_focus (GTK_WIDGET (self->heading));
  ferry_session_scan (self->session);
  ferry_errand_read_history (get_errand (self));
}

static void
progress_told (FerryChangesWindow *self, const char *stage, guint step, guint of, const char *title)
{
  g_autofree char *text = NULL;

  if (*title == '\0')
    return;
  text = of > 0 ? g_strdup_printf (_ ("Step %u of %u: %s"), step, of, title) : g_strdup (title);
  gtk_label_set_label (self->stage, text);
}

static void
finish (FerryChangesWindow *self, const GError *error)
{
  g_signal_handlers_disconnect_by_func (self->helper, progress_told, self);
  g_clear_object (&self->helper);
  if (g_error_matches (error, FERRY_FAULT, FERRY_FAULT_CHANGED))
    ask_about_conflict (self, error);
  else if (g_error_matches (error, FERRY_FAULT, FERRY_FAULT_AUTH_DISMISSED))
    update (self);
  else if (error != NULL)
    end (self, ferry_outcome_new_failed (error, NULL));
  else
    end (self, ferry_outcome_new_undone ());
}

static void
undo_ended (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (FerryChangesWindow) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *id = ferry_helper_run_finish (FERRY_HELPER (source), result, &error);

  /* Closed meanwhile. */
  if (self->session != NULL)
    finish (self, error);
}

static void
undo_newest (FerryChangesWindow *self, gboolean force)
{
  const FerryPast *newest
      = ferry_history_find_newest (ferry_errand_get_history (get_errand (self)));
  FerryHelper *helper = ferry_errand_get_helper (get_errand (self));

  if (newest == NULL || helper == NULL || self->helper != NULL)
    return;
  set_outcome (self, NULL);
  self->helper = g_object_ref (helper);
  gtk_label_set_label (self->stage, _ ("Waiting for your password…"));
  g_signal_connect_object (helper, "progress", G_CALLBACK (progress_told), self, G_CONNECT_SWAPPED);
  ferry_helper_undo_async (helper, newest->id, force, undo_ended, g_object_ref (self));
  update (self);
}

/* With all: the next one follows as soon as the list says that this one is taken back. */
static void
history_changed (FerryChangesWindow *self)
{
  const FerryHistory *history = ferry_errand_get_history (get_errand (self));
  gboolean good = self->outcome != NULL && self->outcome->kind == FERRY_OUTCOME_GOOD;

  update (self);
  if (self->all && good && ferry_history_count_in_force (history) > 0)
    undo_newest (self, FALSE);
  else if (self->helper == NULL && self->outcome != NULL)
    self->all = FALSE;
}

static void
undo_clicked (FerryChangesWindow *self)
{
  self->all = FALSE;
  undo_newest (self, FALSE);
}

static void
undo_all_clicked (FerryChangesWindow *self)
{
  self->all = TRUE;
  undo_newest (self, FALSE);
}

static void
again_pressed (FerryChangesWindow *self)
{
  undo_newest (self, FALSE);
}

static void
close_clicked (FerryChangesWindow *self)
{
  gtk_window_close (GTK_WINDOW (self));
}

/* An undo goes on without this window; the main window warns when it is closed as well. */
static void
ferry_changes_window_dispose (GObject *object)
{
  FerryChangesWindow *self = FERRY_CHANGES_WINDOW (object);

  g_clear_object (&self->helper);
  g_clear_object (&self->session);
  gtk_widget_dispose_template (GTK_WIDGET (object), FERRY_TYPE_CHANGES_WINDOW);
  G_OBJECT_CLASS (ferry_changes_window_parent_class)->dispose (object);
}

static void
ferry_changes_window_finalize (GObject *object)
{
  ferry_outcome_free (FERRY_CHANGES_WINDOW (object)->outcome);
  G_OBJECT_CLASS (ferry_changes_window_parent_class)->finalize (object);
}

static void
ferry_changes_window_class_init (FerryChangesWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (FERRY_TYPE_HEADING);
  g_type_ensure (FERRY_TYPE_OUTCOME_VIEW);

  G_OBJECT_CLASS (klass)->dispose = ferry_changes_window_dispose;
  G_OBJECT_CLASS (klass)->finalize = ferry_changes_window_finalize;
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/ferryvm/Ferry/ui/changes-window.ui");
  gtk_widget_class_bind_template_child (widget_class, FerryChangesWindow, heading);
  gtk_widget_class_bind_template_child (widget_class, FerryChangesWindow, stack);
  gtk_widget_class_bind_template_child (widget_class, FerryChangesWindow, list);
  gtk_widget_class_bind_template_child (widget_class, FerryChangesWindow, undo);
  gtk_widget_class_bind_template_child (widget_class, FerryChangesWindow, undo_all);
  gtk_widget_class_bind_template_child (widget_class, FerryChangesWindow, stage);
  gtk_widget_class_bind_template_child (widget_class, FerryChangesWindow, result);
  gtk_widget_class_bind_template_callback (widget_class, again_pressed);
  gtk_widget_class_bind_template_callback (widget_class, close_clicked);
  gtk_widget_class_bind_template_callback (widget_class, undo_clicked);
  gtk_widget_class_bind_template_callback (widget_class, undo_all_clicked);
}

static void
ferry_changes_window_init (FerryChangesWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * ferry_changes_window_new:
 * @parent: (nullable): the window that waits meanwhile
 *
 * Returns: (transfer none): a window that belongs to itself, not yet shown
 */
FerryChangesWindow *
ferry_changes_window_new (GtkWindow *parent, FerrySession *session)
{
  FerryChangesWindow *self
      = g_object_new (FERRY_TYPE_CHANGES_WINDOW, "transient-for", parent, NULL);

  self->session = g_object_ref (session);
  g_signal_connect_object (get_errand (self), "notify::history", G_CALLBACK (history_changed), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "notify::recording", G_CALLBACK (update), self,
                           G_CONNECT_SWAPPED);
  update (self);
  ferry_errand_read_history (get_errand (self));
  return self;
}
