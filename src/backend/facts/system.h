/* system.h: the installed system: distribution, memory, programs, services, the user's groups.
 *
 * Reads etc/os-release (os-release(5); run/host/os-release inside a Flatpak), proc/meminfo,
 * etc/group, unit links below etc/systemd/system, and looks for programs. Runs nothing.
 */
#pragma once

#include "facts/answer.h"
#include "facts/root.h"

G_BEGIN_DECLS

/* Families with a package table in plan. */
typedef enum
{
  FERRY_FAMILY_UNKNOWN,
  FERRY_FAMILY_ARCH, /* Manjaro, Arch, EndeavourOS, CachyOS */
  FERRY_FAMILY_DEBIAN,
  FERRY_FAMILY_FEDORA,
  FERRY_FAMILY_SUSE
} FerryFamily;

typedef struct
{
  char *id, *name; /* ID and PRETTY_NAME of os-release, or "" */
  FerryFamily family;
  gboolean manjaro;
  FerryAnswer immutable; /* read-only image (ostree, Manjaro Summit, MicroOS) */
  FerryAnswer live;      /* started from a live medium */
  guint64 memory;        /* bytes, 0 when unknown */

  FerryAnswer qemu, libvirt, ovmf, virt_manager, swtpm, dnsmasq; /* installed */
  FerryAnswer libvirt_enabled; /* a libvirtd or virtqemud unit is enabled */
  gboolean libvirt_modular;    /* virtqemud is the enabled one */
  FerryAnswer in_libvirt_group; /* the user who asks */
  FerryAnswer flatpak;          /* we run inside a Flatpak sandbox */
} FerrySystem;

FerrySystem *ferry_system_read (FerryRoot *root);
void ferry_system_free (FerrySystem *system);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (FerrySystem, ferry_system_free)

G_END_DECLS
