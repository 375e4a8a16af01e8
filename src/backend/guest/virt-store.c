/* virt-store.c: storage pools and the volumes in them; see virt.h.
 *
 * The XML that is written here is so small that it is made of escaped pieces (https://libvirt.org/formatstorage.html);
 * what is read is one path and one type.
 */
#include "config.h"

#include <errno.h>
#include <unistd.h>
#include <glib/gi18n-lib.h>

#include "guest/virt-private.h"

/* What is sent at once; libvirt cuts larger pieces itself. */
#define PIECE (256 * 1024)

void
ferry_pool_free (FerryPool *pool)
{
  g_free (pool->name);
  g_free (pool->type);
  g_free (pool->path);
  g_free (pool);
}

/* The first match of a group; NULL when there is none. */
static char *
extract (const char *xml, const char *pattern)
{
  g_autoptr (GRegex) regex = g_regex_new (pattern, G_REGEX_DOTALL, 0, NULL);
  g_autoptr (GMatchInfo) match = NULL;

  return g_regex_match (regex, xml, 0, &match) ? g_match_info_fetch (match, 1) : NULL;
}

/* The five entities that libvirt writes. */
static char *
unescape (const char *text)
{
  static const char *const entities[][2]
      = { { "&lt;", "<" }, { "&gt;", ">" }, { "&apos;", "'" }, { "&quot;", "\"" }, { "&amp;", "&" } };
  g_autoptr (GString) out = g_string_new (text);

  for (gsize i = 0; i < G_N_ELEMENTS (entities); i++)
    g_string_replace (out, entities[i][0], entities[i][1], 0);
  return g_string_free (g_steal_pointer (&out), FALSE);
}

static FerryPool *
read_pool (FerryVirt *self, virStoragePoolPtr pool)
{
  FerryPool *result = g_new0 (FerryPool, 1);
  char *xml = self->library->virStoragePoolGetXMLDesc (pool, 0);
  g_autofree char *path = xml != NULL ? extract (xml, "<target>.*?<path>([^<]*)</path>") : NULL;
  virStoragePoolInfo info;

  result->name = g_strdup (self->library->virStoragePoolGetName (pool));
  result->type = xml != NULL ? extract (xml, "<pool type='([a-z-]*)'") : NULL;
  result->path = unescape (path != NULL ? path : "");
  result->active = self->library->virStoragePoolIsActive (pool) == 1;
  if (result->type == NULL)
    result->type = g_strdup ("");
  free (xml);
  /* The free space is that of the last look. */
  if (result->active && self->library->virStoragePoolRefresh (pool, 0) == 0
      && self->library->virStoragePoolGetInfo (pool, &info) == 0)
    {
      result->capacity = info.capacity;
      result->available = info.available;
    }
  self->library->virResetLastError ();
  return result;
}

/**
 * ferry_virt_list_pools:
 *
 * Returns: (transfer full) (nullable) (element-type FerryPool): all storage pools
 */
GPtrArray *
ferry_virt_list_pools (FerryVirt *self, GError **error)
{
  g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func ((GDestroyNotify)ferry_pool_free);
  virStoragePoolPtr *pools = NULL;
  int n = self->library->virConnectListAllStoragePools (self->connection, &pools, 0);

  if (n < 0)
    {
      ferry_virt_fail (self, error);
      return NULL;
    }
  for (int i = 0; i < n; i++)
    {
      g_ptr_array_add (list, read_pool (self, pools[i]));
      self->library->virStoragePoolFree (pools[i]);
    }
  free (pools);
  return g_steal_pointer (&list);
}

static virStoragePoolPtr
look_up (FerryVirt *self, const char *name, GError **error)
{
  virStoragePoolPtr pool = self->library->virStoragePoolLookupByName (self->connection, name);

  if (pool == NULL)
    ferry_virt_fail (self, error);
  return pool;
}

/**
 * ferry_virt_find_pool:
 *
 * Returns: (transfer full) (nullable): the pool of that name; %FERRY_ERROR_NOT_FOUND
 */
FerryPool *
ferry_virt_find_pool (FerryVirt *self, const char *name, GError **error)
{
  virStoragePoolPtr pool = look_up (self, name, error);
  FerryPool *result = pool != NULL ? read_pool (self, pool) : NULL;

  if (pool != NULL)
    self->library->virStoragePoolFree (pool);
  return result;
}

static gboolean
finish (FerryVirt *self, virStoragePoolPtr pool, gboolean good, GError **error)
{
  if (!good)
    ferry_virt_fail (self, error);
  self->library->virStoragePoolFree (pool);
  return good;
}

/* Building makes the folder; that it is there already is fine. */
static gboolean
start_pool (FerryVirt *self, virStoragePoolPtr pool)
{
  if (self->library->virStoragePoolIsActive (pool) == 1)
    return TRUE;
  if (self->library->virStoragePoolBuild (pool, VIR_STORAGE_POOL_BUILD_NEW) < 0)
    self->library->virResetLastError ();
  if (self->library->virStoragePoolCreate (pool, 0) < 0)
    return FALSE;
  if (self->library->virStoragePoolSetAutostart (pool, 1) < 0)
    self->library->virResetLastError ();
  return TRUE;
}

/**
 * ferry_virt_make_pool:
 * @folder: absolute path; made when it is not there
 *
 * Returns: whether there is a new pool of that folder, in use now and after every start
 */
gboolean
ferry_virt_make_pool (FerryVirt *self, const char *name, const char *folder, GError **error)
{
  g_autofree char *xml
      = g_markup_printf_escaped ("<pool type='dir'><name>%s</name><target><path>%s</path></target></pool>", name, folder);
  virStoragePoolPtr pool = self->library->virStoragePoolDefineXML (self->connection, xml, 0);
  gboolean good;

  if (pool == NULL)
    return ferry_virt_fail (self, error);
  good = start_pool (self, pool);
  if (!good)
    {
      ferry_virt_fail (self, error);
      self->library->virStoragePoolUndefine (pool);
    }
  self->library->virStoragePoolFree (pool);
  return good;
}

/**
 * ferry_virt_start_pool:
 *
 * Returns: whether the pool is in use now
 */
gboolean
ferry_virt_start_pool (FerryVirt *self, const char *name, GError **error)
{
  virStoragePoolPtr pool = look_up (self, name, error);

  return pool != NULL && finish (self, pool, start_pool (self, pool), error);
}

/**
 * ferry_virt_remove_pool:
 *
 * Makes libvirt forget a pool; no file is touched.
 *
 * Returns: whether it is forgotten
 */
gboolean
ferry_virt_remove_pool (FerryVirt *self, const char *name, GError **error)
{
  virStoragePoolPtr pool = look_up (self, name, error);

  if (pool == NULL)
    return FALSE;
  if (self->library->virStoragePoolDestroy (pool) < 0)
    self->library->virResetLastError ();
  return finish (self, pool, self->library->virStoragePoolUndefine (pool) == 0, error);
}

/**
 * ferry_virt_has_volume:
 *
 * Returns: whether the pool holds a volume of that name
 */
gboolean
ferry_virt_has_volume (FerryVirt *self, const char *pool, const char *name)
{
  virStoragePoolPtr found = look_up (self, pool, NULL);
  virStorageVolPtr volume = NULL;

  if (found != NULL)
    {
      self->library->virStoragePoolRefresh (found, 0);
      volume = self->library->virStorageVolLookupByName (found, name);
      self->library->virStoragePoolFree (found);
    }
  self->library->virResetLastError ();
  if (volume == NULL)
    return FALSE;
  self->library->virStorageVolFree (volume);
  return TRUE;
}

/**
 * ferry_virt_read_format:
 * @path: absolute
 *
 * libvirt looks into the images of its pools as root (https://libvirt.org/storage.html, "Directory pool").
 *
 * Returns: (transfer full) (nullable): "qcow2", "raw", ...; %NULL when the file is in no pool
 */
char *
ferry_virt_read_format (FerryVirt *self, const char *path)
{
  g_autoptr (GPtrArray) refreshed = ferry_virt_list_pools (self, NULL);
  virStorageVolPtr volume = refreshed != NULL ? self->library->virStorageVolLookupByPath (self->connection, path) : NULL;
  char *xml = volume != NULL ? self->library->virStorageVolGetXMLDesc (volume, 0) : NULL;
  char *format = xml != NULL ? extract (xml, "<target>.*?<format type='([a-z0-9-]*)'") : NULL;

  free (xml);
  if (volume != NULL)
    self->library->virStorageVolFree (volume);
  self->library->virResetLastError ();
  return format;
}

/**
 * ferry_virt_make_volume:
 * @format: "qcow2" or "raw"
 * @size: bytes; they are taken from the disk as they are used
 *
 * Returns: (transfer full) (nullable): absolute path of the new, empty image; an image of that name that exists
 *   already is an error and stays as it is
 */
char *
ferry_virt_make_volume (FerryVirt *self, const char *pool, const char *name, const char *format, guint64 size, guint mode,
                        GError **error)
{
  g_autofree char *number = g_strdup_printf ("%" G_GUINT64_FORMAT, size);
  g_autofree char *permissions = mode != 0 ? g_strdup_printf ("<permissions><mode>0%o</mode></permissions>", mode) : g_strdup ("");
  g_autofree char *start = g_markup_printf_escaped ("<volume><name>%s</name><capacity unit='bytes'>%s</capacity>"
                                                    "<allocation>0</allocation><target><format type='%s'/>",
                                                    name, number, format);
  g_autofree char *xml = g_strconcat (start, permissions, "</target></volume>", NULL);
  virStoragePoolPtr found = look_up (self, pool, error);
  virStorageVolPtr volume;
  g_autofree char *copy = NULL;
  char *path;

  if (found == NULL)
    return NULL;
  volume = self->library->virStorageVolCreateXML (found, xml, 0);
  if (volume == NULL)
    ferry_virt_fail (self, error);
  self->library->virStoragePoolFree (found);
  if (volume == NULL)
    return NULL;
  path = self->library->virStorageVolGetPath (volume);
  if (path == NULL)
    {
      ferry_virt_fail (self, error);
      self->library->virStorageVolDelete (volume, 0);
    }
  copy = g_strdup (path);
  free (path);
  self->library->virStorageVolFree (volume);
  return g_steal_pointer (&copy);
}

typedef struct
{
  FerryVirt *virt;
  virStreamPtr stream;
  int source;
  guint64 size, done;
  FerryVirtProgress progress;
  gpointer user_data;
  GCancellable *cancellable;
} Upload;

/* Bytes read; 0 at the end of the file, -1 with an error. */
static gssize
read_piece (Upload *upload, char *buffer, GError **error)
{
  ssize_t n;

  if (g_cancellable_is_cancelled (upload->cancellable))
    {
      g_set_error_literal (error, FERRY_ERROR, FERRY_ERROR_CANCELLED, _ ("Cancelled."));
      return -1;
    }
  do
    n = read (upload->source, buffer, PIECE);
  while (n < 0 && errno == EINTR);
  if (n < 0)
    g_set_error (error, FERRY_ERROR, FERRY_ERROR_FAILED, _ ("The file could not be read: %s."), g_strerror (errno));
  return n;
}

static gboolean
send_piece (Upload *upload, const char *buffer, gsize size, GError **error)
{
  while (size > 0)
    {
      int sent = upload->virt->library->virStreamSend (upload->stream, buffer, size);

      if (sent < 0)
        return ferry_virt_fail (upload->virt, error);
      buffer += sent;
      size -= (gsize)sent;
      upload->done += (guint64)sent;
    }
  if (upload->progress != NULL)
    upload->progress (upload->done, upload->size, upload->user_data);
  return TRUE;
}

static gboolean
send_all (Upload *upload, GError **error)
{
  g_autofree char *buffer = g_malloc (PIECE);
  gssize n;

  while (upload->done < upload->size && (n = read_piece (upload, buffer, error)) != 0)
    if (n < 0 || !send_piece (upload, buffer, MIN ((guint64)n, upload->size - upload->done), error))
      {
        upload->virt->library->virStreamAbort (upload->stream);
        return FALSE;
      }
  if (upload->virt->library->virStreamFinish (upload->stream) < 0)
    return ferry_virt_fail (upload->virt, error);
  if (upload->done == upload->size)
    return TRUE;
  g_set_error_literal (error, FERRY_ERROR, FERRY_ERROR_CHANGED, _ ("The file became shorter while it was copied."));
  return FALSE;
}

/**
 * ferry_virt_fill_volume:
 * @path: of a volume, as ferry_virt_make_volume() returned it
 * @source: what is copied: a file that is open for reading, from where it stands
 * @size: bytes to copy
 *
 * Sends a file to libvirt, which writes it: so a file can be copied that only this user may read, to where
 * only libvirt may write.
 *
 * Returns: whether all of it was copied; otherwise the volume holds a part
 */
gboolean
ferry_virt_fill_volume (FerryVirt *self, const char *path, int source, guint64 size, FerryVirtProgress progress,
                        gpointer user_data, GCancellable *cancellable, GError **error)
{
  virStorageVolPtr volume = self->library->virStorageVolLookupByPath (self->connection, path);
  Upload upload = { self, NULL, source, size, 0, progress, user_data, cancellable };
  gboolean good;

  if (volume == NULL)
    return ferry_virt_fail (self, error);
  upload.stream = self->library->virStreamNew (self->connection, 0);
  if (upload.stream == NULL || self->library->virStorageVolUpload (volume, upload.stream, 0, size, 0) < 0)
    good = ferry_virt_fail (self, error);
  else
    good = send_all (&upload, error);
  if (upload.stream != NULL)
    self->library->virStreamFree (upload.stream);
  self->library->virStorageVolFree (volume);
  return good;
}

/**
 * ferry_virt_delete_volume:
 * @path: absolute path of a volume
 *
 * Deletes the image for good. The caller has to know that it is Ferry's own.
 *
 * Returns: whether it is gone, also when it was gone before
 */
gboolean
ferry_virt_delete_volume (FerryVirt *self, const char *path, GError **error)
{
  virStorageVolPtr volume = self->library->virStorageVolLookupByPath (self->connection, path);
  virErrorPtr last;
  gboolean good;

  if (volume == NULL)
    {
      last = self->library->virGetLastError ();
      good = last != NULL && last->code == VIR_ERR_NO_STORAGE_VOL;
      if (!good)
        ferry_virt_fail (self, error);
      self->library->virResetLastError ();
      return good;
    }
  good = self->library->virStorageVolDelete (volume, 0) == 0;
  if (!good)
    ferry_virt_fail (self, error);
  self->library->virStorageVolFree (volume);
  return good;
}
