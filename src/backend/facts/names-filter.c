/* names-filter.c: see names-filter.h. */
#include "config.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "facts/names-filter.h"

#define N_MAKERS 0x10000
#define CHUNK 65536
#define MAX_LIST (16 * 1024 * 1024)

/* Bits for each maker. */
#define WANT_NAME 1    /* its own line */
#define WANT_DEVICES 2 /* also lines below it */

/* What to do with the lines below a line that starts a block. */
typedef enum
{
  BLOCK_DROPPED,
  BLOCK_KEPT,
  BLOCK_DEVICES /* device by device */
} Block;

struct _FerryNamesFilter
{
  GHashTable *devices; /* maker << 16 | device */
  guint8 makers[N_MAKERS];
  Block block;
  guint maker;    /* of BLOCK_DEVICES */
  gboolean keeps; /* the device whose lines are read */
  char chunk[CHUNK];
};

FerryNamesFilter *
ferry_names_filter_new (void)
{
  FerryNamesFilter *filter = g_new0 (FerryNamesFilter, 1);

  filter->devices = g_hash_table_new (NULL, NULL);
  return filter;
}

void
ferry_names_filter_free (FerryNamesFilter *filter)
{
  g_hash_table_unref (filter->devices);
  g_free (filter);
}

static gpointer
make_key (guint maker, guint device)
{
  return GUINT_TO_POINTER (maker << 16 | device);
}

/**
 * ferry_names_filter_add:
 * @subvendor: the maker of the board; 0 when it is not known
 *
 * Keeps the name of a device, of its maker, and of every board on which it is known to be.
 */
void
ferry_names_filter_add (FerryNamesFilter *filter, guint16 vendor, guint16 device, guint16 subvendor)
{
  filter->makers[vendor] |= WANT_NAME | WANT_DEVICES;
  filter->makers[subvendor] |= WANT_NAME;
  g_hash_table_add (filter->devices, make_key (vendor, device));
}

/* Four hexadecimal digits at the start of a line that ends in a newline; -1 for anything else. */
static int
read_number (const char *line)
{
  int number = 0;

  for (int i = 0; i < 4; i++)
    {
      int digit = g_ascii_xdigit_value (line[i]);
      if (digit < 0)
        return -1;
      number = number << 4 | digit;
    }
  return number;
}

/* Comments and empty lines, with blanks in front or not, start nothing. */
static gboolean
is_comment (const char *line)
{
  line += strspn (line, " \t\r");
  return *line == '#' || *line == '\n' || *line == '\0';
}

/* "10de  NVIDIA Corporation" starts the devices of a maker, "S 1043" its boards with any device.
 * Classes, and what is not known here, stay as they are. */
static gboolean
start_block (FerryNamesFilter *filter, const char *line)
{
  gboolean boards = line[0] == 'S' && line[1] == ' ';
  int maker = read_number (boards ? line + 2 : line);
  guint8 wanted = maker >= 0 ? filter->makers[maker] : 0;

  filter->keeps = FALSE;
  filter->maker = maker >= 0 ? (guint)maker : 0;
  if (maker < 0 || (boards && wanted != 0))
    filter->block = BLOCK_KEPT;
  else
    filter->block = !boards && (wanted & WANT_DEVICES) != 0 ? BLOCK_DEVICES : BLOCK_DROPPED;
  return filter->block == BLOCK_KEPT || (!boards && wanted != 0);
}

/* "\t13c2  GM204", and "\t\t1043 8508  STRIX" below it. */
static gboolean
keeps_below_maker (FerryNamesFilter *filter, const char *line)
{
  int device;

  if (line[1] == '\t' || is_comment (line))
    return filter->keeps;
  device = read_number (line + 1);
  filter->keeps
      = device >= 0
        && g_hash_table_contains (filter->devices, make_key (filter->maker, (guint)device));
  return filter->keeps;
}

static gboolean
keeps_line (FerryNamesFilter *filter, const char *line)
{
  if (*line != '\t')
    return !is_comment (line) && start_block (filter, line);
  if (filter->block == BLOCK_DEVICES)
    return keeps_below_maker (filter, line);
  return filter->block == BLOCK_KEPT;
}

/* Takes the whole lines of the first @size bytes of the chunk; moves the rest to its start. Returns
 * the size of the rest. */
static gsize
take_lines (FerryNamesFilter *filter, gsize size, GString *out)
{
  const char *line = filter->chunk, *end = filter->chunk + size, *stop;

  for (; (stop = memchr (line, '\n', (gsize)(end - line))) != NULL; line = stop + 1)
    if (keeps_line (filter, line))
      g_string_append_len (out, line, stop + 1 - line);
  size = (gsize)(end - line);
  memmove (filter->chunk, line, size);
  return size;
}

/* As read(2), for the bytes behind the first @used of the chunk. */
static gssize
fill_chunk (FerryNamesFilter *filter, int fd, gsize used)
{
  ssize_t n;

  do
    n = read (fd, filter->chunk + used, sizeof filter->chunk - 1 - used);
  while (n < 0 && errno == EINTR);
  return n;
}

/* The last line may have no end. */
static void
take_last (FerryNamesFilter *filter, gsize size, GString *out)
{
  if (size == 0)
    return;
  filter->chunk[size] = '\n';
  take_lines (filter, size + 1, out);
}

/**
 * ferry_names_filter_read:
 * @fd: a list of names, at its start
 * @out: gets the lines that were added, in their order
 *
 * Returns: whether it was a list of text with lines of a sane length that could be read; if not,
 *   @out is of no use
 */
gboolean
ferry_names_filter_read (FerryNamesFilter *filter, int fd, GString *out)
{
  gsize used = 0, total = 0;
  gssize n;

  filter->block = BLOCK_KEPT;
  while ((n = fill_chunk (filter, fd, used)) > 0)
    {
      total += (gsize)n;
      if (total > MAX_LIST || memchr (filter->chunk + used, '\0', (gsize)n) != NULL)
        return FALSE;
      used = take_lines (filter, used + (gsize)n, out);
      if (used == sizeof filter->chunk - 1)
        return FALSE;
    }
  take_last (filter, used, out);
  return n == 0;
}
