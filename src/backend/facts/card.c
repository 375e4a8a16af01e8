/* card.c: see card.h. */
#include "config.h"

#include "facts/card.h"

GPtrArray *
ferry_cards_find (GPtrArray *devices)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify) ferry_card_free);
}

gboolean
ferry_card_has (const FerryCard *card, FerryDevice *device)
{
  return g_ptr_array_find (card->functions, device, NULL);
}

void
ferry_card_free (FerryCard *card)
{
  g_free (card);
}
