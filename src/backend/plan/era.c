/* era.c: see era.h. */
#include "config.h"

#include <string.h>

#include "plan/era.h"

#define VENDOR_INTEL 0x8086

/* First and last id of the ISA (LPC, eSPI) bridges of a chipset series. Narrow rows come first. */
static const struct
{
  guint16 first, last;
  guint16 series;
} bridges[] = {
  { 0xa2c9, 0xa2ca, 300 }, /* Z370 is a 200 series chip by its ids */
  { 0x3a14, 0x3a1a, 5 },   { 0x3b00, 0x3b1f, 5 },   { 0x1c40, 0x1c5f, 6 },
  { 0x1d40, 0x1d41, 7 },   { 0x1e40, 0x1e5f, 7 },   { 0x8c40, 0x8c5f, 8 },
  { 0x9c40, 0x9c4f, 8 },   { 0x8cc0, 0x8cdf, 9 },   { 0x8d40, 0x8d4f, 9 },
  { 0x9cc0, 0x9ccf, 9 },   { 0x9d40, 0x9d5f, 100 }, { 0xa140, 0xa15f, 100 },
  { 0xa2c0, 0xa2df, 200 }, { 0x9d80, 0x9d9f, 300 }, { 0xa300, 0xa31f, 300 },
  { 0x0280, 0x029f, 400 }, { 0x0680, 0x069f, 400 }, { 0xa3c0, 0xa3df, 400 },
  { 0x4380, 0x439f, 500 }, { 0xa080, 0xa09f, 500 }, { 0x5180, 0x519f, 600 },
  { 0x7a80, 0x7a9f, 600 }, { 0x7a00, 0x7a1f, 700 }, { 0x7f00, 0x7f1f, 800 },
  { 0xae00, 0xae1f, 800 },
};

static guint
series_of_bridge (FerryMachine *machine)
{
  FerryDevice *bridge = ferry_devices_find (machine->devices, "0000:00:1f.0");

  if (bridge == NULL || bridge->vendor != VENDOR_INTEL)
    return 0;
  for (gsize i = 0; i < G_N_ELEMENTS (bridges); i++)
    if (bridge->device >= bridges[i].first && bridge->device <= bridges[i].last)
      return bridges[i].series;
  return 0;
}

/* "Z97" in a board's name gives 9, "B550" gives 500, "970" or "990FX" on AMD is too short for it.
 */
static guint
series_of_name (const char *name, const char *letters)
{
  for (const char *at = name; *at != '\0'; at++)
    {
      gsize digits;

      if (strchr (letters, g_ascii_toupper (*at)) == NULL
          || (at > name && g_ascii_isalnum (at[-1])))
        continue;
      digits = strspn (at + 1, "0123456789");
      if (digits == 2 && at[1] >= '5')
        return (guint)(at[1] - '0');
      if (digits == 3 && at[1] >= '1' && at[1] <= '8')
        return (guint)(at[1] - '0') * 100;
    }
  return 0;
}

static const char *
socket_of_processor (const FerryProcessor *processor)
{
  switch (processor->family)
    {
    case 0x10:
    case 0x15:
      return "AM3";
    case 0x17:
      return "AM4";
    case 0x19:
      return processor->model >= 0x60 ? "AM5" : "AM4";
    case 0x1a:
      return "AM5";
    default:
      return "";
    }
}

static void
find_amd (FerryEra *era, FerryMachine *machine)
{
  const char *board = machine->firmware->board_name;

  era->socket = socket_of_processor (machine->processor);
  if (board == NULL)
    return;
  era->series = series_of_name (board, "ABX");
  if (era->series >= 600)
    era->socket = "AM5";
  else if (era->series >= 300)
    era->socket = "AM4";
  else
    era->series = 0;
  if (strstr (board, "970") != NULL || strstr (board, "990FX") != NULL)
    era->socket = "AM3";
}

/* The year of "10/28/2015". */
static guint
read_year (const char *date)
{
  const char *last = date != NULL ? strrchr (date, '/') : NULL;
  guint64 year;

  if (last == NULL || !g_ascii_string_to_unsigned (last + 1, 10, 1980, 2999, &year, NULL))
    return 0;
  return (guint)year;
}

/**
 * ferry_era_find:
 *
 * Returns: what is known of the age of @machine's board
 */
FerryEra
ferry_era_find (FerryMachine *machine)
{
  const FerryFirmware *firmware = machine->firmware;
  FerryEra era
      = { "", "", 0, read_year (firmware->bios_date), firmware->laptop == FERRY_ANSWER_YES };

  if (machine->processor->vendor == FERRY_VENDOR_INTEL)
    {
      era.platform = "intel";
      era.series = series_of_bridge (machine);
      if (era.series == 0 && firmware->board_name != NULL)
        era.series = series_of_name (firmware->board_name, "ZHBQWPX");
    }
  else if (machine->processor->vendor == FERRY_VENDOR_AMD)
    {
      era.platform = "amd";
      find_amd (&era, machine);
    }
  return era;
}

/* "A-B", "A-", "-B" or "A". */
static gboolean
read_range (const char *text, guint *first, guint *last)
{
  const char *dash = strchr (text, '-');
  g_autofree char *start = dash != NULL ? g_strndup (text, (gsize)(dash - text)) : g_strdup (text);
  const char *end = dash != NULL ? dash + 1 : start;
  guint64 low = 0, high = G_MAXUINT;

  if (*start != '\0' && !g_ascii_string_to_unsigned (start, 10, 0, G_MAXUINT, &low, NULL))
    return FALSE;
  if (*end != '\0' && !g_ascii_string_to_unsigned (end, 10, 0, G_MAXUINT, &high, NULL))
    return FALSE;
  *first = (guint)low;
  *last = (guint)high;
  return *start != '\0' || *end != '\0';
}

static FerryEraFit
fit_range (const char *text, guint value)
{
  guint first, last;

  if (!read_range (text, &first, &last))
    return FERRY_ERA_WRONG;
  if (value == 0)
    return FERRY_ERA_UNSURE;
  return value >= first && value <= last ? FERRY_ERA_RIGHT : FERRY_ERA_WRONG;
}

static FerryEraFit
fit_socket (const FerryEra *era, const char *text)
{
  const char *colon = strchr (text, ':');
  const gsize length = colon != NULL ? (gsize)(colon - text) : strlen (text);

  if (era->socket[0] == '\0')
    return FERRY_ERA_UNSURE;
  if (strlen (era->socket) != length || strncmp (era->socket, text, length) != 0)
    return FERRY_ERA_WRONG;
  return colon != NULL ? fit_range (colon + 1, era->series) : FERRY_ERA_RIGHT;
}

/**
 * ferry_era_fit:
 * @text: the column "era" of the data file, see its head
 *
 * Returns: how well @text describes @era; what is not in the documented form is wrong
 */
FerryEraFit
ferry_era_fit (const FerryEra *era, const char *text)
{
  if (g_str_equal (text, "*"))
    return FERRY_ERA_ANY;
  if (g_str_equal (text, "?"))
    return FERRY_ERA_UNSURE;
  if (g_str_equal (text, "laptop"))
    return era->laptop ? FERRY_ERA_RIGHT : FERRY_ERA_WRONG;
  if (g_str_has_prefix (text, "year:"))
    return fit_range (text + strlen ("year:"), era->year);
  if (g_str_has_prefix (text, "AM"))
    return fit_socket (era, text);
  return fit_range (text, era->series);
}
