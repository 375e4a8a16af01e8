/* wish.c: see wish.h. */
#include "config.h"

#include <string.h>
#include <glib/gi18n.h>

#include "cli/wish.h"
#include "plan/paragraph.h"

#define MAX_QUOTED 60

void
ferry_wish_free (FerryWish *wish)
{
  char **texts[] = { &wish->verb,      &wish->name, &wish->root,    &wish->machine, &wish->connect, &wish->system, &wish->medium,
                     &wish->drivers,   &wish->pool, &wish->network, &wish->rom,     &wish->glass,   &wish->disk_file };
  char ***lists[] = { &wish->cards, &wish->gear, &wish->usb, &wish->keyboards, &wish->mice };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    g_free (*texts[i]);
  for (gsize i = 0; i < G_N_ELEMENTS (lists); i++)
    g_strfreev (*lists[i]);
  g_free (wish);
}

static gboolean
fail (GError **error, const char *format, const char *what)
{
  g_autofree char *quoted = ferry_paragraph_shorten (what, MAX_QUOTED);

  /* The format has exactly one %s; it is one of the literals below, translated. */
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
  g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE, format, quoted);
#pragma GCC diagnostic pop
  return FALSE;
}

/**
 * ferry_wish_parse_size:
 * @text: "8", "8G", "8GiB", "8192M"; a plain number counts GiB
 *
 * Returns: whether it is a size of at least one MiB
 */
gboolean
ferry_wish_parse_size (const char *text, guint64 *bytes)
{
  static const struct
  {
    const char *word;
    guint shift;
  } units[] = { { "", 30 },    { "g", 30 }, { "gb", 30 }, { "gib", 30 }, { "m", 20 }, { "mb", 20 },
                { "mib", 20 }, { "t", 40 }, { "tb", 40 }, { "tib", 40 } };
  gsize digits = strspn (text, "0123456789");
  g_autofree char *number = g_strndup (text, digits);
  g_autofree char *word = g_ascii_strdown (text + digits, -1);
  guint64 value;

  g_strstrip (word);
  if (!g_ascii_string_to_unsigned (number, 10, 1, G_GUINT64_CONSTANT (1) << 24, &value, NULL))
    return FALSE;
  for (gsize i = 0; i < G_N_ELEMENTS (units); i++)
    if (g_str_equal (word, units[i].word))
      {
        *bytes = value << units[i].shift;
        return value < (G_GUINT64_CONSTANT (1) << (62 - units[i].shift));
      }
  return FALSE;
}

static gboolean
take_size (const char *text, guint64 *bytes, GError **error)
{
  if (text == NULL || ferry_wish_parse_size (text, bytes))
    return TRUE;
  return fail (error, _ ("“%s” is not a size, such as 8G or 512M."), text);
}

/* A disk is a size (a new one) or a file that is there. */
static gboolean
take_disk (FerryWish *wish, const char *text, GError **error)
{
  if (text == NULL || g_str_equal (text, "none"))
    {
      wish->disk_file = g_strdup (text);
      return TRUE;
    }
  if (strchr (text, G_DIR_SEPARATOR) == NULL)
    return take_size (text, &wish->disk, error);
  wish->disk_file = g_canonicalize_filename (text, NULL);
  return TRUE;
}

/* libvirt needs absolute paths. */
static void
make_absolute (char **path)
{
  char *absolute = *path != NULL ? g_canonicalize_filename (*path, NULL) : NULL;

  g_free (*path);
  *path = absolute;
}

static gboolean
take_words (FerryWish *wish, char **rest, GError **error)
{
  guint n = rest != NULL ? g_strv_length (rest) : 0;

  if (n > 2)
    return fail (error, _ ("“%s” is one word too many."), rest[2]);
  wish->verb = n > 0 ? g_strdup (rest[0]) : NULL;
  wish->name = n > 1 ? g_strdup (rest[1]) : NULL;
  if (wish->name != NULL && !g_utf8_validate (wish->name, -1, NULL))
    return fail (error, _ ("The name “%s” is not in UTF-8."), rest[1]);
  return TRUE;
}

static gboolean
parse_options (FerryWish *wish, int argc, char **argv, char **memory, char **disk, char ***rest, GError **error)
{
  const GOptionEntry entries[]
      = { { "help", 'h', 0, G_OPTION_ARG_NONE, &wish->help, NULL, NULL },
          { "json", 0, 0, G_OPTION_ARG_NONE, &wish->json, NULL, NULL },
          { "yes", 'y', 0, G_OPTION_ARG_NONE, &wish->yes, NULL, NULL },
          { "dry-run", 0, 0, G_OPTION_ARG_NONE, &wish->dry_run, NULL, NULL },
          { "force", 0, 0, G_OPTION_ARG_NONE, &wish->force, NULL, NULL },
          { "keep-disk", 0, 0, G_OPTION_ARG_NONE, &wish->keep_disk, NULL, NULL },
          { "no-tuning", 0, 0, G_OPTION_ARG_NONE, &wish->no_tuning, NULL, NULL },
          { "huge-pages", 0, 0, G_OPTION_ARG_NONE, &wish->huge_pages, NULL, NULL },
          { "no-window", 0, 0, G_OPTION_ARG_NONE, &wish->no_window, NULL, NULL },
          { "hide", 0, 0, G_OPTION_ARG_NONE, &wish->hidden, NULL, NULL },
          { "hdr", 0, 0, G_OPTION_ARG_NONE, &wish->hdr, NULL, NULL },
          { "root", 0, 0, G_OPTION_ARG_FILENAME, &wish->root, NULL, NULL },
          { "machine", 0, 0, G_OPTION_ARG_FILENAME, &wish->machine, NULL, NULL },
          { "connect", 0, 0, G_OPTION_ARG_STRING, &wish->connect, NULL, NULL },
          { "card", 0, 0, G_OPTION_ARG_STRING_ARRAY, &wish->cards, NULL, NULL },
          { "device", 0, 0, G_OPTION_ARG_STRING_ARRAY, &wish->gear, NULL, NULL },
          { "usb", 0, 0, G_OPTION_ARG_STRING_ARRAY, &wish->usb, NULL, NULL },
          { "keyboard", 0, 0, G_OPTION_ARG_STRING_ARRAY, &wish->keyboards, NULL, NULL },
          { "mouse", 0, 0, G_OPTION_ARG_STRING_ARRAY, &wish->mice, NULL, NULL },
          { "system", 0, 0, G_OPTION_ARG_STRING, &wish->system, NULL, NULL },
          { "medium", 0, 0, G_OPTION_ARG_FILENAME, &wish->medium, NULL, NULL },
          { "drivers", 0, 0, G_OPTION_ARG_FILENAME, &wish->drivers, NULL, NULL },
          { "memory", 0, 0, G_OPTION_ARG_STRING, memory, NULL, NULL },
          { "processors", 0, 0, G_OPTION_ARG_INT, &wish->processors, NULL, NULL },
          { "disk", 0, 0, G_OPTION_ARG_FILENAME, disk, NULL, NULL },
          { "pool", 0, 0, G_OPTION_ARG_STRING, &wish->pool, NULL, NULL },
          { "network", 0, 0, G_OPTION_ARG_STRING, &wish->network, NULL, NULL },
          { "rom", 0, 0, G_OPTION_ARG_FILENAME, &wish->rom, NULL, NULL },
          { "looking-glass", 0, 0, G_OPTION_ARG_STRING, &wish->glass, NULL, NULL },
          { G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY, rest, NULL, NULL },
          G_OPTION_ENTRY_NULL };
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);
  g_auto (GStrv) copy = g_strdupv (argv);
  g_autofree char **moved = g_memdup2 (copy, sizeof (char *) * ((gsize)argc + 1));
  g_autoptr (GError) local = NULL;

  g_option_context_set_help_enabled (context, FALSE);
  g_option_context_add_main_entries (context, entries, NULL);
  if (g_option_context_parse (context, &argc, &moved, &local))
    return TRUE;
  return fail (error, g_str_has_suffix (local->message, ".") ? "%s" : "%s.", local->message);
}

/**
 * ferry_wish_parse:
 * @argv: from “vm” on
 *
 * Returns: (transfer full) (nullable): what is asked for; an error of the domain %G_OPTION_ERROR, safe to print
 */
FerryWish *
ferry_wish_parse (int argc, char **argv, GError **error)
{
  g_autoptr (FerryWish) wish = g_new0 (FerryWish, 1);
  g_autofree char *memory = NULL, *disk = NULL;
  g_auto (GStrv) rest = NULL;

  if (!parse_options (wish, argc, argv, &memory, &disk, &rest, error) || !take_words (wish, rest, error)
      || !take_size (memory, &wish->memory, error) || !take_disk (wish, disk, error))
    return NULL;
  if (wish->processors < 0 || (wish->root != NULL && wish->machine != NULL))
    {
      fail (error, "%s", wish->processors < 0 ? _ ("A virtual machine needs at least one processor.")
                                              : _ ("Give either --root or --machine, not both."));
      return NULL;
    }
  make_absolute (&wish->medium);
  make_absolute (&wish->drivers);
  make_absolute (&wish->rom);
  return g_steal_pointer (&wish);
}
