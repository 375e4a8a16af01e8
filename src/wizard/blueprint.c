/* blueprint.c: see blueprint.h. */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "blueprint-private.h"
#include "librarian.h"

G_DEFINE_FINAL_TYPE (FerryBlueprint, ferry_blueprint, G_TYPE_OBJECT)

enum
{
  PROP_0,
  PROP_GUEST,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

static FerryMachine *
get_machine (FerryBlueprint *self)
{
  return self->session != NULL ? ferry_session_get_machine (self->session) : NULL;
}

/**
 * ferry_blueprint_get_machine:
 *
 * Returns: (transfer none) (nullable): the computer that it would run on
 */
FerryMachine *
ferry_blueprint_get_machine (FerryBlueprint *self)
{
  g_return_val_if_fail (FERRY_IS_BLUEPRINT (self), NULL);
  return get_machine (self);
}

static void
suit_everything (FerryBlueprint *self)
{
  ferry_blueprint_suit (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_GUEST]);
}

/* Whoever opens a page of the virtual machine at once has not chosen a card before. */
static void
machine_read (FerryBlueprint *self)
{
  if (self->begun)
    ferry_session_choose_obvious_card (self->session);
  suit_everything (self);
}

/* The object */

static void
ferry_blueprint_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  if (id == PROP_GUEST)
    g_value_set_pointer (value, FERRY_BLUEPRINT (object)->guest);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
ferry_blueprint_dispose (GObject *object)
{
  FerryBlueprint *self = FERRY_BLUEPRINT (object);

  g_cancellable_cancel (self->looking);
  g_clear_object (&self->looking);
  g_clear_object (&self->workshop);
  g_clear_weak_pointer (&self->session);
  G_OBJECT_CLASS (ferry_blueprint_parent_class)->dispose (object);
}

static void
ferry_blueprint_finalize (GObject *object)
{
  FerryBlueprint *self = FERRY_BLUEPRINT (object);

  g_clear_pointer (&self->catalogue, ferry_catalogue_unref);
  g_clear_pointer (&self->tuning, ferry_tuning_free);
  ferry_guest_free (self->guest);
  ferry_offer_free (self->offer);
  ferry_disc_free (self->disc);
  g_free (self->trouble);
  g_free (self->made);
  G_OBJECT_CLASS (ferry_blueprint_parent_class)->finalize (object);
}

static void
ferry_blueprint_class_init (FerryBlueprintClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = ferry_blueprint_get_property;
  object_class->dispose = ferry_blueprint_dispose;
  object_class->finalize = ferry_blueprint_finalize;
  properties[PROP_GUEST]
      = g_param_spec_pointer ("guest", NULL, NULL, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
ferry_blueprint_init (FerryBlueprint *self)
{
  self->guest = ferry_guest_new ();
}

/**
 * ferry_blueprint_new:
 * @session: whose card and machine it follows; not kept alive
 * @workshop: (transfer full): what makes it
 */
FerryBlueprint *
ferry_blueprint_new (FerrySession *session, FerryWorkshop *workshop)
{
  FerryBlueprint *self = g_object_new (FERRY_TYPE_BLUEPRINT, NULL);

  g_set_weak_pointer (&self->session, session);
  g_signal_connect_object (session, "notify::card", G_CALLBACK (suit_everything), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "notify::report", G_CALLBACK (machine_read), self,
                           G_CONNECT_SWAPPED);
  ferry_blueprint_set_workshop (self, workshop);
  g_object_unref (workshop);
  return self;
}

/**
 * ferry_blueprint_set_workshop:
 *
 * For tests: another libvirt than that of the computer.
 */
void
ferry_blueprint_set_workshop (FerryBlueprint *self, FerryWorkshop *workshop)
{
  g_return_if_fail (FERRY_IS_BLUEPRINT (self));

  if (self->workshop != NULL)
    g_signal_handlers_disconnect_by_func (self->workshop, suit_everything, self);
  g_set_object (&self->workshop, workshop);
  g_signal_connect_object (workshop, "notify::state", G_CALLBACK (suit_everything), self,
                           G_CONNECT_SWAPPED);
  suit_everything (self);
}

FerryWorkshop *
ferry_blueprint_get_workshop (FerryBlueprint *self)
{
  g_return_val_if_fail (FERRY_IS_BLUEPRINT (self), NULL);
  return self->workshop;
}

/**
 * ferry_blueprint_is_preview:
 *
 * Returns: whether another computer than this one is looked at: nothing can be made then
 */
gboolean
ferry_blueprint_is_preview (FerryBlueprint *self)
{
  g_return_val_if_fail (FERRY_IS_BLUEPRINT (self), TRUE);
  return ferry_session_get_recording (self->session) != NULL
         || ferry_workshop_get_state (self->workshop) == FERRY_WORKSHOP_CLOSED;
}

/**
 * ferry_blueprint_get_guest:
 *
 * Returns: (transfer none): what is described. Whoever edits it calls ferry_blueprint_changed()
 */
FerryGuest *
ferry_blueprint_get_guest (FerryBlueprint *self)
{
  g_return_val_if_fail (FERRY_IS_BLUEPRINT (self), NULL);
  return self->guest;
}

/**
 * ferry_blueprint_changed:
 * @by_hand: what the person has set: it stays as it is from now on
 */
void
ferry_blueprint_changed (FerryBlueprint *self, FerryBlueprintPart by_hand)
{
  g_return_if_fail (FERRY_IS_BLUEPRINT (self));
  self->by_hand |= by_hand;
  suit_everything (self);
}

/* The system */

static void
set_offer (FerryBlueprint *self, const FerryOffer *offer)
{
  FerryOffer *copy = ferry_offer_copy (offer);

  ferry_offer_free (self->offer);
  self->offer = copy;
  ferry_offer_apply (copy, self->guest);
}

/**
 * ferry_blueprint_choose_offer:
 * @offer: the system that the virtual machine is for; copied
 */
void
ferry_blueprint_choose_offer (FerryBlueprint *self, const FerryOffer *offer)
{
  g_return_if_fail (FERRY_IS_BLUEPRINT (self));
  g_return_if_fail (offer != NULL);
  set_offer (self, offer);
  suit_everything (self);
}

const FerryOffer *
ferry_blueprint_get_offer (FerryBlueprint *self)
{
  g_return_val_if_fail (FERRY_IS_BLUEPRINT (self), NULL);
  return self->offer;
}

FerryCatalogue *
ferry_blueprint_get_catalogue (FerryBlueprint *self)
{
  g_return_val_if_fail (FERRY_IS_BLUEPRINT (self), NULL);
  return self->catalogue;
}

static void
catalogue_opened (GObject *object, GAsyncResult *result, gpointer user_data)
{
  FerryBlueprint *self = FERRY_BLUEPRINT (object);

  self->catalogue = ferry_librarian_open_finish (object, result);
  if (self->session == NULL)
    return;
  if (self->offer == NULL)
    set_offer (self, g_ptr_array_index (ferry_catalogue_list (self->catalogue), 0));
  suit_everything (self);
}

/**
 * ferry_blueprint_begin:
 *
 * To be called when the first page that needs it is shown: reads what takes a moment, in threads.
 */
void
ferry_blueprint_begin (FerryBlueprint *self)
{
  g_return_if_fail (FERRY_IS_BLUEPRINT (self));

  if (!self->begun)
    ferry_librarian_open_async (G_OBJECT (self), catalogue_opened);
  self->begun = TRUE;
  ferry_session_choose_obvious_card (self->session);
  if (ferry_session_get_recording (self->session) == NULL)
    ferry_workshop_look (self->workshop);
}

/* The image */

/* What was found decides: an installation disc is used, the drivers are put where they belong. */
static void
use_disc (FerryBlueprint *self, const char *file, FerryDisc *disc)
{
  if (disc->kind == FERRY_DISC_DRIVERS)
    {
      ferry_guest_set (&self->guest->drivers, file);
      self->by_hand |= FERRY_BLUEPRINT_DRIVERS;
      ferry_disc_free (disc);
      return;
    }
  ferry_disc_free (self->disc);
  self->disc = disc;
  if (disc->kind == FERRY_DISC_NONE || disc->kind == FERRY_DISC_FOREIGN)
    return;
  ferry_guest_set (&self->guest->medium, file);
  /* Windows is always recognised; whatever else one downloads is nearly always a Linux. */
  set_offer (self,
             disc->offer != NULL ? disc->offer : ferry_catalogue_find (self->catalogue, "linux"));
}

static void
disc_read (GObject *object, GAsyncResult *result, gpointer user_data)
{
  FerryBlueprint *self = FERRY_BLUEPRINT (object);
  g_autoptr (GError) error = NULL;
  FerryDisc *disc = ferry_librarian_identify_finish (object, result, &error);
  const char *file
      = g_object_get_data (G_OBJECT (g_task_get_cancellable (G_TASK (result))), "file");

  if (self->session == NULL || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      ferry_disc_free (disc);
      return;
    }
  if (disc != NULL)
    use_disc (self, file, disc);
  else
    self->trouble = g_strdup (error->message);
  g_clear_object (&self->looking);
  suit_everything (self);
}

/**
 * ferry_blueprint_choose_medium:
 * @file: (nullable): path of an image, or %NULL to go without one
 *
 * Looks at the image in a thread; what it holds chooses the system.
 */
void
ferry_blueprint_choose_medium (FerryBlueprint *self, const char *file)
{
  g_return_if_fail (FERRY_IS_BLUEPRINT (self));
  g_return_if_fail (file == NULL || self->catalogue != NULL);

  g_cancellable_cancel (self->looking);
  g_clear_object (&self->looking);
  g_clear_pointer (&self->trouble, g_free);
  if (file == NULL)
    {
      g_clear_pointer (&self->disc, ferry_disc_free);
      ferry_guest_set (&self->guest->medium, NULL);
    }
  else
    {
      self->looking = g_cancellable_new ();
      g_object_set_data_full (G_OBJECT (self->looking), "file", g_strdup (file), g_free);
      ferry_librarian_identify_async (self->catalogue, file, self->looking, disc_read,
                                      G_OBJECT (self));
    }
  suit_everything (self);
}

gboolean
ferry_blueprint_get_looking (FerryBlueprint *self)
{
  g_return_val_if_fail (FERRY_IS_BLUEPRINT (self), FALSE);
  return self->looking != NULL;
}

/**
 * ferry_blueprint_get_disc:
 *
 * Returns: (transfer none) (nullable): what the image holds that was looked at last
 */
const FerryDisc *
ferry_blueprint_get_disc (FerryBlueprint *self)
{
  g_return_val_if_fail (FERRY_IS_BLUEPRINT (self), NULL);
  return self->disc;
}

/**
 * ferry_blueprint_get_trouble:
 *
 * Returns: (transfer none) (nullable): why the image cannot be used
 */
const char *
ferry_blueprint_get_trouble (FerryBlueprint *self)
{
  g_return_val_if_fail (FERRY_IS_BLUEPRINT (self), NULL);
  return self->trouble;
}

/* What follows */

/**
 * ferry_blueprint_get_tuning:
 *
 * Returns: (transfer none) (nullable): which cores the virtual machine gets
 */
const FerryTuning *
ferry_blueprint_get_tuning (FerryBlueprint *self)
{
  g_return_val_if_fail (FERRY_IS_BLUEPRINT (self), NULL);
  return self->tuning;
}

/**
 * ferry_blueprint_give_card:
 * @given: whether the virtual machine gets the chosen card, once it is free
 */
void
ferry_blueprint_give_card (FerryBlueprint *self, gboolean given)
{
  g_return_if_fail (FERRY_IS_BLUEPRINT (self));
  self->without_card = !given;
  suit_everything (self);
}

/**
 * ferry_blueprint_agree:
 *
 * The person wants what is on the screen to be made.
 */
void
ferry_blueprint_agree (FerryBlueprint *self)
{
  g_return_if_fail (FERRY_IS_BLUEPRINT (self));
  self->agreed = TRUE;
}

/**
 * ferry_blueprint_take_agreement:
 *
 * Returns: whether the person agreed since this was asked last
 */
gboolean
ferry_blueprint_take_agreement (FerryBlueprint *self)
{
  gboolean agreed;

  g_return_val_if_fail (FERRY_IS_BLUEPRINT (self), FALSE);
  agreed = self->agreed;
  self->agreed = FALSE;
  return agreed;
}

/**
 * ferry_blueprint_get_made:
 *
 * Returns: (transfer none) (nullable): the name of the virtual machine that was made last
 */
const char *
ferry_blueprint_get_made (FerryBlueprint *self)
{
  g_return_val_if_fail (FERRY_IS_BLUEPRINT (self), NULL);
  return self->made;
}

/**
 * ferry_blueprint_set_made:
 * @name: (nullable): %NULL when it was removed
 */
void
ferry_blueprint_set_made (FerryBlueprint *self, const char *name)
{
  g_return_if_fail (FERRY_IS_BLUEPRINT (self));
  ferry_guest_set (&self->made, name);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_GUEST]);
}
