/* trouble-view.c: see trouble-view.h. */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "fold-row.h"
#include "guest/symptom.h"
#include "prose.h"
#include "trouble-view.h"

struct _FerryTroubleView
{
  AdwBin parent_instance;

  GtkLabel *sentences;
  GtkListBox *details;
  GtkLabel *raw;
};

G_DEFINE_FINAL_TYPE (FerryTroubleView, ferry_trouble_view, ADW_TYPE_BIN)

enum
{
  AGAIN,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
again_clicked (FerryTroubleView *self)
{
  g_signal_emit (self, signals[AGAIN], 0);
}

/**
 * ferry_trouble_view_set_error:
 * @error: only read, not kept
 */
void
ferry_trouble_view_set_error (FerryTroubleView *self, const GError *error)
{
  g_autofree char *sentences = NULL;
  const char *raw;

  g_return_if_fail (FERRY_IS_TROUBLE_VIEW (self));
  g_return_if_fail (error != NULL);

  sentences = ferry_symptom_get_sentences (error);
  raw = ferry_symptom_get_raw (error);
  gtk_label_set_label (self->sentences, sentences);
  gtk_label_set_label (self->raw, raw != NULL ? raw : "");
  gtk_widget_set_visible (GTK_WIDGET (self->details), raw != NULL);
}

static void
ferry_trouble_view_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), FERRY_TYPE_TROUBLE_VIEW);
  G_OBJECT_CLASS (ferry_trouble_view_parent_class)->dispose (object);
}

static void
ferry_trouble_view_class_init (FerryTroubleViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = ferry_trouble_view_dispose;
  signals[AGAIN] = g_signal_new ("again", FERRY_TYPE_TROUBLE_VIEW, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                 NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/ferryvm/Ferry/ui/trouble-view.ui");
  gtk_widget_class_bind_template_child (widget_class, FerryTroubleView, sentences);
  gtk_widget_class_bind_template_child (widget_class, FerryTroubleView, details);
  gtk_widget_class_bind_template_callback (widget_class, again_clicked);
}

static void
ferry_trouble_view_init (FerryTroubleView *self)
{
  GtkWidget *row = ferry_fold_row_new ("text-x-generic-symbolic", _ ("What libvirt said"),
                                       _ ("To search for, or to show to somebody"));

  gtk_widget_init_template (GTK_WIDGET (self));
  self->raw = GTK_LABEL (ferry_prose_new (NULL, "monospace"));
  gtk_label_set_selectable (self->raw, TRUE);
  ferry_fold_row_append (FERRY_FOLD_ROW (row), GTK_WIDGET (self->raw));
  gtk_list_box_append (self->details, row);
}
