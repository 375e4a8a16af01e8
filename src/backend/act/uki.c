/* uki.c: see uki.h. */
#include "config.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>
#include <glib/gi18n-lib.h>

#include "act/uki.h"
#include "facts/error.h"

#define MAX_HEADER_OFFSET (1024 * 1024)
#define MAX_SECTIONS 96
#define SECTION_SIZE 40

static gboolean
invalid (GError **error)
{
  g_set_error_literal (error, FERRY_ERROR, FERRY_ERROR_INVALID, _("The new start file is not complete"));
  return FALSE;
}

static gboolean
read_at (int fd, guint64 offset, void *buffer, gsize size)
{
  gsize done = 0;

  while (done < size)
    {
      ssize_t n = pread (fd, (char *) buffer + done, size - done, (off_t) (offset + done));

      if (n < 0 && errno == EINTR)
        continue;
      if (n <= 0)
        return FALSE;
      done += (gsize) n;
    }
  return TRUE;
}

static guint32
number (const guint8 *bytes, gsize size)
{
  guint32 value = 0;

  for (gsize i = size; i > 0; i--)
    value = value << 8 | bytes[i - 1];
  return value;
}

/* Offset and count of the section table; 0 sections when this is no PE file. */
static guint
find_table (int fd, guint64 *offset)
{
  guint8 dos[64], coff[24];
  guint32 start;
  guint count;

  if (!read_at (fd, 0, dos, sizeof dos) || dos[0] != 'M' || dos[1] != 'Z')
    return 0;
  start = number (dos + 60, 4);
  if (start > MAX_HEADER_OFFSET || !read_at (fd, start, coff, sizeof coff) || memcmp (coff, "PE\0\0", 4) != 0)
    return 0;
  count = number (coff + 6, 2);
  *offset = (guint64) start + sizeof coff + number (coff + 20, 2);
  return count <= MAX_SECTIONS ? count : 0;
}

gboolean
ferry_uki_find (int fd, guint64 file_size, const char *section, guint64 *offset, guint64 *size,
                GError **error)
{
  guint64 table = 0;
  guint count = find_table (fd, &table);
  guint8 wanted[8] = { 0 };

  memcpy (wanted, section, MIN (strlen (section), sizeof wanted));
  for (guint i = 0; i < count; i++)
    {
      guint8 header[SECTION_SIZE];

      if (!read_at (fd, table + i * SECTION_SIZE, header, sizeof header))
        return invalid (error);
      if (memcmp (header, wanted, sizeof wanted) != 0)
        continue;
      *size = MIN (number (header + 8, 4), number (header + 16, 4));
      *offset = number (header + 20, 4);
      return *size > 0 && *offset + *size <= file_size ? TRUE : invalid (error);
    }
  return invalid (error);
}

char *
ferry_uki_read_words (int fd, guint64 file_size, GError **error)
{
  guint64 offset, size;
  g_autofree char *text = NULL;

  if (!ferry_uki_find (fd, file_size, ".cmdline", &offset, &size, error))
    return NULL;
  size = MIN (size, FERRY_UKI_MAX_WORDS);
  text = g_malloc0 (size + 1);
  if (!read_at (fd, offset, text, size) || !g_utf8_validate (text, -1, NULL))
    {
      invalid (error);
      return NULL;
    }
  return g_steal_pointer (&text);
}
