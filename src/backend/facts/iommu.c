/* iommu.c: see iommu.h. */
#include "config.h"

#include <string.h>

#include "facts/iommu.h"

/* One column for each logical processor: long lines on large servers. */
#define MAX_INTERRUPTS (16 * 1024 * 1024)

/* What the kernel says of the firmware's table. Lines about the AGP GART ("IOMMU" included),
 * "DMAR: IOMMU enabled" (the parameter was read) and "AMD-Vi: AMD IOMMUv2 functionality not
 * available" (printed on Intel, too) say nothing of the kind. */
static const char *const offered_lines[] = { "ACPI: DMAR ",
                                             "ACPI: IVRS ",
                                             "Reserving DMAR table",
                                             "Reserving IVRS table",
                                             "DMAR: DRHD base",
                                             "DMAR: Host address width",
                                             "AMD-Vi: Found IOMMU ",
                                             "AMD-Vi: Interrupt remapping enabled",
                                             "AMD-Vi: IOMMU performance counters supported",
                                             NULL };

static const char *const enabled_lines[]
    = { "DMAR: Intel(R) Virtualization Technology for Directed I/O", "Adding to iommu group ",
        "AMD-Vi: Interrupt remapping enabled", NULL };

static const char *const remapping_lines[]
    = { "Enabled IRQ remapping in x", "AMD-Vi: Interrupt remapping enabled", NULL };

static const char *const no_remapping_lines[]
    = { "Failed to enable irq remapping", "Failed to enable Interrupt remapping",
        "on a chipset that contains an erratum", "AMD-Vi: Disabling interrupt remapping", NULL };

static const char *const one_to_one_lines[]
    = { "Firmware has requested this device have a 1:1 IOMMU mapping",
        "ineligible for IOMMU domain attach due to platform RMRR requirement", NULL };

static gboolean
log_has (const char *log, const char *const *lines)
{
  for (gsize i = 0; log != NULL && lines[i] != NULL; i++)
    if (strstr (log, lines[i]) != NULL)
      return TRUE;
  return FALSE;
}

/* Whether the log reaches back to the start of an x86 kernel and so would show ACPI tables. */
static gboolean
log_is_whole (const char *log)
{
  return log != NULL && strstr (log, "Linux version ") != NULL
         && strstr (log, "BIOS-e820: ") != NULL && strstr (log, "ACPI: RSDP ") != NULL;
}

static gboolean
group_has_device (FerryRoot *root, const char *group)
{
  g_autofree char *path = g_build_filename ("sys/kernel/iommu_groups", group, "devices", NULL);
  g_auto (GStrv) devices = ferry_root_list (root, path);

  return devices != NULL && *devices != NULL;
}

/* Counts groups in their own folder; returns whether that folder is visible. */
static gboolean
count_groups (FerryIommu *self, FerryRoot *root)
{
  g_auto (GStrv) groups = ferry_root_list (root, "sys/kernel/iommu_groups");

  for (gsize i = 0; groups != NULL && groups[i] != NULL; i++)
    if (group_has_device (root, groups[i]))
      self->groups++;
  return groups != NULL;
}

/* Counts groups by the links of the devices, for sandboxes that hide the folder; returns whether
 * there was a device to ask. */
static gboolean
count_links (FerryIommu *self, FerryRoot *root)
{
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_auto (GStrv) devices = ferry_root_list (root, "sys/bus/pci/devices");

  for (gsize i = 0; devices != NULL && devices[i] != NULL; i++)
    {
      g_autofree char *path
          = g_build_filename ("sys/bus/pci/devices", devices[i], "iommu_group", NULL);
      g_autofree char *target = ferry_root_read_link (root, path);

      if (target != NULL)
        g_hash_table_add (seen, g_path_get_basename (target));
    }
  self->groups = g_hash_table_size (seen);
  return devices != NULL && *devices != NULL;
}

static void
read_grouped (FerryIommu *self, FerryRoot *root, const char *log)
{
  gboolean visible = count_groups (self, root);

  if (self->groups == 0)
    visible = count_links (self, root) || visible;
  if (self->groups > 0
      || (!visible && log_has (log, (const char *[]){ "Adding to iommu group ", NULL })))
    self->grouped = FERRY_ANSWER_YES;
  else if (visible)
    self->grouped = FERRY_ANSWER_NO;
}

static void
read_enabled (FerryIommu *self, FerryRoot *root, const char *log)
{
  g_auto (GStrv) units = ferry_root_list (root, "sys/class/iommu");

  if (units != NULL)
    {
      g_strfreev (self->units);
      self->units = g_steal_pointer (&units);
    }
  if (*self->units != NULL || self->grouped == FERRY_ANSWER_YES)
    self->enabled = FERRY_ANSWER_YES;
  else if (self->grouped == FERRY_ANSWER_NO)
    self->enabled = FERRY_ANSWER_NO;
  else if (log_has (log, enabled_lines))
    self->enabled = FERRY_ANSWER_YES;
}

/* Bits 21 to 16 of the capability register: the maximum guest address width less one (Intel VT-d
 * specification 4.1, 11.4.2; cap_mgaw in drivers/iommu/intel/iommu.h). */
static void
read_address_bits (FerryIommu *self, FerryRoot *root)
{
  for (gsize i = 0; self->units[i] != NULL; i++)
    {
      g_autofree char *path
          = g_build_filename ("sys/class/iommu", self->units[i], "intel-iommu/cap", NULL);
      g_autofree char *line = ferry_root_read_line (root, path);
      guint64 cap;
      guint bits;

      if (line == NULL || !g_ascii_string_to_unsigned (line, 16, 0, G_MAXUINT64, &cap, NULL))
        continue;
      bits = (guint) (cap >> 16 & 0x3f) + 1;
      if (self->address_bits == 0 || bits < self->address_bits)
        self->address_bits = bits;
    }
}

static gboolean
has_name (char **names, const char *name)
{
  return names != NULL && g_strv_contains ((const char *const *)names, name);
}

static void
read_offered (FerryIommu *self, FerryRoot *root, const char *log)
{
  g_auto (GStrv) tables = ferry_root_list (root, "sys/firmware/acpi/tables");

  if (has_name (tables, "DMAR") || has_name (tables, "IVRS") || *self->units != NULL
      || self->grouped == FERRY_ANSWER_YES || log_has (log, offered_lines))
    self->offered = FERRY_ANSWER_YES;
  else if (tables != NULL && !has_name (tables, "IORT") && !has_name (tables, "VIOT"))
    self->offered = FERRY_ANSWER_NO;
  else if (log_is_whole (log))
    self->offered = FERRY_ANSWER_NO;
}

static void
read_remapping (FerryIommu *self, FerryRoot *root, const char *log)
{
  g_autoptr (GBytes) bytes = ferry_root_read_bytes (root, "proc/interrupts", MAX_INTERRUPTS, NULL);
  const char *data = bytes != NULL ? g_bytes_get_data (bytes, NULL) : NULL;
  gsize size = bytes != NULL ? g_bytes_get_size (bytes) : 0;

  if (data != NULL && memmem (data, size, " IR-", 4) != NULL)
    self->interrupt_remapping = FERRY_ANSWER_YES;
  else if (log_has (log, no_remapping_lines))
    self->interrupt_remapping = FERRY_ANSWER_NO;
  else if (log_has (log, remapping_lines))
    self->interrupt_remapping = FERRY_ANSWER_YES;
  else if (data != NULL && memmem (data, size, " IO-APIC", 8) != NULL)
    self->interrupt_remapping = FERRY_ANSWER_NO;
}

/**
 * ferry_iommu_read:
 * @kernel_log: (nullable): lines of the kernel, of this start of the computer
 *
 * What sysfs shows counts more than the log; a folder that is not visible proves nothing.
 *
 * Returns: (transfer full): the state of the IOMMU
 */
FerryIommu *
ferry_iommu_read (FerryRoot *root, const char *kernel_log)
{
  FerryIommu *self = g_new0 (FerryIommu, 1);

  self->units = g_new0 (char *, 1);
  read_grouped (self, root, kernel_log);
  read_enabled (self, root, kernel_log);
  read_address_bits (self, root);
  read_offered (self, root, kernel_log);
  read_remapping (self, root, kernel_log);
  if (log_has (kernel_log, one_to_one_lines))
    self->one_to_one = FERRY_ANSWER_YES;
  return self;
}

void
ferry_iommu_free (FerryIommu *iommu)
{
  g_strfreev (iommu->units);
  g_free (iommu);
}
