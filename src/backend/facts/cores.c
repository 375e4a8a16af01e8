/* cores.c: see cores.h. */
#include "config.h"

#include "facts/cores.h"

FerryCores *
ferry_cores_read (FerryRoot *root)
{
  FerryCores *self = g_new0 (FerryCores, 1);

  self->threads = g_array_new (FALSE, TRUE, sizeof (FerryThread));
  return self;
}

void
ferry_cores_free (FerryCores *cores)
{
  g_array_unref (cores->threads);
  g_free (cores);
}

const FerryThread *
ferry_cores_find (const FerryCores *cores, guint id)
{
  for (guint i = 0; i < cores->threads->len; i++)
    if (g_array_index (cores->threads, FerryThread, i).id == id)
      return &g_array_index (cores->threads, FerryThread, i);
  return NULL;
}

GArray *
ferry_cores_parse_list (const char *text)
{
  return g_array_new (FALSE, FALSE, sizeof (guint));
}

char *
ferry_cores_print_list (const GArray *ids)
{
  return g_strdup ("");
}
