/* summary-page.c: see summary-page.h. */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "blueprint.h"
#include "fold-row.h"
#include "making.h"
#include "promise-row.h"
#include "summary-page.h"
#include "summary.h"
#include "trouble-view.h"
#include "window.h"

struct _FerrySummaryPage
{
  FerryPage parent_instance;

  FerryHeading *heading;
  GtkWidget *notice;
  GtkLabel *notice_text;
  FerryTroubleView *trouble;
  GtkStack *stack;
  GtkListBox *things;
  GtkWidget *notes_group;
  GtkListBox *notes;
  GtkListBox *details;
  GtkWidget *copies_group;
  GtkListBox *copies;
  GtkTextBuffer *xml;

  GCancellable *rehearsal; /* it is being asked what would be made */
  gboolean rehearsed;      /* it is known, and shown */
  GError *problem;         /* why it cannot be made, or NULL */
};

G_DEFINE_FINAL_TYPE (FerrySummaryPage, ferry_summary_page, FERRY_TYPE_PAGE)

static FerryBlueprint *
get_blueprint (FerrySummaryPage *self)
{
  return ferry_session_get_blueprint (ferry_page_get_session (FERRY_PAGE (self)));
}

/* Before that every sentence would be about another machine than the one that is made. */
static gboolean
is_known (FerrySummaryPage *self)
{
  FerryBlueprint *blueprint = get_blueprint (self);

  return ferry_blueprint_get_machine (blueprint) != NULL
         && ferry_blueprint_get_offer (blueprint) != NULL;
}

static void
clear (GtkListBox *list)
{
  GtkWidget *row;

  while ((row = gtk_widget_get_first_child (GTK_WIDGET (list))) != NULL)
    gtk_list_box_remove (list, row);
}

static void
add_row (GtkListBox *list, const char *icon, const char *title, const char *text)
{
  gtk_list_box_append (list, g_object_new (FERRY_TYPE_PROMISE_ROW, "icon-name", icon, "title",
                                           title, "text", text, NULL));
}

static void
show_things (FerrySummaryPage *self)
{
  FerrySession *session = ferry_page_get_session (FERRY_PAGE (self));
  g_autoptr (GPtrArray) lines
      = ferry_summary_make (get_blueprint (self), ferry_session_get_card (session));

  clear (self->things);
  for (guint i = 0; i < lines->len; i++)
    {
      const FerrySummaryLine *line = g_ptr_array_index (lines, i);
      add_row (self->things, line->icon, line->title, line->text);
    }
}

static void
show_notes (GtkWidget *group, GtkListBox *list, const GPtrArray *notes, const char *icon)
{
  clear (list);
  for (guint i = 0; i < notes->len; i++)
    add_row (list, icon, g_ptr_array_index (notes, i), "");
  gtk_widget_set_visible (group, notes->len > 0);
}

/* What speaks against it: a sentence of ours, or what libvirt said. */
static void
show_obstacle (FerrySummaryPage *self, const char *text, const GError *problem)
{
  const gboolean trouble = problem != NULL && !ferry_blueprint_is_preview (get_blueprint (self));

  gtk_label_set_label (self->notice_text, text != NULL ? text : "");
  gtk_widget_set_visible (self->notice, text != NULL && !trouble);
  gtk_widget_set_visible (GTK_WIDGET (self->trouble), trouble);
  if (trouble)
    ferry_trouble_view_set_error (self->trouble, problem);
}

/* What speaks against it is looked for here and by the rehearsal. */
static void
update_state (FerrySummaryPage *self)
{
  FerryWorkshop *workshop = ferry_blueprint_get_workshop (get_blueprint (self));
  const gboolean shut = ferry_workshop_get_state (workshop) == FERRY_WORKSHOP_SHUT;
  const gboolean known = is_known (self);
  g_autofree char *obstacle = known ? ferry_blueprint_find_obstacle (get_blueprint (self)) : NULL;

  show_obstacle (self, obstacle, shut ? ferry_workshop_get_trouble (workshop) : self->problem);
  gtk_stack_set_visible_child_name (self->stack, known ? "summary" : "reading");
  ferry_page_set_complete (FERRY_PAGE (self), known && obstacle == NULL && self->rehearsed);
}

/* Whoever tries again has perhaps started something meanwhile. */
static void
again_clicked (FerrySummaryPage *self)
{
  ferry_workshop_look (ferry_blueprint_get_workshop (get_blueprint (self)));
}

static void
rehearsed (GObject *object, GAsyncResult *result, gpointer user_data)
{
  FerrySummaryPage *self = FERRY_SUMMARY_PAGE (object);
  g_autoptr (GError) error = NULL;
  FerryCreated *created = ferry_making_finish (object, result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED)
      || ferry_page_get_session (FERRY_PAGE (self)) == NULL)
    {
      g_clear_pointer (&created, ferry_created_free);
      return;
    }
  g_clear_object (&self->rehearsal);
  if (created != NULL)
    {
      show_notes (self->notes_group, self->notes, created->notes, "dialog-information-symbolic");
      show_notes (self->copies_group, self->copies, created->copies, "edit-copy-symbolic");
    }
  else
    self->problem = g_steal_pointer (&error);
  gtk_text_buffer_set_text (self->xml, created != NULL ? created->xml : "", -1);
  self->rehearsed = created != NULL;
  g_clear_pointer (&created, ferry_created_free);
  update_state (self);
}

static void
rehearse (FerrySummaryPage *self)
{
  g_cancellable_cancel (self->rehearsal);
  g_clear_object (&self->rehearsal);
  g_clear_error (&self->problem);
  self->rehearsed = FALSE;
  if (!is_known (self))
    return;
  self->rehearsal = g_cancellable_new ();
  ferry_making_rehearse_async (get_blueprint (self), self->rehearsal, rehearsed, G_OBJECT (self));
}

/* Made anew when it is looked at, and whenever something is another meanwhile. */
static void
update (FerrySummaryPage *self)
{
  if (!gtk_widget_get_mapped (GTK_WIDGET (self)))
    return;
  show_things (self);
  rehearse (self);
  update_state (self);
}

static void
copy_clicked (FerrySummaryPage *self)
{
  GtkTextIter start, end;
  g_autofree char *text = NULL;

  gtk_text_buffer_get_bounds (self->xml, &start, &end);
  text = gtk_text_buffer_get_text (self->xml, &start, &end, FALSE);
  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)), text);
  ferry_window_toast (GTK_WIDGET (self), _ ("The description was copied"));
}

static void
make_details (FerrySummaryPage *self)
{
  GtkWidget *row = ferry_fold_row_new ("text-x-generic-symbolic", _ ("The description for libvirt"),
                                       _ ("For people who know what they are looking for"));
  GtkWidget *view = gtk_text_view_new ();
  GtkWidget *copy = gtk_button_new_with_mnemonic (_ ("C_opy"));

  self->xml = gtk_text_view_get_buffer (GTK_TEXT_VIEW (view));
  gtk_text_view_set_editable (GTK_TEXT_VIEW (view), FALSE);
  gtk_text_view_set_monospace (GTK_TEXT_VIEW (view), TRUE);
  gtk_text_view_set_wrap_mode (GTK_TEXT_VIEW (view), GTK_WRAP_WORD_CHAR);
  gtk_text_view_set_accepts_tab (GTK_TEXT_VIEW (view), FALSE);
  gtk_widget_add_css_class (view, "diff");
  gtk_accessible_update_property (GTK_ACCESSIBLE (view), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("The description for libvirt"), -1);
  gtk_widget_set_halign (copy, GTK_ALIGN_START);
  g_signal_connect_swapped (copy, "clicked", G_CALLBACK (copy_clicked), self);
  ferry_fold_row_append (FERRY_FOLD_ROW (row), copy);
  ferry_fold_row_append (FERRY_FOLD_ROW (row), view);
  gtk_list_box_append (self->details, row);
}

static void
ferry_summary_page_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (ferry_summary_page_parent_class)->map (widget);
  update (FERRY_SUMMARY_PAGE (widget));
}

static void
ferry_summary_page_shown (FerryPage *page)
{
  ferry_blueprint_begin (get_blueprint (FERRY_SUMMARY_PAGE (page)));
}

static void
ferry_summary_page_agreed (FerryPage *page)
{
  ferry_blueprint_agree (get_blueprint (FERRY_SUMMARY_PAGE (page)));
}

static void
ferry_summary_page_constructed (GObject *object)
{
  FerrySummaryPage *self = FERRY_SUMMARY_PAGE (object);

  G_OBJECT_CLASS (ferry_summary_page_parent_class)->constructed (object);

  make_details (self);
  ferry_page_set_forward_label (FERRY_PAGE (self), _ ("_Create"));
  g_signal_connect_object (get_blueprint (self), "notify::guest", G_CALLBACK (update), self,
                           G_CONNECT_SWAPPED);
}

static void
ferry_summary_page_dispose (GObject *object)
{
  FerrySummaryPage *self = FERRY_SUMMARY_PAGE (object);

  g_cancellable_cancel (self->rehearsal);
  g_clear_object (&self->rehearsal);
  g_clear_error (&self->problem);
  gtk_widget_dispose_template (GTK_WIDGET (object), FERRY_TYPE_SUMMARY_PAGE);
  G_OBJECT_CLASS (ferry_summary_page_parent_class)->dispose (object);
}

static void
ferry_summary_page_class_init (FerrySummaryPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (FERRY_TYPE_TROUBLE_VIEW);

  G_OBJECT_CLASS (klass)->constructed = ferry_summary_page_constructed;
  G_OBJECT_CLASS (klass)->dispose = ferry_summary_page_dispose;
  FERRY_PAGE_CLASS (klass)->shown = ferry_summary_page_shown;
  FERRY_PAGE_CLASS (klass)->agreed = ferry_summary_page_agreed;
  widget_class->map = ferry_summary_page_map;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/ferryvm/Ferry/ui/summary-page.ui");
  gtk_widget_class_bind_template_child (widget_class, FerrySummaryPage, heading);
  gtk_widget_class_bind_template_child (widget_class, FerrySummaryPage, notice);
  gtk_widget_class_bind_template_child (widget_class, FerrySummaryPage, notice_text);
  gtk_widget_class_bind_template_child (widget_class, FerrySummaryPage, trouble);
  gtk_widget_class_bind_template_child (widget_class, FerrySummaryPage, stack);
  gtk_widget_class_bind_template_child (widget_class, FerrySummaryPage, things);
  gtk_widget_class_bind_template_child (widget_class, FerrySummaryPage, notes_group);
  gtk_widget_class_bind_template_child (widget_class, FerrySummaryPage, notes);
  gtk_widget_class_bind_template_child (widget_class, FerrySummaryPage, copies_group);
  gtk_widget_class_bind_template_child (widget_class, FerrySummaryPage, copies);
  gtk_widget_class_bind_template_child (widget_class, FerrySummaryPage, details);
  gtk_widget_class_bind_template_callback (widget_class, again_clicked);
}

static void
ferry_summary_page_init (FerrySummaryPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
