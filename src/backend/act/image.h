/* image.h: what is inside a first RAM disk, read independently of the program that made it.
 *
 * An image is one or several cpio archives (newc) one behind the other, with zeros between them; the last one is
 * usually compressed (Documentation/driver-api/early-userspace/buffer-format.rst of the kernel). libarchive unpacks
 * and reads them; nothing is written and no program is started. Bounded: what unpacks to more is an error.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define FERRY_IMAGE_MAX_UNPACKED (G_GUINT64_CONSTANT (3) << 30)
#define FERRY_IMAGE_MAX_ENTRIES 300000
#define FERRY_IMAGE_MAX_TEXT (1024 * 1024)

typedef struct
{
  GHashTable *modules; /* names, always with "_" instead of "-": files *.ko*, and lines of modules.builtin */
  char *path;          /* of the one file whose text was asked for */
  char *text;          /* its text, or NULL */
  gboolean has_init;   /* there is something to start */
  guint entries;
  guint archives;
} FerryImage;

/* Reads @size bytes from @offset of @fd. @path: a small text file inside to keep, "etc/modprobe.d/x.conf", or NULL.
 * FERRY_ERROR_INVALID when it is not a whole image, FERRY_ERROR_TOO_LARGE beyond the bounds. */
FerryImage *ferry_image_read (int fd, guint64 offset, guint64 size, const char *path, GError **error);
void ferry_image_free (FerryImage *image);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (FerryImage, ferry_image_free)

gboolean ferry_image_has_module (const FerryImage *image, const char *name);

G_END_DECLS
