/* reason-group.c: the rules of plan/reason about IOMMU groups: who would have to go along.
 *
 * Every end device of a group must be given away together or have no driver; bridges do not count
 * (kernel Documentation/driver-api/vfio.rst).
 */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "plan/kind.h"
#include "plan/reason.h"

static gboolean
card_has_group (const FerryCard *card, int group)
{
  for (guint i = 0; i < card->groups->len; i++)
    if (g_array_index (card->groups, int, i) == group)
      return TRUE;
  return FALSE;
}

/* The devices outside of the card that share a group with it: the bridges, or the others. */
static GPtrArray *
list_neighbours (FerryMachine *machine, const FerryCard *card, gboolean bridges)
{
  GPtrArray *found = g_ptr_array_new ();

  for (guint i = 0; i < machine->devices->len; i++)
    {
      FerryDevice *device = g_ptr_array_index (machine->devices, i);

      if (device->group != FERRY_DEVICE_NO_GROUP && card_has_group (card, device->group)
          && !ferry_card_has (card, device) && ferry_kind_is_bridge (device) == bridges)
        g_ptr_array_add (found, device);
    }
  return found;
}

static const FerryCard *
find_card_of (FerryMachine *machine, FerryDevice *device)
{
  for (guint i = 0; i < machine->cards->len; i++)
    {
      const FerryCard *card = g_ptr_array_index (machine->cards, i);

      if (ferry_card_has (card, device))
        return card;
    }
  return NULL;
}

/* A sentence names few devices; looking no further keeps a hostile machine from costing time. */
#define MAX_NAMED 16

/* Other cards by name, everything else by what it is. */
static char *
describe_neighbours (FerryMachine *machine, GPtrArray *devices)
{
  g_autoptr (GPtrArray) texts = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) cards = g_ptr_array_new ();
  g_autoptr (GPtrArray) rest = g_ptr_array_new ();

  for (guint i = 0; i < devices->len; i++)
    {
      FerryDevice *device = g_ptr_array_index (devices, i);
      const FerryCard *card = i < MAX_NAMED ? find_card_of (machine, device) : NULL;

      if (card == NULL)
        g_ptr_array_add (rest, device);
      else if (!g_ptr_array_find (cards, card, NULL))
        g_ptr_array_add (cards, (gpointer)card);
    }
  for (guint i = 0; i < cards->len; i++)
    {
      const FerryCard *card = g_ptr_array_index (cards, i);

      g_ptr_array_add (texts, g_strdup_printf (_("the graphics card %s"), card->name));
    }
  if (rest->len > 0)
    g_ptr_array_add (texts, ferry_kind_describe_list (rest));
  return ferry_kind_join (texts);
}

/* A card that is plugged in can move; one that is built in cannot. */
static char *
say_tied (FerryMachine *machine, const FerryCard *card, const char *names)
{
  const gboolean movable = !card->integrated && machine->firmware->laptop != FERRY_ANSWER_YES;
  g_autofree char *text = g_strdup_printf (
      _("An IOMMU group is a set of devices that can only be handed over together. This card "
        "shares its group with %s, which would have to go along."),
      names);

  if (!movable)
    return g_steal_pointer (&text);
  return g_strconcat (text, " ", _("Another slot on the main board may have a group of its own."),
                      NULL);
}

/* Every end device of a group must be given away together (kernel, driver-api/vfio.rst). Where only
 * a side function of the card is tied, the card can go without it. */
void
ferry_reason_look_for_foreign_devices (FerryMachine *machine, FerryVerdict *verdict)
{
  const FerryCard *card = verdict->card;
  g_autoptr (GPtrArray) foreign = list_neighbours (machine, card, FALSE);
  g_autofree char *names = NULL;
  gboolean primary = FALSE;

  if (foreign->len == 0)
    return;
  for (guint i = 0; i < foreign->len; i++)
    primary |= ((FerryDevice *)g_ptr_array_index (foreign, i))->group == card->primary->group;

  names = describe_neighbours (machine, foreign);
  if (primary)
    ferry_reason_add (verdict, "foreign-devices", FERRY_CARD_NO, say_tied (machine, card, names),
                      foreign);
  else
    ferry_reason_add (
        verdict, "foreign-devices", FERRY_CARD_CAUTION,
        g_strdup_printf (_("A side part of this card, such as its sound, shares an IOMMU "
                           "group with %s. The card can go, but without that part."),
                         names),
        foreign);
}

static GPtrArray *
list_ungrouped (const FerryCard *card)
{
  GPtrArray *found = g_ptr_array_new ();

  for (guint i = 0; i < card->functions->len; i++)
    {
      FerryDevice *device = g_ptr_array_index (card->functions, i);

      if (device->group == FERRY_DEVICE_NO_GROUP)
        g_ptr_array_add (found, device);
    }
  return found;
}

/* The processor is known to lack the IOMMU, and nothing else says that there is one. */
static gboolean
never_groups (FerryMachine *machine)
{
  return machine->processor->vt_d == FERRY_ANSWER_NO && machine->iommu->offered != FERRY_ANSWER_YES
         && machine->iommu->enabled != FERRY_ANSWER_YES
         && machine->iommu->grouped != FERRY_ANSWER_YES;
}

void
ferry_reason_look_for_groups (FerryMachine *machine, FerryVerdict *verdict)
{
  g_autoptr (GPtrArray) ungrouped = list_ungrouped (verdict->card);

  if (verdict->card->primary->group != FERRY_DEVICE_NO_GROUP)
    return;
  if (never_groups (machine))
    ferry_reason_add (
        verdict, "no-groups", FERRY_CARD_NO,
        g_strdup (_("The processor has no IOMMU. That is the part which keeps a card away "
                    "from the rest of the computer, and no setting can replace it.")),
        ungrouped);
  else if (machine->iommu->grouped == FERRY_ANSWER_YES)
    ferry_reason_add (
        verdict, "no-groups", FERRY_CARD_CAUTION,
        g_strdup (_("The IOMMU is on, but it leaves this card out. It can only be handed "
                    "over when the IOMMU covers it too.")),
        ungrouped);
  else
    ferry_reason_add (
        verdict, "no-groups", FERRY_CARD_CAUTION,
        g_strdup (_("Switch the IOMMU on first. It keeps devices apart, and only then can "
                    "Ferry see which other devices this card is tied to.")),
        ungrouped);
}

void
ferry_reason_look_for_bridges (FerryMachine *machine, FerryVerdict *verdict)
{
  g_autoptr (GPtrArray) bridges = list_neighbours (machine, verdict->card, TRUE);
  g_autofree char *ids = NULL;

  if (bridges->len == 0)
    return;
  ids = ferry_kind_list_ids (bridges);
  ferry_reason_add (
      verdict, "bridges-stay", FERRY_CARD_YES,
      g_strdup_printf (_("The group also lists connections of the main board (%s). They "
                         "stay where they are; that is normal."),
                       ids),
      bridges);
}
