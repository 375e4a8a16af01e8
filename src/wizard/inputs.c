/* inputs.c: see inputs.h. */
#include "config.h"

#include "inputs.h"

#define FOLDER "dev/input/by-id"
#define KEYBOARD "-event-kbd"
#define MOUSE "-event-mouse"

/* Half of what a virtual machine may have: the other half is for the other kind. */
#define MAX_NAMES (FERRY_GUEST_MAX_INPUTS / 2)

static char **
list_names (FerryRoot *root, const char *ending)
{
  g_auto (GStrv) all = ferry_root_list (root, FOLDER);
  g_autoptr (GPtrArray) names = g_ptr_array_new ();

  for (gsize i = 0; all != NULL && all[i] != NULL && names->len < MAX_NAMES; i++)
    if (g_str_has_suffix (all[i], ending))
      g_ptr_array_add (names, g_strdup (all[i]));
  g_ptr_array_add (names, NULL);
  return (char **) g_ptr_array_free (g_steal_pointer (&names), FALSE);
}

/**
 * ferry_inputs_are_there:
 *
 * Returns: whether there is a keyboard that can take turns: without one nobody could switch back
 */
gboolean
ferry_inputs_are_there (FerryRoot *root)
{
  g_auto (GStrv) keyboards = list_names (root, KEYBOARD);

  return keyboards[0] != NULL;
}

static void
take (char ***member, char **names)
{
  g_strfreev (*member);
  *member = names;
}

/**
 * ferry_inputs_fill:
 *
 * Lets all keyboards and mice of @root take turns.
 */
void
ferry_inputs_fill (FerryRoot *root, FerryGuest *guest)
{
  take (&guest->keyboards, list_names (root, KEYBOARD));
  take (&guest->mice, list_names (root, MOUSE));
}

/**
 * ferry_inputs_clear:
 *
 * Lets none take turns.
 */
void
ferry_inputs_clear (FerryGuest *guest)
{
  take (&guest->keyboards, g_new0 (char *, 1));
  take (&guest->mice, g_new0 (char *, 1));
}
