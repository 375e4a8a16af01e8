/* sample.c: see sample.h. */
#include "config.h"

#include "sample.h"

#define GIB (G_GUINT64_CONSTANT (1) << 30)

static FerryProcessor *
make_processor (FerryVendor vendor)
{
  FerryProcessor *processor = g_new0 (FerryProcessor, 1);

  processor->vendor = vendor;
  processor->architecture = g_strdup ("x86_64");
  processor->model_name = g_strdup ("Sample processor");
  processor->threads = 8;
  processor->virtualization = FERRY_ANSWER_YES;
  processor->hypervisor = FERRY_ANSWER_NO;
  processor->kvm_device = FERRY_ANSWER_YES;
  return processor;
}

static FerryIommu *
make_iommu (void)
{
  FerryIommu *iommu = g_new0 (FerryIommu, 1);

  iommu->offered = FERRY_ANSWER_YES;
  iommu->enabled = FERRY_ANSWER_YES;
  iommu->grouped = FERRY_ANSWER_YES;
  iommu->interrupt_remapping = FERRY_ANSWER_YES;
  iommu->groups = 14;
  iommu->units = g_strsplit ("dmar0", " ", -1);
  return iommu;
}

static FerryKernel *
make_kernel (void)
{
  FerryKernel *kernel = g_new0 (FerryKernel, 1);

  kernel->release = g_strdup ("6.12.48-1-MANJARO");
  kernel->major = 6;
  kernel->minor = 12;
  kernel->cmdline = ferry_cmdline_parse ("quiet splash", NULL);
  kernel->cmdline_known = FERRY_ANSWER_YES;
  kernel->modules_kept = FERRY_ANSWER_YES;
  kernel->installed = g_strsplit ("6.12.48-1-MANJARO", " ", -1);
  return kernel;
}

static FerryFirmware *
make_firmware (void)
{
  FerryFirmware *firmware = g_new0 (FerryFirmware, 1);

  firmware->uefi = FERRY_ANSWER_YES;
  firmware->bits = 64;
  firmware->secure_boot = FERRY_ANSWER_NO;
  firmware->restart_into_setup = FERRY_ANSWER_YES;
  firmware->lockdown = FERRY_LOCKDOWN_NONE;
  firmware->board_vendor = g_strdup ("ASUSTeK COMPUTER INC.");
  firmware->board_name = g_strdup ("MAXIMUS VII RANGER");
  firmware->board_version = g_strdup ("Rev 1.xx");
  firmware->system_vendor = g_strdup ("ASUS");
  firmware->product_name = g_strdup ("All Series");
  firmware->product_version = g_strdup ("");
  firmware->bios_vendor = g_strdup ("American Megatrends Inc.");
  firmware->bios_version = g_strdup ("3003");
  firmware->bios_date = g_strdup ("10/28/2015");
  firmware->laptop = FERRY_ANSWER_NO;
  return firmware;
}

static FerrySystem *
make_system (void)
{
  FerrySystem *system = g_new0 (FerrySystem, 1);

  system->id = g_strdup ("manjaro");
  system->name = g_strdup ("Manjaro Linux");
  system->family = FERRY_FAMILY_ARCH;
  system->manjaro = TRUE;
  system->immutable = system->live = system->flatpak = FERRY_ANSWER_NO;
  system->memory = 16 * GIB;
  system->qemu = system->libvirt = system->ovmf = FERRY_ANSWER_YES;
  system->virt_manager = system->swtpm = system->dnsmasq = FERRY_ANSWER_YES;
  system->libvirt_enabled = system->in_libvirt_group = FERRY_ANSWER_YES;
  return system;
}

FerryMachine *
ferry_sample_new (FerryVendor vendor)
{
  FerryMachine *machine = g_object_new (FERRY_TYPE_MACHINE, NULL);

  machine->processor = make_processor (vendor);
  machine->iommu = make_iommu ();
  machine->kernel = make_kernel ();
  machine->firmware = make_firmware ();
  machine->loader = g_new0 (FerryLoader, 1);
  machine->loader->kind = FERRY_LOADER_GRUB;
  machine->loader->evidence = g_strdup ("BOOT_IMAGE=");
  machine->initramfs = g_new0 (FerryInitramfs, 1);
  machine->initramfs->kind = FERRY_INITRAMFS_MKINITCPIO;
  machine->initramfs->evidence = g_strdup ("usr/bin/mkinitcpio");
  machine->initramfs->presets = g_new0 (char *, 1);
  machine->system = make_system ();
  machine->devices = g_ptr_array_new_with_free_func (g_object_unref);
  machine->cards = g_ptr_array_new_with_free_func ((GDestroyNotify)ferry_card_free);
  return machine;
}

static int
compare_devices (gconstpointer a, gconstpointer b)
{
  const FerryDevice *first = *(FerryDevice *const *)a, *second = *(FerryDevice *const *)b;

  return ferry_address_compare (&first->address, &second->address);
}

static gboolean
is_bridge_class (guint class)
{
  return class == 0x0600 || class == 0x0604 || class == 0x0607 || class == 0x0609;
}

FerryDevice *
ferry_sample_add (FerryMachine *machine, const char *id, guint32 class_code, guint16 vendor,
                  guint16 device_id, int group)
{
  FerryDevice *device = g_object_new (FERRY_TYPE_DEVICE, NULL);

  g_assert_true (ferry_address_parse (id, &device->address));
  device->id = g_strdup (id);
  device->class_code = class_code;
  device->vendor = vendor;
  device->device = device_id;
  device->vendor_name = g_strdup ("Maker");
  device->device_name = g_strdup ("Model");
  device->class_name = g_strdup ("Class");
  device->subsystem_name = g_strdup ("");
  device->group = group;
  device->responding = TRUE;
  device->bridge = is_bridge_class (class_code >> 8);
  g_ptr_array_add (machine->devices, device);
  g_ptr_array_sort (machine->devices, compare_devices);
  return device;
}

static void
add_function (FerryCard *card, FerryDevice *device)
{
  g_assert_nonnull (device);
  g_ptr_array_add (card->functions, device);
  for (guint i = 0; i < card->groups->len; i++)
    if (g_array_index (card->groups, int, i) == device->group)
      return;
  if (device->group != FERRY_DEVICE_NO_GROUP)
    g_array_append_val (card->groups, device->group);
}

FerryCard *
ferry_sample_add_card (FerryMachine *machine, const char *name, const char *first, ...)
{
  FerryCard *card = g_new0 (FerryCard, 1);
  va_list ids;

  card->name = g_strdup (name);
  card->functions = g_ptr_array_new ();
  card->groups = g_array_new (FALSE, FALSE, sizeof (int));
  card->primary = ferry_sample_get (machine, first);
  card->can_show = TRUE;
  va_start (ids, first);
  for (const char *id = first; id != NULL; id = va_arg (ids, const char *))
    add_function (card, ferry_sample_get (machine, id));
  va_end (ids);
  g_ptr_array_add (machine->cards, card);
  return card;
}

void
ferry_sample_set_cmdline (FerryMachine *machine, const char *text)
{
  g_autoptr (GError) error = NULL;

  ferry_cmdline_free (machine->kernel->cmdline);
  machine->kernel->cmdline = ferry_cmdline_parse (text, &error);
  g_assert_no_error (error);
}

void
ferry_sample_set_text (char **field, const char *text)
{
  g_free (*field);
  *field = g_strdup (text);
}

void
ferry_sample_connect_screen (FerryDevice *device, FerryAnswer connected)
{
  FerryConnector *connector = g_new0 (FerryConnector, 1);

  connector->name = g_strdup ("HDMI-A-1");
  connector->connected = connected;
  g_ptr_array_add (device->connectors, connector);
}

void
ferry_sample_remove_groups (FerryMachine *machine)
{
  for (guint i = 0; i < machine->devices->len; i++)
    ((FerryDevice *)g_ptr_array_index (machine->devices, i))->group = FERRY_DEVICE_NO_GROUP;
  for (guint i = 0; i < machine->cards->len; i++)
    g_array_set_size (((FerryCard *)g_ptr_array_index (machine->cards, i))->groups, 0);
  machine->iommu->enabled = machine->iommu->grouped = FERRY_ANSWER_NO;
  machine->iommu->interrupt_remapping = FERRY_ANSWER_UNKNOWN;
  machine->iommu->groups = 0;
}

FerryDevice *
ferry_sample_get (FerryMachine *machine, const char *id)
{
  for (guint i = 0; i < machine->devices->len; i++)
    {
      FerryDevice *device = g_ptr_array_index (machine->devices, i);

      if (g_str_equal (device->id, id))
        return device;
    }
  return NULL;
}

FerryMachine *
ferry_sample_desktop (void)
{
  FerryMachine *machine = ferry_sample_new (FERRY_VENDOR_INTEL);

  ferry_sample_add (machine, "0000:00:00.0", 0x060000, 0x8086, 0x0c00, 0);
  ferry_sample_add (machine, "0000:00:01.0", 0x060400, 0x8086, 0x0c01, 1);
  ferry_sample_add (machine, "0000:00:02.0", 0x030000, 0x8086, 0x0412, 2);
  ferry_sample_add (machine, "0000:00:1f.0", 0x060100, 0x8086, 0x8cc4, 13);
  ferry_sample_add (machine, "0000:00:1f.2", 0x010601, 0x8086, 0x8c82, 13);
  ferry_sample_add (machine, "0000:01:00.0", 0x030000, 0x10de, 0x13c2, 1);
  ferry_sample_add (machine, "0000:01:00.1", 0x040300, 0x10de, 0x0fbb, 1);
  ferry_sample_add (machine, "0000:04:00.0", 0x020000, 0x8086, 0x1539, 15);
  ferry_sample_add_card (machine, "Graphics of the processor", "0000:00:02.0", NULL)->integrated
      = TRUE;
  ferry_sample_add_card (machine, "GeForce GTX 970 (NVIDIA)", "0000:01:00.0", "0000:01:00.1", NULL);
  return machine;
}

FerryCard *
ferry_sample_get_card (FerryMachine *machine)
{
  for (guint i = 0; i < machine->cards->len; i++)
    {
      FerryCard *card = g_ptr_array_index (machine->cards, i);

      if (!card->integrated)
        return card;
    }
  return NULL;
}
