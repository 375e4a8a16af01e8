/* virt-network.c: the networks that libvirt makes for virtual machines; see virt.h. */
#include "config.h"

#include "guest/virt-private.h"

void
ferry_network_free (FerryNetwork *network)
{
  g_free (network->name);
  g_free (network);
}

/**
 * ferry_virt_list_networks:
 *
 * Returns: (transfer full) (nullable) (element-type FerryNetwork): all networks
 */
GPtrArray *
ferry_virt_list_networks (FerryVirt *self, GError **error)
{
  g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func ((GDestroyNotify)ferry_network_free);
  virNetworkPtr *networks = NULL;
  int n = self->library->virConnectListAllNetworks (self->connection, &networks, 0);

  if (n < 0)
    {
      ferry_virt_fail (self, error);
      return NULL;
    }
  for (int i = 0; i < n; i++)
    {
      FerryNetwork *network = g_new0 (FerryNetwork, 1);
      int autostart = 0;

      self->library->virNetworkGetAutostart (networks[i], &autostart);
      network->name = g_strdup (self->library->virNetworkGetName (networks[i]));
      network->active = self->library->virNetworkIsActive (networks[i]) == 1;
      network->autostart = autostart != 0;
      g_ptr_array_add (list, network);
      self->library->virNetworkFree (networks[i]);
    }
  free (networks);
  return g_steal_pointer (&list);
}

/**
 * ferry_virt_start_network:
 *
 * Starts a network now and at every start of the computer.
 *
 * Returns: whether it runs; that it cannot be started by itself later is no error
 */
gboolean
ferry_virt_start_network (FerryVirt *self, const char *name, GError **error)
{
  virNetworkPtr network = self->library->virNetworkLookupByName (self->connection, name);
  gboolean good;

  if (network == NULL)
    return ferry_virt_fail (self, error);
  good = self->library->virNetworkIsActive (network) == 1 || self->library->virNetworkCreate (network) == 0;
  if (!good)
    ferry_virt_fail (self, error);
  else if (self->library->virNetworkSetAutostart (network, 1) < 0)
    self->library->virResetLastError ();
  self->library->virNetworkFree (network);
  return good;
}

/**
 * ferry_virt_stop_network:
 * @autostart: whether it is started with the computer, as it was before
 *
 * Takes ferry_virt_start_network() back.
 *
 * Returns: whether the network is down
 */
gboolean
ferry_virt_stop_network (FerryVirt *self, const char *name, gboolean autostart, GError **error)
{
  virNetworkPtr network = self->library->virNetworkLookupByName (self->connection, name);
  gboolean good;

  if (network == NULL)
    return ferry_virt_fail (self, error);
  if (self->library->virNetworkSetAutostart (network, autostart) < 0)
    self->library->virResetLastError ();
  good = self->library->virNetworkDestroy (network) == 0;
  if (!good)
    ferry_virt_fail (self, error);
  self->library->virNetworkFree (network);
  return good;
}
