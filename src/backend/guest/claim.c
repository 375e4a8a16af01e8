/* claim.c: see claim.h. */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "guest/claim.h"

static gboolean
shares (const GArray *left, const GArray *right)
{
  for (guint i = 0; i < left->len; i++)
    for (guint j = 0; j < right->len; j++)
      if (ferry_address_compare (&g_array_index (left, FerryAddress, i), &g_array_index (right, FerryAddress, j)) == 0)
        return TRUE;
  return FALSE;
}

GPtrArray *
ferry_claim_find (const GPtrArray *residents, const GArray *functions, const char *except)
{
  GPtrArray *claims = g_ptr_array_new ();

  for (guint i = 0; i < residents->len; i++)
    {
      FerryResident *resident = g_ptr_array_index (residents, i);

      if (g_strcmp0 (resident->name, except) != 0 && shares (resident->functions, functions))
        g_ptr_array_add (claims, resident);
    }
  return claims;
}

gboolean
ferry_claim_is_running (const GPtrArray *claims)
{
  for (guint i = 0; i < claims->len; i++)
    if (((FerryResident *)g_ptr_array_index (claims, i))->power != FERRY_POWER_OFF)
      return TRUE;
  return FALSE;
}

static char *
join_names (const GPtrArray *claims)
{
  GString *names = g_string_new (NULL);

  for (guint i = 0; i < claims->len; i++)
    g_string_append_printf (names, i > 0 ? ", “%s”" : "“%s”", ((FerryResident *)g_ptr_array_index (claims, i))->name);
  return g_string_free (names, FALSE);
}

char *
ferry_claim_describe_gear (const GPtrArray *claims)
{
  g_autofree char *names = join_names (claims);

  if (claims->len == 0)
    return NULL;
  if (ferry_claim_is_running (claims))
    return g_strdup_printf (_ ("One of the other devices is also given to %s, which is running. A device can be in one running virtual "
                               "machine at a time: shut that one down before you start this one."),
                            names);
  return g_strdup_printf (_ ("One of the other devices is also given to %s. Both can have it, but only one of them can run at a time."),
                          names);
}

char *
ferry_claim_describe (const GPtrArray *claims)
{
  g_autofree char *names = join_names (claims);

  if (claims->len == 0)
    return NULL;
  if (ferry_claim_is_running (claims))
    return g_strdup_printf (_ ("The card is also given to %s, which is running. A card can be in one running virtual machine at a "
                               "time: shut that one down before you start this one."),
                            names);
  return g_strdup_printf (_ ("The card is also given to %s. Both can have it, but only one of them can run at a time."), names);
}
