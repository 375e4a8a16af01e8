/* symptom.c: see symptom.h.
 *
 * Each text was looked up in libvirt 9.0, 11.3 and 12.8 and QEMU 7.2, 10.0 and 11.1; which file
 * writes it stands beside its message in tests/guest/test-symptom.c. Those of the kernel and of
 * Windows are as in logs that people posted. Paths, numbers and names are left open. The first row
 * that fits counts, so the special ones stand before the general ones.
 */
#include "config.h"

#include <string.h>
#include <glib/gi18n-lib.h>

#include "guest/symptom.h"

/* Longer texts are looked at up to here. */
#define MAX_TEXT (64 * 1024)

typedef struct
{
  const char *id, *title, *cause, *action;
  const char *patterns[6]; /* globs over the whole text; one is enough */
} Row;

static const Row rows[] = {
  /* The way to libvirt */
  { "no-libvirt",
    N_ ("The virtualization service is not installed."),
    N_ ("Ferry speaks to the virtual machines through the program libvirt, and its library is not "
        "on this computer."),
    N_ ("Install libvirt; Ferry's page of changes offers it."),
    { "*libvirt.so.0: *", "*Error loading shared library libvirt*" } },
  { "not-running",
    N_ ("The virtualization service is not running."),
    N_ ("Nobody answers where libvirt should listen: it is not installed, not switched on, or has "
        "just stopped."),
    N_ ("Restart the computer. If that does not help, switch the service on: systemctl enable "
        "--now libvirtd.socket"),
    { "*Failed to connect socket to '*': No such file or directory*",
      "*Failed to connect socket to '*': Connection refused*" } },
  { "stopped-answering",
    N_ ("The virtualization service stopped answering."),
    N_ ("It was restarted, updated or ended by itself in the middle of the work."),
    N_ ("Try again in a minute. Nothing that Ferry had begun is lost: what was only half made is "
        "listed or was removed."),
    { "*End of file while reading data*", "*client socket is closed*",
      "*connection closed due to keepalive timeout*", "*no answer to the attempt to connect*" } },
  { "broken-pipe",
    N_ ("The virtualization service stopped answering."),
    N_ ("It was restarted, updated or ended by itself in the middle of the work."),
    N_ ("Try again in a minute."),
    { "*Cannot write data: Broken pipe*", "*Cannot recv data: Connection reset by peer*",
      "*received hangup event on socket*" } },
  { "socket-denied",
    N_ ("You may not use the virtualization service yet."),
    N_ ("Only members of the group libvirt may, and you are none, or became one after you logged "
        "in."),
    N_ ("Log out and in again, or restart the computer. If that does not help, become a member: "
        "sudo usermod -aG libvirt $USER"),
    { "*Failed to connect socket to '*': Permission denied*" } },
  { "no-agent",
    N_ ("Nobody could ask you for the password."),
    N_ ("You are not a member of the group libvirt (or became one after you logged in), and no "
        "program of your desktop shows password "
        "dialogs."),
    N_ ("Log out and in again, or restart the computer. On a text console, become a member of the "
        "group libvirt first."),
    { "*authentication unavailable: no polkit agent available*" } },
  { "login-refused",
    N_ ("The virtualization service refused you."),
    N_ ("The password dialog was closed, the password was wrong, or this computer's rules do not "
        "allow it."),
    N_ ("Try again. Who is a member of the group libvirt is not asked."),
    { "*authentication failed: *", "*authentication cancelled*", "*access denied*",
      "*authentication unavailable*" } },

  /* The card and its IOMMU group */
  { "group-not-viable",
    N_ ("Other devices in the card's IOMMU group are still in use by your system."),
    N_ ("An IOMMU group is a set of devices that the hardware cannot keep apart: all of them go to "
        "the virtual machine, or none."),
    N_ ("Look at “ferryctl groups”: give the rest of the group away, too, or put the card into "
        "another slot."),
    { "*group * is not viable*" } },
  { "no-interrupt-remapping",
    N_ ("This computer's IOMMU cannot keep the card's interrupts apart."),
    N_ ("Interrupt remapping is missing or switched off; without it the kernel refuses for "
        "safety's sake."),
    N_ ("Look for an update of the firmware (BIOS or UEFI), and for its settings VT-d, IOMMU and "
        "x2APIC."),
    { "*Failed to set iommu for container: Operation not permitted*",
      "*failed to set iommu for container: Operation not permitted*",
      "*No interrupt remapping support*" } },
  { "firmware-region",
    N_ ("The firmware of this computer keeps the card for itself."),
    N_ ("It has asked for a fixed piece of memory for this device, and the kernel must not give "
        "such a device away."),
    N_ ("Switch off in the firmware what uses the card (often remote management or shared graphics "
        "memory), or update the firmware."),
    { "*Device is ineligible for IOMMU domain attach due to platform RMRR*",
      "*Firmware has requested this device have a 1:1 IOMMU mapping*",
      "*ailed to set group container: Invalid argument*" } },
  { "no-vfio",
    N_ ("This computer cannot give devices to virtual machines now."),
    N_ ("The IOMMU is off, or the part of the kernel that hands devices over (vfio) is not "
        "loaded."),
    N_ ("Run “ferryctl check”; it says which setting or step is missing. After a change the "
        "computer has to be restarted."),
    { "*host doesn't support *PCI*", "*VFIO device assignment is currently not supported*",
      "*no iommu_group found*" } },
  { "vfio-missing",
    N_ ("The card is not free for the virtual machine."),
    N_ ("The kernel has no handle for the card's IOMMU group: a driver of your system still holds "
        "the card."),
    N_ ("Run “ferryctl check”. If it says that all is ready, restart the computer once."),
    { "*failed to open /dev/vfio/*: No such file or directory*",
      "*Could not open '/dev/vfio/*': No such file or directory*",
      "*error getting device from group *",
      "*Failed to add driver '*' to driver_override interface of PCI device *" } },
  { "vfio-busy",
    N_ ("The card is in use by another virtual machine."),
    N_ ("A card can be in one running virtual machine at a time."),
    N_ ("Shut the other virtual machine down first."),
    { "*PCI device * is in use by driver QEMU, domain *",
      "*failed to open /dev/vfio/*: Device or resource busy*",
      "*Could not open '/dev/vfio/*': Device or resource busy*" } },
  { "device-gone",
    N_ ("The card is not where it was."),
    N_ ("The device has another address now, or is gone: cards that are added or taken out, and "
        "firmware updates, change addresses."),
    N_ ("Run “ferryctl cards” and give the card to the virtual machine again: “ferryctl vm give”."),
    { "*Device * not found: could not access /sys/bus/pci/devices/*", "*no such host device*",
      "*Failed to open config space file '*': No such file or directory*",
      "*no node device with matching name *" } },
  { "card-asleep",
    N_ ("The card does not wake up any more."),
    N_ ("After its last use it stayed in deep sleep (D3) or did not come back from its reset; many "
        "AMD cards do that."),
    N_ ("Shut the computer down, wait ten seconds and switch it on again; a restart is often not "
        "enough. "
        "Shut the system inside the virtual machine down properly, never by force."),
    { "*Unknown PCI header type '127'*", "*Unable to change power state from D3*",
      "*not ready *ms after *; giving up*", "*Refused to change power state*" } },
  { "cannot-reset",
    N_ ("The card cannot be reset on its own."),
    N_ ("To start cleanly a card has to be reset, and this one would take other devices with it."),
    N_ ("Give all devices of the card to the virtual machine, and nothing else that sits behind "
        "the same port."),
    { "*Unable to reset PCI device *", "*Cannot reset device *, depends on *",
      "*Cannot reset device *, no available reset mechanism*", "*Failed to reset PCI device: *" } },
  { "cannot-reserve",
    N_ ("Your system still shows its picture through the card."),
    N_ ("The picture of the start (framebuffer) lies in the card's memory, so the virtual machine "
        "cannot have that memory."),
    N_ ("Connect your screen to the other card and choose that one in the firmware as the first; a "
        "newer kernel helps, too."),
    { "*an't reserve [mem *", "*cannot reserve [mem *" } },
  { "no-space",
    N_ ("There is no room for the card's memory."),
    N_ ("The memory of the card needs addresses above 4 GB, which the firmware or the virtual "
        "machine does not offer."),
    N_ ("Switch on “Above 4G Decoding” in the firmware (BIOS or UEFI); if it is on, try without "
        "“Resizable BAR”."),
    { "*BAR *: no space for *", "*BAR *: failed to assign*", "*BAR *: can't assign; no space*" } },
  { "dma-address",
    N_ ("The card's memory lies where this computer's IOMMU cannot reach it."),
    N_ ("The virtual machine believes that it has more address bits than the IOMMU of this "
        "processor can handle."),
    N_ ("Create the virtual machine again with Ferry, which limits the bits, or use less memory "
        "for it."),
    { "*vfio_*dma_map(*) = -22 (Invalid argument)*", "*VFIO_MAP_DMA failed: Invalid argument*",
      "*IOMMU_IOAS_MAP failed: Invalid argument*" } },
  { "bad-rom",
    N_ ("The ROM file does not fit or cannot be read."),
    N_ ("The file with the card's start program is missing, broken, or of another card."),
    N_ ("Take the file out again (most cards need none), or make a new one from this very card."),
    { "*failed to find romfile *", "*romfile \"*\" is *", "*romfile \"*\" too large *",
      "*Invalid PCI ROM header signature*" } },

  /* Memory */
  { "memory-lock",
    N_ ("The virtual machine may not keep its memory in place."),
    N_ ("With a graphics card all of its memory has to stay where it is, and a limit of your "
        "system forbids so much."),
    N_ ("Give the virtual machine less memory. If it was not made by Ferry, run it in the system's "
        "libvirt (qemu:///system)."),
    { "*cannot limit locked memory*", "*RLIMIT_MEMLOCK (*) exceeded*",
      "*vfio_*dma_map(*) = -12 (Cannot allocate memory)*",
      "*VFIO_MAP_DMA failed: Cannot allocate memory*" } },
  { "no-huge-pages",
    N_ ("There are not enough large memory pages."),
    N_ ("They have to be set aside while memory is still in one piece, best right after the start "
        "of the computer."),
    N_ ("Restart the computer and start the virtual machine first, or switch large pages off."),
    { "*unable to map backing store for guest RAM: Cannot allocate memory*",
      "*Unable to find any usable hugetlbfs mount*", "*hugetlbfs filesystem is not mounted*" } },
  { "no-memory",
    N_ ("There is not enough free memory."),
    N_ ("The whole memory of the virtual machine has to be free when it starts."),
    N_ ("Close programs, or give the virtual machine less memory."),
    { "*cannot set up guest memory '*': Cannot allocate memory*", "*annot allocate memory*",
      "*out of memory*" } },

  /* KVM, firmware, TPM */
  { "no-kvm",
    N_ ("The processor's support for virtual machines is switched off."),
    N_ ("It is off in the firmware, or another program for virtual machines holds it."),
    N_ ("Switch on VT-x (Intel) or SVM (AMD) in the firmware (BIOS or UEFI); close VirtualBox and "
        "VMware."),
    { "*Could not access KVM kernel module: *", "*failed to initialize kvm: *",
      "*invalid accelerator kvm*", "*Emulator '*' does not support virt type 'kvm'*",
      "*Domain requires KVM, but it is not available*" } },
  { "no-firmware",
    N_ ("The firmware for virtual machines is missing."),
    N_ ("A virtual machine needs a UEFI of its own, and none was found that can do what is "
        "wanted."),
    N_ ("Install the package edk2-ovmf (on Debian: ovmf) and try again."),
    { "*Unable to find any firmware to satisfy '*",
      "*Unable to find '*' firmware that is compatible with the current configuration*",
      "*unable to find any master var store*", "*OVMF*: No such file or directory*" } },
  { "no-tpm",
    N_ ("The security chip of the virtual machine cannot be made."),
    N_ ("Windows 11 wants a TPM, which the program swtpm plays; it is missing or may not write."),
    N_ ("Install the package swtpm and try again."),
    { "*Could not run '*swtpm_*'*", "*swtpm* died and reported*",
      "*Unable to find 'swtpm*' binary in $PATH*",
      "*does not support TPM backend type emulator*" } },

  /* Networks */
  { "network-off",
    N_ ("The virtual network is switched off."),
    N_ ("The network of this name exists, but is not started with the computer."),
    N_ ("Start it: virsh -c qemu:///system net-start default; virsh -c qemu:///system "
        "net-autostart default"),
    { "*network '*' is not active*" } },
  { "network-missing",
    N_ ("The virtual network does not exist."),
    N_ ("Usually libvirt brings a network with the name default; here it was removed or has "
        "another name."),
    N_ ("Install libvirt's package for the default network, or choose another network."),
    { "*Network not found: no network with matching name*", "*network not found*" } },
  { "network-conflict",
    N_ ("The virtual network has the same addresses as a network of this computer."),
    N_ ("Two networks cannot share their addresses; this happens inside virtual machines, or when "
        "the router uses 192.168.122."),
    N_ ("Change the addresses of the network default, for example in the program virt-manager."),
    { "*Network is already in use by interface *", "*network is already in use by interface *" } },
  { "no-dnsmasq",
    N_ ("The virtual network cannot be started."),
    N_ ("A program that it needs is missing: dnsmasq, which gives out addresses, or the firewall's "
        "(nftables, iptables)."),
    N_ ("Install the packages dnsmasq and iptables-nft (on Debian: dnsmasq-base and iptables) and "
        "restart the computer."),
    { "*Unable to find 'dnsmasq' binary in $PATH*", "*could not find a usable firewall backend*",
      "*No firewall backend is available*", "*Failed to apply firewall *" } },

  /* Files and disks */
  { "disk-full",
    N_ ("The disk is full."),
    N_ ("There is less free space than the image needs."),
    N_ ("Make room, or choose a smaller disk or another storage place."),
    { "*No space left on device*", "*Not enough free space*" } },
  { "no-permission",
    N_ ("The virtual machine may not read one of its files."),
    N_ ("Virtual machines run as a user of their own, who cannot look into your home folder."),
    N_ ("Move the file to the folder of the images (/var/lib/libvirt/images); Ferry copies "
        "installation media there."),
    { "*Could not open '*': Permission denied*",
      "*Cannot access storage file '*' (as uid:*): Permission denied*",
      "*Failed to open file '*': Permission denied*",
      "*Cannot access storage file '*': Permission denied*" } },
  { "apparmor",
    N_ ("A safety rule of this system (AppArmor or SELinux) stopped the virtual machine."),
    N_ ("The rule allows only folders that it knows."),
    N_ ("Keep disks and media in the folder of the images (/var/lib/libvirt/images)."),
    { "*apparmor=\"DENIED\"*libvirt*", "*unable to set AppArmor profile *",
      "*unable to set security context *", "*cannot load AppArmor profile *" } },
  { "file-gone",
    N_ ("A file of the virtual machine is missing."),
    N_ ("A disk or an installation medium was moved, renamed or deleted."),
    N_ ("Put it back, or take the medium out of the virtual machine."),
    { "*Could not open '*': No such file or directory*",
      "*Cannot access storage file '*': No such file or directory*", "*Storage volume not found: *",
      "*cannot stat file '*': No such file or directory*" } },
  { "disk-in-use",
    N_ ("Another virtual machine uses the same disk."),
    N_ ("Two systems that write to one disk would destroy it, so this is refused."),
    N_ ("Shut the other virtual machine down, or give this one a disk of its own."),
    { "*Failed to get \"write\" lock*", "*Failed to get shared \"write\" lock*" } },
  { "volume-exists",
    N_ ("An image of this name exists already."),
    N_ ("Nothing was overwritten."),
    N_ ("Choose another name for the virtual machine, or use the image that is there."),
    { "*storage volume '*' exists already*", "*storage volume name '*' already in use*",
      "*volume target path '*' already exists*" } },

  /* What the system inside shows, or the kernel while it runs */
  { "code-43",
    N_ ("Windows has switched the graphics card off (Code 43)."),
    N_ ("The driver does not like what it sees: an old NVIDIA driver that refuses virtual "
        "machines, a card without its own start program "
        "(ROM), or a card of a laptop."),
    N_ ("Install the newest driver of the card's maker inside Windows. If it stays, restart this "
        "computer, and give the card once more with a ROM file: “ferryctl vm give NAME --card "
        "ADDRESS --rom FILE”."),
    { "*ode 43", "*ode 43)*", "*ode 43 *", "*ode 43.*", "*ode 43,*", "*ode 43:*" } },
  { "code-12",
    N_ ("Windows finds no room for the graphics card's memory (Code 12)."),
    N_ ("The virtual machine's window for large memory of cards is too small."),
    N_ ("Switch “Resizable BAR” off in the firmware (BIOS or UEFI) of this computer: then the card "
        "asks for less. And update the UEFI of virtual machines (edk2-ovmf, on Debian: ovmf): since "
        "the end of 2022 it makes the window as large as the processor allows."),
    { "*Code 12", "*Code 12)*", "*Code 12 *", "*Code 12.*", "*(code 12)*", "code 12" } },
  { "windows-11",
    N_ ("Windows 11 refuses to be installed."),
    N_ ("It wants Secure Boot, a security chip (TPM 2.0), 4 GB of memory and 64 GB of disk."),
    N_ ("Create the virtual machine for Windows 11 with Ferry; install the package swtpm first "
        "when Ferry says that it is missing."),
    { "*This PC can't run Windows 11*", "*This PC doesn't currently meet*Windows 11*" } },
  { "dma-fault",
    N_ ("The card reached for memory that is not the virtual machine's."),
    N_ ("The IOMMU has stopped it, as it should; often it is the rest of a driver that used the "
        "card before."),
    N_ ("Restart the computer. If the line names another device than the card, look for an update "
        "of the firmware."),
    { "*DMAR: [DMA *Request device [*fault addr*", "*AMD-Vi: Event logged [IO_PAGE_FAULT *" } },
  { "driver-waits",
    N_ ("A driver waits for the virtual machine to let the card go."),
    N_ ("The card was to be taken back while the virtual machine was still running."),
    N_ ("Shut the virtual machine down."),
    { "*Device is currently in use, task *blocked until device is released*" } },

  /* The virtual machine itself */
  { "name-taken",
    N_ ("There is a virtual machine of this name already."),
    N_ ("Nothing was changed."),
    N_ ("Choose another name."),
    { "*domain '*' already exists with uuid *", "*domain '*' is already defined with uuid *" } },
  { "runs-already",
    N_ ("The virtual machine is running already."),
    N_ ("It was started before."),
    N_ ("There is nothing to do."),
    { "*domain is already running*", "*domain '*' is already active*", "*VM is already active*" } },
  { "is-off",
    N_ ("The virtual machine is switched off."),
    N_ ("Only a running one can be stopped."),
    N_ ("There is nothing to do."),
    { "*domain is not running*" } },
  { "usb-gone",
    N_ ("A USB device of the virtual machine is not plugged in."),
    N_ ("It was given a device that is not there now."),
    N_ ("Plug the device in, or take it out of the virtual machine."),
    { "*Did not find USB device *", "*Did not find matching USB device: *",
      "*failed to find host usb device *" } },
  { "usb-twins",
    N_ ("Two USB devices of the same model are plugged in."),
    N_ ("The virtual machine knows its device by the model, so it cannot be told which of the two "
        "is meant."),
    N_ ("Unplug one of them until the virtual machine runs. To give both, or a certain one, give "
        "the whole USB controller that it hangs on: “ferryctl vm create --device ADDRESS”."),
    { "*Multiple USB devices for *, use <address> to specify one*" } },
  { "bad-xml",
    N_ ("The virtualization service does not understand the description of this virtual machine."),
    N_ ("Its version may be older or newer than Ferry knows."),
    N_ ("Update your system. Please report it with the text below."),
    { "*XML document failed to validate against schema*", "*XML error: *",
      "*unsupported configuration: *" } },
  { "qemu-died",
    N_ ("The virtual machine ended as soon as it started."),
    N_ ("The program that runs it (QEMU) gave the reason in the text below."),
    N_ ("Read the text below; its last line usually names the device or the file."),
    { "*unexpectedly closed the monitor*", "*process exited while connecting to monitor*",
      "*Unable to read from monitor: *" } },
};

static void
fill (FerrySymptom *symptom, const Row *row)
{
  symptom->id = row->id;
  symptom->title = _ (row->title);
  symptom->cause = _ (row->cause);
  symptom->action = _ (row->action);
}

static gboolean
fits (const Row *row, const char *text)
{
  for (gsize i = 0; i < G_N_ELEMENTS (row->patterns) && row->patterns[i] != NULL; i++)
    if (g_pattern_match_simple (row->patterns[i], text))
      return TRUE;
  return FALSE;
}

/**
 * ferry_symptom_find:
 * @text: as libvirt, QEMU or the kernel wrote it, in English; anything
 * @symptom: (out caller-allocates): what it means
 *
 * Returns: whether the text is known
 */
gboolean
ferry_symptom_find (const char *text, FerrySymptom *symptom)
{
  g_autofree char *head = g_strndup (text, MIN (strlen (text), MAX_TEXT));
  g_autofree char *valid = g_utf8_make_valid (head, -1);

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    if (fits (&rows[i], valid))
      {
        fill (symptom, &rows[i]);
        return TRUE;
      }
  return FALSE;
}

guint
ferry_symptom_count (void)
{
  return G_N_ELEMENTS (rows);
}

/**
 * ferry_symptom_get:
 *
 * Returns: whether there is a row of that number
 */
gboolean
ferry_symptom_get (guint index, FerrySymptom *symptom)
{
  if (index >= G_N_ELEMENTS (rows))
    return FALSE;
  fill (symptom, &rows[index]);
  return TRUE;
}

/**
 * ferry_symptom_set_error:
 * @text: a foreign text
 *
 * Makes an error of the sentences that explain @text, a newline, and @text itself.
 */
void
ferry_symptom_set_error (GError **error, FerryError code, const char *text)
{
  g_autofree char *head = g_strndup (text, MIN (strlen (text), MAX_TEXT));
  g_autofree char *valid = g_utf8_make_valid (head, -1);
  FerrySymptom symptom;

  if (ferry_symptom_find (text, &symptom))
    g_set_error (error, FERRY_ERROR, code, "%s %s %s\n%s", symptom.title, symptom.cause,
                 symptom.action, valid);
  else
    g_set_error (error, FERRY_ERROR, code, "%s\n%s",
                 _ ("The virtualization service reports an error that Ferry does not know."),
                 valid);
}

/**
 * ferry_symptom_get_raw:
 *
 * Returns: (nullable): the foreign text of an error that ferry_symptom_set_error() made; %NULL for
 * any other
 */
const char *
ferry_symptom_get_raw (const GError *error)
{
  const char *line = error->domain == FERRY_ERROR ? strchr (error->message, '\n') : NULL;

  return line != NULL ? line + 1 : NULL;
}

/**
 * ferry_symptom_get_sentences:
 *
 * Returns: (transfer full): the message of any error without the foreign text
 */
char *
ferry_symptom_get_sentences (const GError *error)
{
  const char *raw = ferry_symptom_get_raw (error);

  return raw != NULL ? g_strndup (error->message, (gsize) (raw - error->message) - 1)
                     : g_strdup (error->message);
}
