/* test-symptom.c: texts as libvirt, QEMU and the kernel wrote them on real computers, and what they
 * mean. */
#include "config.h"

#include <string.h>

#include "guest/symptom.h"

static const struct
{
  const char *id;
  const char
      *source; /* which file writes it; without a version all that were looked at, see symptom.c */
  const char *text;
} messages[] = {
  { "no-libvirt", "glibc elf/dl-load.c",
    "libvirt.so.0: cannot open shared object file: No such file or directory" },
  { "not-running", "libvirt src/rpc/virnetsocket.c",
    "Failed to connect socket to '/var/run/libvirt/libvirt-sock': No such file or directory" },
  { "not-running", "libvirt src/rpc/virnetsocket.c",
    "Failed to connect socket to '/var/run/libvirt/virtqemud-sock': Connection refused" },
  { "stopped-answering", "libvirt src/rpc/virnetsocket.c",
    "End of file while reading data: Input/output error" },
  { "stopped-answering", "libvirt src/rpc/virnetclient.c",
    "internal error: client socket is closed" },
  { "stopped-answering", "libvirt src/rpc/virkeepalive.c",
    "internal error: connection closed due to keepalive timeout" },
  { "broken-pipe", "libvirt src/rpc/virnetsocket.c", "Cannot write data: Broken pipe" },
  { "socket-denied", "libvirt src/rpc/virnetsocket.c",
    "Failed to connect socket to '/var/run/libvirt/libvirt-sock': Permission denied" },
  { "no-agent", "libvirt src/util/virpolkit.c",
    "authentication unavailable: no polkit agent available to authenticate action "
    "'org.libvirt.unix.manage'" },
  { "login-refused", "libvirt src/util/virpolkit.c",
    "authentication failed: access denied by policy" },
  { "group-not-viable", "QEMU hw/vfio/container.c",
    "internal error: qemu unexpectedly closed the monitor: 2022-07-02T19:41:18.784519Z "
    "qemu-system-x86_64: -device "
    "{\"driver\":\"vfio-pci\",\"host\":\"0000:09:00.0\",\"id\":\"hostdev0\",\"bus\":\"pci.1\","
    "\"addr\":\"0x0\",\"romfile\":\"/usr/share/vgabios/gpu.rom\"}: "
    "vfio 0000:09:00.0: group 2 is not viable\nPlease ensure all devices within the "
    "iommu_group are bound to their vfio bus driver." },
  { "no-interrupt-remapping", "QEMU hw/vfio/container.c",
    "internal error: process exited while connecting to monitor: 2019-03-02T11:22:01.812001Z "
    "qemu-system-x86_64: -device vfio-pci,host=01:00.0,id=hostdev0,bus=pci.4,addr=0x0: vfio "
    "0000:01:00.0: failed to setup container for group 1: Failed to set iommu for container: "
    "Operation not permitted" },
  { "no-interrupt-remapping", "Linux drivers/vfio/vfio_iommu_type1.c",
    "vfio_iommu_type1_attach_group: No interrupt remapping support.  Use the module param "
    "\"allow_unsafe_interrupts\" to enable VFIO IOMMU support on this platform" },
  { "firmware-region", "Linux drivers/iommu/intel/iommu.c",
    "vfio-pci 0000:04:00.0: Device is ineligible for IOMMU domain attach due to platform "
    "RMRR requirement.  Contact your platform vendor." },
  { "firmware-region", "Linux drivers/iommu/iommu.c",
    "vfio-pci 0000:0b:00.0: Firmware has requested this device have a 1:1 IOMMU mapping, "
    "rejecting configuring the device without a 1:1 mapping. Contact your platform vendor." },
  { "firmware-region", "QEMU hw/vfio/container.c",
    "qemu-system-x86_64: -device vfio-pci,host=0b:00.0: vfio 0000:0b:00.0: failed to setup "
    "container for group 24: failed to set group container: Invalid argument" },
  { "no-vfio", "libvirt src/qemu/qemu_hostdev.c",
    "unsupported configuration: host doesn't support passthrough of host PCI devices" },
  { "no-vfio", "libvirt src/qemu/qemu_hostdev.c",
    "unsupported configuration: host doesn't support VFIO PCI passthrough" },
  { "no-vfio", "libvirt src/qemu/qemu_driver.c",
    "operation not supported: VFIO device assignment is currently not supported on this "
    "system" },
  { "no-vfio", "QEMU hw/vfio/pci.c",
    "vfio 0000:00:02.0: no iommu_group found: No such file or directory" },
  { "vfio-missing", "QEMU 7.2, hw/vfio/common.c",
    "internal error: qemu unexpectedly closed the monitor: 2021-01-09T20:20:58.020112Z "
    "qemu-system-x86_64: -device vfio-pci,host=0000:0a:00.0,id=hostdev0,bus=pci.5,addr=0x0: "
    "vfio 0000:0a:00.0: failed to open /dev/vfio/27: No such file or directory" },
  { "vfio-missing", "QEMU hw/vfio/container.c",
    "qemu-system-x86_64: -device vfio-pci,sysfsdev=/sys/bus/mdev/devices/x: vfio x: error "
    "getting device from group 0: Inappropriate ioctl for device\nVerify all devices in "
    "group 0 are bound to vfio-<bus> or pci-stub and not already in use" },
  { "vfio-busy", "libvirt src/hypervisor/virhostdev.c",
    "Requested operation is not valid: PCI device 0000:01:00.0 is in use by driver QEMU, "
    "domain win10" },
  { "vfio-busy", "QEMU 7.2, hw/vfio/common.c",
    "vfio 0000:01:00.0: failed to open /dev/vfio/1: Device or resource busy" },
  { "device-gone", "libvirt src/util/virpci.c",
    "Device 0000:0a:00.0 not found: could not access "
    "/sys/bus/pci/devices/0000:0a:00.0/config: No such file or directory" },
  { "card-asleep", "libvirt src/util/virpci.c",
    "internal error: Unknown PCI header type '127' for device '0000:03:00.0'" },
  { "card-asleep", "Linux drivers/pci/pci.c",
    "vfio-pci 0000:03:00.0: Unable to change power state from D3cold to D0, device "
    "inaccessible" },
  { "card-asleep", "Linux drivers/pci/pci.c",
    "vfio-pci 0000:0b:00.0: not ready 65535ms after bus reset; giving up" },
  { "cannot-reset", "libvirt src/util/virpci.c",
    "internal error: Unable to reset PCI device 0000:03:00.0: internal error: Active "
    "0000:03:00.1 devices on bus with 0000:03:00.0, not doing bus reset" },
  { "cannot-reset", "QEMU hw/vfio/container.c",
    "vfio: Cannot reset device 0000:05:00.0, depends on group 17 which is not owned." },
  { "cannot-reserve", "Linux drivers/pci/pci.c",
    "vfio-pci 0000:01:00.0: BAR 1: can't reserve [mem 0xe0000000-0xefffffff 64bit pref]" },
  { "cannot-reserve", "Linux drivers/pci/pci.c",
    "vfio-pci 0000:06:00.0: BAR 0: cannot reserve [mem 0x7fe0000000-0x7fefffffff 64bit pref]" },
  { "no-space", "Linux drivers/pci/setup-res.c",
    "pci 0000:01:00.0: BAR 1: no space for [mem size 0x400000000 64bit pref]" },
  { "no-space", "Linux drivers/pci/setup-res.c, newer",
    "pci 0000:01:00.0: BAR 1 [mem size 0x400000000 64bit pref]: can't assign; no space" },
  { "no-space", "Linux drivers/pci/setup-res.c, newer",
    "pci 0000:01:00.0: BAR 1 [mem size 0x10000000 64bit pref]: failed to assign" },
  { "no-kvm", "libvirt src/qemu/qemu_validate.c",
    "unsupported configuration: Domain requires KVM, but it is not available. Check that "
    "virtualization is enabled in the host BIOS, and host configuration is setup to load the kvm "
    "modules." },
  { "usb-twins", "libvirt src/hypervisor/virhostdev.c",
    "operation failed: Multiple USB devices for 45e:28e, use <address> to specify one" },
  { "code-43", "as people type it", "Code 43" },
  { "code-43", "as people type it", "nvidia: error code 43, black screen" },
  { "code-12", "as people type it", "Code 12" },
  { "dma-address", "QEMU 7.2, hw/vfio/common.c",
    "qemu-system-x86_64: vfio_dma_map(0x5e043daea2f0, 0x380010000000, 0x2000000, "
    "0x771a6ce00000) = -22 (Invalid argument)" },
  { "dma-address", "QEMU hw/vfio/common.c", "kvm: VFIO_MAP_DMA failed: Invalid argument" },
  { "bad-rom", "QEMU hw/pci/pci.c",
    "qemu-system-x86_64: -device "
    "vfio-pci,host=0000:01:00.0,romfile=/usr/share/vgabios/patched.rom: failed to find "
    "romfile \"/usr/share/vgabios/patched.rom\"" },
  { "bad-rom", "Linux drivers/pci/rom.c",
    "vfio-pci 0000:01:00.0: Invalid PCI ROM header signature: expecting 0xaa55, got 0xffff" },
  { "memory-lock", "libvirt src/util/virprocess.c",
    "cannot limit locked memory of process 4711 to 17179869184: Operation not permitted" },
  { "memory-lock", "Linux drivers/vfio/vfio_iommu_type1.c",
    "vfio_pin_pages_remote: RLIMIT_MEMLOCK (65536) exceeded" },
  { "memory-lock", "QEMU 7.2, hw/vfio/common.c",
    "qemu-system-x86_64: -device vfio-pci,host=01:00.0: vfio 0000:01:00.0: failed to setup "
    "container for group 1: memory listener initialization failed: Region pc.ram: "
    "vfio_dma_map(0x55f0c5e0, 0x0, 0x80000000, 0x7f8a2be00000) = -12 (Cannot allocate memory)" },
  { "no-huge-pages", "QEMU system/physmem.c",
    "internal error: qemu unexpectedly closed the monitor: 2022-11-04T10:11:12.000001Z "
    "qemu-system-x86_64: unable to map backing store for guest RAM: Cannot allocate memory" },
  { "no-huge-pages", "libvirt src/qemu/qemu_conf.c",
    "internal error: Unable to find any usable hugetlbfs mount for 1048576 KiB" },
  { "no-memory", "QEMU system/physmem.c",
    "internal error: process exited while connecting to monitor: qemu-system-x86_64: cannot "
    "set up guest memory 'pc.ram': Cannot allocate memory" },
  { "no-kvm", "QEMU accel/kvm/kvm-all.c, system/vl.c",
    "Could not access KVM kernel module: No such file or directory\nqemu-system-x86_64: "
    "failed to initialize kvm: No such file or directory" },
  { "no-kvm", "libvirt src/qemu/qemu_validate.c",
    "invalid argument: could not get preferred machine for /usr/bin/qemu-system-x86_64 "
    "type=kvm: Emulator '/usr/bin/qemu-system-x86_64' does not support virt type 'kvm'" },
  { "no-firmware", "libvirt 9.0, src/qemu/qemu_firmware.c",
    "operation failed: Unable to find any firmware to satisfy 'efi'" },
  { "no-firmware", "libvirt src/qemu/qemu_process.c",
    "operation failed: unable to find any master var store for loader: "
    "/usr/share/qemu/edk2-x86_64-secure-code.fd" },
  { "no-tpm", "libvirt src/qemu/qemu_tpm.c",
    "internal error: Could not run '/usr/bin/swtpm_setup'. exitstatus: 1; Check error log "
    "'/var/log/swtpm/libvirt/qemu/win11-swtpm.log' for details." },
  { "no-tpm", "libvirt src/util/virtpm.c",
    "operation failed: Unable to find 'swtpm_setup' binary in $PATH" },
  { "network-off", "libvirt src/network/bridge_driver.c",
    "Requested operation is not valid: network 'default' is not active" },
  { "network-missing", "libvirt src/network/bridge_driver.c",
    "Network not found: no network with matching name 'default'" },
  { "network-conflict", "libvirt src/network/bridge_driver_linux.c",
    "internal error: Network is already in use by interface virbr0" },
  { "no-dnsmasq", "libvirt src/util/virdnsmasq.c",
    "operation failed: Unable to find 'dnsmasq' binary in $PATH" },
  { "no-dnsmasq", "libvirt 9.0, src/util/virfirewall.c",
    "internal error: Failed to apply firewall rules /usr/sbin/iptables -w --table filter "
    "--list-rules: iptables: Failed to initialize nft: Protocol not supported" },
  { "disk-full", "libvirt src/storage/storage_util.c",
    "cannot fill file '/var/lib/libvirt/images/win11.qcow2': No space left on device" },
  { "no-permission", "QEMU block/file-posix.c",
    "internal error: process exited while connecting to monitor: 2021-04-24T10:01:32.000001Z "
    "qemu-system-x86_64: -blockdev "
    "{\"driver\":\"file\",\"filename\":\"/home/person/Downloads/"
    "win.iso\",\"node-name\":\"libvirt-1-storage\"}: "
    "Could not open '/home/person/Downloads/win.iso': Permission denied" },
  { "no-permission", "libvirt src/storage_file/storage_source.c",
    "Cannot access storage file '/home/person/a.iso' (as uid:64055, gid:109): Permission "
    "denied" },
  { "apparmor", "libvirt src/security/security_apparmor.c",
    "internal error: cannot load AppArmor profile "
    "'libvirt-7e3c0f9a-0000-4000-8000-000000000000'" },
  { "file-gone", "libvirt src/storage_file/storage_source.c",
    "Cannot access storage file '/var/lib/libvirt/images/a.iso': No such file or directory" },
  { "file-gone", "libvirt src/storage/storage_driver.c",
    "Storage volume not found: no storage vol with matching path "
    "'/var/lib/libvirt/images/a.qcow2'" },
  { "disk-in-use", "QEMU block/file-posix.c",
    "internal error: process exited while connecting to monitor: qemu-system-x86_64: "
    "-blockdev {}: Failed to get \"write\" lock\nIs another process using the image "
    "[/var/lib/libvirt/images/a.qcow2]?" },
  { "volume-exists", "libvirt src/storage/storage_driver.c",
    "storage volume 'win11.qcow2' exists already" },
  { "code-43", "Windows, Device Manager",
    "Windows has stopped this device because it has reported problems. (Code 43)" },
  { "code-12", "Windows, Device Manager",
    "This device cannot find enough free resources that it can use. (Code 12)" },
  { "windows-11", "Windows Setup",
    "This PC can't run Windows 11. This PC doesn't meet the minimum system requirements to "
    "install this version of Windows." },
  { "dma-fault", "Linux drivers/iommu/intel/dmar.c",
    "DMAR: [DMA Read NO_PASID] Request device [01:00.0] fault addr 0xcb8e5000 [fault reason "
    "0x06] PTE Read access is not set" },
  { "dma-fault", "Linux drivers/iommu/amd/iommu.c",
    "vfio-pci 0000:0a:00.0: AMD-Vi: Event logged [IO_PAGE_FAULT domain=0x000f "
    "address=0xfd000000 flags=0x0030]" },
  { "driver-waits", "Linux drivers/vfio/vfio_main.c",
    "vfio-pci 0000:01:00.0: Device is currently in use, task \"libvirtd\" (912) blocked "
    "until device is released" },
  { "name-taken", "libvirt src/conf/virdomainobjlist.c",
    "operation failed: domain 'win11' already exists with uuid "
    "8c6f0a45-5d1c-4b8e-9f6a-1f9a6a2f6b11" },
  { "runs-already", "libvirt src/qemu/qemu_driver.c",
    "Requested operation is not valid: domain is already running" },
  { "is-off", "libvirt src/conf/domain_conf.c",
    "Requested operation is not valid: domain is not running" },
  { "usb-gone", "libvirt 9.0 and 11.3, src/util/virusb.c",
    "operation failed: Did not find USB device 046d:c52b" },
  { "bad-xml", "libvirt src/util/virxml.c",
    "XML document failed to validate against schema: Unable to validate doc against "
    "/usr/share/libvirt/schemas/domain.rng\nExtra element features in interleave" },
  { "qemu-died", "libvirt src/qemu/qemu_monitor.c",
    "internal error: qemu unexpectedly closed the monitor" },
  { "broken-pipe", "libvirt src/rpc/virnetclient.c",
    "internal error: received hangup event on socket" },
  { "no-firmware", "libvirt 11.3 and 12.8, src/qemu/qemu_firmware.c",
    "operation failed: Unable to find 'efi' firmware that is compatible with the current "
    "configuration" },
  { "vfio-missing", "QEMU 10.0 and 11.1, hw/vfio/container.c and util/osdep.c",
    "internal error: QEMU unexpectedly closed the monitor (vm='win11'): "
    "2025-01-09T20:20:58.020112Z qemu-system-x86_64: -device "
    "{\"driver\":\"vfio-pci\",\"host\":\"0000:0a:00.0\",\"id\":\"hostdev0\",\"bus\":\"pci.5\","
    "\"addr\":\"0x0\"}: "
    "vfio 0000:0a:00.0: Could not open '/dev/vfio/27': No such file or directory" },
  { "vfio-busy", "QEMU 10.0 and 11.1, hw/vfio/container.c and util/osdep.c",
    "qemu-system-x86_64: -device vfio-pci,host=01:00.0: vfio 0000:01:00.0: Could not open "
    "'/dev/vfio/1': Device or resource busy" },
  { "vfio-missing", "libvirt src/util/virpci.c",
    "Failed to add driver 'vfio-pci' to driver_override interface of PCI device "
    "'0000:01:00.0': No such file or directory" },
  { "device-gone", "QEMU hw/vfio/pci.c, later helpers.c",
    "qemu-system-x86_64: -device vfio-pci,host=0a:00.0: vfio 0000:0a:00.0: no such host "
    "device: No such file or directory" },
  { "device-gone", "libvirt src/util/virpci.c",
    "Failed to open config space file '/sys/bus/pci/devices/0000:0a:00.0/config': No such "
    "file or directory" },
  { "device-gone", "libvirt src/node_device/node_device_driver.c",
    "Node device not found: no node device with matching name 'pci_0000_0a_00_0'" },
  { "dma-address", "QEMU 10.0 and 11.1, hw/vfio/common.c",
    "qemu-system-x86_64: vfio_container_dma_map(0x55a21b03a150, 0x380000001000, 0x3000, "
    "0x7fce2c28b000) = -22 (Invalid argument)" },
  { "dma-address", "QEMU backends/iommufd.c",
    "qemu-system-x86_64: IOMMU_IOAS_MAP failed: Invalid argument" },
  { "memory-lock", "QEMU 10.0 and 11.1, hw/vfio/common.c",
    "qemu-system-x86_64: -device vfio-pci,host=01:00.0: vfio 0000:01:00.0: memory listener "
    "initialization failed: Region pc.ram: vfio_container_dma_map(0x55f0c5e0, 0x0, "
    "0x80000000, 0x7f8a2be00000) = -12 (Cannot allocate memory)" },
  { "cannot-reset", "QEMU hw/vfio/iommufd.c",
    "vfio: Cannot reset device 0000:05:00.0, depends on device 0000:05:00.1 which is not "
    "owned." },
  { "cannot-reset", "QEMU hw/vfio/pci.c",
    "vfio: Cannot reset device 0000:05:00.0, no available reset mechanism." },
  { "bad-rom", "QEMU hw/pci/pci.c",
    "qemu-system-x86_64: -device "
    "vfio-pci,host=0000:01:00.0,romfile=/usr/share/vgabios/empty.rom: romfile "
    "\"/usr/share/vgabios/empty.rom\" is empty" },
  { "bad-rom", "QEMU hw/pci/pci.c",
    "romfile \"/usr/share/vgabios/disc.iso\" too large (size cannot exceed 2 GiB)" },
  { "no-kvm", "QEMU system/vl.c", "qemu-system-x86_64: -accel kvm: invalid accelerator kvm" },
  { "no-tpm", "libvirt src/qemu/qemu_tpm.c",
    "internal error: swtpm died and reported: swtpm: Could not open UnixIO socket: "
    "Permission denied" },
  { "no-tpm", "libvirt src/qemu/qemu_validate.c",
    "unsupported configuration: The QEMU executable /usr/bin/qemu-system-x86_64 does not "
    "support TPM backend type emulator" },
  { "no-dnsmasq", "libvirt 11.3 and 12.8, src/network/bridge_driver_conf.c",
    "internal error: could not find a usable firewall backend" },
  { "no-dnsmasq", "libvirt 11.3 and 12.8, src/network/bridge_driver_linux.c",
    "internal error: No firewall backend is available" },
  { "no-dnsmasq", "libvirt 11.3 and 12.8, src/util/virfirewall.c",
    "internal error: Failed to apply firewall command 'nft -ae insert rule ip "
    "libvirt_network guest_output': Error: Could not process rule: No such file or directory" },
  { "volume-exists", "libvirt src/storage/storage_util.c",
    "volume target path '/var/lib/libvirt/images/win11.qcow2' already exists" },
  { "usb-gone", "libvirt 12.8, src/util/virusb.c",
    "operation failed: Did not find matching USB device: vid:046d, pid:c52b, bus:0, "
    "device:0, port:" },
  { "usb-gone", "QEMU hw/usb/host-libusb.c",
    "qemu-system-x86_64: -device usb-host,hostbus=1,hostaddr=4: failed to find host usb "
    "device 1:4" },
  { "disk-in-use", "QEMU block/file-posix.c",
    "qemu-system-x86_64: -blockdev {}: Failed to get shared \"write\" lock\nIs another "
    "process using the image [/var/lib/libvirt/images/a.qcow2]?" },
  { "no-permission", "libvirt src/qemu/qemu_domain.c",
    "Failed to open file '/home/person/Downloads/win.iso': Permission denied" },
};

static void
test_messages (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (messages); i++)
    {
      FerrySymptom symptom = { 0 };

      if (!ferry_symptom_find (messages[i].text, &symptom))
        g_error ("not known: %s", messages[i].text);
      g_test_message ("%s: %s", messages[i].source, messages[i].text);
      g_assert_cmpstr (symptom.id, ==, messages[i].id);
    }
}

/* A row without a real text that leads to it could not be trusted; an id stands once. */
static void
test_rows (void)
{
  g_autoptr (GHashTable) ids = g_hash_table_new (g_str_hash, g_str_equal);
  FerrySymptom symptom;

  for (gsize i = 0; i < G_N_ELEMENTS (messages); i++)
    g_hash_table_add (ids, (gpointer) messages[i].id);
  g_assert_cmpuint (ferry_symptom_count (), >=, 25);
  for (guint i = 0; ferry_symptom_get (i, &symptom); i++)
    {
      if (!g_hash_table_remove (ids, symptom.id))
        g_error ("no message for %s, or the id stands twice", symptom.id);
      g_assert_true (g_str_has_suffix (symptom.title, "."));
      g_assert_true (g_str_has_suffix (symptom.cause, "."));
      g_assert_cmpuint (strlen (symptom.action), >, 10);
    }
  g_assert_cmpuint (g_hash_table_size (ids), ==, 0);
}

static void
test_unknown (void)
{
  g_autofree char *huge = g_strnfill (1024 * 1024, 'x');
  FerrySymptom symptom;

  g_assert_false (ferry_symptom_find ("", &symptom));
  g_assert_false (ferry_symptom_find ("all is well", &symptom));
  g_assert_false (ferry_symptom_find ("Code 430", &symptom));
  g_assert_false (ferry_symptom_find ("child exited with code 12", &symptom));
  g_assert_false (ferry_symptom_find (huge, &symptom));
  g_assert_true (ferry_symptom_find ("\xff\xfe network 'a\xff' is not active", &symptom));
  g_assert_cmpstr (symptom.id, ==, "network-off");
}

static void
test_errors (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *sentences = NULL, *plain = NULL;

  ferry_symptom_set_error (&error, FERRY_ERROR_BUSY,
                           "Requested operation is not valid: network 'default' is not active");
  g_assert_error (error, FERRY_ERROR, FERRY_ERROR_BUSY);
  g_assert_cmpstr (ferry_symptom_get_raw (error), ==,
                   "Requested operation is not valid: network 'default' is not active");
  sentences = ferry_symptom_get_sentences (error);
  g_assert_true (g_str_has_prefix (sentences, "The virtual network is switched off. "));
  g_assert_null (strchr (sentences, '\n'));

  g_clear_error (&error);
  ferry_symptom_set_error (&error, FERRY_ERROR_FAILED, "one\ntwo");
  g_assert_cmpstr (ferry_symptom_get_raw (error), ==, "one\ntwo");

  g_clear_error (&error);
  g_set_error_literal (&error, FERRY_ERROR, FERRY_ERROR_FAILED, "A sentence.");
  g_assert_null (ferry_symptom_get_raw (error));
  plain = ferry_symptom_get_sentences (error);
  g_assert_cmpstr (plain, ==, "A sentence.");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/symptom/messages", test_messages);
  g_test_add_func ("/symptom/rows", test_rows);
  g_test_add_func ("/symptom/unknown", test_unknown);
  g_test_add_func ("/symptom/errors", test_errors);
  return g_test_run ();
}
