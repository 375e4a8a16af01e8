/* abilities.c: see abilities.h. */
#include "config.h"

#include <string.h>

#include "guest/abilities.h"
#include "guest/element.h"

/* More are not known to any version; a longer list is not libvirt's. */
#define MAX_VALUES 256

/* The element NAME of @parent that is not marked supported='no', or NULL. */
static FerryElement *
find_supported (FerryElement *parent, const char *name)
{
  FerryElement *found = ferry_element_find (parent, name);

  return found != NULL && !ferry_element_says (found, "supported", "no") ? found : NULL;
}

/* The values of <enum name='@name'> in @parent; NULL when there is no such list. */
static char **
list_values (FerryElement *parent, const char *name)
{
  g_autoptr (GPtrArray) values = g_ptr_array_new_with_free_func (g_free);
  FerryElement *list = ferry_element_find (parent, "enum");

  while (list != NULL && !ferry_element_says (list, "name", name))
    list = ferry_element_next (list, "enum");
  if (list == NULL)
    return NULL;
  for (FerryElement *value = ferry_element_find (list, "value");
       value != NULL && values->len < MAX_VALUES; value = ferry_element_next (value, "value"))
    g_ptr_array_add (values, ferry_element_get_text (value));
  g_ptr_array_add (values, NULL);
  return (char **) g_ptr_array_free (g_steal_pointer (&values), FALSE);
}

static gboolean
has_value (FerryElement *parent, const char *name, const char *value)
{
  g_auto (GStrv) values = list_values (parent, name);

  return values != NULL && g_strv_contains ((const char *const *) values, value);
}

static void
read_head (FerryAbilities *self, FerryElement *root)
{
  FerryElement *processors = ferry_element_find (root, "vcpu");
  g_autofree char *type = ferry_element_get_text (ferry_element_find (root, "domain"));
  g_autofree char *machine = ferry_element_get_text (ferry_element_find (root, "machine"));
  g_autofree char *max = ferry_element_get (processors, "max");
  guint64 value;

  self->kvm = g_strcmp0 (type, "kvm") == 0;
  self->emulator = ferry_element_get_text (ferry_element_find (root, "path"));
  self->q35 = machine != NULL && (g_str_has_prefix (machine, "pc-q35-") || g_str_equal (machine, "q35"));
  if (max != NULL && g_ascii_string_to_unsigned (max, 10, 0, G_MAXUINT16, &value, NULL))
    self->max_processors = (guint) value;
}

/* Secure Boot: since 12.1 a list of its own; before it, "secure" of the loader says whether there is a
 * firmware for it. Whether keys are inside is told since 12.1 only. */
static void
read_firmware (FerryAbilities *self, FerryElement *root)
{
  FerryElement *os = find_supported (root, "os");
  FerryElement *features = find_supported (os, "firmwareFeatures");

  self->efi = has_value (os, "firmware", "efi");
  if (features == NULL)
    {
      self->secure_boot = self->efi && has_value (find_supported (os, "loader"), "secure", "yes");
      return;
    }
  self->secure_boot = self->efi && has_value (features, "secureBoot", "yes");
  self->enrolled_keys = self->secure_boot && has_value (features, "enrolledKeys", "yes")
                            ? FERRY_ANSWER_YES
                            : FERRY_ANSWER_NO;
}

static void
read_processor (FerryAbilities *self, FerryElement *root)
{
  FerryElement *mode = ferry_element_find (ferry_element_find (root, "cpu"), "mode");

  for (; mode != NULL; mode = ferry_element_next (mode, "mode"))
    if (ferry_element_says (mode, "name", "host-passthrough"))
      self->host_passthrough = ferry_element_says (mode, "supported", "yes");
}

/* The list of versions came in 7.x; where it is missing, an emulator has 2.0 (swtpm always had). */
static gboolean
has_tpm (FerryElement *tpm)
{
  g_auto (GStrv) versions = list_values (tpm, "backendVersion");

  return has_value (tpm, "backendModel", "emulator")
         && (versions == NULL || g_strv_contains ((const char *const *) versions, "2.0"));
}

static void
read_devices (FerryAbilities *self, FerryElement *root)
{
  FerryElement *devices = ferry_element_find (root, "devices");
  FerryElement *hyperv = ferry_element_find (ferry_element_find (root, "features"), "hyperv");

  self->tpm = has_tpm (find_supported (devices, "tpm"));
  self->spice = has_value (find_supported (devices, "graphics"), "type", "spice");
  self->vfio = has_value (find_supported (devices, "hostdev"), "pciBackend", "vfio");
  self->hyperv = list_values (hyperv, "features");
  if (hyperv != NULL && ferry_element_says (hyperv, "supported", "no"))
    {
      g_strfreev (self->hyperv);
      self->hyperv = g_new0 (char *, 1);
    }
}

/**
 * ferry_abilities_parse:
 * @xml: domain capabilities of x86_64, machine q35, as virConnectGetDomainCapabilities() gives them
 * @libvirt: its version as libvirt numbers it, or 0
 * @qemu: QEMU's version in the same way, or 0
 *
 * Returns: (transfer full) (nullable): what can be done; %FERRY_ERROR_INVALID or
 *   %FERRY_ERROR_TOO_LARGE when @xml is not libvirt's
 */
FerryAbilities *
ferry_abilities_parse (const char *xml, gulong libvirt, gulong qemu, GError **error)
{
  g_autoptr (xmlDoc) document = ferry_element_parse (xml, "domainCapabilities", error);
  FerryAbilities *self;
  FerryElement *root;

  if (document == NULL)
    return NULL;
  root = xmlDocGetRootElement (document);
  self = g_new0 (FerryAbilities, 1);
  self->libvirt = libvirt;
  self->qemu = qemu;
  read_head (self, root);
  read_firmware (self, root);
  read_processor (self, root);
  read_devices (self, root);
  return self;
}

/**
 * ferry_abilities_guess:
 *
 * For a preview where libvirt cannot be asked: what the installed software suggests, and otherwise
 * what every distribution of today has.
 *
 * Returns: (transfer full): what can most likely be done
 */
FerryAbilities *
ferry_abilities_guess (FerryMachine *machine)
{
  FerryAbilities *self = g_new0 (FerryAbilities, 1);
  const FerrySystem *system = machine->system;

  self->kvm = machine->processor->kvm_device != FERRY_ANSWER_NO;
  self->q35 = TRUE;
  self->efi = system->ovmf != FERRY_ANSWER_NO;
  self->secure_boot = self->efi;
  self->tpm = system->swtpm != FERRY_ANSWER_NO;
  self->host_passthrough = TRUE;
  self->spice = TRUE;
  self->vfio = TRUE;
  return self;
}

void
ferry_abilities_free (FerryAbilities *abilities)
{
  g_free (abilities->emulator);
  g_strfreev (abilities->hyperv);
  g_free (abilities);
}

/**
 * ferry_abilities_has_hyperv:
 * @feature: as libvirt names it, "vpindex"
 *
 * Returns: whether it can be had; when libvirt does not list them by name, yes with KVM
 */
gboolean
ferry_abilities_has_hyperv (const FerryAbilities *abilities, const char *feature)
{
  if (!abilities->kvm)
    return FALSE;
  return abilities->hyperv == NULL
         || g_strv_contains ((const char *const *) abilities->hyperv, feature);
}
