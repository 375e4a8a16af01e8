/* initramfs.c: see initramfs.h. */
#include "config.h"

#include <string.h>

#include "facts/host.h"
#include "facts/initramfs.h"

#define PACMAN_PACKAGES "var/lib/pacman/local"
#define DPKG_PACKAGES "var/lib/dpkg/info"

/* One generator; what it is called in the packages of Arch and Debian. */
static const struct
{
  FerryInitramfsKind kind;
  const char *program;
  const char *configs[3];
  const char *arch_package, *debian_package;
} generators[] = {
  { FERRY_INITRAMFS_MKINITCPIO,
    "mkinitcpio",
    { "etc/mkinitcpio.conf", "etc/mkinitcpio.d", NULL },
    "mkinitcpio",
    NULL },
  { FERRY_INITRAMFS_DRACUT,
    "dracut",
    { "etc/dracut.conf", "etc/dracut.conf.d", NULL },
    "dracut",
    "dracut-core" },
  { FERRY_INITRAMFS_TOOLS,
    "mkinitramfs",
    { "etc/initramfs-tools/initramfs.conf", "etc/initramfs-tools/modules", NULL },
    NULL,
    "initramfs-tools-core" },
  { FERRY_INITRAMFS_BOOSTER, "booster", { "etc/booster.yaml", NULL, NULL }, "booster", NULL },
};

#define N_GENERATORS G_N_ELEMENTS (generators)

/* Bit n: generators[n]. */
typedef guint Set;

static gboolean
is_one (Set set)
{
  return set != 0 && (set & (set - 1)) == 0;
}

static Set
find_programs (FerryRoot *root)
{
  Set set = 0;

  for (guint i = 0; i < N_GENERATORS; i++)
    if (ferry_host_has_program (root, generators[i].program) == FERRY_ANSWER_YES)
      set |= 1u << i;
  return set;
}

static Set
find_configs (FerryRoot *root)
{
  Set set = 0;

  for (guint i = 0; i < N_GENERATORS; i++)
    for (const char *const *path = generators[i].configs; *path != NULL; path++)
      if (ferry_host_exists (root, *path))
        set |= 1u << i;
  return set;
}

/* Whether @entry, "mkinitcpio-40-1", is of @package: a version and a release follow. */
static gboolean
is_pacman_entry (const char *entry, const char *package)
{
  gsize length = strlen (package);
  const char *dash;

  if (strncmp (entry, package, length) != 0 || entry[length] != '-')
    return FALSE;
  dash = strchr (entry + length + 1, '-');
  return dash != NULL && strchr (dash + 1, '-') == NULL && dash[1] != '\0';
}

static Set
find_pacman_packages (FerryRoot *root)
{
  g_auto (GStrv) entries = ferry_root_list (root, PACMAN_PACKAGES);
  Set set = 0;

  for (gsize n = 0; entries != NULL && entries[n] != NULL; n++)
    for (guint i = 0; i < N_GENERATORS; i++)
      if (generators[i].arch_package != NULL
          && is_pacman_entry (entries[n], generators[i].arch_package))
        set |= 1u << i;
  return set;
}

/* The checksums go away with the files of a package; its list may stay behind. */
static Set
find_dpkg_packages (FerryRoot *root)
{
  Set set = 0;

  for (guint i = 0; i < N_GENERATORS; i++)
    if (generators[i].debian_package != NULL)
      {
        g_autofree char *path
            = g_strconcat (DPKG_PACKAGES "/", generators[i].debian_package, ".md5sums", NULL);

        if (ferry_root_exists (root, path))
          set |= 1u << i;
      }
  return set;
}

static void
describe (GString *text, const char *what, Set set)
{
  if (set == 0)
    return;
  g_string_append_printf (text, "%s%s", text->len > 0 ? "; " : "", what);
  for (guint i = 0; i < N_GENERATORS; i++)
    if ((set & 1u << i) != 0)
      g_string_append_printf (text, " %s", ferry_initramfs_kind_to_string (generators[i].kind));
}

/* Programs first; where they are hidden, configuration; where they are several, packages. */
static Set
decide (FerryRoot *root, GString *evidence)
{
  Set programs = find_programs (root);
  Set configs = find_configs (root);
  Set packages;

  describe (evidence, "programs:", programs);
  describe (evidence, "configuration:", configs);
  if (is_one (programs))
    return programs;
  if (programs == 0)
    return configs;
  packages = find_pacman_packages (root) | find_dpkg_packages (root);
  describe (evidence, "packages:", packages);
  return is_one (programs & packages) ? programs & packages : programs;
}

static char **
read_presets (FerryRoot *root)
{
  g_autoptr (GPtrArray) presets = g_ptr_array_new ();
  g_auto (GStrv) names = ferry_host_list (root, "etc/mkinitcpio.d");

  for (gsize i = 0; names != NULL && names[i] != NULL; i++)
    if (g_str_has_suffix (names[i], ".preset"))
      g_ptr_array_add (presets, g_utf8_make_valid (names[i], -1));
  g_ptr_array_add (presets, NULL);
  return (char **)g_ptr_array_free (g_steal_pointer (&presets), FALSE);
}

/**
 * ferry_initramfs_read:
 *
 * Returns: (transfer full): the generator of this computer
 */
FerryInitramfs *
ferry_initramfs_read (FerryRoot *root)
{
  FerryInitramfs *self = g_new0 (FerryInitramfs, 1);
  GString *evidence = g_string_new (NULL);
  Set set = decide (root, evidence);

  for (guint i = 0; i < N_GENERATORS; i++)
    if (set == 1u << i)
      self->kind = generators[i].kind;
  self->evidence = g_string_free (evidence, FALSE);
  self->presets = read_presets (root);
  return self;
}

void
ferry_initramfs_free (FerryInitramfs *initramfs)
{
  g_free (initramfs->evidence);
  g_strfreev (initramfs->presets);
  g_free (initramfs);
}

/**
 * ferry_initramfs_kind_to_string:
 *
 * Returns: the proper name; "unknown" for %FERRY_INITRAMFS_UNKNOWN
 */
const char *
ferry_initramfs_kind_to_string (FerryInitramfsKind kind)
{
  static const char *const names[]
      = { "unknown", "mkinitcpio", "dracut", "initramfs-tools", "booster" };

  return (gsize)kind < G_N_ELEMENTS (names) ? names[kind] : names[0];
}
