/* outcome-view.c: see outcome-view.h. */
#include "config.h"

#include "outcome-view.h"

struct _FerryOutcomeView
{
  AdwBin parent_instance;

  GtkWidget *card;
  GtkImage *icon;
  GtkLabel *state;
  GtkLabel *commands;
  GtkLabel *details;
  GtkWidget *again;
};

G_DEFINE_FINAL_TYPE (FerryOutcomeView, ferry_outcome_view, ADW_TYPE_BIN)

enum
{
  AGAIN,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
again_clicked (FerryOutcomeView *self)
{
  g_signal_emit (self, signals[AGAIN], 0);
}

static void
ferry_outcome_view_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), FERRY_TYPE_OUTCOME_VIEW);
  G_OBJECT_CLASS (ferry_outcome_view_parent_class)->dispose (object);
}

static void
ferry_outcome_view_class_init (FerryOutcomeViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = ferry_outcome_view_dispose;
  signals[AGAIN] = g_signal_new ("again", FERRY_TYPE_OUTCOME_VIEW, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                 NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/ferryvm/Ferry/ui/outcome-view.ui");
  gtk_widget_class_bind_template_child (widget_class, FerryOutcomeView, card);
  gtk_widget_class_bind_template_child (widget_class, FerryOutcomeView, icon);
  gtk_widget_class_bind_template_child (widget_class, FerryOutcomeView, state);
  gtk_widget_class_bind_template_child (widget_class, FerryOutcomeView, commands);
  gtk_widget_class_bind_template_child (widget_class, FerryOutcomeView, details);
  gtk_widget_class_bind_template_child (widget_class, FerryOutcomeView, again);
  gtk_widget_class_bind_template_callback (widget_class, again_clicked);
}

static void
ferry_outcome_view_init (FerryOutcomeView *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

static void
set_text (GtkLabel *label, const char *text)
{
  gtk_label_set_label (label, text);
  gtk_widget_set_visible (GTK_WIDGET (label), *text != '\0');
}

/**
 * ferry_outcome_view_set_outcome:
 * @outcome: only read, not kept
 */
void
ferry_outcome_view_set_outcome (FerryOutcomeView *self, const FerryOutcome *outcome)
{
  static const char *const classes[] = { "good", "steps", "bad" };
  static const char *const icons[]
      = { "object-select-symbolic", "dialog-information-symbolic", "dialog-error-symbolic" };
  g_autofree char *commands = NULL;

  g_return_if_fail (FERRY_IS_OUTCOME_VIEW (self));

  commands = g_strjoinv ("\n", outcome->commands);
  for (gsize i = 0; i < G_N_ELEMENTS (classes); i++)
    gtk_widget_remove_css_class (self->card, classes[i]);
  gtk_widget_add_css_class (self->card, classes[outcome->kind]);
  gtk_image_set_from_icon_name (self->icon, icons[outcome->kind]);
  gtk_label_set_label (self->state, outcome->state);
  set_text (self->commands, commands);
  set_text (self->details, outcome->details);
  gtk_widget_set_visible (self->again, outcome->again);
}
