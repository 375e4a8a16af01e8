/* image.c: see image.h. */
#include "config.h"

#include <archive.h>
#include <archive_entry.h>
#include <errno.h>
#include <string.h>
#include <unistd.h>
#include <glib/gi18n-lib.h>

#include "act/image.h"
#include "facts/error.h"

/* Header of newc with its name "TRAILER!!!", padded to a multiple of four. */
#define TRAILER_SIZE 124
#define MAX_ARCHIVES 64
#define MAX_NAME 64

/* Bytes that are read block by block, and where reading stands. The bytes are those of the file or, with @packed,
 * what comes out of it. */
typedef struct _Stream Stream;
struct _Stream
{
  int fd;
  guint64 offset, left;
  struct archive *packed;
  guint8 block[65536];
  gsize length, at;
  guint64 end; /* how many bytes came before the end of the block */
  gboolean broken;
};

static gboolean
refuse (GError **error, FerryError code, const char *message)
{
  if (error == NULL || *error == NULL)
    g_set_error_literal (error, FERRY_ERROR, code, message);
  return FALSE;
}

static gboolean
invalid (GError **error)
{
  return refuse (error, FERRY_ERROR_INVALID, _("The new start file is not complete"));
}

static gssize
read_file (Stream *stream)
{
  gsize wanted = MIN (stream->left, sizeof stream->block);
  ssize_t n;

  do
    n = pread (stream->fd, stream->block, wanted, (off_t) stream->offset);
  while (n < 0 && errno == EINTR);
  if (n > 0)
    {
      stream->offset += (guint64) n;
      stream->left -= (guint64) n;
    }
  return n == 0 && wanted > 0 ? -1 : n;
}

/* The next block is in place; FALSE at the end, and when @broken. */
static gboolean
next_block (Stream *stream)
{
  gssize n = stream->packed != NULL
                 ? archive_read_data (stream->packed, stream->block, sizeof stream->block)
                 : read_file (stream);

  stream->length = stream->at = 0;
  if (n < 0 || stream->end + (guint64) MAX (n, 0) > FERRY_IMAGE_MAX_UNPACKED)
    stream->broken = TRUE;
  if (n <= 0 || stream->broken)
    return FALSE;
  stream->length = (gsize) n;
  stream->end += (guint64) n;
  return TRUE;
}

static guint64
position (const Stream *stream)
{
  return stream->end - (stream->length - stream->at);
}

/* For libarchive: the rest of the block, or the next one. */
static la_ssize_t
give_block (struct archive *archive, void *data, const void **buffer)
{
  Stream *stream = data;
  gsize size;

  if (stream->at == stream->length && !next_block (stream))
    return stream->broken ? -1 : 0;
  *buffer = stream->block + stream->at;
  size = stream->length - stream->at;
  stream->at = stream->length;
  return (la_ssize_t) size;
}

/* Back to @where, which libarchive, reading ahead, may have passed; only inside the last block. */
static gboolean
go_back (Stream *stream, guint64 where)
{
  if (where > stream->end || stream->end - where > stream->length)
    return FALSE;
  stream->at = stream->length - (gsize) (stream->end - where);
  return TRUE;
}

static gboolean
skip_zeros (Stream *stream)
{
  for (;;)
    {
      while (stream->at < stream->length && stream->block[stream->at] == 0)
        stream->at++;
      if (stream->at < stream->length)
        return TRUE;
      if (!next_block (stream))
        return FALSE;
    }
}

/* Only what libarchive unpacks itself: it must not start a program instead. */
static gboolean
allow_filters (struct archive *archive)
{
  return archive_read_support_filter_gzip (archive) == ARCHIVE_OK
         && archive_read_support_filter_xz (archive) == ARCHIVE_OK
         && archive_read_support_filter_lzma (archive) == ARCHIVE_OK
         && archive_read_support_filter_zstd (archive) == ARCHIVE_OK
         && archive_read_support_filter_bzip2 (archive) == ARCHIVE_OK
         && archive_read_support_filter_lz4 (archive) == ARCHIVE_OK;
}

/* "kernel/drivers/vfio/pci/vfio-pci.ko.zst" is the module vfio_pci. */
static void
note_module (FerryImage *image, const char *path, gsize length)
{
  static const char *const endings[] = { ".ko", ".ko.xz", ".ko.zst", ".ko.gz", ".ko.lz4" };
  const char *slash = memrchr (path, '/', length);
  const char *name = slash != NULL ? slash + 1 : path;
  gsize size = length - (gsize) (name - path);

  for (gsize i = 0; i < G_N_ELEMENTS (endings); i++)
    {
      gsize ending = strlen (endings[i]);

      if (size > ending && size - ending <= MAX_NAME && memcmp (name + size - ending, endings[i], ending) == 0)
        g_hash_table_add (image->modules, g_strdelimit (g_strndup (name, size - ending), "-", '_'));
    }
}

static void
note_builtin (FerryImage *image, const char *text)
{
  while (*text != '\0')
    {
      gsize length = strcspn (text, "\r\n");

      note_module (image, text, length);
      text += length + (text[length] != '\0');
    }
}

/* NULL when it is too large or cannot be read. */
static char *
read_text (struct archive *archive, struct archive_entry *entry)
{
  gint64 size = archive_entry_size (entry);
  g_autofree char *text = NULL;
  gsize length = 0;

  if (size < 0 || size > FERRY_IMAGE_MAX_TEXT)
    return NULL;
  text = g_malloc0 ((gsize) size + 1);
  while (length < (gsize) size)
    {
      la_ssize_t n = archive_read_data (archive, text + length, (gsize) size - length);

      if (n <= 0)
        return NULL;
      length += (gsize) n;
    }
  return g_steal_pointer (&text);
}

static void
look_at (FerryImage *image, struct archive *archive, struct archive_entry *entry)
{
  const char *path = archive_entry_pathname (entry);

  if (path == NULL)
    return;
  path += strspn (path, "./");
  if (g_str_equal (path, "init"))
    image->has_init = TRUE;
  note_module (image, path, strlen (path));
  if (g_str_has_suffix (path, "/modules.builtin"))
    {
      g_autofree char *text = read_text (archive, entry);
      note_builtin (image, text != NULL ? text : "");
    }
  else if (image->path != NULL && g_str_equal (path, image->path) && archive_entry_size (entry) > 0)
    {
      g_free (image->text);
      image->text = read_text (archive, entry);
    }
}

/* One archive, from where @stream stands to behind its trailer. */
static gboolean
walk_archive (FerryImage *image, Stream *stream, GError **error)
{
  struct archive *archive = archive_read_new ();
  struct archive_entry *entry;
  guint64 start = position (stream);
  gint64 trailer = -1;
  int status = ARCHIVE_FATAL;

  if (archive_read_support_format_cpio (archive) == ARCHIVE_OK
      && archive_read_open (archive, stream, NULL, give_block, NULL) == ARCHIVE_OK)
    while ((status = archive_read_next_header (archive, &entry)) == ARCHIVE_OK
           && ++image->entries <= FERRY_IMAGE_MAX_ENTRIES)
      look_at (image, archive, entry);
  if (status == ARCHIVE_EOF)
    trailer = archive_read_header_position (archive);
  archive_read_free (archive);

  if (image->entries > FERRY_IMAGE_MAX_ENTRIES)
    return refuse (error, FERRY_ERROR_TOO_LARGE, _("The new start file holds too many files"));
  if (trailer < 0 || !go_back (stream, start + (guint64) trailer + TRAILER_SIZE))
    return invalid (error);
  return TRUE;
}

static gboolean walk (FerryImage *image, Stream *stream, gboolean packed, GError **error);

/* Everything from where @stream stands is compressed, once: the filters are that one and the bytes themselves. */
static gboolean
walk_packed (FerryImage *image, Stream *stream, GError **error)
{
  struct archive *archive = archive_read_new ();
  struct archive_entry *entry;
  Stream *inner = g_new0 (Stream, 1);
  gboolean good = FALSE;

  inner->packed = archive;
  if (allow_filters (archive) && archive_read_support_format_raw (archive) == ARCHIVE_OK
      && archive_read_open (archive, stream, NULL, give_block, NULL) == ARCHIVE_OK
      && archive_read_next_header (archive, &entry) == ARCHIVE_OK && archive_filter_count (archive) == 2)
    good = walk (image, inner, TRUE, error);
  archive_read_free (archive);
  g_free (inner);
  return good ? TRUE : invalid (error);
}

static gboolean
at_archive (const Stream *stream)
{
  /* "07070" may be cut by the end of a block: compressed data starts with neither. */
  return stream->block[stream->at] == '0';
}

static gboolean
walk (FerryImage *image, Stream *stream, gboolean packed, GError **error)
{
  while (skip_zeros (stream))
    {
      if (++image->archives > MAX_ARCHIVES)
        return refuse (error, FERRY_ERROR_TOO_LARGE, _("The new start file holds too many files"));
      if (!at_archive (stream))
        return packed ? invalid (error) : walk_packed (image, stream, error);
      if (!walk_archive (image, stream, error))
        return FALSE;
    }
  return stream->broken ? invalid (error) : TRUE;
}

/**
 * ferry_image_read:
 * @fd: of a regular file; its position is not used
 * @path: (nullable): a file inside whose text is kept
 *
 * Returns: (transfer full) (nullable): what is inside
 */
FerryImage *
ferry_image_read (int fd, guint64 offset, guint64 size, const char *path, GError **error)
{
  g_autoptr (FerryImage) image = g_new0 (FerryImage, 1);
  g_autofree Stream *stream = g_new0 (Stream, 1);

  image->modules = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  image->path = g_strdup (path);
  stream->fd = fd;
  stream->offset = offset;
  stream->left = size;
  if (!walk (image, stream, FALSE, error))
    return NULL;
  if (image->entries == 0)
    {
      invalid (error);
      return NULL;
    }
  return g_steal_pointer (&image);
}

void
ferry_image_free (FerryImage *image)
{
  if (image == NULL)
    return;
  g_hash_table_unref (image->modules);
  g_free (image->path);
  g_free (image->text);
  g_free (image);
}

/**
 * ferry_image_has_module:
 * @name: with "-" or "_"
 *
 * Returns: whether the module is inside or, by the image's own list, built into the kernel
 */
gboolean
ferry_image_has_module (const FerryImage *image, const char *name)
{
  g_autofree char *plain = g_strdelimit (g_strdup (name), "-", '_');

  return g_hash_table_contains (image->modules, plain);
}
