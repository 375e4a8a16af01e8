/* generator.c: see generator.h. */
#include "config.h"

#include <string.h>
#include <glib/gi18n-lib.h>

#include "act/generator.h"
#include "plan/preset.h"
#include "act/tools.h"
#include "facts/error.h"

#define SECONDS (20 * 60)
#define MODULES_FOLDER "usr/lib/modules"
#define PRESETS_FOLDER "etc/mkinitcpio.d"

static gboolean
unsupported (GError **error, const char *message)
{
  g_set_error_literal (error, FERRY_ERROR, FERRY_ERROR_UNSUPPORTED, message);
  return FALSE;
}

static FerryJob *
new_job (const FerryStep *step, GPtrArray *jobs, const char *path, GError **error)
{
  FerryJob *job = ferry_job_new (path, step->machine->loader->esp, SECONDS, error);

  if (job != NULL)
    g_ptr_array_add (jobs, job);
  return job;
}

static gboolean
kernel_exists (const FerryStep *step, const char *kernel)
{
  g_autofree char *folder = g_build_filename (MODULES_FOLDER, kernel, NULL);

  return ferry_root_exists (step->root, *kernel == '/' ? kernel + 1 : folder);
}

static gboolean
add_preset_job (const FerryStep *step, GPtrArray *jobs, const FerryPreset *preset, GError **error)
{
  FerryJob *job;
  g_autofree char *output = NULL;

  /* Left behind by a kernel that was removed. */
  if (!kernel_exists (step, preset->kernel))
    return TRUE;
  job = new_job (step, jobs, preset->image, error);
  if (job == NULL)
    return FALSE;
  job->uki = preset->uki;
  output = ferry_job_output (job);
  if (preset->config != NULL)
    ferry_job_set (job, "mkinitcpio", "-k", preset->kernel, "-c", preset->config, preset->uki ? "-U" : "-g",
                   output, NULL);
  else
    ferry_job_set (job, "mkinitcpio", "-k", preset->kernel, preset->uki ? "-U" : "-g", output, NULL);
  ferry_job_add_all (job, preset->options);
  return TRUE;
}

static gboolean
list_mkinitcpio (const FerryStep *step, GPtrArray *jobs, GError **error)
{
  const FerryConfiguration *configuration = step->machine->configuration;
  g_autoptr (GPtrArray) paths = ferry_configuration_list (configuration, PRESETS_FOLDER, ".preset");

  for (guint i = 0; i < paths->len; i++)
    {
      const FerryFile *file = ferry_configuration_get (configuration, g_ptr_array_index (paths, i));
      g_autoptr (GPtrArray) presets = ferry_preset_parse (file->text != NULL ? file->text : "", error);

      if (presets == NULL)
        return FALSE;
      for (guint j = 0; j < presets->len; j++)
        if (!add_preset_job (step, jobs, g_ptr_array_index (presets, j), error))
          return FALSE;
    }
  return TRUE;
}

static char *
read_name (const FerryStep *step, const char *version, const char *file)
{
  g_autofree char *path = g_build_filename (MODULES_FOLDER, version, file, NULL);

  return ferry_root_read_line (step->root, path);
}

/* Adds PREFIX NAME SUFFIX to @paths when there is such an image. */
static void
add_existing (const FerryStep *step, GPtrArray *paths, const char *prefix, const char *name, const char *suffix)
{
  g_autofree char *path = name != NULL ? g_strconcat (prefix, name, suffix, NULL) : NULL;

  if (path != NULL && ferry_root_get_size (step->root, path) > 0)
    g_ptr_array_add (paths, g_steal_pointer (&path));
}

/* kernel-install(8): BOOT/MACHINE-ID/VERSION/initrd. */
static void
add_installed (const FerryStep *step, GPtrArray *paths, const char *version)
{
  const char *const folders[] = { "boot", "efi", "boot/efi" };
  g_autofree char *id = ferry_root_read_line (step->root, "etc/machine-id");

  for (gsize i = 0; id != NULL && strlen (id) == 32 && i < G_N_ELEMENTS (folders); i++)
    {
      g_autofree char *prefix = g_strconcat (folders[i], "/", id, "/", NULL);
      add_existing (step, paths, prefix, version, "/initrd");
    }
}

/* The names that distributions give to dracut's images; a fallback image is left as the way back. */
static gboolean
add_dracut_jobs (const FerryStep *step, GPtrArray *jobs, const char *version, GError **error)
{
  g_autoptr (GPtrArray) paths = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *package = read_name (step, version, "pkgbase");
  g_autofree char *base = read_name (step, version, "kernelbase");

  add_existing (step, paths, "boot/initramfs-", version, ".img");
  add_existing (step, paths, "boot/initrd.img-", version, "");
  add_existing (step, paths, "boot/initrd-", version, "");
  add_existing (step, paths, "boot/initramfs-", package, ".img");
  add_existing (step, paths, "boot/initramfs-", base, ".img");
  add_installed (step, paths, version);
  for (guint i = 0; i < paths->len; i++)
    {
      FerryJob *job = new_job (step, jobs, g_ptr_array_index (paths, i), error);
      g_autofree char *output = NULL;

      if (job == NULL)
        return FALSE;
      output = ferry_job_output (job);
      ferry_job_set (job, "dracut", "--force", output, version, NULL);
    }
  return TRUE;
}

static gboolean
list_dracut (const FerryStep *step, GPtrArray *jobs, GError **error)
{
  char **installed = step->machine->kernel->installed;

  if (step->machine->loader->kind == FERRY_LOADER_UKI)
    return unsupported (error, _("This system starts from one file that dracut makes. Ferry cannot make it "
                                 "under another name first, so it changes nothing."));
  for (guint i = 0; installed != NULL && installed[i] != NULL; i++)
    if (!add_dracut_jobs (step, jobs, installed[i], error))
      return FALSE;
  return TRUE;
}

static gboolean
list_initramfs_tools (const FerryStep *step, GPtrArray *jobs, GError **error)
{
  char **installed = step->machine->kernel->installed;

  for (guint i = 0; installed != NULL && installed[i] != NULL; i++)
    {
      g_autoptr (GPtrArray) paths = g_ptr_array_new_with_free_func (g_free);
      g_autofree char *output = NULL;
      FerryJob *job;

      add_existing (step, paths, "boot/initrd.img-", installed[i], "");
      if (paths->len == 0)
        continue;
      job = new_job (step, jobs, g_ptr_array_index (paths, 0), error);
      if (job == NULL)
        return FALSE;
      output = ferry_job_output (job);
      ferry_job_set (job, "mkinitramfs", "-o", output, installed[i], NULL);
    }
  return TRUE;
}

/**
 * ferry_generator_list_jobs:
 *
 * Returns: (transfer full) (nullable): of #FerryJob
 */
GPtrArray *
ferry_generator_list_jobs (const FerryStep *step, GError **error)
{
  g_autoptr (GPtrArray) jobs = g_ptr_array_new_with_free_func ((GDestroyNotify) ferry_job_free);
  gboolean good;

  switch (step->machine->initramfs->kind)
    {
    case FERRY_INITRAMFS_MKINITCPIO:
      good = list_mkinitcpio (step, jobs, error);
      break;
    case FERRY_INITRAMFS_DRACUT:
      good = list_dracut (step, jobs, error);
      break;
    case FERRY_INITRAMFS_TOOLS:
      good = list_initramfs_tools (step, jobs, error);
      break;
    case FERRY_INITRAMFS_BOOSTER:
    case FERRY_INITRAMFS_UNKNOWN:
    default:
      good = unsupported (error, _("Ferry does not know the program that prepares the start of this system"));
      break;
    }
  if (good && jobs->len == 0)
    good = unsupported (error, _("The start files of this system were not found where they are expected"));
  return good ? g_steal_pointer (&jobs) : NULL;
}
