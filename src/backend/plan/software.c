/* software.c: the part of the planner for packages, services, libvirt's network and the user's group.
 *
 * Pure. Package names come from one fixed table per family of distributions; a distribution without a
 * row gets manual steps. Services: libvirt is either one daemon (libvirtd) or several (virtqemud and
 * others), never both, see libvirt.org/daemons.html.
 */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "plan/draft.h"

typedef struct
{
  FerryFamily family;
  const char *tool;
  const char *qemu, *libvirt, *firmware, *manager, *tpm, *dns; /* names separated by blanks */
} PackageRow;

static const PackageRow package_rows[] = {
  { FERRY_FAMILY_ARCH, "pacman", "qemu-desktop", "libvirt", "edk2-ovmf", "virt-manager", "swtpm",
    "dnsmasq" },
  { FERRY_FAMILY_DEBIAN, "apt-get", "qemu-system-x86", "libvirt-daemon-system libvirt-clients",
    "ovmf", "virt-manager", "swtpm swtpm-tools", "dnsmasq-base" },
  { FERRY_FAMILY_FEDORA, "dnf", "qemu-kvm", "libvirt-daemon-kvm libvirt-daemon-config-network",
    "edk2-ovmf", "virt-manager", "swtpm swtpm-tools", "dnsmasq" },
  { FERRY_FAMILY_SUSE, "zypper", "qemu-x86", "libvirt-daemon-qemu libvirt-client",
    "qemu-ovmf-x86_64", "virt-manager", "swtpm", "dnsmasq" },
};

static const PackageRow *
find_row (FerryFamily family)
{
  for (gsize i = 0; i < G_N_ELEMENTS (package_rows); i++)
    if (package_rows[i].family == family)
      return &package_rows[i];
  return NULL;
}

static void
add_missing (GPtrArray *packages, FerryAnswer installed, const char *names)
{
  g_auto (GStrv) parts = NULL;

  if (installed != FERRY_ANSWER_NO)
    return;
  parts = g_strsplit (names, " ", -1);
  for (guint i = 0; parts[i] != NULL; i++)
    g_ptr_array_add (packages, g_strdup (parts[i]));
}

static char **
list_missing (const FerrySystem *system, const PackageRow *row)
{
  GPtrArray *packages = g_ptr_array_new ();

  add_missing (packages, system->qemu, row->qemu);
  add_missing (packages, system->libvirt, row->libvirt);
  add_missing (packages, system->ovmf, row->firmware);
  add_missing (packages, system->virt_manager, row->manager);
  add_missing (packages, system->swtpm, row->tpm);
  add_missing (packages, system->dnsmasq, row->dns);
  g_ptr_array_add (packages, NULL);
  return (char **) g_ptr_array_free (packages, FALSE);
}

/**
 * ferry_draft_add_software:
 *
 * Plans the missing packages. They are installed first: when that fails, nothing else was touched.
 */
void
ferry_draft_add_software (FerryDraft *draft)
{
  const FerrySystem *system = draft->machine->system;
  const PackageRow *row = find_row (system->family);
  g_auto (GStrv) packages = NULL;
  FerryChange *change;

  if (!draft->intent->install)
    return;
  if (row == NULL)
    {
      ferry_plan_warn (draft->plan, "packages-by-hand",
                       _("Ferry does not know how software is installed on this system. Install QEMU, "
                         "libvirt, OVMF and virt-manager yourself."));
      return;
    }
  packages = list_missing (system, row);
  if (packages[0] == NULL)
    return;
  change = ferry_draft_step (draft, FERRY_CHANGE_PACKAGES, row->tool,
                             _("Install the software for virtual machines"),
                             g_str_equal (row->tool, "pacman")
                                 ? _("From your distribution's own sources. Waiting updates are "
                                     "installed with it, because this distribution does not support "
                                     "partial updates. Undo leaves it installed.")
                                 : _("From your distribution's own sources. Undo leaves it installed."));
  g_strfreev (change->items);
  change->items = g_steal_pointer (&packages);
  change->reversible = FALSE;
}

/* Modular where it is already the one in use or the family's way; never both. */
static gboolean
use_modular (const FerrySystem *system)
{
  if (system->libvirt_enabled == FERRY_ANSWER_YES)
    return system->libvirt_modular;
  return system->family == FERRY_FAMILY_FEDORA || system->family == FERRY_FAMILY_SUSE;
}

static void
add_services (FerryDraft *draft)
{
  static const char *const monolithic[] = { "libvirtd.socket", NULL };
  static const char *const modular[] = { "virtqemud.socket", "virtnetworkd.socket",
                                         "virtstoraged.socket", "virtnodedevd.socket", NULL };
  const FerrySystem *system = draft->machine->system;
  FerryChange *change;

  if (system->libvirt_enabled == FERRY_ANSWER_YES)
    return;
  change = ferry_draft_step (draft, FERRY_CHANGE_SERVICE, "systemctl",
                             _("Switch on the service that runs virtual machines"),
                             _("It starts by itself when it is needed."));
  g_strfreev (change->items);
  change->items = g_strdupv ((char **) (use_modular (system) ? modular : monolithic));
}

/* Whether the network starts by itself is in a folder that only root can read; so it is set up together with
 * the service, and the plan is the same for the user and for the helper. Where the service was there before, the network is
 * switched on when a virtual machine is made (guest/creation). */
static void
add_network (FerryDraft *draft)
{
  if (draft->machine->system->libvirt_enabled == FERRY_ANSWER_YES)
    return;
  ferry_draft_step (draft, FERRY_CHANGE_NETWORK, "virsh",
                    _("Switch on the network of the virtual machines"),
                    _("Virtual machines reach the internet through this computer."));
}

static void
add_group (FerryDraft *draft)
{
  FerryChange *change;

  if (!draft->intent->join_group || draft->machine->system->in_libvirt_group == FERRY_ANSWER_YES)
    return;
  change = ferry_draft_step (draft, FERRY_CHANGE_GROUP, "usermod",
                             _("Let you manage virtual machines without a password"),
                             _("You become a member of the group “libvirt”. Whoever is in it can do "
                               "everything on this computer that the administrator can."));
  g_strfreev (change->items);
  change->items = g_new0 (char *, 2);
  change->items[0] = g_strdup ("libvirt");
}

/**
 * ferry_draft_add_services:
 *
 * Plans the service, the network and, with the user's own consent, the group.
 */
void
ferry_draft_add_services (FerryDraft *draft)
{
  if (draft->intent->install && find_row (draft->machine->system->family) != NULL)
    {
      add_services (draft);
      add_network (draft);
    }
  add_group (draft);
}
