/* connector.c: see connector.h. */
#include "config.h"

#include <string.h>

#include "facts/connector.h"
#include "facts/host.h"

#define FOLDER "sys/class/drm"
#define MAX_NAME 32
#define MAX_PER_DEVICE 64

/* The last component of a path that is a PCI address; NULL when there is none. */
static FerryDevice *
find_in_path (GPtrArray *devices, const char *path)
{
  g_auto (GStrv) parts = g_strsplit (path, "/", -1);

  for (guint i = g_strv_length (parts); i > 0; i--)
    {
      FerryAddress address;

      if (ferry_address_parse (parts[i - 1], &address))
        return ferry_devices_find (devices, parts[i - 1]);
    }
  return NULL;
}

/* The device behind cardN, from the place of cardN itself, else from its link "device". */
static FerryDevice *
find_device (FerryRoot *root, GPtrArray *devices, const char *card)
{
  g_autofree char *path = g_build_filename (FOLDER, card, NULL);
  g_autofree char *link = g_build_filename (path, "device", NULL);
  g_autofree char *place = ferry_root_read_link (root, path);
  g_autofree char *target = NULL;
  FerryDevice *device = place != NULL ? find_in_path (devices, place) : NULL;

  if (device != NULL)
    return device;
  target = ferry_root_read_link (root, link);
  return target != NULL ? find_in_path (devices, target) : NULL;
}

static FerryAnswer
read_status (FerryRoot *root, const char *name)
{
  g_autofree char *path = g_build_filename (FOLDER, name, "status", NULL);
  g_autofree char *line = ferry_root_read_line (root, path);

  if (g_strcmp0 (line, "connected") == 0)
    return FERRY_ANSWER_YES;
  if (g_strcmp0 (line, "disconnected") == 0)
    return FERRY_ANSWER_NO;
  return FERRY_ANSWER_UNKNOWN;
}

/* Length of "cardN" at the start of a name; 0 when it does not start so. */
static gsize
card_length (const char *name)
{
  gsize digits;

  if (!g_str_has_prefix (name, "card"))
    return 0;
  digits = strspn (name + 4, "0123456789");
  return digits > 0 ? 4 + digits : 0;
}

static void
add_connector (FerryRoot *root, FerryDevice *device, const char *name, const char *short_name)
{
  FerryConnector *connector;

  if (device->connectors->len >= MAX_PER_DEVICE || g_str_has_prefix (short_name, "Writeback"))
    return;
  connector = g_new0 (FerryConnector, 1);
  connector->name = ferry_host_clean_text (short_name, MAX_NAME);
  connector->connected = read_status (root, name);
  g_ptr_array_add (device->connectors, connector);
}

/**
 * ferry_connectors_read:
 * @devices: (element-type FerryDevice): in address order; their connectors are filled in
 */
void
ferry_connectors_read (FerryRoot *root, GPtrArray *devices)
{
  g_auto (GStrv) names = ferry_root_list (root, FOLDER);
  g_autoptr (GHashTable) cards = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  if (names == NULL)
    return;
  for (gsize i = 0; names[i] != NULL; i++)
    if (names[i][card_length (names[i])] == '\0')
      g_hash_table_insert (cards, g_strdup (names[i]), find_device (root, devices, names[i]));
  for (gsize i = 0; names[i] != NULL; i++)
    {
      gsize length = card_length (names[i]);
      g_autofree char *card = g_strndup (names[i], length);
      FerryDevice *device = g_hash_table_lookup (cards, card);

      if (device != NULL && names[i][length] == '-' && names[i][length + 1] != '\0')
        add_connector (root, device, names[i], names[i] + length + 1);
    }
}
