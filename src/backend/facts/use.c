/* use.c: see use.h. */
#include "config.h"

#include "facts/host.h"
#include "facts/use.h"

/* Characters of a name that are shown. */
#define MAX_NAME 80

static void
use_free (gpointer data)
{
  FerryUse *use = data;

  g_free (use->name);
  g_free (use->place);
  g_free (use);
}

GPtrArray *
ferry_uses_new (void)
{
  return g_ptr_array_new_with_free_func (use_free);
}

/**
 * ferry_use_add:
 * @uses: (element-type FerryUse): not more than %FERRY_USE_MAX are taken
 * @name: any text; control characters are removed
 */
void
ferry_use_add (GPtrArray *uses, const char *name, const char *place)
{
  FerryUse *use;

  if (uses->len >= FERRY_USE_MAX)
    return;
  use = g_new0 (FerryUse, 1);
  use->name = ferry_host_clean_text (name, MAX_NAME);
  use->place = g_strdup (place);
  g_ptr_array_add (uses, use);
}
