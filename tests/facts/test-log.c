/* test-log.c: the kernel's own lines in logs of several forms. */
#include "config.h"

#include <string.h>

#include "facts/log.h"

static void
assert_clean (const char *text, const char *expected)
{
  g_autofree char *clean = ferry_log_clean (text);

  g_assert_cmpstr (clean, ==, expected);
}

static void
test_dmesg (void)
{
  assert_clean ("", "");
  assert_clean ("[    0.000000] Linux version 6.12.48\n[    0.1] x",
                "[    0.000000] Linux version 6.12.48\n[    0.1] x\n");
  assert_clean ("[    0.000000][    T0] DMAR: x\n", "[    0.000000][    T0] DMAR: x\n");
  assert_clean ("[Sun Nov 22 19:00:00 2026] pci 0000:01:00.0: x\r\n",
                "[Sun Nov 22 19:00:00 2026] pci 0000:01:00.0: x\n");
  assert_clean ("<6>[    1.0] usb 1-1: new device\n", "<6>[    1.0] usb 1-1: new device\n");
  assert_clean ("[    1.0] audit: type=1400\n", "[    1.0] audit: type=1400\n");
}

static void
test_programs (void)
{
  assert_clean ("[    3.2] systemd[1]: Hostname set to <den>.\n[    3.3] ok\n", "[    3.3] ok\n");
  assert_clean ("[    3.2] (udev-worker)[312]: eth0: renamed\n", "");
  assert_clean ("<30>[    3.2] systemd-journald[300]: x\n", "");
  assert_clean ("systemd[1]: Started.\n", "");
}

static void
test_journal (void)
{
  assert_clean ("Nov 22 19:00:00 den kernel: DMAR: IOMMU enabled\n", "DMAR: IOMMU enabled\n");
  assert_clean ("Nov  2 19:00:00 den kernel: ok\n", "ok\n");
  assert_clean ("2026-11-22T19:00:00+0000 den kernel: ok\n", "ok\n");
  assert_clean ("[    0.000000] den kernel: ok\n", "ok\n");
  assert_clean ("Nov 22 19:00:00 den sshd[99]: Accepted password\n", "");
  assert_clean ("Nov 22 19:00:00 den sudo: somebody : TTY=pts/0\n", "");
  assert_clean ("[    1.0] den systemd[1]: x\n", "");
}

static void
test_kmsg (void)
{
  assert_clean ("6,339,5140900,-;NET: Registered\n SUBSYSTEM=pci\n DEVICE=+pci:0000:01:00.0\n",
                "NET: Registered\n");
  assert_clean ("30,340,5140901,-;systemd[1]: Started\n", "");
  assert_clean ("4,341,5140902,c,caller=T1;ok\n", "ok\n");
}

static void
test_bare (void)
{
  assert_clean ("ACPI: DMAR 0x000000005D755000 0000A0 (v02 INTEL)\n",
                "ACPI: DMAR 0x000000005D755000 0000A0 (v02 INTEL)\n");
  assert_clean ("DMAR: dmar0: reg_base_addr fed90000\n\n\n",
                "DMAR: dmar0: reg_base_addr fed90000\n");
}

static void
test_hostile (void)
{
  g_autofree char *line = g_strnfill (1024 * 1024, '[');
  g_autofree char *digits = g_strnfill (1024 * 1024, '1');
  g_autofree char *brackets = ferry_log_clean (line);
  g_autofree char *numbers = ferry_log_clean (digits);
  g_autofree char *bytes = ferry_log_clean ("[ 1.0] \xff\xfe\x01\n\xc3\n");
  g_autoptr (GString) many = g_string_new (NULL);
  g_autofree char *kept = NULL;

  g_assert_cmpuint (strlen (brackets), ==, FERRY_LOG_MAX_LINE + 1);
  g_assert_cmpuint (strlen (numbers), ==, FERRY_LOG_MAX_LINE + 1);
  g_assert_true (g_utf8_validate (bytes, -1, NULL));
  for (guint i = 0; i < 50000; i++)
    g_string_append (many, "[[[[]]]] [1.0] a-a-a-a-a-a[a[a[1]: x\n");
  kept = ferry_log_clean (many->str);
  g_assert_cmpuint (strlen (kept), <=, many->len);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/log/dmesg", test_dmesg);
  g_test_add_func ("/log/programs", test_programs);
  g_test_add_func ("/log/journal", test_journal);
  g_test_add_func ("/log/kmsg", test_kmsg);
  g_test_add_func ("/log/bare", test_bare);
  g_test_add_func ("/log/hostile", test_hostile);
  return g_test_run ();
}
