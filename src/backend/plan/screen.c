/* screen.c: see screen.h. */
#include "config.h"

#include "plan/screen.h"

static gboolean
has_integrated (FerryMachine *machine)
{
  for (guint i = 0; i < machine->cards->len; i++)
    if (((const FerryCard *)g_ptr_array_index (machine->cards, i))->integrated)
      return TRUE;
  return FALSE;
}

/**
 * ferry_screen_is_hidden:
 *
 * Whether the processor is known to have graphics, and no device shows it.
 */
gboolean
ferry_screen_is_hidden (FerryMachine *machine)
{
  return machine->processor->integrated_gpu == FERRY_ANSWER_YES && machine->devices->len > 0
         && machine->processor->hypervisor != FERRY_ANSWER_YES && !has_integrated (machine);
}

/**
 * ferry_screen_starts_on_card:
 *
 * Whether the firmware shows its picture on a plugged-in card although the processor's own graphics
 * is there.
 */
gboolean
ferry_screen_starts_on_card (FerryMachine *machine)
{
  if (!has_integrated (machine))
    return FALSE;
  for (guint i = 0; i < machine->cards->len; i++)
    {
      const FerryCard *card = g_ptr_array_index (machine->cards, i);

      if (!card->integrated && card->primary->boot_vga == FERRY_ANSWER_YES)
        return TRUE;
    }
  return FALSE;
}

/**
 * ferry_screen_count:
 *
 * Returns: how many cards can show a picture
 */
guint
ferry_screen_count (FerryMachine *machine)
{
  guint count = 0;

  for (guint i = 0; i < machine->cards->len; i++)
    count += ((const FerryCard *)g_ptr_array_index (machine->cards, i))->can_show ? 1 : 0;
  return count;
}
