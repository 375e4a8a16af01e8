/* vfio.c: see vfio.h. */
#include "config.h"

#include <string.h>

#include "facts/vfio.h"

#define MAX_GROUPS 4096
#define UNSAFE "sys/module/vfio_iommu_type1/parameters/allow_unsafe_interrupts"

static gboolean
is_number (const char *name)
{
  const gsize length = strlen (name);

  return length > 0 && length <= 9 && strspn (name, "0123456789") == length;
}

/* Each name is looked at by itself, so that a recording has it, too. */
static gboolean
is_there (FerryRoot *root, const char *name)
{
  g_autofree char *path = g_build_filename ("dev/vfio", name, NULL);

  return ferry_root_exists (root, path);
}

static void
read_groups (FerryVfio *self, FerryRoot *root, char **names)
{
  g_autoptr (GPtrArray) groups = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; names[i] != NULL && groups->len < MAX_GROUPS; i++)
    if (is_number (names[i]) && is_there (root, names[i]))
      g_ptr_array_add (groups, g_strdup (names[i]));
  g_ptr_array_add (groups, NULL);
  g_strfreev (self->groups);
  self->groups = (char **) g_ptr_array_free (g_steal_pointer (&groups), FALSE);
}

static FerryAnswer
read_devices (FerryRoot *root)
{
  g_auto (GStrv) names = ferry_root_list (root, "dev/vfio/devices");

  for (guint i = 0; names != NULL && names[i] != NULL; i++)
    {
      g_autofree char *name = g_build_filename ("devices", names[i], NULL);

      if (is_there (root, name))
        return FERRY_ANSWER_YES;
    }
  return FERRY_ANSWER_NO;
}

static FerryAnswer
read_unsafe (FerryRoot *root)
{
  g_autofree char *value = ferry_root_read_line (root, UNSAFE);

  if (value == NULL)
    return FERRY_ANSWER_UNKNOWN;
  return g_str_equal (value, "Y") || g_str_equal (value, "1") ? FERRY_ANSWER_YES : FERRY_ANSWER_NO;
}

/**
 * ferry_vfio_read:
 *
 * Returns: (transfer full): never fails; what cannot be seen is UNKNOWN
 */
FerryVfio *
ferry_vfio_read (FerryRoot *root)
{
  FerryVfio *self = g_new0 (FerryVfio, 1);
  g_auto (GStrv) names = ferry_root_list (root, "dev/vfio");

  self->groups = g_new0 (char *, 1);
  self->unsafe_interrupts = read_unsafe (root);
  if (names == NULL)
    return self;
  read_groups (self, root, names);
  self->container = is_there (root, "vfio") ? FERRY_ANSWER_YES : FERRY_ANSWER_NO;
  self->devices = read_devices (root);
  return self;
}

void
ferry_vfio_free (FerryVfio *vfio)
{
  if (vfio == NULL)
    return;
  g_strfreev (vfio->groups);
  g_free (vfio);
}

/**
 * ferry_vfio_has_group:
 *
 * Returns: whether there is a file for this IOMMU group
 */
gboolean
ferry_vfio_has_group (const FerryVfio *vfio, int group)
{
  g_autofree char *name = g_strdup_printf ("%d", group);

  return g_strv_contains ((const char *const *) vfio->groups, name);
}
