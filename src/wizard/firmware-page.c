/* firmware-page.c: see firmware-page.h. */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "dialog.h"
#include "firmware-page.h"
#include "facts/error.h"
#include "paper.h"
#include "setting-card.h"
#include "window.h"

struct _FerryFirmwarePage
{
  FerryPage parent_instance;

  FerryHeading *heading;
  GtkStack *stack;
  AdwActionRow *board;
  AdwActionRow *key;
  GtkBox *settings;
  GtkWidget *caution;
  GtkLabel *caution_label;
  GtkWidget *restart_box;
  GtkWidget *restart_button;
  GtkWidget *cancel_button;
  AdwStatusPage *nothing;

  FerryRestart *restart;
  GCancellable *restarting; /* NULL when no restart was asked for */
};

G_DEFINE_FINAL_TYPE (FerryFirmwarePage, ferry_firmware_page, FERRY_TYPE_PAGE)

static FerrySession *
get_session (FerryFirmwarePage *self)
{
  return ferry_page_get_session (FERRY_PAGE (self));
}

static gboolean
has_required (const FerryGuidance *guidance)
{
  for (guint i = 0; i < guidance->settings->len; i++)
    {
      const FerrySetting *setting = g_ptr_array_index (guidance->settings, i);
      if (setting->required)
        return TRUE;
    }
  return FALSE;
}

/* A restart concerns the computer in front of the person, never a recorded one. */
static void
update_restart (FerryFirmwarePage *self)
{
  FerrySession *session = get_session (self);
  gboolean possible = self->restart != NULL && ferry_restart_get_available (self->restart)
                      && ferry_session_get_recording (session) == NULL
                      && ferry_root_is_live (ferry_session_get_root (session));

  gtk_widget_set_visible (self->restart_box, possible);
  gtk_widget_set_visible (self->restart_button, self->restarting == NULL);
  gtk_widget_set_visible (self->cancel_button, self->restarting != NULL);
  ferry_page_set_busy (FERRY_PAGE (self), self->restarting != NULL);
}

static void
show_settings (FerryFirmwarePage *self, const FerryGuidance *guidance)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->settings))) != NULL)
    gtk_box_remove (self->settings, child);
  for (guint i = 0; i < guidance->settings->len; i++)
    gtk_box_append (self->settings,
                    ferry_setting_card_new (g_ptr_array_index (guidance->settings, i)));

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->board),
                                 guidance->board != NULL ? guidance->board
                                                         : _ ("The firmware does not say"));
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->key), guidance->entry_key);
  gtk_widget_set_visible (GTK_WIDGET (self->key), guidance->entry_key[0] != '\0');
  gtk_label_set_label (self->caution_label, guidance->caution);
  gtk_widget_set_visible (self->caution, guidance->caution[0] != '\0');
}

/* Where the computer cannot do it at all, "as it should be" would raise false hopes. */
static void
show_nothing (FerryFirmwarePage *self, const FerryReport *report)
{
  adw_status_page_set_description (
      self->nothing,
      report != NULL && report->overall == FERRY_OVERALL_IMPOSSIBLE
          ? _ ("There is no setting that would help here. The check says what stands in the way.")
          : _ ("As far as can be seen from here, every setting that matters is as it should be."));
}

static const char *
choose_view (const FerryGuidance *guidance, gboolean scanning)
{
  if (guidance == NULL)
    return scanning ? "reading" : "unknown";
  return guidance->settings->len > 0 ? "settings" : "nothing";
}

static void
update (FerryFirmwarePage *self)
{
  FerrySession *session = get_session (self);
  const FerryGuidance *guidance = ferry_session_get_guidance (session);
  gboolean scanning = ferry_session_get_scanning (session);

  if (guidance != NULL)
    show_settings (self, guidance);
  show_nothing (self, ferry_session_get_report (session));
  gtk_stack_set_visible_child_name (self->stack, choose_view (guidance, scanning));
  ferry_page_set_complete (FERRY_PAGE (self), guidance != NULL && !has_required (guidance));
  ferry_page_set_skippable (FERRY_PAGE (self), ferry_session_get_report (session) != NULL);
  update_restart (self);
}

static void
print_clicked (FerryFirmwarePage *self)
{
  const FerryGuidance *guidance = ferry_session_get_guidance (get_session (self));
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  g_autoptr (FerryPaper) paper = NULL;
  g_autoptr (GError) error = NULL;

  if (guidance == NULL)
    return;
  paper = ferry_paper_new (guidance);
  if (gtk_print_operation_run (GTK_PRINT_OPERATION (paper),
                               GTK_PRINT_OPERATION_ACTION_PRINT_DIALOG, GTK_WINDOW (root), &error)
      == GTK_PRINT_OPERATION_RESULT_ERROR)
    ferry_dialog_tell (GTK_WIDGET (self), _ ("The page could not be printed"), error->message);
}

static void
page_saved (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (FerryFirmwarePage) self = user_data;
  g_autoptr (GError) error = NULL;

  if (ferry_paper_save_finish (result, &error))
    ferry_window_toast (GTK_WIDGET (self), _ ("The page was saved"));
  else
    ferry_dialog_tell (GTK_WIDGET (self), _ ("The page could not be saved"), error->message);
}

static void
file_chosen (GFile *file, gpointer user_data)
{
  FerryFirmwarePage *self = FERRY_FIRMWARE_PAGE (user_data);
  const FerryGuidance *guidance = ferry_session_get_guidance (get_session (self));

  if (guidance != NULL)
    ferry_paper_save_async (guidance, file, page_saved, g_object_ref (self));
}

static void
save_clicked (FerryFirmwarePage *self)
{
  ferry_dialog_save_file (GTK_WIDGET (self), _ ("Save Page for Your Phone"),
                          _ ("firmware-settings.html"), file_chosen, G_OBJECT (self));
}

static void
restart_done (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (FerryFirmwarePage) self = user_data;
  g_autoptr (GError) error = NULL;
  gboolean restarting = ferry_restart_into_setup_finish (FERRY_RESTART (source), result, &error);

  /* From here on the system closes the program. */
  if (restarting)
    return;
  g_clear_object (&self->restarting);
  update_restart (self);
  if (!g_error_matches (error, FERRY_ERROR, FERRY_ERROR_CANCELLED))
    ferry_dialog_tell (GTK_WIDGET (self), _ ("This computer did not restart"), error->message);
}

static void
restart_confirmed (gpointer user_data)
{
  FerryFirmwarePage *self = FERRY_FIRMWARE_PAGE (user_data);

  if (self->restarting != NULL)
    return;
  self->restarting = g_cancellable_new ();
  update_restart (self);
  ferry_restart_into_setup_async (self->restart, self->restarting, restart_done,
                                  g_object_ref (self));
}

static void
restart_clicked (FerryFirmwarePage *self)
{
  ferry_dialog_ask (GTK_WIDGET (self), _ ("Restart into the firmware setup?"),
                    _ ("Save your work in other programs first. Once the computer restarts you "
                       "cannot see this page any more: have you noted, printed or photographed "
                       "the settings?"),
                    _ ("_Restart Now"), FERRY_DIALOG_DESTRUCTIVE, restart_confirmed,
                    G_OBJECT (self));
}

static void
cancel_clicked (FerryFirmwarePage *self)
{
  g_cancellable_cancel (self->restarting);
}

/**
 * ferry_firmware_page_set_restart:
 * @restart: whom to ask from now on
 */
void
ferry_firmware_page_set_restart (FerryFirmwarePage *self, FerryRestart *restart)
{
  g_return_if_fail (FERRY_IS_FIRMWARE_PAGE (self));

  if (self->restart != NULL)
    g_signal_handlers_disconnect_by_func (self->restart, update_restart, self);
  g_set_object (&self->restart, restart);
  g_signal_connect_object (restart, "notify::available", G_CALLBACK (update_restart), self,
                           G_CONNECT_SWAPPED);
  update_restart (self);
}

/* logind is asked when the page is first seen: not before it is needed. */
static void
ferry_firmware_page_shown (FerryPage *page)
{
  FerryFirmwarePage *self = FERRY_FIRMWARE_PAGE (page);
  g_autoptr (FerryRestart) restart = NULL;

  if (self->restart != NULL)
    return;
  restart = ferry_restart_new ();
  ferry_firmware_page_set_restart (self, restart);
}

static void
ferry_firmware_page_constructed (GObject *object)
{
  FerryFirmwarePage *self = FERRY_FIRMWARE_PAGE (object);
  FerrySession *session = get_session (self);

  G_OBJECT_CLASS (ferry_firmware_page_parent_class)->constructed (object);

  g_signal_connect_object (session, "notify::guidance", G_CALLBACK (update), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "notify::scanning", G_CALLBACK (update), self,
                           G_CONNECT_SWAPPED);
  update (self);
}

static void
ferry_firmware_page_dispose (GObject *object)
{
  FerryFirmwarePage *self = FERRY_FIRMWARE_PAGE (object);

  g_cancellable_cancel (self->restarting);
  g_clear_object (&self->restarting);
  g_clear_object (&self->restart);
  gtk_widget_dispose_template (GTK_WIDGET (object), FERRY_TYPE_FIRMWARE_PAGE);
  G_OBJECT_CLASS (ferry_firmware_page_parent_class)->dispose (object);
}

static void
ferry_firmware_page_class_init (FerryFirmwarePageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->constructed = ferry_firmware_page_constructed;
  G_OBJECT_CLASS (klass)->dispose = ferry_firmware_page_dispose;
  FERRY_PAGE_CLASS (klass)->shown = ferry_firmware_page_shown;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/ferryvm/Ferry/ui/firmware-page.ui");
  gtk_widget_class_bind_template_child (widget_class, FerryFirmwarePage, heading);
  gtk_widget_class_bind_template_child (widget_class, FerryFirmwarePage, stack);
  gtk_widget_class_bind_template_child (widget_class, FerryFirmwarePage, board);
  gtk_widget_class_bind_template_child (widget_class, FerryFirmwarePage, key);
  gtk_widget_class_bind_template_child (widget_class, FerryFirmwarePage, settings);
  gtk_widget_class_bind_template_child (widget_class, FerryFirmwarePage, caution);
  gtk_widget_class_bind_template_child (widget_class, FerryFirmwarePage, caution_label);
  gtk_widget_class_bind_template_child (widget_class, FerryFirmwarePage, restart_box);
  gtk_widget_class_bind_template_child (widget_class, FerryFirmwarePage, restart_button);
  gtk_widget_class_bind_template_child (widget_class, FerryFirmwarePage, cancel_button);
  gtk_widget_class_bind_template_child (widget_class, FerryFirmwarePage, nothing);
  gtk_widget_class_bind_template_callback (widget_class, print_clicked);
  gtk_widget_class_bind_template_callback (widget_class, save_clicked);
  gtk_widget_class_bind_template_callback (widget_class, restart_clicked);
  gtk_widget_class_bind_template_callback (widget_class, cancel_clicked);
}

static void
ferry_firmware_page_init (FerryFirmwarePage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
