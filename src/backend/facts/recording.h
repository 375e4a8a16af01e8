/* recording.h: one .machine file: the files that were read of a computer, scrubbed.
 *
 * Format: JSON, {"format":"ferry-machine","version":1,"entries":[{"path","type":"file|folder|
 * link|exists|unreadable","text"|"base64"|"target","executable"}]}; described in HACKING.md. Serial
 * numbers, MAC addresses, UUIDs, host and user names are replaced by stable stand-ins before
 * anything is kept (facts/extract, facts/scrub). Opening unpacks below a new temporary folder
 * (facts/archive); a path that would leave it is refused.
 */
#pragma once

#include "facts/machine.h"

G_BEGIN_DECLS

#define FERRY_RECORDING_MAX_SIZE (64 * 1024 * 1024)
#define FERRY_RECORDING_MAX_ENTRIES 400000

/* Scans @root while recording; returns the text of the .machine file. */
char *ferry_recording_make (FerryRoot *root, GError **error);
char *ferry_recording_make_with (FerryRoot *root, const char *path, const char *extra, GError **error);
gboolean ferry_recording_save (FerryRoot *root, const char *file, GError **error);
gboolean ferry_recording_save_with (FerryRoot *root, const char *file, const char *path, const char *extra,
                                    GError **error);

/* Unpacks @file; the folder goes away with the last reference of the root that is returned. */
FerryRoot *ferry_recording_open (const char *file, GError **error);

G_END_DECLS
