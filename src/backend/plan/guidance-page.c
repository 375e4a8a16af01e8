/* guidance-page.c: the guidance as a page for a phone or for paper, and as plain text.
 *
 * HTML 5 with its style inside: no script, no link, nothing is loaded from elsewhere.
 */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "plan/guidance.h"

static const char style[]
    = "body{font:1.1rem/1.5 sans-serif;max-width:40rem;margin:1rem auto;padding:0 1rem;"
      "color:#1a1a1a;background:#fff}"
      "h1{font-size:1.5rem;line-height:1.25}h2{font-size:1.2rem;margin:1.5rem 0 .5rem}"
      "section{border:1px solid #999;border-radius:.5rem;padding:.5rem 1rem;margin:1rem 0;"
      "break-inside:avoid}"
      "h3{font-size:1.1rem;margin:.25rem 0}p{margin:.4rem 0}"
      ".path{font-weight:bold;overflow-wrap:anywhere}.other{font-size:.95rem}"
      ".caution{border-left:.4rem solid #b36200;padding-left:.8rem}"
      "@media(prefers-color-scheme:dark){body{color:#eee;background:#1e1e1e}}"
      "@media print{body{font-size:11pt;margin:0;max-width:none;color:#000;background:#fff}}";

static char *
get_title (const FerryGuidance *guidance)
{
  if (guidance->board != NULL)
    return g_strdup_printf (_("Firmware settings for %s"), guidance->board);
  return g_strdup (_("Firmware settings for this computer"));
}

static char *
get_entry (const FerryGuidance *guidance)
{
  return g_strdup_printf (_("Restart the computer. As soon as it starts, press this key again and "
                            "again until the setup appears: %s."),
                          guidance->entry_key);
}

static char *
get_path (const FerrySetting *setting)
{
  if (setting->path[0] == '\0')
    return g_strdup_printf (_("Look for: %s"), setting->name);
  return setting->certain ? g_strdup_printf (_("Place in the menu: %s"), setting->path)
                          : g_strdup_printf (_("Usually here in the menu: %s"), setting->path);
}

static char *
get_names (const FerrySetting *setting)
{
  if (setting->synonyms[0] == '\0')
    return NULL;
  return g_strdup_printf (_("It may also be called: %s"), setting->synonyms);
}

static const char *
get_heading (const FerrySetting *setting)
{
  return setting->required ? _("Please change") : _("It also helps to change");
}

static const char *
get_end (void)
{
  return _("At the end choose “Save and exit”, often with the key F10. If something goes wrong, "
           "“Load defaults” in the same setup takes everything back.");
}

static const char *
get_search (void)
{
  return _("Menus differ a little from version to version. Many setups have a search, often with "
           "the keys F9 or Ctrl+F.");
}

static const char *
get_nothing (void)
{
  return _("Nothing is left to change in the firmware.");
}

/* Appends <@tag>text</@tag>, escaped; @class may be NULL. */
static void
append_element (GString *page, const char *tag, const char *class, const char *text)
{
  g_autofree char *escaped = g_markup_escape_text (text, -1);

  g_string_append_printf (page, "<%s", tag);
  if (class != NULL)
    g_string_append_printf (page, " class=\"%s\"", class);
  g_string_append_printf (page, ">%s</%s>\n", escaped, tag);
}

static void
append_setting (GString *page, const FerrySetting *setting)
{
  g_autofree char *path = get_path (setting);
  g_autofree char *names = get_names (setting);

  g_string_append (page, "<section>\n");
  append_element (page, "h3", NULL, setting->title);
  append_element (page, "p", NULL, setting->why);
  append_element (page, "p", "path", path);
  append_element (page, "p", NULL, setting->advice);
  if (names != NULL)
    append_element (page, "p", "other", names);
  g_string_append (page, "</section>\n");
}

/* A heading stands before the first setting of its kind. */
static gboolean
starts_kind (const FerryGuidance *guidance, guint i)
{
  const FerrySetting *setting = g_ptr_array_index (guidance->settings, i);

  return i == 0
         || setting->required
                != ((const FerrySetting *)g_ptr_array_index (guidance->settings, i - 1))->required;
}

static void
append_settings (GString *page, const FerryGuidance *guidance)
{
  g_autofree char *entry = get_entry (guidance);

  append_element (page, "p", NULL, entry);
  if (guidance->caution[0] != '\0')
    append_element (page, "p", "caution", guidance->caution);
  for (guint i = 0; i < guidance->settings->len; i++)
    {
      const FerrySetting *setting = g_ptr_array_index (guidance->settings, i);

      if (starts_kind (guidance, i))
        append_element (page, "h2", NULL, get_heading (setting));
      append_setting (page, setting);
    }
  append_element (page, "p", NULL, get_search ());
  append_element (page, "p", NULL, get_end ());
}

/**
 * ferry_guidance_to_html:
 *
 * Returns: (transfer full): one HTML page that needs no other file, everything in it escaped
 */
char *
ferry_guidance_to_html (const FerryGuidance *guidance)
{
  g_autoptr (GString) page = g_string_new ("<!DOCTYPE html>\n");
  g_autofree char *title = get_title (guidance);

  /* Translators: the code of the language that you translate to, such as de or pt-BR. */
  g_string_append_printf (page, "<html lang=\"%s\">\n<head>\n<meta charset=\"utf-8\">\n",
                          C_ ("language code", "en"));
  g_string_append (page, "<meta name=\"viewport\" content=\"width=device-width, "
                         "initial-scale=1\">\n");
  append_element (page, "title", NULL, title);
  g_string_append_printf (page, "<style>%s</style>\n</head>\n<body>\n", style);
  append_element (page, "h1", NULL, title);
  if (guidance->settings->len == 0)
    append_element (page, "p", NULL, get_nothing ());
  else
    append_settings (page, guidance);
  g_string_append (page, "</body>\n</html>\n");
  return g_string_free (g_steal_pointer (&page), FALSE);
}

static void
append_text_setting (GString *text, const FerrySetting *setting, guint number)
{
  g_autofree char *path = get_path (setting);
  g_autofree char *names = get_names (setting);

  g_string_append_printf (text, "%u. %s\n   %s\n   %s\n   %s\n", number, setting->title,
                          setting->why, path, setting->advice);
  if (names != NULL)
    g_string_append_printf (text, "   %s\n", names);
  g_string_append_c (text, '\n');
}

static void
append_text_settings (GString *text, const FerryGuidance *guidance)
{
  g_autofree char *entry = get_entry (guidance);

  g_string_append_printf (text, "%s\n\n", entry);
  if (guidance->caution[0] != '\0')
    g_string_append_printf (text, "%s\n\n", guidance->caution);
  for (guint i = 0; i < guidance->settings->len; i++)
    {
      const FerrySetting *setting = g_ptr_array_index (guidance->settings, i);

      if (starts_kind (guidance, i))
        g_string_append_printf (text, "%s\n\n", get_heading (setting));
      append_text_setting (text, setting, i + 1);
    }
  g_string_append_printf (text, "%s\n%s\n", get_search (), get_end ());
}

/**
 * ferry_guidance_to_text:
 *
 * Returns: (transfer full): the same as plain text, one sentence a line
 */
char *
ferry_guidance_to_text (const FerryGuidance *guidance)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autofree char *title = get_title (guidance);

  g_string_append_printf (text, "%s\n\n", title);
  if (guidance->settings->len == 0)
    g_string_append_printf (text, "%s\n", get_nothing ());
  else
    append_text_settings (text, guidance);
  return g_string_free (g_steal_pointer (&text), FALSE);
}
