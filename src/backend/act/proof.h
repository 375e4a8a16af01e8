/* proof.h: whether what a change made is still good: the first RAM disks and the boot menu.
 *
 * The same independent readers that prove them when they are made (act/step), on the live files; also of
 * kernels that came later. Reads only. What was read once is remembered until the file is another, because
 * unpacking an image takes a second.
 */
#pragma once

#include "act/journal.h"
#include "facts/machine.h"

G_BEGIN_DECLS

/* A floating a{ss}: path of each image to "yes", "no" or "unknown". */
GVariant *ferry_proof_list_images (FerryMachine *machine, const FerryEntry *entry);
FerryAnswer ferry_proof_ask_menu (FerryMachine *machine, const FerryEntry *entry);

G_END_DECLS
