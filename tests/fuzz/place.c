/* place.c: see place.h. */
#include "config.h"

#include <ftw.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <glib/gstdio.h>

#include "place.h"

static char *folder;

static int
remove_one (const char *path, const struct stat *info, int flag, struct FTW *walk)
{
  if (walk->level > 0)
    remove (path);
  return 0;
}

void
place_clear (void)
{
  nftw (place_get_folder (), remove_one, 16, FTW_DEPTH | FTW_PHYS);
}

static void
remove_folder (void)
{
  place_clear ();
  g_rmdir (folder);
}

const char *
place_get_folder (void)
{
  if (folder == NULL)
    {
      const char *memory = g_getenv ("FERRY_FUZZ_PLACE");

      folder = g_build_filename (memory != NULL ? memory : g_get_tmp_dir (), "ferry-fuzz-XXXXXX",
                                 NULL);
      PROPERTY (g_mkdtemp (folder) != NULL);
      atexit (remove_folder);
    }
  return folder;
}

void
place_write (const char *path, const void *data, gsize size)
{
  g_autofree char *full = g_build_filename (place_get_folder (), path, NULL);
  g_autofree char *parent = g_path_get_dirname (full);

  if (*path == '/' || strstr (path, "..") != NULL)
    return;
  g_mkdir_with_parents (parent, 0700);
  (void)!g_file_set_contents_full (full, data, (gssize) size, G_FILE_SET_CONTENTS_NONE, 0600, NULL);
}

FerryRoot *
place_open (void)
{
  FerryRoot *root = ferry_root_new (place_get_folder (), NULL);

  PROPERTY (root != NULL);
  return root;
}
