/* blueprint-suit.c: what suits the computer, the card and the system: see blueprint.h.
 *
 * And what speaks against it. Nothing here is kept but in the guest; nothing is written anywhere.
 */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "blueprint-private.h"
#include "guest/guard.h"
#include "guest/storage.h"
#include "guest/symptom.h"

/* Where distributions and guides put the drivers for Windows, below the root. */
static const char *const driver_places[]
    = { "usr/share/virtio-win/virtio-win.iso", "usr/share/virtio/virtio-win.iso",
        "var/lib/libvirt/images/virtio-win.iso" };

#define MAX_NAMES 1000

static gboolean
is_taken (FerryBlueprint *self, const char *name)
{
  return ferry_workshop_has_machine (self->workshop, name);
}

/* "win11", or "win11-2" when there is one of that name already. */
static char *
find_free_name (FerryBlueprint *self, const char *nick)
{
  for (guint i = 2; i < MAX_NAMES && is_taken (self, nick); i++)
    {
      g_autofree char *name = g_strdup_printf ("%s-%u", nick, i);

      if (!is_taken (self, name))
        return g_steal_pointer (&name);
    }
  return g_strdup (nick);
}

static void
suit_name (FerryBlueprint *self)
{
  g_autofree char *name = NULL;

  if (self->by_hand & FERRY_BLUEPRINT_NAME)
    return;
  name = find_free_name (self, self->offer != NULL ? self->offer->nick : "machine");
  ferry_guest_set (&self->guest->name, name);
}

static void
suit_sizes (FerryBlueprint *self)
{
  const FerryRoom room = ferry_blueprint_get_room (self);

  if ((self->by_hand & FERRY_BLUEPRINT_MEMORY) == 0 && room.memory_good > 0)
    self->guest->memory = room.memory_good;
  if ((self->by_hand & FERRY_BLUEPRINT_PROCESSORS) == 0 && room.processors_good > 0)
    self->guest->processors = room.processors_good;
  if ((self->by_hand & FERRY_BLUEPRINT_DISK) == 0 && room.disk_good > 0)
    self->guest->disk_size = room.disk_good;
}

/* A card that this computer still uses is not taken from it behind the person's back. */
static void
suit_card (FerryBlueprint *self)
{
  const FerryCard *card = ferry_session_get_card (self->session);

  g_array_set_size (self->guest->card, 0);
  if (card != NULL && !self->without_card && ferry_blueprint_is_card_free (self))
    ferry_guard_list_card (ferry_blueprint_get_machine (self), card, self->guest->card);
  if (self->guest->card->len == 0)
    ferry_guest_set (&self->guest->rom, NULL);
}

static void
suit_drivers (FerryBlueprint *self)
{
  FerryRoot *root = ferry_session_get_root (self->session);

  if (self->by_hand & FERRY_BLUEPRINT_DRIVERS)
    return;
  ferry_guest_set (&self->guest->drivers, NULL);
  if (self->guest->family != FERRY_GUEST_WINDOWS)
    return;
  for (gsize i = 0; i < G_N_ELEMENTS (driver_places); i++)
    if (self->guest->drivers == NULL && ferry_root_exists (root, driver_places[i]))
      self->guest->drivers
          = g_build_filename (ferry_root_get_folder (root), driver_places[i], NULL);
}

static void
suit_pool (FerryBlueprint *self)
{
  const char *pool = ferry_workshop_get_pool (self->workshop);

  ferry_guest_set (&self->guest->pool, pool != NULL ? pool : FERRY_STORAGE_POOL);
  self->guest->disk_new = TRUE;
}

static void
suit_tuning (FerryBlueprint *self)
{
  g_clear_pointer (&self->tuning, ferry_tuning_free);
  if (ferry_blueprint_get_machine (self) != NULL)
    self->tuning = ferry_tuning_make (ferry_blueprint_get_machine (self), self->guest);
}

/**
 * ferry_blueprint_suit:
 *
 * Fills in what the person did not set by hand.
 */
void
ferry_blueprint_suit (FerryBlueprint *self)
{
  suit_name (self);
  suit_pool (self);
  if (ferry_blueprint_get_machine (self) != NULL)
    {
      suit_sizes (self);
      suit_card (self);
      suit_drivers (self);
    }
  suit_tuning (self);
}

/**
 * ferry_blueprint_get_room:
 *
 * Returns: what this computer can give to the chosen system; all 0 before it has been read
 */
FerryRoom
ferry_blueprint_get_room (FerryBlueprint *self)
{
  const FerryRoomNeeds nothing = { 0 };
  const FerryRoom none = { 0 };

  g_return_val_if_fail (FERRY_IS_BLUEPRINT (self), none);

  if (ferry_blueprint_get_machine (self) == NULL)
    return none;
  return ferry_room_make (ferry_blueprint_get_machine (self),
                          self->offer != NULL ? &self->offer->needs : &nothing,
                          ferry_workshop_get_free_space (self->workshop));
}

/**
 * ferry_blueprint_is_card_free:
 *
 * Returns: whether the chosen card is kept free for virtual machines already: no driver of this
 *   computer holds any of its functions
 */
gboolean
ferry_blueprint_is_card_free (FerryBlueprint *self)
{
  const FerryCard *card;

  g_return_val_if_fail (FERRY_IS_BLUEPRINT (self), FALSE);

  card = ferry_session_get_card (self->session);
  for (guint i = 0; card != NULL && i < card->functions->len; i++)
    {
      const FerryDevice *device = g_ptr_array_index (card->functions, i);

      if (device->driver != NULL && !g_str_equal (device->driver, "vfio-pci"))
        return FALSE;
    }
  return card != NULL;
}

/* The first thing that speaks against this wish itself, or NULL. The rest is found by rehearsing
 * it. */
static char *
find_fault (FerryBlueprint *self)
{
  const FerryRoom room = ferry_blueprint_get_room (self);
  g_autoptr (GError) error = NULL;

  if (!ferry_guest_check_name (self->guest->name, &error))
    return g_strdup (error->message);
  if (is_taken (self, self->guest->name))
    return g_strdup_printf (
        _ ("There is a virtual machine “%s” already. Choose another name on the "
           "page “Size”."),
        self->guest->name);
  return ferry_room_find_problem (&room, self->guest);
}

/**
 * ferry_blueprint_list_card:
 *
 * Returns: (transfer full) (element-type FerryAddress): the functions of the chosen card that can go,
 *   the display function first; empty when no card is chosen
 */
GArray *
ferry_blueprint_list_card (FerryBlueprint *self)
{
  GArray *addresses = g_array_new (FALSE, TRUE, sizeof (FerryAddress));
  const FerryCard *card;

  g_return_val_if_fail (FERRY_IS_BLUEPRINT (self), addresses);

  card = ferry_session_get_card (self->session);
  if (card != NULL && ferry_blueprint_get_machine (self) != NULL)
    ferry_guard_list_card (ferry_blueprint_get_machine (self), card, addresses);
  return addresses;
}

/**
 * ferry_blueprint_find_obstacle:
 *
 * Returns: (transfer full) (nullable): why this virtual machine cannot be made now, in sentences;
 *   %NULL when it can
 */
char *
ferry_blueprint_find_obstacle (FerryBlueprint *self)
{
  g_return_val_if_fail (FERRY_IS_BLUEPRINT (self), NULL);

  if (ferry_blueprint_is_preview (self))
    return g_strdup (_ ("This is another computer than the one in front of you: it is only looked "
                        "at, and no virtual machine can be made on it from here."));
  switch (ferry_workshop_get_state (self->workshop))
    {
    case FERRY_WORKSHOP_OPEN:
      return find_fault (self);
    case FERRY_WORKSHOP_SHUT:
      return ferry_symptom_get_sentences (ferry_workshop_get_trouble (self->workshop));
    case FERRY_WORKSHOP_CLOSED:
    case FERRY_WORKSHOP_WAITING:
    case FERRY_WORKSHOP_LOOKING:
    default:
      return ferry_workshop_list_machines (self->workshop) != NULL
                 ? find_fault (self)
                 : g_strdup (_ ("One moment: the program that runs virtual machines is being "
                                "asked."));
    }
}
