/* grub.h: how GRUB is set up on this computer.
 *
 * Finds grub-mkconfig and the menu that it makes, and asks the script itself whether it reads drop-ins
 * (a patch of Debian and Arch) instead of trusting the name of the distribution. Format: GNU GRUB
 * manual, "Simple configuration handling". Runs nothing.
 */
#pragma once

#include "facts/loader.h"

G_BEGIN_DECLS

void ferry_grub_read (FerryRoot *root, FerryLoader *loader);

G_END_DECLS
