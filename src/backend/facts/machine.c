/* machine.c: see machine.h. */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "facts/error.h"
#include "facts/machine.h"
#include "facts/modules.h"
#include "facts/needs.h"

G_DEFINE_FINAL_TYPE (FerryMachine, ferry_machine, G_TYPE_OBJECT)

static void
ferry_machine_finalize (GObject *object)
{
  FerryMachine *self = FERRY_MACHINE (object);

  g_clear_pointer (&self->usb, g_ptr_array_unref);
  g_clear_pointer (&self->cards, g_ptr_array_unref);
  g_clear_pointer (&self->devices, g_ptr_array_unref);
  g_clear_pointer (&self->configuration, ferry_configuration_free);
  g_clear_pointer (&self->vfio, ferry_vfio_free);
  g_clear_pointer (&self->system, ferry_system_free);
  g_clear_pointer (&self->initramfs, ferry_initramfs_free);
  g_clear_pointer (&self->loader, ferry_loader_free);
  g_clear_pointer (&self->iommu, ferry_iommu_free);
  g_clear_pointer (&self->kernel, ferry_kernel_free);
  g_clear_pointer (&self->firmware, ferry_firmware_free);
  g_clear_pointer (&self->cores, ferry_cores_free);
  g_clear_pointer (&self->processor, ferry_processor_free);
  g_clear_pointer (&self->root, ferry_root_unref);
  G_OBJECT_CLASS (ferry_machine_parent_class)->finalize (object);
}

static void
ferry_machine_class_init (FerryMachineClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = ferry_machine_finalize;
}

static void
ferry_machine_init (FerryMachine *self)
{
}

typedef struct
{
  FerryMachineProgress call;
  gpointer user_data;
} Progress;

static void
report (const Progress *progress, const char *part)
{
  if (progress->call != NULL)
    progress->call (part, progress->user_data);
}

/**
 * ferry_machine_is_below:
 *
 * Returns: whether @root holds at least a part of a computer's files, and is no mistyped folder
 */
gboolean
ferry_machine_is_below (FerryRoot *root)
{
  static const char *const folders[] = { "sys", "proc", "etc", "usr" };

  for (gsize i = 0; i < G_N_ELEMENTS (folders); i++)
    if (ferry_root_exists (root, folders[i]))
      return TRUE;
  return FALSE;
}

static void
scan_devices (FerryMachine *self, const Progress *progress)
{
  g_autoptr (GError) error = NULL;

  report (progress, "devices");
  self->devices = ferry_devices_read (self->root, &error);
  if (self->devices == NULL)
    {
      g_debug ("No PCI devices: %s", error != NULL ? error->message : "no reason given");
      self->devices = g_ptr_array_new_with_free_func (g_object_unref);
    }
  report (progress, "needs");
  ferry_needs_find (self->root, self->devices);
  report (progress, "cards");
  self->cards = ferry_cards_find (self->devices);
  self->usb = ferry_usb_list (self->root);
}

/* Of graphics cards only: nothing else is given away by binding it early. */
static void
scan_modules (FerryMachine *self)
{
  g_autoptr (GPtrArray) functions = g_ptr_array_new ();

  for (guint i = 0; i < self->cards->len; i++)
    {
      const FerryCard *card = g_ptr_array_index (self->cards, i);

      for (guint j = 0; j < card->functions->len; j++)
        g_ptr_array_add (functions, g_ptr_array_index (card->functions, j));
    }
  if (functions->len > 0)
    self->modules_known = ferry_modules_find (self->root, self->kernel, functions);
}

/**
 * ferry_machine_scan:
 * @root: where to read
 * @progress: (nullable) (scope call): told which part is read next
 *
 * Reads everything below @root. What is missing, broken or hidden becomes an UNKNOWN fact. May be
 * called from any thread; the snapshot never changes afterwards.
 *
 * Returns: (transfer full) (nullable): the snapshot; %NULL with %FERRY_ERROR_NOT_FOUND only when
 *   @root does not hold a computer's files at all
 */
FerryMachine *
ferry_machine_scan (FerryRoot *root, FerryMachineProgress progress, gpointer user_data,
                    GError **error)
{
  g_autoptr (FerryMachine) self = NULL;
  const Progress told = { progress, user_data };

  if (!ferry_machine_is_below (root))
    {
      g_set_error (error, FERRY_ERROR, FERRY_ERROR_NOT_FOUND,
                   _ ("The folder “%s” does not hold the files of a computer"),
                   ferry_root_get_folder (root));
      return NULL;
    }

  self = g_object_new (FERRY_TYPE_MACHINE, NULL);
  self->root = ferry_root_ref (root);
  report (&told, "processor");
  self->processor = ferry_processor_read (root);
  self->cores = ferry_cores_read (root);
  report (&told, "firmware");
  self->firmware = ferry_firmware_read (root);
  report (&told, "kernel");
  self->kernel = ferry_kernel_read (root);
  report (&told, "iommu");
  self->iommu = ferry_iommu_read (root, self->kernel->log);
  self->vfio = ferry_vfio_read (root);
  scan_devices (self, &told);
  scan_modules (self);
  report (&told, "loader");
  self->loader = ferry_loader_read (root, self->kernel->cmdline, self->firmware);
  report (&told, "initramfs");
  self->initramfs = ferry_initramfs_read (root);
  report (&told, "system");
  self->system = ferry_system_read (root);
  report (&told, "configuration");
  self->configuration = ferry_configuration_read (root, self->loader, self->kernel);
  return g_steal_pointer (&self);
}

/**
 * ferry_machine_list_group:
 * @group: number of an IOMMU group
 *
 * Returns: (transfer container) (element-type FerryDevice): its devices in address order; empty
 *   when there is no such group
 */
GPtrArray *
ferry_machine_list_group (FerryMachine *machine, int group)
{
  GPtrArray *found = g_ptr_array_new ();

  for (guint i = 0; i < machine->devices->len; i++)
    {
      FerryDevice *device = g_ptr_array_index (machine->devices, i);

      if (group != FERRY_DEVICE_NO_GROUP && device->group == group)
        g_ptr_array_add (found, device);
    }
  return found;
}

static int
compare_groups (gconstpointer a, gconstpointer b)
{
  int first = *(const int *) a, second = *(const int *) b;

  return first < second ? -1 : first > second;
}

/**
 * ferry_machine_list_groups:
 *
 * Returns: (transfer full) (element-type int): the numbers of all IOMMU groups that have a PCI
 *   function, ascending, each once
 */
GArray *
ferry_machine_list_groups (FerryMachine *machine)
{
  GArray *groups = g_array_new (FALSE, FALSE, sizeof (int));
  guint kept = 0;

  for (guint i = 0; i < machine->devices->len; i++)
    {
      FerryDevice *device = g_ptr_array_index (machine->devices, i);

      if (device->group != FERRY_DEVICE_NO_GROUP)
        g_array_append_val (groups, device->group);
    }
  g_array_sort (groups, compare_groups);
  for (guint i = 0; i < groups->len; i++)
    if (i == 0 || g_array_index (groups, int, i) != g_array_index (groups, int, kept - 1))
      g_array_index (groups, int, kept++) = g_array_index (groups, int, i);
  g_array_set_size (groups, kept);
  return groups;
}
