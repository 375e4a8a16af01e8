/* test-kernel.c: release, configuration, command line and log of the running kernel. */
#include "config.h"

#include <string.h>
#include <gio/gio.h>

#include "facts/kernel.h"
#include "facts/tree.h"

#define MANJARO "6.12.48-1-MANJARO"
#define CONFIG                                                                                     \
  "#\n# Automatically generated file; DO NOT EDIT.\n#\nCONFIG_INTEL_IOMMU=y\n"                     \
  "# CONFIG_INTEL_IOMMU_DEFAULT_ON is not set\nCONFIG_VFIO_PCI=m\n"                                \
  "CONFIG_DEFAULT_HOSTNAME=\"(none)\"\nCONFIG_NR_CPUS=8192\nnot a line\nCONFIG_ODD\n"              \
  "CONFIG_QUOTE=\"\n"

static FerryKernel *
read_tree (FerryTree *tree)
{
  g_autoptr (FerryRoot) root = ferry_tree_open (tree);

  return ferry_kernel_read (root);
}

static GBytes *
gzip (const char *text, gsize size)
{
  g_autoptr (GConverter) converter
      = G_CONVERTER (g_zlib_compressor_new (G_ZLIB_COMPRESSOR_FORMAT_GZIP, 9));
  g_autoptr (GOutputStream) memory = g_memory_output_stream_new_resizable ();
  g_autoptr (GOutputStream) stream = g_converter_output_stream_new (memory, converter);

  g_assert_true (g_output_stream_write_all (stream, text, size, NULL, NULL, NULL));
  g_assert_true (g_output_stream_close (stream, NULL, NULL));
  return g_memory_output_stream_steal_as_bytes (G_MEMORY_OUTPUT_STREAM (memory));
}

static void
add_packed (FerryTree *tree, const char *text, gsize size)
{
  g_autoptr (GBytes) bytes = gzip (text, size);

  ferry_tree_add_bytes (tree, "proc/config.gz", g_bytes_get_data (bytes, NULL),
                        g_bytes_get_size (bytes));
}

static void
test_nothing (void)
{
  g_autoptr (FerryTree) tree = ferry_tree_new ();
  g_autoptr (FerryKernel) kernel = read_tree (tree);

  g_assert_cmpstr (kernel->release, ==, "");
  g_assert_cmpuint (kernel->cmdline->words->len, ==, 0);
  g_assert_cmpint (kernel->cmdline_known, ==, FERRY_ANSWER_UNKNOWN);
  g_assert_null (kernel->config);
  g_assert_null (kernel->log);
  g_assert_null (ferry_kernel_config (kernel, "CONFIG_VFIO_PCI"));
  g_assert_cmpint (kernel->modules_kept, ==, FERRY_ANSWER_UNKNOWN);
  g_assert_nonnull (kernel->installed);
  g_assert_null (kernel->installed[0]);
  g_assert_false (ferry_kernel_at_least (kernel, 1, 0));
}

static void
test_manjaro (void)
{
  g_autoptr (FerryTree) tree = ferry_tree_new ();
  g_autoptr (FerryKernel) kernel = NULL;

  ferry_tree_add_file (tree, "proc/sys/kernel/osrelease", MANJARO "\n");
  ferry_tree_add_file (tree, "proc/cmdline", "BOOT_IMAGE=/boot/vmlinuz-6.12-x86_64 rw quiet\n");
  add_packed (tree, CONFIG, strlen (CONFIG));
  ferry_tree_add_file (tree, "usr/lib/modules/" MANJARO "/pkgbase", "linux612\n");
  ferry_tree_add_file (tree, "usr/lib/modules/6.6.107-1-MANJARO/vmlinuz", "");
  ferry_tree_add_folder (tree, "usr/lib/modules/extramodules-6.12-MANJARO");
  ferry_tree_add_folder (tree, "usr/lib/modules/6.1.1-1-MANJARO");
  kernel = read_tree (tree);

  g_assert_cmpstr (kernel->release, ==, MANJARO);
  g_assert_cmpuint (kernel->major, ==, 6);
  g_assert_cmpuint (kernel->minor, ==, 12);
  g_assert_true (ferry_kernel_at_least (kernel, 6, 12));
  g_assert_true (ferry_kernel_at_least (kernel, 5, 99));
  g_assert_false (ferry_kernel_at_least (kernel, 6, 13));
  g_assert_false (ferry_kernel_at_least (kernel, 7, 0));
  g_assert_cmpint (kernel->cmdline_known, ==, FERRY_ANSWER_YES);
  g_assert_true (ferry_cmdline_has_key (kernel->cmdline, "quiet"));
  g_assert_cmpint (kernel->modules_kept, ==, FERRY_ANSWER_YES);
  g_assert_cmpuint (g_strv_length (kernel->installed), ==, 2);
  g_assert_cmpstr (kernel->installed[0], ==, MANJARO);
  g_assert_cmpstr (kernel->installed[1], ==, "6.6.107-1-MANJARO");
}

static void
assert_config (const FerryKernel *kernel)
{
  g_assert_cmpstr (ferry_kernel_config (kernel, "CONFIG_INTEL_IOMMU"), ==, "y");
  g_assert_cmpstr (ferry_kernel_config (kernel, "CONFIG_INTEL_IOMMU_DEFAULT_ON"), ==, "n");
  g_assert_cmpstr (ferry_kernel_config (kernel, "CONFIG_VFIO_PCI"), ==, "m");
  g_assert_cmpstr (ferry_kernel_config (kernel, "CONFIG_DEFAULT_HOSTNAME"), ==, "(none)");
  g_assert_cmpstr (ferry_kernel_config (kernel, "CONFIG_NR_CPUS"), ==, "8192");
  g_assert_cmpstr (ferry_kernel_config (kernel, "CONFIG_QUOTE"), ==, "\"");
  g_assert_null (ferry_kernel_config (kernel, "CONFIG_ODD"));
  g_assert_null (ferry_kernel_config (kernel, "CONFIG_VFIO"));
}

static void
test_config (void)
{
  g_autoptr (FerryTree) packed_tree = ferry_tree_new ();
  g_autoptr (FerryTree) boot_tree = ferry_tree_new ();
  g_autoptr (FerryKernel) packed = NULL;
  g_autoptr (FerryKernel) boot = NULL;

  add_packed (packed_tree, CONFIG, strlen (CONFIG));
  packed = read_tree (packed_tree);
  assert_config (packed);

  /* Debian: no proc/config.gz; the configuration of another kernel does not count. */
  ferry_tree_add_file (boot_tree, "proc/version", "Linux version 6.1.0-18-amd64 (debian) #1\n");
  ferry_tree_add_file (boot_tree, "boot/config-6.1.0-18-amd64", CONFIG);
  ferry_tree_add_file (boot_tree, "boot/config-6.1.0-17-amd64", "CONFIG_VFIO=y\n");
  boot = read_tree (boot_tree);
  g_assert_cmpstr (boot->release, ==, "6.1.0-18-amd64");
  assert_config (boot);
}

/* 9 MiB of zeros are 9 KiB packed; a cut file and no gzip at all. */
static void
test_hostile_config (void)
{
  g_autoptr (FerryTree) bomb_tree = ferry_tree_new ();
  g_autoptr (FerryTree) cut_tree = ferry_tree_new ();
  g_autoptr (FerryTree) wrong_tree = ferry_tree_new ();
  g_autofree char *zeros = g_strnfill (9 * 1024 * 1024, '\n');
  g_autoptr (GBytes) whole = gzip (CONFIG, strlen (CONFIG));
  g_autoptr (FerryKernel) bomb = NULL;
  g_autoptr (FerryKernel) cut = NULL;
  g_autoptr (FerryKernel) wrong = NULL;

  memcpy (zeros, CONFIG, strlen (CONFIG));
  add_packed (bomb_tree, zeros, 9 * 1024 * 1024);
  bomb = read_tree (bomb_tree);
  g_assert_null (bomb->config);

  ferry_tree_add_bytes (cut_tree, "proc/config.gz", g_bytes_get_data (whole, NULL),
                        g_bytes_get_size (whole) / 2);
  cut = read_tree (cut_tree);
  g_assert_null (cut->config);

  ferry_tree_add_file (wrong_tree, "proc/config.gz", CONFIG);
  wrong = read_tree (wrong_tree);
  g_assert_null (wrong->config);
}

static void
test_release (void)
{
  static const char *const wrong[]
      = { "", "../../etc", "6.12/../..", "6.12 x", ".hidden", "MANJARO", "6.12\x01", "6.1\xff" };

  for (gsize i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_autoptr (FerryTree) tree = ferry_tree_new ();
      g_autoptr (FerryKernel) kernel = NULL;

      ferry_tree_add_file (tree, "proc/sys/kernel/osrelease", wrong[i]);
      kernel = read_tree (tree);
      g_assert_cmpstr (kernel->release, ==, "");
      g_assert_cmpuint (kernel->major, ==, 0);
    }
}

static void
assert_version (const char *release, guint major, guint minor)
{
  g_autoptr (FerryTree) tree = ferry_tree_new ();
  g_autoptr (FerryKernel) kernel = NULL;

  ferry_tree_add_file (tree, "proc/sys/kernel/osrelease", release);
  kernel = read_tree (tree);
  g_assert_cmpuint (kernel->major, ==, major);
  g_assert_cmpuint (kernel->minor, ==, minor);
}

static void
test_version (void)
{
  assert_version ("7.2.0-rc1", 7, 2);
  assert_version ("6.12", 6, 12);
  assert_version ("6", 0, 0);
  assert_version ("6.", 0, 0);
  assert_version ("6.-1", 0, 0);
  assert_version ("99999999999999999999999.1", 0, 0);
  assert_version ("6.99999999999999999999", 0, 0);
}

static void
test_cmdline (void)
{
  g_autoptr (FerryTree) tree = ferry_tree_new ();
  g_autofree char *endless = g_strnfill (1024 * 1024, 'x');
  g_autoptr (FerryKernel) kernel = NULL;

  ferry_tree_add_file (tree, "proc/cmdline", endless);
  kernel = read_tree (tree);
  g_assert_cmpint (kernel->cmdline_known, ==, FERRY_ANSWER_UNKNOWN);
  g_assert_cmpuint (kernel->cmdline->words->len, ==, 0);
}

static void
test_log (void)
{
  g_autoptr (FerryTree) tree = ferry_tree_new ();
  g_autofree char *endless = g_strnfill (4 * 1024 * 1024 + 1, 'x');
  g_autoptr (FerryKernel) kernel = NULL;
  g_autoptr (FerryKernel) large = NULL;

  ferry_tree_add_file (tree, "inspect/kernel-log",
                       "[    0.0] DMAR: x\n[    1.0] systemd[1]: y\n[    2.0] \xff z\n");
  kernel = read_tree (tree);
  g_assert_cmpstr (kernel->log, ==, "[    0.0] DMAR: x\n[    2.0] \uFFFD z\n");
  ferry_tree_add_file (tree, "inspect/kernel-log", endless);
  large = read_tree (tree);
  g_assert_null (large->log);
}

/* The package was replaced under the running kernel; Debian's folder; a hidden folder. */
static void
test_modules (void)
{
  g_autoptr (FerryTree) tree = ferry_tree_new ();
  g_autoptr (FerryTree) debian_tree = ferry_tree_new ();
  g_autoptr (FerryTree) flatpak_tree = ferry_tree_new ();
  g_autoptr (FerryKernel) gone = NULL;
  g_autoptr (FerryKernel) debian = NULL;
  g_autoptr (FerryKernel) flatpak = NULL;

  ferry_tree_add_file (tree, "proc/sys/kernel/osrelease", MANJARO);
  ferry_tree_add_file (tree, "usr/lib/modules/6.12.50-1-MANJARO/vmlinuz", "");
  gone = read_tree (tree);
  g_assert_cmpint (gone->modules_kept, ==, FERRY_ANSWER_NO);

  ferry_tree_add_file (debian_tree, "proc/sys/kernel/osrelease", "6.1.0-18-amd64");
  ferry_tree_add_folder (debian_tree, "lib/modules/6.1.0-18-amd64");
  ferry_tree_add_file (debian_tree, "boot/vmlinuz-6.1.0-18-amd64", "");
  debian = read_tree (debian_tree);
  g_assert_cmpint (debian->modules_kept, ==, FERRY_ANSWER_YES);
  g_assert_cmpstr (debian->installed[0], ==, "6.1.0-18-amd64");

  ferry_tree_add_file (flatpak_tree, ".flatpak-info", "");
  ferry_tree_add_file (flatpak_tree, "proc/sys/kernel/osrelease", MANJARO);
  ferry_tree_add_folder (flatpak_tree, "usr/lib/modules");
  flatpak = read_tree (flatpak_tree);
  g_assert_cmpint (flatpak->modules_kept, ==, FERRY_ANSWER_UNKNOWN);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/kernel/nothing", test_nothing);
  g_test_add_func ("/kernel/manjaro", test_manjaro);
  g_test_add_func ("/kernel/config", test_config);
  g_test_add_func ("/kernel/hostile-config", test_hostile_config);
  g_test_add_func ("/kernel/release", test_release);
  g_test_add_func ("/kernel/version", test_version);
  g_test_add_func ("/kernel/cmdline", test_cmdline);
  g_test_add_func ("/kernel/log", test_log);
  g_test_add_func ("/kernel/modules", test_modules);
  return g_test_run ();
}
