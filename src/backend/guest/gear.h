/* gear.h: what else can be given to a virtual machine by USB, and what it costs.
 *
 * Pure. A whole controller has every plug of it; it can be given when it is alone in its IOMMU
 * group and this computer does not need what hangs on it. A single device is simpler, and fine for
 * most. Texts are for a person.
 */
#pragma once

#include "facts/card.h"
#include "facts/machine.h"
#include "guest/guest.h"

G_BEGIN_DECLS

typedef struct
{
  FerryDevice *device; /* a USB controller */
  gboolean possible;
  char *text; /* what hangs on it and what giving it means, or why it cannot be given */
} FerryGearController;

typedef struct
{
  const FerryUsb *usb;
  gboolean possible; /* FALSE: another one of the same model is plugged in */
  char *text;
} FerryGearDevice;

/* @card: (nullable): the chosen card, whose own USB function goes with it anyway. Both are
 * transfer full; the machine must outlive them. */
GPtrArray *ferry_gear_list_controllers (FerryMachine *machine, const FerryCard *card);
GPtrArray *ferry_gear_list_devices (FerryMachine *machine, const FerryCard *card);

gboolean ferry_gear_has_controller (const FerryGuest *guest, const FerryAddress *address);
void ferry_gear_set_controller (FerryGuest *guest, const FerryAddress *address, gboolean given);
gboolean ferry_gear_has_device (const FerryGuest *guest, const FerryUsb *usb);
void ferry_gear_set_device (FerryGuest *guest, const FerryUsb *usb, gboolean given);

G_END_DECLS
