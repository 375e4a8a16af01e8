/* medium.c: see medium.h. */
#include "config.h"

#include <string.h>
#include <glib/gi18n-lib.h>

#include "facts/error.h"
#include "guest/medium.h"

#define MAY_ENTER 1
#define MAY_READ 4

void
ferry_medium_free (FerryMedium *medium)
{
  g_free (medium->path);
  g_free (medium->obstacle);
  g_free (medium);
}

/* Classic permissions; an access list that allows more only leads to a copy that was not needed. */
static gboolean
may (FerryRoot *root, const char *path, guint uid, guint gid, guint bit)
{
  guint mode, owner, group;

  if (!ferry_root_get_owner (root, path, &mode, &owner, &group))
    return FALSE;
  if (uid == 0)
    return TRUE;
  if (uid == owner)
    return (mode & (bit << 6)) != 0;
  return (mode & (gid == group ? bit << 3 : bit)) != 0;
}

/* The first folder on the way that must not be entered, without its slash in front; NULL when there is none. */
static char *
find_obstacle (FerryRoot *root, const char *path, guint uid, guint gid)
{
  for (const char *slash = strchr (path, '/'); slash != NULL; slash = strchr (slash + 1, '/'))
    {
      g_autofree char *folder = g_strndup (path, (gsize)(slash - path));

      if (!may (root, folder, uid, gid, MAY_ENTER))
        return g_steal_pointer (&folder);
    }
  return NULL;
}

/**
 * ferry_medium_check:
 * @path: absolute
 * @uid: the user that QEMU runs as, from ferry_virt_read_owner()
 * @gid: and its group
 *
 * libvirt gives a disc or a disk to that user when the machine starts, so only the folders count then
 * (https://libvirt.org/drvqemu.html, "POSIX users/groups"); it does not for an option ROM.
 *
 * Returns: (transfer full) (nullable): what was found; %FERRY_ERROR_NOT_FOUND, %FERRY_ERROR_INVALID (no file)
 */
FerryMedium *
ferry_medium_check (FerryRoot *root, const char *path, FerryMediumKind kind, guint uid, guint gid, GError **error)
{
  g_autofree char *resolved = g_path_is_absolute (path) ? ferry_root_resolve (root, path + 1) : NULL;
  g_autofree char *shown = g_filename_display_name (path);
  g_autofree char *obstacle = NULL;
  FerryMedium *medium;

  if (resolved == NULL || !ferry_root_exists (root, resolved))
    {
      g_set_error (error, FERRY_ERROR, FERRY_ERROR_NOT_FOUND, _ ("The file “%s” is not there, or you may not see it."), shown);
      return NULL;
    }
  if (ferry_root_get_size (root, resolved) == 0)
    {
      g_set_error (error, FERRY_ERROR, FERRY_ERROR_INVALID, _ ("“%s” is empty or no file."), shown);
      return NULL;
    }
  obstacle = find_obstacle (root, resolved, uid, gid);
  if (obstacle == NULL && kind == FERRY_MEDIUM_ROM && !may (root, resolved, uid, gid, MAY_READ))
    obstacle = g_strdup (resolved);
  medium = g_new0 (FerryMedium, 1);
  medium->path = g_strconcat (G_DIR_SEPARATOR_S, resolved, NULL);
  medium->size = ferry_root_get_size (root, resolved);
  medium->reachable = obstacle == NULL;
  if (obstacle != NULL)
    medium->obstacle = g_strconcat (G_DIR_SEPARATOR_S, obstacle, NULL);
  return medium;
}

/**
 * ferry_medium_describe:
 *
 * Returns: (transfer full) (nullable): why the file has to be copied; %NULL when it has not
 */
char *
ferry_medium_describe (const FerryMedium *medium)
{
  g_autofree char *folder = NULL, *size = NULL;

  if (medium->reachable)
    return NULL;
  folder = g_filename_display_name (medium->obstacle);
  size = g_format_size_full (medium->size, G_FORMAT_SIZE_IEC_UNITS);
  return g_strdup_printf (_ ("Virtual machines run as a user of their own, who may not look into “%s”. Ferry can copy the file (%s) to "
                             "the folder of the images; your folder stays closed, and the copy goes when the virtual machine is "
                             "removed."),
                          folder, size);
}
