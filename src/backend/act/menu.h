/* menu.h: the entries of a boot menu that grub-mkconfig made, read independently of it.
 *
 * Reads the small part of GRUB's script language that grub-mkconfig writes (GNU GRUB manual, "Shell-like scripting"):
 * words with both kinds of quotes, comments, menuentry and submenu blocks, the commands linux, linux16 and linuxefi. Runs
 * nothing. Which script made an entry is known by the comments "### BEGIN .../10_linux ###".
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define FERRY_MENU_MAX_SIZE (8 * 1024 * 1024)
#define FERRY_MENU_MAX_ENTRIES 2000

typedef struct
{
  char *title;
  char *kernel;      /* as written: "/boot/vmlinuz-6.12-x86_64" */
  char **words;      /* of the kernel, quotes removed */
  gboolean own;      /* made by the script for this system's own kernels */
  gboolean recovery; /* a recovery or fallback entry, which may differ */
} FerryMenuEntry;

/* Of FerryMenuEntry: only the entries that start a Linux kernel. FERRY_ERROR_INVALID when a quote or bracket is left
 * open or an entry is cut off. */
GPtrArray *ferry_menu_parse (const char *text, GError **error);

/* Whether every normal entry of this system has every one of @words; there has to be at least one such entry. The
 * error names the entry. */
gboolean ferry_menu_check_words (GPtrArray *entries, const char *const *words, GError **error);

G_END_DECLS
