/* test-image.c: first RAM disks of every shape, whole, cut off and hostile. */
#include "config.h"

#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "act/image.h"
#include "act/uki.h"
#include "archive-maker.h"
#include "facts/error.h"

static const ArchiveFile early_files[] = { { "kernel/x86/microcode/GenuineIntel.bin", "code" }, { NULL, NULL } };
static const ArchiveFile main_files[]
    = { { "init", "#!/bin/sh\n" },
        { "usr/lib/modules/6.12.4-1-MANJARO/kernel/drivers/vfio/pci/vfio-pci.ko.zst", "module" },
        { "./usr/lib/modules/6.12.4-1-MANJARO/kernel/drivers/vfio/vfio_iommu_type1.ko", "module" },
        { "usr/lib/modules/6.12.4-1-MANJARO/modules.builtin",
          "kernel/drivers/vfio/vfio.ko\nkernel/fs/ext4/ext4.ko\n" },
        { "etc/modprobe.d/ferry.conf", "softdep nouveau pre: vfio-pci\n" },
        { "usr/share/doc/not-a-module.ko.txt", "" },
        { NULL, NULL } };

static int
make_file (const guint8 *data, gsize size)
{
  int fd = memfd_create ("image", MFD_CLOEXEC);

  g_assert_cmpint (fd, >=, 0);
  g_assert_cmpint (write (fd, data, size), ==, (gssize) size);
  return fd;
}

static FerryImage *
read_bytes (const guint8 *data, gsize size, GError **error)
{
  int fd = make_file (data, size);
  FerryImage *image = ferry_image_read (fd, 0, size, "etc/modprobe.d/ferry.conf", error);

  close (fd);
  return image;
}

static GByteArray *
make (const char *filter, gboolean early, guint zeros)
{
  g_autoptr (GByteArray) plain = g_byte_array_new ();
  GByteArray *image = g_byte_array_new ();

  if (early)
    archive_maker_add (image, early_files);
  for (guint i = 0; i < zeros; i++)
    g_byte_array_append (image, (const guint8 *) "", 1);
  archive_maker_add (plain, main_files);
  if (filter != NULL)
    archive_maker_add_packed (image, plain, filter);
  else
    g_byte_array_append (image, plain->data, plain->len);
  return image;
}

static void
assert_whole (const FerryImage *image)
{
  g_assert_true (image->has_init);
  g_assert_true (ferry_image_has_module (image, "vfio_pci"));
  g_assert_true (ferry_image_has_module (image, "vfio-pci"));
  g_assert_true (ferry_image_has_module (image, "vfio_iommu_type1"));
  g_assert_true (ferry_image_has_module (image, "vfio"));
  g_assert_false (ferry_image_has_module (image, "not_a_module"));
  g_assert_false (ferry_image_has_module (image, "nouveau"));
  g_assert_cmpstr (image->text, ==, "softdep nouveau pre: vfio-pci\n");
}

static void
test_shapes (void)
{
  static const char *const filters[] = { NULL, "gzip", "xz", "zstd", "lz4", "bzip2", "lzma" };
  static const guint zeros[] = { 0, 4, 508, 70000 };

  for (gsize i = 0; i < G_N_ELEMENTS (filters); i++)
    for (gsize k = 0; k < G_N_ELEMENTS (zeros); k++)
      {
        g_autoptr (GByteArray) bytes = make (filters[i], k > 0, zeros[k]);
        g_autoptr (GError) error = NULL;
        g_autoptr (FerryImage) image = read_bytes (bytes->data, bytes->len, &error);

        g_test_message ("%s, %u zeros", filters[i] != NULL ? filters[i] : "plain", zeros[k]);
        g_assert_no_error (error);
        assert_whole (image);
        g_assert_cmpuint (image->archives, ==, (k > 0) + (filters[i] != NULL) + 1);
      }
}

/* Two packed archives one behind the other inside one compressed part, with zeros between them. */
static void
test_several_inside (void)
{
  g_autoptr (GByteArray) plain = g_byte_array_new ();
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  g_autoptr (FerryImage) image = NULL;

  archive_maker_add (plain, early_files);
  g_byte_array_set_size (plain, plain->len + 300);
  memset (plain->data + plain->len - 300, 0, 300);
  archive_maker_add (plain, main_files);
  archive_maker_add_packed (bytes, plain, "zstd");
  image = read_bytes (bytes->data, bytes->len, NULL);
  g_assert_nonnull (image);
  assert_whole (image);
}

/* Archives of many sizes, so that trailers fall on every place of a block. */
static void
test_block_borders (void)
{
  for (guint size = 65000; size < 65800; size += 4)
    {
      g_autofree char *text = g_strnfill (size, 'x');
      const ArchiveFile files[] = { { "filler", text }, { NULL, NULL } };
      g_autoptr (GByteArray) bytes = g_byte_array_new ();
      g_autoptr (FerryImage) image = NULL;

      archive_maker_add (bytes, files);
      archive_maker_add (bytes, main_files);
      image = read_bytes (bytes->data, bytes->len, NULL);
      g_assert_nonnull (image);
      assert_whole (image);
    }
}

/* Cut anywhere, an image is broken, or what is left is not the whole. */
static void
check_cuts (const char *filter)
{
  g_autoptr (GByteArray) bytes = make (filter, TRUE, 4);

  /* Some formats end with bytes that only say again that this is the end. */
  for (gsize size = 0; size + 16 < bytes->len; size += 5)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (FerryImage) image = read_bytes (bytes->data, size, &error);

      if (image == NULL)
        g_assert_error (error, FERRY_ERROR, FERRY_ERROR_INVALID);
      else
        g_assert_false (image->has_init);
    }
}

static void
test_cut_off (void)
{
  static const char *const filters[] = { NULL, "gzip", "xz", "zstd", "lz4" };

  for (gsize i = 0; i < G_N_ELEMENTS (filters); i++)
    check_cuts (filters[i]);
}

static void
test_changed_bytes (void)
{
  static const char *const filters[] = { NULL, "gzip", "xz", "zstd", "lz4" };
  g_autoptr (GRand) rand = g_rand_new_with_seed (20);

  for (guint round = 0; round < 500; round++)
    {
      g_autoptr (GByteArray) bytes = make (filters[round % G_N_ELEMENTS (filters)], TRUE, 4);
      g_autoptr (FerryImage) image = NULL;

      for (int n = g_rand_int_range (rand, 1, 6); n > 0; n--)
        bytes->data[g_rand_int_range (rand, 0, (gint32) bytes->len)] = (guint8) g_rand_int (rand);
      image = read_bytes (bytes->data, bytes->len, NULL);
      g_assert_true (image == NULL || image->entries <= FERRY_IMAGE_MAX_ENTRIES);
    }
}

static void
test_no_image (void)
{
  static const char *const texts[] = { "", "\0\0\0\0", "hello", "070701", "0", "MZ", "\x1f\x8b", "(\xb5/\xfd" };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (read_bytes ((const guint8 *) texts[i], strlen (texts[i]), &error));
      g_assert_error (error, FERRY_ERROR, FERRY_ERROR_INVALID);
    }
}

/* Packed in packed is no image, and must not unpack without end. */
static void
test_packed_twice (void)
{
  g_autoptr (GByteArray) once = make ("gzip", FALSE, 0);
  g_autoptr (GByteArray) twice = g_byte_array_new ();
  g_autoptr (GError) error = NULL;

  archive_maker_add_packed (twice, once, "gzip");
  g_assert_null (read_bytes (twice->data, twice->len, &error));
  g_assert_error (error, FERRY_ERROR, FERRY_ERROR_INVALID);
}

static void
test_too_many (void)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < 100; i++)
    archive_maker_add (bytes, early_files);
  g_assert_null (read_bytes (bytes->data, bytes->len, &error));
  g_assert_error (error, FERRY_ERROR, FERRY_ERROR_TOO_LARGE);
}

static void
test_uki (void)
{
  g_autoptr (GByteArray) image = make ("zstd", TRUE, 4);
  g_autoptr (GByteArray) uki = archive_maker_new_uki ("root=UUID=1 rw iommu=pt\n", image);
  g_autoptr (FerryImage) inside = NULL;
  g_autofree char *words = NULL;
  guint64 offset, size;
  int fd = make_file (uki->data, uki->len);

  words = ferry_uki_read_words (fd, uki->len, NULL);
  g_assert_cmpstr (words, ==, "root=UUID=1 rw iommu=pt\n");
  g_assert_true (ferry_uki_find (fd, uki->len, ".initrd", &offset, &size, NULL));
  inside = ferry_image_read (fd, offset, size, "etc/modprobe.d/ferry.conf", NULL);
  g_assert_nonnull (inside);
  assert_whole (inside);
  g_assert_false (ferry_uki_find (fd, uki->len, ".splash", &offset, &size, NULL));
  g_assert_false (ferry_uki_find (fd, uki->len - 1, ".initrd", &offset, &size, NULL));
  close (fd);
}

static void
test_hostile_uki (void)
{
  g_autoptr (GByteArray) image = make ("gzip", FALSE, 0);
  g_autoptr (GByteArray) uki = archive_maker_new_uki ("rw", image);
  g_autoptr (GRand) rand = g_rand_new_with_seed (7);

  for (guint round = 0; round < 2000; round++)
    {
      g_autofree guint8 *bytes = g_memdup2 (uki->data, uki->len);
      g_autofree char *words = NULL;
      guint64 offset = 0, size = 0;
      int fd;

      for (int n = g_rand_int_range (rand, 1, 9); n > 0; n--)
        bytes[g_rand_int_range (rand, 0, 240)] = (guint8) g_rand_int (rand);
      fd = make_file (bytes, uki->len);
      words = ferry_uki_read_words (fd, uki->len, NULL);
      if (ferry_uki_find (fd, uki->len, ".initrd", &offset, &size, NULL))
        g_assert_cmpuint (offset + size, <=, uki->len);
      close (fd);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/image/shapes", test_shapes);
  g_test_add_func ("/image/several-inside", test_several_inside);
  g_test_add_func ("/image/block-borders", test_block_borders);
  g_test_add_func ("/image/cut-off", test_cut_off);
  g_test_add_func ("/image/changed-bytes", test_changed_bytes);
  g_test_add_func ("/image/no-image", test_no_image);
  g_test_add_func ("/image/packed-twice", test_packed_twice);
  g_test_add_func ("/image/too-many", test_too_many);
  g_test_add_func ("/image/uki", test_uki);
  g_test_add_func ("/image/hostile-uki", test_hostile_uki);
  return g_test_run ();
}
