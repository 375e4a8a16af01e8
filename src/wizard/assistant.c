/* assistant.c: see assistant.h. */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "assistant.h"
#include "route.h"

struct _FerryAssistant
{
  AdwBin parent_instance;

  GtkStack *stack;
  GtkWidget *back;
  GtkButton *forward;
  GtkWidget *spinner;

  FerrySession *session;
  FerryPage *page; /* the visible one, owned by the stack */
  guint position;
  guint reached; /* the farthest page that may be turned to directly */
};

G_DEFINE_FINAL_TYPE (FerryAssistant, ferry_assistant, ADW_TYPE_BIN)

enum
{
  PROP_0,
  PROP_POSITION,
  PROP_REACHED,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

/**
 * ferry_assistant_decide_buttons:
 * @position: of the visible page, from 0
 * @complete: and @skippable and @busy: what that page says of itself
 *
 * The only place where it is decided which button can be seen and pressed.
 */
FerryButtons
ferry_assistant_decide_buttons (guint position, guint n_pages, gboolean complete,
                                gboolean skippable, gboolean busy)
{
  FerryButtons buttons = { 0 };

  buttons.back_visible = position > 0;
  buttons.back_sensitive = position > 0 && !busy;
  buttons.forward_visible = position + 1 < n_pages;
  buttons.forward_sensitive = buttons.forward_visible && !busy && (complete || skippable);
  buttons.forward_suggested = complete && !busy;
  buttons.spinner_visible = busy;
  if (position == 0)
    buttons.forward = FERRY_FORWARD_START;
  else if (!complete && skippable && !busy)
    buttons.forward = FERRY_FORWARD_SKIP;
  else
    buttons.forward = FERRY_FORWARD_NEXT;
  return buttons;
}

static const char *
get_forward_label (FerryForward forward)
{
  switch (forward)
    {
    case FERRY_FORWARD_START:
      return _ ("_Start");
    case FERRY_FORWARD_SKIP:
      return _ ("_Skip");
    case FERRY_FORWARD_NEXT:
    default:
      return _ ("_Next");
    }
}

/* A page may say itself what pressing the button does. */
static const char *
get_own_label (FerryAssistant *self, FerryForward forward)
{
  const char *label = ferry_page_get_forward_label (self->page);

  return label != NULL ? label : get_forward_label (forward);
}

static void
update_buttons (FerryAssistant *self)
{
  FerryButtons buttons;
  guint n_pages;

  ferry_route_get_steps (&n_pages);
  buttons = ferry_assistant_decide_buttons (
      self->position, n_pages, ferry_page_get_complete (self->page),
      ferry_page_get_skippable (self->page), ferry_page_get_busy (self->page));

  gtk_widget_set_visible (self->back, buttons.back_visible);
  gtk_widget_set_sensitive (self->back, buttons.back_sensitive);
  gtk_widget_set_visible (GTK_WIDGET (self->forward), buttons.forward_visible);
  gtk_widget_set_sensitive (GTK_WIDGET (self->forward), buttons.forward_sensitive);
  gtk_button_set_label (self->forward, get_own_label (self, buttons.forward));
  if (buttons.forward_suggested)
    gtk_widget_add_css_class (GTK_WIDGET (self->forward), "suggested-action");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->forward), "suggested-action");
  gtk_widget_set_visible (self->spinner, buttons.spinner_visible);
  gtk_spinner_set_spinning (GTK_SPINNER (self->spinner), buttons.spinner_visible);
}

static FerryPage *
make_page (FerryAssistant *self, const FerryStation *step)
{
  FerryPage *page = g_object_new (step->get_type (), "session", self->session, "title",
                                  ferry_station_get_title (step), NULL);

  gtk_stack_add_named (self->stack, GTK_WIDGET (page), step->id);
  return page;
}

/* Enter means "forward", but not where that does more than turn the page. */
static void
update_default (FerryAssistant *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  gboolean plain = ferry_page_get_forward_label (self->page) == NULL;

  if (GTK_IS_WINDOW (root))
    gtk_window_set_default_widget (GTK_WINDOW (root), plain ? GTK_WIDGET (self->forward) : NULL);
}

static void
update_forward_label (FerryAssistant *self)
{
  update_buttons (self);
  update_default (self);
}

static void
disconnect_page (FerryAssistant *self)
{
  if (self->page == NULL)
    return;
  g_signal_handlers_disconnect_by_func (self->page, update_buttons, self);
  g_signal_handlers_disconnect_by_func (self->page, update_forward_label, self);
}

static void
set_page (FerryAssistant *self, FerryPage *page)
{
  disconnect_page (self);
  g_set_weak_pointer (&self->page, page);

  g_signal_connect_swapped (page, "notify::complete", G_CALLBACK (update_buttons), self);
  g_signal_connect_swapped (page, "notify::skippable", G_CALLBACK (update_buttons), self);
  g_signal_connect_swapped (page, "notify::busy", G_CALLBACK (update_buttons), self);
  g_signal_connect_swapped (page, "notify::forward-label", G_CALLBACK (update_forward_label), self);
}

static void
show_page (FerryAssistant *self, guint position)
{
  guint n_steps;
  const FerryStation *step = ferry_route_get_steps (&n_steps) + position;
  GtkWidget *page = gtk_stack_get_child_by_name (self->stack, step->id);
  GtkStackTransitionType transition = position < self->position
                                          ? GTK_STACK_TRANSITION_TYPE_SLIDE_RIGHT
                                          : GTK_STACK_TRANSITION_TYPE_SLIDE_LEFT;

  if (page == NULL)
    page = GTK_WIDGET (make_page (self, step));
  if (self->page == NULL)
    transition = GTK_STACK_TRANSITION_TYPE_NONE;

  set_page (self, FERRY_PAGE (page));
  gtk_stack_set_visible_child_full (self->stack, step->id, transition);
  self->position = position;
  self->reached = MAX (self->reached, position);
  update_buttons (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_POSITION]);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_REACHED]);
  ferry_page_shown (self->page);
}

/* The heading gets the focus, so a screen reader says where one is. */
static void
focus_page (FerryAssistant *self)
{
  ferry_page_focus_heading (self->page);
  update_default (self);
}

/**
 * ferry_assistant_start:
 * @position: the page to open on; all before it count as reached
 *
 * To be called once, before anything else.
 */
void
ferry_assistant_start (FerryAssistant *self, FerrySession *session, guint position)
{
  g_return_if_fail (FERRY_IS_ASSISTANT (self));
  g_return_if_fail (self->session == NULL);

  self->session = g_object_ref (session);
  show_page (self, position);
  focus_page (self);
}

/**
 * ferry_assistant_turn_to:
 *
 * Returns: whether the page was turned: only to pages that were reached before, and not while the
 *   visible one is busy
 */
gboolean
ferry_assistant_turn_to (FerryAssistant *self, guint position)
{
  g_return_val_if_fail (FERRY_IS_ASSISTANT (self), FALSE);
  g_return_val_if_fail (self->page != NULL, FALSE);

  if (position == self->position || position > self->reached || ferry_page_get_busy (self->page))
    return FALSE;

  ferry_page_leave (self->page);
  show_page (self, position);
  focus_page (self);
  return TRUE;
}

/**
 * ferry_assistant_back:
 *
 * Does what the button does, and nothing when it cannot be pressed.
 */
void
ferry_assistant_back (FerryAssistant *self)
{
  g_return_if_fail (FERRY_IS_ASSISTANT (self));
  if (self->position > 0)
    ferry_assistant_turn_to (self, self->position - 1);
}

static void
go_forward (FerryAssistant *self)
{
  FerryButtons buttons;
  guint n_pages;

  ferry_route_get_steps (&n_pages);
  buttons = ferry_assistant_decide_buttons (
      self->position, n_pages, ferry_page_get_complete (self->page),
      ferry_page_get_skippable (self->page), ferry_page_get_busy (self->page));
  if (!buttons.forward_sensitive)
    return;

  ferry_page_agreed (self->page);
  self->reached = MAX (self->reached, self->position + 1);
  ferry_assistant_turn_to (self, self->position + 1);
}

/**
 * ferry_assistant_forward:
 *
 * Does what the button does, and nothing when it cannot be pressed. A button that does more than
 * turn the page is only brought to the person's notice.
 */
void
ferry_assistant_forward (FerryAssistant *self)
{
  g_return_if_fail (FERRY_IS_ASSISTANT (self));

  if (ferry_page_get_forward_label (self->page) != NULL)
    gtk_widget_grab_focus (GTK_WIDGET (self->forward));
  else
    go_forward (self);
}

/**
 * ferry_assistant_open_at:
 *
 * Turns to a page that has not been reached yet: where the person stands says so.
 */
void
ferry_assistant_open_at (FerryAssistant *self, guint position)
{
  g_return_if_fail (FERRY_IS_ASSISTANT (self));
  self->reached = MAX (self->reached, position);
  ferry_assistant_turn_to (self, position);
}

/**
 * ferry_assistant_forget:
 *
 * Another computer is looked at: pages after the visible one have to be reached anew.
 */
void
ferry_assistant_forget (FerryAssistant *self)
{
  g_return_if_fail (FERRY_IS_ASSISTANT (self));
  self->reached = self->position;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_REACHED]);
}

guint
ferry_assistant_get_position (FerryAssistant *self)
{
  g_return_val_if_fail (FERRY_IS_ASSISTANT (self), 0);
  return self->position;
}

guint
ferry_assistant_get_reached (FerryAssistant *self)
{
  g_return_val_if_fail (FERRY_IS_ASSISTANT (self), 0);
  return self->reached;
}

/**
 * ferry_assistant_get_page:
 *
 * Returns: (transfer none) (nullable): the visible page
 */
FerryPage *
ferry_assistant_get_page (FerryAssistant *self)
{
  g_return_val_if_fail (FERRY_IS_ASSISTANT (self), NULL);
  return self->page;
}

/* The natural width is the same for all pages, so that the list of steps beside them does not come
 * and go with every page; it grows with the size of the text. */
#define NATURAL_WIDTH_EM 36

static int
get_natural_width (GtkWidget *widget)
{
  PangoContext *context = gtk_widget_get_pango_context (widget);
  PangoFontMetrics *metrics = pango_context_get_metrics (context, NULL, NULL);
  /* The height of a line is about 1.2 em in every font. */
  int em = pango_font_metrics_get_height (metrics) * 5 / 6 / PANGO_SCALE;

  pango_font_metrics_unref (metrics);
  return NATURAL_WIDTH_EM * em;
}

static void
ferry_assistant_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum,
                         int *natural, int *minimum_baseline, int *natural_baseline)
{
  GtkWidget *child = adw_bin_get_child (ADW_BIN (widget));

  gtk_widget_measure (child, orientation, for_size, minimum, natural, NULL, NULL);
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    *natural = MAX (*minimum, get_natural_width (widget));
}

static void
ferry_assistant_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  gtk_widget_allocate (adw_bin_get_child (ADW_BIN (widget)), width, height, baseline, NULL);
}

static GtkSizeRequestMode
ferry_assistant_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
ferry_assistant_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  FerryAssistant *self = FERRY_ASSISTANT (object);

  switch (id)
    {
    case PROP_POSITION:
      g_value_set_uint (value, self->position);
      return;
    case PROP_REACHED:
      g_value_set_uint (value, self->reached);
      return;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
ferry_assistant_dispose (GObject *object)
{
  FerryAssistant *self = FERRY_ASSISTANT (object);

  disconnect_page (self);
  g_clear_weak_pointer (&self->page);
  g_clear_object (&self->session);
  gtk_widget_dispose_template (GTK_WIDGET (self), FERRY_TYPE_ASSISTANT);
  G_OBJECT_CLASS (ferry_assistant_parent_class)->dispose (object);
}

static void
ferry_assistant_class_init (FerryAssistantClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;

  object_class->get_property = ferry_assistant_get_property;
  object_class->dispose = ferry_assistant_dispose;
  widget_class->measure = ferry_assistant_measure;
  widget_class->size_allocate = ferry_assistant_size_allocate;
  widget_class->get_request_mode = ferry_assistant_get_request_mode;
  properties[PROP_POSITION] = g_param_spec_uint ("position", NULL, NULL, 0, G_MAXUINT, 0, flags);
  properties[PROP_REACHED] = g_param_spec_uint ("reached", NULL, NULL, 0, G_MAXUINT, 0, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_set_template_from_resource (widget_class, "/org/ferryvm/Ferry/ui/assistant.ui");
  gtk_widget_class_bind_template_child (widget_class, FerryAssistant, stack);
  gtk_widget_class_bind_template_child (widget_class, FerryAssistant, back);
  gtk_widget_class_bind_template_child (widget_class, FerryAssistant, forward);
  gtk_widget_class_bind_template_child (widget_class, FerryAssistant, spinner);
  gtk_widget_class_bind_template_callback (widget_class, ferry_assistant_back);
  gtk_widget_class_bind_template_callback (widget_class, go_forward);
}

static void
ferry_assistant_init (FerryAssistant *self)
{
  gtk_widget_set_layout_manager (GTK_WIDGET (self), NULL);
  gtk_widget_init_template (GTK_WIDGET (self));
}
