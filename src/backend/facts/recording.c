/* recording.c: see recording.h. */
#include "config.h"

#include <string.h>
#include <glib/gi18n-lib.h>
#include <gio/gio.h>

#include "facts/archive.h"
#include "facts/error.h"
#include "facts/extract.h"
#include "facts/names-list.h"
#include "facts/recording.h"
#include "facts/unpack.h"

/* What was read so far, unchanged. */
typedef struct
{
  GHashTable *entries; /* path to FerryArchived */
  gboolean full;
} Tape;

/* Reading says more than listing, and listing more than asking whether it is there. */
static gboolean
says_more (const FerryArchived *entry, FerryArchiveKind kind, GBytes *content)
{
  static const int rank[] = { [FERRY_ARCHIVED_EXISTS] = 0,
                              [FERRY_ARCHIVED_FOLDER] = 1,
                              [FERRY_ARCHIVED_UNREADABLE] = 2,
                              [FERRY_ARCHIVED_LINK] = 3,
                              [FERRY_ARCHIVED_FILE] = 3 };

  if (rank[kind] != rank[entry->kind])
    return rank[kind] > rank[entry->kind];
  return entry->content != NULL && content != NULL
         && g_bytes_get_size (content) > g_bytes_get_size (entry->content);
}

static FerryArchiveKind
kind_of (FerryRootEntry entry)
{
  switch (entry)
    {
    case FERRY_ROOT_ENTRY_FILE:
      return FERRY_ARCHIVED_FILE;
    case FERRY_ROOT_ENTRY_FOLDER:
      return FERRY_ARCHIVED_FOLDER;
    case FERRY_ROOT_ENTRY_LINK:
      return FERRY_ARCHIVED_LINK;
    case FERRY_ROOT_ENTRY_UNREADABLE:
      return FERRY_ARCHIVED_UNREADABLE;
    case FERRY_ROOT_ENTRY_EXISTS:
    case FERRY_ROOT_ENTRY_PROGRAM:
    default:
      return FERRY_ARCHIVED_EXISTS;
    }
}

static FerryArchived *
find_or_add (Tape *tape, const char *path)
{
  FerryArchived *entry = g_hash_table_lookup (tape->entries, path);

  if (entry != NULL)
    return entry;
  if (g_hash_table_size (tape->entries) >= FERRY_RECORDING_MAX_ENTRIES)
    {
      tape->full = TRUE;
      return NULL;
    }
  entry = ferry_archived_new (path, FERRY_ARCHIVED_EXISTS);
  g_hash_table_insert (tape->entries, entry->path, entry);
  return entry;
}

static void
hear (const char *path, FerryRootEntry what, GBytes *content, gpointer user_data)
{
  Tape *tape = user_data;
  FerryArchiveKind kind = kind_of (what);
  FerryArchived *entry;

  /* The root itself, and names that JSON cannot hold. */
  if (!ferry_archive_is_path (path))
    return;
  entry = find_or_add (tape, path);
  if (entry == NULL)
    return;
  if (what == FERRY_ROOT_ENTRY_PROGRAM)
    entry->executable = TRUE;
  if (!says_more (entry, kind, content))
    return;
  entry->kind = kind;
  g_clear_pointer (&entry->content, g_bytes_unref);
  g_clear_pointer (&entry->target, g_free);
  if (kind == FERRY_ARCHIVED_LINK)
    entry->target = g_strndup (g_bytes_get_data (content, NULL), g_bytes_get_size (content));
  else if (kind == FERRY_ARCHIVED_FILE)
    entry->content = g_bytes_ref (content);
}

/* proc/self is a link to proc/1234: another number in each recording, and of no meaning. */
static char *
without_process (const char *path, const char *process)
{
  if (process == NULL || !g_str_has_prefix (path, "proc/"))
    return g_strdup (path);
  if (g_str_has_prefix (path + 5, process) && path[5 + strlen (process)] == '/')
    return g_strconcat ("proc/self", path + 5 + strlen (process), NULL);
  return g_strdup (path);
}

static FerryArchived *
scrub_entry (FerryScrub *scrub, FerryMachine *machine, const FerryArchived *entry, const char *path)
{
  g_autofree char *clean = ferry_extract_path (scrub, path);
  FerryArchived *kept = ferry_archived_new (clean, entry->kind);

  kept->executable = entry->executable;
  if (entry->target != NULL)
    kept->target = ferry_extract_target (scrub, path, entry->target);
  if (entry->content != NULL)
    kept->content = ferry_extract_make (scrub, ferry_root_get_user_name (machine->root),
                                        machine->devices, path, entry->content);
  return kept;
}

/* Lists of installed packages and of services that are started: a name that no fact asks for tells
 * only how the computer is used. */
static gboolean
is_needless (const char *path)
{
  static const char *const lists[]
      = { "var/lib/pacman/local/", "var/lib/dpkg/info/", "etc/systemd/system/",
          "lib/systemd/system/", "usr/lib/systemd/system/" };
  static const char *const wanted[]
      = { "mkinitcpio", "dracut",  "booster", "initramfs", "libvirt", "virt",   "qemu",
          "edk2",       "ovmf",    "swtpm",   "dnsmasq",   "grub",    "limine", "refind",
          "systemd",    "manjaro", "linux",   "mhwd",      "nvidia",  "wants",  "requires" };
  const char *name = strrchr (path, '/');

  for (gsize i = 0; i < G_N_ELEMENTS (lists); i++)
    if (g_str_has_prefix (path, lists[i]))
      {
        for (gsize j = 0; j < G_N_ELEMENTS (wanted); j++)
          if (strstr (name, wanted[j]) != NULL)
            return FALSE;
        return TRUE;
      }
  return FALSE;
}

/* A link with a target that is not UTF-8 cannot be written down, nor one of two things that became
 * equal; what stands below something unreadable shows that it is a folder. */
static void
keep_entry (GHashTable *kept, FerryArchived *entry)
{
  if (!ferry_archive_is_path (entry->path) || g_hash_table_contains (kept, entry->path)
      || (entry->target != NULL && !g_utf8_validate (entry->target, -1, NULL)))
    ferry_archived_free (entry);
  else
    g_hash_table_insert (kept, entry->path, entry);
}

static void
open_parents (GHashTable *kept)
{
  g_autoptr (GList) paths = g_hash_table_get_keys (kept);

  for (GList *item = paths; item != NULL; item = item->next)
    {
      g_autofree char *parent = g_path_get_dirname (item->data);
      FerryArchived *above = g_hash_table_lookup (kept, parent);

      if (above != NULL
          && (above->kind == FERRY_ARCHIVED_UNREADABLE || above->kind == FERRY_ARCHIVED_EXISTS))
        above->kind = FERRY_ARCHIVED_FOLDER;
    }
}

/* The names that this computer knows, so that another with other lists shows the same. */
static void
keep_names (GHashTable *kept, FerryMachine *machine)
{
  FerryArchived *entry;
  g_autofree char *list = NULL;

  if (machine->devices->len == 0)
    return;
  list = ferry_names_list_write (machine->root, machine->devices);
  entry = ferry_archived_new (FERRY_NAMES_LIST, FERRY_ARCHIVED_FILE);
  entry->content = g_bytes_new (list, strlen (list));
  g_hash_table_replace (kept, entry->path, entry);
}

static int
compare_paths (gconstpointer a, gconstpointer b)
{
  return strcmp (a, b);
}

static GHashTable *
scrub_all (FerryScrub *scrub, FerryMachine *machine, const Tape *tape)
{
  g_autoptr (GList) paths = g_list_sort (g_hash_table_get_keys (tape->entries), compare_paths);
  const FerryArchived *self = g_hash_table_lookup (tape->entries, "proc/self");
  GHashTable *kept = ferry_archive_new ();

  for (GList *item = paths; item != NULL; item = item->next)
    {
      const FerryArchived *entry = g_hash_table_lookup (tape->entries, item->data);
      g_autofree char *path = without_process (entry->path, self != NULL ? self->target : NULL);

      if ((entry != self || self->target == NULL) && !is_needless (path))
        keep_entry (kept, scrub_entry (scrub, machine, entry, path));
    }
  open_parents (kept);
  keep_names (kept, machine);
  return kept;
}

static void
keep_extra (GHashTable *kept, const char *path, const char *text)
{
  FerryArchived *entry;

  if (text == NULL)
    return;
  entry = ferry_archived_new (path, FERRY_ARCHIVED_FILE);
  entry->content = g_bytes_new (text, strlen (text));
  g_hash_table_replace (kept, entry->path, entry);
}

/**
 * ferry_recording_make:
 * @root: the computer; nobody else may read through this root at the same time
 *
 * Scans the whole computer and keeps what the scan read, without what identifies a person or this
 * one computer. Recording a recorded computer gives the same text again.
 *
 * Returns: (transfer full) (nullable): as ferry_recording_make_with()
 */
char *
ferry_recording_make (FerryRoot *root, GError **error)
{
  return ferry_recording_make_with (root, NULL, NULL, error);
}

/**
 * ferry_recording_make_with:
 * @path: (nullable): where @extra is kept, below "inspect"
 * @extra: (nullable): a text that somebody else read as root and that names nobody; %NULL for none
 *
 * Returns: (transfer full) (nullable): the text of a .machine file; %NULL with
 *   %FERRY_ERROR_NOT_FOUND (no computer) or %FERRY_ERROR_TOO_LARGE
 */
char *
ferry_recording_make_with (FerryRoot *root, const char *path, const char *extra, GError **error)
{
  g_autoptr (FerryScrub) scrub = ferry_scrub_new (root);
  g_autoptr (FerryMachine) machine = NULL;
  g_autoptr (GHashTable) kept = NULL;
  g_autoptr (GHashTable) entries = ferry_archive_new ();
  Tape tape = { entries, FALSE };
  g_autofree char *text = NULL;

  ferry_root_set_recorder (root, hear, &tape);
  machine = ferry_machine_scan (root, NULL, NULL, error);
  ferry_root_set_recorder (root, NULL, NULL);
  if (machine == NULL)
    return NULL;
  kept = scrub_all (scrub, machine, &tape);
  keep_extra (kept, path, extra);
  text = ferry_archive_to_text (kept);
  if (!tape.full && strlen (text) <= FERRY_RECORDING_MAX_SIZE)
    return g_steal_pointer (&text);
  g_set_error (error, FERRY_ERROR, FERRY_ERROR_TOO_LARGE,
               _ ("This computer has more devices and files than fit into one recording"));
  return NULL;
}

/**
 * ferry_recording_save:
 *
 * Returns: as ferry_recording_save_with() without anything extra
 */
gboolean
ferry_recording_save (FerryRoot *root, const char *file, GError **error)
{
  return ferry_recording_save_with (root, file, NULL, NULL, error);
}

/**
 * ferry_recording_save_with:
 * @file: in the encoding of file names; replaced when it exists
 * @path: (nullable): as for ferry_recording_make_with()
 * @extra: (nullable): as for ferry_recording_make_with()
 *
 * Records @root into a file that only this user can read.
 *
 * Returns: whether it worked; otherwise the error of ferry_recording_make() or %FERRY_ERROR_FAILED
 */
gboolean
ferry_recording_save_with (FerryRoot *root, const char *file, const char *path, const char *extra,
                           GError **error)
{
  g_autofree char *text = ferry_recording_make_with (root, path, extra, error);
  g_autoptr (GError) local = NULL;

  if (text == NULL)
    return FALSE;
  if (g_file_set_contents_full (file, text, -1,
                                G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE, 0600,
                                &local))
    return TRUE;
  g_set_error_literal (error, FERRY_ERROR, FERRY_ERROR_FAILED, local->message);
  return FALSE;
}

/* The sentence about the file as the user named it. */
static void
explain (GError **error, const char *file, const GError *cause)
{
  g_autofree char *name = g_filename_display_name (file);
  const char *format = _ ("“%s” cannot be read");

  if (g_error_matches (cause, FERRY_ERROR, FERRY_ERROR_NOT_FOUND))
    format = _ ("“%s” does not exist");
  else if (g_error_matches (cause, FERRY_ERROR, FERRY_ERROR_DENIED))
    format = _ ("“%s” may not be read");
  else if (g_error_matches (cause, FERRY_ERROR, FERRY_ERROR_TOO_LARGE))
    format = _ ("“%s” is too large");
  else if (g_error_matches (cause, FERRY_ERROR, FERRY_ERROR_INVALID))
    format = _ ("“%s” is not a file");
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
  g_set_error (error, FERRY_ERROR, cause->code, format, name);
#pragma GCC diagnostic pop
}

/* The bytes of a regular file, at most FERRY_RECORDING_MAX_SIZE. */
static GBytes *
read_file (const char *file, GError **error)
{
  g_autofree char *path = g_canonicalize_filename (file, NULL);
  g_autoptr (FerryRoot) root = ferry_root_new (G_DIR_SEPARATOR_S, error);
  g_autoptr (GError) cause = NULL;
  GBytes *bytes;

  if (root == NULL)
    return NULL;
  bytes = ferry_root_read_bytes (root, path, FERRY_RECORDING_MAX_SIZE, &cause);
  if (bytes == NULL)
    explain (error, file, cause);
  return bytes;
}

/* What is unpacked has a name of its own that means nothing to the user, so nobody else may find
 * out later that there is no computer in it. */
static FerryRoot *
unpack_computer (GHashTable *entries, const char *file, GError **error)
{
  g_autoptr (FerryRoot) root = ferry_unpack (entries, error);
  g_autofree char *name = NULL;

  if (root == NULL || ferry_machine_is_below (root))
    return g_steal_pointer (&root);
  name = g_filename_display_name (file);
  g_set_error (error, FERRY_ERROR, FERRY_ERROR_NOT_FOUND,
               _ ("There is no computer in the recording “%s”"), name);
  return NULL;
}

/**
 * ferry_recording_open:
 * @file: a .machine file, in the encoding of file names
 *
 * Returns: (transfer full) (nullable): the recorded computer; %NULL with an error as of
 *   ferry_root_read_bytes() or ferry_archive_parse(), %FERRY_ERROR_FAILED, or
 *   %FERRY_ERROR_NOT_FOUND for a recording without a computer
 */
FerryRoot *
ferry_recording_open (const char *file, GError **error)
{
  g_autoptr (GBytes) bytes = read_file (file, error);
  g_autoptr (GHashTable) entries = NULL;
  gsize size;
  const char *text;

  if (bytes == NULL)
    return NULL;
  text = g_bytes_get_data (bytes, &size);
  entries = ferry_archive_parse (text != NULL ? text : "", size, error);
  return entries != NULL ? unpack_computer (entries, file, error) : NULL;
}
