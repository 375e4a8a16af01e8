/* step-list.c: see step-list.h. */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "route.h"
#include "step-list.h"

#define SETTLE_MILLISECONDS 100

struct _FerryStepList
{
  AdwBin parent_instance;

  GtkListBox *list;
  guint showing; /* the source that brings the current row into view */
};

G_DEFINE_FINAL_TYPE (FerryStepList, ferry_step_list, ADW_TYPE_BIN)

enum
{
  STEP_CHOSEN,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

/* A number in a circle, which becomes a tick when the step is done. */
static GtkWidget *
make_badge (guint number)
{
  GtkWidget *badge = gtk_stack_new ();
  g_autofree char *text = g_strdup_printf ("%u", number);

  gtk_widget_add_css_class (badge, "badge");
  gtk_widget_set_valign (badge, GTK_ALIGN_CENTER);
  gtk_stack_add_named (GTK_STACK (badge), gtk_label_new (text), "number");
  gtk_stack_add_named (GTK_STACK (badge), gtk_image_new (), "done");
  return badge;
}

static GtkWidget *
make_row (const FerryStation *step, guint number)
{
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *badge = make_badge (number);
  GtkWidget *title = gtk_label_new (ferry_station_get_title (step));

  gtk_label_set_xalign (GTK_LABEL (title), 0);
  gtk_label_set_wrap (GTK_LABEL (title), TRUE);
  gtk_widget_set_hexpand (title, TRUE);
  gtk_box_append (GTK_BOX (box), badge);
  gtk_box_append (GTK_BOX (box), title);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  g_object_set_data (G_OBJECT (row), "badge", badge);
  return row;
}

static const char *
get_state_text (guint i, guint position)
{
  if (i < position)
    return _ ("done");
  return i == position ? _ ("you are here") : _ ("to come");
}

static void
update_row (GtkWidget *row, guint i, guint position, guint reached)
{
  guint n_steps;
  const FerryStation *steps = ferry_route_get_steps (&n_steps);
  GtkStack *badge = g_object_get_data (G_OBJECT (row), "badge");
  /* Translators: spoken by screen readers, for example "Step 2 of 4: Check, done" */
  g_autofree char *name
      = g_strdup_printf (_ ("Step %u of %u: %s, %s"), i + 1, n_steps,
                         ferry_station_get_title (&steps[i]), get_state_text (i, position));

  gtk_stack_set_visible_child_name (badge, i < position ? "done" : "number");
  if (i < position)
    gtk_image_set_from_icon_name (GTK_IMAGE (gtk_stack_get_visible_child (badge)),
                                  "object-select-symbolic");
  gtk_widget_remove_css_class (row, "done");
  gtk_widget_remove_css_class (row, "current");
  if (i <= position)
    gtk_widget_add_css_class (row, i < position ? "done" : "current");
  gtk_widget_set_sensitive (row, i <= reached);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}

/* A heading above the first step of each half of the way. */
static void
set_header (GtkListBoxRow *row, GtkListBoxRow *before, gpointer user_data)
{
  guint n_steps;
  const FerryStation *steps = ferry_route_get_steps (&n_steps);
  const FerryLeg leg = steps[gtk_list_box_row_get_index (row)].leg;
  GtkWidget *header;

  if (gtk_list_box_row_get_header (row) != NULL
      || (before != NULL && steps[gtk_list_box_row_get_index (before)].leg == leg))
    return;
  header = gtk_label_new (ferry_leg_get_title (leg));
  gtk_label_set_xalign (GTK_LABEL (header), 0);
  gtk_label_set_wrap (GTK_LABEL (header), TRUE);
  gtk_widget_add_css_class (header, "leg");
  gtk_list_box_row_set_header (row, header);
}

/* The list may be longer than the window is high. Where the row is, is known after the layout. */
static gboolean
show_current (gpointer user_data)
{
  FerryStepList *self = user_data;
  GtkListBoxRow *row = gtk_list_box_get_selected_row (self->list);
  double y;

  self->showing = 0;
  if (row != NULL
      && gtk_widget_translate_coordinates (GTK_WIDGET (row), GTK_WIDGET (self->list), 0, 0, NULL,
                                           &y))
    gtk_adjustment_clamp_page (gtk_list_box_get_adjustment (self->list), y,
                               y + 2 * gtk_widget_get_height (GTK_WIDGET (row)));
  return G_SOURCE_REMOVE;
}

static void
show_current_later (FerryStepList *self)
{
  if (self->showing == 0)
    self->showing = g_timeout_add (SETTLE_MILLISECONDS, show_current, self);
}

/**
 * ferry_step_list_set_position:
 * @position: the step that is shown
 * @reached: the farthest step that may be chosen
 */
void
ferry_step_list_set_position (FerryStepList *self, guint position, guint reached)
{
  guint n_steps;

  g_return_if_fail (FERRY_IS_STEP_LIST (self));

  ferry_route_get_steps (&n_steps);
  for (guint i = 0; i < n_steps; i++)
    update_row (GTK_WIDGET (gtk_list_box_get_row_at_index (self->list, (int) i)), i, position,
                reached);
  gtk_list_box_select_row (self->list,
                           gtk_list_box_get_row_at_index (self->list, (int) position));
  show_current_later (self);
}

static void
row_activated (FerryStepList *self, GtkListBoxRow *row)
{
  g_signal_emit (self, signals[STEP_CHOSEN], 0, (guint) gtk_list_box_row_get_index (row));
}

static void
ferry_step_list_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (ferry_step_list_parent_class)->map (widget);
  show_current_later (FERRY_STEP_LIST (widget));
}

static void
ferry_step_list_dispose (GObject *object)
{
  g_clear_handle_id (&FERRY_STEP_LIST (object)->showing, g_source_remove);
  gtk_widget_dispose_template (GTK_WIDGET (object), FERRY_TYPE_STEP_LIST);
  G_OBJECT_CLASS (ferry_step_list_parent_class)->dispose (object);
}

static void
ferry_step_list_class_init (FerryStepListClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = ferry_step_list_dispose;
  widget_class->map = ferry_step_list_map;
  signals[STEP_CHOSEN] = g_signal_new ("step-chosen", FERRY_TYPE_STEP_LIST, G_SIGNAL_RUN_LAST, 0,
                                       NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_UINT);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/ferryvm/Ferry/ui/step-list.ui");
  gtk_widget_class_bind_template_child (widget_class, FerryStepList, list);
  gtk_widget_class_bind_template_callback (widget_class, row_activated);
}

static void
ferry_step_list_init (FerryStepList *self)
{
  guint n_steps;
  const FerryStation *steps = ferry_route_get_steps (&n_steps);

  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_list_box_set_header_func (self->list, set_header, NULL, NULL);
  for (guint i = 0; i < n_steps; i++)
    gtk_list_box_append (self->list, make_row (&steps[i], i + 1));
}
