/* domain-devices.c: the part of domain.h for devices: disks, network, the card, USB, TPM.
 *
 * Format: https://libvirt.org/formatdomain.html, "Devices". What has no address gets one from libvirt.
 */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "guest/domain-parts.h"
#include "guest/hostdev.h"

/* The ports of one controller that still fit on it (formatdomain, "ports": at most 15). */
#define USB_PORTS "15"

/* An image file, or a disk of the computer. */
static gboolean
is_block_device (const char *path)
{
  g_autofree char *folder = g_build_filename (G_DIR_SEPARATOR_S, "dev", "", NULL);

  return g_str_has_prefix (path, folder);
}

/* "sda", "sdb", ... */
static void
add_target (FerryElement *disk, const char *prefix, guint number, const char *bus)
{
  g_autofree char *name = g_strdup_printf ("%s%c", prefix, (char) ('a' + number));

  ferry_element_add_with (disk, "target", "dev", name, "bus", bus, NULL);
}

static void
add_order (FerryElement *device, guint order)
{
  ferry_element_set_number (ferry_element_add (device, "boot"), "order", order);
}

/* discard: space that the system inside frees is given back to the computer. A whole disk is read and
 * written past the computer's own cache, which would hold everything twice; image files keep the default
 * cache, because not every file system can do without ("cache" and "io" in formatdomain). */
static void
add_disk (FerryDomainDraft *draft, FerryElement *devices)
{
  const FerryGuest *guest = draft->guest;
  gboolean virtio = ferry_guest_uses_virtio (guest);
  gboolean block = is_block_device (guest->disk);
  FerryElement *disk = ferry_element_add_with (devices, "disk", "type", block ? "block" : "file",
                                               "device", "disk", NULL);
  FerryElement *target;

  ferry_element_add_with (disk, "driver", "name", "qemu", "type", guest->disk_format, "discard",
                          "unmap", "iothread", draft->tuning->io_thread && virtio ? "1" : NULL, "cache",
                          block ? "none" : NULL, "io", block ? "native" : NULL, NULL);
  ferry_element_add_with (disk, "source", block ? "dev" : "file", guest->disk, NULL);
  add_target (disk, virtio ? "vd" : "sd", 0, virtio ? "virtio" : "sata");
  target = ferry_element_find (disk, "target");
  /* Says "no rotating disk", so that Windows trims instead of defragmenting. */
  if (!virtio)
    ferry_element_set (target, "rotation_rate", "1");
  add_order (disk, 1);
}

static void
add_medium (FerryElement *devices, const char *path, guint number, guint order)
{
  FerryElement *disk
      = ferry_element_add_with (devices, "disk", "type", "file", "device", "cdrom", NULL);

  ferry_element_add_with (disk, "driver", "name", "qemu", "type", "raw", NULL);
  ferry_element_add_with (disk, "source", "file", path, NULL);
  add_target (disk, "sd", number, "sata");
  ferry_element_add (disk, "readonly");
  if (order > 0)
    add_order (disk, order);
}

/* The disk comes first: while it is empty the firmware goes on to the medium, and after the
 * installation the new system starts without anybody taking the medium out. */
static void
add_disks (FerryDomainDraft *draft, FerryElement *devices)
{
  const FerryGuest *guest = draft->guest;
  guint next = guest->disk != NULL && !ferry_guest_uses_virtio (guest) ? 1 : 0;

  if (guest->disk != NULL)
    add_disk (draft, devices);
  if (guest->medium != NULL)
    add_medium (devices, guest->medium, next++, 2);
  if (guest->drivers != NULL)
    add_medium (devices, guest->drivers, next++, 0);
  if (!ferry_guest_uses_virtio (guest) && guest->family == FERRY_GUEST_WINDOWS)
    ferry_domain_note (draft, _("Without the medium with the virtio drivers, the disk and the network "
                                "imitate real hardware (SATA and Intel e1000e), which Windows knows. "
                                "They are slower."));
}

static void
add_network (FerryDomainDraft *draft, FerryElement *devices)
{
  FerryElement *network;

  if (draft->guest->network == NULL)
    return;
  network = ferry_element_add_with (devices, "interface", "type", "network", NULL);
  ferry_element_add_with (network, "source", "network", draft->guest->network, NULL);
  ferry_element_add_with (network, "model", "type",
                          ferry_guest_uses_virtio (draft->guest) ? "virtio" : "e1000e", NULL);
}

/* Windows 11 asks for a TPM 2.0; swtpm imitates it. CRB is the interface of today's boards. */
static void
add_tpm (FerryDomainDraft *draft, FerryElement *devices)
{
  FerryElement *tpm;

  if (!draft->guest->tpm)
    return;
  if (!draft->abilities->tpm)
    {
      ferry_domain_note (draft, _("A TPM 2.0 cannot be imitated, because the program swtpm is not "
                                  "installed. The installation of Windows 11 will refuse to go on; "
                                  "install swtpm and try again."));
      return;
    }
  tpm = ferry_element_add_with (devices, "tpm", "model", "tpm-crb", NULL);
  ferry_element_add_with (tpm, "backend", "type", "emulator", "version", "2.0", NULL);
}

/* Channels for the agents inside (clipboard and size of the window; shutting down, time) and a source
 * of random numbers: all of them need virtio's drivers. */
static void
add_agents (FerryDomainDraft *draft, FerryElement *devices)
{
  FerryElement *channel, *random;

  if (!ferry_guest_uses_virtio (draft->guest))
    return;
  channel = ferry_element_add_with (devices, "channel", "type", "unix", NULL);
  ferry_element_add_with (channel, "target", "type", "virtio", "name", "org.qemu.guest_agent.0", NULL);
  if (draft->guest->window && draft->abilities->spice)
    {
      channel = ferry_element_add_with (devices, "channel", "type", "spicevmc", NULL);
      ferry_element_add_with (channel, "target", "type", "virtio", "name", "com.redhat.spice.0", NULL);
    }
  random = ferry_element_add_with (devices, "rng", "model", "virtio", NULL);
  ferry_element_add_with (random, "backend", "model", "builtin", NULL);
}

/* A text console, for when the card shows nothing ("virsh console"). */
static void
add_console (FerryDomainDraft *draft, FerryElement *devices)
{
  FerryElement *serial, *console;

  if (draft->guest->family == FERRY_GUEST_WINDOWS)
    return;
  serial = ferry_element_add_with (devices, "serial", "type", "pty", NULL);
  ferry_element_add_with (serial, "target", "type", "isa-serial", "port", "0", NULL);
  console = ferry_element_add_with (devices, "console", "type", "pty", NULL);
  ferry_element_add_with (console, "target", "type", "serial", "port", "0", NULL);
}

/* Shared memory for Looking Glass; its size is asked for by looking-glass.io/docs. */
static void
add_glass (FerryDomainDraft *draft, FerryElement *devices)
{
  guint64 size = ferry_guest_count_glass (draft->guest);
  g_autofree char *text = g_strdup_printf ("%" G_GUINT64_FORMAT, size >> 20);
  FerryElement *memory, *element;

  if (size == 0)
    return;
  memory = ferry_element_add_with (devices, "shmem", "name", "looking-glass", NULL);
  ferry_element_add_with (memory, "model", "type", "ivshmem-plain", NULL);
  element = ferry_element_add_text (memory, "size", text);
  ferry_element_set (element, "unit", "M");
}

static void
note_rom (FerryDomainDraft *draft)
{
  const GArray *card = draft->guest->card;
  g_autofree char *id = NULL;
  FerryDevice *device;

  if (card->len == 0 || draft->guest->rom != NULL)
    return;
  id = ferry_address_to_string (&g_array_index (card, FerryAddress, 0));
  device = ferry_devices_find (draft->machine->devices, id);
  if (device != NULL && device->rom_uefi == FERRY_ANSWER_NO)
    ferry_domain_note (draft, _("The card's own start program does not know UEFI, so it shows nothing "
                                "until its driver runs in the virtual machine. A ROM file with UEFI from "
                                "the card's maker would help."));
}

/* Numbers of PCI controllers: 0 is the root. */
static void
add_given (FerryDomainDraft *draft, FerryElement *devices)
{
  const FerryGuest *guest = draft->guest;

  ferry_hostdev_add (devices, guest->card, 1, guest->rom);
  ferry_hostdev_add (devices, guest->gear, 1 + ferry_hostdev_count_slots (guest->card), NULL);
  for (guint i = 0; i < guest->usb->len; i++)
    ferry_hostdev_add_usb (devices, &g_array_index (guest->usb, FerryGuestUsb, i));
  note_rom (draft);
}

/* No memory balloon: with a card all memory is pinned, so it could give nothing back, and QEMU refuses
 * to let it (docs of "-device vfio-pci"; ram_block_discard_disable in hw/vfio). */
void
ferry_domain_add_devices (FerryDomainDraft *draft)
{
  FerryElement *devices = ferry_element_add (draft->domain, "devices");

  add_disks (draft, devices);
  ferry_element_add_with (devices, "controller", "type", "usb", "model", "qemu-xhci", "ports",
                          USB_PORTS, NULL);
  add_network (draft, devices);
  add_console (draft, devices);
  add_agents (draft, devices);
  add_tpm (draft, devices);
  ferry_domain_add_inputs (draft, devices);
  ferry_domain_add_screen (draft, devices);
  add_given (draft, devices);
  ferry_element_add_with (devices, "memballoon", "model", "none", NULL);
  add_glass (draft, devices);
}
