/* gear.c: see gear.h. */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "guest/gear.h"
#include "guest/guard.h"

/* Class 0c03 of the PCI Code and ID Assignment Specification: serial bus, USB. */
#define CLASS_USB 0x0c03

/* More names than this do not help. */
#define MAX_NAMES 8

static void
controller_free (gpointer data)
{
  FerryGearController *controller = data;

  g_free (controller->text);
  g_free (controller);
}

static void
device_free (gpointer data)
{
  FerryGearDevice *device = data;

  g_free (device->text);
  g_free (device);
}

static gboolean
hangs_on (const FerryUsb *usb, const FerryDevice *controller)
{
  return usb->controller != NULL && g_str_equal (usb->controller, controller->id);
}

/* "Logitech K120, USB Receiver"; "" when nothing is plugged in. */
static char *
name_contents (FerryMachine *machine, const FerryDevice *controller)
{
  g_autoptr (GString) names = g_string_new (NULL);
  guint n_names = 0;

  for (guint i = 0; i < machine->usb->len && n_names < MAX_NAMES; i++)
    {
      const FerryUsb *usb = g_ptr_array_index (machine->usb, i);

      if (!hangs_on (usb, controller))
        continue;
      g_string_append_printf (names, "%s%s", names->len > 0 ? ", " : "", usb->name);
      n_names++;
    }
  return g_string_free (g_steal_pointer (&names), FALSE);
}

static gboolean
has_kind (FerryMachine *machine, const FerryDevice *controller, FerryUsbKind kind)
{
  for (guint i = 0; i < machine->usb->len; i++)
    {
      const FerryUsb *usb = g_ptr_array_index (machine->usb, i);

      if (hangs_on (usb, controller) && usb->kind == kind)
        return TRUE;
    }
  return FALSE;
}

/* Why the controller has to stay, or NULL. */
static char *
find_obstacle (FerryMachine *machine, FerryDevice *controller)
{
  switch (ferry_guard_look (machine, controller, NULL))
    {
    case FERRY_OBSTACLE_NO_GROUPS:
      return g_strdup (_ ("Not possible yet: this computer has no IOMMU groups."));
    case FERRY_OBSTACLE_GROUP:
      return g_strdup (_ ("Not possible: it shares its IOMMU group with other devices, which would "
                          "have to go along."));
    case FERRY_OBSTACLE_KEYBOARD:
      return g_strdup (_ ("Not possible: your only keyboard hangs on it."));
    case FERRY_OBSTACLE_DISK:
      return g_strdup (_ ("Not possible: a disk that your system uses hangs on it."));
    case FERRY_OBSTACLE_NETWORK:
      return g_strdup (_ ("Not possible: your network hangs on it."));
    case FERRY_OBSTACLE_NONE:
    case FERRY_OBSTACLE_BRIDGE: /* no USB controller is one */
    default:
      return NULL;
    }
}

static char *
describe_cost (FerryMachine *machine, const FerryDevice *controller)
{
  g_autofree char *contents = name_contents (machine, controller);

  if (*contents == '\0')
    return g_strdup (_ ("Nothing is plugged in there now. Your system cannot use its plugs while "
                        "the virtual machine runs."));
  if (has_kind (machine, controller, FERRY_USB_KEYBOARD)
      || has_kind (machine, controller, FERRY_USB_MOUSE))
    return g_strdup_printf (_ ("Careful, a keyboard or mouse hangs on it. On it now: %s. Your "
                               "system cannot use them while the virtual machine runs."),
                            contents);
  return g_strdup_printf (_ ("On it now: %s. Your system cannot use them while the virtual machine "
                             "runs."),
                          contents);
}

static FerryGearController *
controller_new (FerryMachine *machine, FerryDevice *device)
{
  FerryGearController *controller = g_new0 (FerryGearController, 1);

  controller->device = device;
  controller->text = find_obstacle (machine, device);
  controller->possible = controller->text == NULL;
  if (controller->possible)
    controller->text = describe_cost (machine, device);
  return controller;
}

/**
 * ferry_gear_list_controllers:
 * @card: (nullable): the chosen card
 *
 * Returns: (transfer full) (element-type FerryGearController): all USB controllers that are not a
 *   part of the card, in address order
 */
GPtrArray *
ferry_gear_list_controllers (FerryMachine *machine, const FerryCard *card)
{
  GPtrArray *list = g_ptr_array_new_with_free_func (controller_free);

  for (guint i = 0; i < machine->devices->len; i++)
    {
      FerryDevice *device = g_ptr_array_index (machine->devices, i);

      if (device->class_code >> 8 == CLASS_USB && (card == NULL || !ferry_card_has (card, device)))
        g_ptr_array_add (list, controller_new (machine, device));
    }
  return list;
}

static char *
describe_device (const FerryUsb *usb)
{
  switch (usb->kind)
    {
    case FERRY_USB_KEYBOARD:
    case FERRY_USB_MOUSE:
      return g_strdup (_ ("Only if you have another one: your system cannot use it while the "
                          "virtual machine runs."));
    case FERRY_USB_STORAGE:
      return g_strdup (_ ("Take it out of your system first (“eject”), or data may be lost."));
    case FERRY_USB_OTHER:
    case FERRY_USB_SOUND:
    case FERRY_USB_CAMERA:
    case FERRY_USB_BLUETOOTH:
    case FERRY_USB_PRINTER:
    default:
      return g_strdup (_ ("Your system cannot use it while the virtual machine runs."));
    }
}

static gboolean
is_on_card (const FerryUsb *usb, const FerryCard *card)
{
  for (guint i = 0; card != NULL && i < card->functions->len; i++)
    if (hangs_on (usb, g_ptr_array_index (card->functions, i)))
      return TRUE;
  return FALSE;
}

/* libvirt finds a device by its model, so it cannot tell two apart; the place changes when it is plugged in anew. */
static gboolean
has_twin (FerryMachine *machine, const FerryUsb *usb, const FerryCard *card)
{
  for (guint i = 0; i < machine->usb->len; i++)
    {
      const FerryUsb *other = g_ptr_array_index (machine->usb, i);

      if (other != usb && other->vendor == usb->vendor && other->product == usb->product && !is_on_card (other, card))
        return TRUE;
    }
  return FALSE;
}

/**
 * ferry_gear_list_devices:
 * @card: (nullable): the chosen card: what hangs on it goes along anyway
 *
 * Returns: (transfer full) (element-type FerryGearDevice): what is plugged in by USB
 */
GPtrArray *
ferry_gear_list_devices (FerryMachine *machine, const FerryCard *card)
{
  GPtrArray *list = g_ptr_array_new_with_free_func (device_free);

  for (guint i = 0; i < machine->usb->len; i++)
    {
      const FerryUsb *usb = g_ptr_array_index (machine->usb, i);
      FerryGearDevice *device;

      if (is_on_card (usb, card))
        continue;
      device = g_new0 (FerryGearDevice, 1);
      device->usb = usb;
      device->possible = !has_twin (machine, usb, card);
      device->text = device->possible ? describe_device (usb)
                                      : g_strdup (_ ("Not possible: two of this model are plugged in, and a virtual machine "
                                                     "could not tell them apart. Unplug one, or give the whole USB controller."));
      g_ptr_array_add (list, device);
    }
  return list;
}

static gboolean
find_controller (const FerryGuest *guest, const FerryAddress *address, guint *place)
{
  for (guint i = 0; i < guest->gear->len; i++)
    if (ferry_address_compare (&g_array_index (guest->gear, FerryAddress, i), address) == 0)
      {
        *place = i;
        return TRUE;
      }
  return FALSE;
}

gboolean
ferry_gear_has_controller (const FerryGuest *guest, const FerryAddress *address)
{
  guint place;

  return find_controller (guest, address, &place);
}

/**
 * ferry_gear_set_controller:
 * @given: whether the virtual machine gets it
 */
void
ferry_gear_set_controller (FerryGuest *guest, const FerryAddress *address, gboolean given)
{
  guint place;
  const gboolean had = find_controller (guest, address, &place);

  if (given && !had)
    g_array_append_vals (guest->gear, address, 1);
  else if (!given && had)
    g_array_remove_index (guest->gear, place);
}

static gboolean
find_device (const FerryGuest *guest, const FerryUsb *usb, guint *place)
{
  for (guint i = 0; i < guest->usb->len; i++)
    {
      const FerryGuestUsb *device = &g_array_index (guest->usb, FerryGuestUsb, i);

      if (device->vendor == usb->vendor && device->product == usb->product)
        {
          *place = i;
          return TRUE;
        }
    }
  return FALSE;
}

gboolean
ferry_gear_has_device (const FerryGuest *guest, const FerryUsb *usb)
{
  guint place;

  return find_device (guest, usb, &place);
}

/**
 * ferry_gear_set_device:
 * @given: whether the virtual machine gets it
 */
void
ferry_gear_set_device (FerryGuest *guest, const FerryUsb *usb, gboolean given)
{
  const FerryGuestUsb device = { usb->vendor, usb->product };
  guint place;
  const gboolean had = find_device (guest, usb, &place);

  if (given && !had)
    g_array_append_val (guest->usb, device);
  else if (!given && had)
    g_array_remove_index (guest->usb, place);
}
