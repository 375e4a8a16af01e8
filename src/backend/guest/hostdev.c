/* hostdev.c: see hostdev.h. */
#include "config.h"

#include "guest/hostdev.h"

static const FerryAddress *
get_address (const GArray *functions, guint index)
{
  return &g_array_index (functions, FerryAddress, index);
}

/* Whether no function before @index is in the same slot. */
static gboolean
is_first_of_slot (const GArray *functions, guint index)
{
  for (guint i = 0; i < index; i++)
    if (ferry_address_same_slot (get_address (functions, i), get_address (functions, index)))
      return FALSE;
  return TRUE;
}

guint
ferry_hostdev_count_slots (const GArray *functions)
{
  guint slots = 0;

  for (guint i = 0; i < functions->len; i++)
    slots += is_first_of_slot (functions, i);
  return slots;
}

/* libvirt writes these numbers in hexadecimal; a decimal one would be another device. */
static void
set_address (FerryElement *element, guint32 domain, guint bus, guint slot, guint function)
{
  g_autofree char *domain_text = g_strdup_printf ("0x%04x", domain);
  g_autofree char *bus_text = g_strdup_printf ("0x%02x", bus);
  g_autofree char *slot_text = g_strdup_printf ("0x%02x", slot);
  g_autofree char *function_text = g_strdup_printf ("0x%x", function);

  ferry_element_set (element, "domain", domain_text);
  ferry_element_set (element, "bus", bus_text);
  ferry_element_set (element, "slot", slot_text);
  ferry_element_set (element, "function", function_text);
}

/* managed='yes': libvirt takes the device from its driver at the start and gives it back. A device
 * that vfio-pci has since the computer started stays there. */
static FerryElement *
add_function (FerryElement *devices, const FerryAddress *address)
{
  FerryElement *hostdev = ferry_element_add_with (devices, "hostdev", "mode", "subsystem", "type",
                                                  "pci", "managed", "yes", NULL);
  FerryElement *source;

  ferry_element_add_with (hostdev, "driver", "name", "vfio", NULL);
  source = ferry_element_add (hostdev, "source");
  set_address (ferry_element_add (source, "address"), address->domain, address->bus, address->slot,
               address->function);
  return hostdev;
}

/* Functions that share the slot of the one at @first, as functions of one device behind @port. PCI
 * asks for a function 0, and says by its multifunction bit that there are more (PCI Local Bus
 * Specification 3.0, 6.2.1); without the card's own function 0 they are counted anew. */
static void
add_slot (FerryElement *devices, const GArray *functions, guint first, guint port, const char *rom)
{
  const FerryAddress *slot = get_address (functions, first);
  guint members = 0, next = 0;
  gboolean has_zero = FALSE;

  for (guint i = 0; i < functions->len; i++)
    if (ferry_address_same_slot (get_address (functions, i), slot))
      {
        members++;
        has_zero = has_zero || get_address (functions, i)->function == 0;
      }
  for (guint i = first; i < functions->len; i++)
    {
      const FerryAddress *address = get_address (functions, i);
      guint function = has_zero ? address->function : next;
      FerryElement *hostdev, *place;

      if (!ferry_address_same_slot (address, slot))
        continue;
      hostdev = add_function (devices, address);
      if (i == 0 && rom != NULL)
        ferry_element_add_with (hostdev, "rom", "file", rom, NULL);
      next++;
      if (port == 0)
        continue;
      place = ferry_element_add_with (hostdev, "address", "type", "pci", NULL);
      set_address (place, 0, port, 0, function);
      if (members > 1 && function == 0)
        ferry_element_set (place, "multifunction", "on");
    }
}

/**
 * ferry_hostdev_add:
 * @devices: the element "devices"
 * @functions: (element-type FerryAddress): functions of the computer
 * @port: the first free number of a PCI controller; each slot gets a pcie-root-port and counts it up.
 *   0 leaves it to libvirt where they appear, for machines without PCI Express
 * @rom: (nullable): an option ROM for the first function
 */
void
ferry_hostdev_add (FerryElement *devices, const GArray *functions, guint port, const char *rom)
{
  for (guint i = 0; i < functions->len; i++)
    {
      FerryElement *controller;

      if (!is_first_of_slot (functions, i))
        continue;
      if (port > 0)
        {
          controller = ferry_element_add_with (devices, "controller", "type", "pci", NULL);
          ferry_element_set_number (controller, "index", port);
          ferry_element_set (controller, "model", "pcie-root-port");
        }
      add_slot (devices, functions, i, port, rom);
      port += port > 0 ? 1 : 0;
    }
}

/**
 * ferry_hostdev_add_usb:
 *
 * startupPolicy='optional': the machine starts, too, when the device is not plugged in.
 */
void
ferry_hostdev_add_usb (FerryElement *devices, const FerryGuestUsb *usb)
{
  FerryElement *hostdev = ferry_element_add_with (devices, "hostdev", "mode", "subsystem", "type",
                                                  "usb", "managed", "yes", NULL);
  FerryElement *source
      = ferry_element_add_with (hostdev, "source", "startupPolicy", "optional", NULL);
  g_autofree char *vendor = g_strdup_printf ("0x%04x", usb->vendor);
  g_autofree char *product = g_strdup_printf ("0x%04x", usb->product);

  ferry_element_add_with (source, "vendor", "id", vendor, NULL);
  ferry_element_add_with (source, "product", "id", product, NULL);
}

/* A number of an address: hexadecimal after "0x", else decimal; 0 when it is not there. */
static gboolean
read_part (FerryElement *element, const char *name, guint64 max, guint64 *value)
{
  g_autofree char *text = ferry_element_get (element, name);

  *value = 0;
  if (text == NULL)
    return TRUE;
  if (g_str_has_prefix (text, "0x"))
    return g_ascii_string_to_unsigned (text + 2, 16, 0, max, value, NULL);
  return g_ascii_string_to_unsigned (text, 10, 0, max, value, NULL);
}

/**
 * ferry_hostdev_read:
 * @element: any element of "devices"
 * @address: (out): set only on success
 *
 * Returns: whether it gives a PCI function of the computer away
 */
gboolean
ferry_hostdev_read (FerryElement *element, FerryAddress *address)
{
  FerryElement *place = ferry_element_find (ferry_element_find (element, "source"), "address");
  guint64 domain, bus, slot, function;

  if (!xmlStrEqual (element->name, (const xmlChar *) "hostdev")
      || !ferry_element_says (element, "type", "pci") || place == NULL
      || !read_part (place, "domain", G_MAXUINT32, &domain) || !read_part (place, "bus", 255, &bus)
      || !read_part (place, "slot", 31, &slot) || !read_part (place, "function", 7, &function))
    return FALSE;
  *address = (FerryAddress){ (guint32) domain, (guint8) bus, (guint8) slot, (guint8) function };
  return TRUE;
}
