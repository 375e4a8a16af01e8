/* tools-system.c: the real programs behind FerryTools, see tools.h.
 *
 * Only hands on: what a step does is in step.c and the files that it calls.
 */
#include "config.h"

#include "act/step.h"
#include "act/tools.h"

typedef struct
{
  FerryTools tools;
  FerryRoot *root;
} SystemTools;

static FerryStep
make_step (FerryTools *tools, FerryMachine *machine, const FerryChange *change, GCancellable *cancellable)
{
  return (FerryStep){ .root = ((SystemTools *) tools)->root,
                      .machine = machine,
                      .change = change,
                      .user_name = tools->user_name,
                      .entry_id = tools->entry_id,
                      .line = tools->log,
                      .line_data = tools->log_data,
                      .cancellable = cancellable };
}

static GPtrArray *
list_products (FerryTools *tools, FerryMachine *machine, const FerryChange *change, GError **error)
{
  FerryStep step = make_step (tools, machine, change, NULL);

  return ferry_step_list_products (&step, error);
}

static gboolean
run (FerryTools *tools, FerryMachine *machine, const FerryChange *change, GCancellable *cancellable,
     GError **error)
{
  FerryStep step = make_step (tools, machine, change, cancellable);

  return ferry_step_run (&step, error);
}

static gboolean
prove (FerryTools *tools, FerryMachine *machine, const FerryChange *change, const FerryProduct *product,
       gboolean wanted, GError **error)
{
  FerryStep step = make_step (tools, machine, change, NULL);

  return ferry_step_prove (&step, product, wanted, error);
}

static gboolean
take_back (FerryTools *tools, FerryMachine *machine, const FerryChange *change, GError **error)
{
  FerryStep step = make_step (tools, machine, change, NULL);

  return ferry_step_take_back (&step, error);
}

static void
system_tools_free (FerryTools *tools)
{
  ferry_root_unref (((SystemTools *) tools)->root);
  g_free (tools);
}

/**
 * ferry_tools_new_system:
 *
 * Returns: (transfer full): the programs of the system below @root
 */
FerryTools *
ferry_tools_new_system (FerryRoot *root)
{
  SystemTools *self = g_new0 (SystemTools, 1);

  self->tools = (FerryTools){ .list_products = list_products,
                              .run = run,
                              .prove = prove,
                              .take_back = take_back,
                              .free = system_tools_free };
  self->root = ferry_root_ref (root);
  return &self->tools;
}
