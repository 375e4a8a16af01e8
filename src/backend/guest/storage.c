/* storage.c: see storage.h. */
#include "config.h"

#include <string.h>
#include <glib/gi18n-lib.h>

#include "facts/error.h"
#include "guest/storage.h"

/* The usual folder of libvirt, without its slash in front. */
#define FOLDER "var/lib/libvirt/images"
/* Left free for the images that grow and for the system. */
#define RESERVE (G_GUINT64_CONSTANT (1) << 30)
#define MAX_NAME 48
#define MAX_ATTEMPTS 1000

void
ferry_storage_free (FerryStorage *storage)
{
  g_free (storage->pool);
  g_free (storage->folder);
  g_free (storage);
}

static FerryStorage *
from_pool (const FerryPool *pool)
{
  FerryStorage *storage = g_new0 (FerryStorage, 1);

  storage->pool = g_strdup (pool->name);
  storage->folder = g_strdup (pool->path);
  storage->available = pool->active ? pool->available : G_MAXUINT64;
  storage->stopped = !pool->active;
  return storage;
}

/* The free space of the nearest folder that is there already. */
static guint64
guess_space (FerryRoot *root)
{
  g_autofree char *folder = g_strdup (FOLDER);
  char *slash;

  while (!ferry_root_exists (root, folder) && (slash = strrchr (folder, '/')) != NULL)
    *slash = '\0';
  return ferry_root_get_free_space (root, folder);
}

static FerryStorage *
plan_new (FerryRoot *root)
{
  FerryStorage *storage = g_new0 (FerryStorage, 1);

  storage->pool = g_strdup (FERRY_STORAGE_POOL);
  storage->folder = g_strdup (G_DIR_SEPARATOR_S FOLDER);
  storage->available = guess_space (root);
  storage->missing = TRUE;
  return storage;
}

static gboolean
is_usual_folder (const FerryPool *pool)
{
  return g_str_equal (pool->type, "dir") && g_str_equal (pool->path, G_DIR_SEPARATOR_S FOLDER);
}

/**
 * ferry_storage_choose:
 * @virt: (nullable): without libvirt it is the usual place
 * @wanted: (nullable): name of a pool; %NULL lets Ferry choose
 *
 * Changes nothing.
 *
 * Returns: (transfer full) (nullable): where the images go; %FERRY_ERROR_UNSUPPORTED for a pool that is not a folder
 */
FerryStorage *
ferry_storage_choose (FerryVirt *virt, FerryRoot *root, const char *wanted, GError **error)
{
  g_autoptr (GPtrArray) pools = virt != NULL ? ferry_virt_list_pools (virt, error) : NULL;
  const char *name = wanted != NULL ? wanted : FERRY_STORAGE_POOL;
  const FerryPool *usual = NULL;

  if (virt == NULL)
    return plan_new (root);
  if (pools == NULL)
    return NULL;
  for (guint i = 0; i < pools->len; i++)
    {
      const FerryPool *pool = g_ptr_array_index (pools, i);

      if (g_str_equal (pool->name, name) && *pool->path != '\0' && !g_str_equal (pool->type, "logical"))
        return from_pool (pool);
      if (g_str_equal (pool->name, name))
        {
          g_set_error (error, FERRY_ERROR, FERRY_ERROR_UNSUPPORTED,
                       _ ("The storage pool “%s” is not a folder. Choose another one, or make the disk yourself and choose it."), name);
          return NULL;
        }
      if (is_usual_folder (pool))
        usual = pool;
    }
  if (wanted != NULL && !g_str_equal (wanted, FERRY_STORAGE_POOL))
    {
      g_set_error (error, FERRY_ERROR, FERRY_ERROR_NOT_FOUND, _ ("There is no storage pool “%s”."), wanted);
      return NULL;
    }
  return usual != NULL ? from_pool (usual) : plan_new (root);
}

/**
 * ferry_storage_check_space:
 * @needed: bytes that the new images can become
 *
 * Returns: whether they fit; %FERRY_ERROR_REFUSED says how much is missing
 */
gboolean
ferry_storage_check_space (const FerryStorage *storage, guint64 needed, GError **error)
{
  g_autofree char *wanted = NULL, *there = NULL, *folder = NULL;

  if (storage->available == G_MAXUINT64 || needed == 0
      || (storage->available >= RESERVE && needed <= storage->available - RESERVE))
    return TRUE;
  wanted = g_format_size_full (needed, G_FORMAT_SIZE_IEC_UNITS);
  there = g_format_size_full (storage->available, G_FORMAT_SIZE_IEC_UNITS);
  folder = g_filename_display_name (storage->folder);
  g_set_error (error, FERRY_ERROR, FERRY_ERROR_REFUSED,
               _ ("There is not enough room in “%s”: %s are needed, and %s are free, of which 1 GiB has to stay free. Choose a smaller "
                  "disk or make room."),
               folder, wanted, there);
  return FALSE;
}

/**
 * ferry_storage_make_name:
 * @name: of a virtual machine
 * @suffix: ".qcow2"
 * @attempt: 1 for the plain name, larger ones get a number
 *
 * Letters of all alphabets and digits stay; everything else becomes a hyphen, so that the name is none
 * for a shell, libvirt or QEMU to stumble over.
 *
 * Returns: (transfer full): a file name
 */
char *
ferry_storage_make_name (const char *name, const char *suffix, guint attempt)
{
  g_autoptr (GString) out = g_string_new (NULL);

  for (const char *at = name; *at != '\0' && out->len < MAX_NAME; at = g_utf8_next_char (at))
    {
      gunichar c = g_utf8_get_char (at);

      if (g_unichar_isalnum (c) || (out->len > 0 && (c == '.' || c == '_')))
        g_string_append_unichar (out, c);
      else if (out->len > 0 && out->str[out->len - 1] != '-')
        g_string_append_c (out, '-');
    }
  while (out->len > 0 && out->str[out->len - 1] == '-')
    g_string_truncate (out, out->len - 1);
  if (out->len == 0)
    g_string_append (out, "machine");
  if (attempt > 1)
    g_string_append_printf (out, "-%u", attempt);
  g_string_append (out, suffix);
  return g_string_free (g_steal_pointer (&out), FALSE);
}

/**
 * ferry_storage_find_name:
 *
 * Returns: (transfer full): a file name that no image has yet
 */
char *
ferry_storage_find_name (FerryVirt *virt, const FerryStorage *storage, const char *name, const char *suffix)
{
  for (guint attempt = 1; attempt < MAX_ATTEMPTS; attempt++)
    {
      g_autofree char *candidate = ferry_storage_make_name (name, suffix, attempt);

      if (storage->missing || !ferry_virt_has_volume (virt, storage->pool, candidate))
        return g_steal_pointer (&candidate);
    }
  return ferry_storage_make_name (name, suffix, MAX_ATTEMPTS);
}
