/* guidance.c: see guidance.h. */
#include "config.h"

#include "plan/guidance.h"

FerryGuidance *
ferry_guidance_make (FerryMachine *machine, const char *menus, GError **error)
{
  FerryGuidance *guidance = g_new0 (FerryGuidance, 1);

  guidance->entry_key = g_strdup ("");
  guidance->caution = g_strdup ("");
  guidance->settings = g_ptr_array_new ();
  return guidance;
}

char *
ferry_guidance_to_html (const FerryGuidance *guidance)
{
  return g_strdup ("");
}

char *
ferry_guidance_to_text (const FerryGuidance *guidance)
{
  return g_strdup ("");
}

void
ferry_guidance_free (FerryGuidance *guidance)
{
  g_free (guidance->entry_key);
  g_free (guidance->caution);
  g_ptr_array_unref (guidance->settings);
  g_free (guidance);
}
