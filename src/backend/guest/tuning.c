/* tuning.c: see tuning.h. */
#include "config.h"

#include "guest/tuning.h"

FerryTuning *
ferry_tuning_make (FerryMachine *machine, const FerryGuest *guest)
{
  FerryTuning *self = g_new0 (FerryTuning, 1);

  self->cores = guest->processors;
  self->threads = 1;
  self->pins = g_array_new (FALSE, FALSE, sizeof (guint));
  self->rest = g_array_new (FALSE, FALSE, sizeof (guint));
  self->sentence = g_strdup ("");
  self->reasons = g_ptr_array_new_with_free_func (g_free);
  return self;
}

void
ferry_tuning_free (FerryTuning *tuning)
{
  g_array_unref (tuning->pins);
  g_array_unref (tuning->rest);
  g_free (tuning->sentence);
  g_ptr_array_unref (tuning->reasons);
  g_free (tuning);
}

gboolean
ferry_tuning_gives (const FerryTuning *tuning, guint id)
{
  for (guint i = 0; i < tuning->pins->len; i++)
    if (g_array_index (tuning->pins, guint, i) == id)
      return TRUE;
  return FALSE;
}
