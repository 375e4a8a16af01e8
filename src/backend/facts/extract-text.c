/* extract-text.c: the parts of FerryExtract for settings, names and short values. */
#include "config.h"

#include <string.h>

#include "facts/extract-parts.h"

char *
ferry_extract_all (const FerryExtract *extract, const char *text)
{
  return g_strdup (text);
}

char *
ferry_extract_nothing (const FerryExtract *extract, const char *text)
{
  return g_strdup ("");
}

char *
ferry_extract_numbers (const FerryExtract *extract, const char *text)
{
  return ferry_scrub_numbers (extract->scrub, text);
}

char *
ferry_extract_names (const FerryExtract *extract, const char *text)
{
  return ferry_scrub_names (extract->scrub, text);
}

/* A comment that could be switched on again ("#GRUB_TIMEOUT=5") or that a program left as its mark
 * says something about the computer; all others are a person's notes. */
static gboolean
is_telling_comment (const char *comment)
{
  gsize name;

  comment += strspn (comment, "# \t");
  name = strspn (comment, G_CSET_A_2_Z G_CSET_a_2_z "0123456789_");
  return (name > 0 && comment[name] == '=') || strstr (comment, "erry") != NULL
         || strstr (comment, "mhwd") != NULL;
}

/* Settings in etc, line by line, so that the lines keep their numbers. */
char *
ferry_extract_settings (const FerryExtract *extract, const char *text)
{
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  g_autofree char *kept = NULL;

  for (gsize i = 0; lines[i] != NULL; i++)
    {
      gsize blanks = strspn (lines[i], " \t");

      if (lines[i][blanks] == '#' && !g_str_has_prefix (lines[i], "#!")
          && !is_telling_comment (lines[i]))
        lines[i][blanks + 1] = '\0';
    }
  kept = g_strjoinv ("\n", lines);
  return ferry_scrub_names (extract->scrub, kept);
}

static char *
replace_line (const FerryExtract *extract, const char *kind, const char *text)
{
  g_autofree char *value = g_strdup (text);
  g_autofree char *stand_in = ferry_scrub_value (extract->scrub, kind, g_strstrip (value));

  return g_strconcat (stand_in, "\n", NULL);
}

/* A name of the device mapper; the same as in /dev/mapper. */
char *
ferry_extract_volume (const FerryExtract *extract, const char *text)
{
  return replace_line (extract, "volume", text);
}

char *
ferry_extract_serial (const FerryExtract *extract, const char *text)
{
  return replace_line (extract, "serial", text);
}

/* "Linux version 6.12.4-1-MANJARO (builder@host) (gcc ...)" (proc(5)) */
char *
ferry_extract_version (const FerryExtract *extract, const char *text)
{
  g_auto (GStrv) words = g_strsplit_set (text, " \n", 4);

  if (g_strv_length (words) < 3)
    return g_strdup ("");
  return g_strdup_printf ("%s %s %s\n", words[0], words[1], words[2]);
}
