/* step.c: see step.h. */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "act/generator.h"
#include "act/installer.h"
#include "act/menu-maker.h"
#include "act/services.h"
#include "act/step.h"
#include "act/target.h"
#include "act/tools.h"
#include "facts/error.h"

void
ferry_step_tell (const FerryStep *step, const char *line)
{
  if (step->line != NULL)
    step->line (line, step->line_data);
}

gboolean
ferry_step_run_program (const FerryStep *step, guint seconds, const char *const *arguments, GError **error)
{
  g_autofree char *path = ferry_root_find_program (step->root, arguments[0]);
  g_autofree const char **all = NULL;
  FerryProgram program = { .root = step->root,
                           .seconds = seconds,
                           .line = step->line,
                           .line_data = step->line_data,
                           .cancellable = step->cancellable };
  guint n = g_strv_length ((char **) arguments);

  if (path == NULL)
    {
      g_set_error (error, FERRY_ERROR, FERRY_ERROR_NOT_FOUND, _("The program “%s” is not installed"),
                   arguments[0]);
      return FALSE;
    }
  all = g_memdup2 (arguments, (n + 1) * sizeof *arguments);
  all[0] = path;
  program.arguments = all;
  return ferry_program_run (&program, error);
}

/**
 * ferry_step_list_products:
 *
 * Returns: (transfer full) (nullable): of #FerryProduct
 */
GPtrArray *
ferry_step_list_products (const FerryStep *step, GError **error)
{
  g_autoptr (GPtrArray) jobs = NULL;
  GPtrArray *products;

  if (step->change->kind == FERRY_CHANGE_INITRAMFS)
    jobs = ferry_generator_list_jobs (step, error);
  else
    jobs = ferry_menu_maker_list_jobs (step, error);
  if (jobs == NULL)
    return NULL;
  products = g_ptr_array_new_with_free_func ((GDestroyNotify) ferry_product_free);
  for (guint i = 0; i < jobs->len; i++)
    {
      const FerryJob *job = g_ptr_array_index (jobs, i);
      FerryProduct *product = g_new0 (FerryProduct, 1);

      product->path = g_strdup (job->path);
      product->made = g_strdup (job->made);
      g_ptr_array_add (products, product);
    }
  return products;
}

/* What was made is on the disk before anything is renamed. */
static gboolean
run_job (const FerryStep *step, FerryTarget *target, const FerryJob *job, GError **error)
{
  g_autofree char *half = g_strconcat (job->made, FERRY_TOOLS_HALF, NULL);
  gboolean good;

  if (!ferry_target_remove (target, job->made, error))
    return FALSE;
  good = ferry_step_run_program (step, job->seconds, (const char *const *) job->arguments, error);
  ferry_target_remove (target, half, NULL);
  return good && ferry_target_sync (target, job->made, error);
}

static gboolean
run_jobs (const FerryStep *step, GPtrArray *jobs, GError **error)
{
  g_autoptr (FerryTarget) target = jobs != NULL ? ferry_target_new (step->root, error) : NULL;

  if (target == NULL)
    return FALSE;
  for (guint i = 0; i < jobs->len; i++)
    if (!run_job (step, target, g_ptr_array_index (jobs, i), error))
      return FALSE;
  return TRUE;
}

static gboolean
run_on_machine (const FerryStep *step, GError **error)
{
  g_autoptr (GPtrArray) jobs = NULL;

  if (step->change->kind == FERRY_CHANGE_INITRAMFS)
    {
      jobs = ferry_generator_list_jobs (step, error);
      return run_jobs (step, jobs, error);
    }
  if (step->change->kind == FERRY_CHANGE_BLS_ARGS)
    return ferry_menu_maker_add_args (step, error);
  jobs = ferry_menu_maker_list_jobs (step, error);
  if (jobs != NULL && jobs->len == 0)
    return ferry_menu_maker_run (step, error);
  return run_jobs (step, jobs, error) && ferry_menu_maker_check (step, jobs, error);
}

/**
 * ferry_step_run:
 *
 * Carries the step out. Where the machine is not given it is looked at first.
 */
gboolean
ferry_step_run (const FerryStep *step, GError **error)
{
  g_autoptr (FerryMachine) machine = NULL;
  FerryStep with_machine = *step;

  switch (step->change->kind)
    {
    case FERRY_CHANGE_PACKAGES:
      return ferry_installer_run (step, error);
    case FERRY_CHANGE_SERVICE:
    case FERRY_CHANGE_NETWORK:
    case FERRY_CHANGE_GROUP:
      return ferry_services_run (step, error);
    case FERRY_CHANGE_INITRAMFS:
    case FERRY_CHANGE_MENU:
    case FERRY_CHANGE_BLS_ARGS:
      break;
    case FERRY_CHANGE_FILE:
    case FERRY_CHANGE_LINK:
    default:
      g_return_val_if_reached (FALSE);
    }
  if (step->machine == NULL)
    {
      machine = ferry_machine_scan (step->root, NULL, NULL, error);
      with_machine.machine = machine;
    }
  return with_machine.machine != NULL && run_on_machine (&with_machine, error);
}

gboolean
ferry_step_prove (const FerryStep *step, const FerryProduct *product, gboolean wanted, GError **error)
{
  if (step->change->kind == FERRY_CHANGE_INITRAMFS)
    return ferry_generator_prove (step, product, wanted, error);
  return ferry_menu_maker_prove (step, product, wanted, error);
}

/**
 * ferry_step_take_back:
 *
 * Takes back a step that has no products.
 */
gboolean
ferry_step_take_back (const FerryStep *step, GError **error)
{
  switch (step->change->kind)
    {
    case FERRY_CHANGE_SERVICE:
    case FERRY_CHANGE_NETWORK:
    case FERRY_CHANGE_GROUP:
      return ferry_services_take_back (step, error);
    case FERRY_CHANGE_BLS_ARGS:
      return ferry_menu_maker_drop_args (step, error);
    case FERRY_CHANGE_MENU:
      return ferry_menu_maker_run (step, error);
    case FERRY_CHANGE_INITRAMFS: /* always has products, which were put back */
    case FERRY_CHANGE_PACKAGES:
    case FERRY_CHANGE_FILE:
    case FERRY_CHANGE_LINK:
    default:
      return TRUE;
    }
}
