/* core-picture.c: see core-picture.h. */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "core-picture.h"

/* Lengths in parts of the height of a line, so that the picture grows with the text. */
#define CELL 0.9
#define THREAD_GAP 0.12
#define CORE_PADDING 0.2
#define CORE_GAP 0.3
#define CACHE_PADDING 0.45
#define CACHE_GAP 0.5

/* More threads than this are not drawn one by one: the sentence says it all. */
#define MAX_CELLS 512

typedef struct
{
  guint core, cache;
  gboolean given;
  gboolean slow; /* of the efficient kind */
} Cell;

struct _FerryCorePicture
{
  GtkWidget parent_instance;

  GArray *cells;   /* of Cell, sorted by cache and core */
  gboolean framed; /* there is more than one cache */
};

G_DEFINE_FINAL_TYPE (FerryCorePicture, ferry_core_picture, GTK_TYPE_WIDGET)

static int
compare_cells (gconstpointer a, gconstpointer b)
{
  const Cell *left = a, *right = b;

  if (left->cache != right->cache)
    return left->cache < right->cache ? -1 : 1;
  if (left->core != right->core)
    return left->core < right->core ? -1 : 1;
  return (int) right->given - (int) left->given;
}

/* Layout: the same walk measures and draws. */

typedef struct
{
  GtkSnapshot *snapshot; /* NULL while it only measures */
  GdkRGBA text, accent;
  double line, width;
  double x, y;
  double widest;
} Pen;

static double
get_line_height (GtkWidget *widget)
{
  PangoContext *context = gtk_widget_get_pango_context (widget);
  PangoFontMetrics *metrics = pango_context_get_metrics (context, NULL, NULL);
  double height = (double) pango_font_metrics_get_height (metrics) / PANGO_SCALE;

  pango_font_metrics_unref (metrics);
  return MAX (height, 6);
}

static void
fill_box (Pen *pen, double x, double y, double width, double height, double radius,
          const GdkRGBA *colour)
{
  GskRoundedRect box;

  if (pen->snapshot == NULL)
    return;
  gsk_rounded_rect_init_from_rect (
      &box, &GRAPHENE_RECT_INIT ((float) x, (float) y, (float) width, (float) height),
      (float) radius);
  gtk_snapshot_push_rounded_clip (pen->snapshot, &box);
  gtk_snapshot_append_color (pen->snapshot, colour, &box.bounds);
  gtk_snapshot_pop (pen->snapshot);
}

static void
frame_box (Pen *pen, double x, double y, double width, double height, double radius, double thick,
           const GdkRGBA *colour)
{
  const float line = (float) thick;
  GskRoundedRect box;

  if (pen->snapshot == NULL)
    return;
  gsk_rounded_rect_init_from_rect (
      &box, &GRAPHENE_RECT_INIT ((float) x, (float) y, (float) width, (float) height),
      (float) radius);
  gtk_snapshot_append_border (pen->snapshot, &box, (float[4]){ line, line, line, line },
                              (GdkRGBA[4]){ *colour, *colour, *colour, *colour });
}

static GdkRGBA
fade (const GdkRGBA *colour, float alpha)
{
  GdkRGBA faded = *colour;

  faded.alpha *= alpha;
  return faded;
}

static double
measure_core (const Pen *pen, guint n_threads)
{
  return pen->line * (n_threads * CELL + (n_threads - 1) * THREAD_GAP + 2 * CORE_PADDING);
}

/* A core with its threads at the pen. Efficient cores are lower, as on the chip. */
static void
draw_core (Pen *pen, const Cell *cells, guint n_threads)
{
  const double line = pen->line;
  const double width = measure_core (pen, n_threads);
  const double cell = line * CELL * (cells->slow ? 0.6 : 1);
  const double height = cell + 2 * CORE_PADDING * line;
  const double top = pen->y + line * (CELL + 2 * CORE_PADDING) - height;
  const GdkRGBA back = fade (&pen->text, 0.12f);
  const GdkRGBA edge = fade (&pen->text, 0.55f);

  fill_box (pen, pen->x, top, width, height, line * 0.25, &back);
  for (guint i = 0; i < n_threads; i++)
    {
      const double x = pen->x + line * (CORE_PADDING + i * (CELL + THREAD_GAP));
      const double y = top + CORE_PADDING * line;

      if (cells[i].given)
        fill_box (pen, x, y, line * CELL, cell, line * 0.15, &pen->accent);
      else
        frame_box (pen, x, y, line * CELL, cell, line * 0.15, MAX (1, line * 0.07), &edge);
    }
}

static guint
count_same (const Cell *cells, guint n_cells, gboolean by_core)
{
  guint n = 1;

  while (n < n_cells && cells[n].cache == cells->cache
         && (!by_core || cells[n].core == cells->core))
    n++;
  return n;
}

/* All cores of one cache, in as many lines as it takes; returns the height. */
static double
draw_cores (Pen *pen, const Cell *cells, guint n_cells, double left, double right)
{
  const double height = pen->line * (CELL + 2 * CORE_PADDING);
  const double top = pen->y;

  pen->x = left;
  for (guint i = 0, n; i < n_cells; i += n)
    {
      double width;

      n = count_same (cells + i, n_cells - i, TRUE);
      width = measure_core (pen, n);
      if (pen->x > left && pen->x + width > right)
        {
          pen->x = left;
          pen->y += height + CORE_GAP * pen->line;
        }
      draw_core (pen, cells + i, n);
      pen->widest = MAX (pen->widest, pen->x + width);
      pen->x += width + CORE_GAP * pen->line;
    }
  return pen->y + height - top;
}

/* The frame needs the height first. */
static void
draw_cache (Pen *pen, const Cell *cells, guint n_cells, gboolean framed)
{
  const double padding = framed ? CACHE_PADDING * pen->line : 0;
  const GdkRGBA edge = fade (&pen->text, 0.3f);
  GtkSnapshot *snapshot = pen->snapshot;
  const double top = pen->y;
  double height;

  pen->snapshot = NULL;
  pen->y = top + padding;
  height = draw_cores (pen, cells, n_cells, padding, pen->width - padding) + 2 * padding;
  pen->snapshot = snapshot;
  if (framed)
    frame_box (pen, 0, top, pen->width, height, pen->line * 0.5, 1, &edge);
  pen->y = top + padding;
  draw_cores (pen, cells, n_cells, padding, pen->width - padding);
  pen->widest += padding;
  pen->y = top + height + CACHE_GAP * pen->line;
}

static double
draw_all (FerryCorePicture *self, Pen *pen)
{
  const Cell *cells = (const Cell *) (gpointer) self->cells->data;

  pen->x = pen->y = pen->widest = 0;
  for (guint i = 0, n; i < self->cells->len; i += n)
    {
      n = count_same (cells + i, self->cells->len - i, FALSE);
      draw_cache (pen, cells + i, n, self->framed);
    }
  return MAX (0, pen->y - CACHE_GAP * pen->line);
}

static double
find_widest_core (FerryCorePicture *self, const Pen *pen)
{
  const Cell *cells = (const Cell *) (gpointer) self->cells->data;
  double widest = 0;

  for (guint i = 0, n; i < self->cells->len; i += n)
    {
      n = count_same (cells + i, self->cells->len - i, TRUE);
      widest = MAX (widest, measure_core (pen, n));
    }
  return widest + (self->framed ? 2 * CACHE_PADDING * pen->line : 0);
}

static void
ferry_core_picture_measure (GtkWidget *widget, GtkOrientation orientation, int for_size,
                            int *minimum, int *natural, int *minimum_baseline,
                            int *natural_baseline)
{
  FerryCorePicture *self = FERRY_CORE_PICTURE (widget);
  Pen pen = { .line = get_line_height (widget) };

  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      pen.width = G_MAXINT16;
      draw_all (self, &pen);
      *minimum = (int) find_widest_core (self, &pen) + 1;
      *natural = MAX (*minimum, (int) pen.widest + 1);
      return;
    }
  pen.width = for_size < 0 ? G_MAXINT16 : for_size;
  *minimum = *natural = (int) draw_all (self, &pen) + 1;
}

static GtkSizeRequestMode
ferry_core_picture_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
ferry_core_picture_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  GtkStyleContext *style = gtk_widget_get_style_context (widget);
  Pen pen = { .snapshot = snapshot,
              .line = get_line_height (widget),
              .width = gtk_widget_get_width (widget) };

  gtk_style_context_get_color (style, &pen.text);
  if (!gtk_style_context_lookup_color (style, "accent_bg_color", &pen.accent))
    pen.accent = pen.text;
  draw_all (FERRY_CORE_PICTURE (widget), &pen);
}

static void
ferry_core_picture_finalize (GObject *object)
{
  g_array_unref (FERRY_CORE_PICTURE (object)->cells);
  G_OBJECT_CLASS (ferry_core_picture_parent_class)->finalize (object);
}

static void
ferry_core_picture_class_init (FerryCorePictureClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = ferry_core_picture_finalize;
  widget_class->measure = ferry_core_picture_measure;
  widget_class->get_request_mode = ferry_core_picture_get_request_mode;
  widget_class->snapshot = ferry_core_picture_snapshot;
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
  gtk_widget_class_set_css_name (widget_class, "cores");
}

static void
ferry_core_picture_init (FerryCorePicture *self)
{
  self->cells = g_array_new (FALSE, FALSE, sizeof (Cell));
}

/* Words */

static guint
count_given (const FerryCores *cores, const FerryTuning *tuning, guint *n_slow)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (NULL, NULL);

  *n_slow = 0;
  for (guint i = 0; i < cores->threads->len; i++)
    {
      const FerryThread *thread = &g_array_index (cores->threads, FerryThread, i);

      if (ferry_tuning_gives (tuning, thread->id)
          && g_hash_table_add (seen, GUINT_TO_POINTER (thread->core))
          && thread->kind == FERRY_CORE_EFFICIENCY)
        (*n_slow)++;
    }
  return g_hash_table_size (seen);
}

/**
 * ferry_core_picture_describe:
 *
 * Returns: (transfer full): what the picture shows, in a sentence
 */
char *
ferry_core_picture_describe (const FerryCores *cores, const FerryTuning *tuning)
{
  g_autofree char *given = NULL;
  g_autofree char *kept = NULL;
  guint n_slow, n_given;

  if (!tuning->pinned)
    return g_strdup_printf (ngettext ("The computer's %u core is shared: your system decides from "
                                      "moment to moment what works on it.",
                                      "The computer's %u cores are shared: your system decides "
                                      "from moment to moment what works on which.",
                                      cores->n_cores),
                            cores->n_cores);

  n_given = count_given (cores, tuning, &n_slow);
  given = g_strdup_printf (ngettext ("%u core works for the virtual machine.",
                                     "%u cores work for the virtual machine.", n_given),
                           n_given);
  kept = g_strdup_printf (ngettext ("%u core stays with your system.",
                                    "%u cores stay with your system.", cores->n_cores - n_given),
                          cores->n_cores - n_given);
  return g_strdup_printf ("%s %s", given, kept);
}

static void
add_cell (FerryCorePicture *self, const FerryThread *thread, const FerryTuning *tuning)
{
  const Cell cell = { .core = thread->core,
                      .cache = thread->cache,
                      .given = tuning->pinned && ferry_tuning_gives (tuning, thread->id),
                      .slow = thread->kind == FERRY_CORE_EFFICIENCY };

  g_array_append_val (self->cells, cell);
}

/**
 * ferry_core_picture_set_tuning:
 * @cores: and @tuning: only read, not kept
 */
void
ferry_core_picture_set_tuning (FerryCorePicture *self, const FerryCores *cores,
                               const FerryTuning *tuning)
{
  g_autofree char *words = NULL;

  g_return_if_fail (FERRY_IS_CORE_PICTURE (self));
  g_return_if_fail (cores != NULL && tuning != NULL);

  g_array_set_size (self->cells, 0);
  for (guint i = 0; cores->threads->len <= MAX_CELLS && i < cores->threads->len; i++)
    add_cell (self, &g_array_index (cores->threads, FerryThread, i), tuning);
  g_array_sort (self->cells, compare_cells);
  self->framed = cores->n_caches > 1;

  words = ferry_core_picture_describe (cores, tuning);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("The cores of the processor"),
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, words, -1);
  gtk_widget_queue_resize (GTK_WIDGET (self));
  gtk_widget_queue_draw (GTK_WIDGET (self));
}
