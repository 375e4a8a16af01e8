/* menus.c: see menus.h. */
#include "config.h"

#include <string.h>
#include <gio/gio.h>
#include <glib/gi18n-lib.h>

#include "facts/error.h"
#include "plan/menus.h"
/* Made by the build from data/ferry-data.gresource.xml. */
#include "ferry-data.h"

#define N_COLUMNS 11
#define MAX_PATTERN 256 /* bytes of a regular expression, and of a name that it is tried on */

static void
row_free (FerryMenuRow *row)
{
  g_strfreev (row->fields);
  g_free (row);
}

void
ferry_menus_free (FerryMenus *menus)
{
  if (menus == NULL)
    return;
  g_ptr_array_unref (menus->rows);
  g_free (menus);
}

static FerryMenuRow *
row_new (const char *line)
{
  g_auto (GStrv) fields = g_strsplit (line, "\t", N_COLUMNS + 1);
  FerryMenuRow *row;

  if (g_strv_length (fields) != N_COLUMNS)
    return NULL;
  row = g_new0 (FerryMenuRow, 1);
  row->fields = g_steal_pointer (&fields);
  row->vendor = row->fields[0];
  row->dmi = row->fields[1];
  row->platform = row->fields[2];
  row->era = row->fields[3];
  row->board = row->fields[4];
  row->setting = row->fields[5];
  row->name = row->fields[6];
  row->path = row->fields[7];
  row->key = row->fields[8];
  row->value = row->fields[9];
  row->certainty = row->fields[10];
  return row;
}

static void
add_line (FerryMenus *menus, char *line)
{
  FerryMenuRow *row;

  g_strchomp (line); /* also a carriage return; the last column is never empty */
  if (line[0] == '\0' || line[0] == '#' || menus->rows->len >= FERRY_MENUS_MAX_ROWS)
    return;
  row = row_new (line);
  if (row != NULL && !g_str_equal (row->setting, "setting"))
    g_ptr_array_add (menus->rows, row);
  else if (row != NULL)
    row_free (row);
}

/**
 * ferry_menus_parse:
 * @text: in the format of data/firmware-menus.tsv
 *
 * Returns: (transfer full) (nullable): the rows; %NULL with %FERRY_ERROR_TOO_LARGE, or with
 *   %FERRY_ERROR_INVALID when there is no row at all or the text is not UTF-8
 */
FerryMenus *
ferry_menus_parse (const char *text, GError **error)
{
  g_autoptr (FerryMenus) menus = NULL;
  g_auto (GStrv) lines = NULL;

  if (strlen (text) > FERRY_MENUS_MAX_SIZE)
    {
      g_set_error_literal (error, FERRY_ERROR, FERRY_ERROR_TOO_LARGE,
                           _("The table of firmware menus is too large"));
      return NULL;
    }
  menus = g_new0 (FerryMenus, 1);
  menus->rows = g_ptr_array_new_with_free_func ((GDestroyNotify)row_free);
  if (g_utf8_validate (text, -1, NULL))
    {
      lines = g_strsplit (text, "\n", -1);
      for (guint i = 0; lines[i] != NULL; i++)
        add_line (menus, lines[i]);
    }
  if (menus->rows->len == 0)
    {
      g_set_error_literal (error, FERRY_ERROR, FERRY_ERROR_INVALID,
                           _("The table of firmware menus cannot be read"));
      return NULL;
    }
  return g_steal_pointer (&menus);
}

/**
 * ferry_menus_get_builtin:
 *
 * Returns: (transfer none): the text of the table that is inside the library
 */
const char *
ferry_menus_get_builtin (void)
{
  static gsize once = 0;

  if (g_once_init_enter (&once))
    {
      GBytes *bytes = g_resource_lookup_data (ferry_data_get_resource (),
                                              "/org/ferryvm/Ferry/firmware-menus.tsv",
                                              G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);

      /* Kept for the life of the program. */
      g_once_init_leave (&once, (gsize)bytes);
    }
  /* GResource ends a file with a NUL. */
  return g_bytes_get_data ((GBytes *)once, NULL);
}

/* Whether @vendor is one of the strings in @dmi. */
static gboolean
has_vendor (const char *dmi, const char *vendor)
{
  g_auto (GStrv) names = NULL;
  g_autofree char *wanted = g_strstrip (g_strdup (vendor != NULL ? vendor : ""));

  if (wanted[0] == '\0')
    return FALSE;
  names = g_strsplit (dmi, "|", -1);
  for (guint i = 0; names[i] != NULL; i++)
    if (g_ascii_strcasecmp (g_strstrip (names[i]), wanted) == 0)
      return TRUE;
  return FALSE;
}

/* The maker to go by: the board's if the table knows it, else the system's. */
static const char *
choose_vendor (const FerryMenus *menus, const FerryFirmware *firmware)
{
  for (guint i = 0; i < menus->rows->len; i++)
    {
      const FerryMenuRow *row = g_ptr_array_index (menus->rows, i);

      if (has_vendor (row->dmi, firmware->board_vendor))
        return firmware->board_vendor;
    }
  return firmware->system_vendor;
}

static gboolean
name_matches (GRegex *regex, const char *name)
{
  g_autofree char *part = NULL;
  const char *end;

  if (name == NULL || name[0] == '\0')
    return FALSE;
  part = g_strndup (name, MAX_PATTERN);
  if (!g_utf8_validate (part, -1, &end))
    part[end - part] = '\0';
  return g_regex_match (regex, part, 0, NULL);
}

/* PCRE gives up after this many steps, so that no pattern can cost time. */
static gboolean
board_matches (const char *pattern, const FerryFirmware *firmware)
{
  g_autofree char *limited = NULL;
  g_autoptr (GRegex) regex = NULL;

  if (strlen (pattern) > MAX_PATTERN)
    return FALSE;
  limited = g_strconcat ("(*LIMIT_MATCH=2000)", pattern, NULL);
  regex = g_regex_new (limited, G_REGEX_CASELESS, 0, NULL);
  return regex != NULL
         && (name_matches (regex, firmware->board_name)
             || name_matches (regex, firmware->product_name)
             || name_matches (regex, firmware->product_version));
}

/* What the columns platform, era, vendor and board are worth; 0 when the row does not fit. */
static guint
rate (const FerryMenuRow *row, const FerryEra *era, const FerryFirmware *firmware,
      const char *vendor)
{
  const gboolean any_vendor = g_str_equal (row->dmi, "*");
  const FerryEraFit fit = ferry_era_fit (era, row->era);
  guint points = 1 + (guint)fit * 10;

  if (fit == FERRY_ERA_WRONG || (!any_vendor && !has_vendor (row->dmi, vendor)))
    return 0;
  if (!g_str_equal (row->platform, "*") && !g_str_equal (row->platform, era->platform))
    return 0;
  if (!any_vendor)
    points += 100;
  if (row->board[0] == '\0')
    return points;
  return board_matches (row->board, firmware) ? points + 1000 : 0;
}

/**
 * ferry_menus_find:
 * @setting: for example "vtd"
 *
 * Returns: the best row for this machine; its row is %NULL when the table has none
 */
FerryMenuEntry
ferry_menus_find (const FerryMenus *menus, const FerryEra *era, const FerryFirmware *firmware,
                  const char *setting)
{
  const char *vendor = choose_vendor (menus, firmware);
  FerryMenuEntry entry = { NULL, FALSE };
  guint best = 0;

  for (guint i = 0; i < menus->rows->len; i++)
    {
      const FerryMenuRow *row = g_ptr_array_index (menus->rows, i);
      guint points;

      if (!g_str_equal (row->setting, setting))
        continue;
      points = rate (row, era, firmware, vendor);
      if (points > best)
        {
          best = points;
          entry.row = row;
        }
    }
  entry.certain
      = entry.row != NULL && g_str_equal (entry.row->certainty, "seen")
        && (entry.row->board[0] != '\0' || ferry_era_fit (era, entry.row->era) == FERRY_ERA_RIGHT);
  return entry;
}

/**
 * ferry_menus_find_key:
 *
 * Returns: (transfer none): the key that enters the setup, of the best row of any setting; "" when
 *   the table has none
 */
const char *
ferry_menus_find_key (const FerryMenus *menus, const FerryEra *era, const FerryFirmware *firmware)
{
  const char *vendor = choose_vendor (menus, firmware);
  const char *key = "";
  guint best = 0;

  for (guint i = 0; i < menus->rows->len; i++)
    {
      const FerryMenuRow *row = g_ptr_array_index (menus->rows, i);
      const guint points = row->key[0] != '\0' ? rate (row, era, firmware, vendor) : 0;

      if (points > best)
        {
          best = points;
          key = row->key;
        }
    }
  return key;
}
