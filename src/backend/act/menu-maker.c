/* menu-maker.c: see menu-maker.h. */
#include "config.h"

#include <string.h>
#include <glib/gi18n-lib.h>

#include "act/menu-entries.h"
#include "act/menu-maker.h"
#include "act/menu.h"
#include "act/tools.h"
#include "facts/error.h"
#include "plan/edit.h"

#define SECONDS (10 * 60)
#define IMAGE_SECONDS (20 * 60)

static gboolean
fail (GError **error, FerryError code, const char *message)
{
  g_set_error_literal (error, FERRY_ERROR, code, message);
  return FALSE;
}

static gboolean
check_items (const FerryStep *step, GError **error)
{
  char **items = step->change->items;

  for (guint i = 0; items[i] != NULL; i++)
    if (!ferry_edit_word_is_safe (items[i]) || *items[i] == '-')
      return fail (error, FERRY_ERROR_INVALID, _("The step is not valid"));
  return TRUE;
}

static gboolean
add_grub_job (const FerryStep *step, GPtrArray *jobs, GError **error)
{
  const FerryLoader *loader = step->machine->loader;
  g_autofree char *program = loader->mkconfig != NULL ? g_path_get_basename (loader->mkconfig) : NULL;
  g_autofree char *output = NULL;
  FerryJob *job;

  if (program == NULL || loader->menu == NULL)
    return fail (error, FERRY_ERROR_UNSUPPORTED, _("The program that makes the boot menu was not found"));
  job = ferry_job_new (loader->menu, loader->esp, SECONDS, error);
  if (job == NULL)
    return FALSE;
  output = ferry_job_output (job);
  ferry_job_set (job, program, "-o", output, NULL);
  g_ptr_array_add (jobs, job);
  return TRUE;
}

/**
 * ferry_menu_maker_list_jobs:
 *
 * Returns: (transfer full) (nullable): of #FerryJob
 */
GPtrArray *
ferry_menu_maker_list_jobs (const FerryStep *step, GError **error)
{
  g_autoptr (GPtrArray) jobs = g_ptr_array_new_with_free_func ((GDestroyNotify) ferry_job_free);
  const char *tool = step->change->tool;

  if (g_str_equal (tool, "grub-mkconfig"))
    return add_grub_job (step, jobs, error) ? g_steal_pointer (&jobs) : NULL;
  if (g_str_equal (tool, "limine-update"))
    return g_steal_pointer (&jobs);
  if (!g_str_equal (tool, "kernel-install"))
    fail (error, FERRY_ERROR_UNSUPPORTED, _("The program that makes the boot menu was not found"));
  else if (step->machine->initramfs->kind == FERRY_INITRAMFS_TOOLS)
    /* It copies the image that is in place, which is still the old one at that moment. */
    fail (error, FERRY_ERROR_UNSUPPORTED,
          _("On this system the boot menu and the start files are made by programs that Ferry cannot "
            "combine safely, so it changes nothing."));
  else
    return g_steal_pointer (&jobs);
  return NULL;
}

/**
 * ferry_menu_maker_check:
 *
 * Has GRUB's own checker read the menus that were made. Where it is missing that is said in the
 * log, as it was said in the plan: ferry_menu_maker_prove() reads each menu in any case.
 */
gboolean
ferry_menu_maker_check (const FerryStep *step, GPtrArray *jobs, GError **error)
{
  static const char *const checkers[] = { "grub-script-check", "grub2-script-check" };
  const char *checker = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (checkers) && checker == NULL; i++)
    {
      g_autofree char *program = ferry_root_find_program (step->root, checkers[i]);

      if (program != NULL)
        checker = checkers[i];
    }
  if (checker == NULL)
    ferry_step_tell (
        step, _ ("GRUB's own check of a boot menu is not installed; only Ferry's check is made."));
  for (guint i = 0; i < jobs->len && checker != NULL; i++)
    {
      g_autofree char *output = ferry_job_output (g_ptr_array_index (jobs, i));
      const char *const arguments[] = { checker, output, NULL };

      if (!ferry_step_run_program (step, SECONDS, arguments, error))
        return FALSE;
    }
  return TRUE;
}

/* The path in the menu is GRUB's view of the disk; only the name is the same in boot. */
static gboolean
check_kernels (const FerryStep *step, GPtrArray *entries, GError **error)
{
  for (guint i = 0; i < entries->len; i++)
    {
      const FerryMenuEntry *entry = g_ptr_array_index (entries, i);
      g_autofree char *name = g_path_get_basename (entry->kernel);
      g_autofree char *path = g_build_filename ("boot", name, NULL);

      if (entry->own && !ferry_root_exists (step->root, path))
        {
          g_set_error (error, FERRY_ERROR, FERRY_ERROR_FAILED,
                       _("The entry “%s” of the new boot menu names a kernel that is not there"), entry->title);
          return FALSE;
        }
    }
  return TRUE;
}

gboolean
ferry_menu_maker_prove (const FerryStep *step, const FerryProduct *product, gboolean wanted, GError **error)
{
  static const char *const none[] = { NULL };
  g_autoptr (GBytes) bytes
      = ferry_root_read_bytes (step->root, product->made, FERRY_MENU_MAX_SIZE, error);
  g_autoptr (GPtrArray) entries = NULL;
  g_autofree char *text = NULL;
  const char *data;
  gsize size;

  if (bytes == NULL)
    return FALSE;
  data = g_bytes_get_data (bytes, &size);
  if (size == 0 || memchr (data, '\0', size) != NULL)
    return fail (error, FERRY_ERROR_FAILED, _("The new boot menu is not complete"));
  text = g_strndup (data, size);
  entries = ferry_menu_parse (text, error);
  return entries != NULL && check_kernels (step, entries, error)
         && ferry_menu_check_words (entries, wanted ? (const char *const *) step->change->items : none, error);
}

/* A kernel without an entry is not kernel-install's; it would only add one. */
static gboolean
has_entry (GPtrArray *entries, char *version)
{
  char *one[] = { version, NULL };

  for (guint i = 0; i < entries->len; i++)
    if (ferry_menu_entries_is_of_version (g_ptr_array_index (entries, i), one))
      return TRUE;
  return FALSE;
}

static gboolean
run_kernel_install (const FerryStep *step, char **versions, GError **error)
{
  g_autoptr (GPtrArray) entries = ferry_menu_entries_list (step->root);

  for (guint i = 0; versions != NULL && versions[i] != NULL; i++)
    {
      g_autofree char *inside = g_build_filename ("usr/lib/modules", versions[i], "vmlinuz", NULL);
      g_autofree char *outside = g_strconcat ("boot/vmlinuz-", versions[i], NULL);
      const char *found = ferry_root_exists (step->root, inside) ? inside : outside;
      g_autofree char *kernel = g_strconcat ("/", found, NULL);
      const char *const arguments[] = { "kernel-install", "add", versions[i], kernel, NULL };

      if (has_entry (entries, versions[i]) && ferry_root_exists (step->root, found)
          && !ferry_step_run_program (step, IMAGE_SECONDS, arguments, error))
        return FALSE;
    }
  return ferry_menu_entries_check_installed (step->root, versions, error);
}

gboolean
ferry_menu_maker_run (const FerryStep *step, GError **error)
{
  static const char *const limine[] = { "limine-update", NULL };
  g_autoptr (FerryKernel) kernel = NULL;

  if (!check_items (step, error))
    return FALSE;
  if (g_str_equal (step->change->tool, "limine-update"))
    return ferry_step_run_program (step, IMAGE_SECONDS, limine, error)
           && ferry_menu_entries_check_limine (step->root, step->change->items, error);
  if (!g_str_equal (step->change->tool, "kernel-install"))
    return TRUE;
  kernel = ferry_kernel_read (step->root);
  return run_kernel_install (step, kernel->installed, error);
}

static gboolean
run_grubby (const FerryStep *step, const char *option, GError **error)
{
  g_autofree char *words = g_strjoinv (" ", step->change->items);
  g_autofree char *value = g_strconcat (option, words, NULL);
  const char *const arguments[] = { "grubby", "--update-kernel=ALL", value, NULL };

  return check_items (step, error) && ferry_step_run_program (step, SECONDS, arguments, error);
}

gboolean
ferry_menu_maker_add_args (const FerryStep *step, GError **error)
{
  return run_grubby (step, "--args=", error)
         && ferry_menu_entries_check_words (step->root, step->change->items, TRUE, error);
}

gboolean
ferry_menu_maker_drop_args (const FerryStep *step, GError **error)
{
  return run_grubby (step, "--remove-args=", error)
         && ferry_menu_entries_check_words (step->root, step->change->items, FALSE, error);
}
