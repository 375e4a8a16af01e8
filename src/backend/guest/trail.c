/* trail.c: see trail.h. */
#include "config.h"

#include <string.h>

#include "facts/error.h"
#include "guest/trail.h"

/* How long a daemon that ended may take to come back. */
#define PATIENCE_USEC (20 * G_USEC_PER_SEC)
#define ATTEMPT_SECONDS 5
#define PAUSE_USEC (G_USEC_PER_SEC / 2)

typedef struct
{
  FerryTrailKind kind;
  char *what;
} Step;

struct _FerryTrail
{
  FerryVirt *virt;
  GPtrArray *steps; /* of Step */
};

static void
step_free (Step *step)
{
  g_free (step->what);
  g_free (step);
}

FerryTrail *
ferry_trail_new (FerryVirt *virt)
{
  FerryTrail *trail = g_new0 (FerryTrail, 1);

  trail->virt = ferry_virt_ref (virt);
  trail->steps = g_ptr_array_new_with_free_func ((GDestroyNotify)step_free);
  return trail;
}

void
ferry_trail_free (FerryTrail *trail)
{
  ferry_virt_unref (trail->virt);
  g_ptr_array_unref (trail->steps);
  g_free (trail);
}

void
ferry_trail_add (FerryTrail *trail, FerryTrailKind kind, const char *what)
{
  Step *step = g_new0 (Step, 1);

  step->kind = kind;
  step->what = g_strdup (what);
  g_ptr_array_add (trail->steps, step);
}

/**
 * ferry_trail_list_volumes:
 *
 * Returns: (transfer full): the paths of all images that were made
 */
char **
ferry_trail_list_volumes (FerryTrail *trail)
{
  GPtrArray *paths = g_ptr_array_new ();

  for (guint i = 0; i < trail->steps->len; i++)
    {
      const Step *step = g_ptr_array_index (trail->steps, i);

      if (step->kind == FERRY_TRAIL_VOLUME)
        g_ptr_array_add (paths, g_strdup (step->what));
    }
  g_ptr_array_add (paths, NULL);
  return (char **)g_ptr_array_free (paths, FALSE);
}

/* Only the very machine that was made here, never another of its name. */
static gboolean
take_back_machine (FerryVirt *virt, const char *what)
{
  const char *newline = strchr (what, '\n');
  g_autofree char *name = g_strndup (what, (gsize)(newline - what));
  g_autoptr (GError) error = NULL;
  g_autoptr (FerryResident) resident = ferry_virt_find (virt, name, &error);

  if (resident == NULL)
    return g_error_matches (error, FERRY_ERROR, FERRY_ERROR_NOT_FOUND);
  return !g_str_equal (resident->uuid, newline + 1) || ferry_virt_undefine (virt, name, NULL);
}

static gboolean
take_back_network (FerryVirt *virt, const char *what)
{
  g_auto (GStrv) parts = g_strsplit (what, "\n", 2);

  return ferry_virt_stop_network (virt, parts[0], parts[1] != NULL, NULL);
}

static gboolean
take_back (FerryVirt *virt, const Step *step)
{
  switch (step->kind)
    {
    case FERRY_TRAIL_POOL:
      return ferry_virt_remove_pool (virt, step->what, NULL);
    case FERRY_TRAIL_NETWORK:
      return take_back_network (virt, step->what);
    case FERRY_TRAIL_VOLUME:
      return ferry_virt_delete_volume (virt, step->what, NULL);
    case FERRY_TRAIL_MACHINE:
    default:
      return take_back_machine (virt, step->what);
    }
}

/* A new connection when the old one is gone; NULL when nobody came back. */
static FerryVirt *
find_connection (FerryTrail *trail)
{
  gint64 end = g_get_monotonic_time () + PATIENCE_USEC;

  if (ferry_virt_is_alive (trail->virt))
    return ferry_virt_ref (trail->virt);
  while (g_get_monotonic_time () < end)
    {
      FerryVirt *virt = ferry_virt_reopen (trail->virt, ATTEMPT_SECONDS, NULL);

      if (virt != NULL)
        return virt;
      g_usleep (PAUSE_USEC);
    }
  return NULL;
}

static char *
describe (const Step *step)
{
  const char *newline = strchr (step->what, '\n');

  return newline != NULL ? g_strndup (step->what, (gsize)(newline - step->what)) : g_strdup (step->what);
}

gboolean
ferry_trail_take_back (FerryTrail *trail, char **left)
{
  g_autoptr (FerryVirt) virt = trail->steps->len > 0 ? find_connection (trail) : NULL;
  g_autoptr (GString) names = g_string_new (NULL);

  for (guint i = trail->steps->len; i > 0; i--)
    {
      const Step *step = g_ptr_array_index (trail->steps, i - 1);
      g_autofree char *name = describe (step);

      if (virt == NULL || !take_back (virt, step))
        g_string_append_printf (names, names->len > 0 ? ", “%s”" : "“%s”", name);
    }
  g_ptr_array_set_size (trail->steps, 0);
  *left = names->len > 0 ? g_strdup (names->str) : NULL;
  return names->len == 0;
}
