/* page.c: see page.h. */
#include "config.h"

#include "page.h"

typedef struct
{
  FerrySession *session;
  FerryHeading *heading;
  char *title;
  char *forward_label;
  gboolean complete;
  gboolean skippable;
  gboolean busy;
} FerryPagePrivate;

G_DEFINE_ABSTRACT_TYPE_WITH_PRIVATE (FerryPage, ferry_page, ADW_TYPE_BIN)

enum
{
  PROP_0,
  PROP_SESSION,
  PROP_HEADING,
  PROP_TITLE,
  PROP_COMPLETE,
  PROP_SKIPPABLE,
  PROP_BUSY,
  PROP_FORWARD_LABEL,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

#define PRIVATE(self) ((FerryPagePrivate *)ferry_page_get_instance_private (self))

/* A page without a heading text of its own shows its title. */
static void
update_heading (FerryPage *self)
{
  FerryPagePrivate *priv = PRIVATE (self);

  if (priv->heading != NULL && ferry_heading_get_title (priv->heading)[0] == '\0')
    ferry_heading_set_title (priv->heading, priv->title);
}

static void
ferry_page_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  FerryPagePrivate *priv = PRIVATE (FERRY_PAGE (object));

  switch (id)
    {
    case PROP_SESSION:
      g_value_set_object (value, priv->session);
      return;
    case PROP_HEADING:
      g_value_set_object (value, priv->heading);
      return;
    case PROP_TITLE:
      g_value_set_string (value, priv->title);
      return;
    case PROP_COMPLETE:
      g_value_set_boolean (value, priv->complete);
      return;
    case PROP_SKIPPABLE:
      g_value_set_boolean (value, priv->skippable);
      return;
    case PROP_BUSY:
      g_value_set_boolean (value, priv->busy);
      return;
    case PROP_FORWARD_LABEL:
      g_value_set_string (value, priv->forward_label);
      return;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
ferry_page_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  FerryPage *self = FERRY_PAGE (object);
  FerryPagePrivate *priv = PRIVATE (self);

  switch (id)
    {
    case PROP_SESSION:
      priv->session = g_value_dup_object (value);
      return;
    case PROP_HEADING:
      g_set_weak_pointer (&priv->heading, g_value_get_object (value));
      return;
    case PROP_TITLE:
      ferry_page_set_title (self, g_value_get_string (value));
      return;
    case PROP_COMPLETE:
      ferry_page_set_complete (self, g_value_get_boolean (value));
      return;
    case PROP_SKIPPABLE:
      ferry_page_set_skippable (self, g_value_get_boolean (value));
      return;
    case PROP_BUSY:
      ferry_page_set_busy (self, g_value_get_boolean (value));
      return;
    case PROP_FORWARD_LABEL:
      ferry_page_set_forward_label (self, g_value_get_string (value));
      return;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
ferry_page_dispose (GObject *object)
{
  FerryPagePrivate *priv = PRIVATE (FERRY_PAGE (object));

  g_clear_weak_pointer (&priv->heading);
  g_clear_object (&priv->session);
  G_OBJECT_CLASS (ferry_page_parent_class)->dispose (object);
}

static void
ferry_page_finalize (GObject *object)
{
  g_free (PRIVATE (FERRY_PAGE (object))->title);
  g_free (PRIVATE (FERRY_PAGE (object))->forward_label);
  G_OBJECT_CLASS (ferry_page_parent_class)->finalize (object);
}

static void
ferry_page_class_init (FerryPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->get_property = ferry_page_get_property;
  object_class->set_property = ferry_page_set_property;
  object_class->dispose = ferry_page_dispose;
  object_class->finalize = ferry_page_finalize;

  properties[PROP_SESSION]
      = g_param_spec_object ("session", NULL, NULL, FERRY_TYPE_SESSION,
                             G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  properties[PROP_HEADING] = g_param_spec_object ("heading", NULL, NULL, FERRY_TYPE_HEADING,
                                                  G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  properties[PROP_TITLE] = g_param_spec_string ("title", NULL, NULL, "", flags);
  properties[PROP_COMPLETE] = g_param_spec_boolean ("complete", NULL, NULL, FALSE, flags);
  properties[PROP_SKIPPABLE] = g_param_spec_boolean ("skippable", NULL, NULL, FALSE, flags);
  properties[PROP_BUSY] = g_param_spec_boolean ("busy", NULL, NULL, FALSE, flags);
  properties[PROP_FORWARD_LABEL] = g_param_spec_string ("forward-label", NULL, NULL, NULL, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
ferry_page_init (FerryPage *self)
{
  PRIVATE (self)->title = g_strdup ("");
}

/**
 * ferry_page_get_session:
 *
 * Returns: (transfer none): what all pages share
 */
FerrySession *
ferry_page_get_session (FerryPage *self)
{
  g_return_val_if_fail (FERRY_IS_PAGE (self), NULL);
  return PRIVATE (self)->session;
}

/**
 * ferry_page_get_title:
 *
 * Returns: (transfer none): the title in the list of steps and on the page
 */
const char *
ferry_page_get_title (FerryPage *self)
{
  g_return_val_if_fail (FERRY_IS_PAGE (self), "");
  return PRIVATE (self)->title;
}

void
ferry_page_set_title (FerryPage *self, const char *title)
{
  FerryPagePrivate *priv = PRIVATE (self);

  g_return_if_fail (FERRY_IS_PAGE (self));
  if (g_strcmp0 (priv->title, title) == 0)
    return;

  g_free (priv->title);
  priv->title = g_strdup (title != NULL ? title : "");
  update_heading (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_TITLE]);
}

static void
set_flag (FerryPage *self, gboolean *flag, gboolean value, guint property)
{
  value = value != FALSE;
  if (*flag == value)
    return;
  *flag = value;
  g_object_notify_by_pspec (G_OBJECT (self), properties[property]);
}

gboolean
ferry_page_get_complete (FerryPage *self)
{
  g_return_val_if_fail (FERRY_IS_PAGE (self), FALSE);
  return PRIVATE (self)->complete;
}

/**
 * ferry_page_set_complete:
 * @complete: whether everything that this page is for is done, so that one can go on
 */
void
ferry_page_set_complete (FerryPage *self, gboolean complete)
{
  g_return_if_fail (FERRY_IS_PAGE (self));
  set_flag (self, &PRIVATE (self)->complete, complete, PROP_COMPLETE);
}

gboolean
ferry_page_get_skippable (FerryPage *self)
{
  g_return_val_if_fail (FERRY_IS_PAGE (self), FALSE);
  return PRIVATE (self)->skippable;
}

/**
 * ferry_page_set_skippable:
 * @skippable: whether one may go on although the page is not complete
 */
void
ferry_page_set_skippable (FerryPage *self, gboolean skippable)
{
  g_return_if_fail (FERRY_IS_PAGE (self));
  set_flag (self, &PRIVATE (self)->skippable, skippable, PROP_SKIPPABLE);
}

gboolean
ferry_page_get_busy (FerryPage *self)
{
  g_return_val_if_fail (FERRY_IS_PAGE (self), FALSE);
  return PRIVATE (self)->busy;
}

/**
 * ferry_page_set_busy:
 * @busy: whether something is under way that one has to wait for before going on
 */
void
ferry_page_set_busy (FerryPage *self, gboolean busy)
{
  g_return_if_fail (FERRY_IS_PAGE (self));
  set_flag (self, &PRIVATE (self)->busy, busy, PROP_BUSY);
}

const char *
ferry_page_get_forward_label (FerryPage *self)
{
  g_return_val_if_fail (FERRY_IS_PAGE (self), NULL);
  return PRIVATE (self)->forward_label;
}

/**
 * ferry_page_set_forward_label:
 * @label: (nullable): what is written on the button that leads on when it does more than that
 *
 * Such a button is pressed deliberately: Enter and the keys for turning pages do not do it.
 */
void
ferry_page_set_forward_label (FerryPage *self, const char *label)
{
  g_return_if_fail (FERRY_IS_PAGE (self));
  if (g_strcmp0 (PRIVATE (self)->forward_label, label) == 0)
    return;

  g_free (PRIVATE (self)->forward_label);
  PRIVATE (self)->forward_label = g_strdup (label);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_FORWARD_LABEL]);
}

/**
 * ferry_page_focus_heading:
 *
 * Puts the focus on the title, so that whoever reads the screen by ear hears first where one is,
 * and Enter goes on to the next page.
 */
void
ferry_page_focus_heading (FerryPage *self)
{
  g_return_if_fail (FERRY_IS_PAGE (self));
  if (PRIVATE (self)->heading != NULL)
    gtk_widget_grab_focus (GTK_WIDGET (PRIVATE (self)->heading));
}

/**
 * ferry_page_shown:
 *
 * For the assistant: the page has become the visible one.
 */
void
ferry_page_shown (FerryPage *self)
{
  g_return_if_fail (FERRY_IS_PAGE (self));
  if (FERRY_PAGE_GET_CLASS (self)->shown != NULL)
    FERRY_PAGE_GET_CLASS (self)->shown (self);
}

/**
 * ferry_page_leave:
 *
 * For the assistant: the page is about to be left, forward or back.
 */
void
ferry_page_leave (FerryPage *self)
{
  g_return_if_fail (FERRY_IS_PAGE (self));
  if (FERRY_PAGE_GET_CLASS (self)->leave != NULL)
    FERRY_PAGE_GET_CLASS (self)->leave (self);
}

/**
 * ferry_page_agreed:
 *
 * For the assistant: the person pressed the button that leads on.
 */
void
ferry_page_agreed (FerryPage *self)
{
  g_return_if_fail (FERRY_IS_PAGE (self));
  if (FERRY_PAGE_GET_CLASS (self)->agreed != NULL)
    FERRY_PAGE_GET_CLASS (self)->agreed (self);
}
