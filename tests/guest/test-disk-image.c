/* test-disk-image.c: which format a disk image has, by its first bytes. */
#include "config.h"

#include <string.h>

#include "facts/error.h"
#include "facts/tree.h"
#include "guest/disk-image.h"

static const char *
look (const char *path, gsize offset, const char *bytes, gsize size, GError **error)
{
  guint8 head[FERRY_DISK_IMAGE_HEAD] = { 0 };

  memcpy (head + offset, bytes, size);
  return ferry_disk_image_look (path, head, sizeof head, error);
}

static void
test_own (void)
{
  g_assert_cmpstr (look ("/a.img", 0, "QFI\xfb\0\0\0\3", 8, NULL), ==, "qcow2");
  g_assert_cmpstr (look ("/a", 0, "QFI\xfb\0\0\0\2", 8, NULL), ==, "qcow2");
  g_assert_cmpstr (look ("/a.qcow2", 0, "\xeb\x63", 2, NULL), ==, "raw");
  g_assert_cmpstr (look ("/a.img", 0, "LUKS\xba\xbe", 6, NULL), ==, "raw");
  g_assert_cmpstr (look ("/a.img", 1, "QFI\xfb", 4, NULL), ==, "raw");
  g_assert_cmpstr (ferry_disk_image_look ("/a.img", NULL, 0, NULL), ==, "raw");
  g_assert_cmpstr (ferry_disk_image_accept ("/a", "qcow2", NULL), ==, "qcow2");
  g_assert_cmpstr (ferry_disk_image_accept ("/a", "raw", NULL), ==, "raw");
}

static void
test_foreign (void)
{
  static const struct
  {
    const char *path;
    gsize offset;
    const char *bytes;
    gsize size;
    const char *said;
  } cases[] = {
    { "/a.img", 0, "KDMV", 4, "-f vmdk -O qcow2" },
    { "/a.img", 0, "# Disk DescriptorFile\n", 22, "vmdk" },
    { "/a.img", 64, "\x7f\x10\xda\xbe", 4, "vdi" },
    { "/a.img", 0, "conectix", 8, "vpc" },
    { "/a.vhd", 0, "", 0, "vpc" },
    { "/a.img", 0, "vhdxfile", 8, "vhdx" },
    { "/a.img", 0, "QFI\xfb\0\0\0\1", 8, "-f qcow -O" },
    { "/a.img", 0, "QFI\xfb\0\0\0\4", 8, "newer" },
    { "/a.img", 0, "QFI\xfb\0\0\0\3\0\0\0\0\0\0\1\0", 16, "only a part" },
    { "/a.img", 0, "\x1f\x8b\x08", 3, "packed" },
    { "/a.ova", 257, "ustar", 5, "packed" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (look (cases[i].path, cases[i].offset, cases[i].bytes, cases[i].size, &error));
      g_assert_error (error, FERRY_ERROR, FERRY_ERROR_UNSUPPORTED);
      g_assert_nonnull (strstr (error->message, cases[i].said));
      g_assert_nonnull (strstr (error->message, cases[i].path));
    }
}

/* Data in a file of its own is a bit of the head of version 3 only. */
static void
test_external (void)
{
  guint8 head[FERRY_DISK_IMAGE_HEAD] = { 'Q', 'F', 'I', 0xfb, 0, 0, 0, 3 };
  g_autoptr (GError) error = NULL, cut = NULL, foreign = NULL;

  head[79] = 4;
  g_assert_null (ferry_disk_image_look ("/a", head, sizeof head, &error));
  g_assert_error (error, FERRY_ERROR, FERRY_ERROR_UNSUPPORTED);
  head[7] = 2;
  g_assert_cmpstr (ferry_disk_image_look ("/a", head, sizeof head, NULL), ==, "qcow2");
  g_assert_null (ferry_disk_image_look ("/a", head, 6, &cut));
  g_assert_error (cut, FERRY_ERROR, FERRY_ERROR_UNSUPPORTED);
  g_assert_null (ferry_disk_image_accept ("/a", "vdi", &foreign));
  g_assert_error (foreign, FERRY_ERROR, FERRY_ERROR_UNSUPPORTED);
}

static void
test_file (void)
{
  g_autoptr (FerryTree) tree = ferry_tree_new ();
  g_autoptr (FerryRoot) root = NULL;
  g_autoptr (GError) error = NULL;
  guint8 head[FERRY_DISK_IMAGE_HEAD] = { 'Q', 'F', 'I', 0xfb, 0, 0, 0, 3 };

  ferry_tree_add_bytes (tree, "images/a.img", head, sizeof head);
  root = ferry_tree_open (tree);
  g_assert_cmpstr (ferry_disk_image_detect (root, "/images/a.img", NULL), ==, "qcow2");
  g_assert_null (ferry_disk_image_detect (root, "/images/b.img", &error));
  g_assert_error (error, FERRY_ERROR, FERRY_ERROR_NOT_FOUND);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/disk-image/own", test_own);
  g_test_add_func ("/disk-image/foreign", test_foreign);
  g_test_add_func ("/disk-image/external", test_external);
  g_test_add_func ("/disk-image/file", test_file);
  return g_test_run ();
}
