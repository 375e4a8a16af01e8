/* needs.c: see needs.h. */
#include "config.h"

#include <string.h>

#include "facts/block.h"
#include "facts/keyboard.h"
#include "facts/needs.h"
#include "facts/route.h"

#define MAX_DETAILS 16
/* Domains from here on are made by a controller on the board (drivers/pci/controller/vmd.c). */
#define FIRST_VMD_DOMAIN 0x10000

static void
mark (FerryDevice *device, FerryNeed need, const char *detail)
{
  guint n = g_strv_length (device->need_details);

  device->needs |= need;
  if (n >= MAX_DETAILS || *detail == '\0'
      || g_strv_contains ((const char *const *) device->need_details, detail))
    return;
  device->need_details = g_renew (char *, device->need_details, n + 2);
  device->need_details[n] = g_strdup (detail);
  device->need_details[n + 1] = NULL;
}

/* A storage controller that hides disks behind a domain of its own. */
static gboolean
is_vmd (FerryDevice *device)
{
  if (device->address.domain >= FIRST_VMD_DOMAIN)
    return FALSE;
  return g_strcmp0 (device->driver, "vmd") == 0
         || (device->vendor == 0x8086 && device->class_code >> 8 == 0x0104);
}

/* Where the place of a hidden disk does not name the controller in front of it, any could be it. */
static void
mark_vmd (GPtrArray *devices, FerryNeed need, const char *detail)
{
  for (guint i = 0; i < devices->len; i++)
    {
      FerryDevice *device = g_ptr_array_index (devices, i);

      if (is_vmd (device))
        mark (device, need, detail);
    }
}

/* Marks the devices on the way to @use; bridges are not given away, so nobody asks for them. */
static void
mark_use (GPtrArray *devices, const FerryUse *use, FerryNeed need)
{
  g_auto (GStrv) parts = g_strsplit (use->place, "/", 256);
  gboolean hidden = FALSE, shown = FALSE;

  for (gsize i = 0; parts[i] != NULL; i++)
    {
      FerryDevice *device = ferry_devices_find (devices, parts[i]);

      if (device == NULL || device->bridge)
        continue;
      mark (device, need, use->name);
      if (device->address.domain >= FIRST_VMD_DOMAIN)
        hidden = TRUE;
      else
        shown = TRUE;
    }
  if (hidden && !shown)
    mark_vmd (devices, need, use->name);
}

static void
mark_uses (GPtrArray *devices, GPtrArray *uses, FerryNeed need)
{
  for (guint i = 0; i < uses->len; i++)
    mark_use (devices, g_ptr_array_index (uses, i), need);
}

/* The last PCI device on the way, such as the USB controller of a keyboard; NULL when none. */
static FerryDevice *
find_controller (GPtrArray *devices, const char *place)
{
  g_auto (GStrv) parts = g_strsplit (place, "/", 256);

  for (guint i = g_strv_length (parts); i > 0; i--)
    {
      FerryDevice *device = ferry_devices_find (devices, parts[i - 1]);

      if (device != NULL)
        return device;
    }
  return NULL;
}

/* A controller is needed when all keyboards hang on it. One that hangs on no PCI device, as that of
 * a laptop or with a round plug, can always be typed on. */
static void
mark_keyboards (FerryRoot *root, GPtrArray *devices)
{
  g_autoptr (GPtrArray) keyboards = ferry_keyboards_list (root);
  FerryDevice *only = NULL;

  for (guint i = 0; i < keyboards->len; i++)
    {
      const FerryUse *keyboard = g_ptr_array_index (keyboards, i);
      FerryDevice *controller = find_controller (devices, keyboard->place);

      if (controller == NULL || (only != NULL && controller != only))
        return;
      only = controller;
    }
  if (only != NULL)
    mark_uses (devices, keyboards, FERRY_NEED_KEYBOARD);
}

static void
mark_screens (FerryDevice *device)
{
  for (guint i = 0; i < device->connectors->len; i++)
    {
      const FerryConnector *connector = g_ptr_array_index (device->connectors, i);

      if (connector->connected == FERRY_ANSWER_YES)
        mark (device, FERRY_NEED_SCREEN, connector->name);
    }
}

/**
 * ferry_needs_find:
 * @devices: (element-type FerryDevice): in address order, as ferry_devices_read() gives them
 *
 * Fills in needs and need_details. What cannot be read marks nothing.
 */
void
ferry_needs_find (FerryRoot *root, GPtrArray *devices)
{
  g_autoptr (GPtrArray) blocks = ferry_blocks_in_use (root);
  g_autoptr (GPtrArray) routes = ferry_routes_in_use (root);

  mark_uses (devices, blocks, FERRY_NEED_DISK);
  mark_uses (devices, routes, FERRY_NEED_NETWORK);
  mark_keyboards (root, devices);
  for (guint i = 0; i < devices->len; i++)
    mark_screens (g_ptr_array_index (devices, i));
}
