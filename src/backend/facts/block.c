/* block.c: see block.h. */
#include "config.h"

#include <string.h>
#include <glib/gi18n-lib.h>

#include "facts/address.h"
#include "facts/block.h"
#include "facts/mount.h"

#define CLASS "sys/class/block"
#define SUBSYSTEM "/nvme-subsystem/"
/* Block devices that are looked at below one file system, and how deep they may be stacked. */
#define MAX_BLOCKS 1024
#define MAX_DEPTH 16
/* Looks at block devices in one scan, over all file systems. */
#define MAX_LOOKS 65536

typedef struct
{
  FerryRoot *root;
  GPtrArray *uses;
  GHashTable *members; /* block device to the BTRFS that it is a member of */
  GHashTable *seen;    /* block devices below the file system that is looked at now */
  char *name;          /* of that file system, for a person */
  guint looks;
  gboolean all; /* every disk is taken for one in use already */
} Search;

static void add_block (Search *search, const char *block, guint depth);

static gboolean
has_pci_address (const char *place)
{
  g_auto (GStrv) parts = g_strsplit (place, "/", 256);
  FerryAddress address;

  for (gsize i = 0; parts[i] != NULL; i++)
    if (ferry_address_parse (parts[i], &address))
      return TRUE;
  return FALSE;
}

static void
add_slaves (Search *search, const char *folder, guint depth)
{
  g_autofree char *path = g_build_filename (folder, "slaves", NULL);
  g_auto (GStrv) slaves = ferry_root_list (search->root, path);

  for (gsize i = 0; slaves != NULL && slaves[i] != NULL; i++)
    add_block (search, slaves[i], depth + 1);
}

/* "nvme0", not "nvme0n1" and not "nvme-subsys0". */
static gboolean
is_nvme_controller (const char *name)
{
  return g_str_has_prefix (name, "nvme") && name[4] != '\0'
         && strspn (name + 4, "0123456789") == strlen (name + 4);
}

/* A disk that several controllers lead to is below a subsystem, which has a link to each of them.
 */
static void
add_subsystem (Search *search, const char *place)
{
  const char *start = strstr (place, SUBSYSTEM);
  g_autofree char *subsystem = NULL;
  g_autofree char *folder = NULL;
  g_auto (GStrv) names = NULL;

  if (start == NULL)
    return;
  start += strlen (SUBSYSTEM);
  subsystem = g_strndup (start, strcspn (start, "/"));
  folder = g_build_filename ("sys/class/nvme-subsystem", subsystem, NULL);
  names = ferry_root_list (search->root, folder);
  for (gsize i = 0; names != NULL && names[i] != NULL; i++)
    {
      g_autofree char *link = g_build_filename ("sys/class/nvme", names[i], NULL);
      g_autofree char *controller = NULL;

      if (!is_nvme_controller (names[i]))
        continue;
      controller = ferry_root_read_link (search->root, link);
      if (controller != NULL)
        ferry_use_add (search->uses, search->name, controller);
    }
}

/* One block device by its name in sys/class/block, and what it is made of. */
static void
add_block (Search *search, const char *block, guint depth)
{
  g_autofree char *path = g_build_filename (CLASS, block, NULL);
  g_autofree char *place = NULL;
  const char *btrfs;

  if (depth > MAX_DEPTH || search->looks >= MAX_LOOKS
      || g_hash_table_size (search->seen) >= MAX_BLOCKS
      || !g_hash_table_add (search->seen, g_strdup (block)))
    return;
  search->looks++;
  place = ferry_root_read_link (search->root, path);
  if (place == NULL)
    return;

  if (has_pci_address (place))
    ferry_use_add (search->uses, search->name, place);
  else if (strstr (place, SUBSYSTEM) != NULL)
    add_subsystem (search, place);
  else
    {
      g_autofree char *above = g_path_get_dirname (place);
      g_autofree char *whole = g_path_get_basename (above);
      g_autofree char *whole_path = g_build_filename (CLASS, whole, NULL);

      add_slaves (search, path, depth);
      if (!g_str_equal (whole, "block")) /* a partition: the members are the whole disk's */
        add_slaves (search, whole_path, depth);
    }

  btrfs = g_hash_table_lookup (search->members, block);
  if (btrfs != NULL)
    {
      g_autofree char *folder = g_build_filename ("sys/fs/btrfs", btrfs, "devices", NULL);
      g_auto (GStrv) members = ferry_root_list (search->root, folder);

      for (gsize i = 0; members != NULL && members[i] != NULL; i++)
        add_block (search, members[i], depth + 1);
    }
}

/* The block device behind "/dev/mapper/NAME": device mapper knows the name too. */
static char *
find_mapped (Search *search, const char *name)
{
  g_auto (GStrv) blocks = NULL;

  if (search->looks >= MAX_LOOKS)
    return NULL;
  blocks = ferry_root_list (search->root, CLASS);

  for (gsize i = 0; blocks != NULL && blocks[i] != NULL; i++)
    {
      g_autofree char *path = g_build_filename (CLASS, blocks[i], "dm", "name", NULL);
      g_autofree char *line = NULL;

      search->looks++;
      if (!g_str_has_prefix (blocks[i], "dm-"))
        continue;
      line = ferry_root_read_line (search->root, path);
      if (g_strcmp0 (line, name) == 0)
        return g_strdup (blocks[i]);
    }
  return NULL;
}

/* The name in sys/class/block of a source such as "/dev/sda1" or "/dev/mapper/home"; NULL when it
 * is no block device. */
static char *
find_source (Search *search, const char *source)
{
  const char *path = source + strspn (source, "/");
  g_autofree char *target = NULL;

  if (!g_str_has_prefix (path, "dev/"))
    return NULL;
  target = ferry_root_read_link (search->root, path);
  if (target != NULL)
    return g_path_get_basename (target);
  if (g_str_has_prefix (path, "dev/mapper/"))
    return find_mapped (search, path + strlen ("dev/mapper/"));
  return g_path_get_basename (path);
}

/* The name in sys/class/block of "8:1"; NULL when there is no such device. */
static char *
find_number (FerryRoot *root, const char *number)
{
  g_autofree char *path = NULL;
  g_autofree char *target = NULL;

  if (number[0] == '\0' || strspn (number, "0123456789:") != strlen (number))
    return NULL;
  path = g_build_filename ("sys/dev/block", number, NULL);
  target = ferry_root_read_link (root, path);
  return target != NULL ? g_path_get_basename (target) : NULL;
}

static void
start (Search *search, const char *name)
{
  g_hash_table_remove_all (search->seen);
  g_free (search->name);
  search->name = g_strdup (name);
}

static void
add_sources (Search *search, const char *source)
{
  g_auto (GStrv) parts = g_strsplit (source, ":", 64); /* bcachefs: "/dev/sda1:/dev/sdb1" */

  for (gsize i = 0; parts[i] != NULL; i++)
    {
      g_autofree char *block = find_source (search, parts[i]);

      if (block != NULL)
        add_block (search, block, 0);
    }
}

static void
add_all_blocks (Search *search)
{
  g_auto (GStrv) blocks = NULL;

  if (search->all)
    return;
  search->all = TRUE;
  blocks = ferry_root_list (search->root, CLASS);
  for (gsize i = 0; blocks != NULL && blocks[i] != NULL; i++)
    add_block (search, blocks[i], 0);
}

static void
add_mount (Search *search, const FerryMount *mount)
{
  g_autofree char *point = g_strconcat ("/", mount->point, NULL);
  g_autofree char *block = NULL;

  start (search, point);
  if (g_str_equal (mount->type, "zfs"))
    {
      add_all_blocks (search);
      return;
    }
  block = find_number (search->root, mount->number);
  if (block != NULL)
    add_block (search, block, 0);
  else
    add_sources (search, mount->source);
}

static void
add_mounts (Search *search)
{
  g_autoptr (GPtrArray) mounts = ferry_mounts_read (search->root);
  g_autoptr (GHashTable) known = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; mounts != NULL && i < mounts->len; i++)
    {
      const FerryMount *mount = g_ptr_array_index (mounts, i);
      char *key = g_strconcat (mount->number, " ", mount->source, NULL);

      /* One place is enough to say that a file system is in use; the first is the plainest. */
      if (g_hash_table_add (known, key))
        add_mount (search, mount);
    }
}

static void
add_swaps (Search *search)
{
  g_autofree char *text = ferry_root_read_text (search->root, "proc/swaps", NULL);
  g_auto (GStrv) lines = NULL;

  if (text == NULL)
    return;
  lines = g_strsplit (text, "\n", FERRY_USE_MAX);
  start (search, _ ("swap space"));
  for (gsize i = 0; lines[i] != NULL; i++)
    {
      gsize length = strcspn (lines[i], " \t");
      g_autofree char *source = g_strndup (lines[i], length);
      g_autofree char *block = find_source (search, source);

      if (block != NULL)
        add_block (search, block, 0);
    }
}

/* Which block device belongs to which BTRFS; only those of several devices matter. */
static GHashTable *
list_members (FerryRoot *root)
{
  GHashTable *members = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_auto (GStrv) systems = ferry_root_list (root, "sys/fs/btrfs");

  for (gsize i = 0; systems != NULL && systems[i] != NULL && i < FERRY_USE_MAX; i++)
    {
      g_autofree char *folder = g_build_filename ("sys/fs/btrfs", systems[i], "devices", NULL);
      g_auto (GStrv) blocks = ferry_root_list (root, folder);

      for (gsize j = 0; blocks != NULL && blocks[j] != NULL; j++)
        g_hash_table_insert (members, g_strdup (blocks[j]), g_strdup (systems[i]));
    }
  return members;
}

/**
 * ferry_blocks_in_use:
 *
 * Returns: (transfer full) (element-type FerryUse): the disks that are in use, with one mount point
 *   of each file system ("swap space" for swap); a disk can be there several times
 */
GPtrArray *
ferry_blocks_in_use (FerryRoot *root)
{
  g_autoptr (GHashTable) members = list_members (root);
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  Search search = { .root = root, .uses = ferry_uses_new (), .members = members, .seen = seen };

  add_mounts (&search);
  add_swaps (&search);
  g_free (search.name);
  return search.uses;
}
