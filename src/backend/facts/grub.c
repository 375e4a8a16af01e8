/* grub.c: see grub.h. */
#include "config.h"

#include <string.h>

#include "facts/grub.h"
#include "facts/host.h"

#define SETTINGS "etc/default/grub"

static const char *const programs[] = { "usr/bin/grub-mkconfig", "usr/sbin/grub-mkconfig",
                                        "usr/bin/grub2-mkconfig", "usr/sbin/grub2-mkconfig" };

static char *
find_program (FerryRoot *root)
{
  for (gsize i = 0; i < G_N_ELEMENTS (programs); i++)
    if (ferry_host_exists (root, programs[i]))
      return g_strdup (programs[i]);
  return NULL;
}

/* There, but not to be listed. */
static gboolean
is_closed (FerryRoot *root, const char *folder)
{
  g_auto (GStrv) names = ferry_root_list (root, folder);

  return names == NULL && ferry_root_exists (root, folder);
}

/* The folder may be closed to users: then the name inside is the one that grub-mkconfig uses. */
static char *
find_menu (FerryRoot *root)
{
  static const char *const folders[] = { "boot/grub", "boot/grub2" };

  for (gsize i = 0; i < G_N_ELEMENTS (folders); i++)
    {
      g_autofree char *menu = g_build_filename (folders[i], "grub.cfg", NULL);

      if (ferry_root_exists (root, menu))
        return g_steal_pointer (&menu);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (folders); i++)
    if (is_closed (root, folders[i]))
      return g_build_filename (folders[i], "grub.cfg", NULL);
  return NULL;
}

/* The next line of *@text without blanks around it, or NULL at the end. */
static char *
next_line (const char **text)
{
  gsize length = strcspn (*text, "\n");
  char *line;

  if (**text == '\0')
    return NULL;
  line = g_strstrip (g_strndup (*text, length));
  *text += length;
  *text += **text == '\n' ? 1 : 0;
  return line;
}

/* Whether a line that is no comment has @needle. */
static gboolean
code_has (const char *text, const char *needle)
{
  gboolean found = FALSE;
  char *line;

  while (!found && (line = next_line (&text)) != NULL)
    {
      found = *line != '#' && strstr (line, needle) != NULL;
      g_free (line);
    }
  return found;
}

static FerryAnswer
reads_drop_ins (FerryRoot *root, const char *program)
{
  g_autofree char *text = program != NULL ? ferry_host_read_text (root, program) : NULL;

  if (text == NULL || *text == '\0')
    return FERRY_ANSWER_UNKNOWN;
  return code_has (text, "default/grub.d") ? FERRY_ANSWER_YES : FERRY_ANSWER_NO;
}

/* Fedora: the last assignment of GRUB_ENABLE_BLSCFG is true. */
static gboolean
uses_entries (FerryRoot *root)
{
  g_autofree char *text = ferry_host_read_text (root, SETTINGS);
  const char *rest = text != NULL ? text : "";
  gboolean enabled = FALSE;
  char *line;

  while ((line = next_line (&rest)) != NULL)
    {
      if (g_str_has_prefix (line, "GRUB_ENABLE_BLSCFG="))
        {
          g_autofree char *value = g_shell_unquote (strchr (line, '=') + 1, NULL);
          enabled = g_strcmp0 (value, "true") == 0;
        }
      g_free (line);
    }
  return enabled;
}

/**
 * ferry_grub_read:
 * @loader: its fields config, mkconfig, drop_in, menu and bls are filled in; they must be empty
 */
void
ferry_grub_read (FerryRoot *root, FerryLoader *loader)
{
  loader->config = ferry_host_exists (root, SETTINGS) ? g_strdup (SETTINGS) : NULL;
  loader->mkconfig = find_program (root);
  loader->drop_in = reads_drop_ins (root, loader->mkconfig);
  loader->menu = find_menu (root);
  loader->bls = uses_entries (root)
                && (loader->mkconfig == NULL || strstr (loader->mkconfig, "grub2-") != NULL);
}
