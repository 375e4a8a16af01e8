/* attributes.h: what a file carries beside its content, mode and owner: access control lists and labels.
 *
 * Extended attributes of xattr(7): "system.posix_acl_access", "security.selinux", "user.*". A file that takes the place of
 * another gets those of the other.
 */
#pragma once

#include "act/target.h"

G_BEGIN_DECLS

/* Both exist. A label that the system does not let us set is left to the system (security.*); for anything else it is an error. */
gboolean ferry_attributes_copy (FerryTarget *target, const char *from, const char *to, GError **error);

G_END_DECLS
