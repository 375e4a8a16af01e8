/* window.c: see window.h. */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "blueprint.h"
#include "changes-window.h"
#include "dialog.h"
#include "errand.h"
#include "machines-window.h"
#include "route.h"
#include "step-list.h"
#include "window.h"

struct _FerryWindow
{
  AdwApplicationWindow parent_instance;

  GMenuModel *primary_menu;
  GtkMenuButton *menu_button;
  AdwFlap *flap;
  AdwWindowTitle *title;
  FerryStepList *steps;
  GtkWidget *steps_button;
  FerryAssistant *assistant;
  AdwToastOverlay *toasts;
  GtkRevealer *recorded;
  GtkLabel *recorded_label;

  FerrySession *session;
  gboolean settled; /* the page to open on has been found */
  guint start_id; /* of the source that starts what waits for the first frame */
};

G_DEFINE_FINAL_TYPE (FerryWindow, ferry_window, ADW_TYPE_APPLICATION_WINDOW)

/**
 * ferry_window_toast:
 * @widget: any widget in the window
 *
 * Says in passing that something was done.
 */
void
ferry_window_toast (GtkWidget *widget, const char *text)
{
  GtkRoot *root = gtk_widget_get_root (widget);

  if (FERRY_IS_WINDOW (root))
    adw_toast_overlay_add_toast (FERRY_WINDOW (root)->toasts, adw_toast_new (text));
}

static void
update_title (FerryWindow *self)
{
  guint n_steps;
  g_autofree char *subtitle = NULL;

  ferry_route_get_steps (&n_steps);
  gtk_widget_set_visible (self->steps_button, adw_flap_get_folded (self->flap));
  if (adw_flap_get_folded (self->flap))
    subtitle = g_strdup_printf (_ ("Step %u of %u"),
                                ferry_assistant_get_position (self->assistant) + 1, n_steps);
  adw_window_title_set_subtitle (self->title, subtitle != NULL ? subtitle : "");
}

static gboolean
update_title_idle (gpointer user_data)
{
  update_title (FERRY_WINDOW (user_data));
  return G_SOURCE_REMOVE;
}

/* The flap folds in the middle of a layout, when the title bar must not ask for another size. */
static void
update_title_later (FerryWindow *self)
{
  g_idle_add_full (G_PRIORITY_DEFAULT_IDLE, update_title_idle, g_object_ref (self),
                   g_object_unref);
}

static void
update_steps (FerryWindow *self)
{
  ferry_step_list_set_position (self->steps, ferry_assistant_get_position (self->assistant),
                                ferry_assistant_get_reached (self->assistant));
  update_title (self);
}

static void
step_chosen (FerryWindow *self, guint position)
{
  if (adw_flap_get_folded (self->flap))
    adw_flap_set_reveal_flap (self->flap, FALSE);
  ferry_assistant_turn_to (self->assistant, position);
}

static void
recording_changed (FerryWindow *self)
{
  const char *name = ferry_session_get_recording (self->session);
  g_autofree char *text = NULL;

  gtk_revealer_set_reveal_child (self->recorded, name != NULL);
  ferry_assistant_forget (self->assistant);
  if (name == NULL)
    return;

  text = g_strdup_printf (_ ("This is a recorded computer, “%s”, not the one in front of you."),
                          name);
  gtk_label_set_label (self->recorded_label, text);
}

/* Whatever can wait until the person sees the window. */
static gboolean
start (gpointer user_data)
{
  FerryWindow *self = user_data;

  self->start_id = 0;
  gtk_menu_button_set_menu_model (self->menu_button, self->primary_menu);
  if (!ferry_session_get_scanning (self->session))
    ferry_session_scan (self->session);
  return G_SOURCE_REMOVE;
}

static void
first_frame (GdkFrameClock *clock, gpointer user_data)
{
  FerryWindow *self = user_data;

  g_signal_handlers_disconnect_by_func (clock, first_frame, self);
  self->start_id = g_idle_add (start, self);
}

static void
ferry_window_realize (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (ferry_window_parent_class)->realize (widget);
  g_signal_connect_object (gtk_widget_get_frame_clock (widget), "after-paint",
                           G_CALLBACK (first_frame), widget, 0);
}

static gboolean
steps_cover_page (FerryWindow *self)
{
  return adw_flap_get_folded (self->flap) && adw_flap_get_reveal_flap (self->flap);
}

/* The list of steps covers the page: it is what one can move in now. */
static void
steps_mapped (FerryWindow *self)
{
  if (steps_cover_page (self))
    gtk_widget_child_focus (GTK_WIDGET (self->steps), GTK_DIR_TAB_FORWARD);
}

static void
back_activated (GtkWidget *widget, const char *name, GVariant *parameter)
{
  FerryWindow *self = FERRY_WINDOW (widget);

  if (steps_cover_page (self))
    adw_flap_set_reveal_flap (self->flap, FALSE);
  else
    ferry_assistant_back (self->assistant);
}

static void
forward_activated (GtkWidget *widget, const char *name, GVariant *parameter)
{
  ferry_assistant_forward (FERRY_WINDOW (widget)->assistant);
}

static void
turn_to_activated (GtkWidget *widget, const char *name, GVariant *parameter)
{
  guint position;

  if (ferry_route_find (g_variant_get_string (parameter, NULL), &position))
    ferry_assistant_open_at (FERRY_WINDOW (widget)->assistant, position);
}

static void
scan_activated (GtkWidget *widget, const char *name, GVariant *parameter)
{
  ferry_session_scan (FERRY_WINDOW (widget)->session);
}

/* Where the first words about another computer are. */
static void
show_check (FerryWindow *self)
{
  guint check;

  if (ferry_assistant_get_position (self->assistant) == 0)
    ferry_assistant_forward (self->assistant);
  else if (ferry_route_find ("check", &check))
    ferry_assistant_turn_to (self->assistant, check);
}

static void
recording_chosen (GFile *file, gpointer user_data)
{
  FerryWindow *self = FERRY_WINDOW (user_data);
  g_autofree char *path = g_file_get_path (file);

  if (path == NULL)
    {
      ferry_dialog_tell (GTK_WIDGET (self), _ ("This file cannot be opened"),
                         _ ("Copy it to a folder of this computer first, and open it there."));
      return;
    }
  ferry_session_open_recording (self->session, path);
  show_check (self);
}

static void
open_recording_activated (GtkWidget *widget, const char *name, GVariant *parameter)
{
  ferry_dialog_open_file (widget, _ ("Explore a Recorded Computer"), _ ("Recorded computers"),
                          "*.machine", recording_chosen, G_OBJECT (widget));
}

static void
close_recording_activated (GtkWidget *widget, const char *name, GVariant *parameter)
{
  FerryWindow *self = FERRY_WINDOW (widget);

  ferry_session_close_recording (self->session);
  ferry_page_focus_heading (ferry_assistant_get_page (self->assistant));
}

static void
recording_saved (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (FerryWindow) self = FERRY_WINDOW (user_data);
  g_autoptr (GError) error = NULL;

  if (ferry_session_save_recording_finish (FERRY_SESSION (source), result, &error))
    ferry_window_toast (GTK_WIDGET (self), _ ("The record of this computer was saved"));
  else
    ferry_dialog_tell (GTK_WIDGET (self), _ ("The record could not be saved"), error->message);
}

static void
save_chosen (GFile *file, gpointer user_data)
{
  FerryWindow *self = FERRY_WINDOW (user_data);
  g_autofree char *path = g_file_get_path (file);

  if (path == NULL)
    {
      ferry_dialog_tell (GTK_WIDGET (self), _ ("The record cannot be saved there"),
                         _ ("Choose a folder of this computer."));
      return;
    }
  ferry_session_save_recording_async (self->session, path, NULL, recording_saved,
                                      g_object_ref (self));
}

static void
save_recording_activated (GtkWidget *widget, const char *name, GVariant *parameter)
{
  ferry_dialog_save_file (widget, _ ("Save Record of This Computer"), "computer.machine",
                          save_chosen, G_OBJECT (widget));
}

static void
show_shortcuts_activated (GtkWidget *widget, const char *name, GVariant *parameter)
{
  g_autoptr (GtkBuilder) builder
      = gtk_builder_new_from_resource ("/org/ferryvm/Ferry/ui/shortcuts.ui");
  GtkWindow *shortcuts = GTK_WINDOW (gtk_builder_get_object (builder, "shortcuts"));

  gtk_window_set_transient_for (shortcuts, GTK_WINDOW (widget));
  gtk_window_present (shortcuts);
}

static void
show_changes_activated (GtkWidget *widget, const char *name, GVariant *parameter)
{
  FerryWindow *self = FERRY_WINDOW (widget);

  gtk_window_present (
      GTK_WINDOW (ferry_changes_window_new (GTK_WINDOW (self), self->session)));
}

/* Before anything was changed, the way begins at its start. */
static const char *
find_opening (FerryErrand *errand)
{
  if (ferry_history_find_newest (ferry_errand_get_history (errand)) == NULL)
    return NULL;
  switch (ferry_errand_get_phase (errand))
    {
    case FERRY_PHASE_RESTART:
      return "restart";
    case FERRY_PHASE_VERIFY:
    case FERRY_PHASE_READY:
    case FERRY_PHASE_FIRMWARE:
    case FERRY_PHASE_CHANGE:
    default:
      return "verify";
    }
}

/* Where the person stands, while the first page is still untouched: changed or restarted before. */
static void
turn_to_phase (FerryWindow *self)
{
  FerryErrand *errand = ferry_session_get_errand (self->session);
  guint position;

  if (self->settled || ferry_assistant_get_position (self->assistant) != 0
      || ferry_assistant_get_reached (self->assistant) != 0)
    return;
  self->settled = TRUE;
  if (ferry_route_find (find_opening (errand), &position))
    ferry_assistant_open_at (self->assistant, position);
}

/* The list of changes is asked for when this computer has been read. */
static void
machine_read (FerryWindow *self)
{
  FerryErrand *errand = ferry_session_get_errand (self->session);

  if (!self->settled && ferry_session_get_machine (self->session) != NULL)
    ferry_errand_read_history (errand);
}

static void
show_machines_activated (GtkWidget *widget, const char *name, GVariant *parameter)
{
  FerryWindow *self = FERRY_WINDOW (widget);

  gtk_window_present (
      GTK_WINDOW (ferry_machines_window_new (GTK_WINDOW (self), self->session)));
}

static gboolean
is_making (FerryWindow *self)
{
  return ferry_workshop_is_working (
      ferry_blueprint_get_workshop (ferry_session_get_blueprint (self->session)));
}

static void
close_confirmed (gpointer user_data)
{
  gtk_window_destroy (GTK_WINDOW (user_data));
}

static gboolean
ferry_window_close_request (GtkWindow *window)
{
  FerryWindow *self = FERRY_WINDOW (window);

  if (is_making (self))
    {
      ferry_dialog_tell (GTK_WIDGET (self), _ ("A virtual machine is being made or changed"),
                         _ ("If Ferry ended in the middle of it, something would be left behind. "
                            "Please wait a moment, or stop it on the page “Create”."));
      return TRUE;
    }
  if (!ferry_errand_is_running (ferry_session_get_errand (self->session)))
    return GTK_WINDOW_CLASS (ferry_window_parent_class)->close_request (window);

  ferry_dialog_ask (GTK_WIDGET (self), _ ("This computer is being changed"),
                    _ ("The change goes on without this window: closing it does not stop it, and "
                       "you will not see how it ends. Please do not switch the computer off."),
                    _ ("Close _Anyway"), FERRY_DIALOG_DESTRUCTIVE, close_confirmed,
                    G_OBJECT (self));
  return TRUE;
}

static void
ferry_window_dispose (GObject *object)
{
  g_clear_handle_id (&FERRY_WINDOW (object)->start_id, g_source_remove);
  g_clear_object (&FERRY_WINDOW (object)->session);
  gtk_widget_dispose_template (GTK_WIDGET (object), FERRY_TYPE_WINDOW);
  G_OBJECT_CLASS (ferry_window_parent_class)->dispose (object);
}

static void
install_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "win.back", NULL, back_activated);
  gtk_widget_class_install_action (widget_class, "win.forward", NULL, forward_activated);
  gtk_widget_class_install_action (widget_class, "win.turn-to", "s", turn_to_activated);
  gtk_widget_class_install_action (widget_class, "win.scan", NULL, scan_activated);
  gtk_widget_class_install_action (widget_class, "win.open-recording", NULL,
                                   open_recording_activated);
  gtk_widget_class_install_action (widget_class, "win.close-recording", NULL,
                                   close_recording_activated);
  gtk_widget_class_install_action (widget_class, "win.save-recording", NULL,
                                   save_recording_activated);
  gtk_widget_class_install_action (widget_class, "win.show-changes", NULL,
                                   show_changes_activated);
  gtk_widget_class_install_action (widget_class, "win.show-machines", NULL,
                                   show_machines_activated);
  gtk_widget_class_install_action (widget_class, "win.show-shortcuts", NULL,
                                   show_shortcuts_activated);

  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Left, GDK_ALT_MASK, "win.back", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Right, GDK_ALT_MASK, "win.forward",
                                       NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "win.back", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_question, GDK_CONTROL_MASK,
                                       "win.show-shortcuts", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_F5, 0, "win.scan", NULL);
}

static void
ferry_window_class_init (FerryWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (FERRY_TYPE_ASSISTANT);
  g_type_ensure (FERRY_TYPE_HEADING);
  g_type_ensure (FERRY_TYPE_STEP_LIST);

  G_OBJECT_CLASS (klass)->dispose = ferry_window_dispose;
  GTK_WINDOW_CLASS (klass)->close_request = ferry_window_close_request;
  widget_class->realize = ferry_window_realize;
  install_actions (widget_class);

  gtk_widget_class_set_template_from_resource (widget_class, "/org/ferryvm/Ferry/ui/window.ui");
  gtk_widget_class_bind_template_child (widget_class, FerryWindow, primary_menu);
  gtk_widget_class_bind_template_child (widget_class, FerryWindow, menu_button);
  gtk_widget_class_bind_template_child (widget_class, FerryWindow, flap);
  gtk_widget_class_bind_template_child (widget_class, FerryWindow, title);
  gtk_widget_class_bind_template_child (widget_class, FerryWindow, steps);
  gtk_widget_class_bind_template_child (widget_class, FerryWindow, steps_button);
  gtk_widget_class_bind_template_child (widget_class, FerryWindow, assistant);
  gtk_widget_class_bind_template_child (widget_class, FerryWindow, toasts);
  gtk_widget_class_bind_template_child (widget_class, FerryWindow, recorded);
  gtk_widget_class_bind_template_child (widget_class, FerryWindow, recorded_label);
  gtk_widget_class_bind_template_callback (widget_class, step_chosen);
  gtk_widget_class_bind_template_callback (widget_class, steps_mapped);
  gtk_widget_class_bind_template_callback (widget_class, update_steps);
  gtk_widget_class_bind_template_callback (widget_class, update_title_later);
}

static void
ferry_window_init (FerryWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * ferry_window_new:
 * @position: the page to open on
 *
 * The first scan starts by itself once the window has been drawn.
 *
 * Returns: (transfer none): a window that belongs to @application
 */
FerryWindow *
ferry_window_new (GtkApplication *application, FerrySession *session, guint position)
{
  FerryWindow *self = g_object_new (FERRY_TYPE_WINDOW, "application", application, NULL);

  self->session = g_object_ref (session);
  g_signal_connect_object (session, "notify::recording", G_CALLBACK (recording_changed), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "notify::machine", G_CALLBACK (machine_read), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (ferry_session_get_errand (session), "notify::history",
                           G_CALLBACK (turn_to_phase), self, G_CONNECT_SWAPPED);
  ferry_assistant_start (self->assistant, session, position);
  recording_changed (self);
  return self;
}

/**
 * ferry_window_get_assistant:
 *
 * Returns: (transfer none): the assistant in the window
 */
FerryAssistant *
ferry_window_get_assistant (FerryWindow *self)
{
  g_return_val_if_fail (FERRY_IS_WINDOW (self), NULL);
  return self->assistant;
}

/**
 * ferry_window_is_changing:
 *
 * Returns: whether the computer is being changed, so that closing the window needs a word
 */
gboolean
ferry_window_is_changing (FerryWindow *self)
{
  g_return_val_if_fail (FERRY_IS_WINDOW (self), FALSE);
  return is_making (self) || ferry_errand_is_running (ferry_session_get_errand (self->session));
}
