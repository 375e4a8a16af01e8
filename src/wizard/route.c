/* route.c: see route.h. */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "apply-page.h"
#include "check-page.h"
#include "device-page.h"
#include "firmware-page.h"
#include "options-page.h"
#include "restart-page.h"
#include "review-page.h"
#include "route.h"
#include "welcome-page.h"

static const FerryStation steps[] = {
  { "welcome", N_ ("Welcome"), ferry_welcome_page_get_type },
  { "check", N_ ("Check"), ferry_check_page_get_type },
  { "firmware", N_ ("Firmware"), ferry_firmware_page_get_type },
  { "devices", N_ ("Devices"), ferry_device_page_get_type },
  { "options", N_ ("Options"), ferry_options_page_get_type },
  { "review", N_ ("Review"), ferry_review_page_get_type },
  { "apply", N_ ("Change"), ferry_apply_page_get_type },
  { "restart", N_ ("Restart"), ferry_restart_page_get_type },
};

/**
 * ferry_route_get_steps:
 *
 * Returns: (transfer none) (array length=n_steps): all pages
 */
const FerryStation *
ferry_route_get_steps (guint *n_steps)
{
  *n_steps = G_N_ELEMENTS (steps);
  return steps;
}

const char *
ferry_station_get_title (const FerryStation *step)
{
  return _ (step->title);
}

/**
 * ferry_route_find:
 * @id: (nullable): for example "check"
 * @position: (out): set only when found
 */
gboolean
ferry_route_find (const char *id, guint *position)
{
  for (guint i = 0; id != NULL && i < G_N_ELEMENTS (steps); i++)
    {
      if (!g_str_equal (steps[i].id, id))
        continue;
      *position = i;
      return TRUE;
    }
  return FALSE;
}
