/* recorder.c: tells the recorder of a FerryRoot what was read, with paths free of links.
 *
 * It follows links as openat2(2) does with RESOLVE_IN_ROOT, one component after the other, and
 * reports each link that it passes. Nothing here runs for reading alone.
 */
#include "config.h"

#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "facts/root-private.h"

/* As in the kernel (MAXSYMLINKS): more links on one way mean a loop. */
#define MAX_LINKS 40

static void
tell (FerryRoot *root, const char *path, FerryRootEntry entry, GBytes *content)
{
  if (root->recorder != NULL)
    root->recorder (path, entry, content, root->recorder_data);
}

static void
tell_link (FerryRoot *root, const char *path, const char *target)
{
  g_autoptr (GBytes) content = g_bytes_new (target, strlen (target));

  tell (root, path, FERRY_ROOT_ENTRY_LINK, content);
}

/* Puts the components of @path, last first, on top of @todo. */
static void
push_components (GPtrArray *todo, const char *path)
{
  g_auto (GStrv) parts = g_strsplit (path, "/", -1);

  for (guint i = g_strv_length (parts); i > 0; i--)
    if (*parts[i - 1] != '\0' && !g_str_equal (parts[i - 1], "."))
      g_ptr_array_add (todo, g_strdup (parts[i - 1]));
}

static void
drop_last_component (GString *path)
{
  const char *slash = strrchr (path->str, '/');

  g_string_truncate (path, slash == NULL ? 0 : (gsize) (slash - path->str));
}

/* Walks @path component by component as RESOLVE_IN_ROOT does and tells the recorder each link.
 * Gives the path free of links, also where it leads nowhere; NULL in a loop. */
static char *
walk (FerryRoot *root, const char *path)
{
  g_autoptr (GPtrArray) todo = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GString) done = g_string_new (NULL);
  guint links = 0;

  push_components (todo, path);
  while (todo->len > 0)
    {
      g_autofree char *part = g_ptr_array_steal_index (todo, todo->len - 1);
      g_autofree char *target = NULL;
      gsize before = done->len;

      if (g_str_equal (part, ".."))
        {
          drop_last_component (done);
          continue;
        }
      g_string_append_printf (done, "%s%s", before > 0 ? "/" : "", part);
      target = ferry_root_get_target (root, done->str);
      if (target == NULL)
        continue;
      if (++links > MAX_LINKS)
        return NULL;
      tell_link (root, done->str, target);
      g_string_truncate (done, *target == '/' ? 0 : before);
      push_components (todo, target);
    }
  return g_string_free (g_steal_pointer (&done), FALSE);
}

/* @path was read as an @entry; tells its real place, and the links on the way. */
void
ferry_root_record (FerryRoot *root, const char *path, FerryRootEntry entry, GBytes *content)
{
  g_autofree char *canonical = NULL;

  if (root->recorder == NULL)
    return;
  canonical = walk (root, path);
  if (canonical != NULL)
    tell (root, canonical, entry, content);
}

/* @path could not be read: nothing is told of what is not there. */
void
ferry_root_record_failure (FerryRoot *root, const char *path)
{
  int fd;

  if (root->recorder == NULL)
    return;
  fd = ferry_root_open (root, path, O_PATH);
  if (fd < 0)
    return;
  close (fd);
  ferry_root_record (root, path, FERRY_ROOT_ENTRY_UNREADABLE, NULL);
}

/* The link @path itself was read: its folder is followed, it is not. */
void
ferry_root_record_link (FerryRoot *root, const char *path, const char *target)
{
  g_autofree char *name = NULL;
  g_autofree char *folder = NULL;
  g_autofree char *canonical = NULL;
  g_autofree char *full = NULL;

  if (root->recorder == NULL)
    return;
  name = g_path_get_basename (path);
  folder = g_path_get_dirname (path);
  canonical = walk (root, folder);
  if (canonical == NULL)
    return;
  full = g_build_filename (canonical, name, NULL);
  tell_link (root, full, target);
}

/**
 * ferry_root_read_link:
 *
 * Returns: (transfer full) (nullable): the target as written, even where it points nowhere; %NULL
 *   when @path is not a link
 */
char *
ferry_root_read_link (FerryRoot *root, const char *path)
{
  char *target = ferry_root_get_target (root, path);

  if (target != NULL)
    ferry_root_record_link (root, path, target);
  return target;
}

/**
 * ferry_root_resolve:
 *
 * Returns: (transfer full) (nullable): @path relative to the root with all links followed; %NULL
 *   when it does not exist
 */
char *
ferry_root_resolve (FerryRoot *root, const char *path)
{
  if (!ferry_root_exists (root, path))
    return NULL;
  return walk (root, path);
}
