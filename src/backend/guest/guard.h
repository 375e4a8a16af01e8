/* guard.h: whether this computer can spare the devices that a virtual machine is to get.
 *
 * Pure. The wizard and ferryctl ask the same questions here, before anything is made, given or
 * started. What is dangerous or cannot work is refused; what is only not ready yet is a note. It
 * judges single devices; a whole graphics card is judged by plan/verdict.
 */
#pragma once

#include "facts/card.h"
#include "facts/machine.h"
#include "guest/guest.h"

G_BEGIN_DECLS

typedef enum
{
  FERRY_OBSTACLE_NONE,
  FERRY_OBSTACLE_NO_GROUPS, /* this computer shows no IOMMU group for it (yet) */
  FERRY_OBSTACLE_GROUP,     /* others are in its group, and they do not go along */
  FERRY_OBSTACLE_KEYBOARD,  /* the only keyboard hangs on it */
  FERRY_OBSTACLE_DISK,      /* a disk in use hangs on it */
  FERRY_OBSTACLE_NETWORK,   /* the network hangs on it */
  FERRY_OBSTACLE_BRIDGE     /* part of the bus */
} FerryObstacle;

/* @given: (nullable) of FerryAddress: what goes along */
FerryObstacle ferry_guard_look (FerryMachine *machine, FerryDevice *device, const GArray *given);

/* Adds the parts of @card that can go to @functions (of FerryAddress), the display function first. */
void ferry_guard_list_card (FerryMachine *machine, const FerryCard *card, GArray *functions);

/* @functions: of FerryAddress, what is to be given; @had: (nullable) what the virtual machine has already;
 * @notes: of char * */
gboolean ferry_guard_check (FerryMachine *machine, const GArray *functions, const GArray *had, GPtrArray *notes,
                            GError **error);
/* The same for single USB devices (of FerryGuestUsb); what hangs on one of @functions is not there any more. */
gboolean ferry_guard_check_usb (FerryMachine *machine, const GArray *usb, const GArray *functions, GPtrArray *notes,
                                GError **error);
/* Just before a start: libvirt would take the devices out of the hands of the running system. */
gboolean ferry_guard_check_start (FerryMachine *machine, const GArray *functions, GError **error);

G_END_DECLS
