/* kind.c: see kind.h. */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "plan/kind.h"

/* A long group is named in part, so that the sentence stays readable. */
#define MAX_NAMED 8

/* One row for a class and subclass; subclass -1 stands for all others of the class. */
typedef struct
{
  int class, subclass;
  const char *name;
} KindRow;

static const KindRow kinds[] = {
  { 0x01, 0x01, N_("a disk controller (IDE)") },
  { 0x01, 0x04, N_("a disk controller (RAID)") },
  { 0x01, 0x06, N_("a disk controller (SATA)") },
  { 0x01, 0x07, N_("a disk controller (SAS)") },
  { 0x01, 0x08, N_("an SSD (NVMe)") },
  { 0x01, -1, N_("a disk controller") },
  { 0x02, 0x80, N_("a network adapter (often Wi-Fi)") },
  { 0x02, -1, N_("a network adapter") },
  { 0x03, -1, N_("a graphics card") },
  { 0x04, 0x00, N_("a video device") },
  { 0x04, 0x80, N_("a multimedia device") },
  { 0x04, -1, N_("a sound device") },
  { 0x05, -1, N_("a memory device") },
  { 0x06, -1, N_("a system bridge") },
  { 0x07, 0x00, N_("a serial port") },
  { 0x07, -1, N_("a management device") },
  { 0x08, 0x05, N_("a card reader") },
  { 0x08, -1, N_("a system device") },
  { 0x0c, 0x03, N_("a USB controller") },
  { 0x0c, 0x00, N_("a FireWire controller") },
  { 0x0c, 0x05, N_("a sensor bus") },
  { 0x0c, -1, N_("a serial bus") },
  { 0x0d, -1, N_("a wireless adapter") },
  { 0x10, -1, N_("a security processor") },
  { 0x11, -1, N_("a sensor or signal processor") },
  { 0x12, -1, N_("an accelerator card") },
};

static const KindRow other_kind = { -1, -1, N_("another device") };
static const KindRow bmc_kind = { -1, -1, N_("the simple server screen") };

static const KindRow *
find_kind (FerryDevice *device)
{
  const int class = device->class_code >> 16 & 0xff;
  const int subclass = device->class_code >> 8 & 0xff;

  if (ferry_device_is_bmc (device))
    return &bmc_kind;
  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (kinds[i].class == class && (kinds[i].subclass == subclass || kinds[i].subclass == -1))
      return &kinds[i];
  return &other_kind;
}

/**
 * ferry_kind_is_bridge:
 *
 * Whether the device is only part of the bus: a real bridge, or an ISA bridge or "other bridge"
 * (classes 0601 and 0680) that no driver works on. Such a device stays with the host and is no
 * obstacle in an IOMMU group.
 */
gboolean
ferry_kind_is_bridge (FerryDevice *device)
{
  const guint class = device->class_code >> 8 & 0xffff;

  if (device->bridge)
    return TRUE;
  return (class == 0x0601 || class == 0x0680) && device->driver == NULL;
}

/**
 * ferry_kind_is_disk:
 *
 * Whether disks hang on the device or it is one (base class 01).
 */
gboolean
ferry_kind_is_disk (FerryDevice *device)
{
  return (device->class_code >> 16 & 0xff) == 0x01;
}

/**
 * ferry_kind_describe:
 *
 * Returns: (transfer full): what the device is, with its article, for the middle of a sentence
 */
char *
ferry_kind_describe (FerryDevice *device)
{
  return g_strdup (_(find_kind (device)->name));
}

static char *
describe_count (const KindRow *kind, guint count)
{
  if (count == 1)
    return g_strdup (_(kind->name));
  /* Translators: a kind of device and how many there are, "a USB controller (×2)". */
  return g_strdup_printf (_("%s (×%u)"), _(kind->name), count);
}

/**
 * ferry_kind_join:
 * @texts: (element-type utf8): parts of a sentence
 *
 * Returns: (transfer full): "a, b and c"; long lists end with how many more there are
 */
char *
ferry_kind_join (GPtrArray *texts)
{
  g_autoptr (GString) joined = g_string_new (NULL);
  const guint shown = MIN (texts->len, MAX_NAMED);

  for (guint i = 0; i < shown; i++)
    {
      if (i > 0)
        g_string_append (joined, i + 1 == texts->len ? _(" and ") : _(", "));
      g_string_append (joined, g_ptr_array_index (texts, i));
    }
  if (texts->len > shown)
    g_string_append_printf (joined, ngettext (" and %u more", " and %u more", texts->len - shown),
                            texts->len - shown);
  return g_string_free (g_steal_pointer (&joined), FALSE);
}

/**
 * ferry_kind_describe_list:
 * @devices: (element-type FerryDevice)
 *
 * Equal kinds are counted: "a USB controller (×2) and a network adapter".
 *
 * Returns: (transfer full): a phrase for the middle of a sentence, "" for no devices
 */
char *
ferry_kind_describe_list (GPtrArray *devices)
{
  g_autoptr (GPtrArray) texts = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) seen = g_ptr_array_new ();

  for (guint i = 0; i < devices->len; i++)
    {
      const KindRow *kind = find_kind (g_ptr_array_index (devices, i));
      guint count = 0;

      if (g_ptr_array_find (seen, kind, NULL))
        continue;
      g_ptr_array_add (seen, (gpointer)kind);
      for (guint j = i; j < devices->len; j++)
        count += find_kind (g_ptr_array_index (devices, j)) == kind;
      g_ptr_array_add (texts, describe_count (kind, count));
    }
  return ferry_kind_join (texts);
}

/**
 * ferry_kind_list_ids:
 * @devices: (element-type FerryDevice)
 *
 * Returns: (transfer full): the addresses in the short form, "02:00.0, 02:00.1"
 */
char *
ferry_kind_list_ids (GPtrArray *devices)
{
  g_autoptr (GPtrArray) texts = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < devices->len; i++)
    {
      FerryDevice *device = g_ptr_array_index (devices, i);

      g_ptr_array_add (texts, ferry_address_to_short_string (&device->address));
    }
  return ferry_kind_join (texts);
}
