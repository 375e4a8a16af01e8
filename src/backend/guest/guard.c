/* guard.c: see guard.h. */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "facts/error.h"
#include "guest/guard.h"
#include "plan/kind.h"
#include "plan/verdict.h"

#define NEEDED (FERRY_NEED_DISK | FERRY_NEED_NETWORK)

static gboolean
is_among (const GArray *list, const FerryAddress *address)
{
  for (guint i = 0; list != NULL && i < list->len; i++)
    if (ferry_address_compare (&g_array_index (list, FerryAddress, i), address) == 0)
      return TRUE;
  return FALSE;
}

static FerryDevice *
find (FerryMachine *machine, const FerryAddress *address)
{
  g_autofree char *id = ferry_address_to_string (address);

  return ferry_devices_find (machine->devices, id);
}

/* The kernel gives a group as a whole; bridges are never given away, so they do not count
 * (Documentation/driver-api/vfio.rst). */
static gboolean
is_alone (FerryMachine *machine, FerryDevice *device, const GArray *given)
{
  g_autoptr (GPtrArray) group = ferry_machine_list_group (machine, device->group);

  for (guint i = 0; i < group->len; i++)
    {
      FerryDevice *other = g_ptr_array_index (group, i);

      if (other != device && !other->bridge && !is_among (given, &other->address))
        return FALSE;
    }
  return TRUE;
}

/**
 * ferry_guard_look:
 * @device: no part of a graphics card
 * @given: (nullable): what goes along
 *
 * Returns: why @device has to stay; what this computer needs weighs more than how it is wired
 */
FerryObstacle
ferry_guard_look (FerryMachine *machine, FerryDevice *device, const GArray *given)
{
  if (device->bridge)
    return FERRY_OBSTACLE_BRIDGE;
  if (device->needs & FERRY_NEED_DISK)
    return FERRY_OBSTACLE_DISK;
  if (device->needs & FERRY_NEED_NETWORK)
    return FERRY_OBSTACLE_NETWORK;
  if (device->needs & FERRY_NEED_KEYBOARD)
    return FERRY_OBSTACLE_KEYBOARD;
  if (device->group == FERRY_DEVICE_NO_GROUP)
    return FERRY_OBSTACLE_NO_GROUPS;
  return is_alone (machine, device, given) ? FERRY_OBSTACLE_NONE : FERRY_OBSTACLE_GROUP;
}

/* The first %s is the address, the second the kind of device. */
static const char *
get_words (FerryObstacle obstacle)
{
  switch (obstacle)
    {
    case FERRY_OBSTACLE_BRIDGE:
      return N_ ("The device %s cannot be given to a virtual machine: it is %s, and other devices hang on it.");
    case FERRY_OBSTACLE_DISK:
      return N_ ("The device %s cannot be given to a virtual machine: it is %s, and a disk hangs on it that your system uses. Without "
                 "that disk your system would stop.");
    case FERRY_OBSTACLE_NETWORK:
      return N_ ("The device %s cannot be given to a virtual machine: it is %s, and your network hangs on it.");
    case FERRY_OBSTACLE_KEYBOARD:
      return N_ ("The device %s cannot be given to a virtual machine: it is %s, and your only keyboard hangs on it. Plug the keyboard in "
                 "elsewhere first.");
    case FERRY_OBSTACLE_GROUP:
      return N_ ("The device %s cannot be given to a virtual machine alone: it is %s, and shares its IOMMU group with devices that would "
                 "have to go along. “ferryctl groups” shows them.");
    case FERRY_OBSTACLE_NO_GROUPS:
    case FERRY_OBSTACLE_NONE:
    default:
      return N_ ("The device %s cannot be given yet: it is %s, and the IOMMU of this computer is off. “ferryctl check” says how to "
                 "switch it on.");
    }
}

static char *
describe (FerryDevice *device, FerryObstacle obstacle)
{
  g_autofree char *kind = ferry_kind_describe (device);

  /* The format is one of the literals above, translated: two %s each. */
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
  return g_strdup_printf (_ (get_words (obstacle)), device->id, kind);
#pragma GCC diagnostic pop
}

static gboolean
refuse (GError **error, char *text)
{
  g_set_error_literal (error, FERRY_ERROR, FERRY_ERROR_REFUSED, text);
  g_free (text);
  return FALSE;
}

static const FerryCard *
find_card (FerryMachine *machine, FerryDevice *device)
{
  for (guint i = 0; i < machine->cards->len; i++)
    if (ferry_card_has (g_ptr_array_index (machine->cards, i), device))
      return g_ptr_array_index (machine->cards, i);
  return NULL;
}

/* Whether a driver of this computer works with the device. */
static gboolean
is_in_use (const FerryDevice *device)
{
  return device->driver != NULL && !g_str_equal (device->driver, "vfio-pci");
}

/* Whoever gives the whole group away does what the kernel asks for. */
static gboolean
goes_along (const FerryReason *reason, const GArray *given)
{
  for (guint i = 0; i < reason->devices->len; i++)
    if (!is_among (given, &((FerryDevice *)g_ptr_array_index (reason->devices, i))->address))
      return FALSE;
  return g_str_equal (reason->id, "foreign-devices");
}

static gboolean
refuse_only_screen (const FerryCard *card, GError **error)
{
  return refuse (error,
                 g_strdup_printf (_ ("No other graphics card here can show a picture than the %s, and your system uses it. A virtual "
                                     "machine would take your screen away. If you reach this computer over the network and want that, "
                                     "set the card aside first: “ferryctl apply --card %s --accept-only-display”."),
                                  card->name, card->primary->id));
}

/* What only has to be done first. Remarks about a card that is set aside already are old news. */
static void
note_reason (const FerryCard *card, const FerryReason *reason, GPtrArray *notes)
{
  if (is_in_use (card->primary) && reason->verdict == FERRY_CARD_CAUTION && !g_str_equal (reason->id, "no-uefi-rom"))
    g_ptr_array_add (notes, g_strdup (reason->text));
}

static gboolean
check_reason (const FerryCard *card, const FerryReason *reason, const GArray *given, GPtrArray *notes, GError **error)
{
  if (reason->verdict == FERRY_CARD_NO && !goes_along (reason, given))
    return refuse (error, g_strdup_printf (_ ("The %s cannot be given to a virtual machine. %s"), card->name, reason->text));
  if (g_str_equal (reason->id, "only-display") && is_in_use (card->primary))
    return refuse_only_screen (card, error);
  note_reason (card, reason, notes);
  return TRUE;
}

static gboolean
gives_group (const FerryCard *card, int group, const GArray *given)
{
  for (guint i = 0; i < card->functions->len; i++)
    {
      const FerryDevice *device = g_ptr_array_index (card->functions, i);

      if (device->group == group && is_among (given, &device->address))
        return TRUE;
    }
  return FALSE;
}

/* What stays would share the group with what goes, and the kernel refuses that while it is in use. */
static gboolean
is_torn_apart (const FerryCard *card, const GArray *given)
{
  for (guint i = 0; i < card->functions->len; i++)
    {
      const FerryDevice *device = g_ptr_array_index (card->functions, i);

      if (device->group != FERRY_DEVICE_NO_GROUP && is_in_use (device) && !is_among (given, &device->address)
          && gives_group (card, device->group, given))
        return TRUE;
    }
  return FALSE;
}

/* A side part that shares its own group with devices which stay; see "foreign-devices" of plan/verdict. */
static gboolean
is_tied_part (FerryMachine *machine, const FerryCard *card, FerryDevice *device, const GArray *given)
{
  return device->group != FERRY_DEVICE_NO_GROUP && device->group != card->primary->group
         && !is_alone (machine, device, given);
}

static gboolean
gives_tied_part (FerryMachine *machine, const FerryCard *card, const GArray *given)
{
  for (guint i = 0; i < card->functions->len; i++)
    {
      FerryDevice *device = g_ptr_array_index (card->functions, i);

      if (is_among (given, &device->address) && is_tied_part (machine, card, device, given))
        return TRUE;
    }
  return FALSE;
}

/**
 * ferry_guard_list_card:
 * @functions: (element-type FerryAddress): gets the parts of @card, the display function first
 *
 * A side part that is tied to devices which stay is left out: with it the virtual machine would not start.
 */
void
ferry_guard_list_card (FerryMachine *machine, const FerryCard *card, GArray *functions)
{
  g_autoptr (GArray) all = g_array_new (FALSE, FALSE, sizeof (FerryAddress));

  for (guint i = 0; i < card->functions->len; i++)
    g_array_append_val (all, ((FerryDevice *)g_ptr_array_index (card->functions, i))->address);
  g_array_append_val (functions, card->primary->address);
  for (guint i = 0; i < card->functions->len; i++)
    {
      FerryDevice *device = g_ptr_array_index (card->functions, i);

      if (device != card->primary && !is_tied_part (machine, card, device, all))
        g_array_append_val (functions, device->address);
    }
}

static gboolean
check_card (FerryMachine *machine, const FerryCard *card, const GArray *given, GPtrArray *notes, GError **error)
{
  g_autoptr (FerryVerdict) verdict = ferry_verdict_make (machine, card);

  if (is_torn_apart (card, given))
    return refuse (error, g_strdup_printf (_ ("The parts of the %s can only be given together: say “--card %s”."), card->name,
                                           card->primary->id));
  if (gives_tied_part (machine, card, given))
    return refuse (error, g_strdup_printf (_ ("A part of the %s shares its IOMMU group with devices that stay. Say “--card %s”: the card "
                                              "is given without that part."),
                                           card->name, card->primary->id));
  for (guint i = 0; i < verdict->reasons->len; i++)
    if (!check_reason (card, g_ptr_array_index (verdict->reasons, i), given, notes, error))
      return FALSE;
  if (is_in_use (card->primary))
    g_ptr_array_add (notes,
                     g_strdup_printf (_ ("Your system still uses the %s (driver %s), so the virtual machine cannot be started yet. Set "
                                         "the card aside with Ferry (in a terminal: “ferryctl apply --card %s”) and restart the computer."),
                                      card->name, card->primary->driver, card->primary->id));
  return TRUE;
}

static gboolean
check_device (FerryMachine *machine, FerryDevice *device, const GArray *given, GPtrArray *notes, GError **error)
{
  const FerryObstacle obstacle = ferry_guard_look (machine, device, given);

  if (obstacle == FERRY_OBSTACLE_NONE)
    return TRUE;
  if (obstacle != FERRY_OBSTACLE_NO_GROUPS)
    return refuse (error, describe (device, obstacle));
  g_ptr_array_add (notes, describe (device, obstacle));
  return TRUE;
}

static GArray *
join (const GArray *functions, const GArray *had)
{
  GArray *all = g_array_new (FALSE, FALSE, sizeof (FerryAddress));

  g_array_append_vals (all, functions->data, functions->len);
  if (had != NULL)
    g_array_append_vals (all, had->data, had->len);
  return all;
}

/**
 * ferry_guard_check:
 * @machine: the computer
 * @functions: (element-type FerryAddress): what is to be given
 * @had: (nullable) (element-type FerryAddress): what the virtual machine has already: goes along, and is not judged
 * @notes: (element-type utf8): gets a sentence for each thing that is not ready yet
 *
 * Returns: whether they may be given; %FERRY_ERROR_NOT_FOUND for a device that is not there, %FERRY_ERROR_REFUSED
 *   says what would be lost
 */
gboolean
ferry_guard_check (FerryMachine *machine, const GArray *functions, const GArray *had, GPtrArray *notes, GError **error)
{
  g_autoptr (GArray) given = join (functions, had);
  g_autoptr (GPtrArray) cards = g_ptr_array_new ();

  for (guint i = 0; i < functions->len; i++)
    {
      const FerryAddress *address = &g_array_index (functions, FerryAddress, i);
      g_autofree char *id = ferry_address_to_string (address);
      FerryDevice *device = find (machine, address);
      const FerryCard *card = device != NULL ? find_card (machine, device) : NULL;

      if (device == NULL)
        {
          g_set_error (error, FERRY_ERROR, FERRY_ERROR_NOT_FOUND,
                       _ ("There is no device %s in this computer; “ferryctl groups” shows those that are there."), id);
          return FALSE;
        }
      if (card == NULL && !check_device (machine, device, given, notes, error))
        return FALSE;
      if (card == NULL || g_ptr_array_find (cards, card, NULL))
        continue;
      g_ptr_array_add (cards, (gpointer)card);
      if (!check_card (machine, card, given, notes, error))
        return FALSE;
    }
  return TRUE;
}

/* Whether the system sees the device while @functions are given away. */
static gboolean
is_visible (const FerryUsb *usb, const GArray *functions)
{
  FerryAddress address;

  return usb->controller == NULL || !ferry_address_parse (usb->controller, &address) || !is_among (functions, &address);
}

static guint
count_plugged (FerryMachine *machine, const FerryGuestUsb *wanted, const GArray *functions)
{
  guint n = 0;

  for (guint i = 0; i < machine->usb->len; i++)
    {
      const FerryUsb *usb = g_ptr_array_index (machine->usb, i);

      n += usb->vendor == wanted->vendor && usb->product == wanted->product && is_visible (usb, functions);
    }
  return n;
}

/**
 * ferry_guard_check_usb:
 * @usb: (element-type FerryGuestUsb): what is to be given
 * @functions: (element-type FerryAddress): what is given besides
 * @notes: (element-type utf8): gets a sentence for each device that is not plugged in now
 *
 * libvirt looks for the model when the machine starts, and refuses when there are two. Bus and number of the one that is meant
 * would be others after it was plugged in anew.
 *
 * Returns: whether they can be told apart; %FERRY_ERROR_REFUSED
 */
gboolean
ferry_guard_check_usb (FerryMachine *machine, const GArray *usb, const GArray *functions, GPtrArray *notes, GError **error)
{
  for (guint i = 0; i < usb->len && machine->usb->len > 0; i++)
    {
      const FerryGuestUsb *wanted = &g_array_index (usb, FerryGuestUsb, i);
      const guint n = count_plugged (machine, wanted, functions);
      g_autofree char *id = g_strdup_printf ("%04x:%04x", wanted->vendor, wanted->product);

      if (n > 1)
        return refuse (error,
                       g_strdup_printf (_ ("More than one USB device of the model %s is plugged in, and a virtual machine could not tell "
                                           "them apart. Unplug all but one, or give the whole USB controller that it hangs on: “--device "
                                           "ADDRESS”."),
                                        id));
      if (n == 0)
        g_ptr_array_add (notes, g_strdup_printf (_ ("The USB device %s is not plugged in now. The virtual machine starts only when it "
                                                    "is."),
                                                 id));
    }
  return TRUE;
}

/**
 * ferry_guard_check_start:
 *
 * libvirt takes each device from its driver when the machine starts (managed='yes'). Drivers of graphics cards do not
 * survive that while a desktop runs on them, and what the system lives on must not go at all. A device that is not there
 * is left to libvirt, which says so.
 *
 * Returns: whether it may be started; %FERRY_ERROR_REFUSED says what to do first
 */
gboolean
ferry_guard_check_start (FerryMachine *machine, const GArray *functions, GError **error)
{
  for (guint i = 0; i < functions->len; i++)
    {
      FerryDevice *device = find (machine, &g_array_index (functions, FerryAddress, i));
      const FerryCard *card = device != NULL ? find_card (machine, device) : NULL;

      if (device == NULL || !is_in_use (device))
        continue;
      if (device->needs & NEEDED)
        return refuse (error,
                       describe (device, device->needs & FERRY_NEED_DISK ? FERRY_OBSTACLE_DISK : FERRY_OBSTACLE_NETWORK));
      if (card != NULL && device == card->primary)
        return refuse (error,
                       g_strdup_printf (_ ("Your system still uses the %s (driver %s). To take it away now could freeze your desktop, so "
                                           "the virtual machine was not started. Set the card aside with Ferry (in a terminal: “ferryctl apply "
                                           "--card %s”) and restart the computer."),
                                        card->name, device->driver, device->id));
    }
  return TRUE;
}
