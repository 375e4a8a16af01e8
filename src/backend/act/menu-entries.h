/* menu-entries.h: reads back the live boot menu entries that tools write by themselves.
 *
 * Boot Loader Specification entries (UAPI.1, "loader/entries" on the boot and EFI partitions; with GRUB also the variable
 * kernelopts in grubenv) and limine.conf. Reads only.
 */
#pragma once

#include "facts/root.h"

G_BEGIN_DECLS

GPtrArray *ferry_menu_entries_list (FerryRoot *root);
gboolean ferry_menu_entries_is_of_version (const char *path, char **versions);
/* Where limine.conf can be, ended by NULL. */
const char *const *ferry_menu_entries_get_limine_files (void);

/* Every entry of the kernels @versions has every word of etc/kernel/cmdline; there is at least one. */
gboolean ferry_menu_entries_check_installed (FerryRoot *root, char **versions, GError **error);
/* Every entry but rescue entries has all of @words, or none of them. */
gboolean ferry_menu_entries_check_words (FerryRoot *root, char **words, gboolean wanted, GError **error);
/* Every entry of this system in limine.conf has those of @words that etc/default/limine has; entries for an emergency and
 * of snapshots may lack them. There is at least one. */
gboolean ferry_menu_entries_check_limine (FerryRoot *root, char **words, GError **error);

G_END_DECLS
