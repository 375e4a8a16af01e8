/* label.c: see label.h. */
#include "config.h"

#include <gio/gio.h>
#include <glib/gi18n-lib.h>
#include <string.h>

#include "facts/error.h"
#include "guest/label.h"

#define FIRST_SECTOR 16
#define MAX_DESCRIPTORS 16
#define PRIMARY 1
#define LAST 255

void
ferry_label_free (FerryLabel *label)
{
  if (label == NULL)
    return;
  g_free (label->volume);
  g_free (label->system);
  g_free (label->publisher);
  g_free (label->application);
  g_free (label);
}

/* Fields are filled up with blanks, by some programs with zeros. */
static char *
copy_field (const guint8 *sector, gsize offset, gsize length)
{
  g_autofree char *bytes = g_strndup ((const char *) sector + offset, length);

  return g_strstrip (g_utf8_make_valid (bytes, -1));
}

static gboolean
is_descriptor (const guint8 *sector, gsize length)
{
  return length >= FERRY_LABEL_SECTOR && memcmp (sector + 1, "CD001", 5) == 0;
}

static guint64
read_size (const guint8 *sector)
{
  guint32 sectors;
  guint16 size;

  memcpy (&sectors, sector + 80, sizeof sectors);
  memcpy (&size, sector + 128, sizeof size);
  return (guint64) GUINT32_FROM_LE (sectors) * GUINT16_FROM_LE (size);
}

/**
 * ferry_label_parse:
 * @sector: one sector of a disc
 *
 * Returns: (transfer full) (nullable): the names, or %NULL when @sector is no primary descriptor
 */
FerryLabel *
ferry_label_parse (const guint8 *sector, gsize length)
{
  FerryLabel *label;

  if (!is_descriptor (sector, length) || sector[0] != PRIMARY)
    return NULL;
  label = g_new0 (FerryLabel, 1);
  label->system = copy_field (sector, 8, 32);
  label->volume = copy_field (sector, 40, 32);
  label->publisher = copy_field (sector, 318, 128);
  label->application = copy_field (sector, 574, 128);
  label->size = read_size (sector);
  return label;
}

static FerryLabel *
search (GInputStream *stream, GError **error)
{
  guint8 sector[FERRY_LABEL_SECTOR];

  for (guint i = 0; i < MAX_DESCRIPTORS; i++)
    {
      FerryLabel *label;
      gsize length;

      if (!g_input_stream_read_all (stream, sector, sizeof sector, &length, NULL, error))
        return NULL;
      label = ferry_label_parse (sector, length);
      if (label != NULL)
        return label;
      if (!is_descriptor (sector, length) || sector[0] == LAST)
        break;
    }
  g_set_error_literal (error, FERRY_ERROR, FERRY_ERROR_INVALID,
                       _ ("This file is not the image of a disc."));
  return NULL;
}

static void
convert (GError **error, GError *trouble)
{
  if (trouble->domain == FERRY_ERROR)
    {
      g_propagate_error (error, trouble);
      return;
    }
  if (g_error_matches (trouble, G_IO_ERROR, G_IO_ERROR_PERMISSION_DENIED))
    g_set_error_literal (error, FERRY_ERROR, FERRY_ERROR_DENIED,
                         _ ("You are not allowed to read this file."));
  else if (g_error_matches (trouble, G_IO_ERROR, G_IO_ERROR_NOT_FOUND))
    g_set_error_literal (error, FERRY_ERROR, FERRY_ERROR_NOT_FOUND,
                         _ ("This file is not there any more."));
  else
    g_set_error (error, FERRY_ERROR, FERRY_ERROR_FAILED, _ ("This file cannot be read: %s"),
                 trouble->message);
  g_error_free (trouble);
}

/* A pipe or a device could keep one waiting. */
static gboolean
is_plain_file (GFile *file, GError **error)
{
  g_autoptr (GFileInfo) info = g_file_query_info (file, G_FILE_ATTRIBUTE_STANDARD_TYPE,
                                                  G_FILE_QUERY_INFO_NONE, NULL, error);

  if (info == NULL)
    return FALSE;
  if (g_file_info_get_file_type (info) == G_FILE_TYPE_REGULAR)
    return TRUE;
  g_set_error_literal (error, FERRY_ERROR, FERRY_ERROR_UNSUPPORTED,
                       _ ("This is not a file. Choose the image file of an installation disc; its "
                          "name usually ends in “.iso”."));
  return FALSE;
}

/**
 * ferry_label_read:
 * @file: path of an image; blocks while it is read
 *
 * Returns: (transfer full) (nullable): its names, or %NULL with %FERRY_ERROR_INVALID (no image of a
 *   disc), %FERRY_ERROR_UNSUPPORTED (no file), %FERRY_ERROR_NOT_FOUND, %FERRY_ERROR_DENIED or
 *   %FERRY_ERROR_FAILED
 */
FerryLabel *
ferry_label_read (const char *file, GError **error)
{
  g_autoptr (GFile) place = g_file_new_for_path (file);
  g_autoptr (GFileInputStream) stream = NULL;
  GError *trouble = NULL;
  FerryLabel *label = NULL;

  if (is_plain_file (place, &trouble))
    stream = g_file_read (place, NULL, &trouble);
  if (stream != NULL
      && g_seekable_seek (G_SEEKABLE (stream), FIRST_SECTOR * FERRY_LABEL_SECTOR, G_SEEK_SET, NULL,
                          &trouble))
    label = search (G_INPUT_STREAM (stream), &trouble);
  if (label == NULL)
    convert (error, trouble);
  return label;
}
