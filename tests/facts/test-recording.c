/* test-recording.c: a computer as one file, and back: the same report, and no secret in it. */
#include "config.h"

#include <string.h>
#include <sys/stat.h>
#include <glib/gstdio.h>

#include "facts/error.h"
#include "facts/recording.h"
#include "facts/tree.h"
#include "plan/listing.h"

/* What must not be in a recording, in the forms in which it is in the fixture. */
static const char *const secrets[] = {
  "alice",
  "Alice",
  "Liddell",
  "wonderland",
  "bob",
  "mallory",
  "hunter2",
  "looking-glass",
  "HomeSweetHome",
  "5c9a1a2b",
  "5C9A1A2B",
  "1A2B-3C4D",
  "aaaabbbb-cccc",
  "3c:7c:3f",
  "3c7c3f",
  "deadbeef",
  "S3Z9NB0K",
  "0123456789abcdef0123456789abcdef",
  "PF2ABCDE",
  "192.168.17",
  "0111A8C0",
  "cheshire",
  "queen-of-hearts",
  "rabbit.example",
  "teaparty",
  "jabberwock",
  "postgresql",
  "walrus",
  "tweedledum",
};

#define U1 "5c9a1a2b-0f3e-4d6c-8a7b-123456789abc"
#define U2 "aaaabbbb-cccc-4ddd-8eee-ffff00001111"
#define MACHINE_ID "0123456789abcdef0123456789abcdef"

static void
add_people (FerryTree *tree)
{
  ferry_tree_add_file (tree, "etc/hostname", "wonderland\n");
  ferry_tree_add_file (tree, "proc/sys/kernel/hostname", "wonderland.rabbit.example\n");
  ferry_tree_add_file (tree, "etc/machine-id", MACHINE_ID "\n");
  ferry_tree_add_file (tree, "etc/passwd",
                       "root:x:0:0:root:/root:/bin/bash\n"
                       "user:x:1002:1002::/home/user:/bin/bash\n"
                       "alice:x:1000:1000:Alice Liddell:/home/alice:/bin/bash\n"
                       "bob:x:1001:1001:Bob,Room 7:/home/bob:/bin/zsh\n");
  ferry_tree_add_file (tree, "etc/group",
                       "root:x:0:\nalice:x:1000:\nteaparty:x:1010:alice\n"
                       "libvirt:x:967:alice,user,bob\nwheel:x:998:alice\n");
}

static void
add_boot (FerryTree *tree)
{
  ferry_tree_add_file (tree, "proc/cmdline",
                       "BOOT_IMAGE=/boot/vmlinuz-6.12-x86_64 root=UUID=" U1 " rw resume=UUID=" U2
                       " cryptdevice=UUID=" U2 ":jabberwock systemd.machine_id=" MACHINE_ID
                       " ip=192.168.17.4::192.168.17.1:255.255.255.0:wonderland:eth0:off"
                       " wifi.psk=hunter2 intel_iommu=on vfio-pci.ids=10de:13c2,10de:0fbb quiet\n");
  ferry_tree_add_file (tree, "proc/sys/kernel/osrelease", "6.12.48-1-MANJARO\n");
  ferry_tree_add_file (tree, "etc/default/grub",
                       "# the password of the server is hunter2, ask bob\n"
                       "GRUB_DEFAULT=saved\nGRUB_TIMEOUT=5\n#GRUB_HIDDEN_TIMEOUT=0\n"
                       "GRUB_CMDLINE_LINUX_DEFAULT=\"quiet splash resume=UUID=" U2 "\"\n"
                       "GRUB_CMDLINE_LINUX=\"root=LABEL=HomeSweetHome\"\n");
  ferry_tree_add_file (tree, "etc/modprobe.d/alice.conf",
                       "# for cheshire\noptions vfio-pci ids=10de:13c2\n");
  ferry_tree_add_file (tree, "usr/bin/grub-mkconfig", "#!/bin/sh\n# default/grub.d\n");
  ferry_tree_add_file (tree, "boot/grub/grub.cfg",
                       "password_pbkdf2 alice grub.pbkdf2.sha512.hunter2\n"
                       "linux /boot/vmlinuz root=UUID=" U1 "\n");
  ferry_tree_add_file (tree, "boot/loader/entries/" MACHINE_ID "-6.12.conf",
                       "title wonderland\nmachine-id " MACHINE_ID "\noptions root=UUID=" U1 "\n");
  ferry_tree_add_file (
      tree, "etc/fstab",
      "UUID=" U1 " / btrfs subvol=@ 0 0\nUUID=1A2B-3C4D /boot/efi vfat umask=0077 0 2\n"
      "//looking-glass/alice /mnt/share cifs username=alice,password=hunter2 0 0\n");
  ferry_tree_add_file (tree, "etc/systemd/system/multi-user.target.wants/postgresql.service", "");
  ferry_tree_add_file (tree, "etc/systemd/system/sockets.target.wants/libvirtd.socket", "");
}

static void
add_kernel_tables (FerryTree *tree)
{
  ferry_tree_add_file (
      tree, "proc/self/mountinfo",
      "26 1 0:23 /@ / rw,noatime shared:1 - btrfs /dev/mapper/jabberwock rw,subvol=/@\n"
      "30 26 8:2 / /home rw shared:2 - ext4 /dev/sda2 rw\n"
      "31 26 8:3 / /run/media/alice/HomeSweetHome rw - ext4 /dev/sda3 rw\n"
      "40 26 0:50 / /mnt/x rw - cifs //looking-glass/alice rw,username=alice\n"
      "41 26 0:51 / /run/user/1000/doc rw - fuse.portal portal rw,user_id=1000\n");
  ferry_tree_add_file (tree, "proc/swaps",
                       "Filename Type Size\n/dev/mapper/walrus partition 1 0 -2\n");
  ferry_tree_add_file (tree, "proc/net/route",
                       "Iface\tDestination\tGateway\tFlags\tRefCnt\tUse\tMetric\tMask\n"
                       "enx3c7c3f123456\t00000000\t0111A8C0\t0003\t0\t0\t100\t00000000\n"
                       "tweedledum\t0011A8C0\t00000000\t0001\t0\t0\t100\t00FFFFFF\n");
  ferry_tree_add_file (
      tree, "proc/bus/input/devices",
      "I: Bus=0003 Vendor=046d\nN: Name=\"Logitech K120\"\n"
      "S: Sysfs=/devices/pci0000:00/0000:00:14.0/usb1/input/input3\nU: Uniq=PF2ABCDE\n"
      "H: Handlers=sysrq kbd event3\nB: EV=120013\nB: KEY=fffffffffffffffe\n\n"
      "I: Bus=0005 Vendor=05ac\nN: Name=\"Queen queen-of-hearts board\"\n"
      "S: Sysfs=/devices/virtual/misc/uhid/input4\nU: Uniq=3c:7c:3f:12:34:56\n");
  ferry_tree_add_file (tree, "proc/cpuinfo",
                       "processor\t: 0\nvendor_id\t: GenuineIntel\ncpu family\t: 6\nmodel\t\t: 60\n"
                       "model name\t: Intel(R) Core(TM) i7-4790K\nflags\t\t: fpu vmx lm\n"
                       "Serial\t\t: 10000000deadbeef\n");
  ferry_tree_add_file (tree, "inspect/kernel-log",
                       "Linux version 6.12.48 (bob@wonderland) (gcc 14)\n"
                       "Command line: root=UUID=" U1 "\n"
                       "DMAR: Intel(R) Virtualization Technology for Directed I/O\n"
                       "usb 1-1: SerialNumber: PF2ABCDE\n"
                       "wlan0: authenticate with 3c:7c:3f:12:34:56\n"
                       "vfio-pci at wonderland of alice 192.168.17.9\n");
}

static void
add_hardware (FerryTree *tree)
{
  static const guint8 secure_boot[] = { 6, 0, 0, 0, 0 };
  guint8 config[256] = { 0xde, 0x10, 0xc2, 0x13 };
  g_autofree char *path = NULL;

  ferry_tree_add_device (tree, &(FerryTreeDevice){ .address = "0000:00:02.0",
                                                   .class_code = 0x030000,
                                                   .vendor = 0x8086,
                                                   .device = 0x0412,
                                                   .group = "0",
                                                   .driver = "i915",
                                                   .boot_vga = "1" });
  ferry_tree_add_device (tree, &(FerryTreeDevice){ .address = "0000:00:14.0",
                                                   .class_code = 0x0c0330,
                                                   .vendor = 0x8086,
                                                   .device = 0x8cb1,
                                                   .group = "2",
                                                   .driver = "xhci_hcd" });
  ferry_tree_add_device (tree, &(FerryTreeDevice){ .address = "0000:01:00.0",
                                                   .class_code = 0x030000,
                                                   .vendor = 0x10de,
                                                   .device = 0x13c2,
                                                   .subvendor = 0x1043,
                                                   .subdevice = 0x8508,
                                                   .group = "1",
                                                   .driver = "nouveau" });
  ferry_tree_add_device (tree, &(FerryTreeDevice){ .address = "0000:01:00.1",
                                                   .class_code = 0x040300,
                                                   .vendor = 0x10de,
                                                   .device = 0x0fbb,
                                                   .group = "1" });
  memcpy (config + 128, "deadbeef", 8);
  path = g_build_filename (ferry_tree_get_device_path (tree, "0000:01:00.0"), "config", NULL);
  ferry_tree_add_bytes (tree, path, config, sizeof config);
  ferry_tree_add_bytes (tree,
                        "sys/firmware/efi/efivars/SecureBoot-8be4df61-93ca-11d2-aa0d-00e098032b8c",
                        secure_boot, sizeof secure_boot);
  ferry_tree_add_file (tree, "sys/class/dmi/id/board_name", "MAXIMUS VII RANGER\n");
  ferry_tree_add_file (tree, "sys/class/dmi/id/board_serial", "PF2ABCDE\n");
  ferry_tree_add_link (tree, "sys/fs/btrfs/" U1 "/devices/dm-0",
                       "../../../../devices/virtual/block/dm-0");
  ferry_tree_add_file (tree, "sys/devices/virtual/block/dm-0/dm/name", "jabberwock\n");
  ferry_tree_add_file (tree, "sys/devices/virtual/block/dm-0/dm/uuid",
                       "CRYPT-LUKS2-aaaabbbbcccc-jabberwock\n");
  ferry_tree_add_link (tree, "sys/class/block/dm-0", "../../devices/virtual/block/dm-0");
  ferry_tree_add_link (tree, "sys/class/iommu/dmar0", "../../devices/virtual/iommu/dmar0");
}

typedef struct
{
  FerryTree *tree;
  FerryRoot *root;
  char *file;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->tree = ferry_tree_new ();
  add_people (fixture->tree);
  add_boot (fixture->tree);
  add_kernel_tables (fixture->tree);
  add_hardware (fixture->tree);
  fixture->root = ferry_tree_open (fixture->tree);
  fixture->file = g_build_filename (ferry_tree_get_folder (fixture->tree), "x.machine", NULL);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  ferry_root_unref (fixture->root);
  ferry_tree_free (fixture->tree);
  g_free (fixture->file);
}

static char *
report_of (FerryRoot *root)
{
  g_autoptr (FerryMachine) machine = ferry_machine_scan (root, NULL, NULL, NULL);
  g_autoptr (FerryReport) report = ferry_report_make (machine);
  g_autofree char *check = ferry_listing_check_json (report);
  g_autofree char *groups = ferry_listing_groups_json (machine);

  return g_strconcat (check, groups, NULL);
}

static char *
record (FerryRoot *root)
{
  g_autoptr (GError) error = NULL;
  char *text = ferry_recording_make (root, &error);

  g_assert_no_error (error);
  return text;
}

static FerryRoot *
reopen (Fixture *fixture, const char *text)
{
  g_autoptr (GError) error = NULL;
  FerryRoot *root;

  g_file_set_contents (fixture->file, text, -1, &error);
  g_assert_no_error (error);
  root = ferry_recording_open (fixture->file, &error);
  g_assert_no_error (error);
  return root;
}

/* Shows where two long texts part, and not the whole of them. */
static void
assert_same (const char *after, const char *before)
{
  gsize i = 0;

  while (after[i] != '\0' && after[i] == before[i])
    i++;
  if (after[i] == before[i])
    return;
  i = i > 60 ? i - 60 : 0;
  g_error ("“%.150s” became “%.150s”", before + i, after + i);
}

static void
test_no_secret (Fixture *fixture, gconstpointer data)
{
  g_autofree char *text = record (fixture->root);

  for (gsize i = 0; i < G_N_ELEMENTS (secrets); i++)
    if (strstr (text, secrets[i]) != NULL)
      {
        g_autofree char *around = g_strndup (strstr (text, secrets[i]), 120);
        g_error ("“%s” survived: %s", secrets[i], around);
      }
  /* What was there for a reason is still there. */
  g_assert_nonnull (strstr (text, "vfio-pci.ids=10de:13c2,10de:0fbb"));
  g_assert_nonnull (strstr (text, "libvirt:x:967:user"));
  g_assert_nonnull (strstr (text, "SecureBoot-8be4df61-93ca-11d2-aa0d-00e098032b8c"));
  g_assert_nonnull (strstr (text, "MAXIMUS VII RANGER"));
  g_assert_nonnull (strstr (text, "#GRUB_HIDDEN_TIMEOUT=0"));
  g_assert_nonnull (strstr (text, "Logitech K120"));
  g_assert_nonnull (strstr (text, "DMAR: Intel(R) Virtualization Technology"));
  g_assert_nonnull (strstr (text, "libvirtd.socket"));
}

/* The secrets are really read: without scrubbing they would be in the file. */
static void
test_fixture_is_read (Fixture *fixture, gconstpointer data)
{
  g_autofree char *text = record (fixture->root);
  static const char *const paths[] = { "etc/group",
                                       "proc/cmdline",
                                       "etc/default/grub",
                                       "etc/fstab",
                                       "proc/self/mountinfo",
                                       "proc/net/route",
                                       "proc/bus/input/devices",
                                       "proc/cpuinfo",
                                       "inspect/kernel-log",
                                       "sys/class/dmi/id/board_name",
                                       "boot/loader/entries/0000" };

  for (gsize i = 0; i < G_N_ELEMENTS (paths); i++)
    if (strstr (text, paths[i]) == NULL)
      g_error ("“%s” is not in the recording", paths[i]);
}

static void
test_same_report (Fixture *fixture, gconstpointer data)
{
  g_autofree char *before = report_of (fixture->root);
  g_autofree char *text = record (fixture->root);
  g_autoptr (FerryRoot) opened = reopen (fixture, text);
  g_autofree char *after = report_of (opened);
  g_autofree char *again = record (opened);

  assert_same (after, before);
  assert_same (again, text);
}

/* The administrator needs no group, and is still the administrator in the recording. */
static void
test_administrator (Fixture *fixture, gconstpointer data)
{
  static const char *const groups[] = { "root:x:0:\nlibvirt:x:967:alice\n", "root:x:0:\nwheel:x:998:alice\n" };

  ferry_root_set_user_name (fixture->root, "root");
  for (gsize i = 0; i < G_N_ELEMENTS (groups); i++)
    {
      ferry_tree_add_file (fixture->tree, "etc/group", groups[i]);
      test_same_report (fixture, data);
    }
}

/* The drivers of each device that has any, and whether they are all. */
static char *
drivers_of (FerryRoot *root)
{
  g_autoptr (FerryMachine) machine = ferry_machine_scan (root, NULL, NULL, NULL);
  g_autoptr (GString) text = g_string_new (ferry_answer_to_string (machine->modules_known));

  for (guint i = 0; i < machine->devices->len; i++)
    {
      const FerryDevice *device = g_ptr_array_index (machine->devices, i);
      g_autofree char *modules = g_strjoinv (",", device->modules);
      g_autofree char *built_in = g_strjoinv (",", device->built_in);

      if (*modules != '\0' || *built_in != '\0')
        g_string_append_printf (text, " %s %s/%s", device->id, modules, built_in);
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

#define MODULES "usr/lib/modules/6.12.48-1-MANJARO/"

/* Of more than a megabyte the lines that say something of this computer are kept, and they say the same. */
static void
test_modules (Fixture *fixture, gconstpointer data)
{
  static const char inside[] = "xhci_pci.alias=pci:v*d*sv*sd*bc0Csc03i30*\0nouveau.author=Wonderland\0"
                               "nouveau.alias=pci:v000010DEd*sv*sd*bc03sc*i*";
  g_autoptr (GString) aliases = g_string_new ("alias pci:v000010DEd*sv*sd*bc03sc00i00* nvidia\n");
  g_autofree char *before = NULL, *text = NULL, *after = NULL, *again = NULL;
  g_autoptr (FerryRoot) opened = NULL;

  for (guint i = 0; i < 30000; i++)
    g_string_append_printf (aliases, "alias pci:v00001AF4d%08Xsv*sd*bc*sc*i* virtio_pci\n", i);
  ferry_tree_add_file (fixture->tree, MODULES "vmlinuz", "");
  ferry_tree_add_file (fixture->tree, MODULES "modules.alias", aliases->str);
  ferry_tree_add_bytes (fixture->tree, MODULES "modules.builtin.modinfo", inside, sizeof inside - 1);

  before = drivers_of (fixture->root);
  g_assert_cmpstr (before, ==, "yes 0000:01:00.0 nvidia/nouveau");
  text = record (fixture->root);
  g_assert_cmpuint (strlen (text), <, aliases->len / 4);
  g_assert_null (strstr (text, "virtio_pci"));
  opened = reopen (fixture, text);
  after = drivers_of (opened);
  g_assert_cmpstr (after, ==, before);
  again = record (opened);
  assert_same (again, text);
}

static void
hide (Fixture *fixture, const char *path)
{
  g_autofree char *full = g_build_filename (ferry_tree_get_folder (fixture->tree), path, NULL);

  g_assert_cmpint (g_chmod (full, 0), ==, 0);
}

/* What only root may read answers a recorded computer's reader as it answered the user. */
static void
test_denied (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *before = NULL;
  g_autofree char *text = NULL;
  g_autofree char *after = NULL;
  g_autofree char *line = NULL;
  g_autoptr (FerryRoot) opened = NULL;

  hide (fixture, "proc/cmdline");
  hide (fixture, "etc/default/grub");
  before = report_of (fixture->root);
  text = record (fixture->root);
  opened = reopen (fixture, text);
  after = report_of (opened);
  assert_same (after, before);
  line = ferry_root_read_text (opened, "proc/cmdline", &error);
  g_assert_null (line);
  g_assert_error (error, FERRY_ERROR, FERRY_ERROR_DENIED);
  g_assert_true (ferry_root_exists (opened, "proc/cmdline"));
}

static void
test_live (void)
{
  g_autoptr (FerryRoot) root = ferry_root_new ("/", NULL);
  g_autoptr (FerryTree) tree = ferry_tree_new ();
  g_autofree char *file = g_build_filename (ferry_tree_get_folder (tree), "x.machine", NULL);
  g_autofree char *before = report_of (root);
  g_autofree char *after = NULL;
  g_autoptr (FerryRoot) opened = NULL;
  g_autoptr (GError) error = NULL;
  struct stat info;

  g_assert_true (ferry_recording_save (root, file, &error));
  g_assert_no_error (error);
  g_assert_cmpint (stat (file, &info), ==, 0);
  g_assert_cmpint (info.st_mode & 0777, ==, 0600);
  opened = ferry_recording_open (file, &error);
  g_assert_no_error (error);
  after = report_of (opened);
  assert_same (after, before);
}

#define ADD(name, function) g_test_add (name, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("/recording/no-secret", test_no_secret);
  ADD ("/recording/fixture-is-read", test_fixture_is_read);
  ADD ("/recording/same-report", test_same_report);
  ADD ("/recording/denied", test_denied);
  g_test_add_func ("/recording/live", test_live);
  ADD ("/recording/administrator", test_administrator);
  ADD ("/recording/modules", test_modules);
  return g_test_run ();
}
