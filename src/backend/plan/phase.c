/* phase.c: see phase.h. */
#include "config.h"

#include "plan/phase.h"

static gboolean
setting_is_missing (FerryMachine *machine)
{
  return machine->processor->virtualization == FERRY_ANSWER_NO
         || (machine->iommu->offered == FERRY_ANSWER_NO && machine->iommu->grouped != FERRY_ANSWER_YES);
}

static gboolean
is_bound (const FerryCard *card)
{
  for (guint i = 0; i < card->functions->len; i++)
    {
      FerryDevice *device = g_ptr_array_index (card->functions, i);

      if (device == card->primary && g_strcmp0 (device->driver, "vfio-pci") != 0)
        return FALSE;
    }
  return TRUE;
}

static gboolean
any_card_is_bound (FerryMachine *machine)
{
  for (guint i = 0; i < machine->cards->len; i++)
    if (is_bound (g_ptr_array_index (machine->cards, i)))
      return TRUE;
  return FALSE;
}

/* Every card of the intent is bound; an intent without a card asks for groups only. */
static gboolean
intent_has_arrived (FerryMachine *machine, const FerryIntent *intent)
{
  for (guint i = 0; i < intent->cards->len; i++)
    {
      g_autofree char *id
          = ferry_address_to_string (&g_array_index (intent->cards, FerryAddress, i));
      FerryDevice *device = ferry_devices_find (machine->devices, id);

      if (device == NULL || g_strcmp0 (device->driver, "vfio-pci") != 0)
        return FALSE;
    }
  return machine->iommu->grouped == FERRY_ANSWER_YES;
}

/**
 * ferry_phase_of:
 * @intent: (nullable): of the newest change that is in force
 *
 * Returns: where the user stands now
 */
FerryPhase
ferry_phase_of (FerryMachine *machine, const FerryIntent *intent, gint64 changed, gint64 started)
{
  if (intent != NULL && intent_has_arrived (machine, intent))
    return FERRY_PHASE_READY;
  if (intent != NULL)
    return started != 0 && started > changed ? FERRY_PHASE_VERIFY : FERRY_PHASE_RESTART;
  if (machine->iommu->grouped == FERRY_ANSWER_YES && any_card_is_bound (machine))
    return FERRY_PHASE_READY;
  return setting_is_missing (machine) ? FERRY_PHASE_FIRMWARE : FERRY_PHASE_CHANGE;
}
