/* device-words.c: see device-words.h. */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "device-words.h"

typedef struct
{
  guint32 class_code; /* class and subclass, or the class alone with @whole_class */
  gboolean whole_class;
  const char *kind;
  const char *icon;
} Kind;

#define ICON_CHIP "application-x-firmware-symbolic"
#define ICON_DISK "drive-harddisk-symbolic"
#define ICON_LINK "insert-link-symbolic"
#define ICON_SCREEN "video-display-symbolic"

/* The first row that fits wins, so a subclass stands before its class. */
static const Kind kinds[] = {
  { 0x0300, FALSE, N_ ("Graphics card"), ICON_SCREEN },
  { 0x0302, FALSE, N_ ("Graphics card without screen outputs"), ICON_SCREEN },
  { 0x03, TRUE, N_ ("Graphics card"), ICON_SCREEN },
  { 0x0108, FALSE, N_ ("Solid-state disk"), "drive-harddisk-solidstate-symbolic" },
  { 0x0104, FALSE, N_ ("Disk controller (RAID)"), "drive-multidisk-symbolic" },
  { 0x01, TRUE, N_ ("Disk controller"), ICON_DISK },
  { 0x0280, FALSE, N_ ("Wireless network"), "network-wireless-symbolic" },
  { 0x02, TRUE, N_ ("Network"), "network-wired-symbolic" },
  { 0x0400, FALSE, N_ ("Video input"), "camera-video-symbolic" },
  { 0x0401, FALSE, N_ ("Sound"), "audio-speakers-symbolic" },
  { 0x0403, FALSE, N_ ("Sound"), "audio-speakers-symbolic" },
  { 0x04, TRUE, N_ ("Multimedia"), "audio-speakers-symbolic" },
  { 0x05, TRUE, N_ ("Memory of the mainboard"), ICON_CHIP },
  { 0x06, TRUE, N_ ("Connection (bridge)"), ICON_LINK },
  { 0x0700, FALSE, N_ ("Serial port"), ICON_CHIP },
  { 0x0780, FALSE, N_ ("Management chip"), ICON_CHIP },
  { 0x07, TRUE, N_ ("Communication"), ICON_CHIP },
  { 0x0805, FALSE, N_ ("Card reader"), "media-flash-symbolic" },
  { 0x08, TRUE, N_ ("Helper chip"), ICON_CHIP },
  { 0x09, TRUE, N_ ("Keyboard or mouse"), "input-keyboard-symbolic" },
  { 0x0b, TRUE, N_ ("Processor"), ICON_CHIP },
  { 0x0c03, FALSE, N_ ("USB ports"), "media-removable-symbolic" },
  { 0x0c05, FALSE, N_ ("Sensors of the mainboard"), ICON_CHIP },
  { 0x0c80, FALSE, N_ ("USB-C control"), "media-removable-symbolic" },
  { 0x0c, TRUE, N_ ("Serial bus"), ICON_CHIP },
  { 0x0d11, FALSE, N_ ("Bluetooth"), "bluetooth-active-symbolic" },
  { 0x0d, TRUE, N_ ("Wireless network"), "network-wireless-symbolic" },
  { 0x10, TRUE, N_ ("Security chip"), "security-high-symbolic" },
  { 0x11, TRUE, N_ ("Sensors and power"), ICON_CHIP },
  { 0x12, TRUE, N_ ("Computing card"), ICON_CHIP },
};

static const Kind other_kind = { 0, TRUE, N_ ("Other device"), ICON_CHIP };

static const Kind *
find_kind (FerryDevice *device)
{
  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      guint shift = kinds[i].whole_class ? 16 : 8;

      if ((device->class_code & 0xffffff) >> shift == kinds[i].class_code)
        return &kinds[i];
    }
  return &other_kind;
}

/**
 * ferry_device_words_kind:
 *
 * Returns: what the device is, without a brand: "Graphics card", "Disk controller"
 */
const char *
ferry_device_words_kind (FerryDevice *device)
{
  if (ferry_device_is_bmc (device))
    return _ ("Screen of the server's remote management");
  return _ (find_kind (device)->kind);
}

/**
 * ferry_device_words_icon:
 *
 * Returns: the name of a symbolic icon of adwaita-icon-theme
 */
const char *
ferry_device_words_icon (FerryDevice *device)
{
  return find_kind (device)->icon;
}

/* "Advanced Micro Devices, Inc. [AMD/ATI]" has the short form behind it; others have a legal form
 * or a trade that nobody says. */
static char *
short_vendor (const char *name)
{
  static const char *const tails[]
      = { " Corporation", " Corp",      ", Inc",          " Inc",         " Co.",
          " Ltd",         " Technolog", " Semiconductor", " Electronics", " Limited" };
  const char *open = strrchr (name, '[');
  gsize length = strlen (name);

  if (open != NULL && open[1] != '\0' && strcspn (open + 1, "/]") > 0)
    return g_strndup (open + 1, strcspn (open + 1, "/]"));

  for (gsize i = 0; i < G_N_ELEMENTS (tails); i++)
    {
      const char *tail = strstr (name, tails[i]);

      if (tail != NULL && tail != name)
        length = MIN (length, (gsize)(tail - name));
    }
  while (length > 0 && strchr (" ,", name[length - 1]) != NULL)
    length--;
  return g_strndup (name, length);
}

/**
 * ferry_device_words_vendor:
 *
 * Returns: (transfer full): the maker as people say it: "NVIDIA", "AMD"; may be ""
 */
char *
ferry_device_words_vendor (FerryDevice *device)
{
  return short_vendor (device->vendor_name);
}

/**
 * ferry_device_words_name:
 *
 * Returns: (transfer full): the name on the box where there is one ("GeForce GTX 970" of
 *   "GM204 [GeForce GTX 970]"), else the whole technical name
 */
char *
ferry_device_words_name (FerryDevice *device)
{
  const char *open = strchr (device->device_name, '[');
  const char *close = strrchr (device->device_name, ']');

  if (!ferry_device_is_display (device) || open == NULL || close == NULL || close <= open + 1)
    return g_strdup (device->device_name);
  return g_strndup (open + 1, (gsize)(close - open - 1));
}

/**
 * ferry_device_words_title:
 *
 * Returns: (transfer full): plain words first: "Graphics card — GeForce GTX 970"; for what has no
 *   name that people know, the kind alone
 */
char *
ferry_device_words_title (FerryDevice *device)
{
  const char *kind = ferry_device_words_kind (device);
  g_autofree char *name = ferry_device_words_name (device);

  if (!ferry_device_is_display (device) || *name == '\0')
    return g_strdup (kind);
  /* Translators: what a device is, then its name: "Graphics card — GeForce GTX 970". */
  return g_strdup_printf (_ ("%s — %s"), kind, name);
}

/**
 * ferry_device_words_technical:
 *
 * Returns: (transfer full): maker and full name for those who want to know: "NVIDIA GM204 [GeForce
 *   GTX 970]"
 */
char *
ferry_device_words_technical (FerryDevice *device)
{
  g_autofree char *vendor = ferry_device_words_vendor (device);
  g_autofree char *text = g_strdup_printf ("%s %s", vendor, device->device_name);

  return g_strdup (g_strstrip (text));
}

/**
 * ferry_device_words_group:
 * @group: the number, or %FERRY_DEVICE_NO_GROUP for devices that are in none
 *
 * Returns: (transfer full): "Group 1 — 3 devices"
 */
char *
ferry_device_words_group (int group, guint n_devices)
{
  g_autofree char *count
      = g_strdup_printf (ngettext ("%u device", "%u devices", n_devices), n_devices);

  if (group == FERRY_DEVICE_NO_GROUP)
    return g_strdup_printf (_ ("In no group — %s"), count);
  return g_strdup_printf (_ ("Group %d — %s"), group, count);
}

/**
 * ferry_device_words_contents:
 * @devices: (element-type FerryDevice):
 *
 * Returns: (transfer full): the kinds that are in a group, each once: "Graphics card, Sound"
 */
char *
ferry_device_words_contents (GPtrArray *devices)
{
  g_autoptr (GPtrArray) words = g_ptr_array_new ();

  for (guint pass = 0; pass < 2; pass++)
    for (guint i = 0; i < devices->len; i++)
      {
        FerryDevice *device = g_ptr_array_index (devices, i);
        const char *kind = ferry_device_words_kind (device);

        /* First the devices that people know, then the wiring. */
        if (device->bridge == (pass == 1)
            && !g_ptr_array_find_with_equal_func (words, kind, g_str_equal, NULL))
          g_ptr_array_add (words, (gpointer)kind);
      }
  g_ptr_array_add (words, NULL);
  return g_strjoinv (_ (", "), (char **)words->pdata);
}

/**
 * ferry_device_words_needs:
 *
 * Returns: (transfer full): what this computer needs the device for, or ""
 */
char *
ferry_device_words_needs (FerryDevice *device)
{
  static const struct
  {
    FerryNeed need;
    const char *text;
  } needs[] = {
    { FERRY_NEED_DISK, N_ ("files of this computer are on it") },
    { FERRY_NEED_NETWORK, N_ ("the network connection goes through it") },
    { FERRY_NEED_KEYBOARD, N_ ("the keyboard is connected to it") },
    { FERRY_NEED_SCREEN, N_ ("a screen is connected to it") },
  };
  g_autoptr (GPtrArray) words = g_ptr_array_new ();

  for (gsize i = 0; i < G_N_ELEMENTS (needs); i++)
    if (device->needs & needs[i].need)
      g_ptr_array_add (words, (gpointer)_ (needs[i].text));
  g_ptr_array_add (words, NULL);
  return g_strjoinv (_ (", "), (char **)words->pdata);
}

/**
 * ferry_device_words_role:
 *
 * Returns: what happens to a device: "will be passed", "stays", ...
 */
const char *
ferry_device_words_role (FerryRole role)
{
  switch (role)
    {
    case FERRY_ROLE_PASSED:
      return _ ("will be passed");
    case FERRY_ROLE_NEEDED:
      return _ ("needed here");
    case FERRY_ROLE_BRIDGE:
      return _ ("part of the bus");
    case FERRY_ROLE_STAYS:
    default:
      return _ ("stays");
    }
}

/**
 * ferry_device_words_spoken:
 *
 * Returns: (transfer full): the whole row for a screen reader: "NVIDIA GeForce GTX 970, graphics
 *   card, IOMMU group 1, will be passed"
 */
char *
ferry_device_words_spoken (FerryDevice *device, FerryRole role)
{
  g_autofree char *vendor = ferry_device_words_vendor (device);
  g_autofree char *name = ferry_device_words_name (device);
  g_autofree char *group = g_strdup_printf (_ ("IOMMU group %d"), device->group);
  gboolean grouped = device->group != FERRY_DEVICE_NO_GROUP;

  return g_strdup_printf ("%s %s, %s, %s, %s", vendor, name, ferry_device_words_kind (device),
                          grouped ? group : _ ("in no IOMMU group"),
                          ferry_device_words_role (role));
}

/**
 * ferry_device_words_card:
 *
 * Returns: (transfer full): what a person calls a graphics card. The name of a chip inside the
 *   processor says nothing to those who never bought it by that name.
 */
char *
ferry_device_words_card (const FerryCard *card)
{
  g_autofree char *vendor = ferry_device_words_vendor (card->primary);

  if (!card->integrated)
    return g_strdup (card->name);
  return g_strdup_printf (_ ("Graphics inside the processor (%s)"), vendor);
}
