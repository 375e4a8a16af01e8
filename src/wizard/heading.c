/* heading.c: see heading.h. */
#include "config.h"

#include "heading.h"

struct _FerryHeading
{
  GtkWidget parent_instance;

  GtkLabel *title;
  GtkLabel *description;
};

G_DEFINE_FINAL_TYPE (FerryHeading, ferry_heading, GTK_TYPE_WIDGET)

enum
{
  PROP_0,
  PROP_TITLE,
  PROP_DESCRIPTION,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

/* Tab passes by: the heading does nothing when it is activated. */
static gboolean
ferry_heading_focus (GtkWidget *widget, GtkDirectionType direction)
{
  return FALSE;
}

static void
ferry_heading_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  FerryHeading *self = FERRY_HEADING (object);

  switch (id)
    {
    case PROP_TITLE:
      g_value_set_string (value, gtk_label_get_label (self->title));
      return;
    case PROP_DESCRIPTION:
      g_value_set_string (value, gtk_label_get_label (self->description));
      return;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
ferry_heading_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  FerryHeading *self = FERRY_HEADING (object);

  switch (id)
    {
    case PROP_TITLE:
      ferry_heading_set_title (self, g_value_get_string (value));
      return;
    case PROP_DESCRIPTION:
      ferry_heading_set_description (self, g_value_get_string (value));
      return;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
ferry_heading_dispose (GObject *object)
{
  GtkWidget *label;

  while ((label = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (label);
  G_OBJECT_CLASS (ferry_heading_parent_class)->dispose (object);
}

static void
ferry_heading_class_init (FerryHeadingClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS;

  object_class->get_property = ferry_heading_get_property;
  object_class->set_property = ferry_heading_set_property;
  object_class->dispose = ferry_heading_dispose;
  widget_class->focus = ferry_heading_focus;

  properties[PROP_TITLE] = g_param_spec_string ("title", NULL, NULL, "", flags);
  properties[PROP_DESCRIPTION] = g_param_spec_string ("description", NULL, NULL, "", flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_set_css_name (widget_class, "heading");
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_HEADING);
}

static GtkLabel *
add_label (FerryHeading *self, const char *css_class)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (label, css_class);
  gtk_widget_set_visible (label, FALSE);
  gtk_widget_set_parent (label, GTK_WIDGET (self));
  return GTK_LABEL (label);
}

static void
ferry_heading_init (FerryHeading *self)
{
  GtkLayoutManager *layout = gtk_widget_get_layout_manager (GTK_WIDGET (self));

  gtk_orientable_set_orientation (GTK_ORIENTABLE (layout), GTK_ORIENTATION_VERTICAL);
  gtk_box_layout_set_spacing (GTK_BOX_LAYOUT (layout), 6);
  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
  self->title = add_label (self, "title-1");
  /* The only text that is large enough for one word to be too wide. */
  gtk_label_set_wrap_mode (self->title, PANGO_WRAP_WORD_CHAR);
  self->description = add_label (self, "description");
}

static void
set_text (GtkLabel *label, const char *text)
{
  gtk_label_set_label (label, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (label), text != NULL && text[0] != '\0');
}

/**
 * ferry_heading_get_title:
 *
 * Returns: (transfer none): the title, "" when there is none
 */
const char *
ferry_heading_get_title (FerryHeading *self)
{
  g_return_val_if_fail (FERRY_IS_HEADING (self), "");
  return gtk_label_get_label (self->title);
}

void
ferry_heading_set_title (FerryHeading *self, const char *title)
{
  g_return_if_fail (FERRY_IS_HEADING (self));
  if (g_strcmp0 (gtk_label_get_label (self->title), title) == 0)
    return;

  set_text (self->title, title);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  title != NULL ? title : "", -1);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_TITLE]);
}

/**
 * ferry_heading_set_description:
 * @description: (nullable): one or two plain sentences below the title
 */
void
ferry_heading_set_description (FerryHeading *self, const char *description)
{
  g_return_if_fail (FERRY_IS_HEADING (self));
  if (g_strcmp0 (gtk_label_get_label (self->description), description) == 0)
    return;

  set_text (self->description, description);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  description != NULL ? description : "", -1);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_DESCRIPTION]);
}
