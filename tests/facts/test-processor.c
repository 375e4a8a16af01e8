/* test-processor.c: proc/cpuinfo of several architectures, whole and broken. */
#include "config.h"

#include <string.h>

#include "facts/processor.h"
#include "facts/tree.h"

#define INTEL                                                                                      \
  "vendor_id\t: GenuineIntel\ncpu family\t: 6\nmodel\t\t: 60\n"                                    \
  "model name\t: Intel(R) Core(TM) i7-4790K CPU @ 4.00GHz\nstepping\t: 3\n"                        \
  "cpu MHz\t\t: 4000.000\nflags\t\t: fpu vme lm constant_tsc vmx smx est\n"                        \
  "vmx flags\t: vnmi preemption_timer\nbugs\t\t: spectre_v1\n"                                     \
  "address sizes\t: 39 bits physical, 48 bits virtual\npower management:\n\n"

#define AMD_GUEST                                                                                  \
  "processor\t: 0\nvendor_id\t: AuthenticAMD\ncpu family\t: 25\nmodel\t\t: 33\n"                   \
  "model name\t: AMD Ryzen 7 5800X3D 8-Core Processor\nflags\t\t: fpu lm hypervisor\n\n"

#define ARM                                                                                        \
  "processor\t: 0\nBogoMIPS\t: 50.00\nFeatures\t: fp asimd aes\nCPU implementer\t: 0x41\n"         \
  "CPU architecture: 8\nCPU variant\t: 0x3\nCPU part\t: 0xd0c\nCPU revision\t: 1\n\n"              \
  "processor\t: 1\nCPU implementer\t: 0x41\nCPU architecture: 8\n\n"

#define POWER                                                                                      \
  "processor\t: 0\ncpu\t\t: POWER9, altivec supported\nclock\t\t: 3800.000000MHz\n"                \
  "revision\t: 2.3 (pvr 004e 1203)\n\nprocessor\t: 4\ncpu\t\t: POWER9, altivec supported\n\n"      \
  "timebase\t: 512000000\nplatform\t: PowerNV\nmodel\t\t: T2P9D01 REV 1.01\n"

static FerryProcessor *
read_text (const char *cpuinfo)
{
  g_autoptr (FerryTree) tree = ferry_tree_new ();
  g_autoptr (FerryRoot) root = NULL;

  if (cpuinfo != NULL)
    ferry_tree_add_file (tree, "proc/cpuinfo", cpuinfo);
  root = ferry_tree_open (tree);
  return ferry_processor_read (root);
}

static void
test_intel (void)
{
  g_autoptr (FerryProcessor) cpu
      = read_text ("processor\t: 0\n" INTEL "processor\t: 1\n" INTEL "processor\t: 2\n" INTEL);

  g_assert_cmpint (cpu->vendor, ==, FERRY_VENDOR_INTEL);
  g_assert_cmpstr (cpu->architecture, ==, "x86_64");
  g_assert_cmpstr (cpu->model_name, ==, "Intel(R) Core(TM) i7-4790K CPU @ 4.00GHz");
  g_assert_cmpuint (cpu->family, ==, 6);
  g_assert_cmpuint (cpu->model, ==, 60);
  g_assert_cmpuint (cpu->threads, ==, 3);
  g_assert_cmpuint (cpu->address_bits, ==, 39);
  g_assert_cmpint (cpu->virtualization, ==, FERRY_ANSWER_YES);
  g_assert_cmpint (cpu->hypervisor, ==, FERRY_ANSWER_NO);
  g_assert_cmpint (cpu->vt_d, ==, FERRY_ANSWER_UNKNOWN);
  g_assert_cmpint (cpu->integrated_gpu, ==, FERRY_ANSWER_YES);
}

static void
test_amd_guest (void)
{
  g_autoptr (FerryProcessor) cpu = read_text (AMD_GUEST);

  g_assert_cmpint (cpu->vendor, ==, FERRY_VENDOR_AMD);
  g_assert_cmpint (cpu->virtualization, ==, FERRY_ANSWER_NO);
  g_assert_cmpint (cpu->hypervisor, ==, FERRY_ANSWER_YES);
  g_assert_cmpint (cpu->integrated_gpu, ==, FERRY_ANSWER_NO);
  g_assert_cmpuint (cpu->address_bits, ==, 0);
}

static void
test_other_architectures (void)
{
  g_autoptr (FerryProcessor) arm = read_text (ARM);
  g_autoptr (FerryProcessor) power = read_text (POWER);
  g_autoptr (FerryProcessor) old = read_text ("processor\t: 0\nCPU implementer\t: 0x41\n"
                                              "CPU architecture: 7\n");
  g_autoptr (FerryProcessor) riscv
      = read_text ("processor\t: 0\nhart\t\t: 1\nisa\t\t: rv64imafdc\n");

  g_assert_cmpstr (arm->architecture, ==, "aarch64");
  g_assert_cmpuint (arm->threads, ==, 2);
  g_assert_cmpint (arm->virtualization, ==, FERRY_ANSWER_UNKNOWN);
  g_assert_cmpint (arm->hypervisor, ==, FERRY_ANSWER_UNKNOWN);
  g_assert_cmpint (arm->vendor, ==, FERRY_VENDOR_OTHER);
  g_assert_cmpstr (power->architecture, ==, "ppc64");
  g_assert_cmpuint (power->threads, ==, 2);
  g_assert_cmpstr (power->model_name, ==, "POWER9, altivec supported");
  g_assert_cmpstr (old->architecture, ==, "arm");
  g_assert_cmpstr (riscv->architecture, ==, "riscv64");
}

static void
test_unknown (void)
{
  g_autoptr (FerryProcessor) none = read_text (NULL);
  g_autoptr (FerryProcessor) empty = read_text ("");

  g_assert_cmpstr (none->architecture, ==, "");
  g_assert_cmpstr (none->model_name, ==, "");
  g_assert_cmpuint (none->threads, ==, 0);
  g_assert_cmpint (none->virtualization, ==, FERRY_ANSWER_UNKNOWN);
  g_assert_cmpint (none->kvm_device, ==, FERRY_ANSWER_UNKNOWN);
  g_assert_cmpuint (empty->threads, ==, 0);
}

/* More than a mebibyte, as on a server with many cores. */
static void
test_large (void)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autofree char *padding = g_strnfill (2000, 'x');
  g_autoptr (FerryProcessor) cpu = NULL;

  for (guint i = 0; i < 1024; i++)
    g_string_append_printf (text, "processor\t: %u\nbugs\t\t: %s\n" INTEL, i, padding);
  g_assert_cmpuint (text->len, >, FERRY_ROOT_MAX_FILE);
  cpu = read_text (text->str);
  g_assert_cmpuint (cpu->threads, ==, 1024);
  g_assert_cmpint (cpu->vendor, ==, FERRY_VENDOR_INTEL);
}

static void
test_hostile (void)
{
  g_autoptr (FerryTree) tree = ferry_tree_new ();
  g_autoptr (FerryRoot) root = NULL;
  g_autoptr (GString) text = g_string_new ("processor\t: 0\nmodel name\t: \x1b[31m\xff\xfeX\u202e");
  g_autofree char *flags = g_strnfill (1024 * 1024, ' ');
  g_autoptr (FerryProcessor) cpu = NULL;

  for (guint i = 0; i < 100000; i++)
    g_string_append (text, "long ");
  g_string_append_printf (text, "\ncpu family\t: 99999999999999999999\nmodel\t: -1\nflags\t:%s vmx",
                          flags);
  g_string_append_len (text, "\n\0processor\t: 1\n", 16);
  ferry_tree_add_bytes (tree, "proc/cpuinfo", text->str, text->len);
  root = ferry_tree_open (tree);
  cpu = ferry_processor_read (root);

  g_assert_true (g_utf8_validate (cpu->model_name, -1, NULL));
  g_assert_cmpint (g_utf8_strlen (cpu->model_name, -1), <=, 128);
  g_assert_null (strchr (cpu->model_name, '\x1b'));
  g_assert_null (strstr (cpu->model_name, "\u202e"));
  g_assert_cmpuint (cpu->family, ==, 0);
  g_assert_cmpuint (cpu->model, ==, 0);
  g_assert_cmpuint (cpu->threads, ==, 1);
}

static FerryAnswer
kvm_device (gboolean dev, gboolean kvm, gboolean flatpak)
{
  g_autoptr (FerryTree) tree = ferry_tree_new ();
  g_autoptr (FerryRoot) root = ferry_tree_open (tree);
  g_autoptr (FerryProcessor) cpu = NULL;

  if (dev)
    ferry_tree_add_folder (tree, "dev");
  if (kvm)
    ferry_tree_add_file (tree, "dev/kvm", "");
  if (flatpak)
    ferry_tree_add_file (tree, ".flatpak-info", "[Application]\n");
  cpu = ferry_processor_read (root);
  return cpu->kvm_device;
}

static void
test_kvm_device (void)
{
  g_assert_cmpint (kvm_device (FALSE, FALSE, FALSE), ==, FERRY_ANSWER_UNKNOWN);
  g_assert_cmpint (kvm_device (TRUE, FALSE, FALSE), ==, FERRY_ANSWER_NO);
  g_assert_cmpint (kvm_device (TRUE, TRUE, FALSE), ==, FERRY_ANSWER_YES);
  g_assert_cmpint (kvm_device (TRUE, FALSE, TRUE), ==, FERRY_ANSWER_UNKNOWN);
  g_assert_cmpint (kvm_device (TRUE, TRUE, TRUE), ==, FERRY_ANSWER_YES);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/processor/intel", test_intel);
  g_test_add_func ("/processor/amd-guest", test_amd_guest);
  g_test_add_func ("/processor/other-architectures", test_other_architectures);
  g_test_add_func ("/processor/unknown", test_unknown);
  g_test_add_func ("/processor/large", test_large);
  g_test_add_func ("/processor/hostile", test_hostile);
  g_test_add_func ("/processor/kvm-device", test_kvm_device);
  return g_test_run ();
}
