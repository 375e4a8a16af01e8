/* menu-entries.c: see menu-entries.h. */
#include "config.h"

#include <string.h>
#include <glib/gi18n-lib.h>

#include "act/menu-entries.h"
#include "facts/cmdline.h"
#include "facts/error.h"

#define CMDLINE_FILE "etc/kernel/cmdline"
#define LIMINE_FILE "etc/default/limine"
#define MAX_LINES 4096

static const char *const entry_folders[] = { "boot/loader/entries", "efi/loader/entries", "boot/efi/loader/entries" };
static const char *const grubenv_files[] = { "boot/grub2/grubenv", "boot/grub/grubenv" };
static const char *const limine_files[]
    = { "boot/limine.conf",     "boot/limine/limine.conf",     "boot/EFI/limine/limine.conf",
        "efi/limine.conf",      "efi/limine/limine.conf",      "efi/EFI/limine/limine.conf",
        "boot/efi/limine.conf", "boot/efi/limine/limine.conf", "boot/efi/EFI/limine/limine.conf",
        NULL };

static gboolean
fail (GError **error)
{
  g_set_error_literal (error, FERRY_ERROR, FERRY_ERROR_FAILED,
                       _("The boot menu was made, but it does not have the wanted settings"));
  return FALSE;
}

/* The values of all lines that start with @key, joined by blanks. */
static void
collect (GString *values, const char *text, const char *key)
{
  g_auto (GStrv) lines = g_strsplit (text, "\n", MAX_LINES);
  gsize length = strlen (key);

  for (guint i = 0; lines[i] != NULL; i++)
    if (g_str_has_prefix (lines[i], key) && strchr (" \t=", lines[i][length]) != NULL
        && lines[i][length] != '\0')
      g_string_append_printf (values, " %s", lines[i] + length + 1);
}

/* The words of one entry, with GRUB's variable in its place. */
static FerryCmdline *
read_entry (FerryRoot *root, const char *path)
{
  g_autofree char *text = ferry_root_read_text (root, path, NULL);
  g_autoptr (GString) values = g_string_new (NULL);

  collect (values, text != NULL ? text : "", "options");
  for (gsize i = 0; strstr (values->str, "$kernelopts") != NULL && i < G_N_ELEMENTS (grubenv_files); i++)
    {
      g_autofree char *variables = ferry_root_read_text (root, grubenv_files[i], NULL);

      if (variables != NULL)
        {
          collect (values, variables, "kernelopts");
          break;
        }
    }
  return ferry_cmdline_parse (values->str, NULL);
}

const char *const *
ferry_menu_entries_get_limine_files (void)
{
  return limine_files;
}

/**
 * ferry_menu_entries_list:
 *
 * Returns: (transfer full) (element-type utf8): paths of all entries of the Boot Loader Specification
 */
GPtrArray *
ferry_menu_entries_list (FerryRoot *root)
{
  GPtrArray *paths = g_ptr_array_new_with_free_func (g_free);

  for (gsize i = 0; i < G_N_ELEMENTS (entry_folders); i++)
    {
      g_auto (GStrv) names = ferry_root_list (root, entry_folders[i]);

      for (guint j = 0; names != NULL && names[j] != NULL; j++)
        if (g_str_has_suffix (names[j], ".conf"))
          g_ptr_array_add (paths, g_build_filename (entry_folders[i], names[j], NULL));
    }
  return paths;
}

/* "TOKEN-VERSION.conf", also with a boot counter: "...-VERSION+3-0.conf". */
gboolean
ferry_menu_entries_is_of_version (const char *path, char **versions)
{
  for (guint i = 0; versions != NULL && versions[i] != NULL; i++)
    {
      g_autofree char *middle = g_strconcat ("-", versions[i], NULL);
      const char *found = strstr (path, middle);

      if (found != NULL && strchr (".+", found[strlen (middle)]) != NULL)
        return TRUE;
    }
  return FALSE;
}

gboolean
ferry_menu_entries_check_installed (FerryRoot *root, char **versions, GError **error)
{
  g_autofree char *text = ferry_root_read_text (root, CMDLINE_FILE, NULL);
  g_autoptr (FerryCmdline) source = ferry_cmdline_parse (text != NULL ? g_strdelimit (text, "\n", ' ') : "", NULL);
  g_autoptr (GPtrArray) paths = ferry_menu_entries_list (root);
  guint found = 0;

  for (guint i = 0; source != NULL && i < paths->len; i++)
    {
      g_autoptr (FerryCmdline) entry = NULL;

      if (!ferry_menu_entries_is_of_version (g_ptr_array_index (paths, i), versions))
        continue;
      found++;
      entry = read_entry (root, g_ptr_array_index (paths, i));
      for (guint j = 0; j < source->words->len; j++)
        if (entry == NULL
            || !ferry_cmdline_has_word (entry, ((FerryCmdlineWord *) g_ptr_array_index (source->words, j))->text))
          return fail (error);
    }
  return found > 0 ? TRUE : fail (error);
}

gboolean
ferry_menu_entries_check_words (FerryRoot *root, char **words, gboolean wanted, GError **error)
{
  g_autoptr (GPtrArray) paths = ferry_menu_entries_list (root);
  guint found = 0;

  for (guint i = 0; i < paths->len; i++)
    {
      g_autoptr (FerryCmdline) entry = NULL;

      if (strstr (g_ptr_array_index (paths, i), "-rescue") != NULL)
        continue;
      found++;
      entry = read_entry (root, g_ptr_array_index (paths, i));
      for (guint j = 0; words[j] != NULL; j++)
        if (entry == NULL || ferry_cmdline_has_word (entry, words[j]) != wanted)
          return fail (error);
    }
  return found > 0 ? TRUE : fail (error);
}

/* As a whole word, whatever stands around it. */
static gboolean
has_word (const char *text, const char *word)
{
  gsize length = strlen (word);

  for (const char *at = strstr (text, word); at != NULL; at = strstr (at + 1, word))
    if ((at == text || strchr (" \t\n\"'=", at[-1]) != NULL)
        && (at[length] == '\0' || strchr (" \t\r\n\"'", at[length]) != NULL))
      return TRUE;
  return FALSE;
}

/* The value of root= in a start line, or NULL (transfer full). */
static char *
find_system (const char *line)
{
  g_autoptr (FerryCmdline) cmdline = ferry_cmdline_parse (line, NULL);

  return g_strdup (cmdline != NULL ? ferry_cmdline_last_value (cmdline, "root") : NULL);
}

/* The systems that etc/default/limine names (transfer full); empty where it leaves that to the tool. */
static GPtrArray *
list_systems (const char *source)
{
  GPtrArray *systems = g_ptr_array_new_with_free_func (g_free);
  g_auto (GStrv) lines = g_strsplit (source, "\n", MAX_LINES);

  for (guint i = 0; lines[i] != NULL; i++)
    {
      const char *first = strchr (lines[i], '"'), *last = strrchr (lines[i], '"');
      g_autofree char *line = first != last ? g_strndup (first + 1, (gsize) (last - first - 1)) : NULL;
      char *system = g_str_has_prefix (lines[i], "KERNEL_CMDLINE[") && line != NULL ? find_system (line) : NULL;

      if (system != NULL)
        g_ptr_array_add (systems, system);
    }
  return systems;
}

/* Made to get out of trouble: such an entry starts the system as it was, or without what may be broken. */
static gboolean
is_for_emergency (const char *title)
{
  g_autofree char *lower = g_ascii_strdown (title, -1);

  return strstr (lower, "fallback") != NULL || strstr (lower, "snapshot") != NULL || strstr (lower, "rescue") != NULL;
}

/* CONFIG.md of Limine: a title begins with one "/" for each level (":" in older versions); inside stands "cmdline: ..." or
 * "kernel_cmdline: ..." (older: "CMDLINE=..."). */
static const char *
find_start_line (const char *line)
{
  static const char *const keys[] = { "cmdline", "kernel_cmdline" };

  for (gsize i = 0; i < G_N_ELEMENTS (keys); i++)
    {
      gsize length = strlen (keys[i]);

      if (g_ascii_strncasecmp (line, keys[i], length) == 0 && (line[length] == ':' || line[length] == '='))
        return line + length + 1;
    }
  return NULL;
}

static gboolean
has_words (const char *start_line, char **words, const char *source)
{
  g_autoptr (FerryCmdline) cmdline = ferry_cmdline_parse (start_line, NULL);

  for (guint i = 0; words[i] != NULL; i++)
    if (cmdline == NULL || (has_word (source, words[i]) && !ferry_cmdline_has_word (cmdline, words[i])))
      return FALSE;
  return TRUE;
}

/* How many entries of this system there are; FALSE when one that is for everyday lacks a word. */
static gboolean
check_limine_menu (const char *menu, const char *source, char **words, guint *found)
{
  g_autoptr (GPtrArray) systems = list_systems (source);
  g_auto (GStrv) lines = g_strsplit (menu, "\n", MAX_LINES);
  gsize emergency = 0; /* level of the title below which entries are for an emergency, or 0 */

  for (guint i = 0; lines[i] != NULL; i++)
    {
      char *line = g_strstrip (lines[i]);
      gsize level = strspn (line, *line == ':' ? ":" : "/");
      const char *start_line = find_start_line (line);
      g_autofree char *system = start_line != NULL ? find_system (start_line) : NULL;

      if (level > 0 && (emergency == 0 || level <= emergency))
        emergency = is_for_emergency (line) ? level : 0;
      if (start_line == NULL || emergency > 0)
        continue;
      if (systems->len > 0 && (system == NULL || !g_ptr_array_find_with_equal_func (systems, system, g_str_equal, NULL)))
        continue;
      *found += 1;
      if (!has_words (start_line, words, source))
        return FALSE;
    }
  return TRUE;
}

gboolean
ferry_menu_entries_check_limine (FerryRoot *root, char **words, GError **error)
{
  g_autofree char *source = ferry_root_read_text (root, LIMINE_FILE, NULL);
  guint found = 0;

  for (gsize i = 0; limine_files[i] != NULL; i++)
    {
      g_autofree char *text = ferry_root_read_text (root, limine_files[i], NULL);

      if (text != NULL && !check_limine_menu (text, source != NULL ? source : "", words, &found))
        return fail (error);
    }
  return found > 0 ? TRUE : fail (error);
}
