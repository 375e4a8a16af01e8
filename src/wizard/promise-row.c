/* promise-row.c: see promise-row.h. */
#include "config.h"

#include "promise-row.h"

struct _FerryPromiseRow
{
  GtkListBoxRow parent_instance;

  char *icon_name;
  GtkImage *icon;
  GtkLabel *title;
  GtkLabel *text;
};

G_DEFINE_FINAL_TYPE (FerryPromiseRow, ferry_promise_row, GTK_TYPE_LIST_BOX_ROW)

enum
{
  PROP_0,
  PROP_ICON_NAME,
  PROP_TITLE,
  PROP_TEXT,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

static void
ferry_promise_row_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  FerryPromiseRow *self = FERRY_PROMISE_ROW (object);

  switch (id)
    {
    case PROP_ICON_NAME:
      g_free (self->icon_name);
      self->icon_name = g_value_dup_string (value);
      return;
    case PROP_TITLE:
      gtk_label_set_label (self->title, g_value_get_string (value));
      gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                      g_value_get_string (value), -1);
      return;
    case PROP_TEXT:
      gtk_label_set_label (self->text, g_value_get_string (value));
      gtk_widget_set_visible (GTK_WIDGET (self->text), *gtk_label_get_label (self->text) != '\0');
      gtk_accessible_update_property (GTK_ACCESSIBLE (self),
                                      GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                      g_value_get_string (value), -1);
      return;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
first_frame (GdkFrameClock *clock, gpointer user_data)
{
  FerryPromiseRow *self = user_data;

  g_signal_handlers_disconnect_by_func (clock, first_frame, self);
  gtk_image_set_from_icon_name (self->icon, self->icon_name);
}

/* The first SVG of a program loads a large library: the words can be read before that. */
static void
ferry_promise_row_realize (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (ferry_promise_row_parent_class)->realize (widget);
  g_signal_connect_object (gtk_widget_get_frame_clock (widget), "after-paint",
                           G_CALLBACK (first_frame), widget, 0);
}

static void
ferry_promise_row_finalize (GObject *object)
{
  g_free (FERRY_PROMISE_ROW (object)->icon_name);
  G_OBJECT_CLASS (ferry_promise_row_parent_class)->finalize (object);
}

static void
ferry_promise_row_class_init (FerryPromiseRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_WRITABLE | G_PARAM_STATIC_STRINGS;

  object_class->set_property = ferry_promise_row_set_property;
  object_class->finalize = ferry_promise_row_finalize;
  GTK_WIDGET_CLASS (klass)->realize = ferry_promise_row_realize;
  properties[PROP_ICON_NAME] = g_param_spec_string ("icon-name", NULL, NULL, NULL, flags);
  properties[PROP_TITLE] = g_param_spec_string ("title", NULL, NULL, "", flags);
  properties[PROP_TEXT] = g_param_spec_string ("text", NULL, NULL, "", flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static GtkLabel *
add_label (GtkWidget *box)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_box_append (GTK_BOX (box), label);
  return GTK_LABEL (label);
}

static void
ferry_promise_row_init (FerryPromiseRow *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *texts = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);

  self->icon = GTK_IMAGE (gtk_image_new ());
  gtk_image_set_pixel_size (self->icon, 16);
  gtk_widget_set_hexpand (texts, TRUE);
  self->title = add_label (texts);
  self->text = add_label (texts);
  gtk_widget_add_css_class (GTK_WIDGET (self->text), "dim-label");
  gtk_widget_add_css_class (GTK_WIDGET (self->text), "caption");
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->icon));
  gtk_box_append (GTK_BOX (box), texts);
  gtk_widget_add_css_class (box, "promise");

  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (self), box);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (self), FALSE);
  gtk_widget_set_focusable (GTK_WIDGET (self), FALSE);
}
