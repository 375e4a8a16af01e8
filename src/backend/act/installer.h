/* installer.h: installs packages with the distribution's own program.
 *
 * pacman(8), apt-get(8), dnf(8), zypper(8), each with fixed arguments. Names come from the plan's fixed table and are
 * checked once more. A running installation is not cut off by cancelling: half-installed packages are worse.
 */
#pragma once

#include "act/step.h"

G_BEGIN_DECLS

gboolean ferry_installer_run (const FerryStep *step, GError **error);

G_END_DECLS
