/* extract-bytes.c: the part of FerryExtract for files that are not text.
 *
 * Only what is known to hold nothing personal is kept: a few EFI variables, the first 64 bytes of a
 * configuration space (the serial number of a device lies behind them), the answer that a ROM
 * gives, and the switches of a packed kernel configuration.
 */
#include "config.h"

#include <string.h>
#include <gio/gio.h>

#include "facts/extract-parts.h"
#include "facts/modules.h"
#include "facts/rom.h"

#define MAX_CONFIG (8 * 1024 * 1024)
#define CONFIG_SPACE 64
#define ROM_IMAGE 512
#define PCIR 0x1c

static GBytes *
convert (GBytes *bytes, GConverter *converter)
{
  g_autoptr (GInputStream) source = g_memory_input_stream_new_from_bytes (bytes);
  g_autoptr (GInputStream) stream = g_converter_input_stream_new (source, converter);
  g_autoptr (GByteArray) result = g_byte_array_new ();
  guint8 buffer[16384];
  gssize n;

  while ((n = g_input_stream_read (stream, buffer, sizeof buffer, NULL, NULL)) > 0)
    {
      g_byte_array_append (result, buffer, (guint) n);
      if (result->len > MAX_CONFIG)
        return NULL;
    }
  return n == 0 ? g_byte_array_free_to_bytes (g_steal_pointer (&result)) : NULL;
}

static GBytes *
extract_packed_config (const FerryExtract *extract, GBytes *content)
{
  g_autoptr (GConverter) unpack
      = G_CONVERTER (g_zlib_decompressor_new (G_ZLIB_COMPRESSOR_FORMAT_GZIP));
  g_autoptr (GConverter) pack
      = G_CONVERTER (g_zlib_compressor_new (G_ZLIB_COMPRESSOR_FORMAT_GZIP, 9));
  g_autoptr (GBytes) plain = convert (content, unpack);
  g_autoptr (GBytes) kept = NULL;
  g_autofree char *text = NULL;
  char *config;
  GBytes *packed;

  if (plain == NULL)
    return g_bytes_new_static ("", 0);
  text = g_strndup (g_bytes_get_data (plain, NULL), g_bytes_get_size (plain));
  config = ferry_extract_kernel_config (extract, text);
  kept = g_bytes_new_take (config, strlen (config));
  packed = convert (kept, pack);
  return packed != NULL ? packed : g_bytes_new_static ("", 0);
}

/* One empty image that gives the same answer (PCI Firmware Specification 3.0, 5.1). */
static GBytes *
extract_rom (GBytes *content)
{
  FerryRom rom = ferry_rom_parse (g_bytes_get_data (content, NULL), g_bytes_get_size (content));
  guint8 image[ROM_IMAGE] = { 0x55, 0xaa };

  if (rom.uefi == FERRY_ANSWER_UNKNOWN)
    return g_bytes_new_static ("", 0);
  image[0x18] = PCIR;
  memcpy (image + PCIR, "PCIR", 4);
  image[PCIR + 0x0a] = 0x18;
  image[PCIR + 0x10] = 1;
  image[PCIR + 0x15] = 0x80;
  if (rom.uefi == FERRY_ANSWER_YES)
    {
      memcpy (image + 4, "\xf1\x0e\x00\x00", 4);
      memcpy (image + 0x0a, "\x64\x86", 2);
      image[PCIR + 0x14] = 3;
    }
  return g_bytes_new (image, sizeof image);
}

static gboolean
is_rom (const char *path)
{
  return g_str_has_prefix (path, "inspect/rom/")
         || (g_str_has_prefix (path, "sys/devices/") && g_str_has_suffix (path, "/rom"));
}

/* "xhci_pci.alias=pci:...", with a NUL behind each: those for what is here. */
static GBytes *
extract_built_in (const FerryExtract *extract, GBytes *content)
{
  gsize size;
  const char *data = g_bytes_get_data (content, &size);
  g_autoptr (GByteArray) kept = g_byte_array_new ();

  for (gsize start = 0, length; start < size; start += length + 1)
    {
      g_autofree char *entry = NULL;

      length = strnlen (data + start, size - start);
      entry = g_strndup (data + start, length);
      if (ferry_modules_line_fits (entry, extract->devices))
        g_byte_array_append (kept, (const guint8 *) entry, (guint) length + 1);
    }
  return g_byte_array_free_to_bytes (g_steal_pointer (&kept));
}

static gboolean
is_built_in (const char *path)
{
  return g_str_has_suffix (path, "/modules.builtin.modinfo");
}

static gboolean
is_config_space (const char *path)
{
  return g_str_has_prefix (path, "sys/") && g_str_has_suffix (path, "/config");
}

/* Variables of the firmware and of systemd-boot that say nothing but how it was started. */
static gboolean
is_plain_variable (const char *path)
{
  static const char *const names[]
      = { "SecureBoot-", "SetupMode-",      "MokSBState", "OsIndications",
          "LoaderInfo-", "LoaderFeatures-", "StubInfo-",  "StubFeatures-" };
  g_autofree char *name = g_path_get_basename (path);

  if (!g_str_has_prefix (path, "sys/firmware/efi/efivars/"))
    return FALSE;
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    if (g_str_has_prefix (name, names[i]))
      return TRUE;
  return FALSE;
}

/* Whether a file is bytes and never text. */
gboolean
ferry_extract_is_bytes (const char *path)
{
  return is_rom (path) || is_config_space (path) || is_built_in (path)
         || g_str_equal (path, "proc/config.gz")
         || g_str_has_prefix (path, "sys/firmware/efi/efivars/");
}

GBytes *
ferry_extract_bytes (const FerryExtract *extract, const char *path, GBytes *content)
{
  if (g_str_equal (path, "proc/config.gz"))
    return extract_packed_config (extract, content);
  if (is_rom (path))
    return extract_rom (content);
  if (is_built_in (path))
    return extract_built_in (extract, content);
  if (is_config_space (path))
    return g_bytes_new_from_bytes (content, 0, MIN (g_bytes_get_size (content), CONFIG_SPACE));
  if (is_plain_variable (path))
    return g_bytes_ref (content);
  return g_bytes_new_static ("", 0);
}
