/* kernel.c: see kernel.h. */
#include "config.h"

#include <string.h>
#include <gio/gio.h>

#include "facts/host.h"
#include "facts/kernel.h"
#include "facts/log.h"

/* Unpacked size of a configuration; those of distributions have about 300 KiB. */
#define MAX_CONFIG (8 * 1024 * 1024)
#define MAX_CONFIG_NAMES 65536
/* As in struct new_utsname, with room. */
#define MAX_RELEASE 128

/* A release names files, so only what kernels are really called is accepted. */
static gboolean
is_release (const char *text)
{
  gsize length = strlen (text);

  return length > 0 && length <= MAX_RELEASE && g_ascii_isdigit (*text)
         && strspn (text, G_CSET_A_2_Z G_CSET_a_2_z "0123456789._+~-") == length;
}

static char *
read_release (FerryRoot *root)
{
  g_autofree char *line = ferry_root_read_line (root, "proc/sys/kernel/osrelease");
  g_autofree char *version = NULL;
  g_auto (GStrv) words = NULL;

  if (line != NULL && is_release (line))
    return g_steal_pointer (&line);
  version = ferry_root_read_line (root, "proc/version");
  if (version == NULL || !g_str_has_prefix (version, "Linux version "))
    return g_strdup ("");
  words = g_strsplit (version, " ", 4);
  return g_strdup (is_release (words[2]) ? words[2] : "");
}

static void
read_version (FerryKernel *self)
{
  char *end;
  guint64 major = g_ascii_strtoull (self->release, &end, 10);
  guint64 minor;

  if (*end != '.' || !g_ascii_isdigit (end[1]) || major == 0 || major > 1000)
    return;
  minor = g_ascii_strtoull (end + 1, NULL, 10);
  if (minor > 1000)
    return;
  self->major = (guint)major;
  self->minor = (guint)minor;
}

static void
read_cmdline (FerryKernel *self, FerryRoot *root)
{
  g_autofree char *text = ferry_root_read_text (root, "proc/cmdline", NULL);

  if (text != NULL)
    self->cmdline = ferry_cmdline_parse (text, NULL);
  if (self->cmdline != NULL)
    self->cmdline_known = FERRY_ANSWER_YES;
  else
    self->cmdline = ferry_cmdline_parse ("", NULL);
}

/* Unpacks @bytes; NULL when they are not gzip or too much comes out. */
static char *
gunzip (GBytes *bytes)
{
  g_autoptr (GConverter) converter
      = G_CONVERTER (g_zlib_decompressor_new (G_ZLIB_COMPRESSOR_FORMAT_GZIP));
  g_autoptr (GInputStream) packed = g_memory_input_stream_new_from_bytes (bytes);
  g_autoptr (GInputStream) stream = g_converter_input_stream_new (packed, converter);
  g_autoptr (GString) text = g_string_new (NULL);
  char buffer[16384];
  gssize n;

  while ((n = g_input_stream_read (stream, buffer, sizeof buffer, NULL, NULL)) > 0)
    {
      g_string_append_len (text, buffer, n);
      if (text->len > MAX_CONFIG)
        return NULL;
    }
  return n == 0 ? g_string_free (g_steal_pointer (&text), FALSE) : NULL;
}

static char *
read_packed_config (FerryRoot *root)
{
  g_autoptr (GBytes) bytes
      = ferry_root_read_bytes (root, "proc/config.gz", FERRY_ROOT_MAX_FILE, NULL);

  return bytes != NULL ? gunzip (bytes) : NULL;
}

static char *
read_config_text (FerryRoot *root, const char *release)
{
  char *text = read_packed_config (root);
  g_autofree char *boot = g_strconcat ("boot/config-", release, NULL);
  g_autofree char *modules = g_build_filename ("usr/lib/modules", release, "config", NULL);

  if (text == NULL && *release != '\0')
    text = ferry_root_read_text (root, boot, NULL);
  if (text == NULL && *release != '\0')
    text = ferry_root_read_text (root, modules, NULL);
  return text;
}

/* "CONFIG_X=y", "CONFIG_X=\"text\"" or "# CONFIG_X is not set" (Documentation/kbuild). */
static void
read_config_line (GHashTable *config, char *line)
{
  char *end;

  if (g_str_has_prefix (line, "# CONFIG_") && g_str_has_suffix (line, " is not set"))
    {
      line[strlen (line) - strlen (" is not set")] = '\0';
      g_hash_table_replace (config, g_strdup (line + 2), g_strdup ("n"));
      return;
    }
  end = strchr (line, '=');
  if (!g_str_has_prefix (line, "CONFIG_") || end == NULL)
    return;
  *end++ = '\0';
  if (*end == '"' && strlen (end) > 1 && g_str_has_suffix (end, "\""))
    {
      end[strlen (end) - 1] = '\0';
      end++;
    }
  g_hash_table_replace (config, g_strdup (line), g_utf8_make_valid (end, -1));
}

static GHashTable *
parse_config (const char *text)
{
  g_autoptr (GHashTable) config = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);

  while (*text != '\0' && g_hash_table_size (config) < MAX_CONFIG_NAMES)
    {
      gsize length = strcspn (text, "\n");
      g_autofree char *line = g_strchomp (g_strndup (text, length));

      read_config_line (config, line);
      text += length;
      text += *text == '\n' ? 1 : 0;
    }
  return g_hash_table_size (config) > 0 ? g_steal_pointer (&config) : NULL;
}

static void
read_config (FerryKernel *self, FerryRoot *root)
{
  g_autofree char *text = read_config_text (root, self->release);

  if (text != NULL)
    self->config = parse_config (text);
}

static void
read_log (FerryKernel *self, FerryRoot *root)
{
  g_autoptr (GBytes) bytes
      = ferry_root_read_bytes (root, "inspect/kernel-log", FERRY_LOG_MAX, NULL);
  g_autofree char *text = NULL;

  if (bytes == NULL || g_bytes_get_size (bytes) == 0)
    return;
  text = g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
  self->log = ferry_log_clean (text);
  if (*self->log == '\0')
    g_clear_pointer (&self->log, g_free);
}

static gboolean
has_kernel (FerryRoot *root, const char *folder, const char *release)
{
  g_autofree char *beside = g_build_filename (folder, release, "vmlinuz", NULL);
  g_autofree char *package = g_build_filename (folder, release, "pkgbase", NULL);
  g_autofree char *boot = g_strconcat ("boot/vmlinuz-", release, NULL);

  return ferry_host_exists (root, beside) || ferry_host_exists (root, package)
         || ferry_root_exists (root, boot);
}

static void
read_modules (FerryKernel *self, FerryRoot *root)
{
  g_autoptr (GPtrArray) installed = g_ptr_array_new_with_free_func (g_free);
  const char *folder = "usr/lib/modules";
  g_auto (GStrv) names = ferry_host_list (root, folder);

  if (names == NULL && !ferry_host_is_flatpak (root))
    {
      folder = "lib/modules";
      names = ferry_root_list (root, folder);
    }
  for (gsize i = 0; names != NULL && names[i] != NULL; i++)
    if (is_release (names[i]) && has_kernel (root, folder, names[i]))
      g_ptr_array_add (installed, g_strdup (names[i]));
  g_ptr_array_add (installed, NULL);
  self->installed = (char **)g_ptr_array_free (g_steal_pointer (&installed), FALSE);

  if (names != NULL && *self->release != '\0')
    self->modules_kept = g_strv_contains ((const char *const *)names, self->release)
                             ? FERRY_ANSWER_YES
                             : FERRY_ANSWER_NO;
}

/**
 * ferry_kernel_read:
 *
 * Returns: (transfer full): the running kernel and those installed; the log only where the root has
 *   inspect/kernel-log
 */
FerryKernel *
ferry_kernel_read (FerryRoot *root)
{
  FerryKernel *self = g_new0 (FerryKernel, 1);

  self->release = read_release (root);
  read_version (self);
  read_cmdline (self, root);
  read_config (self, root);
  read_log (self, root);
  read_modules (self, root);
  return self;
}

void
ferry_kernel_free (FerryKernel *kernel)
{
  g_free (kernel->release);
  g_clear_pointer (&kernel->cmdline, ferry_cmdline_free);
  g_clear_pointer (&kernel->config, g_hash_table_unref);
  g_free (kernel->log);
  g_strfreev (kernel->installed);
  g_free (kernel);
}

/**
 * ferry_kernel_config:
 * @name: with "CONFIG_" in front
 *
 * Returns: (nullable): "y", "m", "n", another text, or %NULL when it is not known
 */
const char *
ferry_kernel_config (const FerryKernel *kernel, const char *name)
{
  return kernel->config != NULL ? g_hash_table_lookup (kernel->config, name) : NULL;
}

/**
 * ferry_kernel_at_least:
 *
 * Returns: whether the kernel is known to be of this version or a later one
 */
gboolean
ferry_kernel_at_least (const FerryKernel *kernel, guint major, guint minor)
{
  return kernel->major > major || (kernel->major == major && kernel->minor >= minor);
}
