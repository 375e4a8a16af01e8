/* route.c: see route.h. */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "apply-page.h"
#include "check-page.h"
#include "device-page.h"
#include "done-page.h"
#include "firmware-page.h"
#include "gear-page.h"
#include "make-page.h"
#include "options-page.h"
#include "restart-page.h"
#include "review-page.h"
#include "route.h"
#include "size-page.h"
#include "summary-page.h"
#include "system-page.h"
#include "tuning-page.h"
#include "verify-page.h"
#include "welcome-page.h"

static const FerryStation steps[] = {
  { "welcome", N_ ("Welcome"), ferry_welcome_page_get_type, FERRY_LEG_COMPUTER },
  { "check", N_ ("Check"), ferry_check_page_get_type, FERRY_LEG_COMPUTER },
  { "firmware", N_ ("Firmware"), ferry_firmware_page_get_type, FERRY_LEG_COMPUTER },
  { "devices", N_ ("Devices"), ferry_device_page_get_type, FERRY_LEG_COMPUTER },
  { "options", N_ ("Options"), ferry_options_page_get_type, FERRY_LEG_COMPUTER },
  { "review", N_ ("Review"), ferry_review_page_get_type, FERRY_LEG_COMPUTER },
  { "apply", N_ ("Change"), ferry_apply_page_get_type, FERRY_LEG_COMPUTER },
  { "restart", N_ ("Restart"), ferry_restart_page_get_type, FERRY_LEG_COMPUTER },
  { "verify", N_ ("Verify"), ferry_verify_page_get_type, FERRY_LEG_COMPUTER },
  { "system", N_ ("System"), ferry_system_page_get_type, FERRY_LEG_MACHINE },
  { "size", N_ ("Size"), ferry_size_page_get_type, FERRY_LEG_MACHINE },
  { "gear", N_ ("Devices for it"), ferry_gear_page_get_type, FERRY_LEG_MACHINE },
  { "tuning", N_ ("Tuning"), ferry_tuning_page_get_type, FERRY_LEG_MACHINE },
  { "summary", N_ ("Summary"), ferry_summary_page_get_type, FERRY_LEG_MACHINE },
  { "make", N_ ("Create"), ferry_make_page_get_type, FERRY_LEG_MACHINE },
  { "done", N_ ("Start"), ferry_done_page_get_type, FERRY_LEG_MACHINE },
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
 * ferry_leg_get_title:
 *
 * Returns: what is done on that half of the way, translated
 */
const char *
ferry_leg_get_title (FerryLeg leg)
{
  return leg == FERRY_LEG_COMPUTER ? _ ("Prepare the computer") : _ ("The virtual machine");
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
