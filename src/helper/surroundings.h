/* surroundings.h: what a root program must not take over from who started it.
 *
 * The file mask and the limits of a process are inherited; a small RLIMIT_FSIZE once made a boot tool of another
 * project truncate what it wrote (CVE-2019-14865). Messages are in the language of the system.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

void ferry_surroundings_reset (void);

G_END_DECLS
