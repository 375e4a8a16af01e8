/* device-pill.c: see device-pill.h. */
#include "config.h"

#include "device-pill.h"

/* Room between the word and the edge of its shape, in pixels. */
#define PAD_X 9
#define PAD_Y 2

struct _FerryDevicePill
{
  GtkCellRenderer parent_instance;

  char *text;
  FerryTint tint;
};

G_DEFINE_FINAL_TYPE (FerryDevicePill, ferry_device_pill, GTK_TYPE_CELL_RENDERER)

enum
{
  PROP_0,
  PROP_TEXT,
  PROP_TINT,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

static void
ferry_device_pill_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  FerryDevicePill *self = FERRY_DEVICE_PILL (object);

  if (id == PROP_TEXT)
    g_value_set_string (value, self->text);
  else if (id == PROP_TINT)
    g_value_set_int (value, (int)self->tint);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
ferry_device_pill_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  FerryDevicePill *self = FERRY_DEVICE_PILL (object);

  if (id == PROP_TEXT)
    {
      g_free (self->text);
      self->text = g_value_dup_string (value);
    }
  else if (id == PROP_TINT)
    self->tint = (FerryTint)g_value_get_int (value);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static PangoLayout *
make_layout (FerryDevicePill *self, GtkWidget *widget)
{
  PangoLayout *layout = gtk_widget_create_pango_layout (widget, self->text);
  PangoAttrList *attributes = pango_attr_list_new ();

  pango_attr_list_insert (attributes, pango_attr_scale_new (0.9));
  pango_layout_set_attributes (layout, attributes);
  pango_attr_list_unref (attributes);
  return layout;
}

static void
measure_text (FerryDevicePill *self, GtkWidget *widget, int *width, int *height)
{
  g_autoptr (PangoLayout) layout = make_layout (self, widget);

  pango_layout_get_pixel_size (layout, width, height);
}

static void
ferry_device_pill_get_preferred_width (GtkCellRenderer *cell, GtkWidget *widget, int *minimum,
                                       int *natural)
{
  int xpad, width, height;

  gtk_cell_renderer_get_padding (cell, &xpad, NULL);
  measure_text (FERRY_DEVICE_PILL (cell), widget, &width, &height);
  *minimum = *natural = width + 2 * (PAD_X + xpad);
}

static void
ferry_device_pill_get_preferred_height (GtkCellRenderer *cell, GtkWidget *widget, int *minimum,
                                        int *natural)
{
  int ypad, width, height;

  gtk_cell_renderer_get_padding (cell, NULL, &ypad);
  measure_text (FERRY_DEVICE_PILL (cell), widget, &width, &height);
  *minimum = *natural = height + 2 * (PAD_Y + ypad);
}

static GdkRGBA
named_color (GtkStyleContext *style, const char *name, const GdkRGBA *fallback)
{
  GdkRGBA color;

  if (gtk_style_context_lookup_color (style, name, &color))
    return color;
  return *fallback;
}

/* The colours of the theme; on a selected row those of the selection, which may be a strong one. */
static void
choose_colors (FerryDevicePill *self, GtkStyleContext *style, gboolean selected, GdkRGBA *text,
               GdkRGBA *shape)
{
  gtk_style_context_get_color (style, text);

  if (!selected && self->tint == FERRY_TINT_ACCENT)
    *text = named_color (style, "accent_color", text);
  else if (!selected && self->tint == FERRY_TINT_WARNING)
    *text = named_color (style, "warning_color", text);

  *shape = *text;
  shape->alpha *= self->tint == FERRY_TINT_NEUTRAL ? 0.08 : 0.15;
  if (self->tint == FERRY_TINT_NONE)
    text->alpha *= 0.75;
}

static void
draw_shape (GtkSnapshot *snapshot, const graphene_rect_t *bounds, const GdkRGBA *color)
{
  GskRoundedRect outline;

  gsk_rounded_rect_init_from_rect (&outline, bounds, bounds->size.height / 2);
  gtk_snapshot_push_rounded_clip (snapshot, &outline);
  gtk_snapshot_append_color (snapshot, color, bounds);
  gtk_snapshot_pop (snapshot);
}

static void
ferry_device_pill_snapshot (GtkCellRenderer *cell, GtkSnapshot *snapshot, GtkWidget *widget,
                            const GdkRectangle *background, const GdkRectangle *area,
                            GtkCellRendererState flags)
{
  FerryDevicePill *self = FERRY_DEVICE_PILL (cell);
  GtkStyleContext *style = gtk_widget_get_style_context (widget);
  g_autoptr (PangoLayout) layout = NULL;
  GdkRGBA text, shape;
  graphene_rect_t bounds;
  int xpad, width, height;

  if (self->text == NULL || *self->text == '\0')
    return;

  layout = make_layout (self, widget);
  pango_layout_get_pixel_size (layout, &width, &height);
  gtk_cell_renderer_get_padding (cell, &xpad, NULL);
  graphene_rect_init (&bounds, area->x + xpad, area->y + (area->height - height - 2 * PAD_Y) / 2,
                      width + 2 * PAD_X, height + 2 * PAD_Y);
  if (gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL)
    bounds.origin.x = area->x + area->width - xpad - bounds.size.width;

  choose_colors (self, style, (flags & GTK_CELL_RENDERER_SELECTED) != 0, &text, &shape);
  if (self->tint != FERRY_TINT_NONE)
    draw_shape (snapshot, &bounds, &shape);

  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot,
                          &GRAPHENE_POINT_INIT (bounds.origin.x + PAD_X, bounds.origin.y + PAD_Y));
  gtk_snapshot_append_layout (snapshot, layout, &text);
  gtk_snapshot_restore (snapshot);
}

static void
ferry_device_pill_finalize (GObject *object)
{
  FerryDevicePill *self = FERRY_DEVICE_PILL (object);

  g_free (self->text);
  G_OBJECT_CLASS (ferry_device_pill_parent_class)->finalize (object);
}

static void
ferry_device_pill_class_init (FerryDevicePillClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkCellRendererClass *cell_class = GTK_CELL_RENDERER_CLASS (klass);

  object_class->get_property = ferry_device_pill_get_property;
  object_class->set_property = ferry_device_pill_set_property;
  object_class->finalize = ferry_device_pill_finalize;
  cell_class->get_preferred_width = ferry_device_pill_get_preferred_width;
  cell_class->get_preferred_height = ferry_device_pill_get_preferred_height;
  cell_class->snapshot = ferry_device_pill_snapshot;

  properties[PROP_TEXT]
      = g_param_spec_string ("text", NULL, NULL, NULL, G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  properties[PROP_TINT]
      = g_param_spec_int ("tint", NULL, NULL, FERRY_TINT_NONE, FERRY_TINT_WARNING, FERRY_TINT_NONE,
                          G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
ferry_device_pill_init (FerryDevicePill *self)
{
}

/**
 * ferry_device_pill_new:
 *
 * Returns: (transfer floating): an empty pill
 */
GtkCellRenderer *
ferry_device_pill_new (void)
{
  return g_object_new (FERRY_TYPE_DEVICE_PILL, NULL);
}
