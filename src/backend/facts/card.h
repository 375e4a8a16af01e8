/* card.h: graphics cards as a newcomer sees them: all functions of one piece of hardware.
 *
 * Pure: from the list of devices to the list of cards. Classes 0300, 0302, 0380 and 1200; all
 * functions of the slot that belong to it (audio, USB, UCSI), also over several IOMMU groups or, as
 * on Arc, on another bus behind the card's own switch. Never a BMC. An integrated GPU is a card.
 */
#pragma once

#include "facts/device.h"

G_BEGIN_DECLS

typedef struct
{
  FerryDevice *primary;   /* the display function */
  GPtrArray *functions;   /* of FerryDevice, in address order, primary included */
  GArray *groups;         /* of int, sorted, without FERRY_DEVICE_NO_GROUP */
  char *name;             /* "GeForce GTX 970 (NVIDIA)" */
  gboolean integrated;    /* part of the processor or chipset */
  gboolean can_show;      /* can drive a screen: not 0302, not 1200 */
} FerryCard;

GPtrArray *ferry_cards_find (GPtrArray *devices);
gboolean ferry_card_has (const FerryCard *card, FerryDevice *device);
void ferry_card_free (FerryCard *card);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (FerryCard, ferry_card_free)

G_END_DECLS
