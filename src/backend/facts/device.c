/* device.c: see device.h. */
#include "config.h"

#include "facts/device.h"

G_DEFINE_FINAL_TYPE (FerryDevice, ferry_device, G_TYPE_OBJECT)

static void
ferry_device_class_init (FerryDeviceClass *klass)
{
}

static void
ferry_device_init (FerryDevice *self)
{
  self->group = FERRY_DEVICE_NO_GROUP;
  self->connectors = g_ptr_array_new ();
  self->modules = g_new0 (char *, 1);
  self->reset_methods = g_new0 (char *, 1);
  self->need_details = g_new0 (char *, 1);
}

GPtrArray *
ferry_devices_read (FerryRoot *root, GError **error)
{
  return g_ptr_array_new_with_free_func (g_object_unref);
}

FerryDevice *
ferry_devices_find (GPtrArray *devices, const char *id)
{
  return NULL;
}

gboolean
ferry_device_is_display (FerryDevice *device)
{
  return device->class_code >> 16 == 0x03;
}

gboolean
ferry_device_is_bmc (FerryDevice *device)
{
  return FALSE;
}

gboolean
ferry_device_same_ids (FerryDevice *a, FerryDevice *b)
{
  return a->vendor == b->vendor && a->device == b->device;
}

char *
ferry_device_describe (FerryDevice *device)
{
  return g_strdup (device->id);
}
