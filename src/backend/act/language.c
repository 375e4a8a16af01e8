/* language.c: see language.h. */
#include "config.h"

#include <string.h>

#include "act/language.h"
#include "facts/release.h"

#define MAX_LENGTH 40
/* What systemd runs its services in when no language is set. */
#define FALLBACK "C.UTF-8"

static const char *const files[] = { "etc/locale.conf", "etc/default/locale" };

/* The value gets into other programs' environment. */
static gboolean
is_safe (const char *value)
{
  return *value != '\0' && strlen (value) <= MAX_LENGTH && g_ascii_isalpha (*value)
         && strspn (value, G_CSET_A_2_Z G_CSET_a_2_z G_CSET_DIGITS "_.@-") == strlen (value);
}

/**
 * ferry_language_find:
 *
 * Returns: (transfer full): the value of LANG, such as "de_DE.UTF-8"
 */
char *
ferry_language_find (FerryRoot *root)
{
  for (gsize i = 0; i < G_N_ELEMENTS (files); i++)
    {
      g_autofree char *text = ferry_root_read_text (root, files[i], NULL);
      g_autoptr (GHashTable) values = text != NULL ? ferry_release_parse (text) : NULL;
      const char *value = values != NULL ? g_hash_table_lookup (values, "LANG") : NULL;

      if (value != NULL && is_safe (value))
        return g_strdup (value);
    }
  return g_strdup (FALLBACK);
}
