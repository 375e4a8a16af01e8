/* card-name.c: see card-name.h. */
#include "config.h"

#include <string.h>
#include <glib/gi18n-lib.h>

#include "facts/card-name.h"

/* More alternatives than this are shortened to the first and the last. */
#define MAX_ALTERNATIVES 3

/* What stands between the last brackets; NULL when there is nothing. */
static char *
find_brackets (const char *text)
{
  const char *end = strrchr (text, ']');
  const char *start = end != NULL ? g_strrstr_len (text, end - text, "[") : NULL;

  if (start == NULL || end - start < 2)
    return NULL;
  return g_strndup (start + 1, (gsize) (end - start - 1));
}

/* "Radeon RX 470/480/570/580/590" to "Radeon RX 470…590", and only the first of whole names that
 * stand side by side ("Radeon RX 5500/5500M / Pro 5500M"). */
static char *
shorten (const char *text)
{
  const char *other = strstr (text, " / ");
  g_autofree char *first
      = other != NULL ? g_strndup (text, (gsize) (other - text)) : g_strdup (text);
  g_auto (GStrv) parts = g_strsplit (first, "/", -1);
  guint n = g_strv_length (parts);

  if (n <= MAX_ALTERNATIVES)
    return g_steal_pointer (&first);
  return g_strdup_printf ("%s…%s", g_strchomp (parts[0]), g_strstrip (parts[n - 1]));
}

static char *
make_maker (FerryDevice *device)
{
  static const struct
  {
    guint16 vendor;
    const char *name;
  } known[] = { { 0x10de, "NVIDIA" }, { 0x1002, "AMD" },    { 0x1022, "AMD" },
                { 0x8086, "Intel" },  { 0x102b, "Matrox" }, { 0x1ed5, "Moore Threads" },
                { 0x1af4, "virtio" }, { 0x1b36, "QEMU" },   { 0x15ad, "VMware" } };
  char *brackets;

  for (gsize i = 0; i < G_N_ELEMENTS (known); i++)
    if (device->vendor == known[i].vendor)
      return g_strdup (known[i].name);
  brackets = find_brackets (device->vendor_name);
  return brackets != NULL ? brackets : g_strdup (device->vendor_name);
}

/**
 * ferry_card_name_make:
 * @device: the display function of the card
 *
 * Returns: (transfer full): for example "GeForce GTX 970 (NVIDIA)"; with the name of the chip where
 *   pci.ids has no other
 */
char *
ferry_card_name_make (FerryDevice *device)
{
  g_autofree char *maker = make_maker (device);
  g_autofree char *brackets = find_brackets (device->device_name);
  g_autofree char *sold_as = brackets != NULL ? shorten (brackets) : g_strdup (device->device_name);

  /* Translators: name and maker of a graphics card, "GeForce GTX 970 (NVIDIA)" */
  return g_strdup_printf (_ ("%s (%s)"), sold_as, maker);
}
