/* archive.h: the entries of a .machine file, from its text and to its text.
 *
 * Pure: nothing is unpacked here (facts/unpack). Hostile text gives FERRY_ERROR_INVALID or
 * FERRY_ERROR_TOO_LARGE: paths are relative, without "." and "..", no path leads through a file or
 * link of the same archive, sizes and counts are bounded.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum
{
  FERRY_ARCHIVED_FILE,
  FERRY_ARCHIVED_FOLDER,
  FERRY_ARCHIVED_LINK,
  FERRY_ARCHIVED_EXISTS,    /* there is something; its content was never read */
  FERRY_ARCHIVED_UNREADABLE /* there is something; reading it failed */
} FerryArchiveKind;

typedef struct
{
  char *path; /* relative, canonical */
  FerryArchiveKind kind;
  GBytes *content; /* of a file */
  char *target;    /* of a link */
  gboolean executable;
} FerryArchived;

FerryArchived *ferry_archived_new (const char *path, FerryArchiveKind kind);
void ferry_archived_free (FerryArchived *entry);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (FerryArchived, ferry_archived_free)

gboolean ferry_archive_is_path (const char *path);

/* Both: path to FerryArchived, which owns the path. */
GHashTable *ferry_archive_new (void);
GHashTable *ferry_archive_parse (const char *text, gsize size, GError **error);
char *ferry_archive_to_text (GHashTable *entries);

G_END_DECLS
