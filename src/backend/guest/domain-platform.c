/* domain-platform.c: the part of domain.h for firmware, processor, Hyper-V features and clock.
 *
 * Formats: https://libvirt.org/formatdomain.html; Hyper-V features: QEMU, docs/system/i386/hyperv.rst.
 */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "guest/domain-parts.h"

/* What the driver of a card may need to be told that it is not in a virtual machine (hidden). */
#define VENDOR_ID "FerryVM"
/* QEMU, hyperv.rst: how often to try before the hypervisor is told; what Windows expects. */
#define SPINLOCK_RETRIES "8191"
/* Newer than any libvirt that does not know a thing: used when the version is not known. */
#define UNKNOWN_VERSION G_MAXULONG

static gulong
get_libvirt (const FerryDomainDraft *draft)
{
  return draft->abilities->libvirt != 0 ? draft->abilities->libvirt : UNKNOWN_VERSION;
}

static void
add_firmware_feature (FerryElement *firmware, const char *name, gboolean enabled)
{
  ferry_element_add_with (firmware, "feature", "enabled", enabled ? "yes" : "no", "name", name, NULL);
}

static void
note_firmware (FerryDomainDraft *draft)
{
  if (!draft->abilities->efi)
    ferry_domain_note (draft, _("UEFI firmware for virtual machines (OVMF) is not installed, so this "
                                "one starts in the old way (BIOS). Windows 11 cannot be installed then, "
                                "and many graphics cards show no picture until their driver runs."));
  else if (draft->guest->secure_boot && !draft->secure)
    ferry_domain_note (draft, _("The UEFI firmware for virtual machines here has no Secure Boot. The "
                                "installation of Windows 11 will refuse to go on; other systems do not "
                                "mind."));
  else if (draft->secure && draft->abilities->enrolled_keys == FERRY_ANSWER_NO)
    ferry_domain_note (draft, _("Secure Boot is there, but its keys are not, so it stays switched off "
                                "until keys are put in. That is enough for Windows 11."));
}

/* firmware='efi': libvirt chooses the files by the descriptions of the distribution (formatdomain,
 * "BIOS bootloader"). Whether keys are inside is only asked for where it is known that a firmware has
 * them; the distributions put theirs first anyway. Without Secure Boot it is said as well, so that
 * drivers without a signature start. */
void
ferry_domain_add_firmware (FerryDomainDraft *draft)
{
  FerryElement *os = ferry_element_add (draft->domain, "os");
  FerryElement *type, *firmware;

  draft->secure = draft->guest->secure_boot && draft->abilities->secure_boot;
  type = ferry_element_add_text (os, "type", "hvm");
  ferry_element_set (type, "arch", "x86_64");
  ferry_element_set (type, "machine", "q35");
  note_firmware (draft);
  if (!draft->abilities->efi)
    return;
  ferry_element_set (os, "firmware", "efi");
  firmware = ferry_element_add (os, "firmware");
  if (draft->secure && draft->abilities->enrolled_keys == FERRY_ANSWER_YES)
    add_firmware_feature (firmware, "enrolled-keys", TRUE);
  add_firmware_feature (firmware, "secure-boot", draft->secure);
}

/* A feature for Windows and the one that it cannot be without (hyperv.rst). Not in the list on purpose:
 * "reset" asks for nothing that Windows uses; "evmcs", "reenlightenment" and "avic" are for virtual
 * machines inside this one and for certain processors, and QEMU does not start where they are not to be
 * had. */
typedef struct
{
  const char *name, *needs;
} Enlightenment;

static const Enlightenment enlightenments[] = {
  { "relaxed", NULL },        { "vapic", NULL },          { "spinlocks", NULL },
  { "vpindex", NULL },        { "runtime", NULL },        { "synic", "vpindex" },
  { "stimer", "synic" },      { "frequencies", NULL },    { "tlbflush", "vpindex" },
  { "ipi", "vpindex" },
};

static gboolean
can_have (const FerryDomainDraft *draft, const char *name)
{
  for (gsize i = 0; i < G_N_ELEMENTS (enlightenments); i++)
    if (g_str_equal (enlightenments[i].name, name))
      return ferry_abilities_has_hyperv (draft->abilities, name)
             && (enlightenments[i].needs == NULL || can_have (draft, enlightenments[i].needs));
  return FALSE;
}

/* "stimer" in direct mode gives its interrupts without a detour (hyperv.rst, "hv-stimer-direct"). */
static void
add_hyperv (FerryDomainDraft *draft, FerryElement *features)
{
  FerryElement *hyperv = NULL;

  if (!draft->abilities->kvm
      || (draft->guest->family != FERRY_GUEST_WINDOWS && !draft->guest->hidden))
    return;
  hyperv = ferry_element_add_with (features, "hyperv", "mode", "custom", NULL);
  for (gsize i = 0; draft->guest->family == FERRY_GUEST_WINDOWS && i < G_N_ELEMENTS (enlightenments); i++)
    {
      const char *name = enlightenments[i].name;
      FerryElement *feature;

      if (!can_have (draft, name))
        continue;
      feature = ferry_element_add_with (hyperv, name, "state", "on", NULL);
      if (g_str_equal (name, "spinlocks"))
        ferry_element_set (feature, "retries", SPINLOCK_RETRIES);
      else if (g_str_equal (name, "stimer"))
        ferry_element_add_with (feature, "direct", "state", "on", NULL);
    }
  if (draft->guest->hidden)
    ferry_element_add_with (hyperv, "vendor_id", "state", "on", "value", VENDOR_ID, NULL);
}

/* ACPI is what UEFI asks for. The port of another hypervisor (VMware) is closed: nothing uses it, and
 * some games take it for a cheat. SMM is what Secure Boot's protection rests on (firmware
 * descriptions, "requires-smm"). Hiding KVM is for NVIDIA's drivers before 465 only. */
void
ferry_domain_add_features (FerryDomainDraft *draft)
{
  FerryElement *features = ferry_element_add (draft->domain, "features");

  ferry_element_add (features, "acpi");
  ferry_element_add (features, "apic");
  add_hyperv (draft, features);
  if (draft->guest->hidden && draft->abilities->kvm)
    ferry_element_add_with (ferry_element_add (features, "kvm"), "hidden", "state", "on", NULL);
  ferry_element_add_with (features, "vmport", "state", "off", NULL);
  if (draft->secure)
    ferry_element_add_with (features, "smm", "state", "on", NULL);
}

/* The size of the address windows that the card asks for beyond 4 GiB, bytes. */
static guint64
count_windows (const FerryDomainDraft *draft)
{
  guint64 sum = 0;

  for (guint i = 0; i < draft->guest->card->len; i++)
    {
      const FerryAddress *address = &g_array_index (draft->guest->card, FerryAddress, i);
      g_autofree char *id = ferry_address_to_string (address);
      FerryDevice *device = ferry_devices_find (draft->machine->devices, id);

      for (guint b = 0; device != NULL && b < FERRY_DEVICE_N_BARS; b++)
        if (device->bars[b].memory && device->bars[b].wide && sum < G_MAXINT64)
          sum += MIN (device->bars[b].size, G_MAXINT64);
    }
  return sum;
}

/* OVMF (since edk2-stable202211) places large windows into the upper eighth of the addresses that the
 * processor names (OvmfPkg, PlatformDynamicMmioWindow), so no size has to be set here; what does not
 * fit there does not fit at all. */
static void
note_windows (FerryDomainDraft *draft, guint bits)
{
  guint64 asked = count_windows (draft);

  if (bits >= 36 && bits < 64 && asked > G_GUINT64_CONSTANT (1) << (bits - 3))
    ferry_domain_note (draft, _("The card asks for more address space than the virtual machine can give. "
                                "If its driver reports code 12 or nothing is shown, switch “Resizable "
                                "BAR” off in this computer's firmware."));
}

/* The addresses that the machine may use: those of the processor, but not more than the IOMMU can map
 * (39 bits on desktop processors of Intel). Without that, firmware puts the windows of cards and of the
 * shared memory where "VFIO_MAP_DMA failed" (formatdomain, "maxphysaddr"; "limit" since 9.3). Before
 * that the number is said outright: libvirt 9.0 makes "phys-bits=39" of it, which QEMU takes for a
 * passed-through processor as well (target/i386/host-cpu.c: "host-phys-bits" is off by default). */
static void
add_address_size (FerryDomainDraft *draft, FerryElement *cpu)
{
  guint bits = draft->machine->processor->address_bits;
  guint reach = draft->machine->iommu->address_bits;
  FerryElement *size;

  if (draft->guest->card->len + draft->guest->gear->len == 0
      || get_libvirt (draft) < FERRY_ABILITIES_VERSION (8, 7, 0))
    return;
  size = ferry_element_add_with (cpu, "maxphysaddr", "mode", "passthrough", NULL);
  if (reach == 0 || (bits != 0 && reach >= bits))
    {
      note_windows (draft, bits);
      return;
    }
  note_windows (draft, reach);
  if (get_libvirt (draft) >= FERRY_ABILITIES_VERSION (9, 3, 0))
    {
      ferry_element_set_number (size, "limit", reach);
      return;
    }
  ferry_element_set (size, "mode", "emulate");
  ferry_element_set_number (size, "bits", reach);
}

/* The real processor: the fastest, and what drivers and anti-cheat expect. migratable='off' keeps the
 * invariant time stamp counter; the caches are shown as they are, so that the system inside places
 * its work well (formatdomain, "CPU model and topology"). On AMD, threads inside one core are only seen
 * with "topoext". An imitated processor is the best one that QEMU has. */
void
ferry_domain_add_processor (FerryDomainDraft *draft)
{
  gboolean real = draft->abilities->kvm && draft->abilities->host_passthrough;
  FerryElement *cpu = ferry_element_add (draft->domain, "cpu");
  FerryElement *topology;

  ferry_element_set (cpu, "mode", real ? "host-passthrough" : "maximum");
  ferry_element_set (cpu, "check", "none");
  ferry_element_set (cpu, "migratable", real ? "off" : "on");
  topology = ferry_element_add_with (cpu, "topology", "sockets", "1", "dies", "1", NULL);
  ferry_element_set_number (topology, "cores", draft->tuning->cores);
  ferry_element_set_number (topology, "threads", draft->tuning->threads);
  if (!real)
    return;
  ferry_element_add_with (cpu, "cache", "mode", "passthrough", NULL);
  add_address_size (draft, cpu);
  if (draft->machine->processor->vendor == FERRY_VENDOR_AMD && draft->tuning->threads > 1)
    ferry_element_add_with (cpu, "feature", "policy", "require", "name", "topoext", NULL);
}

/* Windows takes the clock of the board for local time. The high precision timer is slow to imitate and
 * worse than what both systems use instead; interrupts of the others that were missed are made up for
 * (formatdomain, "Time keeping"). */
void
ferry_domain_add_clock (FerryDomainDraft *draft)
{
  gboolean windows = draft->guest->family == FERRY_GUEST_WINDOWS;
  FerryElement *clock = ferry_element_add_with (draft->domain, "clock", "offset",
                                                windows ? "localtime" : "utc", NULL);

  ferry_element_add_with (clock, "timer", "name", "rtc", "tickpolicy", "catchup", NULL);
  ferry_element_add_with (clock, "timer", "name", "pit", "tickpolicy", "delay", NULL);
  ferry_element_add_with (clock, "timer", "name", "hpet", "present", "no", NULL);
  if (windows && draft->abilities->kvm)
    ferry_element_add_with (clock, "timer", "name", "hypervclock", "present", "yes", NULL);
}
