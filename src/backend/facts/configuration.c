/* configuration.c: see configuration.h. */
#include "config.h"

#include <string.h>

#include "facts/configuration.h"
#include "facts/host.h"

/* Files that are looked at by name. What is below /usr is read because it tells what the
 * distribution's tool can do, never to be changed. */
static const char *const named_files[] = {
  "etc/default/grub",
  "etc/default/limine",
  "etc/dracut.conf",
  "etc/ferry/bind-cards",
  "etc/initramfs-tools/hooks/ferry",
  "etc/initramfs-tools/modules",
  "etc/kernel/cmdline",
  "etc/kernel/install.conf",
  "etc/kernelstub/configuration",
  "etc/mkinitcpio.conf",
  "etc/sdboot-manage.conf",
  "etc/X11/xorg.conf",
  "etc/X11/xorg.conf.d/90-mhwd.conf",
  "boot/refind_linux.conf",
  "boot/loader/loader.conf",
  "efi/loader/loader.conf",
  "boot/efi/loader/loader.conf",
  "usr/bin/mkinitcpio",
  "usr/lib/kernel/cmdline",
};

/* Programs of which only matters that they are there. */
static const char *const named_programs[] = { "usr/bin/grubby",
                                              "usr/sbin/grubby",
                                              "usr/bin/limine-update",
                                              "usr/bin/sdbootutil",
                                              "usr/bin/grub-script-check",
                                              "usr/sbin/grub-script-check",
                                              "usr/bin/grub2-script-check",
                                              "usr/sbin/grub2-script-check" };

/* Folders of which every file with the suffix is looked at. */
static const struct
{
  const char *folder;
  const char *suffix;
} listed_folders[] = {
  { "etc/default/grub.d", ".cfg" },      { "etc/mkinitcpio.d", ".preset" },
  { "etc/mkinitcpio.conf.d", ".conf" },  { "etc/dracut.conf.d", ".conf" },
  { "etc/modprobe.d", ".conf" },         { "etc/modules-load.d", ".conf" },
  { "etc/cmdline.d", ".conf" },          { "usr/lib/modprobe.d", ".conf" },
  { "etc/X11/xorg.conf.d", ".conf" },
};

/* Where Boot Loader Specification entries can be. */
static const char *const entry_folders[] = { "boot/loader/entries", "efi/loader/entries",
                                             "boot/efi/loader/entries" };

/* First RAM disks of all generators. */
static const char *const image_prefixes[] = { "initramfs-", "initrd.img-", "initrd-", "booster-" };

static void
file_free (gpointer data)
{
  FerryFile *file = data;

  g_free (file->path);
  g_free (file->text);
  g_free (file->target);
  g_free (file);
}

/* The exact bytes when they are text, else NULL. */
static char *
read_exact (FerryRoot *root, const char *path)
{
  g_autoptr (GBytes) bytes = ferry_root_read_bytes (root, path, FERRY_ROOT_MAX_FILE, NULL);
  const char *data;
  gsize size;

  if (bytes == NULL)
    return NULL;
  data = g_bytes_get_data (bytes, &size);
  if (size == 0)
    return g_strdup ("");
  if (memchr (data, '\0', size) != NULL || !g_utf8_validate_len (data, size, NULL))
    return NULL;
  return g_strndup (data, size);
}

/* Whether the sandbox shows nothing of the folder in which @real is; then nothing is known of the file. */
static gboolean
is_hidden (FerryRoot *root, const char *path, const char *real)
{
  gsize lead = strlen (real) - strlen (path);
  g_autofree char *top = g_strndup (real, lead + strcspn (path, "/"));

  return lead > 0 && !ferry_root_exists (root, top);
}

/* Files have the names that they have on the host, also where a sandbox shows them elsewhere. */
static void
look_at (FerryConfiguration *configuration, FerryRoot *root, const char *path)
{
  g_autofree char *real = ferry_host_path (root, path);
  FerryFile *file;

  if (g_hash_table_contains (configuration->files, path)
      || g_hash_table_size (configuration->files) >= FERRY_CONFIGURATION_MAX_FILES)
    return;
  file = g_new0 (FerryFile, 1);
  file->path = g_strdup (path);
  file->target = ferry_root_read_link (root, real);
  file->text = read_exact (root, real);
  if (file->target != NULL)
    file->kind = FERRY_FILE_LINK;
  else if (file->text != NULL)
    file->kind = FERRY_FILE_REGULAR;
  else if (ferry_root_exists (root, real) || is_hidden (root, path, real))
    file->kind = FERRY_FILE_OPAQUE;
  ferry_root_get_owner (root, real, &file->mode, &file->uid, &file->gid);
  g_hash_table_insert (configuration->files, file->path, file);
}

/* A program is opaque: its text is not read. */
static void
look_for (FerryConfiguration *configuration, FerryRoot *root, const char *path)
{
  FerryFile *file;

  if (!ferry_host_exists (root, path))
    return;
  file = g_new0 (FerryFile, 1);
  file->path = g_strdup (path);
  file->kind = FERRY_FILE_OPAQUE;
  g_hash_table_insert (configuration->files, file->path, file);
}

static void
look_at_folder (FerryConfiguration *configuration, FerryRoot *root, const char *folder,
                const char *suffix)
{
  g_auto (GStrv) names = ferry_host_list (root, folder);

  for (guint i = 0; names != NULL && names[i] != NULL; i++)
    if (g_str_has_suffix (names[i], suffix))
      {
        g_autofree char *path = g_build_filename (folder, names[i], NULL);
        look_at (configuration, root, path);
      }
}

static char **
read_entries (FerryConfiguration *configuration, FerryRoot *root)
{
  GPtrArray *entries = g_ptr_array_new ();

  for (gsize i = 0; i < G_N_ELEMENTS (entry_folders); i++)
    {
      g_autoptr (GPtrArray) found = NULL;

      look_at_folder (configuration, root, entry_folders[i], ".conf");
      found = ferry_configuration_list (configuration, entry_folders[i], ".conf");
      for (guint j = 0; j < found->len; j++)
        g_ptr_array_add (entries, g_strdup (g_ptr_array_index (found, j)));
    }
  g_ptr_array_add (entries, NULL);
  return (char **) g_ptr_array_free (entries, FALSE);
}

static gboolean
is_image (const char *name)
{
  if (g_str_has_suffix (name, ".bak") || g_str_has_suffix (name, ".old"))
    return FALSE;
  for (gsize i = 0; i < G_N_ELEMENTS (image_prefixes); i++)
    if (g_str_has_prefix (name, image_prefixes[i]))
      return TRUE;
  return FALSE;
}

/* Size and path of one image. */
static void
add_image (FerryConfiguration *configuration, GPtrArray *images, FerryRoot *root, char *path)
{
  guint64 size = ferry_root_get_size (root, path);

  configuration->image_bytes += size;
  configuration->largest_image = MAX (configuration->largest_image, size);
  g_ptr_array_add (images, path);
}

/* Unified kernel images. */
static void
add_unified (FerryConfiguration *configuration, GPtrArray *images, FerryRoot *root, const char *esp)
{
  g_autofree char *folder = g_build_filename (esp, "EFI/Linux", NULL);
  g_auto (GStrv) names = ferry_root_list (root, folder);

  for (guint i = 0; names != NULL && names[i] != NULL; i++)
    if (g_str_has_suffix (names[i], ".efi"))
      add_image (configuration, images, root, g_build_filename (folder, names[i], NULL));
}

/* Those of kernel-install(8): MACHINE-ID/VERSION/initrd. */
static void
add_installed (FerryConfiguration *configuration, GPtrArray *images, FerryRoot *root, const char *esp)
{
  g_auto (GStrv) names = ferry_root_list (root, esp);

  for (guint i = 0; names != NULL && names[i] != NULL; i++)
    {
      g_autofree char *folder = g_build_filename (esp, names[i], NULL);
      g_auto (GStrv) versions = NULL;

      if (strlen (names[i]) != 32 || strspn (names[i], "0123456789abcdef") != 32)
        continue;
      versions = ferry_root_list (root, folder);
      for (guint j = 0; versions != NULL && versions[j] != NULL; j++)
        add_image (configuration, images, root, g_build_filename (folder, versions[j], "initrd", NULL));
    }
}

static void
add_common (FerryConfiguration *configuration, GPtrArray *images, FerryRoot *root)
{
  g_auto (GStrv) names = ferry_root_list (root, "boot");

  for (guint i = 0; names != NULL && names[i] != NULL; i++)
    if (is_image (names[i]))
      add_image (configuration, images, root, g_build_filename ("boot", names[i], NULL));
}

/* Where the loader does not read them from boot they are on the EFI system partition. */
static void
read_images (FerryConfiguration *configuration, FerryRoot *root, const FerryLoader *loader)
{
  GPtrArray *images = g_ptr_array_new ();

  if (loader->kind == FERRY_LOADER_UKI && loader->esp != NULL)
    add_unified (configuration, images, root, loader->esp);
  else if (loader->kind == FERRY_LOADER_SYSTEMD_BOOT && loader->esp != NULL)
    add_installed (configuration, images, root, loader->esp);
  configuration->image_folder = g_strdup (images->len > 0 ? loader->esp : "boot");
  if (images->len == 0)
    add_common (configuration, images, root);
  g_ptr_array_add (images, NULL);
  configuration->images = (char **) g_ptr_array_free (images, FALSE);
}

/* Where distributions mount the EFI system partition, relative to the root. */
static const char *const esp_mount_points[] = { "boot/efi", "efi", "boot", NULL };

/* A mount point of the EFI system partition that is named in fstab but is not mounted now is a
 * trap: what is written there would land on the wrong file system. */
static FerryAnswer
read_esp (FerryRoot *root, const FerryLoader *loader)
{
  g_autofree char *fstab = NULL;
  g_auto (GStrv) lines = NULL;

  if (loader->esp != NULL)
    return FERRY_ANSWER_YES;
  if (!ferry_root_exists (root, "proc/self/mountinfo"))
    return FERRY_ANSWER_UNKNOWN;
  fstab = ferry_host_read_text (root, "etc/fstab");
  lines = g_strsplit (fstab != NULL ? fstab : "", "\n", 4096);
  for (guint i = 0; lines[i] != NULL; i++)
    {
      g_auto (GStrv) fields = g_regex_split_simple ("[ \t]+", g_strstrip (lines[i]), 0, 0);

      if (*lines[i] == '#' || g_strv_length (fields) < 3 || !g_str_equal (fields[2], "vfat"))
        continue;
      if (*fields[1] == '/' && g_strv_contains (esp_mount_points, fields[1] + 1))
        return FERRY_ANSWER_NO;
    }
  return FERRY_ANSWER_UNKNOWN;
}

/* The kernel shows the device and offset of the image it would write to; whether an image lies there
 * now cannot be seen from here, so only the word resume= without a swap in use is suspicious. */
static FerryAnswer
read_hibernated (FerryRoot *root, const FerryKernel *kernel)
{
  g_autofree char *swaps = NULL;

  if (!ferry_cmdline_has_key (kernel->cmdline, "resume"))
    return FERRY_ANSWER_NO;
  swaps = ferry_root_read_text (root, "proc/swaps", NULL);
  if (swaps == NULL)
    return FERRY_ANSWER_UNKNOWN;
  return strchr (swaps, '/') != NULL ? FERRY_ANSWER_NO : FERRY_ANSWER_UNKNOWN;
}

/**
 * ferry_configuration_read:
 *
 * Returns: (transfer full): never fails; what cannot be read is opaque
 */
FerryConfiguration *
ferry_configuration_read (FerryRoot *root, const FerryLoader *loader,
                          const FerryKernel *kernel)
{
  FerryConfiguration *configuration = g_new0 (FerryConfiguration, 1);

  configuration->files = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, file_free);
  for (gsize i = 0; i < G_N_ELEMENTS (named_files); i++)
    look_at (configuration, root, named_files[i]);
  for (gsize i = 0; i < G_N_ELEMENTS (named_programs); i++)
    look_for (configuration, root, named_programs[i]);
  for (gsize i = 0; i < G_N_ELEMENTS (listed_folders); i++)
    look_at_folder (configuration, root, listed_folders[i].folder, listed_folders[i].suffix);
  if (loader->config != NULL)
    look_at (configuration, root, loader->config);
  configuration->entries = read_entries (configuration, root);
  read_images (configuration, root, loader);
  configuration->boot_free = ferry_root_get_free_space (root, configuration->image_folder);
  configuration->esp_mounted = read_esp (root, loader);
  configuration->hibernated = read_hibernated (root, kernel);
  return configuration;
}

void
ferry_configuration_free (FerryConfiguration *configuration)
{
  if (configuration == NULL)
    return;
  g_hash_table_unref (configuration->files);
  g_strfreev (configuration->entries);
  g_strfreev (configuration->images);
  g_free (configuration->image_folder);
  g_free (configuration);
}

/**
 * ferry_configuration_get:
 *
 * Returns: (transfer none): the file; an absent one of mode 0644 when it was not looked at
 */
const FerryFile *
ferry_configuration_get (const FerryConfiguration *configuration, const char *path)
{
  static const FerryFile absent = { (char *) "", FERRY_FILE_ABSENT, NULL, NULL, 0644, 0, 0 };
  const FerryFile *file = g_hash_table_lookup (configuration->files, path);

  return file != NULL ? file : &absent;
}

static int
compare_paths (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

/**
 * ferry_configuration_list:
 *
 * Returns: (transfer container): paths that exist directly in @folder and end in @suffix, sorted
 */
GPtrArray *
ferry_configuration_list (const FerryConfiguration *configuration, const char *folder,
                          const char *suffix)
{
  GPtrArray *paths = g_ptr_array_new ();
  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init (&iter, configuration->files);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      const FerryFile *file = value;
      g_autofree char *parent = g_path_get_dirname (file->path);

      if (file->kind != FERRY_FILE_ABSENT && g_str_equal (parent, folder)
          && g_str_has_suffix (file->path, suffix))
        g_ptr_array_add (paths, file->path);
    }
  g_ptr_array_sort (paths, compare_paths);
  return paths;
}
