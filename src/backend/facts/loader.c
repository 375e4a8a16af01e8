/* loader.c: see loader.h. */
#include "config.h"

#include <string.h>

#include "facts/grub.h"
#include "facts/host.h"
#include "facts/loader.h"
#include "facts/mount.h"

/* Where the EFI system partition is mounted, the likeliest first. */
static const char *const esp_points[] = { "boot/efi", "efi", "boot", "boot/EFI", "esp" };

/* A file that a loader brings; with @esp it is looked for on the EFI system partition. */
typedef struct
{
  FerryLoaderKind kind;
  gboolean esp;
  const char *path;
} Witness;

static const Witness witnesses[] = {
  { FERRY_LOADER_GRUB, FALSE, "boot/grub/grub.cfg" },
  { FERRY_LOADER_GRUB, FALSE, "boot/grub2/grub.cfg" },
  { FERRY_LOADER_SYSTEMD_BOOT, TRUE, "EFI/systemd/systemd-bootx64.efi" },
  { FERRY_LOADER_SYSTEMD_BOOT, TRUE, "loader/loader.conf" },
  { FERRY_LOADER_LIMINE, FALSE, "etc/default/limine" },
  { FERRY_LOADER_LIMINE, FALSE, "boot/limine/limine.conf" },
  { FERRY_LOADER_LIMINE, TRUE, "limine.conf" },
  { FERRY_LOADER_LIMINE, TRUE, "limine/limine.conf" },
  { FERRY_LOADER_LIMINE, TRUE, "EFI/limine/limine.conf" },
  { FERRY_LOADER_REFIND, FALSE, "boot/refind_linux.conf" },
  { FERRY_LOADER_REFIND, TRUE, "EFI/refind/refind.conf" },
};

/* Words of the efivar LoaderInfo. */
static const struct
{
  const char *start;
  FerryLoaderKind kind;
} infos[] = {
  { "GRUB", FERRY_LOADER_GRUB },
  { "systemd-boot", FERRY_LOADER_SYSTEMD_BOOT },
  { "Limine", FERRY_LOADER_LIMINE },
  { "rEFInd", FERRY_LOADER_REFIND },
};

/* What was found while deciding. */
typedef struct
{
  FerryRoot *root;
  FerryLoader *loader;
  GString *seen;
  guint kinds; /* bit n: a file of kind n is there */
} Search;

static void
note (Search *search, const char *what)
{
  if (search->seen->len > 0)
    g_string_append (search->seen, ", ");
  g_string_append (search->seen, what);
}

static char *
find_esp (FerryRoot *root)
{
  g_autoptr (GPtrArray) mounts = ferry_mounts_read (root);

  for (gsize i = 0; i < G_N_ELEMENTS (esp_points); i++)
    {
      const FerryMount *mount = ferry_mounts_find (mounts, esp_points[i]);

      if (mount != NULL && g_str_equal (mount->type, "vfat"))
        return g_strdup (esp_points[i]);
    }
  return NULL;
}

/* The path of @name on the EFI system partition, also where no mount table says which it is. */
static char *
find_on_esp (FerryRoot *root, const FerryLoader *loader, const char *name)
{
  if (loader->esp != NULL)
    {
      g_autofree char *path = g_build_filename (loader->esp, name, NULL);

      return ferry_root_exists (root, path) ? g_steal_pointer (&path) : NULL;
    }
  for (gsize i = 0; i < G_N_ELEMENTS (esp_points); i++)
    {
      g_autofree char *path = g_build_filename (esp_points[i], name, NULL);

      if (ferry_root_exists (root, path))
        return g_steal_pointer (&path);
    }
  return NULL;
}

static char *
find_witness (FerryRoot *root, const FerryLoader *loader, const Witness *witness)
{
  if (witness->esp)
    return find_on_esp (root, loader, witness->path);
  return ferry_host_exists (root, witness->path) ? g_strdup (witness->path) : NULL;
}

/* The first file of @kind that is there, or NULL. */
static char *
find_file (FerryRoot *root, const FerryLoader *loader, FerryLoaderKind kind)
{
  for (gsize i = 0; i < G_N_ELEMENTS (witnesses); i++)
    {
      char *path = NULL;

      if (witnesses[i].kind == kind)
        path = find_witness (root, loader, &witnesses[i]);
      if (path != NULL)
        return path;
    }
  return NULL;
}

/* The one name with @suffix in a folder; NULL when there is none or more than one. */
static char *
find_only (FerryRoot *root, const char *folder, const char *suffix, guint *count)
{
  g_auto (GStrv) names = ferry_host_list (root, folder);
  const char *only = NULL;

  *count = 0;
  for (gsize i = 0; names != NULL && names[i] != NULL; i++)
    if (g_str_has_suffix (names[i], suffix))
      {
        only = names[i];
        (*count)++;
      }
  return *count == 1 ? g_build_filename (folder, only, NULL) : NULL;
}

/* Collects the kinds whose files are there. */
static void
look_at_files (Search *search)
{
  g_autofree char *folder = find_on_esp (search->root, search->loader, "EFI/Linux");
  guint images = 0;

  for (guint kind = FERRY_LOADER_GRUB; kind <= FERRY_LOADER_REFIND; kind++)
    {
      g_autofree char *path = find_file (search->root, search->loader, kind);

      if (path == NULL)
        continue;
      search->kinds |= 1u << kind;
      note (search, path);
    }
  if (folder != NULL)
    g_free (find_only (search->root, folder, ".efi", &images));
  if (images > 0)
    {
      search->kinds |= 1u << FERRY_LOADER_UKI;
      note (search, folder);
    }
}

/* No word of the firmware or kernel: the files decide if they are of one loader only. */
static FerryLoaderKind
decide_by_files (Search *search, const FerryCmdline *cmdline, const FerryFirmware *firmware)
{
  /* The EFI stub of the kernel reads initrd=; GRUB never writes it. */
  gboolean stub = ferry_cmdline_has_key (cmdline, "initrd");

  if (stub)
    note (search, "initrd= on the command line");
  look_at_files (search);
  if (search->kinds == 0 && ferry_host_exists (search->root, "etc/default/grub") && !stub)
    {
      note (search, "etc/default/grub");
      return FERRY_LOADER_GRUB;
    }
  if (search->kinds == 0)
    return stub && firmware->uefi == FERRY_ANSWER_YES ? FERRY_LOADER_EFISTUB : FERRY_LOADER_UNKNOWN;
  if (stub && (search->kinds & 1u << FERRY_LOADER_GRUB) != 0)
    return FERRY_LOADER_UNKNOWN;
  for (guint kind = FERRY_LOADER_GRUB; kind <= FERRY_LOADER_REFIND; kind++)
    if (search->kinds == 1u << kind)
      return kind;
  return FERRY_LOADER_UNKNOWN;
}

/* BOOT_IMAGE= is GRUB's word, but Limine and SYSLINUX have used it, too. */
static FerryLoaderKind
confirm_grub (Search *search)
{
  look_at_files (search);
  if (search->kinds == 0 || (search->kinds & 1u << FERRY_LOADER_GRUB) != 0)
    return FERRY_LOADER_GRUB;
  if (search->kinds == 1u << FERRY_LOADER_UKI
      || ferry_host_exists (search->root, "etc/default/grub"))
    return FERRY_LOADER_GRUB;
  return FERRY_LOADER_UNKNOWN;
}

static FerryLoaderKind
kind_of_info (Search *search, const char *info)
{
  g_autofree char *what = NULL;

  if (info == NULL || *info == '\0')
    return FERRY_LOADER_UNKNOWN;
  what = g_strdup_printf ("LoaderInfo \"%s\"", info);
  note (search, what);
  for (gsize i = 0; i < G_N_ELEMENTS (infos); i++)
    if (g_ascii_strncasecmp (info, infos[i].start, strlen (infos[i].start)) == 0)
      return infos[i].kind;
  return FERRY_LOADER_UNKNOWN;
}

static FerryLoaderKind
decide (Search *search, const FerryCmdline *cmdline, const FerryFirmware *firmware)
{
  gboolean image = ferry_cmdline_has_key (cmdline, "BOOT_IMAGE");
  gboolean stub = firmware->stub == FERRY_ANSWER_YES;
  FerryLoaderKind info;

  if (image)
    note (search, "BOOT_IMAGE= on the command line");
  info = kind_of_info (search, firmware->loader_info);
  if (stub)
    note (search, "StubInfo");

  if (image && (stub || (info != FERRY_LOADER_UNKNOWN && info != FERRY_LOADER_GRUB)))
    return FERRY_LOADER_UNKNOWN;
  if (image)
    return info == FERRY_LOADER_GRUB ? info : confirm_grub (search);
  /* Whoever started it: the command line is inside the image. */
  if (stub)
    return FERRY_LOADER_UKI;
  if (info != FERRY_LOADER_UNKNOWN)
    return info;
  return decide_by_files (search, cmdline, firmware);
}

/* The entry that systemd-boot started, or the only one. */
static char *
find_entry (FerryRoot *root, const FerryLoader *loader)
{
  g_autofree char *name = ferry_firmware_read_loader_variable (root, "LoaderEntrySelected");
  g_autofree char *folder = find_on_esp (root, loader, "loader/entries");
  g_autofree char *path = NULL;
  guint count;

  if (folder == NULL && ferry_root_exists (root, "boot/loader/entries"))
    folder = g_strdup ("boot/loader/entries");
  if (folder == NULL)
    return NULL;
  if (name == NULL || *name == '\0' || *name == '.' || strchr (name, '/') != NULL)
    return find_only (root, folder, ".conf", &count);
  path = g_strdup_printf ("%s/%s%s", folder, name, g_str_has_suffix (name, ".conf") ? "" : ".conf");
  return ferry_root_exists (root, path) ? g_steal_pointer (&path)
                                        : find_only (root, folder, ".conf", &count);
}

static char *
find_config (FerryRoot *root, const FerryLoader *loader)
{
  guint count;

  switch (loader->kind)
    {
    case FERRY_LOADER_SYSTEMD_BOOT:
      if (ferry_host_exists (root, "etc/kernel/cmdline"))
        return g_strdup ("etc/kernel/cmdline");
      return find_entry (root, loader);
    case FERRY_LOADER_UKI:
      if (ferry_host_exists (root, "etc/kernel/cmdline"))
        return g_strdup ("etc/kernel/cmdline");
      return find_only (root, "etc/cmdline.d", ".conf", &count);
    case FERRY_LOADER_LIMINE:
    case FERRY_LOADER_REFIND:
      return find_file (root, loader, loader->kind);
    case FERRY_LOADER_UNKNOWN:
    case FERRY_LOADER_GRUB:
    case FERRY_LOADER_EFISTUB:
    default:
      return NULL;
    }
}

/**
 * ferry_loader_read:
 * @cmdline: of the running kernel
 *
 * Returns: (transfer full): the loader that started this computer, and its files
 */
FerryLoader *
ferry_loader_read (FerryRoot *root, const FerryCmdline *cmdline, const FerryFirmware *firmware)
{
  FerryLoader *self = g_new0 (FerryLoader, 1);
  Search search = { root, self, g_string_new (NULL), 0 };

  self->esp = find_esp (root);
  self->kind = decide (&search, cmdline, firmware);
  self->evidence = g_string_free (search.seen, FALSE);
  if (self->kind == FERRY_LOADER_GRUB)
    ferry_grub_read (root, self);
  else
    self->config = find_config (root, self);
  return self;
}

void
ferry_loader_free (FerryLoader *loader)
{
  g_free (loader->evidence);
  g_free (loader->config);
  g_free (loader->mkconfig);
  g_free (loader->menu);
  g_free (loader->esp);
  g_free (loader);
}

/**
 * ferry_loader_kind_to_string:
 *
 * Returns: the proper name; "unknown" for %FERRY_LOADER_UNKNOWN
 */
const char *
ferry_loader_kind_to_string (FerryLoaderKind kind)
{
  static const char *const names[] = { "unknown", "GRUB",   "systemd-boot", "unified kernel image",
                                       "Limine",  "rEFInd", "EFI stub" };

  return (gsize)kind < G_N_ELEMENTS (names) ? names[kind] : names[0];
}
