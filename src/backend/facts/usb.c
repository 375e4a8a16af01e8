/* usb.c: see usb.h. */
#include "config.h"

#include <string.h>

#include "facts/address.h"
#include "facts/usb.h"

#define FOLDER "sys/bus/usb/devices"
#define MAX_DEVICES 512
#define MAX_NAME 80

#define CLASS_SOUND 0x01
#define CLASS_INPUT 0x03
#define CLASS_PRINTER 0x07
#define CLASS_STORAGE 0x08
#define CLASS_HUB 0x09
#define CLASS_VIDEO 0x0e
#define CLASS_WIRELESS 0xe0
#define PROTOCOL_KEYBOARD 1
#define PROTOCOL_MOUSE 2

void
ferry_usb_free (FerryUsb *usb)
{
  if (usb == NULL)
    return;
  g_free (usb->name);
  g_free (usb->controller);
  g_free (usb);
}

static gboolean
read_hex (FerryRoot *root, const char *device, const char *name, guint64 max, guint64 *value)
{
  g_autofree char *path = g_strdup_printf (FOLDER "/%s/%s", device, name);
  g_autofree char *line = ferry_root_read_line (root, path);

  return line != NULL && g_ascii_string_to_unsigned (line, 16, 0, max, value, NULL);
}

static char *
read_text (FerryRoot *root, const char *device, const char *name)
{
  g_autofree char *path = g_strdup_printf (FOLDER "/%s/%s", device, name);
  g_autofree char *line = ferry_root_read_line (root, path);

  return line != NULL ? g_strstrip (g_utf8_make_valid (line, MIN (strlen (line), MAX_NAME)))
                      : g_strdup ("");
}

/* What the device calls itself; the maker's name only when it is not in there already. */
static char *
make_name (FerryRoot *root, const char *device, guint16 vendor, guint16 product)
{
  g_autofree char *maker = read_text (root, device, "manufacturer");
  g_autofree char *name = read_text (root, device, "product");

  if (*name == '\0' && *maker == '\0')
    return g_strdup_printf ("USB %04x:%04x", vendor, product);
  if (*name == '\0' || *maker == '\0')
    return g_strdup (*name != '\0' ? name : maker);
  if (g_str_has_prefix (name, maker))
    return g_strdup (name);
  return g_strdup_printf ("%s %s", maker, name);
}

/* The last PCI address on the way to the device. */
static char *
find_controller (FerryRoot *root, const char *device)
{
  g_autofree char *path = g_strdup_printf (FOLDER "/%s", device);
  g_autofree char *place = ferry_root_resolve (root, path);
  g_auto (GStrv) parts = NULL;

  if (place == NULL)
    return NULL;
  parts = g_strsplit (place, "/", 256);
  for (guint i = g_strv_length (parts); i > 0; i--)
    {
      FerryAddress address;

      if (ferry_address_parse (parts[i - 1], &address))
        return ferry_address_to_string (&address);
    }
  return NULL;
}

static FerryUsbKind
choose_kind (guint64 class, guint64 protocol)
{
  switch (class)
    {
    case CLASS_INPUT:
      if (protocol == PROTOCOL_KEYBOARD)
        return FERRY_USB_KEYBOARD;
      return protocol == PROTOCOL_MOUSE ? FERRY_USB_MOUSE : FERRY_USB_OTHER;
    case CLASS_STORAGE:
      return FERRY_USB_STORAGE;
    case CLASS_SOUND:
      return FERRY_USB_SOUND;
    case CLASS_VIDEO:
      return FERRY_USB_CAMERA;
    case CLASS_WIRELESS:
      return FERRY_USB_BLUETOOTH;
    case CLASS_PRINTER:
      return FERRY_USB_PRINTER;
    default:
      return FERRY_USB_OTHER;
    }
}

/* Interfaces are named after their device: "1-2:1.0". The first that says what it is decides, but a
 * keyboard always does. */
static FerryUsbKind
find_kind (FerryRoot *root, char **names, const char *device)
{
  g_autofree char *start = g_strconcat (device, ":", NULL);
  FerryUsbKind kind = FERRY_USB_OTHER;

  for (gsize i = 0; names[i] != NULL; i++)
    {
      guint64 class, protocol = 0;
      FerryUsbKind found;

      if (!g_str_has_prefix (names[i], start)
          || !read_hex (root, names[i], "bInterfaceClass", 0xff, &class))
        continue;
      read_hex (root, names[i], "bInterfaceProtocol", 0xff, &protocol);
      found = choose_kind (class, protocol);
      if (found == FERRY_USB_KEYBOARD || kind == FERRY_USB_OTHER)
        kind = found;
    }
  return kind;
}

static FerryUsb *
read_device (FerryRoot *root, char **names, const char *device)
{
  guint64 vendor, product, class;
  FerryUsb *usb;

  if (!read_hex (root, device, "bDeviceClass", 0xff, &class) || class == CLASS_HUB)
    return NULL;
  if (!read_hex (root, device, "idVendor", G_MAXUINT16, &vendor)
      || !read_hex (root, device, "idProduct", G_MAXUINT16, &product))
    return NULL;

  usb = g_new0 (FerryUsb, 1);
  usb->vendor = (guint16) vendor;
  usb->product = (guint16) product;
  usb->name = make_name (root, device, usb->vendor, usb->product);
  usb->controller = find_controller (root, device);
  usb->kind = find_kind (root, names, device);
  return usb;
}

/**
 * ferry_usb_list:
 *
 * Returns: (transfer full) (element-type FerryUsb): what is plugged in or built in; empty when it
 *   cannot be read
 */
GPtrArray *
ferry_usb_list (FerryRoot *root)
{
  GPtrArray *list = g_ptr_array_new_with_free_func ((GDestroyNotify) ferry_usb_free);
  g_auto (GStrv) names = ferry_root_list (root, FOLDER);

  for (gsize i = 0; names != NULL && names[i] != NULL && list->len < MAX_DEVICES; i++)
    {
      FerryUsb *usb = strchr (names[i], ':') == NULL ? read_device (root, names, names[i]) : NULL;

      if (usb != NULL)
        g_ptr_array_add (list, usb);
    }
  return list;
}
