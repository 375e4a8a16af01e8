/* services.h: libvirt's service, its network and its group, switched on and off again.
 *
 * systemctl(1), virsh(1), usermod(8) and gpasswd(1) with fixed arguments. The network and starting a service need the
 * running system; below another root (rescue) only what is kept in files is changed.
 */
#pragma once

#include "act/step.h"

G_BEGIN_DECLS

gboolean ferry_services_run (const FerryStep *step, GError **error);
gboolean ferry_services_take_back (const FerryStep *step, GError **error);

G_END_DECLS
