/* window.h: how much address space the cards ask for, and where the firmware put it.
 *
 * Pure, from the address windows (BARs) of all devices. "Above 4G decoding" is in use when a 64-bit
 * memory window starts above 4 GiB; the opposite proves nothing, so the word is "not in use".
 */
#pragma once

#include "facts/machine.h"

G_BEGIN_DECLS

typedef struct
{
  FerryAnswer above_4g;       /* in use; UNKNOWN when no window could be read */
  gboolean resizable;         /* a plugged-in card has a window that can grow */
  gboolean grown;             /* one is larger than the usual 256 MiB */
  const FerryCard *large;     /* the first plugged-in card that asks for much, or NULL */
} FerryWindow;

FerryWindow ferry_window_look (FerryMachine *machine);

G_END_DECLS
