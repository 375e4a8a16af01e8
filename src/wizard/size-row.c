/* size-row.c: see size-row.h. */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "size-row.h"

struct _FerrySizeRow
{
  AdwPreferencesRow parent_instance;

  GtkLabel *title;
  GtkLabel *value;
  GtkScale *scale;
  GtkLabel *sentence;

  guint64 lowest, highest, good, step;
  gboolean setting; /* the page moves the slider */
};

G_DEFINE_FINAL_TYPE (FerrySizeRow, ferry_size_row, ADW_TYPE_PREFERENCES_ROW)

enum
{
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static guint
find_steps (FerrySizeRow *self, guint64 value)
{
  if (self->step == 0 || value <= self->lowest)
    return 0;
  return (guint) ((MIN (value, self->highest) - self->lowest + self->step / 2) / self->step);
}

/**
 * ferry_size_row_get_value:
 *
 * Returns: what the slider says, in the unit of the range
 */
guint64
ferry_size_row_get_value (FerrySizeRow *self)
{
  guint64 value;

  g_return_val_if_fail (FERRY_IS_SIZE_ROW (self), 0);
  value = self->lowest + (guint64) gtk_range_get_value (GTK_RANGE (self->scale)) * self->step;
  return MIN (value, self->highest);
}

/**
 * ferry_size_row_set_value:
 *
 * Moves the slider without saying so.
 */
void
ferry_size_row_set_value (FerrySizeRow *self, guint64 value)
{
  g_return_if_fail (FERRY_IS_SIZE_ROW (self));
  if (ferry_size_row_get_value (self) == value)
    return;
  self->setting = TRUE;
  gtk_range_set_value (GTK_RANGE (self->scale), find_steps (self, value));
  self->setting = FALSE;
}

/**
 * ferry_size_row_set_range:
 * @good: what is recommended; marked below the slider
 * @step: the unit of one movement
 */
void
ferry_size_row_set_range (FerrySizeRow *self, guint64 lowest, guint64 highest, guint64 good,
                          guint64 step)
{
  guint n_steps;

  g_return_if_fail (FERRY_IS_SIZE_ROW (self));
  g_return_if_fail (step > 0);

  if (self->lowest == lowest && self->highest == highest && self->good == good
      && self->step == step)
    return;
  self->lowest = lowest;
  self->highest = MAX (lowest, highest);
  self->good = good;
  self->step = step;
  n_steps = (guint) ((self->highest - lowest + step - 1) / step);

  self->setting = TRUE;
  gtk_range_set_range (GTK_RANGE (self->scale), 0, MAX (n_steps, 1));
  gtk_range_set_increments (GTK_RANGE (self->scale), 1, MAX (1, n_steps / 10));
  gtk_scale_clear_marks (self->scale);
  gtk_scale_add_mark (self->scale, find_steps (self, good), GTK_POS_BOTTOM, NULL);
  gtk_widget_set_sensitive (GTK_WIDGET (self->scale), n_steps > 0);
  self->setting = FALSE;
}

/**
 * ferry_size_row_set_words:
 * @value: "16 GiB"
 * @sentence: what stays, or why it is not enough
 */
void
ferry_size_row_set_words (FerrySizeRow *self, const char *value, const char *sentence)
{
  g_return_if_fail (FERRY_IS_SIZE_ROW (self));

  gtk_label_set_label (self->value, value);
  gtk_label_set_label (self->sentence, sentence);
  gtk_widget_set_visible (GTK_WIDGET (self->sentence), *sentence != '\0');
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->scale), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  adw_preferences_row_get_title (ADW_PREFERENCES_ROW (self)),
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, sentence,
                                  GTK_ACCESSIBLE_PROPERTY_VALUE_TEXT, value, -1);
}

static void
value_changed (FerrySizeRow *self)
{
  if (!self->setting)
    g_signal_emit (self, signals[CHANGED], 0);
}

static void
title_changed (FerrySizeRow *self)
{
  gtk_label_set_label (self->title, adw_preferences_row_get_title (ADW_PREFERENCES_ROW (self)));
}

static void
ferry_size_row_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), FERRY_TYPE_SIZE_ROW);
  G_OBJECT_CLASS (ferry_size_row_parent_class)->dispose (object);
}

static void
ferry_size_row_class_init (FerrySizeRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = ferry_size_row_dispose;
  signals[CHANGED] = g_signal_new ("changed", FERRY_TYPE_SIZE_ROW, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                   NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/ferryvm/Ferry/ui/size-row.ui");
  gtk_widget_class_bind_template_child (widget_class, FerrySizeRow, title);
  gtk_widget_class_bind_template_child (widget_class, FerrySizeRow, value);
  gtk_widget_class_bind_template_child (widget_class, FerrySizeRow, scale);
  gtk_widget_class_bind_template_child (widget_class, FerrySizeRow, sentence);
  gtk_widget_class_bind_template_callback (widget_class, title_changed);
  gtk_widget_class_bind_template_callback (widget_class, value_changed);
}

static void
ferry_size_row_init (FerrySizeRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
