/* disk-image.c: see disk-image.h. */
#include "config.h"

#include <string.h>
#include <glib/gi18n-lib.h>

#include "facts/error.h"
#include "guest/disk-image.h"

/* Signatures of what is no raw disk. What a system inside writes at the start of a raw disk (boot code, LUKS) is none of them. */
static const struct
{
  gsize offset;
  const char *bytes;
  gsize size;
  const char *format; /* NULL: packed */
} signatures[] = {
  { 0, "KDMV", 4, "vmdk" },
  { 0, "COWD", 4, "vmdk" },
  { 0, "# Disk DescriptorFile", 21, "vmdk" },
  { 64, "\x7f\x10\xda\xbe", 4, "vdi" },
  { 0, "conectix", 8, "vpc" },
  { 0, "vhdxfile", 8, "vhdx" },
  { 0, "QED\0", 4, "qed" },
  { 0, "WithoutFreeSpace", 16, "parallels" },
  { 0, "WithouFreSpacExt", 16, "parallels" },
  { 0, "\x1f\x8b\x08", 3, NULL },       /* gzip */
  { 0, "\xfd" "7zXZ\0", 6, NULL },      /* xz */
  { 0, "\x28\xb5\x2f\xfd", 4, NULL },   /* zstd */
  { 0, "BZh", 3, NULL },                /* bzip2 */
  { 0, "PK\x03\x04", 4, NULL },         /* zip */
  { 257, "ustar", 5, NULL },            /* tar, also an .ova */
};

/* Kinds without a signature at the start: a VHD of fixed size has its own at the end. */
static const struct
{
  const char *ending, *format;
} endings[] = { { ".vhd", "vpc" } };

#define QCOW_MAGIC "QFI\xfb"
#define QCOW_VERSION 4         /* offsets in the header, numbers are big endian */
#define QCOW_BACKING 8
#define QCOW_INCOMPATIBLE 72
#define QCOW_EXTERNAL_DATA 4   /* bit 2 */

static const char *
refuse (GError **error, const char *format, const char *path)
{
  g_autofree char *shown = g_filename_display_name (path);
  g_autofree char *text = NULL;

  /* The format is one of the literals of this file, translated: one %s. */
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
  text = g_strdup_printf (format, shown);
#pragma GCC diagnostic pop
  g_set_error_literal (error, FERRY_ERROR, FERRY_ERROR_UNSUPPORTED, text);
  return NULL;
}

static const char *
refuse_format (GError **error, const char *path, const char *format)
{
  g_autofree char *shown = g_filename_display_name (path);

  g_set_error (error, FERRY_ERROR, FERRY_ERROR_UNSUPPORTED,
               _ ("“%s” is a disk image in the format %s of another program. Ferry uses qcow2 and raw images. This makes a copy that can be "
                  "used: qemu-img convert -p -f %s -O qcow2 OLD NEW.qcow2"),
               shown, format, format);
  return NULL;
}

static guint64
get_number (const guint8 *head, gsize offset, gsize bytes)
{
  guint64 value = 0;

  for (gsize i = 0; i < bytes; i++)
    value = value << 8 | head[offset + i];
  return value;
}

/* A system inside can write what it likes at the start of a raw disk: also the head of a qcow2 image that says “go on in
 * this file of the computer”. So images that rest on another file are not taken. */
static const char *
look_at_qcow (const char *path, const guint8 *head, gsize size, GError **error)
{
  const guint64 version = size >= QCOW_VERSION + 4 ? get_number (head, QCOW_VERSION, 4) : 0;

  if (version == 1)
    return refuse_format (error, path, "qcow");
  if (version < 2 || version > 3 || size < FERRY_DISK_IMAGE_HEAD)
    return refuse (error, _ ("“%s” looks like a qcow2 image, but it is damaged or newer than Ferry knows."), path);
  if (get_number (head, QCOW_BACKING, 8) != 0
      || (version == 3 && (get_number (head, QCOW_INCOMPATIBLE, 8) & QCOW_EXTERNAL_DATA) != 0))
    return refuse (error,
                   _ ("“%s” holds only a part of a disk: the rest is in another file. This makes a whole one: qemu-img convert -p -O qcow2 "
                      "OLD NEW.qcow2"),
                   path);
  return "qcow2";
}

/**
 * ferry_disk_image_look:
 * @path: for the sentences, and for its ending where a format has no signature
 * @head: (array length=size): the first bytes
 *
 * Returns: (nullable): "qcow2" or "raw"; %FERRY_ERROR_UNSUPPORTED says what else it is and how to convert it
 */
const char *
ferry_disk_image_look (const char *path, const guint8 *head, gsize size, GError **error)
{
  if (size >= 4 && memcmp (head, QCOW_MAGIC, 4) == 0)
    return look_at_qcow (path, head, size, error);
  for (gsize i = 0; i < G_N_ELEMENTS (signatures); i++)
    {
      if (size < signatures[i].offset + signatures[i].size
          || memcmp (head + signatures[i].offset, signatures[i].bytes, signatures[i].size) != 0)
        continue;
      if (signatures[i].format != NULL)
        return refuse_format (error, path, signatures[i].format);
      return refuse (error, _ ("“%s” is packed. Unpack it first; a disk image is in it."), path);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (endings); i++)
    if (g_str_has_suffix (path, endings[i].ending))
      return refuse_format (error, path, endings[i].format);
  return "raw";
}

/**
 * ferry_disk_image_detect:
 * @path: absolute
 *
 * Returns: (nullable): "qcow2" or "raw"; %FERRY_ERROR_UNSUPPORTED says what else it is, %FERRY_ERROR_DENIED or
 *   %FERRY_ERROR_NOT_FOUND that it cannot be read
 */
const char *
ferry_disk_image_detect (FerryRoot *root, const char *path, GError **error)
{
  guint8 head[FERRY_DISK_IMAGE_HEAD] = { 0 };
  gssize n = g_path_is_absolute (path) ? ferry_root_read_head (root, path + 1, head, sizeof head) : -1;
  g_autofree char *shown = g_filename_display_name (path);

  if (n >= 0)
    return ferry_disk_image_look (path, head, (gsize)n, error);
  if (!g_path_is_absolute (path) || !ferry_root_exists (root, path + 1))
    {
      g_set_error (error, FERRY_ERROR, FERRY_ERROR_NOT_FOUND, _ ("The file “%s” is not there, or you may not see it."), shown);
      return NULL;
    }
  g_set_error (error, FERRY_ERROR, FERRY_ERROR_DENIED,
               _ ("You may not read “%s”, so it cannot be seen which kind of disk image it is, and a wrong guess would destroy it. Make it "
                  "readable for you, or move it to the folder of the images (/var/lib/libvirt/images)."),
               shown);
  return NULL;
}

/**
 * ferry_disk_image_accept:
 * @format: as libvirt calls it
 *
 * Returns: (nullable): "qcow2" or "raw"; %FERRY_ERROR_UNSUPPORTED for all others
 */
const char *
ferry_disk_image_accept (const char *path, const char *format, GError **error)
{
  if (g_str_equal (format, "qcow2"))
    return "qcow2";
  return g_str_equal (format, "raw") ? "raw" : refuse_format (error, path, format);
}
