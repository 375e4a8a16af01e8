/* devices.h: a made-up computer with two graphics cards, for the tests of the device page.
 *
 * Not a part of Ferry. Groups 0, 1 (bridge, GeForce GTX 970, its sound), 2 (graphics of the
 * processor), 10 (the disk that the host runs from), 11 (network), and a device in no group.
 */
#pragma once

#include "facts/tree.h"

G_BEGIN_DECLS

/* @kind: "", "no-groups" (the IOMMU is off), "shared" (the disk is in the card's group),
 * "only-screen" (no other graphics card) or "empty" (no device at all). */
FerryTree *devices_make_computer (const char *kind);

G_END_DECLS
