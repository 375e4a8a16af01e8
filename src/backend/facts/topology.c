/* topology.c: see topology.h. */
#include "config.h"

#include <string.h>

#include "facts/topology.h"

/* "pci0000:00", a root bus. */
static gboolean
is_root_bus (const char *name)
{
  return g_str_has_prefix (name, "pci") && g_ascii_isxdigit (name[3]);
}

/**
 * ferry_topology_place:
 * @target: where the link of the device in sys/bus/pci/devices points
 *
 * Sets parent_id and placed when @target is in the form of the kernel. The controller in front of
 * a domain of its own (VMD) is no bridge: devices on its root bus have no parent.
 */
void
ferry_topology_place (FerryDevice *device, const char *target)
{
  g_autofree char *above = g_path_get_dirname (target);
  g_autofree char *name = g_path_get_basename (above);
  FerryAddress address;

  if (ferry_address_parse (name, &address) && address.domain == device->address.domain
      && ferry_address_compare (&address, &device->address) != 0)
    {
      g_free (device->parent_id);
      device->parent_id = ferry_address_to_string (&address);
      device->placed = TRUE;
    }
  else if (is_root_bus (name))
    device->placed = TRUE;
}

static gpointer
make_key (guint32 domain, guint8 bus)
{
  return (gpointer) (guintptr) ((guint64) domain << 8 | bus);
}

/* Domain and bus to the bridge above. Wrong numbers, leading up or to the bridge's own bus, are
 * left out, so that no device can be above itself. */
static GHashTable *
list_bridges (GPtrArray *devices)
{
  GHashTable *bridges = g_hash_table_new (NULL, NULL);

  for (guint i = 0; i < devices->len; i++)
    {
      FerryDevice *device = g_ptr_array_index (devices, i);

      if (device->bridge && device->secondary > device->address.bus)
        g_hash_table_insert (bridges, make_key (device->address.domain, device->secondary), device);
    }
  return bridges;
}

/* The domains in which at least one bridge says what is below. */
static GHashTable *
list_numbered_domains (GPtrArray *devices)
{
  GHashTable *domains = g_hash_table_new (NULL, NULL);

  for (guint i = 0; i < devices->len; i++)
    {
      FerryDevice *device = g_ptr_array_index (devices, i);

      if (device->secondary > device->address.bus)
        g_hash_table_add (domains, make_key (device->address.domain, 0));
    }
  return domains;
}

/**
 * ferry_topology_complete:
 * @devices: (element-type FerryDevice): all devices
 *
 * Places the devices that ferry_topology_place() could not, by bus numbers. Bus 0 is always a root
 * bus. Any other bus that no bridge leads to is one only where the bridges have numbers at all.
 */
void
ferry_topology_complete (GPtrArray *devices)
{
  g_autoptr (GHashTable) bridges = list_bridges (devices);
  g_autoptr (GHashTable) numbered = list_numbered_domains (devices);

  for (guint i = 0; i < devices->len; i++)
    {
      FerryDevice *device = g_ptr_array_index (devices, i);
      FerryDevice *above;

      if (device->placed)
        continue;
      above = g_hash_table_lookup (bridges, make_key (device->address.domain, device->address.bus));
      if (above != NULL)
        device->parent_id = g_strdup (above->id);
      device->placed = above != NULL || device->address.bus == 0
                       || g_hash_table_contains (numbered, make_key (device->address.domain, 0));
    }
}
