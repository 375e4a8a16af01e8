/* system.c: see system.h. */
#include "config.h"

#include <string.h>

#include "facts/accounts.h"
#include "facts/cmdline.h"
#include "facts/host.h"
#include "facts/mount.h"
#include "facts/ovmf.h"
#include "facts/release.h"
#include "facts/system.h"

#define LIBVIRT_GROUP "libvirt"

static const struct
{
  const char *id;
  FerryFamily family;
} families[] = {
  { "arch", FERRY_FAMILY_ARCH },        { "manjaro", FERRY_FAMILY_ARCH },
  { "endeavouros", FERRY_FAMILY_ARCH }, { "cachyos", FERRY_FAMILY_ARCH },
  { "debian", FERRY_FAMILY_DEBIAN },    { "ubuntu", FERRY_FAMILY_DEBIAN },
  { "linuxmint", FERRY_FAMILY_DEBIAN }, { "fedora", FERRY_FAMILY_FEDORA },
  { "rhel", FERRY_FAMILY_FEDORA },      { "suse", FERRY_FAMILY_SUSE },
  { "opensuse", FERRY_FAMILY_SUSE },
};

/* Folders that only live media have while they run. */
static const char *const live_folders[]
    = { "run/miso",     "run/archiso",       "run/live/medium", "lib/live/mount/medium",
        "cdrom/casper", "run/initramfs/live" };

/* What the start menus of live media put on the kernel's command line. */
static const char *const live_keys[]
    = { "misobasedir", "misolabel", "archisobasedir", "archisodevice", "rd.live.image" };
static const char *const live_words[] = { "boot=live", "boot=casper" };

static FerryFamily
family_of (const char *id)
{
  for (gsize i = 0; i < G_N_ELEMENTS (families); i++)
    if (g_str_equal (families[i].id, id))
      return families[i].family;
  return g_str_has_prefix (id, "opensuse-") ? FERRY_FAMILY_SUSE : FERRY_FAMILY_UNKNOWN;
}

/* ID first, then the words of ID_LIKE, the closest relative first. */
static FerryFamily
find_family (const char *id, const char *like)
{
  g_auto (GStrv) words = g_strsplit (like, " ", -1);
  FerryFamily family = family_of (id);

  for (gsize i = 0; words[i] != NULL && family == FERRY_FAMILY_UNKNOWN; i++)
    family = family_of (words[i]);
  return family;
}

static char *
read_release_text (FerryRoot *root)
{
  static const char *const paths[] = { "etc/os-release", "usr/lib/os-release" };
  char *text = NULL;

  if (ferry_host_is_flatpak (root))
    text = ferry_root_read_text (root, "run/host/os-release", NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (paths) && text == NULL; i++)
    text = ferry_host_read_text (root, paths[i]);
  return text;
}

static const char *
get_value (GHashTable *release, const char *name)
{
  const char *value = g_hash_table_lookup (release, name);

  return value != NULL ? value : "";
}

static gboolean
names_immutable (const FerrySystem *self, GHashTable *release)
{
  static const char *const ids[]
      = { "opensuse-microos", "opensuse-aeon", "opensuse-kalpa", "steamos", "endless", NULL };
  static const char *const variants[]
      = { "silverblue", "kinoite", "sericea", "onyx", "coreos", "iot", "summit", NULL };
  g_autofree char *variant = g_ascii_strdown (get_value (release, "VARIANT_ID"), -1);

  return g_strv_contains (ids, self->id) || g_strv_contains (variants, variant)
         || *get_value (release, "OSTREE_VERSION") != '\0'
         || (self->manjaro && strstr (self->name, "Summit") != NULL);
}

/* The root itself is mounted for reading only; NULL when the table does not say. */
static const FerryMount *
find_root_mount (FerryRoot *root, GPtrArray *mounts)
{
  return ferry_host_is_flatpak (root) ? NULL : ferry_mounts_find (mounts, "");
}

static void
read_immutable (FerrySystem *self, FerryRoot *root, GHashTable *release, const FerryMount *mount)
{
  if (names_immutable (self, release) || ferry_root_exists (root, "run/ostree-booted")
      || ferry_root_exists (root, "arkdep")
      || (mount != NULL && mount->read_only && self->live != FERRY_ANSWER_YES))
    self->immutable = FERRY_ANSWER_YES;
  else if (*self->id != '\0' && self->flatpak == FERRY_ANSWER_NO
           && (mount != NULL || ferry_root_exists (root, "run")))
    self->immutable = FERRY_ANSWER_NO;
}

static gboolean
is_live_cmdline (const FerryCmdline *cmdline)
{
  const char *device = ferry_cmdline_last_value (cmdline, "root");

  for (gsize i = 0; i < G_N_ELEMENTS (live_keys); i++)
    if (ferry_cmdline_has_key (cmdline, live_keys[i]))
      return TRUE;
  for (gsize i = 0; i < G_N_ELEMENTS (live_words); i++)
    if (ferry_cmdline_has_word (cmdline, live_words[i]))
      return TRUE;
  return device != NULL && g_str_has_prefix (device, "live:");
}

static void
read_live (FerrySystem *self, FerryRoot *root, const FerryMount *mount)
{
  g_autofree char *text = ferry_root_read_text (root, "proc/cmdline", NULL);
  g_autoptr (FerryCmdline) cmdline = text != NULL ? ferry_cmdline_parse (text, NULL) : NULL;
  gboolean live = cmdline != NULL && is_live_cmdline (cmdline);

  for (gsize i = 0; i < G_N_ELEMENTS (live_folders) && !live; i++)
    live = ferry_root_exists (root, live_folders[i]);
  if (live)
    self->live = FERRY_ANSWER_YES;
  /* An overlay without these signs may be a live medium that is not known here. */
  else if (mount != NULL ? !g_str_equal (mount->type, "overlay") : cmdline != NULL)
    self->live = FERRY_ANSWER_NO;
}

static void
read_release (FerrySystem *self, FerryRoot *root)
{
  g_autofree char *text = read_release_text (root);
  g_autoptr (GHashTable) release = ferry_release_parse (text != NULL ? text : "");
  g_autoptr (GPtrArray) mounts = ferry_mounts_read (root);
  const FerryMount *mount = find_root_mount (root, mounts);

  self->id = g_ascii_strdown (get_value (release, "ID"), -1);
  self->name = g_strdup (get_value (release, "PRETTY_NAME"));
  if (*self->name == '\0')
    {
      g_free (self->name);
      self->name = g_strdup (get_value (release, "NAME"));
    }
  self->family = find_family (self->id, get_value (release, "ID_LIKE"));
  self->manjaro = g_str_equal (self->id, "manjaro") || g_str_equal (self->id, "manjaro-arm");
  read_live (self, root, mount);
  read_immutable (self, root, release, mount);
}

/* "MemTotal:       16309140 kB" (proc(5)); it counts KiB. */
static guint64
read_memory (FerryRoot *root)
{
  g_autofree char *text = ferry_root_read_text (root, "proc/meminfo", NULL);
  const char *line = text != NULL ? strstr (text, "MemTotal:") : NULL;
  guint64 kilobytes;

  if (line == NULL || (line != text && line[-1] != '\n'))
    return 0;
  kilobytes = g_ascii_strtoull (line + strlen ("MemTotal:"), NULL, 10);
  return kilobytes <= G_MAXUINT64 / 1024 ? kilobytes * 1024 : 0;
}

static FerryAnswer
either (FerryAnswer a, FerryAnswer b)
{
  if (a == FERRY_ANSWER_YES || b == FERRY_ANSWER_YES)
    return FERRY_ANSWER_YES;
  return a == FERRY_ANSWER_NO && b == FERRY_ANSWER_NO ? FERRY_ANSWER_NO : FERRY_ANSWER_UNKNOWN;
}

static void
read_programs (FerrySystem *self, FerryRoot *root)
{
  self->qemu = ferry_host_has_program (root, "qemu-system-x86_64");
  /* Where Fedora and its relatives keep it out of the path. */
  if (self->qemu != FERRY_ANSWER_YES && ferry_host_exists (root, "usr/libexec/qemu-kvm"))
    self->qemu = FERRY_ANSWER_YES;
  self->libvirt = either (ferry_host_has_program (root, "libvirtd"),
                          ferry_host_has_program (root, "virtqemud"));
  self->ovmf = ferry_ovmf_find (root);
  self->virt_manager = ferry_host_has_program (root, "virt-manager");
  self->swtpm = ferry_host_has_program (root, "swtpm");
  self->dnsmasq = ferry_host_has_program (root, "dnsmasq");
}

/* Whether a unit is linked into one of the targets that start it; the links may point nowhere. */
static gboolean
is_enabled (FerryRoot *root, const char *name)
{
  static const char *const targets[] = { "sockets.target.wants", "multi-user.target.wants" };
  g_autofree char *socket = g_strconcat (name, ".socket", NULL);
  g_autofree char *service = g_strconcat (name, ".service", NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (targets); i++)
    {
      g_autofree char *folder = g_build_filename ("etc/systemd/system", targets[i], NULL);
      g_auto (GStrv) names = ferry_host_list (root, folder);

      if (names != NULL
          && (g_strv_contains ((const char *const *) names, socket)
              || g_strv_contains ((const char *const *) names, service)))
        return TRUE;
    }
  return FALSE;
}

static void
read_services (FerrySystem *self, FerryRoot *root)
{
  self->libvirt_modular = is_enabled (root, "virtqemud");
  if (self->libvirt_modular || is_enabled (root, "libvirtd"))
    self->libvirt_enabled = FERRY_ANSWER_YES;
  else if (self->libvirt == FERRY_ANSWER_NO || ferry_host_exists (root, "etc/systemd/system"))
    self->libvirt_enabled = FERRY_ANSWER_NO;
}

static void
read_group (FerrySystem *self, FerryRoot *root)
{
  const char *user = ferry_root_get_user_name (root);
  g_autofree char *groups = ferry_host_read_text (root, "etc/group");
  g_autofree char *accounts = ferry_host_read_text (root, "etc/passwd");

  /* The administrator needs no group. */
  self->in_libvirt_group = ferry_accounts_is_administrator (accounts, user)
                               ? FERRY_ANSWER_YES
                               : ferry_accounts_in_group (groups, accounts, user, LIBVIRT_GROUP);
}

/**
 * ferry_system_read:
 *
 * Returns: (transfer full): the installed system; inside a Flatpak the host's, as far as the
 * sandbox shows it
 */
FerrySystem *
ferry_system_read (FerryRoot *root)
{
  FerrySystem *self = g_new0 (FerrySystem, 1);

  self->flatpak = ferry_host_is_flatpak (root) ? FERRY_ANSWER_YES : FERRY_ANSWER_NO;
  read_release (self, root);
  self->memory = read_memory (root);
  read_programs (self, root);
  read_services (self, root);
  read_group (self, root);
  return self;
}

void
ferry_system_free (FerrySystem *system)
{
  g_free (system->id);
  g_free (system->name);
  g_free (system);
}
