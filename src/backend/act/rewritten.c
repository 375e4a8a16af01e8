/* rewritten.c: see rewritten.h. */
#include "config.h"

#include <string.h>
#include <glib/gi18n-lib.h>

#include "act/menu-entries.h"
#include "act/rewritten.h"
#include "facts/error.h"
#include "facts/kernel.h"

#define UNIFIED_FOLDER "EFI/Linux"
/* Of snapshots; Limine's entry tool does not write there. */
#define SNAPSHOTS "limine_history"

static const char *const bases[] = { "boot", "efi", "boot/efi" };
/* Where grubby takes the words for new kernels from, and keeps them. */
static const char *const grubby_files[]
    = { "boot/grub2/grubenv", "boot/grub/grubenv", "etc/default/grub", "etc/kernel/cmdline" };

gboolean
ferry_rewritten_is_in_place (const FerryChange *change)
{
  return change->kind == FERRY_CHANGE_BLS_ARGS
         || (change->kind == FERRY_CHANGE_MENU && !g_str_equal (change->tool, "grub-mkconfig"));
}

/* The journal is not taken at its word about where something may be put. */
gboolean
ferry_rewritten_is_place (const char *path)
{
  for (gsize i = 0; i < G_N_ELEMENTS (grubby_files); i++)
    if (g_str_equal (path, grubby_files[i]))
      return TRUE;
  return g_str_has_prefix (path, "boot/") || g_str_has_prefix (path, "efi/");
}

static void
add (GPtrArray *paths, char *path)
{
  if (paths->len < FERRY_REWRITTEN_MAX_FILES
      && !g_ptr_array_find_with_equal_func (paths, path, g_str_equal, NULL))
    g_ptr_array_add (paths, path);
  else
    g_free (path);
}

/* Plain files directly in the folder whose name ends with @suffix. */
static void
add_files (FerryRoot *root, const char *folder, const char *suffix, GPtrArray *paths)
{
  g_auto (GStrv) names = ferry_root_list (root, folder);

  for (guint i = 0; names != NULL && names[i] != NULL; i++)
    {
      g_autofree char *path = g_build_filename (folder, names[i], NULL);
      g_autofree char *link = ferry_root_read_link (root, path);
      g_auto (GStrv) inside = ferry_root_list (root, path);

      if (link == NULL && inside == NULL && g_str_has_suffix (names[i], suffix))
        add (paths, g_steal_pointer (&path));
    }
}

/* BASE/TOKEN/VERSION/: kernel-install(8) takes one of several words as the token. */
static void
add_versions (FerryRoot *root, const char *base, char **versions, GPtrArray *paths)
{
  g_auto (GStrv) tokens = ferry_root_list (root, base);

  for (guint i = 0; tokens != NULL && tokens[i] != NULL; i++)
    for (guint j = 0; versions != NULL && versions[j] != NULL; j++)
      {
        g_autofree char *folder = g_build_filename (base, tokens[i], versions[j], NULL);

        add_files (root, folder, "", paths);
      }
}

static gboolean
fail (GError **error)
{
  g_set_error_literal (error, FERRY_ERROR, FERRY_ERROR_UNSUPPORTED,
                       _("It could not be found out which start files this system has."));
  return FALSE;
}

static gboolean
list_kernel_install (FerryRoot *root, GPtrArray *paths, GError **error)
{
  g_autoptr (FerryKernel) kernel = ferry_kernel_read (root);
  g_autoptr (GPtrArray) entries = ferry_menu_entries_list (root);

  if (kernel->installed == NULL || kernel->installed[0] == NULL)
    return fail (error);
  for (guint i = 0; i < entries->len; i++)
    if (ferry_menu_entries_is_of_version (g_ptr_array_index (entries, i), kernel->installed))
      add (paths, g_strdup (g_ptr_array_index (entries, i)));
  for (gsize i = 0; i < G_N_ELEMENTS (bases); i++)
    add_versions (root, bases[i], kernel->installed, paths);
  return TRUE;
}

static gboolean
list_limine (FerryRoot *root, GPtrArray *paths, GError **error)
{
  const char *const *files = ferry_menu_entries_get_limine_files ();
  g_autofree char *id = ferry_root_read_text (root, "etc/machine-id", NULL);

  if (id == NULL && ferry_root_exists (root, "etc/machine-id"))
    return fail (error);
  for (guint i = 0; files[i] != NULL; i++)
    add (paths, g_strdup (files[i]));
  for (gsize i = 0; i < G_N_ELEMENTS (bases); i++)
    {
      g_autofree char *unified = g_build_filename (bases[i], UNIFIED_FOLDER, NULL);
      g_autofree char *own
          = id != NULL && *g_strstrip (id) != '\0' ? g_build_filename (bases[i], id, NULL) : g_strdup ("");
      g_auto (GStrv) names = *own != '\0' ? ferry_root_list (root, own) : NULL;

      add_files (root, unified, ".efi", paths);
      for (guint j = 0; names != NULL && names[j] != NULL; j++)
        {
          g_autofree char *folder = g_build_filename (own, names[j], NULL);

          if (!g_str_equal (names[j], SNAPSHOTS))
            add_files (root, folder, "", paths);
        }
    }
  return TRUE;
}

static void
list_grubby (FerryRoot *root, GPtrArray *paths)
{
  g_autoptr (GPtrArray) entries = ferry_menu_entries_list (root);

  for (gsize i = 0; i < G_N_ELEMENTS (grubby_files); i++)
    add (paths, g_strdup (grubby_files[i]));
  for (guint i = 0; i < entries->len; i++)
    add (paths, g_strdup (g_ptr_array_index (entries, i)));
}

/**
 * ferry_rewritten_list:
 *
 * Returns: (transfer full) (nullable) (element-type utf8): paths below @root; none for a step that is not done in place;
 *   %NULL with %FERRY_ERROR_UNSUPPORTED when it cannot be told
 */
GPtrArray *
ferry_rewritten_list (FerryRoot *root, const FerryChange *change, GError **error)
{
  g_autoptr (GPtrArray) paths = g_ptr_array_new_with_free_func (g_free);
  gboolean good = TRUE;

  if (change->kind == FERRY_CHANGE_BLS_ARGS)
    list_grubby (root, paths);
  else if (change->kind == FERRY_CHANGE_MENU && g_str_equal (change->tool, "limine-update"))
    good = list_limine (root, paths, error);
  else if (change->kind == FERRY_CHANGE_MENU && g_str_equal (change->tool, "kernel-install"))
    good = list_kernel_install (root, paths, error);
  return good ? g_steal_pointer (&paths) : NULL;
}

/* Whether one of @before is an entry of the same kernel: boot counting changes the end of the name. */
static gboolean
has_relative (FerryRoot *root, const char *path, GPtrArray *before)
{
  g_autoptr (FerryKernel) kernel = ferry_kernel_read (root);

  for (guint i = 0; kernel->installed != NULL && kernel->installed[i] != NULL; i++)
    {
      char *one[] = { kernel->installed[i], NULL };

      if (!ferry_menu_entries_is_of_version (path, one))
        continue;
      for (guint j = 0; j < before->len; j++)
        if (g_str_has_suffix (g_ptr_array_index (before, j), ".conf")
            && ferry_menu_entries_is_of_version (g_ptr_array_index (before, j), one))
          return TRUE;
    }
  return FALSE;
}

gboolean
ferry_rewritten_is_offspring (FerryRoot *root, const char *path, GPtrArray *before)
{
  g_autofree char *folder = g_path_get_dirname (path);

  if (g_str_has_suffix (folder, "/entries"))
    return has_relative (root, path, before);
  if (g_str_has_suffix (folder, UNIFIED_FOLDER))
    return FALSE;
  for (guint i = 0; i < before->len; i++)
    {
      g_autofree char *other = g_path_get_dirname (g_ptr_array_index (before, i));

      if (g_str_equal (folder, other))
        return TRUE;
    }
  return FALSE;
}
