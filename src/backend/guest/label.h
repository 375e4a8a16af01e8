/* label.h: the names that are written at the beginning of an image of a disc.
 *
 * Reads the primary volume descriptor of ISO 9660 (ECMA-119, 4th edition, 8.4), which Microsoft's
 * UDF images carry as well. It says nothing of what they mean: see guest/catalogue. libosinfo reads
 * descriptors too, but waits for ever when the table of contents is empty.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define FERRY_LABEL_SECTOR 2048

typedef struct
{
  char *volume, *system, *publisher, *application; /* valid UTF-8, trimmed, may be "" */
  guint64 size;                                    /* bytes, as the image says */
} FerryLabel;

FerryLabel *ferry_label_parse (const guint8 *sector, gsize length);
FerryLabel *ferry_label_read (const char *file, GError **error);
void ferry_label_free (FerryLabel *label);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (FerryLabel, ferry_label_free)

G_END_DECLS
