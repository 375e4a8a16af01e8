/* menu-maker.h: makes the boot menu again and proves what was made.
 *
 * grub-mkconfig makes one file, which is made under another name, proven and then put in place. kernel-install(8),
 * limine-update and grubby(8) change the live entries themselves: they run as a whole and their result is
 * read back. What they rewrite is kept before (act/keepsake), so a change that fails gives it back as files; undo runs them
 * again when the files that they read are as before.
 */
#pragma once

#include "act/job.h"
#include "act/step.h"

G_BEGIN_DECLS

/* Of FerryJob; empty for tools that run as a whole. */
GPtrArray *ferry_menu_maker_list_jobs (const FerryStep *step, GError **error);
/* GRUB's own checker over what was made, where it is installed. */
gboolean ferry_menu_maker_check (const FerryStep *step, GPtrArray *jobs, GError **error);
gboolean ferry_menu_maker_prove (const FerryStep *step, const FerryProduct *product, gboolean wanted,
                                 GError **error);

/* Tools that run as a whole; afterwards the entries have the words that the file they are made from has. */
gboolean ferry_menu_maker_run (const FerryStep *step, GError **error);
/* grubby. */
gboolean ferry_menu_maker_add_args (const FerryStep *step, GError **error);
gboolean ferry_menu_maker_drop_args (const FerryStep *step, GError **error);

G_END_DECLS
