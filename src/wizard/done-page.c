/* done-page.c: see done-page.h. */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "advice.h"
#include "deed.h"
#include "dialog.h"
#include "facts/host.h"
#include "done-page.h"
#include "blueprint.h"
#include "promise-row.h"
#include "trouble-view.h"
#include "viewer.h"

#define VENDOR_NVIDIA 0x10de

struct _FerryDonePage
{
  FerryPage parent_instance;

  FerryHeading *heading;
  GtkStack *stack;
  GtkWidget *notice;
  GtkLabel *notice_text;
  AdwActionRow *machine;
  GtkSpinner *spinner;
  GtkWidget *start;
  GtkWidget *open;
  FerryTroubleView *trouble;
  GtkListBox *advice;

  gboolean starting;
};

G_DEFINE_FINAL_TYPE (FerryDonePage, ferry_done_page, FERRY_TYPE_PAGE)

static FerryBlueprint *
get_blueprint (FerryDonePage *self)
{
  return ferry_session_get_blueprint (ferry_page_get_session (FERRY_PAGE (self)));
}

static const FerryResident *
find_machine (FerryDonePage *self)
{
  const GPtrArray *machines
      = ferry_workshop_list_machines (ferry_blueprint_get_workshop (get_blueprint (self)));
  const char *name = ferry_blueprint_get_made (get_blueprint (self));

  for (guint i = 0; machines != NULL && name != NULL && i < machines->len; i++)
    {
      const FerryResident *resident = g_ptr_array_index (machines, i);

      if (g_str_equal (resident->name, name))
        return resident;
    }
  return NULL;
}

static gboolean
is_nvidia (FerryDonePage *self)
{
  const FerryCard *card = ferry_session_get_card (ferry_page_get_session (FERRY_PAGE (self)));

  return card != NULL && card->primary->vendor == VENDOR_NVIDIA;
}

static void
show_advice (FerryDonePage *self)
{
  g_autoptr (GPtrArray) lines
      = ferry_advice_make (ferry_blueprint_get_guest (get_blueprint (self)), is_nvidia (self));
  GtkWidget *row;

  while ((row = gtk_widget_get_first_child (GTK_WIDGET (self->advice))) != NULL)
    gtk_list_box_remove (self->advice, row);
  for (guint i = 0; i < lines->len; i++)
    {
      const FerrySummaryLine *line = g_ptr_array_index (lines, i);

      gtk_list_box_append (self->advice,
                           g_object_new (FERRY_TYPE_PROMISE_ROW, "icon-name", line->icon, "title",
                                         line->title, "text", line->text, NULL));
    }
}

static void
show_preview (FerryDonePage *self)
{
  ferry_heading_set_title (self->heading, _ ("Here the virtual machine would be started"));
  ferry_heading_set_description (self->heading,
                                 _ ("This computer is only looked at: it is a recorded one, or a "
                                    "folder."));
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->machine),
                                 ferry_blueprint_get_guest (get_blueprint (self))->name);
  adw_action_row_set_subtitle (self->machine, _ ("Not made"));
}

static void
show_machine (FerryDonePage *self, const char *name, const FerryResident *resident)
{
  const gboolean running = resident != NULL && resident->power != FERRY_POWER_OFF
                           && resident->power != FERRY_POWER_CRASHED;

  ferry_heading_set_title (self->heading, running ? _ ("The virtual machine runs")
                                                  : _ ("The virtual machine is ready"));
  ferry_heading_set_description (
      self->heading, _ ("It stays in the list of your virtual machines, and can be started from "
                        "there at any time, without Ferry."));
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->machine), name);
  adw_action_row_set_subtitle (self->machine, self->starting ? _ ("Starting…")
                                              : resident != NULL
                                                  ? ferry_power_get_title (resident->power)
                                                  : "");
  gtk_widget_set_sensitive (self->start, !running && !self->starting && resident != NULL);
}

/* Opening the window needs a program that may not be there, or may not be started from here. */
static void
show_viewer (FerryDonePage *self, const char *name)
{
  FerryRoot *home = ferry_session_get_home (ferry_page_get_session (FERRY_PAGE (self)));
  g_autofree char *text = ferry_viewer_explain (home, name != NULL ? name : "");

  gtk_widget_set_sensitive (self->open, name != NULL && text == NULL);
  /* The button's place in the row. */
  gtk_widget_set_visible (gtk_widget_get_parent (self->open), !ferry_host_is_flatpak (home));
  gtk_label_set_label (self->notice_text, text != NULL ? text : "");
  gtk_widget_set_visible (self->notice, name != NULL && text != NULL);
}

static void
update (FerryDonePage *self)
{
  const char *name = ferry_blueprint_get_made (get_blueprint (self));
  const gboolean preview = name == NULL && ferry_blueprint_is_preview (get_blueprint (self));

  gtk_stack_set_visible_child_name (self->stack, name != NULL || preview ? "made" : "none");
  gtk_widget_set_visible (GTK_WIDGET (self->spinner), self->starting);
  gtk_spinner_set_spinning (self->spinner, self->starting);
  gtk_widget_set_sensitive (self->start, FALSE);
  show_viewer (self, name);
  if (name != NULL)
    show_machine (self, name, find_machine (self));
  else if (preview)
    show_preview (self);
  else
    ferry_heading_set_title (self->heading, ferry_page_get_title (FERRY_PAGE (self)));
  show_advice (self);
}

static void
started (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (FerryDonePage) self = user_data;
  g_autoptr (GError) error = NULL;
  const gboolean good = ferry_workshop_run_finish (FERRY_WORKSHOP (source), result, &error);

  self->starting = FALSE;
  if (ferry_page_get_session (FERRY_PAGE (self)) == NULL)
    return;
  if (!good)
    ferry_trouble_view_set_error (self->trouble, error);
  gtk_widget_set_visible (GTK_WIDGET (self->trouble), !good);
  update (self);
}

static void
start_clicked (FerryDonePage *self)
{
  const char *name = ferry_blueprint_get_made (get_blueprint (self));

  if (name == NULL || self->starting)
    return;
  self->starting = TRUE;
  gtk_widget_set_visible (GTK_WIDGET (self->trouble), FALSE);
  update (self);
  ferry_workshop_run_async (ferry_blueprint_get_workshop (get_blueprint (self)), ferry_deed_do,
                            ferry_deed_new (FERRY_DEED_START, name,
                                            ferry_blueprint_get_machine (get_blueprint (self)), NULL),
                            (GDestroyNotify) ferry_deed_free, NULL, started, g_object_ref (self));
}

static void
open_clicked (FerryDonePage *self)
{
  const char *name = ferry_blueprint_get_made (get_blueprint (self));
  g_autoptr (GError) error = NULL;

  if (name != NULL && !ferry_viewer_open (name, &error))
    ferry_dialog_tell (GTK_WIDGET (self), _ ("This did not work"), error->message);
}

static void
ferry_done_page_shown (FerryPage *page)
{
  ferry_blueprint_begin (get_blueprint (FERRY_DONE_PAGE (page)));
  update (FERRY_DONE_PAGE (page));
}

static void
ferry_done_page_constructed (GObject *object)
{
  FerryDonePage *self = FERRY_DONE_PAGE (object);

  G_OBJECT_CLASS (ferry_done_page_parent_class)->constructed (object);

  g_signal_connect_object (get_blueprint (self), "notify::guest", G_CALLBACK (update), self,
                           G_CONNECT_SWAPPED);
  update (self);
}

static void
ferry_done_page_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), FERRY_TYPE_DONE_PAGE);
  G_OBJECT_CLASS (ferry_done_page_parent_class)->dispose (object);
}

static void
ferry_done_page_class_init (FerryDonePageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (FERRY_TYPE_TROUBLE_VIEW);

  G_OBJECT_CLASS (klass)->constructed = ferry_done_page_constructed;
  G_OBJECT_CLASS (klass)->dispose = ferry_done_page_dispose;
  FERRY_PAGE_CLASS (klass)->shown = ferry_done_page_shown;
  gtk_widget_class_set_template_from_resource (widget_class, "/org/ferryvm/Ferry/ui/done-page.ui");
  gtk_widget_class_bind_template_child (widget_class, FerryDonePage, heading);
  gtk_widget_class_bind_template_child (widget_class, FerryDonePage, stack);
  gtk_widget_class_bind_template_child (widget_class, FerryDonePage, notice);
  gtk_widget_class_bind_template_child (widget_class, FerryDonePage, notice_text);
  gtk_widget_class_bind_template_child (widget_class, FerryDonePage, machine);
  gtk_widget_class_bind_template_child (widget_class, FerryDonePage, spinner);
  gtk_widget_class_bind_template_child (widget_class, FerryDonePage, start);
  gtk_widget_class_bind_template_child (widget_class, FerryDonePage, open);
  gtk_widget_class_bind_template_child (widget_class, FerryDonePage, trouble);
  gtk_widget_class_bind_template_child (widget_class, FerryDonePage, advice);
  gtk_widget_class_bind_template_callback (widget_class, open_clicked);
  gtk_widget_class_bind_template_callback (widget_class, start_clicked);
}

static void
ferry_done_page_init (FerryDonePage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
