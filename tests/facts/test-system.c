/* test-system.c: distributions, programs, services and groups. */
#include "config.h"

#include <string.h>

#include "facts/system.h"
#include "facts/tree.h"

#define U FERRY_ANSWER_UNKNOWN
#define N FERRY_ANSWER_NO
#define Y FERRY_ANSWER_YES

#define MANJARO                                                                                    \
  "NAME=\"Manjaro Linux\"\nPRETTY_NAME=\"Manjaro Linux\"\nID=manjaro\nID_LIKE=arch\n"              \
  "BUILD_ID=rolling\nANSI_COLOR=\"32;1;24;144;200\"\nHOME_URL=\"https://manjaro.org/\"\n"
#define DEBIAN                                                                                     \
  "PRETTY_NAME=\"Debian GNU/Linux 12 (bookworm)\"\nNAME=\"Debian GNU/Linux\"\nVERSION_ID=\"12\"\n" \
  "ID=debian\n"

#define WANTS "etc/systemd/system/"

static FerrySystem *
read_tree (FerryTree *tree)
{
  g_autoptr (FerryRoot) root = ferry_tree_open (tree);

  return ferry_system_read (root);
}

static FerrySystem *
read_release (const char *release)
{
  g_autoptr (FerryTree) tree = ferry_tree_new ();

  ferry_tree_add_folder (tree, "run");
  ferry_tree_add_file (tree, "etc/os-release", release);
  return read_tree (tree);
}

static void
test_nothing (void)
{
  g_autoptr (FerryTree) tree = ferry_tree_new ();
  g_autoptr (FerrySystem) sys = read_tree (tree);

  g_assert_cmpstr (sys->id, ==, "");
  g_assert_cmpstr (sys->name, ==, "");
  g_assert_cmpint (sys->family, ==, FERRY_FAMILY_UNKNOWN);
  g_assert_false (sys->manjaro);
  g_assert_cmpint (sys->immutable, ==, U);
  g_assert_cmpint (sys->live, ==, U);
  g_assert_cmpuint (sys->memory, ==, 0);
  g_assert_cmpint (sys->qemu, ==, U);
  g_assert_cmpint (sys->libvirt, ==, U);
  g_assert_cmpint (sys->ovmf, ==, U);
  g_assert_cmpint (sys->libvirt_enabled, ==, U);
  g_assert_cmpint (sys->in_libvirt_group, ==, U);
  g_assert_cmpint (sys->flatpak, ==, N);
}

/* As installed, nothing for virtual machines yet. */
static void
test_manjaro (void)
{
  g_autoptr (FerryTree) tree = ferry_tree_new ();
  g_autoptr (FerrySystem) sys = NULL;

  ferry_tree_add_file (tree, "usr/lib/os-release", MANJARO);
  ferry_tree_add_link (tree, "etc/os-release", "../usr/lib/os-release");
  ferry_tree_add_file (tree, "proc/meminfo", "MemTotal:       16309140 kB\nMemFree: 1 kB\n");
  ferry_tree_add_file (tree, "proc/cmdline", "BOOT_IMAGE=/boot/vmlinuz-6.12-x86_64 rw quiet\n");
  ferry_tree_add_file (tree, "proc/self/mountinfo", "22 1 0:21 / / rw - btrfs /dev/sda2 rw\n");
  ferry_tree_add_program (tree, "usr/bin/bash");
  ferry_tree_add_folder (tree, "usr/share");
  ferry_tree_add_folder (tree, WANTS "multi-user.target.wants");
  ferry_tree_add_file (tree, "etc/group", "root:x:0:\nwheel:x:998:user\n");
  sys = read_tree (tree);

  g_assert_cmpstr (sys->id, ==, "manjaro");
  g_assert_cmpstr (sys->name, ==, "Manjaro Linux");
  g_assert_cmpint (sys->family, ==, FERRY_FAMILY_ARCH);
  g_assert_true (sys->manjaro);
  g_assert_cmpint (sys->immutable, ==, N);
  g_assert_cmpint (sys->live, ==, N);
  g_assert_cmpuint (sys->memory, ==, G_GUINT64_CONSTANT (16309140) * 1024);
  g_assert_cmpint (sys->qemu, ==, N);
  g_assert_cmpint (sys->libvirt, ==, N);
  g_assert_cmpint (sys->ovmf, ==, N);
  g_assert_cmpint (sys->virt_manager, ==, N);
  g_assert_cmpint (sys->swtpm, ==, N);
  g_assert_cmpint (sys->dnsmasq, ==, N);
  g_assert_cmpint (sys->libvirt_enabled, ==, N);
  g_assert_cmpint (sys->in_libvirt_group, ==, N);
}

static void
test_programs (void)
{
  g_autoptr (FerryTree) tree = ferry_tree_new ();
  g_autoptr (FerryTree) fedora = ferry_tree_new ();
  g_autoptr (FerrySystem) all = NULL;
  g_autoptr (FerrySystem) modular = NULL;

  ferry_tree_add_program (tree, "usr/bin/qemu-system-x86_64");
  ferry_tree_add_program (tree, "usr/sbin/libvirtd");
  ferry_tree_add_file (tree, "usr/share/OVMF/OVMF_CODE_4M.fd", "");
  ferry_tree_add_program (tree, "usr/bin/virt-manager");
  ferry_tree_add_program (tree, "usr/bin/swtpm");
  ferry_tree_add_program (tree, "usr/sbin/dnsmasq");
  all = read_tree (tree);
  g_assert_cmpint (all->qemu, ==, Y);
  g_assert_cmpint (all->libvirt, ==, Y);
  g_assert_cmpint (all->ovmf, ==, Y);
  g_assert_cmpint (all->virt_manager, ==, Y);
  g_assert_cmpint (all->swtpm, ==, Y);
  g_assert_cmpint (all->dnsmasq, ==, Y);

  ferry_tree_add_program (fedora, "usr/sbin/virtqemud");
  ferry_tree_add_program (fedora, "usr/libexec/qemu-kvm");
  modular = read_tree (fedora);
  g_assert_cmpint (modular->libvirt, ==, Y);
  g_assert_cmpint (modular->qemu, ==, Y);
}

static void
assert_family (const char *release, FerryFamily family, gboolean manjaro)
{
  g_autoptr (FerrySystem) sys = read_release (release);

  g_assert_cmpint (sys->family, ==, family);
  g_assert_cmpint (sys->manjaro, ==, manjaro);
}

static void
test_families (void)
{
  assert_family (MANJARO, FERRY_FAMILY_ARCH, TRUE);
  assert_family ("ID=arch\n", FERRY_FAMILY_ARCH, FALSE);
  assert_family ("ID=endeavouros\nID_LIKE=\"arch\"\n", FERRY_FAMILY_ARCH, FALSE);
  assert_family ("ID=garuda\nID_LIKE=arch\n", FERRY_FAMILY_ARCH, FALSE);
  assert_family (DEBIAN, FERRY_FAMILY_DEBIAN, FALSE);
  assert_family ("ID=pop\nID_LIKE=\"ubuntu debian\"\n", FERRY_FAMILY_DEBIAN, FALSE);
  assert_family ("ID=nobara\nID_LIKE=\"rhel centos fedora\"\n", FERRY_FAMILY_FEDORA, FALSE);
  assert_family ("ID=\"opensuse-tumbleweed\"\nID_LIKE=\"opensuse suse\"\n", FERRY_FAMILY_SUSE,
                 FALSE);
  assert_family ("ID=void\n", FERRY_FAMILY_UNKNOWN, FALSE);
  assert_family ("ID=notarch\nID_LIKE=archaic\n", FERRY_FAMILY_UNKNOWN, FALSE);
  assert_family ("NAME=manjaro\n", FERRY_FAMILY_UNKNOWN, FALSE);
}

static FerryAnswer
immutable (const char *release)
{
  g_autoptr (FerrySystem) sys = read_release (release);

  return sys->immutable;
}

static FerryAnswer
immutable_with (const char *path, const char *text)
{
  g_autoptr (FerryTree) tree = ferry_tree_new ();
  g_autoptr (FerrySystem) sys = NULL;

  ferry_tree_add_file (tree, "etc/os-release", MANJARO);
  ferry_tree_add_file (tree, path, text);
  sys = read_tree (tree);
  return sys->immutable;
}

static void
test_immutable (void)
{
  g_assert_cmpint (immutable (MANJARO), ==, N);
  g_assert_cmpint (immutable ("ID=fedora\nVARIANT_ID=workstation\n"), ==, N);
  g_assert_cmpint (immutable ("ID=fedora\nVARIANT_ID=silverblue\n"), ==, Y);
  g_assert_cmpint (immutable ("ID=fedora\nOSTREE_VERSION='41.20241105.0'\n"), ==, Y);
  g_assert_cmpint (immutable ("ID=\"opensuse-microos\"\n"), ==, Y);
  g_assert_cmpint (immutable ("ID=manjaro\nPRETTY_NAME=\"Manjaro Summit\"\n"), ==, Y);
  g_assert_cmpint (immutable_with ("run/ostree-booted", ""), ==, Y);
  g_assert_cmpint (
      immutable_with ("proc/self/mountinfo", "22 1 0:21 / / ro,noatime - btrfs /dev/sda2 rw\n"), ==,
      Y);
  /* Nothing that would show it is visible. */
  g_assert_cmpint (immutable_with ("etc/hostname", ""), ==, U);
}

static FerryAnswer
live (const char *path, const char *text)
{
  g_autoptr (FerryTree) tree = ferry_tree_new ();
  g_autoptr (FerrySystem) sys = NULL;

  ferry_tree_add_file (tree, path, text);
  sys = read_tree (tree);
  return sys->live;
}

static void
test_live (void)
{
  g_assert_cmpint (live ("proc/cmdline", "BOOT_IMAGE=/boot/vmlinuz misobasedir=manjaro "
                                         "misolabel=MANJARO_KDE quiet\n"),
                   ==, Y);
  g_assert_cmpint (live ("proc/cmdline", "boot=live components\n"), ==, Y);
  g_assert_cmpint (live ("proc/cmdline", "root=live:CDLABEL=Fedora rd.live.image\n"), ==, Y);
  g_assert_cmpint (live ("proc/cmdline", "root=UUID=1 ro\n"), ==, N);
  g_assert_cmpint (live ("run/miso/bootmnt/x", ""), ==, Y);
  g_assert_cmpint (live ("cdrom/casper/x", ""), ==, Y);
  g_assert_cmpint (live ("proc/self/mountinfo", "22 1 0:21 / / rw - ext4 /dev/sda2 rw\n"), ==, N);
  g_assert_cmpint (live ("proc/self/mountinfo", "22 1 0:21 / / rw - overlay overlay rw\n"), ==, U);
}

static guint64
memory (const char *text)
{
  g_autoptr (FerryTree) tree = ferry_tree_new ();
  g_autoptr (FerrySystem) sys = NULL;

  ferry_tree_add_file (tree, "proc/meminfo", text);
  sys = read_tree (tree);
  return sys->memory;
}

static void
test_memory (void)
{
  g_assert_cmpuint (memory ("MemTotal: 1024 kB\n"), ==, 1024 * 1024);
  g_assert_cmpuint (memory ("X: 1 kB\nMemTotal:\t2 kB\n"), ==, 2048);
  g_assert_cmpuint (memory ("NotMemTotal: 5 kB\n"), ==, 0);
  g_assert_cmpuint (memory ("MemTotal: lots\n"), ==, 0);
  g_assert_cmpuint (memory ("MemTotal: 99999999999999999999999 kB\n"), ==, 0);
  g_assert_cmpuint (memory (""), ==, 0);
}

static void
assert_service (const char *link, FerryAnswer enabled, gboolean modular)
{
  g_autoptr (FerryTree) tree = ferry_tree_new ();
  g_autoptr (FerrySystem) sys = NULL;

  /* Such links point to files that a recorded computer does not have. */
  ferry_tree_add_link (tree, link, "/usr/lib/systemd/system/nothing");
  sys = read_tree (tree);
  g_assert_cmpint (sys->libvirt_enabled, ==, enabled);
  g_assert_cmpint (sys->libvirt_modular, ==, modular);
}

static void
test_services (void)
{
  assert_service (WANTS "sockets.target.wants/libvirtd.socket", Y, FALSE);
  assert_service (WANTS "multi-user.target.wants/libvirtd.service", Y, FALSE);
  assert_service (WANTS "sockets.target.wants/virtqemud.socket", Y, TRUE);
  assert_service (WANTS "multi-user.target.wants/libvirt-guests.service", N, FALSE);
  assert_service (WANTS "graphical.target.wants/libvirtd.service", N, FALSE);
  assert_service ("etc/runlevels/default/libvirtd", U, FALSE);
  /* What is not installed is not enabled. */
  assert_service ("usr/bin/link", N, FALSE);
}

static FerryAnswer
in_group (const char *group, const char *passwd)
{
  g_autoptr (FerryTree) tree = ferry_tree_new ();
  g_autoptr (FerrySystem) sys = NULL;

  ferry_tree_add_file (tree, "etc/group", group);
  ferry_tree_add_file (tree, "etc/passwd", passwd);
  sys = read_tree (tree);
  return sys->in_libvirt_group;
}

static void
test_group (void)
{
  g_assert_cmpint (in_group ("libvirt:x:959:user\n", ""), ==, Y);
  g_assert_cmpint (in_group ("libvirt:x:959:other\n", ""), ==, N);
  g_assert_cmpint (in_group ("libvirt:x:959:\n", "user:x:1000:959::/home/user:/bin/sh\n"), ==, Y);
  /* As a recording by the administrator says it. */
  g_assert_cmpint (in_group ("libvirt:x:959:\n", "user:x:0:0::/:\n"), ==, Y);
}

/* The runtime's own files say nothing about the host. */
static void
test_flatpak (void)
{
  g_autoptr (FerryTree) tree = ferry_tree_new ();
  g_autoptr (FerrySystem) sys = NULL;

  ferry_tree_add_file (tree, ".flatpak-info", "[Application]\nname=org.ferryvm.Ferry\n");
  ferry_tree_add_file (tree, "etc/os-release", "ID=org.gnome.os\nPRETTY_NAME=\"GNOME OS\"\n");
  ferry_tree_add_file (tree, "run/host/os-release", MANJARO);
  ferry_tree_add_file (tree, "proc/self/mountinfo", "22 1 0:21 / / ro - tmpfs tmpfs ro\n");
  ferry_tree_add_file (tree, "etc/group", "libvirt:x:1:user\n");
  ferry_tree_add_program (tree, "usr/bin/swtpm");
  ferry_tree_add_folder (tree, WANTS);
  sys = read_tree (tree);
  g_assert_cmpint (sys->flatpak, ==, Y);
  g_assert_cmpstr (sys->id, ==, "manjaro");
  g_assert_cmpint (sys->swtpm, ==, U);
  g_assert_cmpint (sys->ovmf, ==, U);
  g_assert_cmpint (sys->immutable, ==, U);
  g_assert_cmpint (sys->libvirt_enabled, ==, U);
  g_assert_cmpint (sys->in_libvirt_group, ==, U);
}

static void
test_hostile (void)
{
  g_autoptr (FerryTree) tree = ferry_tree_new ();
  g_autofree char *endless = g_strnfill (1024 * 1024, ':');
  g_autofree char *commas = g_strnfill (1024 * 1024, ',');
  g_autoptr (FerrySystem) sys = NULL;

  ferry_tree_add_bytes (tree, "etc/os-release", "ID=a\0b\nPRETTY_NAME=\"\xff\x1b\"\n", 24);
  ferry_tree_add_file (tree, "proc/meminfo", endless);
  ferry_tree_add_file (tree, "etc/group", endless);
  ferry_tree_add_file (tree, "etc/passwd", commas);
  ferry_tree_add_file (tree, "proc/self/mountinfo", endless);
  ferry_tree_add_folder (tree, "proc/cmdline");
  ferry_tree_add_file (tree, WANTS "sockets.target.wants", "a file");
  sys = read_tree (tree);
  g_assert_cmpstr (sys->id, ==, "a");
  g_assert_true (g_utf8_validate (sys->name, -1, NULL));
  g_assert_cmpuint (sys->memory, ==, 0);
  g_assert_cmpint (sys->libvirt_enabled, ==, N);
  g_assert_cmpint (sys->in_libvirt_group, ==, N);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/system/nothing", test_nothing);
  g_test_add_func ("/system/manjaro", test_manjaro);
  g_test_add_func ("/system/programs", test_programs);
  g_test_add_func ("/system/families", test_families);
  g_test_add_func ("/system/immutable", test_immutable);
  g_test_add_func ("/system/live", test_live);
  g_test_add_func ("/system/memory", test_memory);
  g_test_add_func ("/system/services", test_services);
  g_test_add_func ("/system/group", test_group);
  g_test_add_func ("/system/flatpak", test_flatpak);
  g_test_add_func ("/system/hostile", test_hostile);
  return g_test_run ();
}
