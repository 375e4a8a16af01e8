/* extract.c: see extract.h. Tables of the kernel are in extract-table.c, bytes in extract-bytes.c.
 */
#include "config.h"

#include <string.h>

#include "facts/extract-parts.h"
#include "facts/extract.h"
#include "facts/host.h"

#define FLATPAK_HOST "run/host/"

typedef struct
{
  const char *pattern; /* of g_pattern_match_simple(), on the path without run/host/ */
  FerryExtractText make;
} Rule;

/* The first that fits counts. What is below usr belongs to the distribution; what is below sys and
 * proc is the kernel's and has numbers, but no names that a person gave. */
static const Rule rules[] = {
  { "etc/group", ferry_extract_group },
  { "etc/passwd", ferry_extract_passwd },
  { "etc/fstab", ferry_extract_fstab },
  { "etc/os-release", ferry_extract_numbers },
  { "etc/hostname", ferry_extract_nothing },
  { "etc/machine-id", ferry_extract_nothing },
  { "etc/X11/*", ferry_extract_names },
  { "etc/*", ferry_extract_settings },
  { "boot/config-*", ferry_extract_kernel_config },
  { "boot/*", ferry_extract_names },
  { "efi/*", ferry_extract_names },
  { "inspect/kernel-log", ferry_extract_log },
  { "inspect/pci.ids", ferry_extract_all },
  { "proc/cmdline", ferry_extract_names },
  { "proc/version", ferry_extract_version },
  { "proc/sys/kernel/hostname", ferry_extract_nothing },
  { "proc/*/mountinfo", ferry_extract_mounts },
  { "proc/swaps", ferry_extract_names },
  { "proc/*/net/route", ferry_extract_route },
  { "proc/net/route", ferry_extract_route },
  { "proc/*/net/ipv6_route", ferry_extract_route_6 },
  { "proc/net/ipv6_route", ferry_extract_route_6 },
  { "proc/bus/input/devices", ferry_extract_input },
  { "proc/interrupts", ferry_extract_interrupts },
  { "usr/lib/modules/*/config", ferry_extract_kernel_config },
  { "*/modules.alias", ferry_extract_aliases },
  { "usr/local/*", ferry_extract_numbers },
  { "usr/*", ferry_extract_all },
  { "*/dm/name", ferry_extract_volume },
  { "*/dm/uuid", ferry_extract_volume },
  { "sys/*/serial", ferry_extract_serial },
  { "sys/*_serial", ferry_extract_serial },
  { "sys/*/wwid", ferry_extract_serial },
  { "sys/*/*_asset_tag", ferry_extract_serial },
  { "*", ferry_extract_numbers },
};

static char *
extract_text (const FerryExtract *extract, const char *path, const char *text)
{
  for (gsize i = 0; i < G_N_ELEMENTS (rules); i++)
    if (g_pattern_match_simple (rules[i].pattern, path))
      return rules[i].make (extract, text);
  return g_strdup ("");
}

/**
 * ferry_extract_make:
 * @user: who asks
 * @devices: (element-type FerryDevice): the devices of the computer
 * @path: where the file really is, relative to the root
 * @content: its bytes
 *
 * Returns: (transfer full): what may be kept; empty where nothing may
 */
GBytes *
ferry_extract_make (FerryScrub *scrub, const char *user, GPtrArray *devices, const char *path,
                    GBytes *content)
{
  const FerryExtract extract = { scrub, user, devices };
  gsize size;
  const char *data = g_bytes_get_data (content, &size);
  g_autofree char *text = NULL;
  char *kept;
  gsize length;

  if (g_str_has_prefix (path, FLATPAK_HOST))
    path += strlen (FLATPAK_HOST);
  if (size == 0 || ferry_extract_is_bytes (path))
    return ferry_extract_bytes (&extract, path, content);

  /* Text ends at the first NUL; that there was one makes the file no text for some readers. */
  length = strnlen (data, size);
  text = g_utf8_make_valid (data, (gssize)length);
  kept = extract_text (&extract, path, text);
  return g_bytes_new_take (kept, strlen (kept) + (length < size ? 1 : 0));
}

/* The kernel's names; elsewhere people and installers name files. */
static gboolean
has_names (const char *path)
{
  return !g_str_has_prefix (path, "sys/") && !g_str_has_prefix (path, "proc/")
         && !g_str_has_prefix (path, "usr/");
}

/**
 * ferry_extract_path:
 *
 * Returns: (transfer full): @path with stand-ins; the numbers in names of EFI variables are the
 * same on all computers and stay
 */
char *
ferry_extract_path (FerryScrub *scrub, const char *path)
{
  if (g_str_has_prefix (path, "sys/firmware/efi/efivars") || g_str_has_prefix (path, "usr/"))
    return g_strdup (path);
  return has_names (path) ? ferry_scrub_names (scrub, path) : ferry_scrub_numbers (scrub, path);
}

/**
 * ferry_extract_target:
 * @path: of a link
 *
 * Returns: (transfer full): where it points to, with stand-ins
 */
char *
ferry_extract_target (FerryScrub *scrub, const char *path, const char *target)
{
  return has_names (path) ? ferry_scrub_names (scrub, target) : ferry_scrub_numbers (scrub, target);
}
