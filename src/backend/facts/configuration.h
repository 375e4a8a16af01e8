/* configuration.h: the configuration files that a plan may need to see, as they are now.
 *
 * A bounded, fixed set of files below the root: boot loader, initramfs generator, modprobe.d, and the
 * traps of mhwd. Content, mode and owner are kept, because a change must restore them. Nothing is
 * judged here and nothing is written; the plan, which is pure, reads files from here only.
 */
#pragma once

#include "facts/kernel.h"
#include "facts/loader.h"
#include "facts/root.h"

G_BEGIN_DECLS

/* Bounds: one file 1 MiB, 512 files in all. */
#define FERRY_CONFIGURATION_MAX_FILES 512

typedef enum
{
  FERRY_FILE_ABSENT,
  FERRY_FILE_REGULAR,
  FERRY_FILE_LINK, /* a symbolic link; target is kept, content is that of the file it leads to */
  FERRY_FILE_OPAQUE /* there, but not readable, not text, too large or not a regular file */
} FerryFileKind;

typedef struct
{
  char *path; /* relative to the root */
  FerryFileKind kind;
  char *text;   /* exact bytes; valid UTF-8 without NUL; NULL when absent or opaque */
  char *target; /* of a link */
  guint mode;   /* permission bits; of the link's own target for a link */
  guint uid, gid;
} FerryFile;

typedef struct
{
  GHashTable *files;    /* path to FerryFile */
  char **entries;       /* boot loader entries (BLS), relative paths, sorted */
  char **images;        /* first RAM disks that exist, relative paths, sorted */
  char *image_folder;   /* where the largest part of them is: "boot", or on the EFI system partition */
  guint64 image_bytes;  /* all images in that folder together */
  guint64 largest_image;
  guint64 boot_free;    /* bytes free in that folder; G_MAXUINT64 when unknown */
  FerryAnswer esp_mounted; /* UNKNOWN where the machine is not running */
  FerryAnswer hibernated;  /* a resume= word and a hibernation image may exist */
} FerryConfiguration;

FerryConfiguration *ferry_configuration_read (FerryRoot *root, const FerryLoader *loader,
                                              const FerryKernel *kernel);
void ferry_configuration_free (FerryConfiguration *configuration);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (FerryConfiguration, ferry_configuration_free)

/* Never NULL for a path that was looked at; a path that was not looked at is ABSENT. */
const FerryFile *ferry_configuration_get (const FerryConfiguration *configuration, const char *path);
/* Paths of existing files directly in @folder with @suffix, sorted (transfer container). */
GPtrArray *ferry_configuration_list (const FerryConfiguration *configuration, const char *folder,
                                     const char *suffix);

G_END_DECLS
