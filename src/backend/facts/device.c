/* device.c: see device.h. The object and what can be said of one device; device-read.c reads it. */
#include "config.h"

#include "facts/device.h"

G_DEFINE_FINAL_TYPE (FerryDevice, ferry_device, G_TYPE_OBJECT)

static void
connector_free (FerryConnector *connector)
{
  g_free (connector->name);
  g_free (connector);
}

static void
ferry_device_finalize (GObject *object)
{
  FerryDevice *self = FERRY_DEVICE (object);

  g_free (self->id);
  g_free (self->vendor_name);
  g_free (self->device_name);
  g_free (self->class_name);
  g_free (self->subsystem_name);
  g_free (self->driver);
  g_free (self->parent_id);
  g_strfreev (self->modules);
  g_strfreev (self->built_in);
  g_strfreev (self->reset_methods);
  g_strfreev (self->need_details);
  g_ptr_array_unref (self->connectors);
  G_OBJECT_CLASS (ferry_device_parent_class)->finalize (object);
}

static void
ferry_device_class_init (FerryDeviceClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = ferry_device_finalize;
}

static void
ferry_device_init (FerryDevice *self)
{
  self->group = FERRY_DEVICE_NO_GROUP;
  self->responding = TRUE;
  self->connectors = g_ptr_array_new_with_free_func ((GDestroyNotify) connector_free);
  self->modules = g_new0 (char *, 1);
  self->built_in = g_new0 (char *, 1);
  self->reset_methods = g_new0 (char *, 1);
  self->need_details = g_new0 (char *, 1);
}

/**
 * ferry_devices_find:
 * @devices: (element-type FerryDevice): in address order, as ferry_devices_read() gives them
 * @id: (nullable): an address, "0000:01:00.0"
 *
 * Returns: (transfer none) (nullable): the device with that address
 */
FerryDevice *
ferry_devices_find (GPtrArray *devices, const char *id)
{
  FerryAddress address;
  guint low = 0, high = devices->len;

  if (!ferry_address_parse (id, &address))
    return NULL;
  while (low < high)
    {
      guint middle = low + (high - low) / 2;
      FerryDevice *device = g_ptr_array_index (devices, middle);
      int order = ferry_address_compare (&address, &device->address);

      if (order == 0)
        return device;
      if (order < 0)
        high = middle;
      else
        low = middle + 1;
    }
  return NULL;
}

/**
 * ferry_device_is_display:
 *
 * Returns: whether the class is 03xx; the screen of a server's management chip is one too
 */
gboolean
ferry_device_is_display (FerryDevice *device)
{
  return device->class_code >> 16 == 0x03;
}

gboolean
ferry_device_is_accelerator (FerryDevice *device)
{
  return device->class_code >> 8 == 0x1200;
}

/**
 * ferry_device_is_bmc:
 *
 * The small screen of a server's management chip (baseboard management controller). The server
 * needs it, and it is of no use in a virtual machine.
 *
 * Returns: whether @device is one, by maker and device number (names as in pci.ids), whatever class
 *   it says it has
 */
gboolean
ferry_device_is_bmc (FerryDevice *device)
{
  static const struct
  {
    guint16 vendor, first, last;
  } known[] = {
    { 0x1a03, 0x2000, 0x20ff }, /* ASPEED Graphics Family */
    { 0x102b, 0x0522, 0x0522 }, /* Matrox MGA G200e [Pilot], G200SE A */
    { 0x102b, 0x0524, 0x0524 }, /* Matrox G200SE B */
    { 0x102b, 0x0530, 0x0530 }, /* Matrox MGA G200EV */
    { 0x102b, 0x0532, 0x0534 }, /* Matrox MGA G200eW, G200EH, G200eR2 */
    { 0x102b, 0x0536, 0x0536 }, /* Matrox Integrated G200eW3 */
    { 0x102b, 0x0538, 0x0538 }, /* Matrox MGA G200eH3 */
    { 0x102b, 0x053a, 0x053a }, /* Matrox G200eH5 */
    { 0x19e5, 0x1711, 0x1711 }, /* Huawei Hi171x, iBMC */
    { 0x18ca, 0x0020, 0x0027 }, /* XGI Z7, Z9s, Z11 */
    { 0x1002, 0x515e, 0x515e }, /* ATI ES1000 */
  };

  for (gsize i = 0; i < G_N_ELEMENTS (known); i++)
    if (device->vendor == known[i].vendor && device->device >= known[i].first
        && device->device <= known[i].last)
      return TRUE;
  return FALSE;
}

gboolean
ferry_device_same_ids (FerryDevice *a, FerryDevice *b)
{
  return a->vendor == b->vendor && a->device == b->device;
}

/**
 * ferry_device_describe:
 *
 * Returns: (transfer full): maker and device in one line, as lspci prints them
 */
char *
ferry_device_describe (FerryDevice *device)
{
  return g_strdup_printf ("%s %s", device->vendor_name, device->device_name);
}
