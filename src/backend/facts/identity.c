/* identity.c: see identity.h. */
#include "config.h"

#include <string.h>

#include "facts/identity.h"

/* User ids of people (login.defs(5), UID_MIN and UID_MAX). */
#define FIRST_PERSON 1000
#define LAST_PERSON 60000
#define MAX_PEOPLE 1000
/* Shorter names are in too many other words. */
#define MIN_NAME 3

static const char *const public_names[]
    = { "admin",    "amd",         "arch",        "archlinux", "auto",   "boot",        "cachyos",
        "debian",   "default",     "desktop",     "disk",      "efi",    "endeavouros", "fedora",
        "ferry",    "grub",        "guest",       "home",      "host",   "intel",       "kernel",
        "kvm",      "laptop",      "libvirt",     "linux",     "live",   "local",       "localhost",
        "manjaro",  "localdomain", "mint",        "module",    "nobody", "none",        "nvidia",
        "opensuse", "pci",         "qemu",        "quiet",     "root",   "server",      "splash",
        "swap",     "system",      "systemd",     "test",      "ubuntu", "usb",         "user",
        "vfio",     "video",       "workstation", NULL };

static void
identity_free (gpointer data)
{
  FerryIdentity *identity = data;

  g_free (identity->name);
  g_free (identity);
}

/**
 * ferry_identity_is_public:
 *
 * Returns: whether @name tells nothing about a person or a single computer
 */
gboolean
ferry_identity_is_public (const char *name)
{
  g_autofree char *lower = g_utf8_strdown (name, -1);

  return g_utf8_strlen (name, -1) < MIN_NAME || g_strv_contains (public_names, lower)
         || strspn (name, "0123456789.") == strlen (name);
}

static void
add (GPtrArray *identities, const char *name, const char *kind, gboolean asks)
{
  FerryIdentity *identity;

  if (ferry_identity_is_public (name))
    return;
  identity = g_new0 (FerryIdentity, 1);
  identity->name = g_utf8_strdown (name, -1);
  identity->kind = kind;
  identity->asks = asks;
  g_ptr_array_add (identities, identity);
}

/* "alice-pc.example.org": the whole and the first part. */
static void
add_host (GPtrArray *identities, FerryRoot *root, const char *path)
{
  g_autofree char *name = ferry_root_read_line (root, path);
  g_autofree char *first = NULL;

  if (name == NULL)
    return;
  first = g_strndup (name, strcspn (name, "."));
  add (identities, name, "host", FALSE);
  add (identities, first, "host", FALSE);
}

/* The full name of passwd(5), and its words where they look like names. */
static void
add_full_name (GPtrArray *identities, const char *gecos)
{
  g_autofree char *name = g_strndup (gecos, strcspn (gecos, ","));
  g_auto (GStrv) words = g_strsplit (name, " ", 8);

  add (identities, name, "name", FALSE);
  for (gsize i = 0; words[i] != NULL; i++)
    if (g_unichar_isupper (g_utf8_get_char (words[i])) && g_utf8_strlen (words[i], -1) > MIN_NAME)
      add (identities, words[i], "name", FALSE);
}

static void
add_person (GPtrArray *identities, const char *line)
{
  g_auto (GStrv) fields = g_strsplit (line, ":", 7);
  guint64 uid;

  if (g_strv_length (fields) < 6
      || !g_ascii_string_to_unsigned (fields[2], 10, FIRST_PERSON, LAST_PERSON, &uid, NULL))
    return;
  add (identities, fields[0], "user", FALSE);
  add_full_name (identities, fields[4]);
}

/**
 * ferry_identities_read:
 *
 * Returns: (transfer full) (element-type FerryIdentity): names to replace, the user who asks first
 */
GPtrArray *
ferry_identities_read (FerryRoot *root)
{
  GPtrArray *identities = g_ptr_array_new_with_free_func (identity_free);
  g_autofree char *text = ferry_root_read_text (root, "etc/passwd", NULL);
  g_auto (GStrv) lines = g_strsplit (text != NULL ? text : "", "\n", MAX_PEOPLE);

  add (identities, ferry_root_get_user_name (root), "user", TRUE);
  if (ferry_root_is_live (root))
    add (identities, g_get_host_name (), "host", FALSE);
  for (gsize i = 0; lines[i] != NULL; i++)
    add_person (identities, lines[i]);
  add_host (identities, root, "etc/hostname");
  add_host (identities, root, "proc/sys/kernel/hostname");
  return identities;
}
