/* make-page.c: see make-page.h. */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "amount.h"
#include "blueprint.h"
#include "facts/error.h"
#include "make-page.h"
#include "making.h"
#include "part-row.h"
#include "trouble-view.h"

struct _FerryMakePage
{
  FerryPage parent_instance;

  FerryHeading *heading;
  GtkStack *stack;
  GtkLabel *step;
  GtkProgressBar *bar;
  GtkListBox *steps;
  GtkWidget *cancel;
  FerryTroubleView *trouble;

  GCancellable *running; /* it is being made */
  GtkWidget *row;        /* of the running step, owned by the list */
};

G_DEFINE_FINAL_TYPE (FerryMakePage, ferry_make_page, FERRY_TYPE_PAGE)

static FerryBlueprint *
get_blueprint (FerryMakePage *self)
{
  return ferry_session_get_blueprint (ferry_page_get_session (FERRY_PAGE (self)));
}

static void
show (FerryMakePage *self, const char *view, const char *title, const char *text)
{
  ferry_heading_set_title (self->heading, title);
  ferry_heading_set_description (self->heading, text);
  gtk_stack_set_visible_child_name (self->stack, view);
}

static void
show_waiting (FerryMakePage *self)
{
  if (ferry_blueprint_get_made (get_blueprint (self)) != NULL)
    show (self, "made", _ ("The virtual machine is there"),
          _ ("Go on to start it. To make another one, go back and change what you like."));
  else if (ferry_blueprint_is_preview (get_blueprint (self)))
    show (
        self, "waiting", _ ("Here the virtual machine would be made"),
        _ ("This computer is only looked at: it is a recorded one, or a folder. You can go on and "
           "see what would come next."));
  else
    show (self, "waiting", _ ("Look at the summary first"),
          _ ("Go back to the page “Summary”: it shows what will be made, and makes it."));
}

static void
update (FerryMakePage *self)
{
  const gboolean running = self->running != NULL;
  const gboolean failed = g_strcmp0 (gtk_stack_get_visible_child_name (self->stack), "failed") == 0;

  if (!running && !failed)
    show_waiting (self);
  ferry_page_set_busy (FERRY_PAGE (self), running);
  ferry_page_set_complete (FERRY_PAGE (self),
                           !running && ferry_blueprint_get_made (get_blueprint (self)) != NULL);
  ferry_page_set_skippable (FERRY_PAGE (self),
                            !running && ferry_blueprint_is_preview (get_blueprint (self)));
}

static void
clear_steps (FerryMakePage *self)
{
  GtkWidget *row;

  while ((row = gtk_widget_get_first_child (GTK_WIDGET (self->steps))) != NULL)
    gtk_list_box_remove (self->steps, row);
  self->row = NULL;
}

static gboolean
is_running_step (FerryMakePage *self, const char *title)
{
  return self->row != NULL
         && g_str_equal (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (self->row)), title);
}

static void
begin_step (FerryMakePage *self, const char *title)
{
  if (self->row != NULL)
    ferry_part_row_set_state (FERRY_PART_ROW (self->row), FERRY_PART_READ);
  self->row = ferry_part_row_new_for_work (title);
  ferry_part_row_set_state (FERRY_PART_ROW (self->row), FERRY_PART_READING);
  gtk_list_box_append (self->steps, self->row);
  gtk_label_set_label (self->step, title);
}

static void
show_amount (FerryMakePage *self, guint64 done, guint64 total)
{
  g_autofree char *part = ferry_amount_print (done);
  g_autofree char *whole = ferry_amount_print (total);
  g_autofree char *text = g_strdup_printf (_ ("%s of %s"), part, whole);

  gtk_progress_bar_set_fraction (self->bar, MIN (1.0, (double) done / (double) total));
  gtk_progress_bar_set_text (self->bar, text);
  gtk_progress_bar_set_show_text (self->bar, TRUE);
}

static void
progress_told (const char *title, guint64 done, guint64 total, gpointer owner)
{
  FerryMakePage *self = FERRY_MAKE_PAGE (owner);

  if (ferry_page_get_session (FERRY_PAGE (self)) == NULL)
    return;
  if (!is_running_step (self, title))
    begin_step (self, title);
  if (total > 0)
    {
      show_amount (self, done, total);
      return;
    }
  gtk_progress_bar_set_show_text (self->bar, FALSE);
  gtk_progress_bar_pulse (self->bar);
}

static void
show_failure (FerryMakePage *self, const GError *error)
{
  if (g_error_matches (error, FERRY_ERROR, FERRY_ERROR_CANCELLED)
      || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    show (self, "failed", _ ("Stopped"), _ ("What had been made was taken back."));
  else
    show (self, "failed", _ ("The virtual machine could not be made"), "");
  ferry_trouble_view_set_error (self->trouble, error);
}

static void
made (GObject *object, GAsyncResult *result, gpointer user_data)
{
  FerryMakePage *self = FERRY_MAKE_PAGE (object);
  g_autoptr (GError) error = NULL;
  FerryCreated *created = ferry_making_finish (object, result, &error);
  g_autofree char *name = created != NULL ? g_strdup (created->name) : NULL;

  g_clear_pointer (&created, ferry_created_free);
  /* The window was closed meanwhile. */
  if (ferry_page_get_session (FERRY_PAGE (self)) == NULL)
    return;
  g_clear_object (&self->running);
  if (name == NULL)
    {
      show_failure (self, error);
      update (self);
      ferry_page_focus_heading (FERRY_PAGE (self));
      return;
    }
  ferry_blueprint_set_made (get_blueprint (self), name);
  gtk_stack_set_visible_child_name (self->stack, "made");
  update (self);
  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    gtk_widget_activate_action (GTK_WIDGET (self), "win.forward", NULL);
}

static void
begin (FerryMakePage *self)
{
  if (self->running != NULL)
    return;
  self->running = g_cancellable_new ();
  ferry_blueprint_set_made (get_blueprint (self), NULL);
  clear_steps (self);
  gtk_label_set_label (self->step, _ ("Beginning…"));
  gtk_progress_bar_set_fraction (self->bar, 0);
  gtk_progress_bar_set_show_text (self->bar, FALSE);
  gtk_widget_set_sensitive (self->cancel, TRUE);
  show (self, "running", _ ("Making the virtual machine"),
        _ ("If a step does not work, what was made until then is taken back."));
  update (self);
  ferry_making_run_async (get_blueprint (self), progress_told, self->running, made,
                          G_OBJECT (self));
}

static void
cancel_clicked (FerryMakePage *self)
{
  gtk_widget_set_sensitive (self->cancel, FALSE);
  gtk_label_set_label (self->step, _ ("Stopping…"));
  g_cancellable_cancel (self->running);
}

static void
ferry_make_page_shown (FerryPage *page)
{
  FerryMakePage *self = FERRY_MAKE_PAGE (page);

  ferry_blueprint_begin (get_blueprint (self));
  if (ferry_blueprint_take_agreement (get_blueprint (self)))
    begin (self);
  else
    update (self);
}

static void
ferry_make_page_constructed (GObject *object)
{
  FerryMakePage *self = FERRY_MAKE_PAGE (object);

  G_OBJECT_CLASS (ferry_make_page_parent_class)->constructed (object);

  g_signal_connect_object (get_blueprint (self), "notify::guest", G_CALLBACK (update), self,
                           G_CONNECT_SWAPPED);
  update (self);
}

static void
ferry_make_page_dispose (GObject *object)
{
  g_clear_object (&FERRY_MAKE_PAGE (object)->running);
  gtk_widget_dispose_template (GTK_WIDGET (object), FERRY_TYPE_MAKE_PAGE);
  G_OBJECT_CLASS (ferry_make_page_parent_class)->dispose (object);
}

static void
ferry_make_page_class_init (FerryMakePageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (FERRY_TYPE_TROUBLE_VIEW);

  G_OBJECT_CLASS (klass)->constructed = ferry_make_page_constructed;
  G_OBJECT_CLASS (klass)->dispose = ferry_make_page_dispose;
  FERRY_PAGE_CLASS (klass)->shown = ferry_make_page_shown;
  gtk_widget_class_set_template_from_resource (widget_class, "/org/ferryvm/Ferry/ui/make-page.ui");
  gtk_widget_class_bind_template_child (widget_class, FerryMakePage, heading);
  gtk_widget_class_bind_template_child (widget_class, FerryMakePage, stack);
  gtk_widget_class_bind_template_child (widget_class, FerryMakePage, step);
  gtk_widget_class_bind_template_child (widget_class, FerryMakePage, bar);
  gtk_widget_class_bind_template_child (widget_class, FerryMakePage, steps);
  gtk_widget_class_bind_template_child (widget_class, FerryMakePage, cancel);
  gtk_widget_class_bind_template_child (widget_class, FerryMakePage, trouble);
  gtk_widget_class_bind_template_callback (widget_class, begin);
  gtk_widget_class_bind_template_callback (widget_class, cancel_clicked);
}

static void
ferry_make_page_init (FerryMakePage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
