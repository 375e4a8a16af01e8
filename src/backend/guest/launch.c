/* launch.c: see launch.h. */
#include "config.h"

#include "guest/guard.h"
#include "guest/launch.h"

/**
 * ferry_launch:
 * @name: of the virtual machine
 *
 * Returns: whether it runs; %FERRY_ERROR_REFUSED when the computer still uses what it would take
 */
gboolean
ferry_launch (FerryVirt *virt, FerryMachine *machine, const char *name, GError **error)
{
  g_autoptr (FerryResident) resident = ferry_virt_find (virt, name, error);

  if (resident == NULL)
    return FALSE;
  if (machine != NULL && resident->power == FERRY_POWER_OFF
      && !ferry_guard_check_start (machine, resident->functions, error))
    return FALSE;
  return ferry_virt_start (virt, name, error);
}
