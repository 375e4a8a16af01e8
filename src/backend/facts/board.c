/* board.c: see board.h. */
#include "config.h"

#include <string.h>

#include "facts/board.h"
#include "facts/host.h"

/* In lower case. */
static const char *const placeholders[] = { "default string",
                                            "system product name",
                                            "system manufacturer",
                                            "system version",
                                            "base board product name",
                                            "base board manufacturer",
                                            "o.e.m",
                                            "o.e.m.",
                                            "oem",
                                            "oem_mb",
                                            "none",
                                            "not specified",
                                            "not applicable",
                                            "not available",
                                            "unknown",
                                            "invalid",
                                            "undefined",
                                            "n/a",
                                            "x.x",
                                            "all series",
                                            NULL };

static const struct
{
  const char *start; /* in lower case */
  const char *name;
} vendors[] = {
  { "asus", "ASUS" },          { "gigabyte", "Gigabyte" }, { "micro-star", "MSI" },
  { "hewlett-packard", "HP" }, { "lenovo", "Lenovo" },     { "dell", "Dell" },
  { "acer", "Acer" },          { "biostar", "Biostar" },   { "intel", "Intel" },
  { "apple", "Apple" },        { "evga", "EVGA" },
};

/* Ends of names that a person leaves out, in lower case. */
static const char *const company_ends[]
    = { " inc.", " inc", ",inc.", " corp.",    " corporation",   " co.",        " co.,",  " ltd.",
        " ltd",  ",ltd", ",ltd.", " computer", " international", " technology", " group", "," };

/* "...", "------" and the like. */
static gboolean
has_letter_or_digit (const char *text)
{
  for (; *text != '\0'; text = g_utf8_next_char (text))
    if (g_unichar_isalnum (g_utf8_get_char (text)))
      return TRUE;
  return FALSE;
}

/**
 * ferry_board_clean:
 * @text: (nullable): as the firmware says it; any bytes up to a NUL
 *
 * Returns: (transfer full): valid UTF-8 in one line, at most %FERRY_BOARD_MAX_NAME characters; ""
 *   for a placeholder
 */
char *
ferry_board_clean (const char *text)
{
  g_autofree char *clean = ferry_host_clean_text (text != NULL ? text : "", FERRY_BOARD_MAX_NAME);
  g_autofree char *lower = g_ascii_strdown (clean, -1);

  if (!has_letter_or_digit (clean) || g_strv_contains (placeholders, lower)
      || g_str_has_prefix (lower, "to be filled by"))
    return g_strdup ("");
  return g_steal_pointer (&clean);
}

static gboolean
cut_company_end (char *vendor)
{
  gsize length = strlen (vendor);

  for (gsize i = 0; i < G_N_ELEMENTS (company_ends); i++)
    {
      gsize end = strlen (company_ends[i]);

      if (length > end && g_ascii_strcasecmp (vendor + length - end, company_ends[i]) == 0)
        {
          vendor[length - end] = '\0';
          return TRUE;
        }
    }
  return FALSE;
}

static char *
shorten_vendor (const char *vendor)
{
  g_autofree char *lower = g_ascii_strdown (vendor, -1);
  g_autofree char *rest = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (vendors); i++)
    if (g_str_has_prefix (lower, vendors[i].start))
      return g_strdup (vendors[i].name);
  rest = g_strdup (vendor);
  while (cut_company_end (rest))
    g_strchomp (rest);
  return g_steal_pointer (&rest);
}

/**
 * ferry_board_describe:
 * @vendor: cleaned, may be ""
 * @name: cleaned, may be ""
 *
 * Returns: (transfer full) (nullable): "ASUS MAXIMUS VII RANGER"; %NULL when @name is ""
 */
char *
ferry_board_describe (const char *vendor, const char *name)
{
  g_autofree char *company = shorten_vendor (vendor);
  gsize length = strlen (company);

  if (*name == '\0')
    return NULL;
  if (length == 0 || g_ascii_strncasecmp (name, company, length) == 0)
    return g_strdup (name);
  return g_strconcat (company, " ", name, NULL);
}
