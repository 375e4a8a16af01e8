/* language.h: the language that the system is set to, for the programs that make boot menus and start files.
 *
 * grub-mkconfig writes its titles and "set lang=" in the language it is run in. Run in another one, the menu would not be
 * what the distribution's own updates make, and undo would not bring back what was there. Files: locale.conf(5), and
 * locale(7) as Debian keeps it.
 */
#pragma once

#include "facts/root.h"

G_BEGIN_DECLS

/* For LANG; never NULL. */
char *ferry_language_find (FerryRoot *root);

G_END_DECLS
