/* window.c: see window.h. */
#include "config.h"

#include "plan/window.h"

#define FOUR_GIB (G_GUINT64_CONSTANT (1) << 32)
#define USUAL_SIZE (G_GUINT64_CONSTANT (256) << 20) /* bytes; few cards ask for more */
#define RESIZE_MORE 9                               /* bit of 512 MiB in the sizes on offer */

static void
look_at_device (FerryWindow *window, FerryDevice *device)
{
  for (gsize i = 0; i < FERRY_DEVICE_N_BARS; i++)
    {
      const FerryBar *bar = &device->bars[i];

      if (bar->size == 0)
        continue;
      if (bar->memory && bar->wide && bar->start >= FOUR_GIB)
        window->above_4g = FERRY_ANSWER_YES;
      else if (window->above_4g == FERRY_ANSWER_UNKNOWN)
        window->above_4g = FERRY_ANSWER_NO;
    }
}

static void
look_at_card (FerryWindow *window, const FerryCard *card)
{
  for (gsize i = 0; i < FERRY_DEVICE_N_BARS; i++)
    {
      const FerryBar *bar = &card->primary->bars[i];

      window->resizable |= bar->resizable != 0;
      window->grown |= bar->size > USUAL_SIZE;
      if (window->large == NULL && (bar->size > USUAL_SIZE || bar->resizable >> RESIZE_MORE != 0))
        window->large = card;
    }
}

/**
 * ferry_window_look:
 *
 * Returns: what the windows of @machine show; it borrows from @machine
 */
FerryWindow
ferry_window_look (FerryMachine *machine)
{
  FerryWindow window = { FERRY_ANSWER_UNKNOWN, FALSE, FALSE, NULL };

  for (guint i = 0; i < machine->devices->len; i++)
    look_at_device (&window, g_ptr_array_index (machine->devices, i));
  for (guint i = 0; i < machine->cards->len; i++)
    {
      const FerryCard *card = g_ptr_array_index (machine->cards, i);

      if (!card->integrated)
        look_at_card (&window, card);
    }
  return window;
}
