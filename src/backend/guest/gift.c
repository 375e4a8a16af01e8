/* gift.c: see gift.h. */
#include "config.h"

#include "guest/gift.h"

static FerryGift *
make (const char *xml)
{
  FerryGift *self = g_new0 (FerryGift, 1);

  self->name = g_strdup ("");
  self->before = g_strdup (xml);
  self->after = g_strdup (xml);
  self->notes = g_ptr_array_new_with_free_func (g_free);
  return self;
}

FerryGift *
ferry_gift_give (const char *xml, const GArray *functions, const char *rom, GError **error)
{
  return make (xml);
}

FerryGift *
ferry_gift_take (const char *xml, const GArray *functions, GError **error)
{
  return make (xml);
}

void
ferry_gift_free (FerryGift *gift)
{
  g_free (gift->name);
  g_free (gift->before);
  g_free (gift->after);
  g_ptr_array_unref (gift->notes);
  g_free (gift);
}

GArray *
ferry_gift_list (const char *xml, GError **error)
{
  return g_array_new (FALSE, TRUE, sizeof (FerryAddress));
}
