/* errand.c: see errand.h. */
#include "config.h"

#include "errand.h"
#include "facts/boot-time.h"
#include "session.h"

struct _FerryErrand
{
  GObject parent_instance;

  FerrySession *session; /* weak: it owns this */
  FerryWish *wish;
  FerryHelper *helper; /* NULL: nothing can be changed there */
  FerryProposal *proposal;
  GCancellable *proposing; /* NULL when no plan is being made */
  FerryHistory *history;
  char *agreed; /* digest, or NULL */
  char *notice;
};

G_DEFINE_FINAL_TYPE (FerryErrand, ferry_errand, G_TYPE_OBJECT)

enum
{
  PROP_0,
  PROP_PROPOSAL,
  PROP_PROPOSING,
  PROP_HISTORY,
  PROP_NOTICE,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

static void
notify (FerryErrand *self, guint property)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[property]);
}

static void
ferry_errand_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  FerryErrand *self = FERRY_ERRAND (object);

  switch (id)
    {
    case PROP_PROPOSAL:
      g_value_set_pointer (value, self->proposal);
      return;
    case PROP_PROPOSING:
      g_value_set_boolean (value, self->proposing != NULL);
      return;
    case PROP_HISTORY:
      g_value_set_pointer (value, self->history);
      return;
    case PROP_NOTICE:
      g_value_set_string (value, self->notice);
      return;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
ferry_errand_dispose (GObject *object)
{
  FerryErrand *self = FERRY_ERRAND (object);

  g_cancellable_cancel (self->proposing);
  g_clear_object (&self->proposing);
  g_clear_weak_pointer (&self->session);
  g_clear_object (&self->wish);
  g_clear_object (&self->helper);
  G_OBJECT_CLASS (ferry_errand_parent_class)->dispose (object);
}

static void
ferry_errand_finalize (GObject *object)
{
  FerryErrand *self = FERRY_ERRAND (object);

  g_clear_pointer (&self->proposal, ferry_proposal_free);
  g_clear_pointer (&self->history, ferry_history_free);
  g_free (self->agreed);
  g_free (self->notice);
  G_OBJECT_CLASS (ferry_errand_parent_class)->finalize (object);
}

static void
ferry_errand_class_init (FerryErrandClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;

  object_class->get_property = ferry_errand_get_property;
  object_class->dispose = ferry_errand_dispose;
  object_class->finalize = ferry_errand_finalize;
  properties[PROP_PROPOSAL] = g_param_spec_pointer ("proposal", NULL, NULL, flags);
  properties[PROP_PROPOSING] = g_param_spec_boolean ("proposing", NULL, NULL, FALSE, flags);
  properties[PROP_HISTORY] = g_param_spec_pointer ("history", NULL, NULL, flags);
  properties[PROP_NOTICE] = g_param_spec_string ("notice", NULL, NULL, NULL, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

/* The old plan lives until everybody has been told of the new one. */
static void
set_proposal (FerryErrand *self, FerryProposal *proposal)
{
  FerryProposal *old = self->proposal;

  if (old == NULL && proposal == NULL)
    return;
  self->proposal = proposal;
  notify (self, PROP_PROPOSAL);
  g_clear_pointer (&old, ferry_proposal_free);
}

static void
set_notice (FerryErrand *self, const char *notice)
{
  if (g_strcmp0 (self->notice, notice) == 0)
    return;
  g_free (self->notice);
  self->notice = g_strdup (notice);
  notify (self, PROP_NOTICE);
}

static void
stop_proposing (FerryErrand *self)
{
  if (self->proposing == NULL)
    return;
  g_cancellable_cancel (self->proposing);
  g_clear_object (&self->proposing);
  notify (self, PROP_PROPOSING);
}

/**
 * ferry_errand_forget_plan:
 * @notice: (nullable): why a new plan has to be looked at
 *
 * What was planned and agreed to does not hold any more.
 */
void
ferry_errand_forget_plan (FerryErrand *self, const char *notice)
{
  g_return_if_fail (FERRY_IS_ERRAND (self));
  g_clear_pointer (&self->agreed, g_free);
  stop_proposing (self);
  set_notice (self, notice);
  set_proposal (self, NULL);
}

static void
wish_changed (FerryErrand *self)
{
  ferry_errand_forget_plan (self, NULL);
}

/* Another card: what was agreed to for the old one, and how it was to be taken, does not count. */
static void
card_changed (FerryErrand *self)
{
  ferry_wish_set_binding (self->wish, FERRY_BINDING_AUTO);
  ferry_errand_forget_plan (self, NULL);
}

/* A notice stays: the computer is read anew because of it. */
static void
machine_changed (FerryErrand *self)
{
  g_autofree char *notice = g_strdup (self->notice);

  ferry_errand_forget_plan (self, notice);
}

static void
ferry_errand_init (FerryErrand *self)
{
  self->wish = ferry_wish_new ();
  g_signal_connect_swapped (self->wish, "notify", G_CALLBACK (wish_changed), self);
}

/**
 * ferry_errand_new:
 * @session: not kept alive
 * @helper: (nullable): of this computer; %NULL when the session's computer is only looked at
 */
FerryErrand *
ferry_errand_new (FerrySession *session, FerryHelper *helper)
{
  FerryErrand *self = g_object_new (FERRY_TYPE_ERRAND, NULL);

  g_set_weak_pointer (&self->session, session);
  self->helper = helper != NULL ? g_object_ref (helper) : NULL;
  g_signal_connect_object (session, "notify::card", G_CALLBACK (card_changed), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "notify::machine", G_CALLBACK (machine_changed), self,
                           G_CONNECT_SWAPPED);
  return self;
}

/**
 * ferry_errand_get_wish:
 *
 * Returns: (transfer none): the options, to be bound to
 */
FerryWish *
ferry_errand_get_wish (FerryErrand *self)
{
  g_return_val_if_fail (FERRY_IS_ERRAND (self), NULL);
  return self->wish;
}

/**
 * ferry_errand_get_helper:
 *
 * Returns: (transfer none) (nullable): who changes the computer that is shown; %NULL for a recorded
 *   one and for a folder
 */
FerryHelper *
ferry_errand_get_helper (FerryErrand *self)
{
  g_return_val_if_fail (FERRY_IS_ERRAND (self), NULL);
  if (self->session == NULL || ferry_session_get_recording (self->session) != NULL)
    return NULL;
  return self->helper;
}

/**
 * ferry_errand_set_helper:
 *
 * Another helper than that of the system bus, for tests.
 */
void
ferry_errand_set_helper (FerryErrand *self, FerryHelper *helper)
{
  g_return_if_fail (FERRY_IS_ERRAND (self));
  g_set_object (&self->helper, helper);
}

/**
 * ferry_errand_is_running:
 *
 * Returns: whether this computer is being changed at the moment
 */
gboolean
ferry_errand_is_running (FerryErrand *self)
{
  g_return_val_if_fail (FERRY_IS_ERRAND (self), FALSE);
  return self->helper != NULL && ferry_helper_get_running (self->helper);
}

static void
proposal_made (GObject *object, GAsyncResult *result, gpointer user_data)
{
  FerryErrand *self = FERRY_ERRAND (object);
  FerryProposal *proposal = ferry_proposal_finish (object, result, NULL);

  /* Cancelled: something changed meanwhile. */
  if (proposal == NULL)
    return;
  g_object_freeze_notify (object);
  g_clear_object (&self->proposing);
  notify (self, PROP_PROPOSING);
  set_proposal (self, proposal);
  g_object_thaw_notify (object);
}

/**
 * ferry_errand_propose:
 *
 * Makes the plan, unless it is there, is being made, or there is nothing to make it from.
 */
void
ferry_errand_propose (FerryErrand *self)
{
  const FerryCard *card;
  FerryMachine *machine;

  g_return_if_fail (FERRY_IS_ERRAND (self));
  g_return_if_fail (self->session != NULL);

  card = ferry_session_get_card (self->session);
  machine = ferry_session_get_machine (self->session);
  if (self->proposal != NULL || self->proposing != NULL || card == NULL)
    return;

  self->proposing = g_cancellable_new ();
  notify (self, PROP_PROPOSING);
  ferry_proposal_start (machine, ferry_wish_make_intent (self->wish, &card->primary->address),
                        ferry_errand_get_helper (self), self->proposing, proposal_made,
                        G_OBJECT (self));
}

const FerryProposal *
ferry_errand_get_proposal (FerryErrand *self)
{
  g_return_val_if_fail (FERRY_IS_ERRAND (self), NULL);
  return self->proposal;
}

gboolean
ferry_errand_get_proposing (FerryErrand *self)
{
  g_return_val_if_fail (FERRY_IS_ERRAND (self), FALSE);
  return self->proposing != NULL;
}

const char *
ferry_errand_get_notice (FerryErrand *self)
{
  g_return_val_if_fail (FERRY_IS_ERRAND (self), NULL);
  return self->notice;
}

/**
 * ferry_errand_agree:
 *
 * The person has seen the plan and wants it carried out.
 */
void
ferry_errand_agree (FerryErrand *self)
{
  g_return_if_fail (FERRY_IS_ERRAND (self));
  if (self->proposal == NULL)
    return;
  g_free (self->agreed);
  self->agreed = g_strdup (self->proposal->plan->digest);
}

/**
 * ferry_errand_take_agreement:
 *
 * Returns: whether the person agreed to the very plan that is there; each yes counts once
 */
gboolean
ferry_errand_take_agreement (FerryErrand *self)
{
  g_autofree char *agreed = NULL;

  g_return_val_if_fail (FERRY_IS_ERRAND (self), FALSE);

  agreed = g_steal_pointer (&self->agreed);
  return agreed != NULL && self->proposal != NULL
         && g_str_equal (agreed, self->proposal->plan->digest);
}

static void
history_read (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (FerryErrand) self = user_data;
  g_autoptr (GError) error = NULL;
  FerryHistory *history = ferry_helper_read_history_finish (FERRY_HELPER (source), result, &error);

  if (history == NULL)
    {
      g_debug ("No history: %s", error->message);
      return;
    }
  g_clear_pointer (&self->history, ferry_history_free);
  self->history = history;
  notify (self, PROP_HISTORY);
}

/**
 * ferry_errand_read_history:
 *
 * Asks the helper what was changed on this computer; without a helper nothing happens.
 */
void
ferry_errand_read_history (FerryErrand *self)
{
  FerryHelper *helper = ferry_errand_get_helper (self);

  if (helper != NULL)
    ferry_helper_read_history_async (helper, history_read, g_object_ref (self));
}

const FerryHistory *
ferry_errand_get_history (FerryErrand *self)
{
  g_return_val_if_fail (FERRY_IS_ERRAND (self), NULL);
  return self->history;
}

/**
 * ferry_errand_get_phase:
 *
 * Returns: where the person stands with the computer that is shown
 */
FerryPhase
ferry_errand_get_phase (FerryErrand *self)
{
  FerryMachine *machine = ferry_session_get_machine (self->session);
  gboolean own = ferry_errand_get_helper (self) != NULL;
  const FerryPast *newest = own ? ferry_history_find_newest (self->history) : NULL;
  gint64 started;

  if (machine == NULL)
    return FERRY_PHASE_CHANGE;
  if (newest == NULL)
    return ferry_phase_of (machine, NULL, 0, 0);

  started = ferry_boot_time_read (ferry_session_get_root (self->session));
  if (self->history->intent == NULL)
    return started > newest->time ? FERRY_PHASE_VERIFY : FERRY_PHASE_RESTART;
  return ferry_phase_of (machine, self->history->intent, newest->time, started);
}
