/* groups.c: ferryctl groups. It reads the devices and nothing else, because it is run often. */
#include "config.h"

#include <glib/gi18n.h>

#include "cli/output.h"
#include "cli/request.h"
#include "facts/error.h"
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

/* A computer without PCI, or a container that hides it, has an empty list; a folder that is no
 * computer at all was a mistake. */
static GPtrArray *
read_devices (FerryRoot *root, GError **error)
{
  g_autoptr (GError) local = NULL;
  GPtrArray *devices = ferry_devices_read (root, &local);

  if (devices != NULL)
    return devices;
  if (g_error_matches (local, FERRY_ERROR, FERRY_ERROR_NOT_FOUND)
      && (ferry_root_exists (root, "sys") || ferry_root_exists (root, "proc")))
    return g_ptr_array_new_with_free_func (g_object_unref);
  g_propagate_error (error, g_steal_pointer (&local));
  return NULL;
}

int
ferry_command_groups (const FerryRequest *request, GError **error)
{
  g_autoptr (FerryRoot) root = ferry_request_open_root (request, error);
  g_autoptr (GPtrArray) devices = NULL;
  g_autofree char *text = NULL;

  if (root == NULL)
    return FERRY_EXIT_ERROR;
  devices = read_devices (root, error);
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
