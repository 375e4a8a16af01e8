/* abilities.h: what the libvirt and QEMU of this computer can do.
 *
 * A plain value and the parser that fills it from libvirt's domain capabilities
 * (https://libvirt.org/formatdomaincaps.html), text in, value out; guest/virt asks libvirt for the
 * text. What the XML cannot say (it grew over the years) follows from the versions. The text is
 * bounded and never fetches anything.
 */
#pragma once

#include "facts/machine.h"

G_BEGIN_DECLS

/* As libvirt numbers versions: 9.1.2 is 9001002. */
#define FERRY_ABILITIES_VERSION(major, minor, micro) \
  ((major) * 1000000ul + (minor) * 1000ul + (micro))

typedef struct
{
  gulong libvirt, qemu;   /* versions, 0 when unknown */
  gboolean kvm;           /* FALSE: only emulation, very slow */
  char *emulator;         /* absolute path of QEMU; NULL lets libvirt choose */
  gboolean q35;
  guint max_processors;   /* 0 when unknown */
  gboolean efi;           /* firmware='efi' finds a firmware */
  gboolean secure_boot;   /* one that supports Secure Boot */
  FerryAnswer enrolled_keys; /* one that has Microsoft's keys inside */
  gboolean tpm;           /* TPM 2.0 by swtpm */
  gboolean host_passthrough;
  gboolean spice;
  gboolean vfio;
  char **hyperv;          /* features for Windows that can be had, "relaxed", ...; NULL: unknown */
} FerryAbilities;

FerryAbilities *ferry_abilities_parse (const char *xml, gulong libvirt, gulong qemu,
                                       GError **error);
/* What a computer without a reachable libvirt can most likely do, for previews. */
FerryAbilities *ferry_abilities_guess (FerryMachine *machine);
void ferry_abilities_free (FerryAbilities *abilities);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (FerryAbilities, ferry_abilities_free)

gboolean ferry_abilities_has_hyperv (const FerryAbilities *abilities, const char *feature);

G_END_DECLS
