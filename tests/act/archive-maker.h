/* archive-maker.h: makes first RAM disks and unified kernel images for tests.
 *
 * Not a part of Ferry. Writes cpio archives (newc) byte by byte, so that the reader is tested against the format and not
 * against the library that it uses itself; packing is libarchive's work.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct
{
  const char *path;
  const char *text;
} ArchiveFile;

/* One archive with its trailer; @files ends with a path of NULL. */
void archive_maker_add (GByteArray *image, const ArchiveFile *files);
/* All of @plain packed: "gzip", "xz", "zstd", "lz4", "bzip2", "lzma". */
void archive_maker_add_packed (GByteArray *image, const GByteArray *plain, const char *filter);
/* A PE file with the two sections that Ferry reads. */
GByteArray *archive_maker_new_uki (const char *words, const GByteArray *image);
/* A whole and likely image: init, @modules (names of files, NULL-terminated) and, unless NULL, the text of
 * etc/modprobe.d/ferry.conf; larger than 1 MiB when packed. */
GByteArray *archive_maker_new_image (const char *const *modules, const char *settings);

G_END_DECLS
