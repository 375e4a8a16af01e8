/* domain.c: see domain.h. Firmware and processor: domain-platform.c; devices: domain-devices.c.
 *
 * Each choice that libvirt would not make by itself says where it comes from. "formatdomain" is
 * https://libvirt.org/formatdomain.html.
 */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "facts/error.h"
#include "guest/domain-parts.h"

#define OSINFO_SPACE "http://libosinfo.org/xmlns/libvirt/domain/1.0"

void
ferry_domain_note (FerryDomainDraft *draft, const char *text)
{
  g_ptr_array_add (draft->notes, g_strdup (text));
}

/* virt-manager and other programs read from this which system is inside (formatdomain, "metadata"). */
static void
add_system (FerryDomainDraft *draft)
{
  FerryElement *metadata, *info;

  if (*draft->guest->system_id == '\0')
    return;
  metadata = ferry_element_add (draft->domain, "metadata");
  info = ferry_element_add_with (metadata, "libosinfo:libosinfo", "xmlns:libosinfo", OSINFO_SPACE,
                                 NULL);
  ferry_element_add_with (info, "libosinfo:os", "id", draft->guest->system_id, NULL);
}

static void
add_size (FerryElement *parent, const char *name, guint64 bytes)
{
  g_autofree char *text = g_strdup_printf ("%" G_GUINT64_FORMAT, bytes / 1024);
  FerryElement *element = ferry_element_add_text (parent, name, text);

  ferry_element_set (element, "unit", "KiB");
}

/* VFIO pins all memory at the start (kernel, drivers/vfio/vfio_iommu_type1.c), so merging equal pages
 * (KSM) would only cost time: "nosharepages". "locked" is not set: libvirt raises the limit of
 * locked memory by itself for devices that are given away, and with "locked" it would not be bounded
 * at all (formatdomain, "memoryBacking"). */
static void
add_memory (FerryDomainDraft *draft)
{
  const FerryTuning *tuning = draft->tuning;
  gboolean given = draft->guest->card->len + draft->guest->gear->len > 0;
  FerryElement *backing, *page;

  add_size (draft->domain, "memory", draft->guest->memory);
  add_size (draft->domain, "currentMemory", draft->guest->memory);
  if (tuning->huge_pages == 0 && !given)
    return;
  backing = ferry_element_add (draft->domain, "memoryBacking");
  if (tuning->huge_pages > 0)
    {
      page = ferry_element_add (ferry_element_add (backing, "hugepages"), "page");
      ferry_element_set_number (page, "size", tuning->huge_page / 1024);
      ferry_element_set (page, "unit", "KiB");
    }
  ferry_element_add (backing, "nosharepages");
}

/* formatdomain, "CPU Tuning": virtual processors on cores of their own; what QEMU does besides
 * (emulator, disk) on the cores that the computer keeps. */
static void
add_pins (FerryDomainDraft *draft)
{
  const FerryTuning *tuning = draft->tuning;
  g_autofree char *rest = ferry_cores_print_list (tuning->rest);
  FerryElement *tune;

  if (!tuning->pinned)
    return;
  tune = ferry_element_add (draft->domain, "cputune");
  for (guint i = 0; i < tuning->pins->len; i++)
    {
      FerryElement *pin = ferry_element_add (tune, "vcpupin");

      ferry_element_set_number (pin, "vcpu", i);
      ferry_element_set_number (pin, "cpuset", g_array_index (tuning->pins, guint, i));
    }
  ferry_element_add_with (tune, "emulatorpin", "cpuset", rest, NULL);
  if (tuning->io_thread)
    ferry_element_add_with (tune, "iothreadpin", "iothread", "1", "cpuset", rest, NULL);
}

static void
add_size_of_machine (FerryDomainDraft *draft)
{
  g_autofree char *processors = g_strdup_printf ("%u", draft->guest->processors);
  FerryElement *element;

  add_memory (draft);
  element = ferry_element_add_text (draft->domain, "vcpu", processors);
  ferry_element_set (element, "placement", "static");
  if (draft->tuning->io_thread)
    ferry_element_add_text (draft->domain, "iothreads", "1");
  add_pins (draft);
}

/* Sleep inside is switched off: a passed-through card does not come back from it reliably, and nobody
 * could wake the machine (formatdomain, "Power Management"). */
static void
add_events (FerryDomainDraft *draft)
{
  FerryElement *sleep;

  ferry_element_add_text (draft->domain, "on_poweroff", "destroy");
  ferry_element_add_text (draft->domain, "on_reboot", "restart");
  ferry_element_add_text (draft->domain, "on_crash", "destroy");
  sleep = ferry_element_add (draft->domain, "pm");
  ferry_element_add_with (sleep, "suspend-to-mem", "enabled", "no", NULL);
  ferry_element_add_with (sleep, "suspend-to-disk", "enabled", "no", NULL);
}

static gboolean
check_abilities (const FerryGuest *guest, const FerryAbilities *abilities, GError **error)
{
  if (!abilities->q35)
    {
      g_set_error_literal (error, FERRY_ERROR, FERRY_ERROR_UNSUPPORTED,
                           _("QEMU on this computer cannot make a PC with PCI Express. Please install "
                             "QEMU for x86-64."));
      return FALSE;
    }
  if (abilities->max_processors > 0 && guest->processors > abilities->max_processors)
    {
      g_set_error_literal (error, FERRY_ERROR, FERRY_ERROR_INVALID,
                           _("QEMU on this computer cannot have so many processors in a virtual "
                             "machine."));
      return FALSE;
    }
  return TRUE;
}

/**
 * ferry_domain_make_xml:
 * @machine: the computer
 * @guest: the wish
 * @abilities: what libvirt and QEMU can do here
 * @tuning: made from the same @machine and @guest
 * @notes: (out) (optional) (transfer full) (element-type utf8): what had to be left out and what that
 *   means, a sentence each
 *
 * The same values always give the same text: what libvirt makes up by itself (UUID, MAC address,
 * firmware files, most addresses) is left to it.
 *
 * Returns: (transfer full) (nullable): the XML; %FERRY_ERROR_INVALID when the wish makes no sense,
 *   %FERRY_ERROR_UNSUPPORTED when QEMU cannot do it at all
 */
char *
ferry_domain_make_xml (FerryMachine *machine, const FerryGuest *guest,
                       const FerryAbilities *abilities, const FerryTuning *tuning,
                       GPtrArray **notes, GError **error)
{
  g_autoptr (xmlDoc) document = NULL;
  g_autoptr (GPtrArray) told = g_ptr_array_new_with_free_func (g_free);
  FerryDomainDraft draft = { machine, guest, abilities, tuning, NULL, told, FALSE };

  if (!ferry_guest_check (guest, error) || !check_abilities (guest, abilities, error))
    return NULL;
  document = ferry_element_new ("domain");
  draft.domain = xmlDocGetRootElement (document);
  ferry_element_set (draft.domain, "type", abilities->kvm ? "kvm" : "qemu");
  if (!abilities->kvm)
    ferry_domain_note (&draft, _("The processor's help for virtual machines (KVM) is not there, so "
                                 "everything is imitated. It works, but many times slower."));
  ferry_element_add_text (draft.domain, "name", guest->name);
  add_system (&draft);
  add_size_of_machine (&draft);
  ferry_domain_add_firmware (&draft);
  ferry_domain_add_features (&draft);
  ferry_domain_add_processor (&draft);
  ferry_domain_add_clock (&draft);
  add_events (&draft);
  ferry_domain_add_devices (&draft);
  if (notes != NULL)
    *notes = g_steal_pointer (&told);
  return ferry_element_print (document);
}
