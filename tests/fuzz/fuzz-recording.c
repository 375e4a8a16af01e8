/* fuzz-recording.c: any bytes as a .machine file.
 *
 * Properties: a file that is refused leaves nothing behind; one that opens gives a root below the
 * folder for temporary files, writes nothing beside it, and can be recorded again; that recording
 * opens, and recording it once more gives the same text.
 */
#include "config.h"

#include <string.h>
#include <glib/gstdio.h>

#include "facts/recording.h"
#include "place.h"

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);
int LLVMFuzzerInitialize (int *argc, char ***argv);

/* Recordings are unpacked below this folder, which holds nothing else. */
static char *inside;

int
LLVMFuzzerInitialize (int *argc, char ***argv)
{
  inside = g_build_filename (place_get_folder (), "inside", NULL);
  g_mkdir (inside, 0700);
  g_setenv ("TMPDIR", inside, TRUE);
  return 0;
}

static guint
count_names (const char *path)
{
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  guint count = 0;

  PROPERTY (dir != NULL);
  while (g_dir_read_name (dir) != NULL)
    count++;
  return count;
}

static FerryRoot *
open_text (const char *text, gsize size)
{
  g_autofree char *file = g_build_filename (place_get_folder (), "input.machine", NULL);

  PROPERTY (g_file_set_contents_full (file, text, (gssize) size, G_FILE_SET_CONTENTS_NONE, 0600,
                                      NULL));
  return ferry_recording_open (file, NULL);
}

static void
check_again (FerryRoot *root)
{
  g_autofree char *first = ferry_recording_make (root, NULL);
  g_autofree char *second = NULL;
  g_autoptr (FerryRoot) reopened = NULL;

  if (first == NULL)
    return;
  PROPERTY (g_utf8_validate (first, -1, NULL));
  reopened = open_text (first, strlen (first));
  PROPERTY (reopened != NULL);
  second = ferry_recording_make (reopened, NULL);
  PROPERTY (second != NULL && g_str_equal (first, second));
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  FerryRoot *root = open_text ((const char *)data, size);

  if (root != NULL)
    {
      PROPERTY (g_str_has_prefix (ferry_root_get_folder (root), inside));
      check_again (root);
      ferry_root_unref (root);
    }
  PROPERTY (count_names (inside) == 0);
  PROPERTY (count_names (place_get_folder ()) == 2);
  return 0;
}
