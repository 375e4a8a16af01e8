/* fold-row.c: see fold-row.h. */
#include "config.h"

#include "fold-row.h"

struct _FerryFoldRow
{
  AdwPreferencesRow parent_instance;

  GtkWidget *opener;
  GtkImage *icon;
  GtkLabel *title;
  GtkLabel *sentence;
  GtkImage *arrow;
  GtkRevealer *revealer;
  GtkBox *body;
};

G_DEFINE_FINAL_TYPE (FerryFoldRow, ferry_fold_row, ADW_TYPE_PREFERENCES_ROW)

static void
update_opener (FerryFoldRow *self)
{
  gboolean open = gtk_revealer_get_reveal_child (self->revealer);

  gtk_image_set_from_icon_name (self->arrow, open ? "pan-up-symbolic" : "pan-down-symbolic");
  gtk_accessible_update_state (GTK_ACCESSIBLE (self->opener), GTK_ACCESSIBLE_STATE_EXPANDED, open,
                               -1);
}

gboolean
ferry_fold_row_get_open (FerryFoldRow *self)
{
  g_return_val_if_fail (FERRY_IS_FOLD_ROW (self), FALSE);
  return gtk_revealer_get_reveal_child (self->revealer);
}

void
ferry_fold_row_set_open (FerryFoldRow *self, gboolean open)
{
  g_return_if_fail (FERRY_IS_FOLD_ROW (self));
  gtk_revealer_set_reveal_child (self->revealer, open);
  update_opener (self);
}

static void
opener_clicked (FerryFoldRow *self)
{
  ferry_fold_row_set_open (self, !ferry_fold_row_get_open (self));
}

static void
ferry_fold_row_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), FERRY_TYPE_FOLD_ROW);
  G_OBJECT_CLASS (ferry_fold_row_parent_class)->dispose (object);
}

static void
ferry_fold_row_class_init (FerryFoldRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = ferry_fold_row_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, "/org/ferryvm/Ferry/ui/fold-row.ui");
  gtk_widget_class_bind_template_child (widget_class, FerryFoldRow, opener);
  gtk_widget_class_bind_template_child (widget_class, FerryFoldRow, icon);
  gtk_widget_class_bind_template_child (widget_class, FerryFoldRow, title);
  gtk_widget_class_bind_template_child (widget_class, FerryFoldRow, sentence);
  gtk_widget_class_bind_template_child (widget_class, FerryFoldRow, arrow);
  gtk_widget_class_bind_template_child (widget_class, FerryFoldRow, revealer);
  gtk_widget_class_bind_template_child (widget_class, FerryFoldRow, body);
  gtk_widget_class_bind_template_callback (widget_class, opener_clicked);
}

static void
ferry_fold_row_init (FerryFoldRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_accessible_update_relation (GTK_ACCESSIBLE (self->opener), GTK_ACCESSIBLE_RELATION_CONTROLS,
                                  self->body, NULL, -1);
  update_opener (self);
}

/**
 * ferry_fold_row_new:
 * @title: plain text
 * @sentence: (nullable): plain text below the title
 */
GtkWidget *
ferry_fold_row_new (const char *icon_name, const char *title, const char *sentence)
{
  FerryFoldRow *self = g_object_new (FERRY_TYPE_FOLD_ROW, NULL);

  gtk_image_set_from_icon_name (self->icon, icon_name);
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (self), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self), title);
  gtk_label_set_label (self->title, title);
  gtk_label_set_label (self->sentence, sentence != NULL ? sentence : "");
  gtk_widget_set_visible (GTK_WIDGET (self->sentence), sentence != NULL && *sentence != '\0');
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->opener), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  title, GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  sentence != NULL ? sentence : "", -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
  return GTK_WIDGET (self);
}

void
ferry_fold_row_append (FerryFoldRow *self, GtkWidget *child)
{
  g_return_if_fail (FERRY_IS_FOLD_ROW (self));
  gtk_box_append (self->body, child);
}
