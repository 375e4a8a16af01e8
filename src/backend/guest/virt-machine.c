/* virt-machine.c: the virtual machines that libvirt knows; see virt.h. */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "guest/gift.h"
#include "guest/virt-private.h"

/* More than anybody has; what comes after is not looked at. */
#define MAX_RESIDENTS 1024

#define UNDEFINE_ALL                                                                               \
  (VIR_DOMAIN_UNDEFINE_NVRAM | VIR_DOMAIN_UNDEFINE_MANAGED_SAVE                                    \
   | VIR_DOMAIN_UNDEFINE_SNAPSHOTS_METADATA | VIR_DOMAIN_UNDEFINE_CHECKPOINTS_METADATA)

void
ferry_resident_free (FerryResident *resident)
{
  g_free (resident->name);
  g_free (resident->uuid);
  g_free (resident->xml);
  g_clear_pointer (&resident->functions, g_array_unref);
  g_free (resident);
}

/* For JSON and for code; never shown to a person. */
const char *
ferry_power_to_string (FerryPower power)
{
  static const char *const names[] = { "off", "running", "paused", "stopping", "crashed" };

  return names[power];
}

/**
 * ferry_power_get_title:
 *
 * Returns: the state in a word for a person, translated
 */
const char *
ferry_power_get_title (FerryPower power)
{
  static const char *const titles[]
      = { N_ ("switched off"), N_ ("running"), N_ ("paused"), N_ ("shutting down"), N_ ("crashed") };

  return _ (titles[power]);
}

static FerryPower
read_power (FerryVirt *self, virDomainPtr domain)
{
  int state = VIR_DOMAIN_NOSTATE;

  if (self->library->virDomainGetState (domain, &state, NULL, 0) < 0)
    self->library->virResetLastError ();
  switch (state)
    {
    case VIR_DOMAIN_RUNNING:
    case VIR_DOMAIN_BLOCKED:
      return FERRY_POWER_ON;
    case VIR_DOMAIN_PAUSED:
    case VIR_DOMAIN_PMSUSPENDED:
      return FERRY_POWER_PAUSED;
    case VIR_DOMAIN_SHUTDOWN:
      return FERRY_POWER_STOPPING;
    case VIR_DOMAIN_CRASHED:
      return FERRY_POWER_CRASHED;
    default:
      return FERRY_POWER_OFF;
    }
}

/* NULL when it went away between two calls. Passwords of a screen are kept: what is read is defined again. */
static FerryResident *
read_resident (FerryVirt *self, virDomainPtr domain)
{
  char uuid[VIR_UUID_STRING_BUFLEN] = "";
  const char *name = self->library->virDomainGetName (domain);
  char *xml = self->library->virDomainGetXMLDesc (domain, VIR_DOMAIN_XML_INACTIVE | VIR_DOMAIN_XML_SECURE);
  FerryResident *resident;

  if (name == NULL || xml == NULL)
    {
      free (xml);
      return NULL;
    }
  self->library->virDomainGetUUIDString (domain, uuid);
  resident = g_new0 (FerryResident, 1);
  resident->name = g_strdup (name);
  resident->uuid = g_strdup (uuid);
  resident->power = read_power (self, domain);
  resident->xml = g_strdup (xml);
  resident->functions = ferry_gift_list (xml, NULL);
  if (resident->functions == NULL)
    resident->functions = g_array_new (FALSE, FALSE, sizeof (FerryAddress));
  free (xml);
  return resident;
}

static int
compare_residents (gconstpointer a, gconstpointer b)
{
  const FerryResident *left = *(const FerryResident *const *)a;
  const FerryResident *right = *(const FerryResident *const *)b;

  return g_utf8_collate (left->name, right->name);
}

/**
 * ferry_virt_list:
 *
 * Returns: (transfer full) (nullable) (element-type FerryResident): all virtual machines, by name
 */
GPtrArray *
ferry_virt_list (FerryVirt *self, GError **error)
{
  g_autoptr (GPtrArray) residents = g_ptr_array_new_with_free_func ((GDestroyNotify)ferry_resident_free);
  virDomainPtr *domains = NULL;
  int n = self->library->virConnectListAllDomains (self->connection, &domains, 0);

  if (n < 0)
    {
      ferry_virt_fail (self, error);
      return NULL;
    }
  for (int i = 0; i < n; i++)
    {
      FerryResident *resident = i < MAX_RESIDENTS ? read_resident (self, domains[i]) : NULL;

      if (resident != NULL)
        g_ptr_array_add (residents, resident);
      self->library->virDomainFree (domains[i]);
    }
  free (domains);
  self->library->virResetLastError ();
  g_ptr_array_sort (residents, compare_residents);
  return g_steal_pointer (&residents);
}

static virDomainPtr
look_up (FerryVirt *self, const char *name, GError **error)
{
  virDomainPtr domain = self->library->virDomainLookupByName (self->connection, name);
  virErrorPtr last;

  if (domain != NULL)
    return domain;
  last = self->library->virGetLastError ();
  if (last == NULL || last->code != VIR_ERR_NO_DOMAIN)
    ferry_virt_fail (self, error);
  else
    g_set_error (error, FERRY_ERROR, FERRY_ERROR_NOT_FOUND, _ ("There is no virtual machine “%s”."), name);
  self->library->virResetLastError ();
  return NULL;
}

/**
 * ferry_virt_find:
 *
 * Returns: (transfer full) (nullable): the virtual machine of that name; %FERRY_ERROR_NOT_FOUND
 */
FerryResident *
ferry_virt_find (FerryVirt *self, const char *name, GError **error)
{
  virDomainPtr domain = look_up (self, name, error);
  FerryResident *resident;

  if (domain == NULL)
    return NULL;
  resident = read_resident (self, domain);
  if (resident == NULL)
    ferry_virt_fail (self, error);
  self->library->virDomainFree (domain);
  return resident;
}

/**
 * ferry_virt_has:
 *
 * Returns: whether there is a virtual machine of that name
 */
gboolean
ferry_virt_has (FerryVirt *self, const char *name)
{
  virDomainPtr domain = look_up (self, name, NULL);

  if (domain == NULL)
    return FALSE;
  self->library->virDomainFree (domain);
  return TRUE;
}

/**
 * ferry_virt_define:
 * @xml: libvirt's XML; a machine with the same name and UUID is replaced, with the same name only is an error
 *
 * libvirt checks the XML against its schema first.
 *
 * Returns: (transfer full) (nullable): the XML as libvirt keeps it
 */
char *
ferry_virt_define (FerryVirt *self, const char *xml, GError **error)
{
  virDomainPtr domain = self->library->virDomainDefineXMLFlags (self->connection, xml, VIR_DOMAIN_DEFINE_VALIDATE);
  g_autofree char *copy = NULL;
  char *kept;

  if (domain == NULL)
    {
      ferry_virt_fail (self, error);
      return NULL;
    }
  kept = self->library->virDomainGetXMLDesc (domain, VIR_DOMAIN_XML_INACTIVE | VIR_DOMAIN_XML_SECURE);
  if (kept == NULL)
    ferry_virt_fail (self, error);
  else
    copy = g_strdup (kept);
  free (kept);
  self->library->virDomainFree (domain);
  return g_steal_pointer (&copy);
}

static gboolean
finish (FerryVirt *self, virDomainPtr domain, int result, GError **error)
{
  if (result < 0)
    ferry_virt_fail (self, error);
  self->library->virDomainFree (domain);
  return result >= 0;
}

/**
 * ferry_virt_start:
 *
 * Huge pages that the machine asks for are set aside first.
 *
 * Returns: whether the virtual machine runs now; one that runs already is an error of libvirt
 */
gboolean
ferry_virt_start (FerryVirt *self, const char *name, GError **error)
{
  virDomainPtr domain = look_up (self, name, error);
  char *xml = domain != NULL ? self->library->virDomainGetXMLDesc (domain, VIR_DOMAIN_XML_INACTIVE) : NULL;
  gboolean ready = xml == NULL || ferry_virt_set_pages_aside (self, xml, error);

  free (xml);
  if (domain == NULL)
    return FALSE;
  if (ready)
    return finish (self, domain, self->library->virDomainCreate (domain), error);
  self->library->virDomainFree (domain);
  return FALSE;
}

/**
 * ferry_virt_shut_down:
 *
 * Asks the system inside to shut down, which it may do later or not at all.
 *
 * Returns: whether it was asked
 */
gboolean
ferry_virt_shut_down (FerryVirt *self, const char *name, GError **error)
{
  virDomainPtr domain = look_up (self, name, error);

  return domain != NULL && finish (self, domain, self->library->virDomainShutdown (domain), error);
}

/**
 * ferry_virt_switch_off:
 *
 * Like pulling the plug: what was not saved is lost. QEMU gets some seconds to write out what it holds.
 *
 * Returns: whether it is off now
 */
gboolean
ferry_virt_switch_off (FerryVirt *self, const char *name, GError **error)
{
  virDomainPtr domain = look_up (self, name, error);

  return domain != NULL
         && finish (self, domain, self->library->virDomainDestroyFlags (domain, VIR_DOMAIN_DESTROY_GRACEFUL), error);
}

/* Not every driver of libvirt has firmware and snapshots. */
static gboolean
is_unknown_flag (FerryVirt *self)
{
  virErrorPtr last = self->library->virGetLastError ();

  return last != NULL && last->code == VIR_ERR_INVALID_ARG;
}

/**
 * ferry_virt_undefine:
 *
 * Makes libvirt forget the virtual machine, with the settings of its firmware and its TPM. Disks stay.
 *
 * Returns: whether it is forgotten
 */
gboolean
ferry_virt_undefine (FerryVirt *self, const char *name, GError **error)
{
  virDomainPtr domain = look_up (self, name, error);
  int result;

  if (domain == NULL)
    return FALSE;
  result = self->library->virDomainUndefineFlags (domain, UNDEFINE_ALL);
  if (result < 0 && is_unknown_flag (self))
    result = self->library->virDomainUndefineFlags (domain, 0);
  return finish (self, domain, result, error);
}
