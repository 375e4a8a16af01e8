/* test-recording.c: a computer as one file, and back: the same report, and no secret in it. */
#include "config.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <glib/gstdio.h>

#include "facts/archive.h"
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

/* The temporary folder belongs to this test alone: see main(). */
static void
assert_nothing_left (void)
{
  g_autoptr (GDir) folder = g_dir_open (g_get_tmp_dir (), 0, NULL);
  const char *name;

  g_assert_nonnull (folder);
  while ((name = g_dir_read_name (folder)) != NULL)
    if (g_str_has_prefix (name, "ferry-machine-"))
      g_error ("“%s” was left behind", name);
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

static void
test_cleanup (Fixture *fixture, gconstpointer data)
{
  g_autofree char *text = record (fixture->root);
  FerryRoot *opened = reopen (fixture, text);
  g_autofree char *folder = g_strdup (ferry_root_get_folder (opened));
  struct stat info;

  g_assert_cmpint (stat (folder, &info), ==, 0);
  g_assert_cmpint (info.st_mode & 0777, ==, 0700);
  ferry_root_unref (ferry_root_ref (opened));
  g_assert_true (g_file_test (folder, G_FILE_TEST_IS_DIR));
  ferry_root_unref (opened);
  g_assert_false (g_file_test (folder, G_FILE_TEST_EXISTS));
  assert_nothing_left ();
}

/* A process that was killed leaves its folder; the next one removes it, but none that is in use or
 * not a folder of ours. */
static void
test_leftovers (Fixture *fixture, gconstpointer data)
{
  g_autofree char *text = record (fixture->root);
  g_autofree char *stale = g_build_filename (g_get_tmp_dir (), "ferry-machine-STALE0", NULL);
  g_autofree char *link = g_build_filename (g_get_tmp_dir (), "ferry-machine-LINK00", NULL);
  g_autofree char *inside = g_build_filename (stale, "file", NULL);
  const struct timespec long_ago[2] = { { 1000, 0 }, { 1000, 0 } };
  FerryRoot *used = reopen (fixture, text);
  FerryRoot *other;

  g_assert_cmpint (g_mkdir (stale, 0700), ==, 0);
  g_assert_true (g_file_set_contents (inside, "x", -1, NULL));
  g_assert_cmpint (symlink (ferry_tree_get_folder (fixture->tree), link), ==, 0);
  g_assert_cmpint (utimensat (AT_FDCWD, stale, long_ago, 0), ==, 0);
  g_assert_cmpint (utimensat (AT_FDCWD, link, long_ago, AT_SYMLINK_NOFOLLOW), ==, 0);
  g_assert_cmpint (utimensat (AT_FDCWD, ferry_root_get_folder (used), long_ago, 0), ==, 0);
  other = reopen (fixture, text);
  g_assert_false (g_file_test (stale, G_FILE_TEST_EXISTS));
  g_assert_true (g_file_test (link, G_FILE_TEST_IS_SYMLINK));
  g_assert_true (ferry_root_exists (used, "proc/cmdline"));
  g_assert_true (ferry_root_exists (fixture->root, "proc/cmdline"));
  g_assert_cmpint (unlink (link), ==, 0);
  ferry_root_unref (other);
  ferry_root_unref (used);
  assert_nothing_left ();
}

/* A program that ends without dropping its reference, as after an error in a window. */
static void
test_at_exit (Fixture *fixture, gconstpointer data)
{
  if (g_test_subprocess ())
    {
      static FerryRoot *volatile kept; /* so that it is not a leak */
      char *text = record (fixture->root);

      kept = reopen (fixture, text);
      g_print ("unpacked in %s\n", ferry_root_get_folder (kept));
      g_free (text);
      tear_down (fixture, data);
      exit (0);
    }
  g_test_trap_subprocess (NULL, 0, 0);
  g_test_trap_assert_passed ();
  g_test_trap_assert_stdout ("*ferry-machine-*");
  assert_nothing_left ();
}

#define HEAD "{\"format\":\"ferry-machine\",\"version\":1,\"entries\":["
#define FILE_ENTRY(path) "{\"path\":\"" path "\",\"type\":\"file\",\"text\":\"x\"}"
#define LINK_ENTRY(path, target)                                                                   \
  "{\"path\":\"" path "\",\"type\":\"link\",\"target\":\"" target "\"}"

static const char *const hostile[] = {
  "",
  "{}",
  "[]",
  "null",
  "not json",
  "{\"format\":\"ferry-machine\",\"version\":1}",
  "{\"format\":\"other\",\"version\":1,\"entries\":[]}",
  "{\"format\":\"ferry-machine\",\"version\":\"1\",\"entries\":[]}",
  "{\"format\":\"ferry-machine\",\"version\":1,\"entries\":{}}",
  HEAD "1]}",
  HEAD "{}]}",
  HEAD "{\"path\":1,\"type\":\"folder\"}]}",
  HEAD "{\"path\":\"a\",\"type\":\"device\"}]}",
  HEAD "{\"path\":\"a\",\"type\":\"file\"}]}",
  HEAD "{\"path\":\"a\",\"type\":\"file\",\"text\":1}]}",
  HEAD "{\"path\":\"a\",\"type\":\"file\",\"text\":\"x\",\"base64\":\"eA==\"}]}",
  HEAD "{\"path\":\"a\",\"type\":\"file\",\"base64\":\"?\"}]}",
  HEAD "{\"path\":\"a\",\"type\":\"file\",\"base64\":\"eA=\"}]}",
  HEAD "{\"path\":\"a\",\"type\":\"link\"}]}",
  HEAD "{\"path\":\"a\",\"type\":\"link\",\"target\":\"\"}]}",
  HEAD "{\"path\":\"a\",\"type\":\"folder\",\"executable\":\"yes\"}]}",
  HEAD FILE_ENTRY ("") "]}",
  HEAD FILE_ENTRY ("/etc/passwd") "]}",
  HEAD FILE_ENTRY ("../x") "]}",
  HEAD FILE_ENTRY ("a/../../x") "]}",
  HEAD FILE_ENTRY ("a/./x") "]}",
  HEAD FILE_ENTRY ("a//x") "]}",
  HEAD FILE_ENTRY ("a/") "]}",
  HEAD FILE_ENTRY (".") "]}",
  HEAD FILE_ENTRY ("a") "," FILE_ENTRY ("a") "]}",
  HEAD FILE_ENTRY ("a") "," FILE_ENTRY ("a/b") "]}",
  HEAD LINK_ENTRY ("a", "/tmp") "," FILE_ENTRY ("a/b") "]}",
  HEAD FILE_ENTRY ("a/b") "," LINK_ENTRY ("a", "/tmp") "]}",
  HEAD LINK_ENTRY ("a", "..") "," LINK_ENTRY ("a/b/c", "/etc") "]}",
  HEAD FILE_ENTRY ("a"),
};

static void
assert_refused (Fixture *fixture, const char *text, gssize size)
{
  g_autoptr (GError) error = NULL;
  FerryRoot *root;

  g_assert_true (g_file_set_contents (fixture->file, text, size, NULL));
  root = ferry_recording_open (fixture->file, &error);
  if (root != NULL)
    g_error ("accepted: %.200s", text);
  g_assert_true (error->domain == FERRY_ERROR);
  g_assert_true (g_utf8_validate (error->message, -1, NULL));
  assert_nothing_left ();
}

static void
test_hostile (Fixture *fixture, gconstpointer data)
{
  for (gsize i = 0; i < G_N_ELEMENTS (hostile); i++)
    assert_refused (fixture, hostile[i], -1);
  assert_refused (fixture, HEAD "\0]}", sizeof HEAD + 3);
  assert_refused (fixture, HEAD "{\"path\":\"\xff\",\"type\":\"folder\"}]}", -1);
}

static void
test_too_much (Fixture *fixture, gconstpointer data)
{
  g_autofree char *deep = g_strnfill (4000000, '[');
  g_autofree char *name = g_strnfill (256, 'n');
  g_autofree char *long_name
      = g_strdup_printf (HEAD "{\"path\":\"%s\",\"type\":\"folder\"}]}", name);
  g_autoptr (GString) many = g_string_new (HEAD);
  g_autoptr (GString) steps = g_string_new (HEAD "{\"type\":\"folder\",\"path\":\"");

  assert_refused (fixture, deep, -1);
  assert_refused (fixture, long_name, -1);
  for (int i = 0; i < 65; i++)
    g_string_append (steps, i > 0 ? "/d" : "d");
  g_string_append (steps, "\"}]}");
  assert_refused (fixture, steps->str, -1);
  for (int i = 0; i <= FERRY_RECORDING_MAX_ENTRIES; i++)
    g_string_append_printf (many, "%s0", i > 0 ? "," : "");
  g_string_append (many, "]}");
  assert_refused (fixture, many->str, -1);
  g_assert_cmpint (truncate (fixture->file, FERRY_RECORDING_MAX_SIZE + 1), ==, 0);
  g_assert_null (ferry_recording_open (fixture->file, NULL));
}

static void
test_newer (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  g_file_set_contents (fixture->file, "{\"format\":\"ferry-machine\",\"version\":2,\"entries\":[]}",
                       -1, NULL);
  g_assert_null (ferry_recording_open (fixture->file, &error));
  g_assert_error (error, FERRY_ERROR, FERRY_ERROR_UNSUPPORTED);
}

static void
test_not_there (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (ferry_recording_open ("/nonexistent.machine", &error));
  g_assert_error (error, FERRY_ERROR, FERRY_ERROR_NOT_FOUND);
  g_assert_nonnull (strstr (error->message, "“/nonexistent.machine”"));
  g_clear_error (&error);
  g_assert_null (ferry_recording_open ("/", &error));
  g_assert_error (error, FERRY_ERROR, FERRY_ERROR_INVALID);
}

/* Each kind of entry, as a tool that packs test data writes it. */
static void
test_kinds (Fixture *fixture, gconstpointer data)
{
  g_autoptr (FerryRoot) root = reopen (
      fixture, HEAD "{\"path\":\"usr/bin/tool\",\"type\":\"file\",\"text\":\"#!\"},"
                    "{\"path\":\"usr/bin/tool\",\"type\":\"exists\"},"
                    "{\"path\":\"usr/bin/data\",\"type\":\"exists\",\"executable\":false},"
                    "{\"path\":\"bytes\",\"type\":\"file\",\"base64\":\"AAH/\"},"
                    "{\"path\":\"empty\",\"type\":\"folder\"},"
                    "{\"path\":\"gone\",\"type\":\"link\",\"target\":\"nowhere\"},"
                    "{\"path\":\"out\",\"type\":\"link\",\"target\":\"/etc/passwd\"},"
                    "{\"path\":\"shut\",\"type\":\"unreadable\"}]}");
  g_autofree char *tool = ferry_root_read_line (root, "usr/bin/tool");
  g_autofree char *target = ferry_root_read_link (root, "gone");
  g_autofree char *outside = ferry_root_read_line (root, "out");
  g_autoptr (GBytes) bytes = ferry_root_read_bytes (root, "bytes", 10, NULL);
  g_auto (GStrv) names = ferry_root_list (root, "empty");

  g_assert_cmpstr (tool, ==, "#!");
  g_assert_true (ferry_root_is_executable (root, "usr/bin/tool"));
  g_assert_true (ferry_root_exists (root, "usr/bin/data"));
  g_assert_false (ferry_root_is_executable (root, "usr/bin/data"));
  g_assert_cmpmem (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), "\0\1\377", 3);
  g_assert_cmpuint (g_strv_length (names), ==, 0);
  g_assert_cmpstr (target, ==, "nowhere");
  g_assert_null (outside);
  g_assert_null (ferry_root_list (root, "shut"));
  g_assert_true (ferry_root_exists (root, "shut"));
}

#define ADD(name, function) g_test_add (name, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  char folder[] = P_tmpdir "/ferry-test-recording-XXXXXX";
  gboolean subprocess = g_getenv ("FERRY_TEST_RECORDING") != NULL;
  int status;

  /* Before GLib looks, so that everything temporary is in there; a subprocess shares it. */
  if (!subprocess)
    {
      g_assert_nonnull (mkdtemp (folder));
      g_setenv ("TMPDIR", folder, TRUE);
      g_setenv ("FERRY_TEST_RECORDING", "yes", TRUE);
    }
  g_test_init (&argc, &argv, NULL);
  ADD ("/recording/no-secret", test_no_secret);
  ADD ("/recording/fixture-is-read", test_fixture_is_read);
  ADD ("/recording/same-report", test_same_report);
  ADD ("/recording/denied", test_denied);
  g_test_add_func ("/recording/live", test_live);
  ADD ("/recording/cleanup", test_cleanup);
  ADD ("/recording/leftovers", test_leftovers);
  ADD ("/recording/at-exit", test_at_exit);
  ADD ("/recording/hostile", test_hostile);
  ADD ("/recording/too-much", test_too_much);
  ADD ("/recording/newer", test_newer);
  ADD ("/recording/not-there", test_not_there);
  ADD ("/recording/kinds", test_kinds);
  status = g_test_run ();
  g_assert_true (subprocess || rmdir (folder) == 0);
  return status;
}
