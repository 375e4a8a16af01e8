/* preset.c: see preset.h. */
#include "config.h"

#include <string.h>
#include <glib/gi18n-lib.h>

#include "plan/preset.h"
#include "facts/error.h"
#include "plan/edit.h"

#define MAX_PRESETS 32

/* Options that do not change what is made, where, or for which kernel. */
static const struct
{
  const char *name;
  gboolean value;
} known_options[] = {
  { "-S", TRUE },      { "--skiphooks", TRUE },  { "-A", TRUE },         { "--addhooks", TRUE },
  { "--splash", TRUE }, { "-v", FALSE },         { "--verbose", FALSE }, { "--no-ukify", FALSE },
};

static void
preset_free (gpointer data)
{
  FerryPreset *preset = data;

  g_free (preset->kernel);
  g_free (preset->config);
  g_free (preset->image);
  g_strfreev (preset->options);
  g_free (preset);
}

static gboolean
refuse (GError **error)
{
  g_set_error_literal (error, FERRY_ERROR, FERRY_ERROR_UNSUPPORTED,
                       _("A preset of mkinitcpio is written in a way that Ferry cannot follow"));
  return FALSE;
}

/* The value of PREFIX_NAME; NULL in @value where it is not set or empty. */
static gboolean
find_own (const char *text, const char *prefix, const char *name, char **value, GError **error)
{
  g_autofree char *variable = g_strconcat (prefix, "_", name, NULL);
  g_autoptr (GError) local = NULL;

  *value = ferry_edit_shell_value (text, variable, &local);
  if (local != NULL && !g_error_matches (local, FERRY_ERROR, FERRY_ERROR_NOT_FOUND))
    return refuse (error);
  if (*value != NULL && **value == '\0')
    g_clear_pointer (value, g_free);
  return *value == NULL || ferry_edit_word_is_safe (*value) ? TRUE : refuse (error);
}

/* The same, else that of ALL_NAME. */
static gboolean
find_value (const char *text, const char *prefix, const char *name, char **value, GError **error)
{
  return find_own (text, prefix, name, value, error)
         && (*value != NULL || find_own (text, "ALL", name, value, error));
}

static gboolean
option_is_known (char **options, guint *i)
{
  for (gsize k = 0; k < G_N_ELEMENTS (known_options); k++)
    {
      gsize length = strlen (known_options[k].name);

      if (g_str_equal (options[*i], known_options[k].name))
        {
          *i += known_options[k].value;
          return options[*i] != NULL && (!known_options[k].value || *options[*i] != '-');
        }
      if (known_options[k].value && length > 2 && g_str_has_prefix (options[*i], known_options[k].name)
          && options[*i][length] == '=')
        return TRUE;
    }
  return FALSE;
}

static gboolean
find_options (const char *text, const char *prefix, char ***options, GError **error)
{
  g_autofree char *variable = g_strconcat (prefix, "_options", NULL);
  g_autoptr (GError) local = NULL;

  *options = ferry_edit_array_members (text, variable, &local);
  if (local != NULL && !g_error_matches (local, FERRY_ERROR, FERRY_ERROR_NOT_FOUND))
    return refuse (error);
  if (*options == NULL)
    *options = g_new0 (char *, 1);
  for (guint i = 0; (*options)[i] != NULL; i++)
    if (!ferry_edit_word_is_safe ((*options)[i]) || !option_is_known (*options, &i)
        || !ferry_edit_word_is_safe ((*options)[i]))
      return refuse (error);
  return TRUE;
}

/* An absolute path without "." and "..", with a name at its end. */
static gboolean
is_plain_path (const char *path)
{
  return *path == '/' && path[1] != '\0' && strstr (path, "//") == NULL && strstr (path, "/.") == NULL
         && !g_str_has_suffix (path, "/");
}

static gboolean
add_image (GPtrArray *presets, const FerryPreset *base, const char *image, gboolean uki, GError **error)
{
  FerryPreset *preset;

  if (image == NULL)
    return TRUE;
  if (!is_plain_path (image))
    return refuse (error);
  for (guint i = 0; i < presets->len; i++)
    if (g_str_equal (((FerryPreset *) g_ptr_array_index (presets, i))->image, image + 1))
      return refuse (error);
  preset = g_new0 (FerryPreset, 1);
  preset->kernel = g_strdup (base->kernel);
  preset->config = g_strdup (base->config);
  preset->options = g_strdupv (base->options);
  preset->image = g_strdup (image + 1);
  preset->uki = uki;
  g_ptr_array_add (presets, preset);
  return TRUE;
}

/* Extra microcode images go into unified kernel images only; today a hook does that work. */
static gboolean
has_microcode (const char *text, const char *prefix)
{
  g_autofree char *variable = g_strconcat (prefix, "_microcode", NULL);
  g_auto (GStrv) own = NULL, all = NULL;
  g_autoptr (GError) own_error = NULL, all_error = NULL;

  own = ferry_edit_array_members (text, variable, &own_error);
  all = ferry_edit_array_members (text, "ALL_microcode", &all_error);
  return !g_error_matches (own_error, FERRY_ERROR, FERRY_ERROR_NOT_FOUND)
         || !g_error_matches (all_error, FERRY_ERROR, FERRY_ERROR_NOT_FOUND);
}

/* What only a unified kernel image has besides: where its words come from, and a picture. */
static gboolean
read_uki (const char *text, const char *name, FerryPreset *base, char **uki, GError **error)
{
  g_autofree char *older = NULL, *cmdline = NULL, *splash = NULL;
  g_autoptr (GStrvBuilder) options = g_strv_builder_new ();

  if (!find_own (text, name, "uki", uki, error) || !find_own (text, name, "efi_image", &older, error)
      || !find_value (text, name, "cmdline", &cmdline, error) || !find_value (text, name, "splash", &splash, error))
    return FALSE;
  if (*uki == NULL)
    return older == NULL ? TRUE : refuse (error);
  if (cmdline != NULL || has_microcode (text, name))
    return refuse (error);
  g_strv_builder_addv (options, (const char **) base->options);
  if (splash != NULL)
    g_strv_builder_add_many (options, "--splash", splash, NULL);
  g_strfreev (base->options);
  base->options = g_strv_builder_end (options);
  return TRUE;
}

static gboolean
paths_are_plain (const FerryPreset *base)
{
  return *base->kernel != '-' && (*base->kernel != '/' || is_plain_path (base->kernel))
         && (base->config == NULL || is_plain_path (base->config));
}

static gboolean
read_preset (GPtrArray *presets, const char *text, const char *name, FerryPreset *base, GError **error)
{
  g_autofree char *uki = NULL;

  if (!find_value (text, name, "kver", &base->kernel, error)
      || !find_value (text, name, "config", &base->config, error)
      || !find_own (text, name, "image", &base->image, error)
      || !find_options (text, name, &base->options, error) || !read_uki (text, name, base, &uki, error))
    return FALSE;
  if (base->kernel == NULL)
    return TRUE;
  if (!paths_are_plain (base))
    return refuse (error);
  return add_image (presets, base, base->image, FALSE, error) && add_image (presets, base, uki, TRUE, error);
}

static gboolean
add_preset (GPtrArray *presets, const char *text, const char *name, GError **error)
{
  FerryPreset *base = g_new0 (FerryPreset, 1);
  gboolean good = read_preset (presets, text, name, base, error);

  preset_free (base);
  return good;
}

static gboolean
is_name (const char *text)
{
  return *text != '\0' && !g_ascii_isdigit (*text)
         && strspn (text, G_CSET_A_2_Z G_CSET_a_2_z "0123456789_") == strlen (text);
}

/**
 * ferry_preset_parse:
 *
 * Returns: (transfer full) (nullable): of #FerryPreset
 */
GPtrArray *
ferry_preset_parse (const char *text, GError **error)
{
  g_autoptr (GPtrArray) presets = g_ptr_array_new_with_free_func (preset_free);
  g_auto (GStrv) names = ferry_edit_array_members (text, "PRESETS", NULL);

  if (names == NULL || g_strv_length (names) > MAX_PRESETS)
    {
      refuse (error);
      return NULL;
    }
  for (guint i = 0; names[i] != NULL; i++)
    if (!is_name (names[i]) || !add_preset (presets, text, names[i], error))
      {
        if (error != NULL && *error == NULL)
          refuse (error);
        return NULL;
      }
  return g_steal_pointer (&presets);
}
