/* test-scrub.c: what identifies is replaced, what decides stays. */
#include "config.h"

#include <string.h>

#include "facts/scrub.h"
#include "facts/tree.h"

typedef struct
{
  FerryTree *tree;
  FerryRoot *root;
  FerryScrub *scrub;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->tree = ferry_tree_new ();
  ferry_tree_add_file (fixture->tree, "etc/hostname", "wonderland.example.org\n");
  ferry_tree_add_file (fixture->tree, "etc/passwd",
                       "root:x:0:0:root:/root:/bin/bash\n"
                       "alice:x:1000:1000:Alice Liddell,,,:/home/alice:/bin/bash\n"
                       "manjaro:x:1001:1001::/home/manjaro:/bin/bash\n"
                       "mysql:x:89:89:MySQL:/var/lib/mysql:/usr/bin/nologin\n");
  fixture->root = ferry_tree_open (fixture->tree);
  fixture->scrub = ferry_scrub_new (fixture->root);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  ferry_scrub_free (fixture->scrub);
  ferry_root_unref (fixture->root);
  ferry_tree_free (fixture->tree);
}

#define U1 "5c9a1a2b-0f3e-4d6c-8a7b-123456789abc"
#define S1 "00000000-0000-4000-8000-000000000001"

/* Facts that look like what identifies, and must come out as they went in. */
static void
test_facts_stay (Fixture *fixture, gconstpointer data)
{
  static const char *const facts[] = {
    "quiet splash intel_iommu=on iommu=pt vfio-pci.ids=10de:13c2,10de:0fbb:1043:8508",
    "vfio-pci.ids=10de:13c2:1043:8508:030000:ffffff",
    "0000:01:00.0 10000:e1:00.0 fffffff0:ff:1f.7",
    "pcie_acs_override=downstream,multifunction video=efifb:off console=ttyS0,115200",
    "pci 0000:01:00.0: [10de:13c2] type 00 class 0x030000 conventional PCI",
    "PCI_ID=10DE:13C2",
    "BOOT_IMAGE=/boot/vmlinuz-6.12-x86_64 rw rootflags=subvol=@ udev.log_priority=3",
    "/dev/sda1 /dev/nvme0n1p2 /dev/mapper/control /dev/disk/by-path/pci-0000:00:1f.2-ata-1",
    "GRUB_DISTRIBUTOR=\"Manjaro\" for user in system",
    "ExecStart=getty@tty1.service addr 127.0.0.1 0.0.0.0 version 6.12.48-1",
    "0x0000004000000000 0x000000400007ffff 0x0000000000140204",
    "/mnt/games /home /boot/efi",
    "manjaro",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (facts); i++)
    {
      g_autofree char *numbers = ferry_scrub_numbers (fixture->scrub, facts[i]);
      g_autofree char *names = ferry_scrub_names (fixture->scrub, facts[i]);

      g_assert_cmpstr (numbers, ==, facts[i]);
      g_assert_cmpstr (names, ==, facts[i]);
    }
}

static void
assert_names (const char *text, const char *expected)
{
  Fixture fixture;
  g_autofree char *result = NULL;

  set_up (&fixture, NULL);
  result = ferry_scrub_names (fixture.scrub, text);
  g_assert_cmpstr (result, ==, expected);
  tear_down (&fixture, NULL);
}

static void
test_names (void)
{
  assert_names ("root=UUID=" U1 " resume=UUID=" U1 " rw", "root=UUID=" S1 " resume=UUID=" S1 " rw");
  assert_names ("root=UUID=1A2B-3C4D swap=PARTLABEL=alices",
                "root=UUID=label-1 swap=PARTLABEL=label-2");
  assert_names ("root=\"LABEL=My Disk\"", "root=\"LABEL=label-1\"");
  assert_names ("cryptdevice=UUID=" U1 ":secretname:allow-discards quiet",
                "cryptdevice=value-1 quiet");
  assert_names ("rd.luks.name=" U1 "=x rd.lvm.lv=vg/lv systemd.hostname=x ip=dhcp",
                "rd.luks.name=value-1 rd.lvm.lv=value-2 systemd.hostname=value-3 ip=value-4");
  assert_names ("/dev/mapper/luks-" U1 " /dev/mapper/vg-home",
                "/dev/mapper/volume-1 /dev/mapper/volume-2");
  assert_names ("root=/dev/vg_alice/lv_root rw", "root=/dev/group/volume-1 rw");
  assert_names ("/dev/disk/by-id/ata-Samsung_SSD_860_S3Z9NB0K123456X-part1",
                "/dev/disk/by-id/disk-1");
  assert_names ("/home/alice/games /home/bob", "/home/user2/folder-1 /home/user3");
  assert_names ("/run/media/alice/Backup", "/run/media/user2/disk-1");
  assert_names ("host wonderland, WONDERLAND.example.org, vg_alice, Liddell",
                "host host-2, host-1, vg_user2, name-2");
  assert_names ("password_pbkdf2 root grub.pbkdf2.sha512.10000.AB", "password_pbkdf2 secret-1");
  assert_names ("wifi.psk=hunter2 quiet", "wifi.psk=secret-1 quiet");
  assert_names ("write to a.liddell@example.com", "write to user1@example.org");
  assert_names ("nfsd 192.168.17.4:/x fe80::1234:5678", "nfsd 192.0.2.1:/x 192.0.2.2");
}

static void
test_numbers (Fixture *fixture, gconstpointer data)
{
  static const char *const rows[][2] = {
    { "sys/fs/btrfs/" U1, "sys/fs/btrfs/" S1 },
    { "SYS/FS/BTRFS/5C9A1A2B-0F3E-4D6C-8A7B-123456789ABC", "SYS/FS/BTRFS/" S1 },
    { "3c:7c:3f:12:34:56", "02:00:00:00:00:01" },
    { "enx3c7c3f123456", "enx020000000001" },
    { "0123456789abcdef0123456789abcdef", "00000000000000000000000000000001" },
    { "naa.5002538e40a1b2c3", "naa.0000000000000001" },
    { "Serial\t\t: 10000000deadbeef", "Serial\t\t: serial-1" },
    { "HID_UNIQ=AB12CD34", "HID_UNIQ=serial-2" },
    { "U: Uniq=\nP: Phys=", "U: Uniq=\nP: Phys=" },
    { "short", "short" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *once = ferry_scrub_numbers (fixture->scrub, rows[i][0]);
      g_autofree char *again = ferry_scrub_numbers (fixture->scrub, rows[i][0]);

      g_assert_cmpstr (once, ==, rows[i][1]);
      g_assert_cmpstr (again, ==, once);
    }
}

/* Text that makes a pattern slow, and bytes that are no text. */
static void
test_hostile (Fixture *fixture, gconstpointer data)
{
  g_autofree char *colons = g_strnfill (1 << 20, ':');
  g_autofree char *letters = g_strnfill (1 << 20, 'a');
  g_autofree char *one = ferry_scrub_names (fixture->scrub, colons);
  g_autofree char *two = ferry_scrub_names (fixture->scrub, letters);
  g_autofree char *three = ferry_scrub_names (fixture->scrub, "\xff\xfe" U1 "\x80");

  g_assert_cmpuint (strlen (one), <=, 1 << 20);
  g_assert_cmpuint (strlen (two), <=, 1 << 20);
  g_assert_null (strstr (three, U1));
  g_assert_true (g_utf8_validate (three, -1, NULL));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/scrub/facts-stay", Fixture, NULL, set_up, test_facts_stay, tear_down);
  g_test_add_func ("/scrub/names", test_names);
  g_test_add ("/scrub/numbers", Fixture, NULL, set_up, test_numbers, tear_down);
  g_test_add ("/scrub/hostile", Fixture, NULL, set_up, test_hostile, tear_down);
  return g_test_run ();
}
