/* device-panes.c: see device-panes.h. */
#include "config.h"

#include "device-panes.h"

#define CHARS_FOR_BOTH 84
#define CHARS_OF_START 36
#define SPACING 18

struct _FerryDevicePanes
{
  GtkWidget parent_instance;

  GtkWidget *start;
  GtkWidget *end;
  gboolean stacked;
};

G_DEFINE_FINAL_TYPE (FerryDevicePanes, ferry_device_panes, GTK_TYPE_WIDGET)

enum
{
  PROP_0,
  PROP_START,
  PROP_END,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

static int
chars_to_pixels (FerryDevicePanes *self, int chars)
{
  PangoContext *context = gtk_widget_get_pango_context (GTK_WIDGET (self));
  PangoFontMetrics *metrics = pango_context_get_metrics (context, NULL, NULL);
  int width = pango_font_metrics_get_approximate_char_width (metrics);

  pango_font_metrics_unref (metrics);
  return (int)((gint64)width * chars / PANGO_SCALE);
}

static int
min_width (GtkWidget *child)
{
  int minimum = 0;

  if (child != NULL)
    gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL, NULL, NULL);
  return minimum;
}

/* Both must really fit, whatever the count of characters says. */
static gboolean
is_stacked_at (FerryDevicePanes *self, int width)
{
  int start = MAX (chars_to_pixels (self, CHARS_OF_START), min_width (self->start));

  return width < chars_to_pixels (self, CHARS_FOR_BOTH)
         || width < start + SPACING + min_width (self->end);
}

static int
start_width (FerryDevicePanes *self, int width)
{
  return MAX (MAX (chars_to_pixels (self, CHARS_OF_START), min_width (self->start)), width * 2 / 5);
}

static void
measure_height (GtkWidget *child, int width, int *minimum, int *natural)
{
  *minimum = *natural = 0;
  if (child != NULL)
    gtk_widget_measure (child, GTK_ORIENTATION_VERTICAL, width, minimum, natural, NULL, NULL);
}

static void
measure_heights (FerryDevicePanes *self, int width, int *minimum, int *natural)
{
  int start_min, start_nat, end_min, end_nat, start;

  if (width < 0 || is_stacked_at (self, width))
    {
      measure_height (self->start, width, &start_min, &start_nat);
      measure_height (self->end, width, &end_min, &end_nat);
      *minimum = *natural = start_nat + SPACING + end_nat;
      return;
    }
  start = MIN (start_width (self, width), width - SPACING - min_width (self->end));
  measure_height (self->start, start, &start_min, &start_nat);
  measure_height (self->end, width - start - SPACING, &end_min, &end_nat);
  *minimum = MAX (start_min, end_min);
  *natural = MAX (start_nat, end_nat);
}

static void
ferry_device_panes_measure (GtkWidget *widget, GtkOrientation orientation, int for_size,
                            int *minimum, int *natural, int *minimum_baseline,
                            int *natural_baseline)
{
  FerryDevicePanes *self = FERRY_DEVICE_PANES (widget);

  if (orientation == GTK_ORIENTATION_VERTICAL)
    {
      measure_heights (self, for_size, minimum, natural);
      return;
    }
  *minimum = MAX (min_width (self->start), min_width (self->end));
  *natural = MAX (*minimum, chars_to_pixels (self, CHARS_FOR_BOTH));
}

static void
allocate_at (GtkWidget *child, int x, int y, int width, int height)
{
  GskTransform *move = gsk_transform_translate (NULL, &GRAPHENE_POINT_INIT (x, y));

  gtk_widget_allocate (child, width, height, -1, move);
}

static void
allocate_stacked (FerryDevicePanes *self, int width, int height)
{
  int minimum, first;

  measure_height (self->start, width, &minimum, &first);
  allocate_at (self->start, 0, 0, width, first);
  allocate_at (self->end, 0, first + SPACING, width, MAX (height - first - SPACING, 0));
}

static void
allocate_beside (FerryDevicePanes *self, int width, int height)
{
  int first = MIN (start_width (self, width), width - SPACING - min_width (self->end));
  int second = width - first - SPACING;
  gboolean mirrored = gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL;

  allocate_at (self->start, mirrored ? second + SPACING : 0, 0, first, height);
  allocate_at (self->end, mirrored ? 0 : first + SPACING, 0, second, height);
}

static void
ferry_device_panes_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  FerryDevicePanes *self = FERRY_DEVICE_PANES (widget);

  if (self->start == NULL || self->end == NULL)
    return;
  self->stacked = is_stacked_at (self, width);
  if (self->stacked)
    allocate_stacked (self, width, height);
  else
    allocate_beside (self, width, height);
}

static GtkSizeRequestMode
ferry_device_panes_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
ferry_device_panes_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  FerryDevicePanes *self = FERRY_DEVICE_PANES (object);

  if (id == PROP_START)
    g_value_set_object (value, self->start);
  else if (id == PROP_END)
    g_value_set_object (value, self->end);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
set_pane (FerryDevicePanes *self, GtkWidget **pane, GtkWidget *child)
{
  g_clear_pointer (pane, gtk_widget_unparent);
  *pane = child;
  if (child != NULL)
    gtk_widget_insert_before (child, GTK_WIDGET (self), pane == &self->start ? self->end : NULL);
}

static void
ferry_device_panes_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  FerryDevicePanes *self = FERRY_DEVICE_PANES (object);

  if (id == PROP_START)
    set_pane (self, &self->start, g_value_get_object (value));
  else if (id == PROP_END)
    set_pane (self, &self->end, g_value_get_object (value));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
ferry_device_panes_dispose (GObject *object)
{
  FerryDevicePanes *self = FERRY_DEVICE_PANES (object);

  g_clear_pointer (&self->start, gtk_widget_unparent);
  g_clear_pointer (&self->end, gtk_widget_unparent);
  G_OBJECT_CLASS (ferry_device_panes_parent_class)->dispose (object);
}

static void
ferry_device_panes_class_init (FerryDevicePanesClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS;

  object_class->get_property = ferry_device_panes_get_property;
  object_class->set_property = ferry_device_panes_set_property;
  object_class->dispose = ferry_device_panes_dispose;
  widget_class->measure = ferry_device_panes_measure;
  widget_class->size_allocate = ferry_device_panes_size_allocate;
  widget_class->get_request_mode = ferry_device_panes_get_request_mode;

  properties[PROP_START] = g_param_spec_object ("start", NULL, NULL, GTK_TYPE_WIDGET, flags);
  properties[PROP_END] = g_param_spec_object ("end", NULL, NULL, GTK_TYPE_WIDGET, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
ferry_device_panes_init (FerryDevicePanes *self)
{
}

/**
 * ferry_device_panes_get_stacked:
 *
 * Returns: whether the second widget is below the first one
 */
gboolean
ferry_device_panes_get_stacked (FerryDevicePanes *self)
{
  g_return_val_if_fail (FERRY_IS_DEVICE_PANES (self), FALSE);
  return self->stacked;
}
