/* bar.c: see bar.h. */
#include "config.h"

#include <string.h>

#include "facts/bar.h"

#define FLAG_IO G_GUINT64_CONSTANT (0x100)
#define FLAG_MEMORY G_GUINT64_CONSTANT (0x200)
#define FLAG_PREFETCH G_GUINT64_CONSTANT (0x2000)
#define FLAG_64_BIT G_GUINT64_CONSTANT (0x100000)
#define FLAG_UNSET G_GUINT64_CONSTANT (0x20000000) /* has a size, but no address */

/* Reads "0x" and hexadecimal digits after blanks and moves *@text behind them. */
static gboolean
read_number (const char **text, guint64 *value)
{
  const char *digits;
  char *end = NULL;

  while (**text == ' ')
    (*text)++;
  if ((*text)[0] != '0' || (*text)[1] != 'x')
    return FALSE;
  digits = *text + 2;
  if (!g_ascii_isxdigit (*digits))
    return FALSE;
  *value = g_ascii_strtoull (digits, &end, 16);
  if (end - digits > 16)
    return FALSE;
  *text = end;
  return TRUE;
}

static FerryBar
make_range (guint64 start, guint64 end, guint64 flags)
{
  FerryBar range = { 0 };

  if ((flags & (FLAG_IO | FLAG_MEMORY)) == 0 || end <= start || end - start == G_MAXUINT64)
    return range;
  range.start = (flags & FLAG_UNSET) != 0 ? 0 : start;
  range.size = end - start + 1;
  range.memory = (flags & FLAG_MEMORY) != 0;
  range.prefetchable = (flags & FLAG_PREFETCH) != 0;
  range.wide = (flags & FLAG_64_BIT) != 0;
  return range;
}

/**
 * ferry_bars_parse:
 * @text: content of the file "resource"
 * @ranges: (out caller-allocates): BAR 0 to 5, then the ROM; unused ones have the size 0
 *
 * Stops at the first line that is not in the format.
 *
 * Returns: whether all the ranges could be read
 */
gboolean
ferry_bars_parse (const char *text, FerryBar ranges[FERRY_BAR_N_RANGES])
{
  memset (ranges, 0, sizeof (FerryBar) * FERRY_BAR_N_RANGES);
  for (int i = 0; i < FERRY_BAR_N_RANGES; i++)
    {
      guint64 start, end, flags;

      if (!read_number (&text, &start) || !read_number (&text, &end) || !read_number (&text, &flags)
          || (*text != '\n' && *text != '\0'))
        return FALSE;
      ranges[i] = make_range (start, end, flags);
      if (*text == '\n')
        text++;
    }
  return TRUE;
}
