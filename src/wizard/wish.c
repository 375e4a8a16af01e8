/* wish.c: see wish.h. */
#include "config.h"

#include "wish.h"

struct _FerryWish
{
  GObject parent_instance;

  FerryIntent *intent; /* its cards are of a change to repeat, the chosen one first */
};

G_DEFINE_FINAL_TYPE (FerryWish, ferry_wish, G_TYPE_OBJECT)

enum
{
  PROP_0,
  PROP_BINDING,
  PROP_INSTALL,
  PROP_SHOW_MENU,
  PROP_PASSTHROUGH_MODE,
  PROP_JOIN_GROUP,
  PROP_ACCEPT_ONLY_DISPLAY,
  PROP_ACCEPT_ACS_OVERRIDE,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

/* Where a yes or no is kept; NULL for everything else. */
static gboolean *
find_flag (FerryWish *self, guint id)
{
  switch (id)
    {
    case PROP_INSTALL:
      return &self->intent->install;
    case PROP_SHOW_MENU:
      return &self->intent->show_menu;
    case PROP_PASSTHROUGH_MODE:
      return &self->intent->passthrough_mode;
    case PROP_JOIN_GROUP:
      return &self->intent->join_group;
    case PROP_ACCEPT_ONLY_DISPLAY:
      return &self->intent->accept_only_display;
    case PROP_ACCEPT_ACS_OVERRIDE:
      return &self->intent->accept_acs_override;
    default:
      return NULL;
    }
}

static void
set_flag (FerryWish *self, guint id, gboolean value)
{
  gboolean *flag = find_flag (self, id);

  value = value != FALSE;
  if (*flag == value)
    return;
  *flag = value;
  g_object_notify_by_pspec (G_OBJECT (self), properties[id]);
}

static void
ferry_wish_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  FerryWish *self = FERRY_WISH (object);
  const gboolean *flag = find_flag (self, id);

  if (id == PROP_BINDING)
    g_value_set_uint (value, self->intent->binding);
  else if (flag != NULL)
    g_value_set_boolean (value, *flag);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
ferry_wish_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  FerryWish *self = FERRY_WISH (object);

  if (id == PROP_BINDING)
    ferry_wish_set_binding (self, (FerryBinding)g_value_get_uint (value));
  else if (find_flag (self, id) != NULL)
    set_flag (self, id, g_value_get_boolean (value));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
ferry_wish_finalize (GObject *object)
{
  ferry_intent_free (FERRY_WISH (object)->intent);
  G_OBJECT_CLASS (ferry_wish_parent_class)->finalize (object);
}

static void
ferry_wish_class_init (FerryWishClass *klass)
{
  static const char *const names[] = { [PROP_INSTALL] = "install",
                                       [PROP_SHOW_MENU] = "show-menu",
                                       [PROP_PASSTHROUGH_MODE] = "passthrough-mode",
                                       [PROP_JOIN_GROUP] = "join-group",
                                       [PROP_ACCEPT_ONLY_DISPLAY] = "accept-only-display",
                                       [PROP_ACCEPT_ACS_OVERRIDE] = "accept-acs-override" };
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->get_property = ferry_wish_get_property;
  object_class->set_property = ferry_wish_set_property;
  object_class->finalize = ferry_wish_finalize;
  properties[PROP_BINDING] = g_param_spec_uint ("binding", NULL, NULL, FERRY_BINDING_AUTO,
                                                FERRY_BINDING_ADDRESS, FERRY_BINDING_AUTO, flags);
  for (guint i = PROP_INSTALL; i < N_PROPS; i++)
    properties[i] = g_param_spec_boolean (names[i], NULL, NULL, FALSE, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
ferry_wish_init (FerryWish *self)
{
  self->intent = ferry_intent_new ();
}

/**
 * ferry_wish_new:
 *
 * Returns: (transfer full): what is recommended to everybody
 */
FerryWish *
ferry_wish_new (void)
{
  return g_object_new (FERRY_TYPE_WISH, NULL);
}

/**
 * ferry_wish_make_intent:
 * @card: (nullable): address of the display function of the chosen card
 *
 * Returns: (transfer full): the intent as it is now
 */
FerryIntent *
ferry_wish_make_intent (FerryWish *self, const FerryAddress *card)
{
  FerryIntent *intent;

  g_return_val_if_fail (FERRY_IS_WISH (self), NULL);

  intent = ferry_intent_copy (self->intent);
  if (card != NULL && intent->cards->len > 0
      && ferry_address_compare (card, &g_array_index (intent->cards, FerryAddress, 0)) == 0)
    return intent;
  g_array_set_size (intent->cards, 0);
  if (card != NULL)
    g_array_append_val (intent->cards, *card);
  return intent;
}

/**
 * ferry_wish_repeat:
 *
 * Wants the same as a change that was made. Further cards, which only ferryctl can choose, go with the
 * first one: for another card they are not wanted.
 */
void
ferry_wish_repeat (FerryWish *self, const FerryIntent *intent)
{
  g_return_if_fail (FERRY_IS_WISH (self));
  g_return_if_fail (intent != NULL);

  g_array_unref (self->intent->cards);
  self->intent->cards = g_array_copy (intent->cards);
  ferry_wish_set_binding (self, intent->binding);
  set_flag (self, PROP_PASSTHROUGH_MODE, intent->passthrough_mode);
  set_flag (self, PROP_SHOW_MENU, intent->show_menu);
  set_flag (self, PROP_INSTALL, intent->install);
  set_flag (self, PROP_JOIN_GROUP, intent->join_group);
  ferry_wish_set_accepted (self, intent->accept_only_display, intent->accept_acs_override);
}

FerryBinding
ferry_wish_get_binding (FerryWish *self)
{
  g_return_val_if_fail (FERRY_IS_WISH (self), FERRY_BINDING_AUTO);
  return self->intent->binding;
}

void
ferry_wish_set_binding (FerryWish *self, FerryBinding binding)
{
  g_return_if_fail (FERRY_IS_WISH (self));
  if (self->intent->binding == binding)
    return;
  self->intent->binding = binding;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_BINDING]);
}

/**
 * ferry_wish_set_accepted:
 *
 * What the person agreed to for the chosen card.
 */
void
ferry_wish_set_accepted (FerryWish *self, gboolean only_display, gboolean acs_override)
{
  g_return_if_fail (FERRY_IS_WISH (self));
  set_flag (self, PROP_ACCEPT_ONLY_DISPLAY, only_display);
  set_flag (self, PROP_ACCEPT_ACS_OVERRIDE, acs_override);
}
