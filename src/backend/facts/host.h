/* host.h: where the host's own files are, also when Ferry runs inside a Flatpak.
 *
 * In a Flatpak etc and usr belong to the runtime; the host's are at run/host/etc and run/host/usr
 * where the sandbox was given them (flatpak-metadata(5), "host-etc" and "host-os"). What is not
 * there is hidden, which is not the same as missing. The sandbox is known by the file .flatpak-info.
 */
#pragma once

#include "facts/answer.h"
#include "facts/root.h"

G_BEGIN_DECLS

gboolean ferry_host_is_flatpak (FerryRoot *root);
char *ferry_host_path (FerryRoot *root, const char *path);
gboolean ferry_host_exists (FerryRoot *root, const char *path);
char *ferry_host_read_text (FerryRoot *root, const char *path);
char **ferry_host_list (FerryRoot *root, const char *path);
FerryAnswer ferry_host_has_program (FerryRoot *root, const char *name);

/* One line of text from a file that anybody may have written, fit to be shown. */
char *ferry_host_clean_text (const char *text, gsize max);

G_END_DECLS
