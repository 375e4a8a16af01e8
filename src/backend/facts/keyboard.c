/* keyboard.c: see keyboard.h. */
#include "config.h"

#include <string.h>

#include "facts/keyboard.h"

#define MAX_DEVICES 4096

/* Event type 1 is keys; key codes 1 to 31 are Escape to S. */
#define EV_KEY_BIT G_GUINT64_CONSTANT (0x2)
#define LETTERS G_GUINT64_CONSTANT (0xfffffffe)

/* The lowest word of a bitmap, which is written last. */
static guint64
last_word (const char *bitmap)
{
  const char *blank = strrchr (bitmap, ' ');

  return g_ascii_strtoull (blank != NULL ? blank + 1 : bitmap, NULL, 16);
}

static gboolean
has_handler (const char *handlers, const char *handler)
{
  g_auto (GStrv) words = g_strsplit (handlers, " ", 64);

  return g_strv_contains ((const char *const *) words, handler);
}

/* What follows @start in one of @lines; "" when no line starts so. */
static const char *
find_line (char **lines, const char *start)
{
  for (gsize i = 0; lines[i] != NULL; i++)
    if (g_str_has_prefix (lines[i], start))
      return lines[i] + strlen (start);
  return "";
}

static void
add_device (GPtrArray *keyboards, const char *paragraph)
{
  g_auto (GStrv) lines = g_strsplit (paragraph, "\n", 64);
  const char *place = find_line (lines, "S: Sysfs=");
  const char *name = find_line (lines, "N: Name=\"");
  g_autofree char *shown = NULL;

  if (!has_handler (find_line (lines, "H: Handlers="), "kbd"))
    return;
  if ((last_word (find_line (lines, "B: EV=")) & EV_KEY_BIT) == 0
      || (last_word (find_line (lines, "B: KEY=")) & LETTERS) != LETTERS)
    return;
  if (strstr (place, "/virtual/") != NULL)
    return;
  shown = g_strndup (name, strcspn (name, "\""));
  ferry_use_add (keyboards, shown, place);
}

/**
 * ferry_keyboards_list:
 *
 * Returns: (transfer full) (element-type FerryUse): the keyboards with their place in sys/devices,
 *   without those that a program made up
 */
GPtrArray *
ferry_keyboards_list (FerryRoot *root)
{
  g_autofree char *text = ferry_root_read_text (root, "proc/bus/input/devices", NULL);
  GPtrArray *keyboards = ferry_uses_new ();
  g_auto (GStrv) paragraphs = NULL;

  if (text == NULL)
    return keyboards;
  paragraphs = g_strsplit (text, "\n\n", MAX_DEVICES);
  for (gsize i = 0; paragraphs[i] != NULL; i++)
    add_device (keyboards, paragraphs[i]);
  return keyboards;
}
