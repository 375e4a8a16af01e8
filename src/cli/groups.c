/* groups.c: ferryctl groups. It reads the devices and nothing else, because it is run often. */
#include "config.h"

#include <glib/gi18n.h>

#include "cli/output.h"
#include "cli/request.h"
#include "plan/listing.h"

static gboolean
has_groups (GPtrArray *devices)
{
  for (guint i = 0; i < devices->len; i++)
    {
      FerryDevice *device = g_ptr_array_index (devices, i);
      if (device->group != FERRY_DEVICE_NO_GROUP)
        return TRUE;
    }
  return FALSE;
}

/* An empty or flat list leaves a newcomer alone; standard error keeps the list itself clean. */
static void
explain (GPtrArray *devices)
{
  if (devices->len == 0)
    g_printerr ("%s\n", _ ("No devices were found here. Inside a container or sandbox they can be "
                           "hidden."));
  else if (!has_groups (devices))
    g_printerr ("%s\n", _ ("There are no IOMMU groups: the IOMMU is switched off or this computer "
                           "has none. “ferryctl check” says what to do."));
}

int
ferry_command_groups (const FerryRequest *request, GError **error)
{
  g_autoptr (FerryRoot) root = ferry_request_open_root (request, error);
  g_autoptr (GPtrArray) devices = NULL;
  g_autofree char *text = NULL;

  if (root == NULL)
    return FERRY_EXIT_ERROR;
  devices = ferry_devices_read (root, error);
  if (devices == NULL)
    return FERRY_EXIT_ERROR;

  text
      = request->json ? ferry_listing_devices_json (devices) : ferry_listing_devices_text (devices);
  if (!ferry_output_print (text, error))
    return FERRY_EXIT_ERROR;
  if (!request->json)
    explain (devices);
  return FERRY_EXIT_READY;
}
