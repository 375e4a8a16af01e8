/* uki.h: the parts of a unified kernel image, read independently of the program that made it.
 *
 * A PE file whose sections hold the kernel, the first RAM disk and the kernel's words (UAPI.5 Unified Kernel Image; the
 * headers are those of the PE/COFF specification). Only the section table is read; nothing is trusted to be in range.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define FERRY_UKI_MAX_WORDS 16384

/* Where the content of a section, ".initrd", is in the file. */
gboolean ferry_uki_find (int fd, guint64 file_size, const char *section, guint64 *offset, guint64 *size,
                         GError **error);
/* The section ".cmdline" as text, without what pads it. */
char *ferry_uki_read_words (int fd, guint64 file_size, GError **error);

G_END_DECLS
